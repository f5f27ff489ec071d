import type { LocalDate } from '../../../domain/calendar/local-date.ts';
import type { Span } from '../../../domain/calendar/span.ts';
import type { Checklist } from '../../../domain/checklists/checklist.ts';
import { wordsOf } from '../../../domain/imports/workbook-column.ts';
import { beginsAt, type Inspection, isUnannounced } from '../../../domain/visits/inspection.ts';
import { COMPARED_OF_VISIT, VISITS_SHAPE, type VisitField } from '../../../domain/visits/visit-columns.ts';
import { faultyRows } from '../../../excel/issue.ts';
import { readSchedule, type ScheduleRecord } from '../../../excel/read-schedule.ts';
import type { Recognised } from '../../../excel/recognise.ts';
import { readTitle } from '../../../excel/table-title.ts';
import type { Program } from '../../../ports/programs.ts';
import type { Reads } from '../../../ports/store.ts';
import type { InspectionRow } from '../../../ports/visits.ts';
import { type Filled, keptWhereAbsent } from './absent-columns.ts';
import { diff } from './diff.ts';
import { ancestry, districtOf, indexFor, issuerOf, rootOf, unitsOf } from './find-unit.ts';
import { missingVisit, monthsOf, movedVisits, remarksOf } from './moved-visits.ts';
import { onceEach, PeopleBook } from './people.ts';
import { type ImportPlan, NO_DIRECTORY, type NotImported, type Planner, planOf } from './plan.ts';
import { type ProgramToUse, programChange, programFor, programSeen } from './programs.ts';
import { rescheduledVisits } from './rescheduled-visits.ts';

type Wanted = Omit<InspectionRow, 'version'>;

/** 督导日程表 → visits. Inspectors are people of the unit that issued the table; those that it does not know yet are added. */
export async function planSchedule(
  importer: Planner,
  { table }: Recognised,
  today: LocalDate,
): Promise<ImportPlan | NotImported> {
  const { store, ids, calendar, zone } = importer;
  const [{ units, people }, checklists] = await Promise.all([store.directory(), store.checklists()]);
  const root = rootOf(units);
  if (!root) return NO_DIRECTORY;
  const issuer = issuerOf(readTitle(table, today), units) ?? root;
  const district = districtOf(issuer, units);
  const reading = readSchedule(table, { units: indexFor(unitsOf(district, units), units), calendar, today });
  const faulty = faultyRows(reading.issues);
  const records = reading.records.filter(({ row }) => !faulty.has(row));

  const standing = await visitsAround(store, records);
  const { has } = reading;
  /** By unit, day, half-day and kind, as far as the table has them; several that fit without are none. */
  const before = Map.groupBy(standing, (visit) => keyOf(visit, has));
  const standingOf = ({ unit, from, period, kind }: ScheduleRecord): InspectionRow | undefined => {
    const [only, second] = (unit && from && before.get(keyOf({ unitId: unit.id, from, period, kind }, has))) || [];
    return second ? undefined : only;
  };
  const named = await programsNamed(store, records);
  /** A visit that stands goes on belonging to the program of that name that it belongs to, whoever runs it. */
  const keptProgram = (record: ScheduleRecord): string | undefined => {
    const id = standingOf(record)?.programId;
    return named.some((program) => program.id === id && program.name === record.program) ? id : undefined;
  };
  const programs = new Map<string, ProgramToUse>();
  const asked = records.filter((record) => record.program && !keptProgram(record));
  for (const name of new Set(asked.map(({ program }) => program))) {
    const of = { names: [name], among: ancestry(issuer, units), owner: district ?? root };
    const program = await programFor(importer, of);
    if ('kind' in program) return program;
    programs.set(name, program);
  }
  const book = new PeopleBook(people, ids);
  const read = records.flatMap((record): Wanted[] => {
    const { unit, from, to, period, starts, kind, leader } = record;
    if (!unit || !from || !to) return [];
    const known = new Map(standingOf(record)?.team.map((seat) => [seat.name, seat.personId]));
    // A name in a visit that stands goes on meaning whom it meant, whichever office sends the table back.
    const seat = (role: 'leader' | 'member', name: string) => {
      const personId = known.get(name);
      return { role, ...(personId ? { name, personId } : book.personOf([issuer.id], name)) };
    };
    return [
      {
        id: standingOf(record)?.id ?? ids.next('visit'),
        unitId: unit.id,
        programId: keptProgram(record) ?? programs.get(record.program)?.id,
        checklistId: checklistOf(record, checklists),
        from,
        to,
        period,
        starts,
        kind,
        dateText: record.precision === 'fuzzy' ? record.dateText : '',
        beginsAt: beginsAt(from, period, starts, zone),
        topic: record.topic,
        unannounced: record.unannounced,
        team: onceEach([
          ...(leader ? [seat('leader', leader)] : []),
          ...record.members.map((name) => seat('member', name)),
        ]),
        contact: record.contact,
        contactPhone: record.contactPhone,
        note: record.note,
      },
    ];
  });

  const { from: firstDay, to: lastDay } = daysOf(records) ?? { from: today, to: today };
  const visitsById = await visitsWithNumbers(store, records);
  const moved = movedVisits(
    onceAKey(read),
    standing,
    ({ id, from }) => from >= today && visitsById.get(id)?.state === 'planned',
    has,
  );
  const { missing } = moved;
  const standingById = new Map(standing.map((visit) => [visit.id, visit]));
  const wanted = moved.wanted.map((row) => withAbsent(row, standingById.get(row.id), has, zone));
  const issuing = new Set(people.filter(({ unitId }) => unitId === issuer.id).map(({ id }) => id));
  /** Another office's visits are not for this table to have. */
  const isOwn = ({ from, team }: InspectionRow) =>
    from >= firstDay && from <= lastDay && team.some(({ personId }) => personId !== undefined && issuing.has(personId));
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  const checklistNames = new Map(checklists.map(({ id, title }) => [id, title]));
  const programNames = new Map([...named, ...programs.values()].map(({ id, name }) => [id, name]));
  const visits = diff<InspectionRow>(wanted, standing, {
    key: ({ id }) => id,
    label: ({ from, period, unitId, kind }) => `${from} ${period} ${unitNames.get(unitId) ?? ''} ${kind}`,
    words: (row) =>
      wordsOf(COMPARED_OF_VISIT, {
        ...row,
        unit: unitNames.get(row.unitId) ?? '',
        program: programNames.get(row.programId ?? '') ?? '',
        checklist: checklistNames.get(row.checklistId ?? '') ?? '',
      }),
  });
  const putIds = new Set(visits.puts.map(({ id }) => id));
  const plan = planOf(
    reading,
    [visits],
    [
      book.change(),
      ...[...programs.values()].map((program) => programChange(program)),
      visits.puts.length > 0 ? { kind: 'inspections.put', rows: visits.puts } : undefined,
    ],
    [...book.remarks(), ...remarksOf(wanted, visitsById, ({ id }) => putIds.has(id))],
    [...programs.values()].map(programSeen),
  );
  // The preview may stand in a group; an unannounced target that is not in the file must not.
  const left = missing.filter((row) => isOwn(row) && !row.unannounced).flatMap(({ id }) => visitsById.get(id) ?? []);
  const rescheduled = await rescheduledVisits(store, visits.puts, visitsById, today);
  return { ...plan, rescheduled, missing: left.map(missingVisit) };
}

/** Of two rows of one unit, day, half-day and kind the later is asked for. */
const onceAKey = (rows: readonly Wanted[]): readonly Wanted[] => [
  ...new Map(rows.map((row) => [keyOf(row), row])).values(),
];

const keyOf = (
  { unitId, from, period, kind }: Pick<Wanted, 'unitId' | 'from' | 'period' | 'kind'>,
  has: ReadonlySet<VisitField> = WHOLE_KEY,
): string => [unitId, from, has.has('period') && period, has.has('kind') && kind].join('\n');

const WHOLE_KEY: ReadonlySet<VisitField> = new Set(['period', 'kind']);

/** What the table has no column for stays as it is. */
function withAbsent(
  row: Wanted,
  before: InspectionRow | undefined,
  has: ReadonlySet<VisitField>,
  zone: string,
): Wanted {
  if (before === undefined) return row;
  const kept = keptWhereAbsent<VisitField, Wanted>(row, before, { shape: VISITS_SHAPE, has }, FILLED);
  const isSaid = (visit: Wanted) => isUnannounced(visit.kind, visit.topic, visit.note);
  const isSetApart = !has.has('unannounced') && before.unannounced && !isSaid(before);
  return {
    ...kept,
    beginsAt: beginsAt(kept.from, kept.period, kept.starts, zone),
    unannounced: row.unannounced || isSaid(kept) || isSetApart,
  };
}

const seatsOf = ({ team }: Wanted, role: 'leader' | 'member') => team.filter((seat) => seat.role === role);

const FILLED: Filled<VisitField, Wanted> = {
  period: (_row, { period, starts }) => ({ period, starts }),
  leader: (row, before) => ({ team: onceEach([...seatsOf(before, 'leader'), ...seatsOf(row, 'member')]) }),
  members: (row, before) => ({ team: onceEach([...seatsOf(row, 'leader'), ...seatsOf(before, 'member')]) }),
  // 赵辛 138 0000 1000 in the column of the contact; another person's number is not this one's.
  phone: (row, before) =>
    row.contactPhone === '' && row.contact === before.contact ? { contactPhone: before.contactPhone } : {},
  program: (_row, { programId }) => ({ programId }),
  checklist: (_row, { checklistId }) => ({ checklistId }),
  unannounced: () => ({}),
};

/** The programs that stand under the names that the table gives. */
async function programsNamed(store: Reads, records: readonly ScheduleRecord[]): Promise<readonly Program[]> {
  const names = new Set(records.map(({ program }) => program).filter(Boolean));
  return (await Promise.all([...names].map((name) => store.programsByName(name)))).flat();
}

function daysOf(records: readonly ScheduleRecord[]): Span | undefined {
  const days = records.flatMap(({ from }) => from ?? []).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? { from: first, to: last } : undefined;
}

/** The visits of the months that the table spans. */
async function visitsAround(store: Reads, records: readonly ScheduleRecord[]): Promise<readonly InspectionRow[]> {
  const days = daysOf(records);
  return days ? store.importedInspections(monthsOf(days)) : [];
}

/** The same with what a table does not hold: numbers, and what was changed in the chat. */
async function visitsWithNumbers(
  store: Reads,
  records: readonly ScheduleRecord[],
): Promise<ReadonlyMap<string, Inspection>> {
  const days = daysOf(records);
  const scope = { unitIds: await store.roots() };
  const visits = days ? await store.inspections({ scope, span: monthsOf(days), cancelled: true }) : [];
  return new Map(visits.map((visit) => [visit.id, visit]));
}

/** The one that the row names; a 经常性督导 has its own, any other visit its program's. Another office's own list is never meant. */
function checklistOf({ checklist, kind }: ScheduleRecord, checklists: readonly Checklist[]): string | undefined {
  const called = (name: string) =>
    checklists.find(({ names, title, builtIn }) => builtIn && (title === name || names.includes(name)))?.id;
  if (checklist) return called(checklist);
  return kind.includes('经常性督导') ? called('经常性督导') : undefined;
}
