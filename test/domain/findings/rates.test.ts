import fc from 'fast-check';
import { expect, test } from 'vitest';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { agesOf, bandStarts, type FindingTally, figuresOf, percent } from '../../../src/domain/findings/rates.ts';
import { type FindingState, isOpen, STATES } from '../../../src/domain/findings/states.ts';

const isState = (word: string): word is FindingState => word in STATES;
const states = Object.keys(STATES).filter(isState);

const tally: fc.Arbitrary<FindingTally> = fc
  .record({
    state: fc.constantFrom(...states),
    late: fc.boolean(),
    onTime: fc.boolean(),
    band: fc.integer({ min: 0, max: 4 }),
    count: fc.integer({ min: 1, max: 50 }),
  })
  .map((each) => ({
    ...each,
    late: each.late && STATES[each.state].dueRuns,
    onTime: each.onTime && each.state === 'closed',
    days: each.state === 'closed' ? each.count * 10 : 0,
  }));

test('rates are between nothing and all; whole ones are reached only when nothing is missing', () => {
  fc.assert(
    fc.property(fc.array(tally), (tallies) => {
      const { due, closed, late, longTerm, completion, punctuality, meanDays } = figuresOf(tallies);
      expect(closed + late + longTerm).toBeLessThanOrEqual(due);
      expect(completion === undefined).toBe(due === 0);
      if (completion !== undefined) expect(completion === 1).toBe(closed === due);
      if (punctuality !== undefined) expect(punctuality).toBeLessThanOrEqual(1);
      if (punctuality === 1) expect(late).toBe(0);
      if (meanDays !== undefined) expect(meanDays).toBe(10);
      expect(percent(completion) === '100%').toBe(completion === 1);
    }),
  );
});

test('长期坚持 is to be rectified and never done; what was not issued or dropped is in no rate', () => {
  const of = (state: FindingState): FindingTally => ({ state, late: false, onTime: false, band: 0, count: 1, days: 0 });
  expect(figuresOf([of('longTerm'), of('draft'), of('registered'), of('disputed'), of('dropped')])).toEqual({
    due: 1,
    waiting: 3,
    closed: 0,
    late: 0,
    longTerm: 1,
    completion: 0,
    punctuality: undefined,
    meanDays: undefined,
  });
  expect(percent(undefined)).toBe('—');
  expect(percent(199 / 200)).toBe('99%');
  expect(percent(0.29)).toBe('29%');
});

test('each open problem is in one band of age, closed ones in none', () => {
  fc.assert(
    fc.property(fc.array(tally), (tallies) => {
      const open = tallies.filter(({ state }) => isOpen(state)).reduce((sum, { count }) => sum + count, 0);
      expect(agesOf(tallies).reduce((sum, count) => sum + count, 0)).toBe(open);
    }),
  );
  expect(bandStarts(date('2026-03-05'))).toEqual(['2026-02-26', '2026-02-18', '2026-02-03', '2026-01-04']);
});
