import { type CompiledQuery, sql } from 'kysely';
import type { CalendarChange } from '../../ports/calendar.ts';
import type { Appliers } from '../appliers.ts';
import { jsonParts } from '../bulk.ts';
import type { Engine } from '../engine.ts';
import { seenStatement } from '../seen.ts';

type Of<Kind extends CalendarChange['kind']> = Extract<CalendarChange, { readonly kind: Kind }>;

/** What administrators enter, and the rules that follow it. */
export const calendarAppliers = {
  'calendar.changed': (engine, change) => [...nextVersion(engine, change.seen), ...daysChanged(engine, change)],
  'schoolPeriod.entered': (engine, change) => [...nextVersion(engine, change.seen), periodEntered(engine, change)],
  'schoolPeriod.withdrawn': (engine, change) => [...nextVersion(engine, change.seen), periodWithdrawn(engine, change)],
  'rules.followed': rulesFollowed,
} satisfies Appliers<CalendarChange>;

/** For a change of something that the calendar depends on and that has versions of its own: the tree of units. */
export const calendarMoved = ({ db }: Engine): CompiledQuery =>
  sql`UPDATE calendar SET version = version + 1 WHERE id = 'calendar'`.compile(db);

const nextVersion = (engine: Engine, seen: number): CompiledQuery[] => [
  seenStatement(engine, { table: 'calendar', id: 'calendar', version: seen }),
  calendarMoved(engine),
];

/** One JSON parameter, so that a year of days is one statement. */
function daysChanged(
  { db, dialect }: Engine,
  { entered, withdrawn, announced, unannounced }: Of<'calendar.changed'>,
): CompiledQuery[] {
  const rows = entered.map(({ day, kind, name }) => ({ day, kind, name }));
  const gone = [...rows.map(({ day }) => day), ...withdrawn];
  return [
    ...(gone.length > 0 ? [db.deleteFrom('calendar_day').where('day', 'in', dialect.texts(gone)).compile()] : []),
    ...jsonParts(rows).map((json) =>
      sql`INSERT INTO calendar_day (day, kind, name)
        SELECT r.day, r.kind, r.name FROM ${dialect.rows(json, { day: 'text', kind: 'text', name: 'text' })}`.compile(
        db,
      ),
    ),
    ...(announced === undefined ? [] : [yearAnnounced(db, announced)]),
    ...(unannounced === undefined ? [] : [db.deleteFrom('calendar_year').where('year', '=', unannounced).compile()]),
  ];
}

const yearAnnounced = (db: Engine['db'], year: number): CompiledQuery =>
  db
    .insertInto('calendar_year')
    .values({ year })
    .onConflict((on) => on.doNothing())
    .compile();

function periodEntered({ db }: Engine, { period }: Of<'schoolPeriod.entered'>): CompiledQuery {
  const days = { date_from: period.from, date_to: period.to };
  return db
    .insertInto('school_period')
    .values({ unit_id: period.unitId, school_year: period.schoolYear, part: period.part, ...days })
    .onConflict((on) => on.columns(['unit_id', 'school_year', 'part']).doUpdateSet(days))
    .compile();
}

const periodWithdrawn = ({ db }: Engine, { unitId, schoolYear, part }: Of<'schoolPeriod.withdrawn'>): CompiledQuery =>
  db
    .deleteFrom('school_period')
    .where('unit_id', '=', unitId)
    .where('school_year', '=', schoolYear)
    .where('part', '=', part)
    .compile();

/** Two statements, whatever the number of rules. A rule that moved meanwhile fails the unit, and the next beat asks again. */
function rulesFollowed({ db, dialect }: Engine, { rules, calendarVersion }: Of<'rules.followed'>): CompiledQuery[] {
  const rows = rules.map(({ id, nominalAt, fireAt, moved, seen }) => ({
    id,
    nominal_at: nominalAt,
    fire_at: fireAt,
    moved: moved ? 1 : 0,
    seen,
  }));
  const shape = { id: 'text', nominal_at: 'bigint', fire_at: 'bigint', moved: 'integer', seen: 'integer' } as const;
  return jsonParts(rows).flatMap((json) => {
    const source = dialect.rows(json, shape);
    return [
      sql`INSERT INTO guard (ok) SELECT 0 FROM ${source} WHERE NOT EXISTS
        (SELECT 1 FROM reminder_rule WHERE reminder_rule.id = r.id AND reminder_rule.version = r.seen)`,
      sql`UPDATE reminder_rule SET nominal_at = r.nominal_at, fire_at = r.fire_at, calendar_version = ${calendarVersion},
        version = reminder_rule.version + r.moved FROM ${source} WHERE reminder_rule.id = r.id`,
    ].map((statement) => statement.compile(db));
  });
}
