import { expect, test } from 'vitest';
import { owedStep } from '../../../src/domain/findings/decide.ts';
import { LADDER_DAYS, ladderOf } from '../../../src/domain/findings/ladder.ts';
import { PROFILES } from '../../../src/domain/findings/time-limits.ts';
import { remindsOffice, watchAt } from '../../../src/domain/findings/watch.ts';
import { calendar, days, known, occasion, office, on, said, story, through, unit } from './findings.ts';

const DEFAULT = ladderOf('bulletinFirst', LADDER_DAYS);

const zone = 'Asia/Shanghai';
const next = (of: ReturnType<typeof story>, day: string) => {
  const at = watchAt(known(of), occasion(day).now, {
    zone,
    calendar,
    ladder: DEFAULT,
    profile: PROFILES.national,
  });
  return at === undefined ? undefined : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
};
const issued = through(story({}, days(8)), ['issue', office(), occasion('2026-04-20')]);
const fixing = through(issued, ['start', unit(), occasion('2026-04-20')]);

test('a problem that nobody signs for is looked at after one working day, one that is being mended when it is late', () => {
  expect(next(issued, '2026-04-20')).toBe('2026-04-22T09:10');
  // Due 30 April; 1 to 5 May is holiday.
  expect(next(fixing, '2026-04-20')).toBe('2026-05-06T09:10');
});

test('what is owed already is looked at at once, and nothing on a rest day', () => {
  expect(next(fixing, '2026-05-06')).toBe('2026-05-06T10:00');
  expect(next(fixing, '2026-05-02')).toBe('2026-05-06T09:10');
});

test('a safety matter is looked at on its due day', () => {
  const safety = through(
    story({ description: '灭火器过期' }, on('2026-04-30')),
    ['issue', office(), occasion('2026-04-20')],
    ['sign', unit(), occasion('2026-04-20')],
  );
  expect(next(safety, '2026-04-20')).toBe('2026-04-30T09:10');
});

test('the office is reminded of what waits for it, after its working days and each fifth one from then on', () => {
  const handedIn = through(fixing, ['submit', unit(), occasion('2026-04-21'), said('已补齐')]);
  // Five working days end on Tuesday the 28th.
  expect(next(handedIn, '2026-04-21')).toBe('2026-04-29T09:10');
  expect(next(handedIn, '2026-04-29')).toBe('2026-05-09T09:10');
  const draft = { ...known(handedIn), state: 'draft', since: occasion('2026-04-21').today } as const;
  const late = (description: string) => owedStep({ ...draft, description }, PROFILES.national, calendar)?.until;
  expect([late('台账不全'), late('灭火器过期')]).toEqual(['2026-04-24', '2026-04-21']);
  const kept = through(fixing, ['keep', office(), occasion('2026-04-21'), said('长期', { limit: on('2026-09-01') })]);
  expect(next(kept, '2026-04-21')).toBe('2026-09-02T09:10');
});

test('the office does not hear twice within five working days, whatever makes the heartbeat look', () => {
  const handedIn = known(through(fixing, ['submit', unit(), occasion('2026-04-21'), said('已补齐')]));
  const hears = (today: string, last?: string) =>
    remindsOffice(handedIn, occasion(today).today, last === undefined ? undefined : occasion(last).today, {
      calendar,
      profile: PROFILES.national,
    });
  // It has time until Tuesday the 28th; 1 to 5 May is holiday, Saturday the 9th is worked.
  expect([hears('2026-04-28'), hears('2026-04-29'), hears('2026-05-02')]).toEqual([false, true, false]);
  expect([hears('2026-04-29', '2026-04-29'), hears('2026-05-08', '2026-04-29')]).toEqual([false, false]);
  expect([hears('2026-05-09', '2026-04-29'), hears('2026-04-30', '2026-04-20')]).toEqual([true, true]);
});

test('what is closed is not looked at', () => {
  const closed = through(
    fixing,
    ['submit', unit(), occasion('2026-04-21'), said('已补齐', { cause: '无人管', files: 1 })],
    ['close', office(), occasion('2026-04-21')],
  );
  expect(next(closed, '2026-04-21')).toBeUndefined();
});
