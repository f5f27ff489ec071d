import { describe, expect, test } from 'vitest';
import { addDays, date, instantAt, type LocalTime, wallClock } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { NOT_PURSUED, nextLook, owedRung, type Pursuit } from '../../../src/domain/tasks/pursuit.ts';

const calendar = statutoryCalendar();
const ZONE = 'Asia/Shanghai';
const owed = (pursuit: Pursuit, day: string) => owedRung(pursuit, date(day), calendar)?.word;
const urgedOn = (day: string): Pursuit => ({ level: 1, drafted: 1, since: date(day) });

describe('a task that stays red', () => {
  test('is urged on a working day: not on a rest day, but on a Saturday that is worked', () => {
    expect(owed(NOT_PURSUED, '2026-05-07')).toBe('催办');
    expect(owed(NOT_PURSUED, '2026-05-01')).toBeUndefined();
    expect(owed(NOT_PURSUED, '2026-05-09')).toBe('催办');
    expect(owed(NOT_PURSUED, '2026-05-10')).toBeUndefined();
  });

  test('is proposed for 限期整改 ten working days later, once', () => {
    expect(owed(urgedOn('2026-05-20'), '2026-06-02')).toBeUndefined();
    expect(owed(urgedOn('2026-05-20'), '2026-06-03')).toBe('限期整改');
    expect(owed({ ...urgedOn('2026-05-20'), drafted: 2 }, '2026-06-03')).toBeUndefined();
  });

  test('is proposed for 通报 when the day that was set is over, once, and for nothing more', () => {
    const limited: Pursuit = { level: 2, drafted: 2, since: date('2026-06-03'), rectifyBy: date('2026-06-10') };
    expect(owed(limited, '2026-06-10')).toBeUndefined();
    expect(owed(limited, '2026-06-11')).toBe('通报');
    expect(owed({ ...limited, drafted: 3 }, '2026-06-11')).toBeUndefined();
    expect(owed({ ...limited, level: 3, drafted: 3 }, '2026-07-10')).toBeUndefined();
  });
});

describe('the heartbeat', () => {
  const at = (day: string, time: LocalTime) => instantAt(date(day), time, ZONE);
  const looks = (now: number, owedFrom?: string) =>
    wallClock(
      nextLook(now, ZONE, (day) => owedFrom !== undefined && day >= date(owedFrom)),
      ZONE,
    );

  test('looks after the morning digest, on the same day while it is still to come', () => {
    expect(looks(at('2026-06-03', '07:00'), '2026-06-01')).toMatchObject({ date: '2026-06-03', time: '09:10' });
    expect(looks(at('2026-06-03', '09:10'), '2026-06-01')).toMatchObject({ date: '2026-06-04', time: '09:10' });
  });

  test('looks once a week at least, since a milestone moves without a word to its tasks', () => {
    const now = at('2026-06-03', '12:00');
    expect(looks(now).date).toBe(addDays(date('2026-06-03'), 7));
    expect(looks(now, '2027-01-01').date).toBe('2026-06-10');
  });
});
