import { ALERT_DAYS } from './calendar/due.ts';
import type { Instant, LocalTime } from './calendar/local-date.ts';
import { LADDER_DAYS, LADDERS, type LadderDays, type LadderOrder } from './findings/ladder.ts';
import { PROFILES, type Province } from './findings/time-limits.ts';
import { type QuietHours, quietEnd } from './reminders/quiet-hours.ts';

/** What administrators may set (设置). `undefined` is 关闭. */
export interface Settings {
  /** No push leaves in these hours; it waits for their end. */
  readonly quietHours: QuietHours | undefined;
  /** On which days before its due day a deadline is alerted. */
  readonly alertDays: readonly number[];
  /** When somebody looks whether the day's pushes went out. */
  readonly selfAlarm: LocalTime | undefined;
  /** Until when on its day a push is to be confirmed (收到); those who have not are reminded once before. */
  readonly confirmPushes: LocalTime | undefined;
  /** How long the preview of an import can be confirmed. */
  readonly importMinutes: number;
  /** More visits of one school in one month are warned of (减负). */
  readonly monthlyVisits: number;
  /** More messages to one group in one day are warned of. */
  readonly dailyPushes: number;
  /** Whether reminders come in the vacations of the group's unit (校历). */
  readonly vacationPushes: 'send' | 'rest';
  /** Whether a group whose reminders have nothing to say hears that. */
  readonly emptyPushes: 'say' | 'silent';
  /** By which day of the month progress is reported; a later report is a late one. */
  readonly progressDay: number | undefined;
  /** By whose rules the time limits of problems run. */
  readonly province: Province;
  /** What comes first on the ladder of escalation. */
  readonly ladder: LadderOrder;
  /** At how many days late it goes up. */
  readonly ladderDays: LadderDays;
}
export type SettingKey = keyof Settings;

interface Setting<Value> {
  readonly name: string;
  /** What else it is called. */
  readonly aliases: readonly string[];
  /** What happens because of it. */
  readonly meaning: string;
  readonly range: string;
  readonly unit: string;
  readonly example: string;
  /** group, program: each group or program may have its own; the district's holds elsewhere. */
  readonly scope: 'district' | 'group' | 'program';
  readonly usual: Value;
  /** Undefined for what is not in the range. Times of day are HH:MM already. */
  readonly read: (text: string) => { readonly value: Value } | undefined;
  readonly write: (value: Value) => string;
}

const OFF = '关闭';
const isOff = (text: string): boolean => /^(?:关闭|关|不设|没有|无|不用|停用|取消)$/.test(text);
const isTime = (text: string | undefined): text is LocalTime =>
  text !== undefined && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);

const wholeNumber = (min: number, max: number, unit: RegExp) => (text: string) => {
  const [, digits] = /^(\d{1,4})(\D*)$/.exec(text) ?? [];
  const value = Number(digits);
  return digits !== undefined && unit.test(text.slice(digits.length)) && value >= min && value <= max
    ? { value }
    : undefined;
};

/** Days in a list, parted by marks or by spaces; a space beside marks parts nothing: 7、3、1 90 has a figure too many. Undefined: no such list. */
function daysIn(text: string): readonly number[] | undefined {
  const list = text.trim().replaceAll(/\s*(?:[、,，]|和)\s*/g, '、');
  const parts = list.split(list.includes('、') ? '、' : /\s+/);
  return parts.every((part) => /^\d{1,2}[天日]?$/.test(part))
    ? parts.map((part) => Number.parseInt(part, 10))
    : undefined;
}

/** One of a table's keys, by its name. */
const keyNamed =
  <Key extends string>(table: Readonly<Record<Key, { readonly name: string }>>) =>
  (text: string): { readonly value: Key } | undefined => {
    const isKey = (key: string): key is Key => Object.hasOwn(table, key);
    const value = Object.keys(table)
      .filter(isKey)
      .find((key) => table[key].name === text.replace(/[省市]$/, ''));
    return value === undefined ? undefined : { value };
  };

/** Every setting, in the order of 设置 列表. */
export const SETTINGS: { readonly [Key in SettingKey]: Setting<Settings[Key]> } = {
  quietHours: {
    name: '免打扰',
    aliases: ['免打扰时段', '免打扰时间', '静默', '静默时段'],
    meaning: '这段时间不推送，推到时段结束再发；答复照常。紧急时发送：紧急 原因',
    range: '晚上 18:00–23:59 开始，次日 05:00–10:00 结束，或“关闭”',
    unit: '时段',
    example: '22:00-07:00',
    scope: 'group',
    usual: { from: '22:00', to: '07:00' },
    read(text) {
      if (isOff(text)) return { value: undefined };
      const [, from, to] = /^(\d\d:\d\d)(?:[-–—~至到、]+|次日|第二天)+(\d\d:\d\d)$/.exec(text) ?? [];
      const fits = isTime(from) && isTime(to) && from >= '18:00' && to >= '05:00' && to <= '10:00';
      return fits ? { value: { from, to } } : undefined;
    },
    write: (value) => (value ? `${value.from}–次日${value.to}` : OFF),
  },
  alertDays: {
    name: '截止提醒天数',
    aliases: ['提醒天数', '提前天数', '截止提前天数', '预警天数'],
    meaning: '到期前几天的截止提醒；0 是到期当天，逾期后每个工作日都提醒',
    range: '0 到 60，最多 8 个，用顿号隔开',
    unit: '天（按各任务自己的工作日或自然日）',
    example: '7、3、1、0',
    scope: 'group',
    usual: ALERT_DAYS,
    read(text) {
      const days = daysIn(text.replace(/^(?:提前|前)+|当天/g, (word) => (word === '当天' ? '0' : ''))) ?? [];
      const value = [...new Set(days)].sort((a, b) => b - a);
      return days.length > 0 && days.length <= 8 && value.every((day) => day <= 60) ? { value } : undefined;
    },
    write: (value) => value.join('、'),
  },
  selfAlarm: {
    name: '推送自检',
    aliases: ['推送自检时间', '自检', '自检时间', '自检时刻', '推送检查'],
    meaning: '到这个时刻，当天该发的推送还没有送达，就在单聊里告诉管理员',
    range: '08:00 到 17:55 之间的整 5 分钟，或“关闭”',
    unit: '时刻',
    example: '09:00',
    scope: 'district',
    usual: '09:00',
    read(text) {
      if (isOff(text)) return { value: undefined };
      return isTime(text) && /[05]$/.test(text) && text >= '08:00' && text < '18:00' ? { value: text } : undefined;
    },
    write: (value) => value ?? OFF,
  },
  confirmPushes: {
    name: '签收期限',
    aliases: ['推送签收', '推送签收期限', '签收时间', '收到期限', '确认期限'],
    meaning: '日程和截止的推送，点到名的人员在当天这个时间前按“收到”；到期前提醒一次没有按的人。关闭：只统计，不提醒',
    range: '09:00 到 20:00，或“关闭”',
    unit: '时刻',
    example: '12:00',
    scope: 'group',
    usual: undefined,
    read(text) {
      if (isOff(text)) return { value: undefined };
      return isTime(text) && text >= '09:00' && text <= '20:00' ? { value: text } : undefined;
    },
    write: (value) => value ?? OFF,
  },
  importMinutes: {
    name: '导入确认时间',
    aliases: ['导入确认分钟', '导入确认', '确认时间'],
    meaning: '导入预览在这么久以内可以确认，过后要重新发送',
    range: '5 到 1440',
    unit: '分钟',
    example: '30',
    scope: 'district',
    usual: 30,
    read: wholeNumber(5, 1440, /^(?:分钟|分)?$/),
    write: String,
  },
  monthlyVisits: {
    name: '每校每月督导次数',
    aliases: ['每月督导次数', '督导次数上限', '每校督导次数', '减负上限'],
    meaning: '一所学校一个月的督导超过这个次数，安排时和预演时会提示（减负）；不会拒绝',
    range: '1 到 31',
    unit: '次',
    example: '2',
    scope: 'district',
    usual: 2,
    read: wholeNumber(1, 31, /^(?:次)?$/),
    write: String,
  },
  dailyPushes: {
    name: '每群每天消息数',
    aliases: ['每天消息数', '消息数上限', '每天推送数'],
    meaning: '一个群一天的推送超过这个条数，预演时会提示；不会少发',
    range: '1 到 50',
    unit: '条',
    example: '5',
    scope: 'district',
    usual: 5,
    read: wholeNumber(1, 50, /^(?:条)?$/),
    write: String,
  },
  vacationPushes: {
    name: '假期推送',
    aliases: ['寒暑假推送', '寒暑假', '假期提醒'],
    meaning: '寒暑假里（按本群单位的校历）自动提醒照发还是不发；倒计时和督办照常。紧急时发送：紧急 原因',
    range: '照发 或 不发',
    unit: '照发、不发',
    example: '不发',
    scope: 'group',
    usual: 'send',
    read(text) {
      if (/^(?:照发|照常|发|开启|开)$/.test(text)) return { value: 'send' };
      return isOff(text) || /^(?:不发|不推送?|暂停|停发)$/.test(text) ? { value: 'rest' } : undefined;
    },
    write: (value) => (value === 'send' ? '照发' : '不发'),
  },
  emptyPushes: {
    name: '没有事项时',
    aliases: ['无事项', '无事推送', '没有事项', '空推送', '没有到期事项时', '无到期事项时'],
    meaning: '到了提醒的时间却没有事项，群里发一句“没有事项”，还是不发',
    range: '发一句 或 不发',
    unit: '发一句、不发',
    example: '发一句',
    scope: 'group',
    usual: 'silent',
    read(text) {
      if (/^(?:发一句|说一句|发一条|发|照发|开启|开)$/.test(text)) return { value: 'say' };
      return isOff(text) || /^(?:不发|不推送?|静默)$/.test(text) ? { value: 'silent' } : undefined;
    },
    write: (value) => (value === 'say' ? '发一句' : '不发'),
  },
  progressDay: {
    name: '进展报送日',
    aliases: ['报送日', '进展截止日', '进展日', '月报日'],
    meaning: '每月进展最迟哪天报，逢休顺延；过后报的在进展汇总里记为迟报；前3个、前1个工作日把还没报的清单发给督导室',
    range: '1 到 28，或“关闭”',
    unit: '每月几日',
    example: '25',
    scope: 'district',
    usual: 25,
    read: (text) =>
      isOff(text) ? { value: undefined } : wholeNumber(1, 28, /^(?:日|号)?$/)(text.replace(/^每月/, '')),
    write: (value) => (value === undefined ? OFF : String(value)),
  },
  province: {
    name: '时限依据',
    aliases: ['地方规定', '省份', '申辩期依据', '时限规定'],
    meaning: '问题的申辩期按哪里的规定：全国10个工作日、浙江10日、上海10个工作日、重庆5日、山东15日；已下达的期限不变',
    range: Object.values(PROFILES)
      .map(({ name }) => name)
      .join('、'),
    unit: '地方',
    example: '浙江',
    scope: 'program',
    usual: 'national',
    read: keyNamed(PROFILES),
    write: (value) => PROFILES[value].name,
  },
  ladder: {
    name: '升级次序',
    aliases: ['通报约谈次序', '督办次序', '约谈通报次序'],
    meaning: '逾期升级时先通报还是先约谈；提醒、催办、督办在前不变',
    range: '通报在前、约谈在前',
    unit: '次序',
    example: '通报在前',
    scope: 'program',
    usual: 'bulletinFirst',
    read: keyNamed(LADDERS),
    write: (value) => LADDERS[value].name,
  },
  ladderDays: {
    name: '升级天数',
    aliases: ['督办天数', '逾期升级天数', '升级日数'],
    meaning: '逾期几天催办、督办、通报、约谈（约谈在前时后两项对调）；约谈只记录。按期限自己的工作日或自然日算',
    range: '四个从小到大的天数，1 到 60，用顿号隔开',
    unit: '天',
    example: '1、5、10、20',
    scope: 'program',
    usual: LADDER_DAYS,
    read(text) {
      const [first = 0, second = 0, third = 0, fourth = 0, more] = daysIn(text) ?? [];
      const rises = first >= 1 && first < second && second < third && third < fourth && fourth <= 60;
      return rises && more === undefined ? { value: [first, second, third, fourth] } : undefined;
    },
    write: (value) => value.join('、'),
  },
};

/** The order in which they are shown. */
export const SETTING_KEYS: readonly SettingKey[] = [
  'quietHours',
  'alertDays',
  'selfAlarm',
  'confirmPushes',
  'importMinutes',
  'monthlyVisits',
  'dailyPushes',
  'vacationPushes',
  'emptyPushes',
  'progressDay',
  'province',
  'ladder',
  'ladderDays',
];

/** A setting as it was written down: for the district, one group or one program; without a value the default holds. */
export interface SettingValue {
  readonly key: string;
  /** Of a group, or the program's id; none: the district's. */
  readonly chatId: string | undefined;
  readonly value?: string | undefined;
}

/** What holds in a chat or a program: its own, else the district's, else the default. What cannot be read any more counts as not set. */
export function settingOf<Key extends SettingKey>(
  written: readonly SettingValue[],
  key: Key,
  place?: string,
): Settings[Key] {
  const { usual, read } = SETTINGS[key];
  for (const where of new Set([place, undefined])) {
    const text = written.find((row) => row.key === key && row.chatId === where)?.value;
    const found = text === undefined ? undefined : read(text);
    if (found) return found.value;
  }
  return usual;
}

/** 紧急: pushes leave in spite of the quiet hours until this instant, which is written as a number. */
export const LIFTED = 'quietLifted';

/** Until when pushes leave in spite of quiet hours and vacations, because somebody said 紧急; undefined when they do not. */
export function liftedUntil(
  written: readonly SettingValue[],
  chatId: string | undefined,
  at: Instant,
): Instant | undefined {
  const lifted = written.filter((row) => row.key === LIFTED && (row.chatId === chatId || row.chatId === undefined));
  const until = Math.max(0, ...lifted.map(({ value }) => Number(value ?? 0)));
  return until > at ? until : undefined;
}

export const isLifted = (written: readonly SettingValue[], chatId: string | undefined, at: Instant): boolean =>
  liftedUntil(written, chatId, at) !== undefined;

/** Until when a push that would leave at `at` has to wait, in a chat or, without one, by the district's settings; undefined when it may leave. */
export function waitsUntil(
  written: readonly SettingValue[],
  chatId: string | undefined,
  at: Instant,
  zone: string,
): Instant | undefined {
  const quiet = settingOf(written, 'quietHours', chatId);
  return quiet && !isLifted(written, chatId, at) ? quietEnd(quiet, at, zone) : undefined;
}
