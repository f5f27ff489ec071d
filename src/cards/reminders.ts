import { describeDate } from '../domain/calendar/describe.ts';
import { type Instant, type LocalDate, wallClock } from '../domain/calendar/local-date.ts';
import { describeRule } from '../domain/schedule/describe-rule.ts';
import type { Recurrence, ReminderContent } from '../domain/schedule/reminder.ts';
import { PROVISIONAL_MARK } from './schedule.ts';
import type { Doc } from './views.ts';

interface RuleView {
  readonly number: number;
  readonly recurrence: Recurrence;
  readonly time: `${number}:${number}`;
  readonly content: ReminderContent;
  readonly enabled: boolean;
  readonly nominalAt: Instant;
}

interface Place {
  readonly unit: string;
  readonly zone: string;
  readonly today: LocalDate;
}

/** 提醒 列表: each rule by its number, in words, with its next time. */
export function remindersDoc(rules: readonly RuleView[], { unit, zone, today }: Place): Doc {
  const count = `共 ${rules.length} 条，启用 ${rules.filter(({ enabled }) => enabled).length} 条`;
  return {
    title: '本群的提醒规则',
    subtitle: `${unit}　${count}`,
    tone: 'normal',
    summary: `本群的提醒规则${count}`,
    blocks: [
      ...(rules.length === 0 ? [{ kind: 'text', text: ['本群没有提醒规则，不会自动发消息。'] } as const] : []),
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
          next: rule.enabled ? describeDate(wallClock(rule.nominalAt, zone).date, today) : '已停用',
        })),
      },
      {
        kind: 'buttons',
        buttons: [{ label: '新增提醒', press: { v: 1, op: 'show', query: '提醒 新增', page: 1 } }],
      },
      { kind: 'note', text: '写法：提醒 新增 每周一 9:00 本周日程；提醒 修改、停用、启用、删除、试发，后面写编号。' },
    ],
    footer: '同一时间的几条合成一张卡片；没有内容时不发消息。',
    query: '提醒',
  };
}

/** What a rule will do, in words, and its next times: the answer to a rule made or changed. */
export function ruleDoc(
  title: string,
  rule: Omit<RuleView, 'number' | 'enabled' | 'nominalAt'>,
  times: readonly Instant[],
  { unit, zone, today, provisional }: Place & { readonly provisional: boolean },
): Doc {
  const sentence = `本群将按“${describeRule(rule)}”发送。`;
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
        text: [{ strong: '接下来五次' }, `（${rule.time} 起的几分钟内送出）：${dates.join('、')}`],
      },
      {
        kind: 'note',
        text: '同一时间的几条合成一张卡片；没有内容时不发消息。发送“提醒”看全部规则和编号，发送“预演 下周”看会发什么。',
      },
    ],
    ...(provisional && { footer: PROVISIONAL_MARK }),
  };
}
