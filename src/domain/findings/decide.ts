import { describeDate } from '../calendar/describe.ts';
import { daysBetween, type Instant, type LocalDate } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import { missingEvidence, ownReport, sameHands } from './closing.ts';
import { type Finding, type FindingEvent, isSafety, type Limit, needsTwoChecks } from './finding.ts';
import { type FindingRight, moveRule, type Need, STATE_MOVES, type StateMove } from './moves.ts';
import { type FindingState, isOpen, STATES } from './states.ts';
import { lastDayOf, type Profile, waitsUntil } from './time-limits.ts';

/** Who acts on a problem, and why they may not, when they may not: the table of rights, asked about this problem. */
export interface Mover {
  readonly openId: string;
  whyNot(right: FindingRight): string | undefined;
}

/** What was said beside the verb. */
export interface Said {
  readonly text: string;
  readonly limit?: Limit | undefined;
  readonly document?: string | undefined;
  readonly cause?: string | undefined;
  readonly files?: number | undefined;
}

/** When and under which rules. */
export interface Occasion {
  readonly now: Instant;
  readonly today: LocalDate;
  readonly calendar: Calendar;
  readonly profile: Profile;
  readonly chatId?: string | undefined;
}

/** Why a move is refused: never from this state, not by this person, not without words that are missing, or not yet. */
export interface Refusal {
  readonly kind: 'state' | 'right' | 'words' | 'need';
  readonly because: string;
  /** What this person can do now. */
  readonly legal: readonly StateMove[];
}

/** The problem, and the number of its steps so far. */
export type Known = Finding & { readonly seq: number };

/** The steps that were decided on, or why there are none. */
export type Decided = { readonly events: readonly FindingEvent[] } | { readonly refused: Refusal };

/** What this person may do in this state, whatever else it takes. */
export const legalMoves = (finding: Finding, mover: Mover): readonly StateMove[] =>
  STATE_MOVES.filter((move) => reaches(finding, move) && mover.whyNot(moveRule(move).right) === undefined);

const reaches = ({ state }: Finding, move: StateMove): boolean => moveRule(move).path[state] !== undefined;

/** What can be done at once in this state, by whoever has the right: nothing more has to be said for it. */
export const readyMoves = (finding: Finding): readonly StateMove[] =>
  STATE_MOVES.filter(
    (move) => reaches(finding, move) && moveRule(move).needs.every((need) => isMet(need, finding, move)),
  );

/** What can be done in this state when the words for it are said. */
export const spokenMoves = (finding: Finding): readonly StateMove[] => {
  const ready = readyMoves(finding);
  return STATE_MOVES.filter((move) => reaches(finding, move) && !ready.includes(move));
};

function isMet(need: Need, finding: Finding, move: StateMove): boolean {
  switch (need) {
    case 'text':
    case 'laterDay':
      return false;
    case 'limit':
      return move === 'issue' && finding.limit !== undefined;
    case 'document':
      return missingDocument(finding, { text: '' }) === undefined;
    case 'inTime':
    case 'extendable':
      return true;
    case 'evidence':
      return missingEvidence(finding, { text: '' }) === undefined;
    case 'cause':
      return finding.term === 'immediate' || finding.cause !== '';
    case 'secondPerson':
      return !needsTwoChecks(finding) || finding.checkedBy !== undefined;
    case 'otherHands':
      return true;
  }
}

/** What the actor can add to the line. */
const TYPED: readonly Need[] = ['text', 'limit', 'laterDay', 'document'];

/** What the office does before the unit's turn comes. */
const OFFICE_FIRST: Readonly<Partial<Record<FindingState, string>>> = {
  draft: '登记、下达',
  registered: '下达',
  disputed: '对申辩作出决定',
  planFiled: '审方案',
  extensionAsked: '答复延期申请',
  submitted: '复查',
  rechecking: '复查',
  longTerm: '复查',
};

/** Decides a move: the steps that it makes, one for each state passed, or the reason against it. */
export function decideMove(finding: Known, move: StateMove, said: Said, mover: Mover, occasion: Occasion): Decided {
  const rule = moveRule(move);
  const path = rule.path[finding.state];
  const refuse = (kind: Refusal['kind'], because: string) => ({
    refused: { kind, because, legal: legalMoves(finding, mover) },
  });
  if (!path) {
    const first = rule.tells === 'unit' ? undefined : OFFICE_FIRST[finding.state];
    const waits = first ? `，要等督导室先${first}` : '';
    return refuse('state', `现在是“${STATES[finding.state].word}”，不能“${rule.word}”${waits}`);
  }
  const noRight = mover.whyNot(rule.right);
  if (noRight) return refuse('right', noRight);
  for (const need of rule.needs) {
    const missing = missingFor(need, finding, move, said, mover, occasion);
    if (missing) return refuse(TYPED.includes(need) ? 'words' : 'need', missing);
  }
  return { events: stepsOf(finding, move, path, said, mover, occasion) };
}

function missingFor(
  need: Need,
  finding: Finding,
  move: StateMove,
  said: Said,
  mover: Mover,
  occasion: Occasion,
): string | undefined {
  switch (need) {
    case 'text':
      return missingText(move, said);
    case 'limit':
      return missingLimit(finding, move, said, occasion);
    case 'extendable':
      return notExtendable(finding, occasion);
    case 'laterDay':
      return missingLaterDay(finding, said, occasion);
    case 'document':
      return missingDocument(finding, said);
    case 'inTime':
      return tooLate(finding, occasion);
    case 'evidence':
      return missingEvidence(finding, said);
    case 'cause':
      return finding.term === 'immediate' || finding.cause || said.cause
        ? undefined
        : '还没有写明问题的原因（三不放过），请加上“原因：……”';
    case 'secondPerson':
      return sameHands(finding, mover);
    case 'otherHands':
      return ownReport(finding, mover) ? '报整改完成的人不能自己复查，请另一人复查' : undefined;
  }
}

/** 基本完成 is not done (domain 1.4). */
function missingText(move: StateMove, { text }: Said): string | undefined {
  if (text.trim() === '') return move === 'submit' || move === 'plan' ? '请写明做了什么、怎么做' : '请写明理由';
  return move === 'submit' &&
    /基本(?:上)?(?:完成|整改|到位)|部分(?:完成|整改)|大部分|正在整改|还没有?(?:完成|整改)/.test(text)
    ? '“基本完成”“部分完成”不算整改完成，全部完成后再报'
    : undefined;
}

function missingLimit(
  finding: Finding,
  move: StateMove,
  { limit }: Said,
  { today, calendar, profile }: Occasion,
): string | undefined {
  const proposed = limit ?? (move === 'issue' ? finding.limit : undefined);
  if (!proposed) return move === 'keep' ? '请写明下次复查的日期' : '请写明整改期限，例如 10个工作日、15日内、6月30日';
  const { date } = lastDayOf(proposed, today, calendar, profile.lastDay);
  return date < today ? past(date, today) : undefined;
}

function notExtendable({ due, extensions }: Finding, { today, profile }: Occasion): string | undefined {
  if (due && today > due) return '原期限已过，不能再申请延期，请尽快完成或联系督导室';
  return extensions >= profile.extensions ? `已经延期 ${extensions} 次，不能再延` : undefined;
}

function missingLaterDay({ due }: Finding, { limit }: Said, { today, calendar, profile }: Occasion) {
  if (!limit) return '请写明延到哪一天';
  const { date } = lastDayOf(limit, due ?? today, calendar, profile.lastDay);
  return date <= (due ?? today) ? `延期要晚于原期限 ${describeDate(due ?? today, today)}` : undefined;
}

/** A small matter's own number (W12) stands for the 整改通知书; anything heavier is issued with the office's 文号. A closing by decision too. */
function missingDocument({ severity, document }: Finding, said: Said): string | undefined {
  return severity === 'minor' || document || said.document
    ? undefined
    : '较重及以上的问题要写文号，例如 文号 云教督〔2026〕3号';
}

function tooLate(finding: Finding, { today, calendar, profile }: Occasion): string | undefined {
  const last = lastDayOf({ kind: 'days', ...profile.defence }, finding.since, calendar, profile.lastDay).date;
  return today > last ? `申辩期到 ${describeDate(last, today)}为止，已经过了` : undefined;
}

function stepsOf(
  finding: Known,
  move: StateMove,
  path: readonly FindingState[],
  said: Said,
  mover: Mover,
  occasion: Occasion,
): readonly FindingEvent[] {
  let from = finding.state;
  return path.map((to, index) => {
    const last = index === path.length - 1;
    const step: FindingEvent = {
      seq: finding.seq + index + 1,
      at: occasion.now,
      on: occasion.today,
      by: mover.openId,
      chatId: occasion.chatId,
      move: last ? move : passing(to),
      from,
      to,
      text: last ? said.text : '',
      ...(last && { ...paperOf(finding, move, said, occasion), files: said.files, cause: said.cause }),
    };
    from = to;
    return step;
  });
}

/** What a state that is passed on the way is entered by. */
const passing = (state: FindingState): StateMove => {
  if (state === 'registered') return 'register';
  if (state === 'acknowledged') return 'sign';
  return state === 'rechecking' ? 'recheck' : 'start';
};

/** Deadline, paper and day asked for, as far as the move has to do with them. */
function paperOf(
  finding: Finding,
  move: StateMove,
  said: Said,
  { today, calendar, profile }: Occasion,
): Partial<FindingEvent> {
  const document = said.document ? { document: said.document } : {};
  const lastDay = (limit: Limit, from: LocalDate) => lastDayOf(limit, from, calendar, profile.lastDay).date;
  switch (move) {
    case 'issue':
    case 'return':
    case 'keep':
    case 'reopen': {
      const limit = said.limit ?? finding.limit;
      return limit ? { ...document, limit, due: lastDay(limit, today), dayUnit: unitOf(limit, finding) } : document;
    }
    case 'askExtension':
      // 延期 5个工作日 counts from the old deadline: more days, not other ones.
      return said.limit ? { asked: lastDay(said.limit, finding.due ?? today) } : {};
    case 'grantExtension':
      return { ...document, due: finding.asked };
    default:
      return document;
  }
}

const unitOf = (limit: Limit, { dayUnit }: Finding) => (limit.kind === 'days' ? limit.unit : dayUnit);

/** Who owes the next step, and until when; undefined when nobody does. */
export function owedStep(
  finding: Finding,
  profile: Profile,
  calendar: Calendar,
): { readonly by: 'unit' | 'office'; readonly until: LocalDate | undefined } | undefined {
  const { waitsFor } = STATES[finding.state];
  if (waitsFor === 'nobody' || !isOpen(finding.state)) return undefined;
  // What endangers life is taken up on the day on which it was found (domain reference 3.2).
  const urgent = finding.state === 'draft' && isSafety(finding.description);
  const bound = urgent ? finding.since : waitsUntil(finding.state, finding.since, profile, calendar);
  const first = [bound, waitsFor === 'unit' ? finding.due : undefined].filter((day) => day !== undefined).toSorted()[0];
  return { by: waitsFor, until: first ?? finding.due };
}

/** A deadline that can be set: at most a year away. */
export function limitRefusal(limit: Limit, today: LocalDate): string | undefined {
  if (limit.kind === 'days') {
    const most = limit.unit === 'working' ? 250 : 366;
    const word = limit.unit === 'working' ? '个工作日' : '日';
    if (!Number.isInteger(limit.days)) return `期限要写整数，不能是 ${limit.days} ${word}`;
    if (limit.days < 1) return `期限不能是 ${limit.days} ${word}；当天改的请写“立行立改”`;
    return limit.days > most ? `期限最长一年，“${limit.days} ${word}”太长` : undefined;
  }
  if (limit.date < today) return past(limit.date, today);
  return daysBetween(today, limit.date) > 366 ? `期限 ${describeDate(limit.date, today)}太远，最长一年` : undefined;
}

const past = (day: LocalDate, today: LocalDate): string =>
  `期限 ${describeDate(day, today)}已经过去，请写今天或以后的日期；跨年的请写上年份`;
