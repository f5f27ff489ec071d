import { heading, note, when } from '../../cards/kit.ts';
import type { Block, Doc, Entry, Inline, Tone } from '../../cards/views.ts';
import { describeDate, describeDue } from '../../domain/calendar/describe.ts';
import { describeDaysLeft } from '../../domain/calendar/due.ts';
import { daysBetween, type LocalDate } from '../../domain/calendar/local-date.ts';
import type { Resting } from '../../domain/calendar/rest-days.ts';
import { type Deadline, isImmediate } from '../../domain/tasks/deadline.ts';
import { unitWord } from '../../domain/tasks/task.ts';
import { joined, PROVISIONAL_MARK, personInline, unusedNote } from '../visits/schedule-card.ts';

export interface DeadlineView {
  readonly about?: string | undefined;
  /** The units that were looked through, where none was named and nothing was found. */
  readonly searched?: readonly string[] | undefined;
  /** 未来7天, 本周, 6月15日前, 逾期. */
  readonly when: string;
  /** It asks about days that are over, of which only what is still open is known. */
  readonly over?: boolean;
  readonly today: LocalDate;
  readonly deadlines: readonly Deadline[];
  /** It asks about days on which nobody works: what is due on the next working day. */
  readonly resting?: (Resting & { readonly deadlines: readonly Deadline[] }) | undefined;
  /** Undated ones that this question leaves out. */
  readonly undatedElsewhere: number;
  /** Words of the question that played no part in the answer. */
  readonly unused: string;
  /** Who still owes it is asked for: the leading units with how many each. */
  readonly byUnit?: boolean;
  readonly query: string;
}

/** The row of the office's table that a task is; one that was given by itself is none. */
export const rowText = ({ code, number }: Pick<Deadline, 'code' | 'number'>): string =>
  code === '' || code === `T${number}` ? '' : ` 第${code}项`;

/** The answer to 截止: leading and assisting apart. */
export function deadlineDoc(view: DeadlineView): Doc {
  const late = view.deadlines.filter(isLate).length;
  const total = view.deadlines.length;
  const about = [view.searched?.join('、'), view.about].filter(Boolean).join(' ');
  const told = about && `${about} `;
  const answer =
    total === 0
      ? `${told}${view.when}没有${view.over ? '到期还没办结的' : '到期'}事项`
      : `${told}${view.when}共 ${total} 项${late > 0 ? `，逾期 ${late} 项` : ''}`;
  return {
    title: `截止提醒 · ${view.when}`,
    ...(view.about && { subtitle: view.about }),
    tone: toneOf(view.deadlines),
    ...(late > 0 && { tags: [{ text: `逾期 ${late}`, tone: 'late' }] }),
    summary: answer,
    blocks: [
      { kind: 'text', text: [`${answer}。`] },
      ...unusedNote(view.unused),
      ...(view.byUnit && total > 0 ? [{ kind: 'text', text: [unitsOwing(view.deadlines)] } as const] : []),
      ...deadlineBlocks(view.deadlines, view.today, false),
      ...restingBlocks(view),
      ...when(view.undatedElsewhere > 0, note(`另有 ${view.undatedElsewhere} 项没有固定日期，发送“截止”查看。`)),
    ],
    ...(view.deadlines.some(({ provisional }) => provisional) && { footer: PROVISIONAL_MARK }),
    query: view.query,
  };
}

/** 望海区教育局 3 项、临江区教育局 1 项: the most first. */
function unitsOwing(list: readonly Deadline[]): string {
  const counts = new Map<string, number>();
  for (const { units } of list) {
    const leads = units.filter(({ role }) => role === 'lead').map(unitWord);
    for (const unit of new Set(leads)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([unit, count]) => `${unit} ${count} 项`)
    .join('、');
}

function restingBlocks({ resting, today }: DeadlineView): readonly Block[] {
  if (!resting) return [];
  const { sentence, next, deadlines } = resting;
  const due = deadlines.length === 0 ? `${describeDate(next, today)}没有到期事项。` : '';
  return [{ kind: 'text', text: [`${sentence}${due}`] }, ...deadlineBlocks(deadlines, today, false)];
}

const isLate = ({ left }: Deadline): boolean => left !== undefined && left < 0;

export function toneOf(list: readonly Deadline[]): Tone {
  if (list.some(isLate)) return 'late';
  if (list.some(({ left }) => left !== undefined && left <= 3)) return 'soon';
  return list.length > 0 ? 'normal' : 'muted';
}

/** 牵头 and 配合 apart, each in the order given. */
export function deadlineBlocks(list: readonly Deadline[], today: LocalDate, notify: boolean): readonly Block[] {
  const part = (title: string, role: Deadline['role']): Block[] => {
    const own = list.filter((deadline) => deadline.role === role);
    if (own.length === 0) return [];
    return [
      heading(`${title}（${own.length} 项）`),
      { kind: 'entries', entries: own.map((deadline) => entryOf(deadline, today, notify)) },
    ];
  };
  return [...part('牵头', 'lead'), ...part('配合', 'assist')];
}

function entryOf(deadline: Deadline, today: LocalDate, notify: boolean): Entry {
  const head: Inline[] = [
    { text: leftOf(deadline, today), tone: isLate(deadline) ? 'late' : (deadline.left ?? 9) <= 3 ? 'soon' : 'muted' },
    ' ',
    { strong: deadline.title },
    ...(deadline.veto ? [{ text: '（否决项）', tone: 'late' } as const] : []),
  ];
  const lead = deadline.units.filter(({ role }) => role === 'lead').map(unitWord);
  const assist = deadline.units.filter(({ role }) => role === 'assist').map(unitWord);
  const lines: Inline[][] = [
    [
      `${deadline.program}${rowText(deadline)}${deadline.number === undefined ? '' : `　T${deadline.number}`}　截止：${dateOf(deadline, today)}`,
    ],
    [`牵头：${lead.join('、') || '未登记'}${assist.length > 0 ? `　配合：${assist.join('、')}` : ''}`],
  ];
  if (deadline.people.length > 0) {
    lines.push([
      '责任人：',
      ...joined(
        deadline.people.map((person) => personInline(person, notify)),
        '',
      ),
    ]);
  }
  return { head, lines };
}

const leftOf = ({ left, date, dayUnit, dueText, approximate }: Deadline, today: LocalDate): string =>
  left === undefined || date === undefined
    ? isImmediate(dueText)
      ? '立即办'
      : '未定日期'
    : approximate && left === 0
      ? '随时可能截止'
      : `${approximate ? '约' : ''}${describeDaysLeft(left, dayUnit, daysBetween(today, date))}`;

function dateOf({ date, time, restDay, dueText, approximate }: Deadline, today: LocalDate): string {
  if (!date) return dueText || '未登记';
  if (approximate && date === today) return `${dueText || '未登记'}（日期未定）`;
  const day = `${approximate ? '约 ' : ''}${describeDue(date, time, today, restDay)}`;
  return dueText && !/^[\d.\-/年月日前: ]+$/.test(dueText) ? `${day}（原文：${dueText}）` : day;
}
