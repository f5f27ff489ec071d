import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { VisitField } from '../../src/domain/visits/visit-columns.ts';
import { monthsOf, movedVisits } from '../../src/features/imports/planning/moved-visits.ts';
import type { InspectionRow } from '../../src/ports/visits.ts';
import { inspection } from '../db/district.ts';

const row = (id: string, unitId: string, day: string, name = '韩丙', topic = '食堂'): InspectionRow => {
  const { seen: _seen, ...visit } = inspection(id, unitId, day, {
    topic,
    team: [{ role: 'leader', name, personId: `of-${id}` }],
  });
  return { ...visit, version: 1 };
};
const WHOLE: ReadonlySet<VisitField> = new Set(['kind', 'topic', 'leader', 'members']);
const reread = (wanted: readonly InspectionRow[], standing: readonly InspectionRow[]) => {
  const { wanted: rows, missing } = movedVisits(wanted, standing, () => true, WHOLE);
  return [rows.map(({ id, from }) => `${id} ${from}`), missing.map(({ id }) => id)];
};

test('the same team at the same school for the same matter on another day has moved, and stays who it is', () => {
  const { wanted } = movedVisits([row('new', 'a', '2026-04-09')], [row('old', 'a', '2026-04-08')], () => true, WHOLE);
  expect(wanted).toMatchObject([{ id: 'old', from: '2026-04-09', team: [{ personId: 'of-old' }] }]);
});

test('another school, team or matter is another visit', () => {
  const standing = [row('old', 'a', '2026-04-08')];
  for (const other of [
    row('n', 'b', '2026-04-09'),
    row('n', 'a', '2026-04-09', '李庚'),
    row('n', 'a', '2026-04-09', '韩丙', '校车'),
  ])
    expect(reread([other], standing)).toEqual([['n 2026-04-09'], ['old']]);
});

test('a series that shifts keeps its order; where more come than go nobody guesses', () => {
  const standing = [row('o1', 'a', '2026-04-08'), row('o2', 'a', '2026-04-15')];
  expect(reread([row('n2', 'a', '2026-04-16'), row('n1', 'a', '2026-04-09')], standing)).toEqual([
    ['o2 2026-04-16', 'o1 2026-04-09'],
    [],
  ]);
  const three = [row('n1', 'a', '2026-04-09'), row('n2', 'a', '2026-04-16'), row('n3', 'a', '2026-04-23')];
  expect(reread(three, standing)).toEqual([
    ['n1 2026-04-09', 'n2 2026-04-16', 'n3 2026-04-23'],
    ['o1', 'o2'],
  ]);
});

test('a row that the table still has is not moved by its twin', () => {
  const standing = [row('o1', 'a', '2026-04-08'), row('o2', 'a', '2026-04-15')];
  expect(reread([row('o1', 'a', '2026-04-08'), row('n', 'a', '2026-04-22')], standing)).toEqual([
    ['o1 2026-04-08', 'o2 2026-04-22'],
    [],
  ]);
});

test('next month’s table says nothing of this month', () => {
  expect(monthsOf({ from: date('2026-05-06'), to: date('2026-06-02') })).toEqual({
    from: '2026-05-01',
    to: '2026-06-30',
  });
});
