import { plainDoc } from '../src/cards/plain.ts';
import { describeDate } from '../src/domain/calendar/describe.ts';
import { type Instant, wallClock } from '../src/domain/calendar/local-date.ts';
import { isProvisional } from '../src/domain/calendar/working-days.ts';
import { describeRule } from '../src/domain/reminders/describe-rule.ts';
import { pendingOf } from '../src/domain/reminders/pending.ts';
import { sentAt } from '../src/domain/reminders/spread.ts';
import { type SettingValue, settingOf } from '../src/domain/settings.ts';
import { type BoundGroup, groupLabel, groupsIn, isBound, namesGroups } from '../src/features/reminders/named-groups.ts';
import { readRulePhrase, type SaidRule } from '../src/features/reminders/recurrence-phrase.ts';
import { ruleFormDoc } from '../src/features/reminders/reminder-form-card.ts';
import {
  groupRulesDoc,
  pendingText,
  remindersDoc,
  ruleDoc,
  sampleDoc,
} from '../src/features/reminders/reminders-card.ts';
import {
  type InGroup,
  leavingTimes,
  nextLeaving,
  nextTime,
  refuseQuiet,
  refuseTwin,
} from '../src/features/reminders/rule-times.ts';
import { type ContextOf, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { reachable, requireRight } from '../src/language/who/rights.ts';
import type { Change } from '../src/ports/changes.ts';
import type { ReminderRule } from '../src/ports/rows.ts';

type Ask = ContextOf;

/** More would be noise for the group, and no administrator could keep them apart. */
const MAX_RULES = 20;
/** Each costs a question to the database. */
const MAX_COUNTED = 30;
const HOW = '写法：提醒 新增 每个工作日 08:30 今日日程；提醒 停用 2。发送“提醒”看全部规则。';

const LIST = /^(?:列表|清单|规则|全部|所有|有哪些)?$/;
const ADD = /^(?:新增|新建|添加|增加|设置)(?:提醒|规则)?\s*[:,，]?\s*(.*)$/;
const ON_ONE =
  /^(修改|改写|改为|改成|停用|关闭|启用|开启|恢复|删除|删掉|试发|试一下)\s*第?(\d{1,3})(?!\d|:|点|[日号月]|个工作日)\s*[条号]?\s*(.*)$/;

/** A verb that says nothing of which rule. */
const BARE = /^(修改|改写|停用|关闭|启用|开启|恢复|删除|删掉|试发)(?:提醒|规则)?$/;

export default defineCommand({
  name: '提醒',
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
  edits: true,
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
  examples: [
    '提醒',
    '提醒 新增 每周一 9点 本周日程',
    '提醒 停用 2',
    '提醒 修改 2 每月最后一个工作日 15:00 截止提醒',
    '提醒 新增 每季度最后一个工作日 15:00 截止提醒 提及所有人 至2026-12-31',
  ],
  allow: 'reminder.change',
  where: ['group', 'p2p'],
  async run(context) {
    const place = await placeOf(context);
    const { text, groups } = place;
    const [, phrase] = ADD.exec(text) ?? [];
    if (phrase === '') return form(context, place);
    const [group, ...others] = groups;
    if (!group) {
      if (LIST.test(text)) return groupList(context, place.all);
      throw new UserError(`请写明哪个群，例如：提醒 ${text} 在“${place.all[0]?.name ?? '群名'}”。`);
    }
    if (LIST.test(text) && others.length === 0) return list(context, place, group);
    const [, verb = '', number = '', more = ''] = ON_ONE.exec(text) ?? [];
    if (verb && others.length > 0) throw new UserError('编号是各群自己的，一次只能改一个群的规则，请只写一个群。');
    const bare = BARE.exec(text)?.[1];
    if (bare) throw new UserError(`请写上编号，例如：提醒 ${bare} 2。发送“提醒”看全部规则和编号。`);
    if (verb) return onOne(context, { ...place, group }, verb, Number(number), more);
    // Without a verb a whole rule is meant: 每天8点半推送当天督导安排.
    return add(context, groups, phrase ?? text);
  },
});

/** What the line is about: the groups that it names, else the chat's own, else the only one that there is. */
interface Place {
  readonly text: string;
  readonly groups: readonly BoundGroup[];
  /** All bound groups, when they were asked for. */
  readonly all: readonly BoundGroup[];
  /** What a line has to say beside the number: 在“甲群”; nothing in the group itself. */
  readonly named: string;
}

/** 把第2条提醒改到9点, 停用第2条提醒: the verb, the number, and what else is said. */
const numberFirst = (line: string): string =>
  line
    .replace(/^把?第(\d{1,3})条(?:提醒)?(?:规则)?(?:改到|改成|改为|修改为?|改)\s*/, '修改 $1 ')
    .replace(/^把?第(\d{1,3})条(?:提醒)?(?:规则)?(停用|关闭|启用|开启|删除|试发)$/, '$2 $1')
    .replace(/^(\D{2}第\d{1,3}条)(?:提醒)?(?:规则)?$/, '$1')
    .replace(/^改(?=\s*第?\d)/, '修改 ');

async function placeOf(context: Ask): Promise<Place> {
  const { args, chat, read } = context;
  const line = numberFirst(args.rest.trim());
  if (chat.type === 'group' && !namesGroups(line)) {
    const { group } = chat;
    if (!group || !isBound(group)) throw new UserError('本群还没有绑定单位，请先发送：绑定 单位名称');
    await requireRight(context, 'reminder.change', { unitIds: [group.unit.id] });
    return { text: line, groups: [group], all: [], named: '' };
  }
  const bound = (await read.activeGroups()).map(({ group }) => group).filter(isBound);
  const all = await reachable(context, 'reminder.change', bound, ({ unit }) => unit.id);
  if (all.length === 0) throw new UserError('还没有绑定单位的群。把督导助手拉进群，在群里发送：绑定 单位名称');
  const { groups, text } = groupsIn(line, all);
  const [only] = all.length === 1 ? all : groups;
  const named = only && (groups.length === 1 || all.length === 1) ? `在“${groupLabel(only, all)}”` : '';
  return { text, all, named, groups: groups.length === 0 && all.length === 1 ? all : groups };
}

async function groupList({ read, ids }: Ask, all: readonly BoundGroup[]): Promise<Outcome> {
  const counted = await Promise.all(
    all.slice(0, MAX_COUNTED).map(async (group) => ({ group, rules: await read.rules(group.chatId) })),
  );
  const labels = all.map((group) => ({ value: groupLabel(group, all), text: group.name || group.unit.name }));
  return { reply: groupRulesDoc(counted, labels, ids.next('form')) };
}

async function list(context: Ask, { named }: Place, group: BoundGroup): Promise<Outcome> {
  const { read, zone, today } = context;
  const here = inGroup(context, group, await read.settings());
  const rules = (await read.rules(group.chatId)).map((rule) => ({ ...rule, leavesAt: nextLeaving(rule, here) }));
  return { reply: remindersDoc(rules, { unit: group.unit.name, zone, today, group: group.name, named }) };
}

/** In the group it is that group's; in the direct chat the groups are chosen, unless the line names them. */
function form({ ids }: Ask, { groups, all, named }: Place): Outcome {
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
async function add(context: Ask, groups: readonly BoundGroup[], phrase: string): Promise<Outcome> {
  const settings = await context.read.settings();
  const added = await Promise.all(
    groups.map(async (group) => {
      const here = inGroup(context, group, settings);
      const rule = said(context, phrase, here.quiet);
      const rules = await context.read.rules(group.chatId);
      const where = groups.length > 1 ? `群“${group.name}”` : '';
      if (rules.length >= MAX_RULES)
        throw new UserError(`${where || '本群'}已有 ${MAX_RULES} 条规则，请先删除不用的。`);
      refuseTwin(rules, rule, where);
      refuseQuiet(rule, here);
      return { id: context.ids.next('rule'), chatId: group.chatId, ...rule, ...nextTime(rule, here) };
    }),
  );
  const [first] = added;
  if (!first) throw new UserError(HOW);
  return {
    reply: await described(context, groups, '已新增提醒', first),
    changes: added.map((rule) => ({ kind: 'rule.added', rule })),
    audit: added.map((rule) => ({ action: 'rule.added', subject: rule.id, after: describeRule(rule) })),
  };
}

function said(
  { today }: Ask,
  phrase: string,
  quiet: ReturnType<typeof settingOf<'quietHours'>>,
  base?: SaidRule,
): SaidRule {
  const read = readRulePhrase(phrase, { today, quiet, base });
  if ('refused' in read) throw new UserError(read.refused);
  return read.rule;
}

type Here = Place & { readonly group: BoundGroup };

async function onOne(context: Ask, here: Here, verb: string, number: number, more: string): Promise<Outcome> {
  const rules = await context.read.rules(here.group.chatId);
  const rule = rules.find((each) => each.number === number);
  if (!rule)
    throw new UserError(`${whereOf(context, here.group)}没有编号为 ${number} 的提醒规则。发送“提醒”看全部规则和编号。`);
  if (/改/.test(verb)) return change(context, here, rules, rule, { phrase: more, whole: verb === '改写' });
  if (more) throw new UserError(`没有看懂“${more}”。${HOW}`);
  if (/试/.test(verb)) return sample(context, here.group, rule);
  if (/删/.test(verb)) return remove(context, here, rule);
  return switched(context, here, rule, !/停|关/.test(verb));
}

/** 修改 keeps what is not said, 改写 says the whole rule anew; 修改 alone opens the form. */
async function change(
  context: Ask,
  { group, named }: Here,
  rules: readonly ReminderRule[],
  rule: ReminderRule,
  { phrase, whole }: { readonly phrase: string; readonly whole: boolean },
): Promise<Outcome> {
  const { number, version, calendarVersion: _calendar, ...before } = rule;
  if (phrase === '') {
    const line = `提醒 改写 ${number} ${named}`.trim();
    const title = `修改第 ${number} 条提醒`;
    return { reply: ruleFormDoc({ title, line, once: context.ids.next('form'), subtitle: group.unit.name, rule }) };
  }
  const here = inGroup(context, group, await context.read.settings());
  const after = said(context, phrase, here.quiet, whole ? undefined : rule);
  refuseTwin(rules, after, '');
  refuseQuiet(after, here);
  const next = nextTime(after, here);
  const waiting = waitingOf(context, rule, here, { ...after, ...next });
  return {
    reply: await described(
      context,
      [group],
      `已修改第 ${number} 条提醒${rule.enabled ? '' : '（仍停用）'}`,
      after,
      waiting.said,
    ),
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

async function switched(context: Ask, { group, named }: Here, rule: ReminderRule, enabled: boolean): Promise<Outcome> {
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
      ? await described(context, [group], `已启用第 ${number} 条提醒`, rule)
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

async function remove(context: Ask, { group }: Here, rule: ReminderRule): Promise<Outcome> {
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
  { now, zone, today }: Ask,
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
async function sample({ actor, preview, zone, today }: Ask, group: BoundGroup, rule: ReminderRule): Promise<Outcome> {
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

const whereOf = ({ chat }: Ask, group: BoundGroup): string =>
  chat.chatId === group.chatId ? '本群' : `群“${group.name || group.unit.name}”`;

/** 学期内 is that of the group's unit, wherever the line was said. */
const inGroup = (context: Ask, group: BoundGroup, settings: readonly SettingValue[]): InGroup => ({
  chatId: group.chatId,
  where: whereOf(context, group),
  now: context.now,
  zone: context.zone,
  quiet: settingOf(settings, 'quietHours', group.chatId),
  calendar: context.calendar.ofUnit?.(group.unit.id) ?? context.calendar,
});

async function described(context: Ask, groups: readonly BoundGroup[], title: string, rule: SaidRule, pending?: string) {
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
    pending,
  });
}

const clockOf = (at: Instant, zone: string): string => wallClock(at, zone).time;
