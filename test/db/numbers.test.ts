import { expect, test } from 'vitest';
import { onEveryHome } from '../support/homes.ts';
import { district, given, inspection, program, task, work } from './district.ts';

onEveryHome('numbers', (home) => {
  const { take } = {
    take: (...asked: Parameters<ReturnType<typeof home>['store']['numbers']['take']>) =>
      home().store.numbers.take(...asked),
  };

  test('of twenty who ask at the same moment each gets one of its own, and each kind counts by itself', async () => {
    const given = await Promise.all(Array.from({ length: 20 }, () => take('finding')));
    expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect([await take('task'), await take('finding', 3), await take('finding')]).toEqual([1, 21, 24]);
  });

  test('twenty visits that are entered while tables are imported are all kept, no number twice', async () => {
    await given(home(), district, program('p', 'bureau'));
    const imports = Array.from({ length: 5 }, (_, table) =>
      home().store.commit(
        work({
          changes: [
            {
              kind: 'inspections.put',
              rows: ['07', '08'].map((day) =>
                inspection(`i${table}-${day}`, 'wanghai', `2026-04-${day}`, { kind: `K${table}` }),
              ),
            },
            { kind: 'tasks.put', rows: [task('p', `${table}-1`), task('p', `${table}-2`)] },
          ],
        }),
      ),
    );
    const entered = Array.from({ length: 20 }, async (_, index) => {
      const { seen: _seen, ...row } = inspection(`v${index}`, 'wanghai-1', '2026-04-09', { kind: `K${index}` });
      const number = await take('inspection');
      const visit = work({ changes: [{ kind: 'inspection.added', row, number, by: 'ou_1', at: 1 }] });
      // Whoever asks decides again what has moved.
      for (let tries = 1; ; tries += 1) {
        const outcome = await home().store.commit(visit);
        if (outcome !== 'moved' || tries === 10) return outcome;
      }
    });
    const outcomes = await Promise.all([...entered, ...imports]);
    // PostgreSQL may choose a table as the victim again and again; the plan is then made anew.
    expect(outcomes.slice(0, 20)).toEqual(Array(20).fill('done'));
    const rows = await home().rows('SELECT number FROM inspection ORDER BY number');
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
    expect(rows.every(({ number }) => Number(number) > 0)).toBe(true);
    const [counter] = await home().rows("SELECT value FROM counter WHERE name = 'inspection'");
    expect(Number(counter?.['value'])).toBeGreaterThanOrEqual(rows.length);
  });
});
