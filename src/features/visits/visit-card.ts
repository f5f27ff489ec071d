import type { Block, Button, Doc, Tone } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { type Inspection, type TeamSeat, type VisibleInspection, visitNumber } from '../../domain/visits/inspection.ts';
import { foundButton, hasBegun, timeOf } from './schedule-card.ts';

/** What happened to a visit. */
export type VisitEvent = 'added' | 'changed' | 'postponed' | 'cancelled' | 'restored';

const NOTICE: Readonly<Record<VisitEvent, { readonly title: string; readonly tone: Tone }>> = {
  added: { title: '【新增】督导安排', tone: 'normal' },
  changed: { title: '【变更】督导安排变更', tone: 'soon' },
  postponed: { title: '【变更】督导安排延期', tone: 'soon' },
  cancelled: { title: '【变更】督导安排取消', tone: 'soon' },
  restored: { title: '【变更】督导安排恢复', tone: 'normal' },
};
export const SAVED: Readonly<Record<VisitEvent, string>> = {
  added: '已新增督导安排',
  changed: '已变更督导安排',
  postponed: '已延期',
  cancelled: '已取消督导安排',
  restored: '已恢复督导安排',
};

type Words = Readonly<Record<string, string>>;
interface Seen {
  readonly today: LocalDate;
  /** Phone numbers reach no group. */
  readonly reader: 'group' | 'person';
}

/** 4月9日（周四）上午 09:00, or the words of the schedule for a vague day. */
export const whenText = (
  visit: Pick<Inspection, 'from' | 'to' | 'dateText' | 'period' | 'starts'>,
  today: LocalDate,
): string => {
  const days =
    visit.dateText ||
    [visit.from, ...(visit.to > visit.from ? [visit.to] : [])].map((day) => describeDate(day, today)).join('至');
  return `${days}${timeOf(visit)}`.trim();
};

const names = (team: readonly TeamSeat[], role: TeamSeat['role']): string =>
  team
    .filter((seat) => seat.role === role)
    .map(({ name }) => name)
    .join('、');

/** A visit under the words of the officials' tables; what is withheld is not among them. */
function wordsOf(seen: VisibleInspection, { today, reader }: Seen): Words {
  const { inspection } = seen;
  return {
    时间: whenText(inspection, today),
    单位: seen.withheld ? '督导对象到时公布' : seen.inspection.unit.name,
    类型: inspection.kind,
    内容: seen.withheld ? '' : seen.inspection.topic,
    组长: names(inspection.team, 'leader'),
    成员: names(inspection.team, 'member'),
    联络员: seen.withheld
      ? ''
      : [seen.inspection.contact, reader === 'person' && seen.inspection.contactPhone].filter(Boolean).join(' '),
    备注: seen.withheld ? '' : seen.inspection.note,
  };
}

/** D12 4月9日（周四）上午 望海区第一中学 专项督导 */
export const visitLine = (seen: VisibleInspection, today: LocalDate): string =>
  [
    visitNumber(seen.inspection.number),
    whenText(seen.inspection, today),
    seen.withheld ? '督导对象到时公布' : seen.inspection.unit.name,
    seen.inspection.kind,
  ].join(' ');

interface ChangeView extends Seen {
  readonly event: VisitEvent;
  readonly before?: VisibleInspection | undefined;
  readonly after?: VisibleInspection | undefined;
}

/** What a group or a member of the team is told of a visit, with its person's or its group's own view of it. */
export function visitNoticeDoc(view: ChangeView & { readonly by: string }): Doc {
  const { before, after, today, reader, by } = view;
  const event = before || view.event === 'added' ? view.event : 'added';
  const gone = before !== undefined && after === undefined;
  const { title, tone } = gone ? NOTICE.changed : NOTICE[event];
  const shown = after ?? before;
  const line = shown ? visitLine(shown, today) : '';
  const without = reader === 'person' ? '您不再参加这次督导' : '这次督导不再到本单位';
  return {
    title,
    tone,
    summary: `${title}：${gone ? `${without}（${line}）` : line}`,
    blocks: [
      ...(gone
        ? [{ kind: 'text', text: [{ strong: `${without}：` }, line] } as const]
        : changeBlocks({ ...view, event })),
      { kind: 'note', text: by },
    ],
  };
}

/** What is different, old → new; of a visit that is new, cancelled or restored, all of it. */
function changeBlocks({ event, before, after, ...seen }: ChangeView): readonly Block[] {
  const shown = after ?? before;
  if (!shown) return [];
  const now = wordsOf(shown, seen);
  const reason = shown.withheld ? '' : shown.inspection.reason;
  const fields =
    event === 'changed' || event === 'postponed'
      ? changedFields(before ? wordsOf(before, seen) : {}, now)
      : Object.entries(now)
          .filter(([, value]) => value !== '')
          .map(([label, value]) => ({ label, value: [value] }));
  return [
    { kind: 'text', text: [{ strong: `${visitLine(shown, seen.today)}${event === 'cancelled' ? '（已取消）' : ''}` }] },
    { kind: 'fields', fields: [...fields, ...(reason ? [{ label: '原因', value: [reason] }] : [])] },
  ];
}

const changedFields = (before: Words, after: Words) =>
  Object.entries(after)
    .map(([label, value]) => ({ label, old: before[label] ?? '', value }))
    .filter(({ old, value }) => old !== value)
    .map(({ label, old, value }) => ({ label, value: [`${old || '（空）'} → `, { strong: value || '（空）' }] }));

/** What the record keeps of a change: each thing that is different as it was, and as it is. */
export function changeWords(before: Inspection, after: Inspection, today: LocalDate) {
  const [old, now] = [before, after].map((inspection) =>
    wordsOf({ withheld: false, inspection }, { today, reader: 'group' }),
  );
  const different = Object.keys(now ?? {}).filter((label) => old?.[label] !== now?.[label]);
  const said = (words: Words = {}) => different.map((label) => `${label}：${words[label] || '（空）'}`).join('；');
  return { before: said(old), after: said(now) };
}

/** The answer to whoever did it: what is so now, and what to look at. */
export function savedDoc(view: {
  readonly event: VisitEvent;
  readonly before?: Inspection | undefined;
  readonly after: Inspection;
  readonly today: LocalDate;
  readonly reader: Seen['reader'];
  readonly remarks: readonly string[];
}): Doc {
  const { event, before, after, today, reader, remarks } = view;
  const whole = (inspection: Inspection) => ({ withheld: false, inspection }) as const;
  const line = visitLine(whole(after), today);
  const number = visitNumber(after.number);
  return {
    title: SAVED[event],
    tone: event === 'cancelled' ? 'muted' : 'done',
    summary: `${SAVED[event]}：${line}`,
    blocks: [
      ...changeBlocks({ event, before: before && whole(before), after: whole(after), today, reader }),
      ...remarks.map((remark): Block => ({ kind: 'text', text: [{ text: `注意：${remark}`, tone: 'soon' }] })),
      {
        kind: 'note',
        text:
          event === 'cancelled'
            ? `要恢复请发送：日程 恢复 ${number}`
            : `要改请发送：日程 变更 ${number} 4月10日 下午；日程 取消 ${number} 原因 …`,
      },
    ],
  };
}

/** One visit in full, with what can be done about it. */
export function visitDoc(
  seen: VisibleInspection,
  view: Seen & { readonly mayChange: boolean; readonly problems: readonly Pick<Finding, 'state'>[] },
): Doc {
  const { inspection } = seen;
  const number = visitNumber(inspection.number);
  const cancelled = inspection.state === 'cancelled';
  const reason = seen.withheld ? '' : seen.inspection.reason;
  const fields = Object.entries({ ...wordsOf(seen, view), 问题: problemsText(view.problems) }).filter(
    ([, value]) => value !== '',
  );
  const buttons = [
    ...(view.mayChange ? buttonsOf(number, cancelled) : []),
    ...(hasBegun(seen, view.today) ? [foundButton(seen, '记问题')] : []),
    ...(view.problems.length > 0
      ? [{ label: '看问题', press: { v: 1, op: 'open', query: `整改 ${number}`, page: 1 } } as const]
      : []),
  ];
  return {
    title: `督导安排 ${number}`,
    tone: cancelled ? 'muted' : 'normal',
    ...(cancelled && { tags: [{ text: '已取消', tone: 'muted' }] }),
    summary: `${cancelled ? '已取消：' : ''}${visitLine(seen, view.today)}`,
    blocks: [
      ...(cancelled ? [{ kind: 'text', text: [{ strong: '已取消。' }] } as const] : []),
      {
        kind: 'fields',
        fields: [...fields, ...(reason ? [['原因', reason] as const] : [])].map(([label, value]) => ({
          label,
          value: [value],
        })),
      },
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
    ],
    query: `日程 ${number}`,
  };
}

const run = (query: string): Button['press'] => ({ v: 1, op: 'run', query, page: 1 });

/** How far what was found there is mended. */
const problemsText = (problems: readonly Pick<Finding, 'state'>[]): string => {
  const counted = problems.filter(({ state }) => state !== 'dropped');
  const closed = counted.filter(({ state }) => state === 'closed').length;
  return counted.length === 0 ? '' : `${counted.length} 个，已销号 ${closed} 个`;
};

const buttonsOf = (number: string, cancelled: boolean): readonly Button[] =>
  cancelled
    ? [{ label: '恢复', press: run(`日程 恢复 ${number}`) }]
    : [
        { label: '变更或延期', press: { v: 1, op: 'show', query: `日程 变更 ${number}`, page: 1 } },
        { label: '取消这次督导', style: 'danger', press: run(`日程 取消 ${number} 确认`) },
      ];

/** Asked before something is done that others are told of. */
export function askVisitDoc(view: {
  readonly title: string;
  readonly sentence: string;
  readonly visits: readonly Inspection[];
  readonly today: LocalDate;
  readonly button?: { readonly label: string; readonly line: string } | undefined;
  readonly note: string;
}): Doc {
  const { title, sentence, visits, today, button, note } = view;
  return {
    title,
    tone: 'soon',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [sentence] },
      {
        kind: 'entries',
        entries: visits.map((inspection) => ({ head: [visitLine({ withheld: false, inspection }, today)] })),
      },
      ...(button
        ? [{ kind: 'buttons', buttons: [{ label: button.label, style: 'danger', press: run(button.line) }] } as const]
        : []),
      { kind: 'note', text: note },
    ],
  };
}
