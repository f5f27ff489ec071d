import type { LocalDate } from '../domain/calendar/local-date.ts';
import { eachField } from '../domain/imports/workbook-column.ts';
import { DIRECTORY_SHAPE, DIRECTORY_TEXTS, type DirectoryField } from '../domain/people/directory-columns.ts';
import { digitsOf, keyOf, named, splitNames, unspaced, wholeNumber } from './cell-text.ts';
import type { Table } from './header.ts';
import type { Issue } from './issue.ts';
import { readPerson } from './people-cell.ts';
import { type DataRow, type Layout, readTable, textsOf } from './table-rows.ts';
import { readTitle, type TableTitle } from './table-title.ts';
import { textOf } from './workbook.ts';

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
  /** 联络员; undefined in a table without such a column. */
  readonly role: string | undefined;
  /** The heading above the row: 二、市教育局科室. */
  readonly group: string;
}

export interface DirectoryReading {
  readonly kind: 'directory';
  readonly title: TableTitle;
  readonly layout: Layout;
  readonly records: readonly DirectoryRecord[];
  readonly unread: readonly string[];
  /** The columns that the table has. */
  readonly has: ReadonlySet<DirectoryField>;
  readonly issues: readonly Issue[];
}

export function readDirectory(table: Table, context: { readonly today: LocalDate }): DirectoryReading {
  const { rows, columns, layout, unread } = readTable(table, DIRECTORY_SHAPE, 'no');
  const records: DirectoryRecord[] = [];
  const issues: Issue[] = [];
  const byUnit = new Map<string, DirectoryRecord[]>();
  for (const row of rows) {
    const record = toRecord(row, columns.has('role'));
    const ofUnit = record.unit === '' ? [] : (byUnit.get(keyOf(record.unit)) ?? []);
    // The same unit with the same person. A second person of a unit is a row of its own.
    const earlier = ofUnit.find(({ contact }) => record.contact === '' || record.contact === contact);
    if (earlier) issues.push({ row: row.row, type: 'duplicate_of', rowRef: earlier.row });
    else issues.push(...complaints(row, record, ofUnit.length === 0));
    byUnit.set(keyOf(record.unit), [...ofUnit, record]);
    records.push(record);
  }
  return {
    kind: 'directory',
    title: readTitle(table, context.today),
    layout,
    records,
    unread,
    has: new Set(columns.keys()),
    issues,
  };
}

function toRecord(row: DataRow<DirectoryField>, hasRoles: boolean): DirectoryRecord {
  const texts = textsOf(row, DIRECTORY_SHAPE, DIRECTORY_TEXTS);
  return {
    row: row.row,
    no: wholeNumber(row.own('no')),
    unit: unspaced(row.text('unit')),
    aliases: splitNames(textOf(row.own('aliases'))),
    kind: named(unspaced(row.text('kind'))),
    contact: readPerson(row.row, textOf(row.own('contact'))).name,
    ...eachField(DIRECTORY_TEXTS, (field) => named(texts[field])),
    position: named(unspaced(texts.position)),
    mobile: digitsOf(textOf(row.own('mobile'))),
    role: hasRoles ? unspaced(textOf(row.own('role'))) : undefined,
    group: row.group,
  };
}

function complaints(row: DataRow<DirectoryField>, record: DirectoryRecord, isNew: boolean): readonly Issue[] {
  const issues: Issue[] = [];
  issues.push(...readPerson(row.row, textOf(row.own('contact'))).issues);
  if (record.unit === '') issues.push({ row: record.row, type: 'missing_unit' });
  if (isNew && record.unit !== '' && record.aliases.length === 0)
    issues.push({ row: record.row, type: 'missing_alias' });
  const mobile = row.own('mobile');
  if (typeof mobile?.value === 'number') issues.push({ row: record.row, type: 'phone_as_number' });
  const raw = named(textOf(mobile));
  if (raw !== '' && !/^1\d{10}$/.test(record.mobile)) issues.push({ row: record.row, type: 'bad_phone', raw });
  return issues;
}
