import type { LocalDate } from '../domain/calendar/local-date.ts';
import { digitsOf, keyOf, splitNames, unspaced, wholeNumber } from './cell-text.ts';
import { type Headings, matchHeadings, type Table } from './header.ts';
import type { Issue } from './issue.ts';
import { type DataRow, type Layout, readRows } from './table-rows.ts';
import { readTitle, type TableTitle } from './table-title.ts';
import { textOf } from './workbook.ts';

type Field = 'no' | 'unit' | 'aliases' | 'kind' | 'contact' | 'position' | 'officePhone' | 'mobile' | 'email' | 'note';

/** 单位通讯录, and the list of units that some workbooks carry on a sheet of their own. */
export const directoryHeadings: Headings<Field> = {
  words: {
    no: [/^(序号|编号)$/],
    unit: [/^单位(名称|全称)$/, /^(学校|部门|机构)(名称|全称)?$/, /^单位$/, /^全称$/],
    aliases: [/简称|别称/],
    kind: [/^(单位)?(类别|类型|性质)$/],
    contact: [/联络员|联系人/, /^(姓名|负责人)$/],
    position: [/^职务/],
    officePhone: [/办公电话|座机|固定电话|单位电话/],
    mobile: [/手机|移动电话/, /^(联系)?电话$|联系方式/],
    email: [/邮箱|邮件/, /^e-?mail$/i],
    note: [/^备注|^说明/],
  },
  must: [['unit'], ['aliases', 'kind', 'contact', 'mobile']],
};

/** One row of the address book: a unit, and the person who answers for it. Empty cells are ''. */
export interface DirectoryRecord {
  readonly row: number;
  readonly no: number | null;
  readonly unit: string;
  readonly aliases: readonly string[];
  readonly kind: string;
  readonly contact: string;
  readonly position: string;
  readonly officePhone: string;
  /** Digits only. */
  readonly mobile: string;
  readonly email: string;
  readonly note: string;
  /** The heading above the row: 二、市教育局科室. */
  readonly group: string;
}

export interface DirectoryReading {
  readonly kind: 'directory';
  readonly title: TableTitle;
  readonly layout: Layout;
  readonly records: readonly DirectoryRecord[];
  readonly issues: readonly Issue[];
}

export function readDirectory(table: Table, context: { readonly today: LocalDate }): DirectoryReading {
  const columns = matchHeadings(table.columns, directoryHeadings) ?? new Map<Field, number>();
  const { rows, layout } = readRows(table, columns, 'no');
  const records: DirectoryRecord[] = [];
  const issues: Issue[] = [];
  const byUnit = new Map<string, DirectoryRecord[]>();
  for (const row of rows) {
    const record = toRecord(row);
    const ofUnit = record.unit === '' ? [] : (byUnit.get(keyOf(record.unit)) ?? []);
    // The same unit with the same person. A second person of a unit is a row of its own.
    const earlier = ofUnit.find(({ contact }) => record.contact === '' || record.contact === contact);
    if (earlier) issues.push({ row: row.row, type: 'duplicate_of', rowRef: earlier.row });
    else issues.push(...complaints(row, record, ofUnit.length === 0));
    byUnit.set(keyOf(record.unit), [...ofUnit, record]);
    records.push(record);
  }
  return { kind: 'directory', title: readTitle(table, context.today), layout, records, issues };
}

function toRecord(row: DataRow<Field>): DirectoryRecord {
  return {
    row: row.row,
    no: wholeNumber(row.own('no')),
    unit: unspaced(row.text('unit')),
    aliases: splitNames(textOf(row.own('aliases'))),
    kind: unspaced(row.text('kind')),
    contact: unspaced(textOf(row.own('contact'))),
    position: unspaced(textOf(row.own('position'))),
    officePhone: textOf(row.own('officePhone')),
    mobile: digitsOf(textOf(row.own('mobile'))),
    email: textOf(row.own('email')),
    note: textOf(row.own('note')),
    group: row.group,
  };
}

function complaints(row: DataRow<Field>, record: DirectoryRecord, isNew: boolean): readonly Issue[] {
  const issues: Issue[] = [];
  if (record.unit === '') issues.push({ row: record.row, type: 'missing_unit' });
  if (isNew && record.unit !== '' && record.aliases.length === 0)
    issues.push({ row: record.row, type: 'missing_alias' });
  const mobile = row.own('mobile');
  if (typeof mobile?.value === 'number') issues.push({ row: record.row, type: 'phone_as_number' });
  const raw = textOf(mobile);
  if (raw !== '' && !/^1\d{10}$/.test(record.mobile)) issues.push({ row: record.row, type: 'bad_phone', raw });
  return issues;
}
