import { plainDoc } from '../src/cards/plain.ts';
import { ruleFormDoc } from '../src/cards/reminder-form.ts';
import { remindersDoc, ruleDoc } from '../src/cards/reminders.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { readRulePhrase, type SaidRule } from '../src/chat/recurrence-phrase.ts';
import { slots } from '../src/chat/slots.ts';
import { wallClock } from '../src/domain/calendar/local-date.ts';
import { isProvisional } from '../src/domain/calendar/working-days.ts';
import { describeRule } from '../src/domain/schedule/describe-rule.ts';
import { nextOccurrence, nextOccurrences } from '../src/domain/schedule/recurrence.ts';
import { fireAt } from '../src/domain/schedule/spread.ts';
import type { WorkGroup } from '../src/domain/work/group.ts';
import type { ReminderRule } from '../src/ports/rows.ts';

const args = slots.pick({ rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;
type Bound = WorkGroup & { readonly unit: NonNullable<WorkGroup['unit']> };

/** More would be noise for the group, and no administrator could keep them apart. */
const MAX_RULES = 20;
const TIMES_SHOWN = 5;
const HOW = '写法：提醒 新增 每个工作日 08:30 今日日程；提醒 停用 2。发送“提醒”看全部规则。';

const ADD = /^(?:新增|新建|添加|增加|设置)(?:提醒|规则)?\s*[:,，]?\s*(.*)$/;
const ON_ONE =
  /^(修改|改为|改成|停用|关闭|启用|开启|恢复|删除|删掉|试发|试一下)\s*第?(\d{1,3})(?!\d|:|点|[日号月]|个工作日)\s*[条号]?\s*(.*)$/;

export default defineCommand({
  name: '提醒',
  ...wordings.提醒,
  summary: '看和改本群自动提醒的规则：什么时候发什么',
  usage: '提醒 [新增|修改|停用|启用|删除|试发] [编号] [时间和内容]',
  examples: ['提醒', '提醒 新增 每周一 9点 本周日程', '提醒 停用 2', '提醒 修改 2 每月最后一个工作日 15:00 截止提醒'],
  allow: 'administrator',
  where: ['group'],
  args,
  async run(context) {
    const { args, chat, read, zone, today } = context;
    const group = boundGroup(chat.group);
    const rest = args.rest.trim();
    const rules = await read.rules(group.chatId);
    if (/^(?:列表|清单|规则|全部|所有|有哪些)?$/.test(rest)) {
      return { reply: remindersDoc(rules, { unit: group.unit.name, zone, today }) };
    }
    const [, verb = '', number = '', more = ''] = ON_ONE.exec(rest) ?? [];
    if (verb) return onOne(context, group, rules, verb, Number(number), more);
    // Without a verb a whole rule is meant: 每天8点半推送当天督导安排.
    const [, phrase] = ADD.exec(rest) ?? [];
    if (phrase === '')
      return {
        reply: ruleFormDoc({ line: '提醒 新增', once: context.ids.next('form'), unit: group.unit.name }),
      };
    return add(context, group, rules, phrase ?? rest);
  },
});

function boundGroup(group: WorkGroup | undefined): Bound {
  if (!group?.unit) throw new UserError('本群还没有绑定单位，请先发送：绑定 单位名称');
  return { ...group, unit: group.unit };
}

function add(context: Ask, group: Bound, rules: readonly ReminderRule[], phrase: string): Outcome {
  const said = readRulePhrase(phrase);
  if ('refused' in said) throw new UserError(said.refused);
  if (rules.length >= MAX_RULES) throw new UserError(`本群已有 ${MAX_RULES} 条规则，请先删除不用的。`);
  refuseTwin(rules, said.rule);
  const id = context.ids.next('rule');
  return {
    reply: described(context, group, '已新增提醒', said.rule),
    changes: [
      { kind: 'rule.added', rule: { id, chatId: group.chatId, ...said.rule, ...nextTime(context, group, said.rule) } },
    ],
    audit: [{ action: 'rule.added', subject: id, after: describeRule(said.rule) }],
  };
}

async function onOne(
  context: Ask,
  group: Bound,
  rules: readonly ReminderRule[],
  verb: string,
  number: number,
  more: string,
): Promise<Outcome> {
  const rule = rules.find((each) => each.number === number);
  if (!rule) throw new UserError(`本群没有编号为 ${number} 的提醒规则。发送“提醒”看全部规则和编号。`);
  if (/修改|改/.test(verb)) return change(context, group, rules, rule, more);
  if (more) throw new UserError(`没有看懂“${more}”。${HOW}`);
  if (/试/.test(verb)) return sample(context, group, rule);
  if (/删/.test(verb)) return remove(rule);
  return switched(context, group, rule, !/停|关/.test(verb));
}

function change(
  context: Ask,
  group: Bound,
  rules: readonly ReminderRule[],
  rule: ReminderRule,
  phrase: string,
): Outcome {
  const said = readRulePhrase(phrase, rule);
  if ('refused' in said) throw new UserError(said.refused);
  refuseTwin(rules, said.rule);
  const { number, version, ...before } = rule;
  return {
    reply: described(context, group, `已修改第 ${number} 条提醒${rule.enabled ? '' : '（仍停用）'}`, said.rule),
    changes: [
      {
        kind: 'rule.changed',
        rule: { ...before, ...said.rule, ...nextTime(context, group, said.rule) },
        seen: version,
      },
    ],
    audit: [{ action: 'rule.changed', subject: rule.id, before: describeRule(rule), after: describeRule(said.rule) }],
  };
}

function switched(context: Ask, group: Bound, rule: ReminderRule, enabled: boolean): Outcome {
  const { number, version, ...same } = rule;
  const words = describeRule(rule);
  if (rule.enabled === enabled) {
    const sentence = `第 ${number} 条提醒本来就是${enabled ? '启用' : '停用'}的：${words}`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'muted' }) };
  }
  return {
    reply: enabled
      ? described(context, group, `已启用第 ${number} 条提醒`, rule)
      : plainDoc('已停用', `第 ${number} 条提醒已停用：${words}`, {
          tone: 'done',
          lines: [`要恢复，请发送：提醒 启用 ${number}`],
        }),
    changes: [{ kind: 'rule.changed', rule: { ...same, enabled, ...nextTime(context, group, rule) }, seen: version }],
    audit: [{ action: enabled ? 'rule.enabled' : 'rule.disabled', subject: rule.id, after: words }],
  };
}

function remove(rule: ReminderRule): Outcome {
  const words = describeRule(rule);
  return {
    reply: plainDoc('已删除', `第 ${rule.number} 条提醒已删除：${words}`, {
      tone: 'done',
      lines: ['其他规则的编号不变。'],
    }),
    changes: [{ kind: 'rule.removed', id: rule.id, seen: rule.version }],
    audit: [{ action: 'rule.removed', subject: rule.id, before: words }],
  };
}

/** The sample goes to the administrator's direct chat: the group would take it for the reminder itself. */
async function sample({ actor, preview, zone }: Ask, group: Bound, rule: ReminderRule): Promise<Outcome> {
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
    reply: plainDoc('已试发', `第 ${rule.number} 条提醒的样张已发到您的单聊，本群没有收到。`, { tone: 'done' }),
    notices: [
      {
        to: { openId: actor.openId },
        doc: {
          ...doc,
          title: `【试发】${doc.title}`,
          summary: `【试发】${doc.summary}`,
          footer: `样张：将于 ${date} ${time} 左右发到“${group.name || group.unit.name}”。${doc.footer ?? ''}`,
        },
      },
    ],
    audit: [{ action: 'rule.sampled', subject: rule.id }],
  };
}

function nextTime({ now, zone, calendar }: Ask, group: Bound, rule: SaidRule) {
  const nominalAt = nextOccurrence(rule.recurrence, rule.time, now, zone, calendar);
  return { nominalAt, fireAt: fireAt(nominalAt, group.chatId) };
}

function described({ now, zone, today, calendar }: Ask, group: Bound, title: string, rule: SaidRule) {
  const times = nextOccurrences(rule.recurrence, rule.time, now, zone, calendar, TIMES_SHOWN);
  const last = wallClock(times.at(-1) ?? now, zone).date;
  const provisional = isProvisional(calendar, { from: today, to: last });
  return ruleDoc(title, rule, times, { unit: group.unit.name, zone, today, provisional });
}

/** Two equal rules would only make one card, and leave the second to puzzle over. */
function refuseTwin(rules: readonly ReminderRule[], rule: SaidRule): void {
  const words = describeRule(rule);
  const twin = rules.find((each) => describeRule(each) === words);
  if (twin)
    throw new UserError(
      `第 ${twin.number} 条已经是：${words}${twin.enabled ? '' : `。它停用了，要恢复请发送：提醒 启用 ${twin.number}`}`,
    );
}
