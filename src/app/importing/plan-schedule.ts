import { addDays } from '../../domain/calendar/local-date.ts';
import { beginsAt } from '../../domain/work/inspection.ts';
import { faultyRows } from '../../excel/issue.ts';
import { readSchedule, type ScheduleRecord } from '../../excel/read-schedule.ts';
import type { Recognised } from '../../excel/recognise.ts';
import { unitIndex } from '../../excel/unit-index.ts';
import type { Change, InspectionRow } from '../../ports/store.ts';
import type { Core } from '../core.ts';
import { diff } from './diff.ts';
import { indexed, issuerOf, rootOf } from './directory.ts';
import { PeopleBook } from './people.ts';
import { counted, type ImportPlan } from './plan.ts';
import { programFor } from './programs.ts';

type Wanted = Omit<InspectionRow, 'version'>;

/** 督导日程表 → visits. Inspectors are people of the unit that issued the table; those that it does not know yet are added. */
export async function planSchedule(core: Core, { table }: Recognised, today: ImportDay): Promise<ImportPlan> {
  const { store, ids, zone, calendar } = core;
  const [{ units, people }, checklists] = await Promise.all([store.directory(), store.checklists()]);
  const reading = readSchedule(table, { units: unitIndex(indexed(units)), calendar, today: today.date });
  const issuer = issuerOf(reading.title, units) ?? rootOf(units);
  const book = new PeopleBook(people, ids);
  const programs = await programFor(
    core,
    units,
    reading.records.map(({ program }) => program),
  );
  const checklistIds = new Map(
    checklists.flatMap(({ id, names, title }) => [...names, title].map((name) => [name, id] as const)),
  );

  const faulty = faultyRows(reading.issues);
  const standing = await standingRows(core, reading.records);
  const idByKey = new Map(standing.map((row) => [keyOf(row), row.id]));
  const wanted = new Map<string, Wanted>();
  for (const record of reading.records) {
    const { unit, from, to } = record;
    if (faulty.has(record.row) || !unit || !from || !to) continue;
    const person = (name: string) => ({ name, personId: issuer && book.idOf(issuer.id, name) });
    const row: Wanted = {
      id: ids.next('visit'),
      unitId: unit.id,
      programId: programs.idOf(record.program),
      checklistId:
        checklistIds.get(record.checklist) ??
        (/经常性督导/.test(record.kind) ? checklistIds.get('经常性督导') : undefined),
      from,
      to,
      dateText: record.precision === 'fuzzy' ? record.dateText : '',
      period: record.period,
      starts: record.starts,
      beginsAt: beginsAt(from, record.period, record.starts, zone),
      kind: record.kind,
      topic: record.topic,
      unannounced: record.unannounced,
      team: [
        ...(record.leader ? [{ role: 'leader' as const, ...person(record.leader) }] : []),
        ...record.members.map((name) => ({ role: 'member' as const, ...person(name) })),
      ],
      contact: record.contact,
      contactPhone: record.contactPhone,
      note: record.note,
    };
    // Two rows with one key cannot both stand; the later one is what the office wrote last.
    wanted.set(keyOf(row), { ...row, id: idByKey.get(keyOf(row)) ?? row.id });
  }

  const nameOf = new Map(units.map(({ id, name }) => [id, name]));
  const visits = diff<InspectionRow>([...wanted.values()], standing, {
    key: keyOf,
    label: (row) => `${row.from} ${row.period} ${nameOf.get(row.unitId) ?? ''} ${row.kind}`,
  });
  const changes: Change[] = [
    ...(book.added.length > 0 ? [{ kind: 'people.put', rows: book.added } as const] : []),
    ...programs.changes,
    ...(visits.puts.length > 0 ? [{ kind: 'inspections.put', rows: visits.puts } as const] : []),
  ];
  return {
    kind: 'schedule',
    title: reading.title.text,
    rows: reading.records.length,
    ...counted(visits),
    issues: reading.issues,
    remarks: issuer ? [] : ['还没有单位通讯录，请先导入单位通讯录。'],
    changes,
  };
}

export interface ImportDay {
  readonly date: Parameters<typeof readSchedule>[1]['today'];
}

const keyOf = ({ unitId, from, period, kind }: Pick<Wanted, 'unitId' | 'from' | 'period' | 'kind'>): string =>
  [unitId, from, period, kind].join('\n');

/** The visits of the days that the table spans, a day more on each side: a key holds its first day only. */
async function standingRows({ store }: Core, records: readonly ScheduleRecord[]): Promise<readonly InspectionRow[]> {
  const days = records.flatMap(({ from }) => from ?? []).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? store.importedInspections({ from: addDays(first, -1), to: addDays(last, 1) }) : [];
}
