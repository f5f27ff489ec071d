import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  date,
  type Instant,
  instantAt,
  type LocalDate,
  wallClock,
} from '../../../src/domain/calendar/local-date.ts';
import { SCHOOL_PARTS, type SchoolPeriod } from '../../../src/domain/calendar/school-year.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { type CalendarEntries, type EnteredDay, workCalendar } from '../../../src/domain/calendar/work-calendar.ts';
import type { Calendar } from '../../../src/domain/calendar/working-days.ts';
import { nextByCalendar } from '../../../src/domain/reminders/follow-calendar.ts';
import { nextOccurrence } from '../../../src/domain/reminders/recurrence.ts';
import type { Recurrence } from '../../../src/domain/reminders/reminder.ts';
import { timesByHand } from './by-hand.ts';

const ZONE = 'Asia/Shanghai';
const TIME = '08:30';
const base = statutoryCalendar();
const dayOf = (instant: Instant): LocalDate => wallClock(instant, ZONE).date;
const at = (day: LocalDate, time: `${number}:${number}` = TIME): Instant => instantAt(day, time, ZONE);

/** Days around which calendars go wrong: the ends of years, announced or not, leap days, and 春节 with its 调休. */
const EDGES = ['2023-12-31', '2024-02-29', '2025-12-31', '2026-02-14', '2026-12-31', '2027-02-28', '2028-02-29'].map(
  date,
);
const somewhere = fc
  .tuple(fc.constantFrom(...EDGES), fc.integer({ min: -45, max: 45 }))
  .map(([edge, off]) => addDays(edge, off));

const restDays = fc.constantFrom('skip', 'forward', 'back', 'ignore');
const recurrences: fc.Arbitrary<Recurrence> = fc
  .tuple(
    fc.oneof(
      fc.record({
        kind: fc.constantFrom(
          'workdays',
          'daily',
          'firstWorkdayOfWeek',
          'lastWorkdayOfWeek',
          'firstWorkdayOfMonth',
          'lastWorkdayOfMonth',
        ),
      }),
      fc.record({
        kind: fc.constant('weekdays'),
        days: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1, maxLength: 3 }),
        restDays,
      }),
      fc.record({
        kind: fc.constant('monthDays'),
        days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 3 }),
        restDays,
      }),
      fc.record({
        kind: fc.constant('yearDays'),
        days: fc.constantFrom(['02-29'], ['01-01', '12-31'], ['03-05']),
        restDays: fc.constantFrom('forward', 'back', 'ignore'),
      }),
    ),
    fc.boolean(),
  )
  // 提醒 refuses weekends that skip rest days: in a year that is not announced none is worked.
  .filter(([days]) => !(days.kind === 'weekdays' && days.restDays === 'skip' && days.days.every((day) => day > 5)))
  .map(([days, inTerm]) => (inTerm ? { ...days, inTerm: true as const } : days));

/** What administrators may have entered around a day: rest and working days at random, and a year of school parts, some of them missing. */
const entriesAround = (day: LocalDate): fc.Arbitrary<CalendarEntries> =>
  fc
    .record({
      days: fc.uniqueArray(
        fc.record({
          day: fc.integer({ min: -60, max: 60 }).map((off) => addDays(day, off)),
          kind: fc.constantFrom('rest' as const, 'work' as const),
          name: fc.constant(''),
        }),
        { selector: (each) => each.day, maxLength: 25 },
      ),
      start: fc.integer({ min: -150, max: 0 }),
      lengths: fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 4, maxLength: 4 }),
      parts: fc.subarray([...SCHOOL_PARTS]),
    })
    .map(({ days, start, lengths, parts }) => ({
      days,
      announced: [],
      periods: periodsFrom(addDays(day, start), lengths, parts),
      parents: new Map([['school', 'county']]),
    }));

/** Four parts one after the other; only those that were entered stay, the terms for the county above, the vacations for the school. */
function periodsFrom(start: LocalDate, lengths: readonly number[], parts: readonly string[]): readonly SchoolPeriod[] {
  let from = start;
  return SCHOOL_PARTS.flatMap((part, index) => {
    const to = addDays(from, (lengths[index] ?? 1) - 1);
    const unitId = part === 'autumn' || part === 'spring' ? 'county' : 'school';
    const period = { unitId, schoolYear: 2026, part, from, to };
    from = addDays(to, 1);
    return parts.includes(part) ? [period] : [];
  });
}

const calendarOf = (entries: CalendarEntries): Calendar => workCalendar(base, entries, 1).ofUnit('school');

/** The same question answered without the code under test: the entered days are looked up, and vacations are walked to day by day. */
const worksBy = (days: readonly EnteredDay[]) => (day: LocalDate) => {
  const own = days.find((each) => each.day === day);
  return own ? own.kind === 'work' : base.isWorkday(day);
};
function vacationBy(periods: readonly SchoolPeriod[], day: LocalDate): boolean {
  const part = (of: LocalDate) => periods.find(({ from, to }) => from <= of && of <= to)?.part;
  const isTerm = (found: string | undefined) => found === 'autumn' || found === 'spring';
  const own = part(day);
  if (own) return !isTerm(own);
  let [before, after] = [day, day];
  for (let n = 0; n < 400 && !part(before); n += 1) before = addDays(before, -1);
  for (let n = 0; n < 400 && !part(after); n += 1) after = addDays(after, 1);
  const gap = (Date.parse(after) - Date.parse(before)) / 86_400_000;
  return isTerm(part(before)) && isTerm(part(after)) && gap <= 90;
}

const cases = somewhere.chain((day) =>
  fc.record({
    day: fc.constant(day),
    recurrence: recurrences,
    entries: entriesAround(day),
    minutes: fc.integer({ min: 0, max: 1439 }),
  }),
);

test('with any days and school parts entered, the next times are those of a count by hand', () => {
  fc.assert(
    fc.property(cases, ({ day, recurrence, entries, minutes }) => {
      const calendar = calendarOf(entries);
      const after = at(day, '00:00') + minutes * 60_000;
      const { inTerm: _inTerm, ...always } = recurrence;
      const byHand = timesByHand(always, TIME, after, {
        works: worksBy(entries.days),
        from: day,
        count: recurrence.inTerm ? 320 : 3,
      }).filter((instant) => !(recurrence.inTerm && vacationBy(entries.periods, dayOf(instant))));
      let last = after;
      const found = [1, 2, 3].map(() => {
        last = nextOccurrence(recurrence, TIME, last, ZONE, calendar);
        return last;
      });
      expect(found.map(dayOf)).toEqual(byHand.slice(0, 3).map(dayOf));
    }),
    { numRuns: 50 },
  );
});

test('every next time is after the instant asked, and never on a day that is left out', () => {
  fc.assert(
    fc.property(cases, ({ day, recurrence, entries, minutes }) => {
      const calendar = calendarOf(entries);
      const after = at(day, '00:00') + minutes * 60_000;
      const found = nextOccurrence(recurrence, TIME, after, ZONE, calendar);
      expect(found).toBeGreaterThan(after);
      const comes = dayOf(found);
      if (recurrence.inTerm) expect(vacationBy(entries.periods, comes)).toBe(false);
      const mayRest = recurrence.kind === 'daily' || ('restDays' in recurrence && recurrence.restDays === 'ignore');
      if (!mayRest) expect(worksBy(entries.days)(comes)).toBe(true);
      expect(nextOccurrence(recurrence, TIME, found - 1, ZONE, calendar)).toBe(found);
    }),
    { numRuns: 150 },
  );
});

/**
 * The heartbeat in small: at each beat a rule follows the calendar of that moment, and fires what is due. Whatever is entered or taken back
 * between beats, a day's push goes out exactly when it held before its time and still held at it.
 */
test('whatever changes between beats, a push goes out exactly on the days that held before and at their time', () => {
  const story = somewhere.chain((day) =>
    fc.record({
      day: fc.constant(day),
      recurrence: recurrences,
      calendars: fc.array(entriesAround(day), { minLength: 2, maxLength: 4 }),
      changes: fc.array(fc.integer({ min: 0, max: 119 }), { minLength: 1, maxLength: 6 }),
    }),
  );
  fc.assert(
    fc.property(story, ({ day, recurrence, calendars, changes }) => {
      const known = calendars.map(calendarOf);
      const first = known[0] ?? base;
      let [version, computedWith] = [0, 0];
      let calendar = first;
      let nominalAt = nextOccurrence(recurrence, TIME, at(day, '00:00') - 1, ZONE, first);
      const sent: LocalDate[] = [];
      const expected: LocalDate[] = [];
      const holds = (on: LocalDate) => nextOccurrence(recurrence, TIME, at(on) - 1, ZONE, calendar) === at(on);
      let heldBefore = false;
      for (let beat = 0; beat < 120; beat += 1) {
        const on = addDays(day, Math.floor(beat / 2));
        const now = at(on, beat % 2 === 0 ? '08:29' : '08:31');
        if (changes.includes(beat)) {
          version += 1;
          calendar = known[version % known.length] ?? first;
        }
        if (computedWith !== version)
          nominalAt = nextByCalendar({ recurrence, time: TIME, nominalAt }, now, ZONE, calendar);
        computedWith = version;
        if (nominalAt <= now) {
          sent.push(dayOf(nominalAt));
          nominalAt = nextOccurrence(recurrence, TIME, nominalAt, ZONE, calendar);
          expect(nominalAt).toBeGreaterThan(now);
        }
        if (beat % 2 === 0) heldBefore = holds(on);
        else if (heldBefore && holds(on)) expected.push(on);
      }
      expect(sent).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});
