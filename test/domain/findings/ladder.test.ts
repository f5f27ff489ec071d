import { describe, expect, test } from 'vitest';
import type { Level } from '../../../src/domain/findings/finding.ts';
import { LADDER_DAYS, ladderOf, listedOf, nextEscalations } from '../../../src/domain/findings/ladder.ts';
import { escalate, escalationsToday, lower } from '../../../src/domain/findings/side-moves.ts';
import { calendar, days, known, occasion, office, on, type Story, said, story, through, unit } from './findings.ts';

const DEFAULT = ladderOf('bulletinFirst', LADDER_DAYS);
const INTERVIEW_FIRST = ladderOf('interviewFirst', LADDER_DAYS);

/** Due Thursday 30 April 2026, 8 working days from Monday the 20th; 1 to 5 May is holiday, Saturday the 9th is worked. */
const overdue = (limit: ReturnType<typeof days> | ReturnType<typeof on> = days(8)): Story =>
  through(story({}, limit), ['issue', office(), occasion('2026-04-20')], ['start', unit(), occasion('2026-04-20')]);

const owed = (before: Story, day: string, ladder = DEFAULT) =>
  nextEscalations(known(before), occasion(day).today, calendar, ladder).map(({ rung }) => rung.word);

/** Each day from the due day on: what is owed on it, as the heartbeat would do it. */
function lived(first: Story, from: string, to: string): readonly string[] {
  const done: string[] = [];
  let now = first;
  for (let day = Date.parse(from); day <= Date.parse(to); day += 86_400_000) {
    const when = occasion(new Date(day).toISOString().slice(0, 10));
    const events = escalationsToday(known(now), when, DEFAULT);
    done.push(...events.map(({ level, on }) => `${on} ${level}`));
    now = { ...now, events: [...now.events, ...events] };
  }
  return done;
}

describe('the ladder', () => {
  test('counts in the working days of the deadline, over a holiday and a worked Saturday, each level once', () => {
    expect(known(overdue()).due).toBe('2026-04-30');
    // Working days late: 6 May 1, 7 May 2, 8 May 3, Saturday 9 May 4, 11 May 5; 18 May 10.
    expect(lived(overdue(), '2026-04-30', '2026-06-30')).toEqual(['2026-05-06 1', '2026-05-11 2', '2026-05-18 3']);
  });

  test('counts natural days for a deadline set in natural days, and speaks on working days', () => {
    expect(lived(overdue(on('2026-04-30')), '2026-04-30', '2026-06-30')).toEqual([
      '2026-05-06 1',
      '2026-05-06 2',
      '2026-05-11 3',
    ]);
  });

  test('a notice that nobody signs for is urged after one working day', () => {
    const issued = through(story({}, days(8)), ['issue', office(), occasion('2026-04-24')]);
    expect(owed(issued, '2026-04-27')).toEqual([]);
    expect(owed(issued, '2026-04-28')).toEqual(['催办']);
  });

  test('handing in and a granted extension stop it; the level stays', () => {
    const urged = escalationsToday(known(overdue()), occasion('2026-05-06'), DEFAULT);
    const late: Story = { ...overdue(), events: [...overdue().events, ...urged] };
    const handedIn = through(late, ['submit', unit(), occasion('2026-05-07'), said('已补齐')]);
    expect(owed(handedIn, '2026-06-30')).toEqual([]);
    expect(known(handedIn).level).toBe(1);
    const asked = through(overdue(), [
      'askExtension',
      unit(),
      occasion('2026-04-30'),
      said('假期', { limit: days(10) }),
    ]);
    expect(owed(asked, '2026-05-07')).toEqual(['催办']);
    const granted = through(asked, ['grantExtension', office(), occasion('2026-05-06')]);
    expect(owed(granted, '2026-05-14')).toEqual([]);
  });

  test('two rechecks that were not passed, or a safety matter on its due day, ask for 督办', () => {
    const once = (before: Story) =>
      through(
        before,
        ['submit', unit(), occasion('2026-04-21'), said('已补齐')],
        ['return', office(), occasion('2026-04-21'), said('不实', { limit: days(8) })],
      );
    expect(owed(once(overdue()), '2026-04-22')).toEqual([]);
    expect(owed(once(once(overdue())), '2026-04-22')).toEqual(['督办']);
    const safety = story({ description: '灭火器过期' }, days(8));
    const issued = through(
      safety,
      ['issue', office(), occasion('2026-04-20')],
      ['sign', unit(), occasion('2026-04-20')],
    );
    expect([owed(issued, '2026-04-29'), owed(issued, '2026-04-30')]).toEqual([[], ['督办']]);
  });

  test('a unit that is 督办 twice in a month is drafted for 通报, with the second problem', () => {
    const day = (of: string) => occasion(of).today;
    const first = { findingId: 'finding_0', on: day('2026-04-02') };
    const second = { findingId: 'finding_1', on: day('2026-04-29') };
    expect([listedOf('finding_1', [second]), listedOf('finding_1', [first, second])]).toEqual([1, 2]);
    expect(listedOf('finding_0', [first, second])).toBe(0);
    expect(listedOf('finding_1', [{ ...first, on: day('2026-03-31') }, second])).toBe(1);
    const supervised = escalate(known(overdue()), '督办', said(), office(), {
      ...occasion('2026-04-29'),
      ladder: DEFAULT,
    });
    if ('refused' in supervised) throw new Error(supervised.refused.because);
    const after = known({ ...overdue(), events: [...overdue().events, ...supervised.events] });
    const drafts = (listed: number, ladder = DEFAULT) =>
      nextEscalations(after, day('2026-04-29'), calendar, ladder, listed).map(({ rung }) => rung.word);
    expect([drafts(1), drafts(2), drafts(2, INTERVIEW_FIRST)]).toEqual([[], ['通报'], ['通报']]);
  });

  test('its days are data', () => {
    const strict = ladderOf('bulletinFirst', [1, 2, 3, 4]);
    expect(owed(overdue(), '2026-05-08', strict)).toEqual(['催办', '督办', '通报']);
    expect(owed(overdue(), '2026-05-08')).toEqual(['催办']);
  });

  test('约谈 and above are never proposed; the order of 通报 and 约谈 is data', () => {
    expect(owed(overdue(), '2026-12-31')).toEqual(['催办', '督办', '通报']);
    expect(owed(overdue(), '2026-05-18', INTERVIEW_FIRST)).toEqual(['催办', '督办']);
    expect(owed(overdue(), '2026-12-31', INTERVIEW_FIRST)).toEqual(['催办', '督办', '通报']);
  });

  test('督办 and 通报 take one named word, 通报 and 问责 a 文号, 约谈 its facts; no level is reached twice', () => {
    const when = { ...occasion('2026-05-18'), ladder: DEFAULT };
    const order = (word: string, text = '', document?: string, before = overdue()) =>
      escalate(known(before), word, said(text, { document }), office(), when);
    expect(order('督办')).toMatchObject({ events: [{ move: 'escalate', level: 2, by: 'office' }] });
    expect(order('通报')).toMatchObject({ refused: { because: expect.stringContaining('文号') } });
    expect(order('通报', '', '5号')).toMatchObject({ events: [{ level: 3 }] });
    expect(order('约谈')).toMatchObject({ refused: { because: expect.stringContaining('日期') } });
    expect(escalate(known(overdue()), '督办', said(), unit(), when)).toMatchObject({
      refused: { because: '由督导室办理' },
    });
    const decided = order('通报', '', '5号');
    if ('refused' in decided) throw new Error(decided.refused.because);
    const published = { ...overdue(), events: [...overdue().events, ...decided.events] };
    expect(order('督办', '', undefined, published)).toMatchObject({ refused: { because: '已经到“通报”这一级' } });
    const down = (to: Level, text: string) => lower(known(published), to, said(text), office(), when);
    expect(down(2, '')).toMatchObject({ refused: { because: '请写明降级的理由' } });
    expect(down(3, '误报')).toMatchObject({ refused: { because: expect.stringContaining('更低') } });
    expect(down(1, '误报')).toMatchObject({ events: [{ move: 'lower', level: 1 }] });
  });
});
