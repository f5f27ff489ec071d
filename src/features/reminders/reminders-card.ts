import type { Doc, Inline } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { ReminderContent } from '../../domain/reminders/contents.ts';
import { describeRule } from '../../domain/reminders/describe-rule.ts';
import type { Recurrence, RuleMention } from '../../domain/reminders/reminder.ts';
import { PROVISIONAL_MARK } from '../visits/schedule-card.ts';

interface RuleView {
  readonly number: number;
  readonly recurrence: Recurrence;
  readonly time: `${number}:${number}`;
  readonly content: ReminderContent;
  readonly mention?: RuleMention | undefined;
  readonly until?: LocalDate | undefined;
  readonly enabled: boolean;
  readonly nominalAt: Instant;
  /** When it really leaves next; undefined when quiet hours silence it. */
  readonly leavesAt: Instant | undefined;
}

interface Place {
  readonly unit: string;
  readonly zone: string;
  readonly today: LocalDate;
}

/** 提醒 列表: each rule by its number, in words, with its next time. */
export function remindersDoc(
  rules: readonly RuleView[],
  { unit, zone, today, group, named }: Place & { readonly group: string; readonly named: string },
): Doc {
  const title = named ? `群“${group || unit}”的提醒规则` : '本群的提醒规则';
  const show = (label: string, words: string) =>
    ({ label, press: { v: 1, op: 'show', query: `提醒 ${words} ${named}`.trim(), page: 1 } }) as const;
  const count = `共 ${rules.length} 条，启用 ${rules.filter(({ enabled }) => enabled).length} 条`;
  return {
    title,
    subtitle: `${unit}　${count}`,
    tone: 'normal',
    summary: `${title}${count}`,
    blocks: [
      ...(rules.length === 0 ? [{ kind: 'text', text: ['没有提醒规则，不会自动发消息。'] } as const] : []),
      {
        kind: 'table',
        columns: [
          { key: 'number', title: '编号' },
          { key: 'rule', title: '规则' },
          { key: 'next', title: '下一次' },
        ],
        rows: rules.map((rule) => ({
          number: String(rule.number),
          rule: describeRule(rule),
          next: nextText(rule, { zone, today }),
        })),
      },
      {
        kind: 'buttons',
        buttons: [
          show('新增提醒', '新增'),
          ...rules.slice(0, MAX_BUTTONS).map(({ number }) => show(`改第 ${number} 条`, `修改 ${number}`)),
        ],
      },
      // Groups that were bound before there was a countdown have no rule for it.
      ...(rules.some(({ content }) => content === 'countdown')
        ? []
        : [
            {
              kind: 'note',
              text: `没有倒计时提醒，要加请发送：${`提醒 新增 每个工作日 08:30 倒计时 ${named}`.trim()}`,
            } as const,
          ]),
      { kind: 'note', text: '写法：提醒 新增 每周一 9:00 本周日程；提醒 修改、停用、启用、删除、试发，后面写编号。' },
    ],
    footer: '同一时间的几条合成一张卡片；没有内容时不发消息。',
    query: `提醒 列表 ${named}`.trim(),
  };
}

/** More would fill a phone. */
const MAX_BUTTONS = 8;

function nextText({ enabled, nominalAt, until, leavesAt }: RuleView, { zone, today }: Omit<Place, 'unit'>): string {
  const next = wallClock(nominalAt, zone).date;
  const isLast = !enabled && until === today && next === today;
  if (until !== undefined && (until < today || next > until || isLast)) return '已到期';
  if (!enabled) return '已停用';
  if (leavesAt === undefined) return '不发：在免打扰时段，请改时间';
  const { date, time } = wallClock(leavesAt, zone);
  return `${describeDate(date, today)} ${time}`;
}

/** 提醒 in the direct chat: the groups with their rules counted, and one to choose. */
export function groupRulesDoc(
  groups: readonly {
    readonly group: { readonly name: string; readonly unit: { readonly name: string } };
    readonly rules: readonly { readonly enabled: boolean }[];
  }[],
  /** All groups, by what a line calls them. */
  choices: readonly { readonly value: string; readonly text: string }[],
  once: string,
): Doc {
  const summary = `${choices.length} 个群的提醒规则可以看和改`;
  return {
    title: '各群的提醒规则',
    tone: 'normal',
    summary,
    blocks: [
      {
        kind: 'entries',
        entries: groups.map(({ group, rules }) => ({
          head: [{ strong: group.name || group.unit.name }, `　${group.unit.name}`],
          lines: [[`共 ${rules.length} 条，启用 ${rules.filter(({ enabled }) => enabled).length} 条`]],
        })),
      },
      ...(groups.length < choices.length
        ? [{ kind: 'note', text: `只列出前 ${groups.length} 个群，其余请在下面选，或打字。` } as const]
        : []),
      {
        kind: 'form',
        line: '提醒 列表',
        once,
        submit: '看规则',
        fields: [
          {
            kind: 'select',
            name: 'group',
            label: '群',
            as: '在“{}”',
            required: true,
            options: choices,
          },
        ],
      },
      { kind: 'buttons', buttons: [{ label: '新增提醒', press: { v: 1, op: 'show', query: '提醒 新增', page: 1 } }] },
      { kind: 'note', text: '也可以打字：提醒 列表 在“群名”；提醒 新增 每周一 9:00 本周日程 发到“甲群、乙群”。' },
    ],
    query: '提醒',
  };
}

/** An occurrence whose time had come, and which waited for its group's minute, when its rule was changed. */
export function pendingText(
  pending: { readonly nominalAt: Instant; readonly leavesAt: Instant | undefined },
  { zone, today }: Pick<Place, 'zone' | 'today'>,
): string {
  const { date, time } = wallClock(pending.nominalAt, zone);
  const which = `${describeDate(date, today)} ${time} 这一次`;
  return pending.leavesAt === undefined
    ? `${which}不再发。`
    : `${which}已到点，仍会在 ${wallClock(pending.leavesAt, zone).time} 左右发出。`;
}

/** What a rule will do, in words, and when it really leaves next: the answer to a rule made or changed. */
export function ruleDoc(
  title: string,
  rule: Omit<RuleView, 'number' | 'enabled' | 'nominalAt' | 'leavesAt'>,
  times: readonly Instant[],
  {
    unit,
    where,
    clock,
    zone,
    today,
    provisional,
    paused,
    also,
  }: Place & {
    readonly where: string;
    /** At what time it leaves: of several groups each one's own. */
    readonly clock: string;
    readonly provisional: boolean;
    readonly paused: boolean;
    readonly also: readonly string[];
  },
): Doc {
  const sentence = `${where}将按“${describeRule(rule)}”发送。`;
  const dates = times.map((at) => describeDate(wallClock(at, zone).date, today));
  const short = rule.recurrence.kind === 'monthDays' ? Math.max(...rule.recurrence.days.filter((day) => day < 31)) : 0;
  return {
    title,
    subtitle: unit,
    tone: 'done',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [sentence] },
      ...(short > 28 ? [{ kind: 'text', text: [`没有 ${short} 日的月份，按最后一天算。`] } as const] : []),
      {
        kind: 'text',
        text: [
          { strong: times.length < 5 ? `只有 ${times.length} 次` : '接下来五次' },
          `（${clock} 送出）：${dates.join('、')}`,
        ],
      },
      ...also.map((said) => ({ kind: 'text', text: [said] }) as const),
      ...(paused ? [{ kind: 'text', text: ['现在全部暂停推送，发送“全部恢复”以后才发。'] } as const] : []),
      {
        kind: 'note',
        text: '同一时间的几条合成一张卡片；没有内容时不发消息。发送“提醒”看全部规则和编号，发送“预演 下周”看会发什么。',
      },
    ],
    ...(provisional && { footer: PROVISIONAL_MARK }),
  };
}

/** A push as its administrator sees it beforehand; 所有人 are not called in a direct chat. */
export const sampleDoc = (doc: Doc, where: string): Doc => ({
  ...doc,
  title: `【试发】${doc.title}`,
  summary: `【试发】${doc.summary}`,
  blocks: doc.blocks.map((block) =>
    block.kind === 'text' && block.text.some(callsEveryone)
      ? { kind: 'text', text: block.text.map((part) => (callsEveryone(part) ? '@所有人' : part)) }
      : block,
  ),
  footer: `${where}${doc.footer ?? ''}`,
});

const callsEveryone = (part: Inline): boolean =>
  typeof part === 'object' && 'mention' in part && part.mention.everyone === true;
