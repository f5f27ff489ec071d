import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { personConflicts, type Visit } from '../../src/excel/person-conflicts.ts';

const visit = (row: number, day: string, period: string, leader: string, ...members: string[]): Visit => {
  const [from = day, to = from] = day.split('..');
  return { row, from: date(from), to: date(to), period, leader, members };
};
const conflicts = (...visits: Visit[]) =>
  personConflicts(visits).map((issue) => `${issue.row} ${JSON.stringify(issue)}`);

test('the later row is complained of, once for each earlier row that it meets', () => {
  expect(
    personConflicts([
      visit(4, '2026-04-14', '上午', '林乙'),
      visit(5, '2026-04-15', '下午', '陈甲', '林乙'),
      visit(6, '2026-04-13..2026-04-15', '全天', '孙己', '林乙'),
    ]),
  ).toEqual([
    { row: 6, type: 'person_conflict', person: '林乙', rowRef: 4 },
    { row: 6, type: 'person_conflict', person: '林乙', rowRef: 5 },
  ]);
});
test('morning and afternoon of one day do not overlap', () => {
  expect(conflicts(visit(4, '2026-04-14', '上午', '林乙'), visit(5, '2026-04-14', '下午', '林乙'))).toEqual([]);
});
test('a period that is not known meets nothing', () => {
  expect(conflicts(visit(4, '2026-04-14', '待定', '林乙'), visit(5, '2026-04-14', '全天', '林乙'))).toEqual([]);
});
test('a name that stands twice on one team is one person', () => {
  expect(conflicts(visit(4, '2026-04-14', '上午', '林乙', '林乙'))).toEqual([]);
});
test('a person on every row of a long table costs a few complaints a row, not the square of the rows', () => {
  const visits = Array.from({ length: 1_000 }, (_, row) => visit(row, '2026-04-14', '全天', '林乙'));
  expect(personConflicts(visits).length).toBeLessThanOrEqual(5_000);
});
