import type { LocalDate } from '../../../domain/calendar/local-date.ts';
import type { Unit } from '../../../domain/people/unit.ts';
import { hangsOn } from '../../../domain/tasks/relative-due.ts';
import { TASKS_SHAPE } from '../../../domain/tasks/task-columns.ts';
import { faultyRows } from '../../../excel/issue.ts';
import { readDirectory } from '../../../excel/read-directory.ts';
import { readTasks, type TasksReading } from '../../../excel/read-tasks.ts';
import type { Recognised } from '../../../excel/recognise.ts';
import { readTitle } from '../../../excel/table-title.ts';
import type { Change } from '../../../ports/changes.ts';
import type { ChecklistRow, IndicatorRow } from '../../../ports/checklists.ts';
import type { Reads } from '../../../ports/store.ts';
import type { TaskRow } from '../../../ports/tasks.ts';
import { keptWhereAbsent } from './absent-columns.ts';
import { type ChangedRow, type Diff, diff, idsOf } from './diff.ts';
import { districtName, districtOf, indexFor, namedUnit, rootOf, titleUnit, unitsOf } from './find-unit.ts';
import { PeopleBook } from './people.ts';
import { placeList, type StandingUnit } from './place-list.ts';
import {
  type ImportPlan,
  NO_DIRECTORY,
  type NotImported,
  notImported,
  type Planner,
  planOf,
  treeSeen,
} from './plan.ts';
import { type ProgramToUse, programChange, programFor, programSeen } from './programs.ts';
import {
  assignCodes,
  type CodedRecord,
  FILLED_OF_INDICATOR,
  FILLED_OF_TASK,
  indicatorReading,
  indicatorRow,
  taskKey,
  taskReading,
  taskRow,
} from './task-rows.ts';

/**
 * 任务分解表 → tasks of a program, and the office's own checklist: each row is both what has to be done and what will be assessed (S2.3).
 * A district's workbook may bring its own list of units; they are placed under that district.
 */
export async function planTasks(
  importer: Planner,
  { table, unitList }: Recognised,
  today: LocalDate,
  under: string | undefined,
): Promise<ImportPlan | NotImported> {
  const { store, ids, calendar } = importer;
  const tree = await treeSeen(store);
  const { units, people } = await store.directory();
  const root = rootOf(units);
  if (!root) return NO_DIRECTORY;
  const title = readTitle(table, today);
  const owner = under === undefined ? (titleUnit(title, units) ?? root) : namedUnit(under, units);
  if (typeof owner === 'string') return notImported(owner);
  const district = districtOf(owner, units);
  const own = placeOwnList(unitList, today, { units, district, rootName: root.name, ids });
  // The list first, by its own names; then the district's other units.
  const listed = new Set(own.listed.map(({ id }) => id));
  const names = [...own.listed, ...unitsOf(district, own.units).filter(({ id }) => !listed.has(id))];
  const reading = readTasks(table, { units: indexFor(names, own.units), calendar, today });

  const runner = district ?? root;
  const program = await programFor(importer, {
    names: [reading.records.find((record) => record.program)?.program || programName(reading, runner)],
    among: [runner],
    owner: runner,
  });
  if ('kind' in program) return program;
  const faulty = faultyRows(reading.issues);
  const records = assignCodes(reading.records.filter(({ row }) => !faulty.has(row)));
  const checklist = await planOwnChecklist(store, reading, records, program);
  const book = new PeopleBook(people, ids);
  const standing = await store.importedTasks(program.id);
  const idOf = idsOf(standing, taskKey, () => ids.next('task'));
  const known = new Map(standing.map((row) => [taskKey(row), row]));
  const columns = { shape: TASKS_SHAPE, has: reading.has };
  const wanted = records.map((each) =>
    keptWhereAbsent(
      taskRow(each, { id: idOf(each), programId: program.id, ownChecklistId: checklist?.id, book }),
      known.get(taskKey(each)),
      columns,
      FILLED_OF_TASK,
    ),
  );
  const tasks = diff<TaskRow>(wanted, standing, taskReading);
  const milestones = (await store.importedMilestones(program.id)).map(({ name }) => name);
  return planOf(
    reading,
    [checklist ? together(tasks, checklist.indicators) : tasks, own.diff],
    [
      own.change,
      book.change(),
      // A table without a good row starts no program.
      ...(records.length > 0 ? [...(checklist?.changes ?? []), programChange(program, checklist?.id)] : []),
      tasks.puts.length > 0 ? { kind: 'tasks.put', rows: tasks.puts } : undefined,
    ],
    [...own.remarks, ...book.remarks(), ...unknownMilestones(records, milestones)],
    [own.change && tree, programSeen(program)],
  );
}

/** 进驻前3日 is no day until somebody says when 进驻 is. */
function unknownMilestones(records: readonly CodedRecord[], milestones: readonly string[]): readonly string[] {
  const waiting = records.flatMap(({ record: { row, due, dueText } }) =>
    due?.kind === 'relative' && !milestones.some((name) => hangsOn(due.event, name))
      ? [{ row, event: due.event, dueText }]
      : [],
  );
  return [...Map.groupBy(waiting, ({ dueText }) => dueText)].map(
    ([dueText, rows]) =>
      `第${rows.map(({ row }) => row).join('、')}行：“${dueText}”要从“${rows[0]?.event}”算起，专项还没有这个节点，登记以前不作截止提醒。`,
  );
}

/** The workbook's own list of units in the tree; `listed` are they by the names of the list: 区教育局 is 望海区教育局 here. */
function placeOwnList(
  unitList: Recognised['unitList'],
  today: LocalDate,
  of: {
    readonly units: readonly StandingUnit[];
    readonly district: Unit | undefined;
    readonly rootName: string;
    readonly ids: Planner['ids'];
  },
) {
  const reading = unitList && readDirectory(unitList, { today });
  const faulty = faultyRows(reading?.issues ?? []);
  const records = (reading?.records ?? []).filter(({ row, unit }) => !faulty.has(row) && unit !== '');
  const placed = placeList(records, { ...of, setsKind: false });
  const listed = records.flatMap(({ unit, aliases }) => {
    const id = placed.idOf(unit);
    return id ? [{ id, name: unit, aliases }] : [];
  });
  return { ...placed, listed };
}

/** “两项督导” of a title in quotation marks; else the title without district, year and the word for the table. */
function programName({ title: { text } }: TasksReading, runner: Unit): string {
  const quoted = /[“"「](.+?)[”"」]/.exec(text)?.[1];
  if (quoted) return quoted;
  const own = [...runner.names, districtName(runner)].find((name) => text.startsWith(name)) ?? '';
  const rest = text
    .slice(own.length)
    .replace(/^迎接|\d{4}年(度)?|任务分解表|任务清单|责任分解表|分解表|[（(]\s*[)）]/g, '');
  return rest.trim() || '重点工作';
}

/** The office's own checklist, unless the program works by another one. */
async function planOwnChecklist(
  store: Reads,
  { title, has }: TasksReading,
  records: readonly CodedRecord[],
  program: ProgramToUse,
) {
  const id = `own_${program.id}`;
  if (program.checklistId !== undefined && program.checklistId !== id) return undefined;
  const standing = await store.importedIndicators(id);
  const known = new Map(standing.map((row) => [row.code, row]));
  const columns = { shape: TASKS_SHAPE, has };
  const indicators = diff<IndicatorRow>(
    // By order and not by row: a row more above the header changes nothing.
    records.map((record, at) =>
      keptWhereAbsent(indicatorRow(record, id, at + 1), known.get(record.code), columns, FILLED_OF_INDICATOR),
    ),
    standing,
    indicatorReading,
  );
  const list: ChecklistRow = {
    id,
    title: title.text || program.name,
    source: title.text || program.name,
    edition: title.year ? `${title.year}年` : '',
    scope: `${records.length}项`,
    names: [program.name],
  };
  const changes: Change[] = [];
  if (program.checklistId === undefined) changes.push({ kind: 'checklists.put', rows: [list] });
  if (indicators.puts.length > 0) changes.push({ kind: 'indicators.put', rows: indicators.puts });
  return { id, indicators, changes };
}

/** A row is one thing to whoever keeps the table, though it is kept as a task and as an indicator. */
function together(tasks: Diff<TaskRow>, indicators: Diff<IndicatorRow>) {
  const changed = new Map<string, ChangedRow>();
  const visible = indicators.changed.filter(({ fields }) => fields.length > 0);
  for (const { label, fields } of [...tasks.changed, ...visible])
    changed.set(label, { label, fields: [...(changed.get(label)?.fields ?? []), ...fields] });
  const known = tasks.unchanged + tasks.changed.length;
  return { added: tasks.added, changed: [...changed.values()], unchanged: known - changed.size };
}
