import type { Doc, Entry, Inline } from '../../cards/views.ts';
import { describeDate, describeSpan } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';

interface DutiesView {
  readonly visits: readonly {
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly unit: string;
    readonly kind: string;
    readonly role: 'leader' | 'member';
    /** Its target is not told before it begins, in no preview and no notice. */
    readonly withheld: boolean;
  }[];
  readonly contacts: number;
  readonly tasks: readonly { readonly title: string; readonly dueText: string }[];
  readonly findings: readonly {
    readonly number: number;
    readonly unit: string;
    readonly description: string;
    readonly due?: LocalDate | undefined;
  }[];
  readonly roles: readonly string[];
}

/** 督导 3 次、任务 2 项、联络督导 1 次、联络员（望海区教育局）. */
export function dutiesText({
  visits,
  contacts,
  tasks,
  findings,
  roles,
}: Readonly<Record<'visits' | 'tasks' | 'findings', readonly unknown[]>> &
  Pick<DutiesView, 'contacts' | 'roles'>): string {
  const parts = [
    ...(visits.length > 0 ? [`督导 ${visits.length} 次`] : []),
    ...(tasks.length > 0 ? [`任务 ${tasks.length} 项`] : []),
    ...(findings.length > 0 ? [`问题 ${findings.length} 个`] : []),
    ...(contacts > 0 ? [`本单位迎检联络 ${contacts} 次`] : []),
    ...roles,
  ];
  return parts.join('、') || '没有未办完的事';
}

/** What moves, or stays behind, before it is confirmed; and afterwards, to whoever takes it over. */
export function handoverDoc(view: {
  readonly title: string;
  readonly sentence: string;
  readonly lines?: readonly Inline[] | undefined;
  readonly duties: DutiesView;
  readonly today: LocalDate;
  readonly confirm?: { readonly label: string; readonly query: string } | undefined;
  readonly note?: string | undefined;
  readonly query?: string | undefined;
}): Doc {
  const { title, sentence, lines = [], duties, today, confirm, note, query } = view;
  const visits = duties.visits.map(
    ({ from, to, unit, kind, role, withheld }): Entry => ({
      head: [`${describeSpan({ from, to }, today)}　${withheld ? '（对象到时公布）' : unit}　${kind}`],
      lines: role === 'leader' ? [['任组长']] : [],
    }),
  );
  const tasks = duties.tasks.map(
    ({ title: task, dueText }): Entry => ({ head: [task], lines: dueText ? [[`时限：${dueText}`]] : [] }),
  );
  const findings = duties.findings.map(
    ({ number, unit, description, due }): Entry => ({
      head: [`W${number}　${unit}　${description}`],
      lines: due ? [[`时限：${describeDate(due, today)}`]] : [],
    }),
  );
  return {
    title,
    tone: confirm ? 'soon' : 'done',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [sentence] },
      ...lines.map((line) => ({ kind: 'text', text: [line] }) as const),
      ...(confirm
        ? [
            {
              kind: 'buttons',
              buttons: [
                { label: confirm.label, style: 'primary', press: { v: 1, op: 'run', query: confirm.query, page: 1 } },
              ],
            } as const,
            { kind: 'note', text: `也可以发送：${confirm.query}` } as const,
          ]
        : []),
      ...(visits.length > 0
        ? [{ kind: 'section', text: '督导安排' } as const, { kind: 'entries', entries: visits } as const]
        : []),
      ...(tasks.length > 0
        ? [{ kind: 'section', text: '任务' } as const, { kind: 'entries', entries: tasks } as const]
        : []),
      ...(findings.length > 0
        ? [{ kind: 'section', text: '问题整改' } as const, { kind: 'entries', entries: findings } as const]
        : []),
      ...(note ? [{ kind: 'note', text: note } as const] : []),
    ],
    ...(query && { query }),
  };
}
