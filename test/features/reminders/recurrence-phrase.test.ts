import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  date,
  instantAt,
  type LocalTime,
  type Weekday,
  wallClock,
} from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import type { ReminderContent } from '../../../src/domain/reminders/contents.ts';
import { describeRule } from '../../../src/domain/reminders/describe-rule.ts';
import { nextOccurrences } from '../../../src/domain/reminders/recurrence.ts';
import type { Recurrence, RestDays, RuleMention } from '../../../src/domain/reminders/reminder.ts';
import { SETTINGS } from '../../../src/domain/settings.ts';
import { normalise } from '../../../src/language/words/normalise.ts';
import { timesByHand, worksIn2026 } from '../../domain/reminders/by-hand.ts';
import { readRule } from './read-rule.ts';

const ZONE = 'Asia/Shanghai';
const calendar = statutoryCalendar();
const on = (restDays: RestDays, ...days: Weekday[]): Recurrence => ({ kind: 'weekdays', days, restDays });
const monthly = (restDays: RestDays, ...days: number[]): Recurrence => ({ kind: 'monthDays', days, restDays });
const work = { kind: 'workdays' } as const;
const daily = { kind: 'daily' } as const;
const firstOfWeek = { kind: 'firstWorkdayOfWeek' } as const;
const lastOfWeek = { kind: 'lastWorkdayOfWeek' } as const;
const firstOfMonth = { kind: 'firstWorkdayOfMonth' } as const;
const lastOfMonth = { kind: 'lastWorkdayOfMonth' } as const;

/** Friday. */
const TODAY = date('2026-04-17');
const read = (phrase: string) => readRule(normalise(phrase), { today: TODAY, quiet: SETTINGS.quietHours.usual });
const fortnight = (from: string, recurrence: Recurrence) => ({ ...recurrence, fortnight: date(from) }) as Recurrence;
const quarters = [1, 4, 7, 10];
const quarterEnds = [3, 6, 9, 12];
const yearly = (restDays: RestDays, ...days: string[]): Recurrence => ({ kind: 'yearDays', days, restDays });

const PHRASES: readonly (readonly [phrase: string, rule: Recurrence, time: LocalTime, content: ReminderContent])[] = [
  ['每个工作日 08:30 今日日程', work, '08:30', 'day'],
  ['每工作日 8:30 今日日程', work, '08:30', 'day'],
  ['工作日 上午8:30 今日日程', work, '08:30', 'day'],
  ['工作日每天早上8点半发今天的日程', work, '08:30', 'day'],
  ['每天工作日 9点 截止提醒', work, '09:00', 'deadline'],
  ['每个工作日十点一刻推送到期提醒', work, '10:15', 'deadline'],
  ['每天 9点 今日日程 遇休息日跳过', work, '09:00', 'day'],
  ['每天9点发今日督导，节假日不发', work, '09:00', 'day'],
  ['每个工作日 17:45 逾期事项', work, '17:45', 'deadline'],
  ['每天8点半推送当天督导安排', daily, '08:30', 'day'],
  ['每日 20:59 今日日程', daily, '20:59', 'day'],
  ['天天早上七点半 今日安排', daily, '07:30', 'day'],
  ['每天 9点 今日日程 节假日照常', daily, '09:00', 'day'],
  ['每一天中午12点今日行程', daily, '12:00', 'day'],
  ['每周一 9点 本周日程', on('forward', 1), '09:00', 'week'],
  ['每周一九点 本周日程', on('forward', 1), '09:00', 'week'],
  ['每周二 十点 本周日程', on('forward', 2), '10:00', 'week'],
  ['每星期三 14:00 本周安排', on('forward', 3), '14:00', 'week'],
  ['每个礼拜四下午三点 截止提醒', on('forward', 4), '15:00', 'deadline'],
  ['每逢周五下午3点发送截止提醒', on('forward', 5), '15:00', 'deadline'],
  ['周五 下午4点半 截止提醒', on('forward', 5), '16:30', 'deadline'],
  ['每周六 9:00 今日日程', on('ignore', 6), '09:00', 'day'],
  ['每周日 17:00 今日日程', on('ignore', 7), '17:00', 'day'],
  ['每星期天 17点 今日日程', on('ignore', 7), '17:00', 'day'],
  ['每周末 9:00 今日日程', on('ignore', 6, 7), '09:00', 'day'],
  ['每周六、日 9点 今日日程 遇休息日顺延', on('forward', 6, 7), '09:00', 'day'],
  ['每周日 16:00 截止提醒 遇休息日提前', on('back', 7), '16:00', 'deadline'],
  ['每周一、三 9点 今日日程', on('forward', 1, 3), '09:00', 'day'],
  ['每周一三五 9点 今日日程', on('forward', 1, 3, 5), '09:00', 'day'],
  ['每周135 9点 今日日程', on('forward', 1, 3, 5), '09:00', 'day'],
  ['每周一和周四 9点 截止提醒', on('forward', 1, 4), '09:00', 'deadline'],
  ['每周一、每周五 9点 截止提醒', on('forward', 1, 5), '09:00', 'deadline'],
  ['每周五、一 9点 截止提醒', on('forward', 1, 5), '09:00', 'deadline'],
  ['每周一到周五 9:00 今日日程', on('forward', 1, 2, 3, 4, 5), '09:00', 'day'],
  ['周一至周五 早上8点 今日日程 节假日跳过', on('skip', 1, 2, 3, 4, 5), '08:00', 'day'],
  ['每周二至四 8:00 今日日程', on('forward', 2, 3, 4), '08:00', 'day'],
  ['每周五到周一 8:00 今日日程', on('ignore', 1, 5, 6, 7), '08:00', 'day'],
  ['每周一 9点 本周日程 遇节假日顺延', on('forward', 1), '09:00', 'week'],
  ['每周一 9点 本周日程 顺延', on('forward', 1), '09:00', 'week'],
  ['每周一 9点 本周日程 如遇休息日提前', on('back', 1), '09:00', 'week'],
  ['每周一 9点 本周日程 遇假期就跳过', on('skip', 1), '09:00', 'week'],
  ['每周一 9点 本周日程 遇休息日照发', on('ignore', 1), '09:00', 'week'],
  ['每周五 16:00 截止提醒 遇休息日提前到上一个工作日', on('back', 5), '16:00', 'deadline'],
  ['遇休息日顺延，每周三 10:30，截止提醒', on('forward', 3), '10:30', 'deadline'],
  ['本周日程 每周一 9点', on('forward', 1), '09:00', 'week'],
  ['9点 每周一 本周日程', on('forward', 1), '09:00', 'week'],
  ['每周第一个工作日 08:30 本周日程', firstOfWeek, '08:30', 'week'],
  ['每周首个工作日 8点半 本周安排', firstOfWeek, '08:30', 'week'],
  ['每星期最后一个工作日 16:00 截止提醒', lastOfWeek, '16:00', 'deadline'],
  ['每周最后1个工作日下午4点截止提醒', lastOfWeek, '16:00', 'deadline'],
  ['每月第一个工作日8点45分本月安排', firstOfMonth, '08:45', 'month'],
  ['每个月首个工作日 9点 本月日程', firstOfMonth, '09:00', 'month'],
  ['每月最后一个工作日 15:00 截止提醒', lastOfMonth, '15:00', 'deadline'],
  ['每月最后一个工作日下午三点钟到期清单', lastOfMonth, '15:00', 'deadline'],
  ['每月1日 9:00 本月日程', monthly('forward', 1), '09:00', 'month'],
  ['每月1号 9:00 本月日程 遇休息日跳过', monthly('skip', 1), '09:00', 'month'],
  ['每个月十号上午九点 截止提醒', monthly('forward', 10), '09:00', 'deadline'],
  ['每月1日、15日 9点 本月日程', monthly('forward', 1, 15), '09:00', 'month'],
  ['每月5号和20号 9点 截止提醒 遇休息日提前', monthly('back', 5, 20), '09:00', 'deadline'],
  ['每月二十五日 14:00 截止提醒', monthly('forward', 25), '14:00', 'deadline'],
  ['每月30日 10:00 截止提醒 遇休息日照发', monthly('ignore', 30), '10:00', 'deadline'],
  ['每月31日 10点 本月日程 遇节假日提前', monthly('back', 31), '10:00', 'month'],
  ['每月最后一天 16:00 截止提醒', monthly('back', 31), '16:00', 'deadline'],
  ['每月月底 16:00 截止提醒', monthly('back', 31), '16:00', 'deadline'],
  ['每月末 16:00 截止提醒 顺延', monthly('forward', 31), '16:00', 'deadline'],
  ['每两周周一 9点 本周日程', fortnight('2026-04-20', on('forward', 1)), '09:00', 'week'],
  ['每两周 周一、周三 9点 今日日程', fortnight('2026-04-20', on('forward', 1, 3)), '09:00', 'day'],
  ['隔周五下午3点 截止提醒 遇休息日提前', fortnight('2026-04-20', on('back', 5)), '15:00', 'deadline'],
  ['每2周周六 9点 今日日程', fortnight('2026-04-13', on('ignore', 6)), '09:00', 'day'],
  ['每两周周二 自2026-04-08起 9点 今日日程', fortnight('2026-04-06', on('forward', 2)), '09:00', 'day'],
  ['每季度第一个工作日 9点 本月日程', { ...firstOfMonth, months: quarters }, '09:00', 'month'],
  ['每季度最后一个工作日 15:00 截止提醒', { ...lastOfMonth, months: quarterEnds }, '15:00', 'deadline'],
  ['每季首个工作日 9点 本月日程', { ...firstOfMonth, months: quarters }, '09:00', 'month'],
  ['每季度第一天 9点 本月日程', { ...monthly('forward', 1), months: quarters } as Recurrence, '09:00', 'month'],
  ['每季度末 16:00 截止提醒', { ...monthly('back', 31), months: quarterEnds } as Recurrence, '16:00', 'deadline'],
  ['每季度最后一天 16点 截止提醒', { ...monthly('back', 31), months: quarterEnds } as Recurrence, '16:00', 'deadline'],
  [
    '每季度第二个月10日、20日 9点 截止提醒',
    { ...monthly('forward', 10, 20), months: [2, 5, 8, 11] } as Recurrence,
    ...(['09:00', 'deadline'] as const),
  ],
  ['每季度首个月最后一个工作日 9点 截止提醒', { ...lastOfMonth, months: quarters }, '09:00', 'deadline'],
  ['每半年第一个工作日 9点 本月日程', { ...firstOfMonth, months: [1, 7] }, '09:00', 'month'],
  ['每半年最后一个工作日 15:00 截止提醒', { ...lastOfMonth, months: [6, 12] }, '15:00', 'deadline'],
  ['每半年度第一天 9点 本月日程', { ...monthly('forward', 1), months: [1, 7] } as Recurrence, '09:00', 'month'],
  ['每半年末 16:00 截止提醒', { ...monthly('back', 31), months: [6, 12] } as Recurrence, '16:00', 'deadline'],
  [
    '每半年第四个月10日 9点 截止提醒 遇休息日提前',
    { ...monthly('back', 10), months: [4, 10] } as Recurrence,
    ...(['09:00', 'deadline'] as const),
  ],
  ['每半年第6个月第一个工作日 9点 截止提醒', { ...firstOfMonth, months: [6, 12] }, '09:00', 'deadline'],
  ['每半年末个月20日 9点 截止提醒', { ...monthly('forward', 20), months: [6, 12] } as Recurrence, '09:00', 'deadline'],
  ['每年9月1日 8点 今日日程', yearly('forward', '09-01'), '08:00', 'day'],
  ['每年三月一日、九月一日 8点 今日日程 遇休息日提前', yearly('back', '03-01', '09-01'), '08:00', 'day'],
  ['每年 6月10日、25日 9:00 截止提醒', yearly('forward', '06-10', '06-25'), '09:00', 'deadline'],
  ['每年2月29日 9点 本月日程', yearly('forward', '02-29'), '09:00', 'month'],
  ['每年9月第一个工作日 9点 本月日程', { ...firstOfMonth, months: [9] }, '09:00', 'month'],
  ['每年最后一个工作日 15点 截止提醒', { ...lastOfMonth, months: [12] }, '15:00', 'deadline'],
  ['每年3月、9月第一个工作日 9点 本月日程', { ...firstOfMonth, months: [3, 9] }, '09:00', 'month'],
  ['学期内每周一 9点 本周日程', { ...on('forward', 1), inTerm: true }, '09:00', 'week'],
  ['每周一 9点 本周日程 寒暑假除外', { ...on('forward', 1), inTerm: true }, '09:00', 'week'],
  ['每个工作日 8:30 今日日程，寒暑假不发', { kind: 'workdays', inTerm: true }, '08:30', 'day'],
];

const shown = (times: readonly number[]) => times.map((at) => Object.values(wallClock(at, ZONE)).join(' '));

describe('a rule in one line', () => {
  test('the table has at least 60 phrases', () => expect(PHRASES.length).toBeGreaterThanOrEqual(60));

  test.each(PHRASES)('%s: its rule, and its next five times by hand', (phrase, recurrence, time, content) => {
    const said = read(phrase);
    expect(said).toEqual({ rule: { recurrence, time, content } });
    for (const day of ['2026-04-17', '2026-01-30', '2026-05-01']) {
      const after = instantAt(date(day), '10:00', ZONE);
      const times = nextOccurrences({ recurrence, time }, after, ZONE, calendar, 5);
      // The notice is for one year: what goes beyond it is the property test's.
      const within = shown(times).filter((at) => at < '2026-12');
      const byHand = timesByHand(recurrence, time, after, { works: worksIn2026, from: date(day), count: 5 });
      expect(shown(byHand).slice(0, within.length), day).toEqual(within);
      const isRare = recurrence.kind === 'yearDays' || 'months' in recurrence;
      expect(within.length).toBeGreaterThanOrEqual(isRare ? 0 : 3);
    }
  });
});

describe('what is refused', () => {
  test.each([
    ['每周一 25:00 本周日程', '没有“25:00”这个时间'],
    ['每周一 9:60 本周日程', '没有“9:60”这个时间'],
    ['每周一 上午15:00 本周日程', '前后不一致'],
    ['2月30日 9点 今日日程', '没有“2月30日”这一天'],
    ['4月20日 9点 今日日程', '只有一次或一年一次'],
    ['每月32日 9点 本月日程', '没有哪个月有 32 日'],
    ['每月0日 9点 本月日程', '没有'],
    ['每周八 9点 本周日程', '没有“周八”'],
    ['每天 22:00 今日日程', '免打扰'],
    ['每天 23:59 今日日程', '免打扰'],
    ['每天 6:59 今日日程', '免打扰'],
    ['每天每周一 9点 今日日程', '两种重复'],
    ['每周一9点、每周三10点 今日日程', '2 个时间'],
    ['每周一 9点 本周日程和截止提醒', '只发一种内容'],
    ['每周一 9点 本周日程 遇休息日顺延 遇节假日跳过', '写了两种'],
    ['每天 9点 今日日程 顺延', '没有顺延或提前'],
    ['每个工作日 9点 今日日程 照发', '不落在休息日'],
    ['每月最后一个工作日 9点 截止提醒 遇休息日提前', '不落在休息日'],
    ['每周六、日 9点 今日日程 跳过', '几乎一次也不会发'],
    ['每周日 17:00 截止提醒', '一次也不会发'],
    ['每三天 9点 本周日程', '还不支持'],
    ['每半年 9点 本月日程', '请写明每半年哪一天'],
    ['每季度第四个月10日 9点 截止提醒', '每季度只有三个月'],
    ['每半年第七个月10日 9点 截止提醒', '还不支持'],
    ['每半年 每季度末 9点 截止提醒', '两种重复'],
    ['双周周一 9点 本周日程', '请写“每两周”'],
    ['每两周 9点 本周日程', '请写明每周哪一天'],
    ['每周 9点 本周日程', '请写明每周哪一天'],
    ['每月 9点 本周日程', '请写明每月哪一天'],
    ['每季度 9点 本月日程', '请写明每季度哪一天'],
    ['每年 9点 本月日程', '请写明每年哪一天'],
    ['每年2月30日 9点 本月日程', '没有“2月30日”这一天'],
    ['每年13月第一个工作日 9点 本月日程', '没有 13 月'],
    ['每季度第一个工作日 9点 本月日程 顺延', '不落在休息日'],
    ['每个工作日 周一 9点 今日日程', '两种重复'],
    ['每天 9点 今日日程 至2026-04-16', '到期日 2026-04-16 已经过去'],
    ['每天 9点 今日日程 至2月30日', '没有“2月30日”这一天'],
    ['每天 9点 今日日程 至5月1日 至6月1日', '2 个截止日期'],
    ['每天 9点 今日日程 不提及人 提及所有人', '提及谁写了两种'],
    ['每天 9点 今日日程 自2026-05-01起', '只用于“每两周”'],
    ['每天 9点 今日日程 到3月1日', '是 2027-03-01 的，请写上年份'],
    ['每周一、三 9点 本周日程 至12月31日五', '“12月31日”只有一次'],
    ['每周一、三 9点 本周日程 至五月初五', '没有看懂'],
    ['每天 9点', '请写明发什么'],
    ['每天 今日日程', '请写明几点发'],
    ['9点 今日日程', '请写明哪些天发'],
    ['改为提前7天3天1天', '到期前 7、3、1 天'],
    ['每周一 9点 本周日程 给所有校长', '没有看懂'],
    ['', '请写明发什么'],
  ])('%s: %s', (phrase, reason) => {
    const said = read(phrase);
    expect('refused' in said ? said.refused : said).toContain(reason);
  });
});

describe('what a rule says besides', () => {
  test.each([
    ['每天 9点 今日日程 至2026-12-31', { until: '2026-12-31' }],
    ['每天 9点 今日日程 截止到12月31日为止', { until: '2026-12-31' }],
    ['每天 9点 今日日程 到1月5日', { until: '2027-01-05' }],
    ['每天 9点 今日日程 有效期至今年底', { until: '2026-12-31' }],
    ['每天 9点 今日日程 至2027年底', { until: '2027-12-31' }],
    ['每天 9点 今日日程 提及所有人', { mention: 'everyone' }],
    ['每天 9点 今日日程 @所有人 至明年1月5日', { mention: 'everyone', until: '2027-01-05' }],
    ['不要@任何人，每天 9点 今日日程', { mention: 'nobody' }],
    ['每天 9点 今日日程 只@责任人', { mention: 'responsible' }],
    ['每天 9点 截止提醒 至4月17日', { content: 'deadline', until: '2026-04-17' }],
  ])('%s', (phrase, extra) => {
    expect(read(phrase)).toEqual({ rule: { recurrence: daily, time: '09:00', content: 'day', ...extra } });
  });

  test('stays when a rule is changed in something else, and goes when it is said so', () => {
    const base = {
      recurrence: daily,
      time: '09:00',
      content: 'day',
      mention: 'nobody',
      until: date('2026-12-31'),
    } as const;
    const change = (phrase: string) => readRule(normalise(phrase), { today: TODAY, base });
    expect(change('10点')).toEqual({ rule: { ...base, time: '10:00' } });
    expect(change('不限期 提及责任人')).toEqual({ rule: { ...base, until: undefined, mention: 'responsible' } });
    const weeks = { ...base, recurrence: fortnight('2026-04-20', on('forward', 1)) };
    expect(readRule('自2026-04-27起 遇休息日提前', { today: TODAY, base: weeks })).toEqual({
      rule: { ...weeks, recurrence: fortnight('2026-04-27', on('back', 1)) },
    });
  });
});

const anyPolicy = fc.constantFrom<RestDays>('skip', 'forward', 'back', 'ignore');
const anyMonths = fc.constantFrom(
  [1, 4, 7, 10],
  [2, 5, 8, 11],
  [3, 6, 9, 12],
  [1, 7],
  [2, 8],
  [4, 10],
  [5, 11],
  [6, 12],
);
const anyYearDay = fc.integer({ min: 0, max: 365 }).map((n) => addDays(date('2028-01-01'), n).slice(5));
const rareRule: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('firstWorkdayOfMonth' as const, 'lastWorkdayOfMonth' as const),
    months: anyMonths,
  }),
  fc
    .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 2 }), anyPolicy, anyMonths)
    .map(([days, policy, months]) => ({ ...monthly(policy, ...days.sort((a, b) => a - b)), months }) as Recurrence),
  fc
    .tuple(fc.uniqueArray(anyYearDay, { minLength: 1, maxLength: 3 }), anyPolicy)
    .map(([days, policy]) => yearly(policy, ...days.sort())),
  fc
    .tuple(fc.subarray<Weekday>([1, 2, 3, 4, 5], { minLength: 1 }), anyPolicy, fc.integer({ min: -60, max: 60 }))
    .map(([days, policy, weeks]) => fortnight(addDays(date('2026-04-20'), weeks * 7), on(policy, ...days))),
);
const anyRule: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.constantFrom<Recurrence>(work, daily, firstOfWeek, lastOfWeek, firstOfMonth, lastOfMonth),
  fc
    .tuple(
      fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      fc.constantFrom<RestDays>('skip', 'forward', 'back', 'ignore'),
    )
    .filter(([days, policy]) => policy !== 'skip' || days.some((day) => day < 6))
    .map(([days, policy]) => on(policy, ...days)),
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom<RestDays>('skip', 'forward', 'back', 'ignore'),
    )
    .map(([days, policy]) => monthly(policy, ...days.sort((a, b) => a - b))),
);
/** 2023 to the leap year 2028: announced years with 调休, and from 2027 on years that are not announced. */
const anyDay = fc.integer({ min: 0, max: 365 * 5 + 300 }).map((days) => addDays(date('2023-02-01'), days));
const edges = fc.constantFrom(...['2023-12-29', '2024-02-27', '2026-12-30', '2027-12-30', '2028-02-27'].map(date));

test('any rule comes when a slow count says so: over year ends, leap days, 调休 and years not announced', () => {
  fc.assert(
    fc.property(anyRule, fc.oneof(anyDay, edges), (recurrence, day) => {
      const after = instantAt(day, '12:00', ZONE);
      const byHand = timesByHand(recurrence, '09:00', after, { works: calendar.isWorkday, from: day, count: 5 });
      expect(byHand).toHaveLength(5);
      expect(shown(nextOccurrences({ recurrence, time: '09:00' }, after, ZONE, calendar, 5))).toEqual(shown(byHand));
    }),
    { numRuns: 300 },
  );
});

test('a rare rule too: every second week, quarters and years, in years to come', () => {
  fc.assert(
    fc.property(rareRule, fc.oneof(anyDay, edges), (recurrence, day) => {
      const after = instantAt(day, '12:00', ZONE);
      const byHand = timesByHand(recurrence, '09:00', after, { works: calendar.isWorkday, from: day, count: 4 });
      const times = nextOccurrences({ recurrence, time: '09:00' }, after, ZONE, calendar, byHand.length);
      expect(shown(times)).toEqual(shown(byHand));
    }),
    { numRuns: 60 },
  );
});

test('a rule that ends comes until its last day, that day included; one that always meets a holiday never comes', () => {
  const after = instantAt(date('2026-04-17'), '12:00', ZONE);
  const times = (until: string) =>
    shown(
      nextOccurrences({ recurrence: on('forward', 1), time: '09:00', until: date(until) }, after, ZONE, calendar, 5),
    );
  expect(times('2026-05-06')).toEqual(['2026-04-20 09:00', '2026-04-27 09:00', '2026-05-06 09:00']);
  expect(times('2026-05-05')).toHaveLength(2);
  expect(times('2026-04-19')).toEqual([]);
  const never = { recurrence: yearly('skip', '10-01'), time: '09:00' } as const;
  expect(nextOccurrences(never, after, ZONE, calendar, 5)).toEqual([]);
});

test('the words in which a rule is repeated are read as the same rule', () => {
  const anyMention = fc.constantFrom<RuleMention | undefined>('nobody', 'everyone', undefined);
  const anyEnd = fc.constantFrom(undefined, date('2026-12-31'), date('2027-02-28'));
  const anyContent = fc.constantFrom<ReminderContent>('day', 'week', 'month', 'deadline');
  fc.assert(
    fc.property(fc.oneof(anyRule, rareRule), anyContent, anyMention, anyEnd, (recurrence, content, mention, until) => {
      const rule = { recurrence, time: '09:05', content, mention, until } as const;
      const said = read(describeRule(rule));
      const never =
        recurrence.kind === 'weekdays' && recurrence.restDays === 'ignore' && recurrence.days.every((day) => day > 5);
      if (content !== 'deadline' || !never) expect(said).toEqual({ rule });
    }),
  );
});

test('any line is read or refused, without an error', () => {
  const scraps = [
    '每',
    '周',
    '一',
    '三',
    '日',
    '月',
    '9',
    '点',
    ':',
    '30',
    '工作日',
    '顺延',
    '提前',
    '最后',
    '第一个',
    '今日日程',
    '、',
    ' ',
    '半',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...scraps), { maxLength: 12 }), (parts) => {
      const said = read(parts.join(''));
      expect('rule' in said || said.refused.length > 0).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
