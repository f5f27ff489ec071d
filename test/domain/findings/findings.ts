import { date, instantAt } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { decideMove, type Known, type Mover, type Occasion, type Said } from '../../../src/domain/findings/decide.ts';
import type { Finding, FindingEvent, FindingFacts } from '../../../src/domain/findings/finding.ts';
import type { FindingRight, StateMove } from '../../../src/domain/findings/moves.ts';
import { after, progressOf } from '../../../src/domain/findings/progress.ts';
import { PROFILES } from '../../../src/domain/findings/time-limits.ts';

export const calendar = statutoryCalendar();

/** A problem of 一中, as it stands after its steps. */
export interface Story {
  readonly facts: FindingFacts;
  readonly events: readonly FindingEvent[];
}

export const facts = (more: Partial<FindingFacts> = {}): FindingFacts => ({
  id: 'finding_1',
  number: 12,
  unit: { id: 'yizhong', name: '望海区第一中学' },
  description: '台账不全',
  severity: 'minor',
  term: 'timeLimited',
  viewers: [],
  foundOn: date('2026-04-20'),
  enteredBy: 'office',
  ...more,
});

export const occasion = (day: string, profile: Occasion['profile'] = PROFILES.national): Occasion => ({
  now: instantAt(date(day), '10:00', 'Asia/Shanghai'),
  today: date(day),
  calendar,
  profile,
  chatId: 'oc_1',
});

export const story = (more: Partial<FindingFacts> = {}, limit: Said['limit'] = undefined): Story => {
  const { now, today } = occasion('2026-04-20');
  const entered = {
    seq: 1,
    at: now,
    on: today,
    by: 'office',
    move: 'enter',
    to: 'registered',
    text: '',
    limit,
  } as const;
  return { facts: facts(more), events: [entered] };
};

export const known = ({ facts, events }: Story): Known => ({
  ...facts,
  ...progressOf(events),
  version: events.length,
  seq: events.length,
});

/** The office may everything but answer, the unit only answers: enough of the table of rights for the rules of the loop. */
const ANSWERS: readonly FindingRight[] = [
  ...(['finding.dispute', 'finding.acknowledge', 'finding.filePlan', 'finding.fix'] as const),
  ...(['finding.submit', 'finding.askExtension', 'finding.evidence'] as const),
];
export const office = (openId = 'office'): Mover => ({
  openId,
  whyNot: (right) => (ANSWERS.includes(right) ? '由责任单位办理' : undefined),
});
export const unit = (openId = 'unit'): Mover => ({
  openId,
  whyNot: (right) => (ANSWERS.includes(right) ? undefined : '由督导室办理'),
});

export const said = (text = '', more: Partial<Said> = {}): Said => ({ text, ...more });
export const days = (count: number, unit: 'working' | 'natural' = 'working') =>
  ({ kind: 'days', days: count, unit }) as const;
export const on = (day: string) => ({ kind: 'date', date: date(day) }) as const;

/** The story with a move made, or why it was refused. */
export function told(before: Story, move: StateMove, by: Mover, when: Occasion, what: Said = said()): Story | string {
  const decided = decideMove(known(before), move, what, by, when);
  return 'refused' in decided
    ? decided.refused.because
    : { facts: before.facts, events: [...before.events, ...decided.events] };
}

/** Each move in turn; throws where one is refused. */
export function through(first: Story, ...steps: readonly [StateMove, Mover, Occasion, Said?][]): Story {
  return steps.reduce((before, [move, by, when, what]) => {
    const next = told(before, move, by, when, what);
    if (typeof next === 'string') throw new Error(`${move}: ${next}`);
    return next;
  }, first);
}

/** What is stored beside the steps: made step by step, as a commit makes it. */
export const stored = (finding: Finding, events: readonly FindingEvent[]): Finding => ({
  ...finding,
  ...events.reduce(after, finding),
  version: finding.version + 1,
});
