import { heading, note, section } from '../../cards/kit.ts';
import type { Block, Button, Doc, Entry, Inline } from '../../cards/views.ts';
import { describeDate, describeSpan } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Resting } from '../../domain/calendar/rest-days.ts';
import type { Span } from '../../domain/calendar/span.ts';
import {
  type Inspection,
  seatsOf,
  type TeamSeat,
  type VisibleInspection,
  visitNumber,
} from '../../domain/visits/inspection.ts';

export const PROVISIONAL_MARK = '节假日安排尚未公布，暂按周末推算';

/** Who reads the visits: a group to which they are pushed (people are mentioned), one that asked, or one person (phone numbers are shown). */
export type Reader = 'pushed' | 'group' | 'person';

export interface ScheduleView {
  /** 督导日程 and what it is narrowed to: 望海区, 陈甲. */
  readonly about?: string | undefined;
  readonly span: Span;
  readonly today: LocalDate;
  readonly visits: readonly VisibleInspection[];
  /** Cancelled visits of these days: shown apart, never counted. */
  readonly cancelled?: readonly VisibleInspection[] | undefined;
  /** With the numbers by which visits are changed. */
  readonly numbered?: boolean | undefined;
  /** The nearest visit after the span, from today on, when the span is empty. */
  readonly next?: VisibleInspection | undefined;
  /** Of several people who were asked for, those with no visit in these days. */
  readonly free?: readonly string[];
  /** It asks about days on which nobody works: the visits of the next working day. */
  readonly resting?: (Resting & { readonly visits: readonly VisibleInspection[] }) | undefined;
  readonly provisional: boolean;
  /** A fact that was asked for and is in no table: 值班. */
  readonly unrecorded?: string | undefined;
  /** Words of the question that played no part in the answer. */
  readonly unused: string;
  readonly reader: Reader;
  readonly query: string;
}

/** The answer to 日程. */
export function scheduleDoc(view: ScheduleView): Doc {
  const when = describeSpan(view.span, view.today);
  const about = view.about ? `${view.about} ` : '';
  const count = view.visits.length;
  const answer = count > 0 ? `${about}${when}共 ${count} 项督导安排` : `${about}${when}没有督导安排`;
  return {
    title: `督导日程 · ${when}`,
    ...(view.about && { subtitle: view.about }),
    tone: count > 0 ? 'normal' : 'muted',
    summary: view.unrecorded ? `${view.unrecorded}没有登记。${answer}` : answer,
    blocks: [
      ...(view.unrecorded ? [line([{ strong: `${view.unrecorded}没有登记。` }, '以下是已登记的督导安排：'])] : []),
      line([answer, count > 0 ? '。' : nextOf(view)]),
      ...(view.free?.length ? [line([`${view.free.join('、')}${when}没有督导安排。`])] : []),
      ...unusedNote(view.unused),
      ...visitBlocks(view.visits, view.span, view.today, view.reader, view.numbered),
      ...restingBlocks(view),
      ...foundButtons(view.visits, view.today),
      ...cancelledBlocks(view),
    ],
    ...(view.provisional && { footer: PROVISIONAL_MARK }),
    query: view.query,
  };
}

function restingBlocks({ resting, today, reader, numbered }: ScheduleView): readonly Block[] {
  if (!resting) return [];
  const { sentence, next, visits } = resting;
  if (visits.length === 0) return [line([`${sentence}那天没有督导安排。`])];
  return [
    line([sentence]),
    heading(describeDate(next, today)),
    ...visitBlocks(visits, { from: next, to: next }, today, reader, numbered),
  ];
}

function nextOf({ next, span, today }: ScheduleView): string {
  if (!next) return `，${span.to < today ? '从今天起' : '之后'}也没有已登记的安排。`;
  return `。下一次：${describeDate(next.inspection.from, today)}${timeOf(next.inspection)}，${targetOf(next)}。`;
}

/** What was not understood is said, so that nobody takes a wide answer for a narrow one. */
export const unusedNote = (words: string): readonly Block[] =>
  words === '' ? [] : [note(`没有理解“${words}”，已按其余内容查询。`)];

const line = (text: readonly Inline[]): Block => ({ kind: 'text', text });

/** The visits day by day. */
export function visitBlocks(
  visits: readonly VisibleInspection[],
  span: Span,
  today: LocalDate,
  reader: Reader,
  numbered = false,
): readonly Block[] {
  const days = new Map<LocalDate, Entry[]>();
  for (const visit of visits) {
    let day = visit.inspection.from;
    if (day < span.from) day = span.from;
    days.set(day, [...(days.get(day) ?? []), entryOf(visit, today, reader, numbered)]);
  }
  const oneDay = span.from === span.to;
  return [...days].flatMap(([day, entries]): Block[] => [
    ...(oneDay ? [] : [heading(describeDate(day, today))]),
    { kind: 'entries', entries },
  ]);
}

/** A card of some visits offers to write down what is found on those of today; the others are found by their number. */
const MOST_BUTTONS = 6;

/** What is found on a visit is written down from the card that shows it: the form comes as a card of its own. */
export function foundButtons(
  visits: readonly VisibleInspection[],
  today: LocalDate,
  pushedTo?: string,
): readonly Block[] {
  const now = visits
    .filter((visit) => hasBegun(visit, today) && visit.inspection.to >= today && isForPush(visit, pushedTo))
    .slice(0, MOST_BUTTONS);
  if (now.length === 0) return [];
  return [
    {
      kind: 'buttons',
      buttons: now.map((visit) => {
        const button = foundButton(visit, `记问题 ${visitNumber(visit.inspection.number)}`);
        return pushedTo === undefined ? button : { label: button.label, press: button.press };
      }),
    },
  ];
}

/**
 * Who is in a group is not asked again for each push: inspectors sit in those above the unit that they visit, and not in its own. Undefined:
 * not pushed.
 */
const isForPush = (visit: VisibleInspection, unitId: string | undefined): boolean =>
  unitId === undefined ||
  (!visit.withheld && visit.inspection.unit.id !== unitId && visit.inspection.team.some(({ openId }) => openId));

/** For who inspects: a unit's liaison may note down a problem of their own, and not on a visit to them. */
export const foundButton = (visit: VisibleInspection, label: string): Button => ({
  label,
  press: { v: 1, op: 'open', query: `问题 ${visitNumber(visit.inspection.number)}`, page: 1 },
  needs: {
    right: 'finding.register',
    unitIds: visit.withheld ? [] : [visit.inspection.unit.id],
    team: seatsOf(visit.inspection),
  },
});

export const hasBegun = (visit: VisibleInspection, today: LocalDate): boolean =>
  !visit.withheld && visit.inspection.state === 'planned' && visit.inspection.from <= today;

/** Whoever looks for a cancelled visit on its day is told that it does not take place. */
export function cancelledBlocks({
  cancelled = [],
  today,
}: Pick<ScheduleView, 'cancelled' | 'today'>): readonly Block[] {
  if (cancelled.length === 0) return [];
  return [
    section(`已取消（${cancelled.length}）`),
    {
      kind: 'entries',
      entries: cancelled.map((visit) => ({
        head: [
          { text: '已取消', tone: 'muted' },
          ` ${describeDate(visit.inspection.from, today)}${timeOf(visit.inspection)}`,
          targetOf(visit),
          ` · ${visit.inspection.kind}　${visitNumber(visit.inspection.number)}`,
        ],
        lines: visit.withheld || visit.inspection.reason === '' ? [] : [[`原因：${visit.inspection.reason}`]],
      })),
    },
  ];
}

/** One line each, for the day after the day that matters. */
export function briefBlock(visits: readonly VisibleInspection[]): Block {
  const brief = visits.map((visit) => `${timeOf(visit.inspection)}${targetOf(visit)}（${leaderOf(visit.inspection)}）`);
  return { kind: 'text', text: [brief.length > 0 ? brief.join('；') : '没有督导安排。'] };
}

const leaderOf = ({ team }: { readonly team: readonly TeamSeat[] }): string =>
  team.find(({ role }) => role === 'leader')?.name ?? '组长待定';

const targetOf = (visit: VisibleInspection): string =>
  visit.withheld ? '督导对象到时公布' : visit.inspection.unit.name;

export const timeOf = ({ period, starts }: Pick<Inspection, 'period' | 'starts'>): string => {
  const half = /上午|下午|全天|晚上/.exec(period)?.[0] ?? period;
  return `${half}${starts ? ` ${starts}` : ''}${half || starts ? ' ' : ''}`;
};

function entryOf(visit: VisibleInspection, today: LocalDate, reader: Reader, numbered: boolean): Entry {
  const { inspection } = visit;
  const number = numbered && !visit.withheld ? `　${visitNumber(inspection.number)}` : '';
  const head: Inline[] = [timeOf(inspection), { strong: targetOf(visit) }, ` · ${inspection.kind}${number}`];
  const lines: Inline[][] = [];
  if (inspection.to > inspection.from)
    lines.push([`时间：${describeDate(inspection.from, today)}至${describeDate(inspection.to, today)}`]);
  if (inspection.dateText) lines.push([`时间原文：${inspection.dateText}`]);
  if (!visit.withheld && visit.inspection.topic) lines.push([`内容：${visit.inspection.topic}`]);
  lines.push(teamLine(inspection.team, reader === 'pushed'));
  const basis = [
    inspection.program && `专项：${inspection.program}`,
    inspection.checklist && `细则：${inspection.checklist}`,
  ];
  if (basis.some(Boolean)) lines.push([basis.filter(Boolean).join('　')]);
  if (!visit.withheld && visit.inspection.contact) lines.push([`联络员：${contactOf(visit.inspection, reader)}`]);
  if (!visit.withheld && visit.inspection.note) lines.push([`备注：${visit.inspection.note}`]);
  return { head, lines };
}

/** Phone numbers are personal data: they reach no group (utterance 二中联络员电话). */
const contactOf = ({ contact, contactPhone }: Inspection, reader: Reader): string =>
  reader === 'person' && contactPhone ? `${contact} ${contactPhone}` : contact;

function teamLine(team: readonly TeamSeat[], notify: boolean): Inline[] {
  const named = (role: TeamSeat['role']) =>
    team.filter((seat) => seat.role === role).map((seat) => personInline(seat, notify));
  const members = named('member');
  return [
    '组长：',
    ...joined(named('leader'), '待定'),
    ...(members.length > 0 ? ['　成员：', ...joined(members, '')] : []),
  ];
}

export const personInline = (
  person: { readonly name: string; readonly openId?: string | undefined },
  notify: boolean,
): Inline => (notify && person.openId ? { mention: { name: person.name, openId: person.openId } } : person.name);

export const joined = (people: readonly Inline[], none: string): readonly Inline[] =>
  people.length === 0 ? [none] : people.flatMap((person, index) => (index === 0 ? [person] : ['、', person]));
