import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { faultyRows, type Issue, reasonOf, severityOf } from '../../src/excel/issue.ts';

const school = (name: string) => ({ id: name, name });

const examples: readonly [Issue, string][] = [
  [
    { row: 19, type: 'ambiguous_unit', raw: '二中', candidates: [school('临江区第二中学'), school('望海区第二中学')] },
    '第19行：单位“二中”有2个（临江区第二中学、望海区第二中学），请写全称',
  ],
  [{ row: 59, type: 'unknown_unit', raw: '九十九中' }, '第59行：通讯录中没有单位“九十九中”，请核对名称或先登记'],
  [{ row: 58, type: 'unknown_unit', raw: '不通知' }, '第58行：督导对象写的是“不通知”，定下后请补填'],
  [
    { row: 56, type: 'non_workday', date: date('2026-04-05'), weekday: '星期日', holiday: '清明', provisional: false },
    '第56行：2026-04-05是休息日（清明假期）',
  ],
  [
    { row: 3, type: 'non_workday', date: date('2027-10-02'), weekday: '星期六', provisional: true },
    '第3行：2027-10-02是休息日（星期六，暂按周末推算）',
  ],
  [
    { row: 55, type: 'weekday_mismatch', date: date('2026-04-08'), written: '星期四', actual: '星期三' },
    '第55行：2026-04-08是星期三，表中写的是星期四，请核对',
  ],
  [{ row: 9, type: 'ambiguous_date', raw: '4.1' }, '第9行：“4.1”可能是4月1日，也可能是4月10日，请写成 4月10日 的样子'],
  [
    { row: 8, type: 'below_standard', code: 'YZ-1.4', stage: '小学', value: 4.35, required: '≥4.5平方米/生' },
    '第8行：YZ-1.4小学自评4.35，标准≥4.5平方米/生，未达标',
  ],
];

test.each(examples)('%j', (issue, reason) => {
  expect(reasonOf(issue)).toBe(reason);
});

test('only errors keep a row from being imported', () => {
  const issues: Issue[] = [
    { row: 1, type: 'missing_alias' },
    { row: 2, type: 'missing_contact' },
    { row: 3, type: 'no_date', raw: '待定' },
  ];
  expect(issues.map(severityOf)).toEqual(['note', 'warning', 'error']);
  expect([...faultyRows(issues)]).toEqual([3]);
});
