import { describe, expect, test } from 'vitest';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { readAssessment } from '../../src/excel/read-assessment.ts';
import { readDirectory } from '../../src/excel/read-directory.ts';
import { readSchedule } from '../../src/excel/read-schedule.ts';
import { readTasks } from '../../src/excel/read-tasks.ts';
import { recognise } from '../../src/excel/recognise.ts';
import type { Layout } from '../../src/excel/table-rows.ts';
import { flatAssessment, flatIssue, flatTask, flatUnit, flatVisit } from './as-expected.ts';
import { builtInChecklists, cityUnits, expectedOf, indexOf, opened, recognised, today } from './fixture-files.ts';

const calendar = statutoryCalendar();

/** Both lists in one order: the order of complaints is no promise. */
const sorted = (issues: readonly Record<string, unknown>[]) =>
  issues.map((issue) => JSON.stringify(sortKeys(issue))).toSorted();
const sortKeys = (of: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const layoutAsExpected = (layout: Layout) => ({
  title_rows: layout.titleRows,
  header_rows: layout.headerRows,
  blank_rows: layout.blankRows,
  note_rows: layout.noteRows,
  group_rows: layout.groupRows,
});

const layoutOf = ({ title_rows, header_rows, blank_rows, note_rows, group_rows }: ReturnType<typeof expectedOf>) => ({
  title_rows,
  header_rows,
  blank_rows,
  note_rows,
  group_rows,
});

/** Only the keys that the expected record has (it leaves some out), but the flags always. */
function likeExpected(records: readonly Record<string, unknown>[], expected: readonly Record<string, unknown>[]) {
  const flags = ['year_inferred', 'from_serial'];
  return records.map((record, at) => {
    const keys = new Set([...Object.keys(expected[at] ?? {}), ...flags]);
    return Object.fromEntries(Object.entries(record).filter(([key, value]) => keys.has(key) && value !== undefined));
  });
}

describe('01 督导日程表', async () => {
  const expected = expectedOf('01-督导日程表');
  const found = recognised(await opened('01-督导日程表.xlsx'));
  const reading = readSchedule(found.table, { units: await cityUnits(), calendar, today });

  test('is known by its headings, on the first visible sheet; the other visible sheet is named', () => {
    expect([found.kind, found.table.sheet.name, found.ignored]).toEqual(['schedule', '4月督导安排', ['3月（已完成）']]);
  });
  test('title, header, blank, note and group rows are where they are', () => {
    expect(layoutAsExpected(reading.layout)).toEqual(layoutOf(expected));
  });
  test('every record equals the expected one', () => {
    expect(likeExpected(reading.records.map(flatVisit), expected.records)).toEqual(expected.records);
  });
  test('the complaints are the expected ones, no more and no fewer', () => {
    const weekdays = reading.issues.flatMap((issue) => (issue.type === 'non_workday' ? [issue.weekday] : []));
    expect(weekdays).toEqual(['星期日', '星期日']);
    expect(sorted(reading.issues.map(flatIssue).map(({ weekday: _, ...issue }) => issue))).toEqual(
      sorted(expected.issues),
    );
  });
  test('times, contacts, notes and the secrecy of a visit are read beside', () => {
    const at = (row: number) => reading.records.find((record) => record.row === row);
    expect(at(10)).toMatchObject({ period: '上午', starts: '09:00', unannounced: true });
    expect(at(12)).toMatchObject({ period: '下午', starts: '14:30', unannounced: false });
    expect(at(5)).toMatchObject({ contact: '吴丁', contactPhone: '13800001001' });
    expect(at(57)).toMatchObject({ note: '分组另发', dateText: '4月13日-15日', wholeCounty: true });
    expect(at(58)).toMatchObject({ unannounced: true, dateText: '4月中旬' });
    expect(reading.title).toMatchObject({ year: 2026, issuers: ['市教育督导室'], dated: '2026-03-27' });
  });
});

describe('02 任务分解表', async () => {
  const expected = expectedOf('02-任务分解表');
  const found = recognised(await opened('02-任务分解表.xlsx'));
  const list = found.unitList ? readDirectory(found.unitList, { today }).records : [];
  const reading = readTasks(found.table, { units: indexOf(list), calendar, today });

  test('is known by its two-level header, and brings its own list of 19 units', () => {
    expect([found.kind, found.table.sheet.name, found.ignored, list.length]).toEqual(['tasks', '任务分解', [], 19]);
  });
  test('title, header, blank, note and group rows are where they are', () => {
    expect(layoutAsExpected(reading.layout)).toEqual(layoutOf(expected));
  });
  test('every record equals the expected one', () => {
    expect(reading.records.map(flatTask)).toEqual(expected.records);
  });
  test('the complaints are the expected ones, no more and no fewer', () => {
    expect(sorted(reading.issues.map(flatIssue))).toEqual(sorted(expected.issues));
  });
  test('title, points, evidence, note and the units that are meant are read beside', () => {
    expect(reading.records.find(({ row }) => row === 15)).toMatchObject({
      title: '制定专项方案并以正式文件印发',
      points: 1,
      evidence: '照片、台账',
      note: '否决项',
      dayUnit: 'working',
      dueText: '立即整改',
    });
    expect(reading.records.find(({ row }) => row === 12)).toMatchObject({
      points: null,
      dueText: '2026-05-29',
      lead: [{ written: '区住房城乡建设局', unit: { name: '区住房城乡建设局' }, collective: null }],
      assist: [{}, {}, { written: '各乡镇（街道）', unit: null, collective: 'townships' }],
    });
    expect(reading.title).toMatchObject({ year: 2026, issuers: ['区教育局', '区政府教育督导室'], dated: '2026-03-06' });
  });
});

describe('04 评估指标自评表', async () => {
  const expected = expectedOf('04-评估指标自评表');
  const found = recognised(await opened('04-评估指标自评表.xlsx'));
  const reading = readAssessment(found.table, { checklists: builtInChecklists(), today });

  test('is known by its two-level header, and its checklist by the titles', () => {
    expect([found.kind, reading.checklistId, reading.totalScore]).toEqual(['assessment', 'yz', 60]);
  });
  test('title, header, blank, note and group rows are where they are', () => {
    expect(layoutAsExpected(reading.layout)).toEqual(layoutOf(expected));
  });
  test('every record equals the expected one', () => {
    expect(reading.records.map(flatAssessment)).toEqual(expected.records);
  });
  test('the complaints are the expected ones, no more and no fewer', () => {
    expect(sorted(reading.issues.map(flatIssue))).toEqual(sorted(expected.issues));
  });
  test('points, evidence, assessor, remark and state are read beside', () => {
    expect(reading.records[0]).toMatchObject({
      no: 1,
      points: 3,
      evidence: '教师学历花名册及证书复印件；教育事业统计报表',
      assessor: '陈甲',
      remark: '同意',
      state: 'met',
    });
    expect(reading.records.map(({ state }) => state).filter((state) => state === 'unmet')).toHaveLength(4);
    expect(reading.title).toMatchObject({ year: 2025, issuers: ['望海区人民政府'] });
  });
});

describe('05 单位通讯录', async () => {
  const expected = expectedOf('05-单位通讯录');
  const read = async (name: string) => readDirectory(recognised(await opened(name)).table, { today });

  test('title, header, blank, note and group rows are where they are', async () => {
    expect(layoutAsExpected((await read('05-单位通讯录.xlsx')).layout)).toEqual(layoutOf(expected));
  });
  test('every record equals the expected one', async () => {
    expect((await read('05-单位通讯录.xlsx')).records.map(flatUnit)).toEqual(expected.records);
  });
  test('the complaints are the expected ones, no more and no fewer', async () => {
    expect(sorted((await read('05-单位通讯录.xlsx')).issues.map(flatIssue))).toEqual(sorted(expected.issues));
  });
  test('position, office phone, e-mail and the heading above a row are read beside', async () => {
    expect((await read('05-单位通讯录.xlsx')).records.find(({ row }) => row === 24)).toMatchObject({
      position: '副校长',
      officePhone: '0580-7000018',
      email: 'u018@example.edu.cn',
      group: '二、市教育局科室',
    });
  });
  test.each(['05-单位通讯录-GBK.csv', '05-单位通讯录-UTF8BOM.csv'])('%s has the same rows', async (name) => {
    const { records, issues } = await read(name);
    // A .csv has neither title nor group rows, and keeps no number format: rows move up, phone_as_number cannot be seen.
    const rowOf = new Map(expected.records.map((record, at) => [record['row'], records[at]?.row]));
    const moved = expected.issues
      .filter(({ type }) => type !== 'phone_as_number')
      .map((issue) => ({
        ...issue,
        row: rowOf.get(issue.row),
        ...(typeof issue['row_ref'] === 'number' && { row_ref: rowOf.get(issue['row_ref']) }),
      }));
    expect(records.map(flatUnit)).toEqual(
      expected.records.map((record) => ({ ...record, row: rowOf.get(record['row']) })),
    );
    expect(sorted(issues.map(flatIssue))).toEqual(sorted(moved));
  });
});

test.each([
  ['03-问题整改台账.xlsx', '问题整改台账'],
  ['06-责任督学挂牌一览表.xlsx', '责任督学挂牌一览表'],
  ['07-满意度调查进度表.xlsx', '满意度调查进度表'],
  ['08-重大决策和民生实事月调度表.xlsx', '重大决策和民生实事月调度表'],
])('%s is known by name and not read yet', async (file, name) => {
  expect(recognise(await opened(file))).toEqual({ kind: 'notYet', name });
});
