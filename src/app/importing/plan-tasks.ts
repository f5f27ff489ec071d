import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { faultyRows } from '../../excel/issue.ts';
import { readDirectory } from '../../excel/read-directory.ts';
import { readTasks, type TaskRecord, type TaskUnitRead } from '../../excel/read-tasks.ts';
import type { Recognised } from '../../excel/recognise.ts';
import { unitIndex } from '../../excel/unit-index.ts';
import type { Change, ChecklistRow, IndicatorRow, TaskRow } from '../../ports/store.ts';
import type { Core } from '../core.ts';
import { diff } from './diff.ts';
import { indexed, rootOf, titleUnit } from './directory.ts';
import { PeopleBook } from './people.ts';
import { counted, type ImportPlan } from './plan.ts';
import { planUnits } from './plan-directory.ts';

/**
 * 任务分解表 → tasks of a program, and the office's own checklist: each row is both what has to be done and what will be assessed (S2.3).
 * A district's workbook brings its own list of units; they are placed under that district.
 */
export async function planTasks(
  core: Core,
  { table, unitList }: Recognised,
  today: LocalDate,
  under: string | undefined,
): Promise<ImportPlan> {
  const { store, ids, calendar } = core;
  const { units, people } = await store.directory();
  const titleText = readTasks(table, { units: unitIndex([]), calendar, today }).title;
  const district = under ? units.find(({ names }) => names.includes(under)) : titleUnit(titleText, units);
  const listed = unitList ? readDirectory(unitList, { today }).records.filter(({ unit }) => unit !== '') : [];
  const placed = planUnits(listed, {
    units,
    under: district?.name.replace(/人民政府$/, '') ?? under,
    title: titleText.text,
    ids,
    keepsKind: true,
  });
  // The names of the workbook's own list first: 区教育局 is 望海区教育局 here.
  const own = listed.flatMap(({ unit, aliases }) => {
    const id = placed.idOf(unit);
    return id ? [{ id, name: unit, aliases }] : [];
  });
  const reading = readTasks(table, { units: unitIndex(own.length > 0 ? own : indexed(units)), calendar, today });
  const owner = placed.units.find(({ id }) => id === district?.id) ?? district ?? rootOf(placed.units);
  if (!owner)
    return {
      kind: 'tasks',
      title: reading.title.text,
      rows: reading.records.length,
      added: [],
      changed: [],
      unchanged: 0,
      issues: reading.issues,
      remarks: ['还没有单位通讯录，请先导入单位通讯录。'],
      changes: [],
    };

  const name = reading.records.find(({ program }) => program)?.program || programName(reading.title.text, owner.names);
  const program = (await store.programsByName(name)).find(({ unit }) => unit.id === owner.id);
  const programId = program?.id ?? ids.next('program');
  const checklistId = program?.checklistId ?? `own_${programId}`;
  const ownList = checklistId === `own_${programId}`;
  const faulty = faultyRows(reading.issues);
  const records = reading.records.filter(({ row }) => !faulty.has(row));
  const book = new PeopleBook(people, ids);

  const indicators = ownList
    ? diff<IndicatorRow>(
        records.map((record, index) => indicatorRow(checklistId, record, index)),
        program ? await store.importedIndicators(checklistId) : [],
        { key: ({ code }) => code, label: ({ code, title }) => `${code} ${title}` },
      )
    : undefined;
  const standing = program ? await store.importedTasks(programId) : [];
  const idByCode = new Map(standing.map(({ code, id }) => [code, id]));
  const wanted = records.map((record): Omit<TaskRow, 'version'> => {
    const code = codeOf(record);
    return {
      id: idByCode.get(code) ?? ids.next('task'),
      programId,
      code,
      kind: 'keyWork',
      title: record.title,
      level1: record.level1,
      level2: record.level2,
      indicatorId: ownList ? `${checklistId}:${code}` : undefined,
      evidence: record.evidence,
      note: record.note,
      veto: record.veto,
      due: record.due ?? { kind: 'none' },
      dueText: record.dueText,
      dayUnit: record.dayUnit,
      units: [...seats(record.lead, 'lead'), ...seats(record.assist, 'assist')],
      people: record.persons.map((person) => ({ name: person, personId: personOf(book, record, person) })),
    };
  });
  const tasks = diff<TaskRow>(wanted, standing, {
    key: ({ code }) => code,
    label: ({ code, title }) => `第${code}项 ${title}`,
  });
  const list: ChecklistRow = {
    id: checklistId,
    title: reading.title.text || name,
    source: reading.title.text || name,
    edition: reading.title.year ? `${reading.title.year}年` : '',
    scope: `${records.length}项`,
    names: [name],
  };
  const changes: Change[] = [
    ...placed.changes,
    ...(book.added.length > 0 ? [{ kind: 'people.put', rows: book.added } as const] : []),
    ...(ownList && !program ? [{ kind: 'checklists.put', rows: [list] } as const] : []),
    ...(program
      ? []
      : [{ kind: 'programs.put', rows: [{ id: programId, unitId: owner.id, name, checklistId }] } as const]),
    ...(indicators && indicators.puts.length > 0 ? [{ kind: 'indicators.put', rows: indicators.puts } as const] : []),
    ...(tasks.puts.length > 0 ? [{ kind: 'tasks.put', rows: tasks.puts } as const] : []),
  ];
  return {
    kind: 'tasks',
    title: reading.title.text,
    rows: reading.records.length,
    ...counted(tasks, placed.diff),
    issues: reading.issues,
    remarks: placed.remarks,
    changes,
  };
}

/** The number in the table; a row without one is known by its Excel row. */
const codeOf = ({ no, row }: TaskRecord): string => (no === null ? `R${row}` : String(no));

/** “两项督导” of a title in quotation marks; else the title without district, year and the word for the table. */
function programName(title: string, ownNames: readonly string[]): string {
  const quoted = /[“"「](.+?)[”"」]/.exec(title)?.[1];
  if (quoted) return quoted;
  const own = ownNames.find((name) => title.startsWith(name)) ?? '';
  return (
    title
      .slice(own.length)
      .replace(/^迎接|\d{4}年(度)?|任务分解表|任务清单|责任分解表|分解表/g, '')
      .trim() || '重点工作'
  );
}

const seats = (units: readonly TaskUnitRead[], role: 'lead' | 'assist'): TaskRow['units'] =>
  units.flatMap(({ written, unit, collective }): TaskRow['units'] => {
    if (unit) return [{ role, unitId: unit.id, collective: undefined, written }];
    return collective ? [{ role, unitId: undefined, collective, written }] : [];
  });

/** The responsible person belongs to a leading unit: to the one whose address book has the name, else to the first. */
function personOf(book: PeopleBook, { lead }: TaskRecord, name: string): string | undefined {
  const leading = lead.flatMap(({ unit }) => unit?.id ?? []);
  return book.find(leading, name) ?? (leading[0] ? book.idOf(leading[0], name) : undefined);
}

function indicatorRow(checklistId: string, record: TaskRecord, index: number): Omit<IndicatorRow, 'version'> {
  const code = codeOf(record);
  return {
    id: `${checklistId}:${code}`,
    checklistId,
    code,
    position: index,
    level1: record.level1,
    level2: record.level2,
    title: record.title,
    standard: record.standard,
    points: record.points ?? undefined,
    veto: record.veto,
    unverified: false,
    evidence: record.evidence
      .split(/[；;、]/)
      .map((part) => part.trim())
      .filter(Boolean),
    unitHint: '',
    formula: '',
    note: record.note,
    thresholds: '{}',
  };
}
