import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { figuresOf } from '../../src/domain/findings/rates.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { listsFrom } from '../../src/features/exports/lists.ts';
import type { ListReader } from '../../src/language/workbooks.ts';
import { district, given } from '../db/district.ts';
import { onSqlite } from '../support/homes.ts';

const TODAY = date('2026-04-20');
const reader: ListReader = {
  scope: { unitIds: ['bureau'] },
  about: { id: 'bureau', name: '海州市教育局' },
  today: TODAY,
  viewer: { kind: 'operator' },
};

/** Problems with these numbers, of one school, overdue. */
const problems = (from: number, to: number): string =>
  `INSERT INTO finding (id, number, unit_id, description, severity, term, restricted, found_on, responsible, entered_by, state, since, due,
     day_unit, extensions, returns, level, drafted, cause, files, statements, seq)
   WITH RECURSIVE n (at) AS (SELECT ${from} UNION ALL SELECT at + 1 FROM n WHERE at < ${to})
   SELECT 'finding_' || at, at, 'wanghai-1', '台账不全', 'minor', 'timeLimited', 0, '2026-04-01', '', 'ou_a', 'issued', '2026-04-01',
     '2026-04-15', 'working', 0, 0, 0, 0, '', 0, 0, 2 FROM n`;

onSqlite('a long ledger', (home) => {
  test('goes out in files of 5,000 lines with one numbering; above 20,000 it is said that it is too long, and still counted', async () => {
    await given(home(), district);
    await home().run([problems(1, 10_001)]);
    const lists = listsFrom({ store: home().store, zone: 'Asia/Shanghai', now: 0, calendar: statutoryCalendar() });
    const written = await lists({ kind: 'findings', about: '' }, reader);
    if ('tooMany' in written) throw new Error('too many');
    expect(written.map(({ file, rows }) => [file.name, rows])).toEqual([
      ['海州市教育局问题整改台账（1）.xlsx', 5_000],
      ['海州市教育局问题整改台账（2）.xlsx', 5_000],
      ['海州市教育局问题整改台账（3）.xlsx', 1],
    ]);
    const last = await openWorkbook(written[2]?.file.bytes ?? new Uint8Array(), 'x.xlsx');
    if (isRefusal(last)) throw new Error(last.message);
    expect(last.sheets[0]?.rows[3]?.slice(0, 2)).toMatchObject([{ value: 10_001 }, { value: 'W10001' }]);

    await home().run([problems(10_002, 20_001)]);
    expect(await lists({ kind: 'findings', about: '' }, reader)).toEqual({ tooMany: 20_000 });
    expect(await lists({ kind: 'findings', about: '', state: 'closed' }, reader)).toEqual([]);
    const tallies = await home().store.findingTallies({ unitIds: ['bureau'], by: 'month', today: TODAY });
    expect(tallies).toHaveLength(1);
    expect(figuresOf(tallies)).toMatchObject({ due: 20_001, late: 20_001 });
  });
});
