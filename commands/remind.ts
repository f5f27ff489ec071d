import { plainDoc } from '../src/cards/plain.ts';
import { describeDate } from '../src/domain/calendar/describe.ts';
import { type Instant, wallClock } from '../src/domain/calendar/local-date.ts';
import { isProvisional } from '../src/domain/calendar/working-days.ts';
import { describeRule } from '../src/domain/reminders/describe-rule.ts';
import { pendingOf } from '../src/domain/reminders/pending.ts';
import { sentAt } from '../src/domain/reminders/spread.ts';
import { type SettingValue, settingOf } from '../src/domain/settings.ts';
import { type BoundGroup, groupLabel, IN_GROUPS, readGroupNames } from '../src/features/reminders/named-groups.ts';
import { type RuleWords, readRuleWords, ruleOf, type SaidRule } from '../src/features/reminders/recurrence-phrase.ts';
import { ruleFormDoc } from '../src/features/reminders/reminder-form-card.ts';
import {
  groupRulesDoc,
  pendingText,
  remindersDoc,
  ruleDoc,
  sampleDoc,
} from '../src/features/reminders/reminders-card.ts';
import { ruleNumber, saidLater } from '../src/features/reminders/rule-number.ts';
import { groupMeant, groupsMeant, type Place, placeOf } from '../src/features/reminders/rule-place.ts';
import {
  type InGroup,
  leavingTimes,
  nextLeaving,
  nextTime,
  refuseQuiet,
  refuseTwin,
  twiceADay,
} from '../src/features/reminders/rule-times.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, mayRead, mustRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import type { Change } from '../src/ports/changes.ts';
import type { ReminderRule } from '../src/ports/reminders.ts';

/** More would be noise for the group, and no administrator could keep them apart. */
const MAX_RULES = 20;
/** Each costs a question to the database. */
const MAX_COUNTED = 30;

const CHANGE = '改到|改成|改为|修改为?|改';
const ADD = /(?:新增|新建|添加|增加|设置)(?:提醒|规则)?/;
/** 在“甲群” 新增 每天9点 今日日程. */
const BEHIND_GROUP = new RegExp(`^${ADD.source}`);
const END = `(?:${IN_GROUPS})?$`;

const groups = mayRead(readGroupNames);
const rule = mayRead((text, { today }) => {
  const words = text.replace(BEHIND_GROUP, '');
  return /^[\s,、:]*$/.test(words) ? undefined : { value: readRuleWords(words, today), rest: '' };
});
const one = (deed: string) => ({
  groups,
  number: mustRead(ruleNumber(deed), { asks: '请写上编号，发送“提醒”看全部规则和编号。' }),
});

export default defineCommand({
  name: '提醒',
  headsDocuments: true,
  aliases: ['remind', 'reminder', 'tx', '提醒规则', '提醒设置', '设置提醒', '推送规则', '推送设置', '推送时间'],
  says: [
    /^(?:请|在|给?(?:本|我们)?群里?)*(?:每[天日周月个逢星礼]|工作日|周[一二三四五六日]).*(?:推送|推(?=$|消息)|播报|发送?(?:一次)?(?:今|当|本|截|日程)|提醒$)/,
    /提前[\d一二三四五六七八九十、,]+[天日个].*提醒$/,
    /^把?第\d{1,3}条提醒(?:规则)?(?:改|修改|停用|关闭|启用|开启|删除|试发)/,
    /^(?:修改|停用|启用|删除|试发)第\d{1,3}条提醒(?:规则)?$/,
  ],
  saysBefore: ['日程'],
  saysBeforeNames: true,
  also: { exports: 'always' },
  redirects: [
    {
      about: '暂停推送',
      words: ['催告'],
      says: [/(别|不要|停止|暂停|恢复|取消|关闭|开启).*(推送|推了|推(?=$|消息)|播报|提醒)/],
      answer:
        '停一条提醒请发送：提醒 停用 2（发送“提醒”看编号），恢复用“提醒 启用 2”；停全部群的推送请发送：全部暂停，恢复用“全部恢复”。',
    },
  ],
  summary: '看和改自动提醒的规则：什么时候、在哪个群、发什么',
  usage: '提醒 [新增|修改|停用|启用|删除|试发] [编号] [时间和内容] [发到“群名”]',
  allow: 'reminder.change',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [new RegExp(`(?:列表|清单|规则|全部|所有|有哪些)(?=\\s*${END})`)],
      when: new RegExp(`^${END}`),
      examples: ['提醒'],
      parts: { groups },
      run: list,
    }),
    deed({
      verbs: [ADD],
      examples: ['提醒 新增 每周一 9点 本周日程'],
      parts: { groups, rule },
      run: add,
    }),
    deed({
      verbs: [/(?:停用|关闭)(?:提醒|规则)?/],
      when: saidLater('停用|关闭'),
      examples: ['提醒 停用 2'],
      parts: one('停用|关闭'),
      run: (context) => switched(context, false),
    }),
    deed({
      verbs: ['修改', '改为', '改成', '改'],
      when: saidLater(CHANGE),
      examples: ['提醒 修改 2 每月最后一个工作日 15:00 截止提醒'],
      parts: { ...one(CHANGE), rule },
      run: (context) => change(context, false),
    }),
    // The form says the whole rule anew.
    deed({ verbs: ['改写'], examples: [], parts: { ...one(''), rule }, run: (context) => change(context, true) }),
    deed({
      verbs: [/(?:启用|恢复|开启)(?:提醒|规则)?/],
      when: saidLater('启用|恢复|开启'),
      examples: ['提醒 启用 2'],
      parts: one('启用|恢复|开启'),
      run: (context) => switched(context, true),
    }),
    deed({
      verbs: [/(?:删除|删掉)(?:提醒|规则)?/],
      when: saidLater('删除|删掉'),
      examples: ['提醒 删除 2'],
      parts: one('删除|删掉'),
      run: remove,
    }),
    deed({
      verbs: ['试发', '试一下'],
      when: saidLater('试发'),
      examples: ['提醒 试发 2'],
      parts: one('试发'),
      run: sample,
    }),
    // Without a verb a whole rule is meant: 每周一9点推送本周督导安排.
    deed({
      verbs: [],
      examples: [
        '每周一9点推送本周督导安排',
        '提醒 每季度第三个月25日 15:00 截止提醒 遇休息日提前 提及所有人 至2026-12-31 发到“望海区工作群”',
      ],
      parts: { groups, rule },
      run: add,
    }),
  ),
});

interface InGroups {
  readonly groups: string | undefined;
}
type AboutRule = Context<InGroups & { readonly rule: RuleWords | undefined }>;
type AboutOne = Context<InGroups & { readonly number: number }>;

async function groupList({ read, ids }: Context, all: readonly BoundGroup[]): Promise<Outcome> {
  const counted = await Promise.all(
    all.slice(0, MAX_COUNTED).map(async (group) => ({ group, rules: await read.rules(group.chatId) })),
  );
  const labels = all.map((group) => ({ value: groupLabel(group, all), text: group.name || group.unit.name }));
  return { reply: groupRulesDoc(counted, labels, ids.next('form')) };
}

async function list(context: Context<InGroups>): Promise<Outcome> {
  const { read, zone, today } = context;
  const { groups: meant, named, all } = await placeOf(context, context.args.groups);
  const [group, ...others] = meant;
  if (!group || others.length > 0) return groupList(context, others.length > 0 ? meant : all);
  const here = inGroup(context, group, await read.settings());
  const rules = (await read.rules(group.chatId)).map((rule) => ({ ...rule, leavesAt: nextLeaving(rule, here) }));
  return { reply: remindersDoc(rules, { unit: group.unit.name, zone, today, group: group.name, named }) };
}

/** In the group it is that group's; in the direct chat the groups are chosen, unless the line names them. */
function form({ ids }: Context, { groups, all, named }: Place): Outcome {
  const [group] = groups;
  const once = ids.next('form');
  const title = '新增提醒';
  if (group && (named !== '' || all.length === 0)) {
    return { reply: ruleFormDoc({ title, once, line: `提醒 新增 ${named}`.trim(), subtitle: group.unit.name }) };
  }
  const options = all.map((each) => {
    const value = groupLabel(each, all);
    return { value, text: each.name ? `${each.name}（${each.unit.name}）` : each.unit.name };
  });
  return { reply: ruleFormDoc({ title, once, line: '提醒 新增', subtitle: '选群', groups: options }) };
}

/** A group's own quiet hours, rules and spreading are its own. */
async function add(context: AboutRule): Promise<Outcome> {
  const { args } = context;
  if (!args.rule) return form(context, await placeOf(context, args.groups));
  const words = args.rule;
  const { groups } = await groupsMeant(context, args.groups);
  const settings = await context.read.settings();
  const found = await Promise.all(
    groups.map(async (group) => {
      const here = inGroup(context, group, settings);
      const rule = ruleOf(words, here);
      const rules = await context.read.rules(group.chatId);
      const where = groups.length > 1 ? `群“${group.name}”` : '';
      if (rules.length >= MAX_RULES)
        throw new UserError(`${where || '本群'}已有 ${MAX_RULES} 条规则，请先删除不用的。`);
      refuseTwin(rules, rule, where);
      refuseQuiet(rule, here);
      return {
        twice: twiceADay(rules, rule, here),
        row: { id: context.ids.next('rule'), chatId: group.chatId, ...rule, ...nextTime(rule, here) },
      };
    }),
  );
  const added = found.map(({ row }) => row);
  const twice = found.flatMap((each) => each.twice ?? []);
  const [first] = added;
  if (!first) throw new RangeError('a rule of no group');
  return {
    reply: await described(context, groups, '已新增提醒', first, twice),
    changes: added.map((rule) => ({ kind: 'rule.added', rule })),
    audit: added.map((rule) => ({ action: 'rule.added', subject: rule.id, after: describeRule(rule) })),
  };
}

interface Here extends Awaited<ReturnType<typeof groupMeant>> {
  readonly rules: readonly ReminderRule[];
  readonly rule: ReminderRule;
}

async function ruleMeant(context: AboutOne): Promise<Here> {
  const { number, groups } = context.args;
  const here = await groupMeant(context, groups);
  const rules = await context.read.rules(here.group.chatId);
  const rule = rules.find((each) => each.number === number);
  if (!rule)
    throw new UserError(`${whereOf(context, here.group)}没有编号为 ${number} 的提醒规则。发送“提醒”看全部规则和编号。`);
  return { ...here, rules, rule };
}

/** 修改 keeps what is not said, 改写 says the whole rule anew; 修改 alone opens the form. */
async function change(context: AboutOne & AboutRule, whole: boolean): Promise<Outcome> {
  const { group, named, rules, rule } = await ruleMeant(context);
  const words = context.args.rule;
  const { number, version, calendarVersion: _calendar, ...before } = rule;
  if (!words) {
    const line = `提醒 改写 ${number} ${named}`.trim();
    const title = `修改第 ${number} 条提醒`;
    return { reply: ruleFormDoc({ title, line, once: context.ids.next('form'), subtitle: group.unit.name, rule }) };
  }
  const here = inGroup(context, group, await context.read.settings());
  const after = ruleOf(words, { quiet: here.quiet, base: whole ? undefined : rule });
  refuseTwin(rules, after, '');
  refuseQuiet(after, here);
  const next = nextTime(after, here);
  const others = rules.filter((each) => each !== rule);
  const waiting = waitingOf(context, rule, here, { ...after, ...next });
  return {
    reply: await described(context, [group], `已修改第 ${number} 条提醒${rule.enabled ? '' : '（仍停用）'}`, after, [
      ...(describeRule(rule) === describeRule(after)
        ? []
        : [`由“${describeRule(rule)}”改为“${describeRule(after)}”。`]),
      waiting.said,
      rule.enabled ? twiceADay(others, after, here) : undefined,
    ]),
    changes: [
      {
        kind: 'rule.changed',
        rule: { ...before, ...after, ...(waiting.isKept ? {} : next) },
        seen: version,
      },
      ...waiting.changes,
    ],
    audit: [{ action: 'rule.changed', subject: rule.id, before: describeRule(rule), after: describeRule(after) }],
  };
}

async function switched(context: AboutOne, enabled: boolean): Promise<Outcome> {
  const { group, named, rules, rule } = await ruleMeant(context);
  const others = rules.filter((each) => each !== rule);
  const { number, version, calendarVersion: _calendar, ...same } = rule;
  const words = describeRule(rule);
  if (rule.enabled === enabled) {
    const sentence = `第 ${number} 条提醒本来就是${enabled ? '启用' : '停用'}的：${words}`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'muted' }) };
  }
  // One that is switched off has no next time to be asked for.
  const here = inGroup(context, group, await context.read.settings());
  // Of one that only comes later the times are shown; one that never does is refused as a new one would be.
  if (enabled && leavingTimes(rule, here).length === 0) refuseQuiet(rule, here);
  const next = enabled ? nextTime(rule, here) : {};
  const waiting = waitingOf(context, rule, here, undefined);
  return {
    reply: enabled
      ? await described(context, [group], `已启用第 ${number} 条提醒`, rule, [twiceADay(others, rule, here)])
      : plainDoc('已停用', `第 ${number} 条提醒已停用：${words}`, {
          tone: 'done',
          lines: [
            ...(waiting.said === undefined ? [] : [waiting.said]),
            `要恢复，请发送：提醒 启用 ${number}${named && ` ${named}`}`,
          ],
        }),
    changes: [{ kind: 'rule.changed', rule: { ...same, enabled, ...next }, seen: version }, ...waiting.changes],
    audit: [{ action: enabled ? 'rule.enabled' : 'rule.disabled', subject: rule.id, after: words }],
  };
}

async function remove(context: AboutOne): Promise<Outcome> {
  const { group, rule } = await ruleMeant(context);
  const words = describeRule(rule);
  const here = inGroup(context, group, await context.read.settings());
  const waiting = waitingOf(context, rule, here, undefined);
  return {
    reply: plainDoc('已删除', `第 ${rule.number} 条提醒已删除：${words}`, {
      tone: 'done',
      lines: [...(waiting.said === undefined ? [] : [waiting.said]), '其他规则的编号不变。'],
    }),
    changes: [{ kind: 'rule.removed', id: rule.id, seen: rule.version }, ...waiting.changes],
    audit: [{ action: 'rule.removed', subject: rule.id, before: words }],
  };
}

interface Waiting {
  readonly isKept: boolean;
  readonly changes: readonly Extract<Change, { readonly kind: 'occurrence.left' }>[];
  readonly said?: string;
}

/** The occurrence that was waiting for the group's minute: nobody's change makes it vanish without a word or a record. */
function waitingOf(
  { now, zone, today }: Context,
  rule: ReminderRule,
  { chatId, calendar }: InGroup,
  after: (SaidRule & { readonly nominalAt: Instant }) | undefined,
): Waiting {
  const { nominalAt, fireAt, content } = rule;
  const pending = pendingOf(rule, after, now, { zone, calendar });
  if (pending === undefined) return { isKept: false, changes: [] };
  const isKept = pending === 'kept';
  const leavesAt = isKept ? sentAt(Math.max(fireAt, now)) : undefined;
  return {
    isKept,
    changes: isKept ? [] : [{ kind: 'occurrence.left', chatId, nominalAt, contents: [content], at: now }],
    ...(pending !== 'moved' && { said: pendingText({ nominalAt, leavesAt }, { zone, today }) }),
  };
}

/** The sample goes to the administrator's direct chat: the group would take it for the reminder itself. */
async function sample(context: AboutOne): Promise<Outcome> {
  const { actor, preview, zone, today } = context;
  const { group, rule } = await ruleMeant(context);
  const push = await preview.next(group, rule);
  if (!push) {
    return {
      reply: plainDoc('没有内容', `按现有数据，第 ${rule.number} 条提醒下一次没有内容，不会发消息。`, {
        tone: 'muted',
      }),
    };
  }
  const { date, time } = wallClock(push.sendAt, zone);
  // Its page buttons would ask for another group's card from here.
  const { query: _query, ...doc } = push.doc;
  return {
    reply: plainDoc('已试发', `第 ${rule.number} 条提醒的样张已发到您的单聊，群里没有收到。`, { tone: 'done' }),
    notices: [
      {
        to: { openId: actor.openId },
        doc: sampleDoc(
          doc,
          `样张：将于${describeDate(date, today)} ${time} 左右发到“${group.name || group.unit.name}”。`,
        ),
      },
    ],
    audit: [{ action: 'rule.sampled', subject: rule.id }],
  };
}

const whereOf = ({ chat }: Context, group: BoundGroup): string =>
  chat.chatId === group.chatId ? '本群' : `群“${group.name || group.unit.name}”`;

/** 学期内 is that of the group's unit, wherever the line was said. */
const inGroup = (context: Context, group: BoundGroup, settings: readonly SettingValue[]): InGroup => ({
  chatId: group.chatId,
  where: whereOf(context, group),
  now: context.now,
  zone: context.zone,
  quiet: settingOf(settings, 'quietHours', group.chatId),
  calendar: context.calendar.ofUnit?.(group.unit.id) ?? context.calendar,
});

async function described(
  context: Context,
  groups: readonly BoundGroup[],
  title: string,
  rule: SaidRule,
  also: readonly (string | undefined)[],
) {
  const { now, zone, today, calendar, read } = context;
  const [settings, pause] = await Promise.all([read.settings(), read.pause()]);
  const times = groups.map((group) => leavingTimes(rule, inGroup(context, group, settings)));
  const last = wallClock(times[0]?.at(-1) ?? now, zone).date;
  const provisional = isProvisional(calendar, { from: today, to: last });
  const names = groups.map((group) => whereOf(context, group));
  const unit = [...new Set(groups.map((group) => group.unit.name))].join('、');
  const clocks = times.map((own, index) => `${groups.length > 1 ? names[index] : ''}${clockOf(own[0] ?? now, zone)}`);
  return ruleDoc(title, rule, times[0] ?? [], {
    unit,
    where: names.join('、'),
    clock: clocks.join('、'),
    zone,
    today,
    provisional,
    paused: pause !== undefined,
    also: also.filter((said) => said !== undefined),
  });
}

const clockOf = (at: Instant, zone: string): string => wallClock(at, zone).time;
