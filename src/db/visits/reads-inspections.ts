import { sql } from 'kysely';
import { date } from '../../domain/calendar/local-date.ts';
import type { Inspection, TeamSeat } from '../../domain/visits/inspection.ts';
import type { InspectionRow } from '../../ports/rows.ts';
import type { InspectionQuery, Reads } from '../../ports/store.ts';
import type { VisitReads } from '../../ports/visits.ts';
import type { Engine } from '../engine.ts';
import { groupOf, groupRows } from '../groups/reads-groups.ts';
import { ancestry, people, subtree } from '../scope.ts';
import { grouped, orUndefined, timeOrUndefined } from '../values.ts';

type InspectionReads = Pick<Reads, 'inspections' | 'inspectionsAfter' | 'importedInspections'> & VisitReads;
type Filter = Omit<InspectionQuery, 'span'>;

/** Visits, in the order in which they begin. */
export function inspectionReads(engine: Engine): InspectionReads {
  const { db } = engine;
  return {
    async inspections({ span, ...filter }) {
      const rows = await visits(engine, filter)
        .where('i.date_to', '>=', span.from)
        .where('i.date_from', '<=', span.to)
        .execute();
      return withTeams(engine, rows);
    },

    // date_to is never before date_from; naming it too lets the index on it be used.
    async inspectionsAfter({ after, limit, ...filter }) {
      const rows = await visits(engine, filter)
        .where('i.date_to', '>', after)
        .where('i.date_from', '>', after)
        .limit(limit)
        .execute();
      return withTeams(engine, rows);
    },

    async inspectionByNumber(number) {
      const rows = await named(engine).where('i.number', '=', number).execute();
      const [visit] = await withTeams(engine, rows);
      return visit;
    },

    async inspectionChangedBy(openId, since) {
      const rows = await named(engine)
        .where('i.changed_by', '=', openId)
        .where('i.changed_at', '>=', since)
        .orderBy('i.changed_at', 'desc')
        .orderBy('i.number', 'desc')
        .limit(1)
        .execute();
      const [visit] = await withTeams(engine, rows);
      return visit;
    },

    async nextInspectionNumber() {
      const row = await db
        .selectFrom('inspection')
        .select((eb) => eb.fn.max('number').as('last'))
        .executeTakeFirst();
      return (row?.last ?? 0) + 1;
    },

    async groupsAbove(unitIds) {
      const rows = await groupRows(engine)
        .where('g.state', '=', 'active')
        .where('g.unit_id', 'in', ancestry(engine, unitIds))
        .orderBy('g.chat_id')
        .execute();
      return rows.map(groupOf);
    },

    async importedInspections(span) {
      const rows = await db
        .selectFrom('inspection')
        .selectAll()
        .where('date_to', '>=', span.from)
        .where('date_from', '<=', span.to)
        .orderBy('date_from')
        .orderBy('id')
        .execute();
      const teams = await teamsOf(
        engine,
        rows.map((row) => row.id),
      );
      return rows.map(
        (row): InspectionRow => ({
          ...imported(row),
          unitId: row.unit_id,
          programId: orUndefined(row.program_id),
          checklistId: orUndefined(row.checklist_id),
          team: (teams.get(row.id) ?? []).map(({ role, name, personId }) => ({ role, name, personId })),
        }),
      );
    },
  };
}

/** Visits with the names of what they refer to. */
function named({ db }: Engine) {
  return (
    db
      .selectFrom('inspection as i')
      .innerJoin('unit as u', 'u.id', 'i.unit_id')
      .leftJoin('program as p', 'p.id', 'i.program_id')
      // A visit of a program works by the program's checklist, whichever that is by now, unless the schedule names another.
      .leftJoin('checklist as c', (on) => on.on('c.id', '=', sql`COALESCE(i.checklist_id, p.checklist_id)`))
      .selectAll('i')
      .select(['u.name as unit_name', 'p.name as program_name', 'c.title as checklist_title'])
  );
}

/** Addressed to the scope's subtree, or with somebody of the scope on the team; then narrowed. */
function visits(engine: Engine, { scope, unitId, personName, personIds, cancelled }: Filter) {
  const { db, dialect } = engine;
  const seats = () => db.selectFrom('inspection_member').select('inspection_member.inspection_id');
  return (
    named(engine)
      .where((eb) =>
        eb.or([
          eb('i.unit_id', 'in', subtree(engine, scope.unitIds)),
          ...(people(scope).length > 0
            ? [eb('i.id', 'in', seats().where('person_id', 'in', dialect.texts(people(scope))))]
            : []),
        ]),
      )
      // What was still to come when its program was archived does not take place; what had begun did.
      .where((eb) => eb.or([eb('p.archived_at', 'is', null), eb('i.begins_at', '<=', eb.ref('p.archived_at'))]))
      .$if(cancelled !== true, (query) => query.where('i.state', '=', sql.lit('planned')))
      .$if(unitId !== undefined, (query) => query.where('i.unit_id', 'in', subtree(engine, unitId ? [unitId] : [])))
      .$if(personName !== undefined, (query) => query.where('i.id', 'in', seats().where('name', '=', personName ?? '')))
      .$if(personIds !== undefined, (query) =>
        query.where('i.id', 'in', seats().where('person_id', 'in', dialect.texts(personIds ?? []))),
      )
      .orderBy('i.date_from')
      .orderBy('i.begins_at')
      .orderBy('u.name')
      .orderBy('i.id')
  );
}

type VisitRow = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number];

async function withTeams(engine: Engine, rows: readonly VisitRow[]): Promise<readonly Inspection[]> {
  const teams = await teamsOf(
    engine,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    ...imported(row),
    number: row.number ?? 0,
    state: row.state,
    reason: row.reason,
    changed:
      row.changed_by !== null && row.changed_at !== null ? { by: row.changed_by, at: row.changed_at } : undefined,
    unit: { id: row.unit_id, name: row.unit_name },
    program: orUndefined(row.program_name),
    programId: orUndefined(row.program_id),
    checklist: orUndefined(row.checklist_title),
    team: teams.get(row.id) ?? [],
  }));
}

async function teamsOf(
  { db, dialect }: Engine,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly TeamSeat[]>> {
  if (ids.length === 0) return new Map();
  const seats = await db
    .selectFrom('inspection_member as m')
    .leftJoin('person as p', 'p.id', 'm.person_id')
    .where('m.inspection_id', 'in', dialect.texts(ids))
    .select(['m.inspection_id', 'm.role', 'm.name', 'm.person_id', 'p.open_id'])
    .orderBy('m.inspection_id')
    .orderBy('m.seat')
    .execute();
  const byVisit = grouped(seats, (seat) => seat.inspection_id);
  return new Map(
    [...byVisit].map(([id, team]) => [
      id,
      team.map((seat) => ({
        role: seat.role,
        name: seat.name,
        personId: orUndefined(seat.person_id),
        openId: orUndefined(seat.open_id),
      })),
    ]),
  );
}

/** What a workbook says of a visit. */
const imported = (row: Omit<VisitRow, 'unit_name' | 'program_name' | 'checklist_title'>) => ({
  id: row.id,
  from: date(row.date_from),
  to: date(row.date_to),
  dateText: row.date_text,
  period: row.period,
  starts: timeOrUndefined(row.starts),
  beginsAt: row.begins_at,
  kind: row.kind,
  topic: row.topic,
  unannounced: row.unannounced === 1,
  contact: row.contact,
  contactPhone: row.contact_phone,
  note: row.note,
  version: row.version,
});
