import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, date, type LocalDate } from '../../../src/domain/calendar/local-date.ts';
import {
  type Decided,
  decideMove,
  type Known,
  type Mover,
  type Occasion,
  type Said,
} from '../../../src/domain/findings/decide.ts';
import type { FindingEvent, Level } from '../../../src/domain/findings/finding.ts';
import { LADDER_DAYS, ladderOf } from '../../../src/domain/findings/ladder.ts';
import { STATE_MOVES } from '../../../src/domain/findings/moves.ts';
import { progressOf } from '../../../src/domain/findings/progress.ts';
import { lift, restrict } from '../../../src/domain/findings/restrict.ts';
import { amend, attach, escalate, escalationsToday, lower } from '../../../src/domain/findings/side-moves.ts';
import { isOpen, STATES } from '../../../src/domain/findings/states.ts';
import { facts, occasion, office, on, stored, unit } from './findings.ts';

const DEFAULT = ladderOf('bulletinFirst', LADDER_DAYS);

/** Somebody of the supervised unit who also holds the office's rights elsewhere: the table of rights keeps them from their own unit's matters. */
const torn: Mover = {
  openId: 'torn',
  whyNot: (right) => (unit().whyNot(right) === undefined ? undefined : '本单位的问题'),
};
const PEOPLE: readonly Mover[] = [office(), office('second'), unit(), unit('unit2'), torn];

const what = fc.record({
  text: fc.constantFrom('', '已清理，原因是无人管', '假期影响', '基本完成'),
  limit: fc.option(
    fc.constantFrom(on('2026-05-08'), on('2026-06-30'), { kind: 'days', days: 5, unit: 'working' } as const),
    {
      nil: undefined,
    },
  ),
  document: fc.constantFrom(undefined, '3号'),
  cause: fc.constantFrom(undefined, '无人管'),
  files: fc.constantFrom(undefined, 1),
}) satisfies fc.Arbitrary<Said>;

// 10. A veto matter cannot be struck off in bulk: there is no such move, each act is one problem's.
const person = fc.constantFrom(...PEOPLE);
type Act = (finding: Known, when: Occasion) => Decided;
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constantFrom(...STATE_MOVES), what, person).map(
      ([move, said, who]): Act =>
        (finding, when) =>
          decideMove(finding, move, said, who, when),
    ),
  },
  fc.tuple(what, person).map(
    ([said, who]): Act =>
      (finding, when) =>
        amend(finding, said, who, when),
  ),
  fc.tuple(what, person).map(
    ([said, who]): Act =>
      (finding, when) =>
        attach(finding, said, who, when),
  ),
  fc.tuple(fc.constantFrom('督办', '通报', '约谈', '问责'), what, person).map(
    ([word, said, who]): Act =>
      (finding, when) =>
        escalate(finding, word, said, who, { ...when, ladder: DEFAULT }),
  ),
  fc.tuple(fc.constantFrom<Level>(0, 1, 2), what, person).map(
    ([to, said, who]): Act =>
      (finding, when) =>
        lower(finding, to, said, who, when),
  ),
  fc.tuple(fc.boolean(), what, person).map(
    ([secret, said, who]): Act =>
      (finding, when) =>
        secret ? restrict(finding, { ...said, viewers: [] }, who, when) : lift(finding, said, who, when),
  ),
);
/** Days pass between two acts; on each of them the heartbeat looks in. */
const life = fc.array(fc.record({ act, days: fc.integer({ min: 0, max: 6 }) }), { maxLength: 40 });
const kind = fc.record({
  severity: fc.constantFrom('minor', 'grave', 'veto'),
  term: fc.constantFrom('immediate', 'timeLimited'),
  description: fc.constantFrom('台账不全', '消防通道堆放杂物'),
} as const);

interface Lived {
  readonly finding: Known;
  readonly events: readonly FindingEvent[];
}

/** Every step is checked against what stood before it. */
function took({ finding, events }: Lived, steps: readonly FindingEvent[]): Lived {
  let now = { ...stored(finding, []), seq: finding.seq };
  for (const step of steps) {
    const before = now;
    now = { ...stored(before, [step]), seq: step.seq };
    expect(step.seq).toBe(before.seq + 1);
    if (step.to !== before.state) expect(STATES[before.state].to).toContain(step.to);
    // 4. A deadline moves by a granted extension, an edit with a reason, or a notice that names it.
    if (now.due !== before.due)
      expect(['issue', 'grantExtension', 'amend', 'return', 'reopen', 'keep']).toContain(step.move);
    // 6. What is restricted becomes known by a decision with its reason, and by nothing else.
    if (now.restricted !== before.restricted) expect(step.move).toBe(now.restricted ? 'restrict' : 'lift');
    if (before.restricted && !now.restricted) expect(step.text).not.toBe('');
    // 5. The level drops by closing or a logged decision with its reason.
    if (now.level < before.level)
      expect(step.move === 'close' || (step.move === 'lower' && step.text !== '')).toBe(true);
  }
  return { finding: now, events: [...events, ...steps] };
}

/** `listings`: how often the unit was 督办 in this month. */
function beat(lived: Lived, day: LocalDate, listings: number): Lived {
  const when = occasion(day);
  const listed = lived.finding.level === 2 ? listings : 0;
  const steps = escalationsToday(lived.finding, when, DEFAULT, listed);
  // 督办 and above are not reached by the bot alone.
  for (const { move, level = 0 } of steps) expect(move === 'urge' ? level : 1).toBe(1);
  const after = took(lived, steps);
  // 7. Looked at again on the same day nothing is done twice.
  expect(escalationsToday(after.finding, when, DEFAULT, listed)).toEqual([]);
  return after;
}

test('whatever anybody tries at any time, a problem is never lost, never escalated twice, and its record replays to what it is', () => {
  fc.assert(
    fc.property(kind, life, fc.integer({ min: 0, max: 3 }), (of, acts, listings) => {
      const entered: FindingEvent = {
        seq: 1,
        at: 0,
        on: date('2026-04-20'),
        by: 'office',
        move: 'enter',
        to: 'registered',
        text: '',
        limit: { kind: 'days', days: 5, unit: 'working' },
      };
      let day = date('2026-04-20');
      let lived: Lived = {
        finding: { ...facts(of), ...progressOf([entered]), version: 1, seq: 1 },
        events: [entered],
      };
      for (const { act, days } of acts) {
        for (const end = addDays(day, days); day < end; day = addDays(day, 1)) lived = beat(lived, day, listings);
        const decided = act(lived.finding, occasion(day));
        if ('refused' in decided) {
          expect(decided.refused.because).not.toBe('');
          continue;
        }
        expect(decided.events).not.toEqual([]);
        lived = took(lived, decided.events);
      }
      holds(lived);
    }),
    { numRuns: 400 },
  );
});

function holds({ finding, events }: Lived): void {
  const { seq: _seq, ...row } = finding;
  // The record is the whole truth.
  expect(row).toEqual({ ...row, ...progressOf(events) });
  // 8. Nothing is lost: what is open has somebody who owes the next step.
  expect(STATES[finding.state].waitsFor === 'nobody').toBe(!isOpen(finding.state));
  const closings = events.filter(({ move }) => move === 'close');
  for (const closing of closings) {
    const sofar = progressOf(events.slice(0, closing.seq));
    // 1. Nobody of the unit closes it. 2. Evidence, a checker, a day not before the finding's.
    expect(['office', 'second']).toContain(closing.by);
    expect(sofar.files).toBeGreaterThan(0);
    expect(sofar.checkedBy).toBeDefined();
    expect(sofar.submittedBy).not.toBe(closing.by);
    expect((sofar.closedOn ?? '') >= finding.foundOn).toBe(true);
    if (finding.severity === 'veto' && closing.from === 'rechecking') expect(sofar.checkedBy).not.toBe(closing.by);
  }
  // No level is reached twice between two closings or lowerings.
  const reached = new Set<string>();
  let round = 0;
  for (const { move, level } of events) {
    if (move === 'close' || move === 'lower') round += 1;
    if (move !== 'urge' && move !== 'escalate' && move !== 'draft') continue;
    const key = `${round} ${move === 'draft' ? 'draft' : 'level'} ${level}`;
    expect(reached.has(key), key).toBe(false);
    reached.add(key);
  }
}
