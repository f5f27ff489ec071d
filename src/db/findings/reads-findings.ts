import { type Selectable, sql } from 'kysely';
import * as z from 'zod';
import { date } from '../../domain/calendar/local-date.ts';
import type { FindingEvent, Level, Limit } from '../../domain/findings/finding.ts';
import { isMove } from '../../domain/findings/moves.ts';
import type { FindingReads, FindingRow } from '../../ports/findings.ts';
import type { Engine } from '../engine.ts';
import { everybody, personOf } from '../people/reads-people.ts';
import { subtree } from '../scope.ts';
import { dateOrUndefined, grouped, orUndefined, time } from '../values.ts';
import type { FindingEventTable } from './finding-tables.ts';

const day = z.string().transform(date);
const hour = z.string().transform(time);
const level = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
]);
const dayUnit = z.enum(['working', 'natural']);
const limit = z.union([
  z.object({ kind: z.literal('date'), date: day, time: hour.optional() }),
  z.object({ kind: z.literal('days'), days: z.number(), unit: dayUnit }),
]);
const details = z.object({
  limit: limit.optional(),
  due: day.optional(),
  dayUnit: dayUnit.optional(),
  asked: day.optional(),
  document: z.string().optional(),
  level: level.optional(),
  cause: z.string().optional(),
  files: z.number().optional(),
  restricted: z.boolean().optional(),
});
const OPEN = sql<boolean>`f.state NOT IN ('closed', 'dropped')`;
/** A restricted problem is listed for the people named in it only; without a viewer for nobody. */
export const seenBy = (viewer: string | undefined) =>
  sql<boolean>`(f.restricted = 0
    OR EXISTS (SELECT 1 FROM finding_viewer AS w WHERE w.finding_id = f.id AND w.open_id = ${viewer ?? ''}))`;

export function findingReads(engine: Engine): FindingReads {
  const { db, dialect } = engine;

  const rows = () =>
    db
      .selectFrom('finding as f')
      .innerJoin('unit as u', 'u.id', 'f.unit_id')
      .leftJoin('indicator as i', 'i.id', 'f.indicator_id')
      .leftJoin('person as p', 'p.id', 'f.responsible_id')
      .leftJoin('program as g', 'g.id', 'f.program_id')
      .leftJoin('inspection as v', 'v.id', 'f.inspection_id')
      .selectAll('f')
      .select(['u.name as unit_name', 'i.code as indicator_code', 'i.title as indicator_title', 'p.open_id'])
      .select(['g.name as program_name', 'v.number as visit_number']);
  type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

  const withViewers = async (found: readonly Row[]): Promise<readonly FindingRow[]> => {
    const restricted = found.filter((row) => row.restricted === 1).map((row) => row.id);
    const named =
      restricted.length === 0
        ? []
        : await db
            .selectFrom('finding_viewer')
            .selectAll()
            .where('finding_id', 'in', dialect.texts(restricted))
            .orderBy('open_id')
            .execute();
    const byFinding = grouped(named, (row) => row.finding_id);
    return found.map((row) =>
      findingOf(
        row,
        (byFinding.get(row.id) ?? []).map(({ open_id }) => open_id),
      ),
    );
  };

  return {
    async finding(number) {
      const [found] = await withViewers(await rows().where('f.number', '=', number).execute());
      return found;
    },

    async findings({ unitIds, unitId, programId, visitId, letter, openOnly, viewer, limit: most = 500 }) {
      const found = await rows()
        .$if(unitIds !== 'everywhere', (query) =>
          query.where('f.unit_id', 'in', subtree(engine, unitIds === 'everywhere' ? [] : unitIds)),
        )
        .$if(unitId !== undefined, (query) => query.where('f.unit_id', 'in', subtree(engine, [unitId ?? ''])))
        .$if(programId !== undefined, (query) => query.where('f.program_id', '=', programId ?? ''))
        .$if(visitId !== undefined, (query) => query.where('f.inspection_id', '=', visitId ?? ''))
        .$if(letter !== undefined, (query) => query.where('f.letter', '=', letter ?? ''))
        .$if(openOnly === true, (query) => query.where(OPEN))
        .where(seenBy(viewer))
        .orderBy(sql`f.due IS NULL`)
        .orderBy('f.due')
        .orderBy('f.number')
        .limit(most)
        .execute();
      return withViewers(found);
    },

    async findingEvents(id) {
      const found = await db
        .selectFrom('finding_event')
        .selectAll()
        .where('finding_id', '=', id)
        .orderBy('seq')
        .execute();
      const known = await everybody(engine)
        .where('p.open_id', 'in', dialect.texts([...new Set(found.map((row) => row.actor))]))
        .orderBy('p.id')
        .execute();
      const byOpenId = grouped(known.map(personOf), (person) => person.openId);
      return found.map((row) => ({ ...eventOf(row), actors: byOpenId.get(row.actor) ?? [] }));
    },

    async evidence(id) {
      const found = await db
        .selectFrom('finding_evidence')
        .selectAll()
        .where('finding_id', '=', id)
        .orderBy('seq')
        .orderBy('position')
        .execute();
      return found.map((row) => ({
        seq: row.seq,
        kind: row.kind,
        messageId: row.message_id,
        fileKey: orUndefined(row.file_key),
        name: row.name,
      }));
    },

    async lastReminded(id, level) {
      const row = await db
        .selectFrom('finding_reminder')
        .where('finding_id', '=', id)
        .where('level', '=', level)
        .select((eb) => eb.fn.max('day').as('day'))
        .executeTakeFirst();
      return dateOrUndefined(row?.day ?? null);
    },

    async escalated(unitId, level, since) {
      const found = await db
        .selectFrom('finding as f')
        .innerJoin('finding_event as e', 'e.finding_id', 'f.id')
        .where('f.unit_id', '=', unitId)
        .where('f.restricted', '=', 0)
        .where('e.move', '=', 'escalate')
        .where('e.on_day', '>=', since)
        .selectAll('e')
        .orderBy('e.at')
        .orderBy('f.number')
        .execute();
      return found.flatMap((row) =>
        eventOf(row).level === level ? [{ findingId: row.finding_id, on: date(row.on_day) }] : [],
      );
    },

    async findingsToWatch(now, most) {
      const found = await rows()
        .where('f.watch_at', '<=', now)
        .orderBy('f.watch_at')
        .orderBy('f.id')
        .limit(most)
        .execute();
      return withViewers(found);
    },
  };

  function findingOf(row: Row, viewers: readonly string[]): FindingRow {
    return {
      id: row.id,
      number: row.number,
      unit: { id: row.unit_id, name: row.unit_name },
      viewers,
      program: row.program_id === null ? undefined : { id: row.program_id, name: row.program_name ?? '' },
      visit: row.inspection_id === null ? undefined : { id: row.inspection_id, number: row.visit_number ?? 0 },
      description: row.description,
      severity: row.severity,
      indicator:
        row.indicator_id === null
          ? undefined
          : { id: row.indicator_id, code: row.indicator_code ?? '', title: row.indicator_title ?? '' },
      term: row.term,
      restricted: row.restricted === 1,
      foundOn: date(row.found_on),
      enteredBy: row.entered_by,
      responsible:
        row.responsible === ''
          ? undefined
          : { name: row.responsible, personId: orUndefined(row.responsible_id), openId: orUndefined(row.open_id) },
      state: row.state,
      since: date(row.since),
      due: dateOrUndefined(row.due),
      dayUnit: row.day_unit,
      limit: row.time_limit === null ? undefined : limitOf(row.time_limit),
      asked: dateOrUndefined(row.asked),
      extensions: row.extensions,
      returns: row.returns,
      level: levelOf(row.level),
      drafted: levelOf(row.drafted),
      cause: row.cause,
      files: row.files,
      statements: row.statements,
      submittedBy: orUndefined(row.submitted_by),
      checkedBy: orUndefined(row.checked_by),
      closedOn: dateOrUndefined(row.closed_on),
      document: orUndefined(row.document),
      letter: orUndefined(row.letter),
      seq: row.seq,
      version: row.version,
    };
  }
}

const levelOf = (value: number): Level => level.parse(value);
const limitOf = (text: string): Limit => limit.parse(JSON.parse(text));

function eventOf(row: Selectable<FindingEventTable>): FindingEvent {
  if (!isMove(row.move)) throw new RangeError(`not a move: ${row.move}`);
  return {
    seq: row.seq,
    at: row.at,
    on: date(row.on_day),
    by: row.actor,
    chatId: orUndefined(row.chat_id),
    move: row.move,
    from: orUndefined(row.from_state),
    to: row.to_state,
    text: row.note,
    ...details.parse(JSON.parse(row.details)),
  };
}
