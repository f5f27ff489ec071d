import { type CompiledQuery, sql } from 'kysely';
import type { FindingEvent, Progress } from '../../domain/findings/finding.ts';
import type { Evidence, FindingChange } from '../../ports/findings.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import { flag } from '../values.ts';
import type { ProgressColumns } from './finding-tables.ts';

type Of<Kind extends FindingChange['kind']> = Extract<FindingChange, { readonly kind: Kind }>;

/** The steps of a problem. Nothing here deletes. */
export const findingAppliers = {
  'finding.entered': entered,
  'finding.moved': moved,
  // A step that is being decided by the old rules comes second, and is decided anew.
  'findings.watched': (engine, change) => [
    engine.db
      .updateTable('finding')
      .set((eb) => ({ watch_at: change.at, version: eb('version', '+', 1) }))
      .where('state', 'not in', ['closed', 'dropped'])
      .$if(change.programId !== undefined, (query) => query.where('program_id', '=', change.programId ?? ''))
      .compile(),
  ],
  'finding.reminded': (engine, change) => [
    engine.db
      .insertInto('finding_reminder')
      .values({ finding_id: change.id, level: change.level, day: change.day })
      .compile(),
  ],
} satisfies Appliers<FindingChange>;

function entered(
  engine: Engine,
  { facts, events, progress, evidence, watchAt }: Of<'finding.entered'>,
): CompiledQuery[] {
  const { db } = engine;
  return [
    db
      .insertInto('finding')
      .values({
        id: facts.id,
        number: facts.number,
        unit_id: facts.unit.id,
        program_id: facts.program?.id ?? null,
        inspection_id: facts.visit?.id ?? null,
        indicator_id: facts.indicator?.id ?? null,
        description: facts.description,
        severity: facts.severity,
        term: facts.term,
        found_on: facts.foundOn,
        responsible: facts.responsible?.name ?? '',
        responsible_id: facts.responsible?.personId ?? null,
        entered_by: facts.enteredBy,
        watch_at: watchAt ?? null,
        seq: events.length,
        ...columnsOf(progress),
      })
      .compile(),
    ...viewersOf(engine, facts.id, facts.viewers),
    ...stepsOf(engine, facts.id, events, evidence),
  ];
}

/** Guarded: an UPDATE that hits nothing would claim success. The step's key guards a second time. */
function moved(engine: Engine, change: Of<'finding.moved'>): CompiledQuery[] {
  const { id, events, progress, evidence, watchAt, seen, viewers = [] } = change;
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM finding WHERE id = ${id} AND version = ${seen.version})`.compile(engine.db),
    engine.db
      .updateTable('finding')
      .set({
        ...columnsOf(progress),
        watch_at: watchAt ?? null,
        seq: seen.seq + events.length,
        version: seen.version + 1,
      })
      .where('id', '=', id)
      .compile(),
    ...viewersOf(engine, id, viewers),
    ...stepsOf(engine, id, events, evidence),
  ];
}

const viewersOf = ({ db }: Engine, id: string, openIds: readonly string[]): CompiledQuery[] =>
  openIds.map((openId) =>
    db
      .insertInto('finding_viewer')
      .values({ finding_id: id, open_id: openId })
      .onConflict((on) => on.doNothing())
      .compile(),
  );

const columnsOf = (progress: Progress): ProgressColumns => ({
  restricted: flag(progress.restricted),
  state: progress.state,
  since: progress.since,
  day_unit: progress.dayUnit,
  due: progress.due ?? null,
  time_limit: progress.limit ? toJson(progress.limit) : null,
  asked: progress.asked ?? null,
  extensions: progress.extensions,
  returns: progress.returns,
  level: progress.level,
  drafted: progress.drafted,
  cause: progress.cause,
  files: progress.files,
  statements: progress.statements,
  submitted_by: progress.submittedBy ?? null,
  checked_by: progress.checkedBy ?? null,
  closed_on: progress.closedOn ?? null,
  document: progress.document ?? null,
  letter: progress.letter ?? null,
});

/** Evidence belongs to the last step: those before it were only passed. */
function stepsOf(
  { db }: Engine,
  id: string,
  events: readonly FindingEvent[],
  evidence: readonly Evidence[],
): CompiledQuery[] {
  const last = events.at(-1)?.seq ?? 0;
  return [
    ...events.map((event) => {
      const { seq, at, on, by, chatId, move, from, to, text, ...details } = event;
      return db
        .insertInto('finding_event')
        .values({
          finding_id: id,
          seq,
          at,
          on_day: on,
          actor: by,
          chat_id: chatId ?? null,
          move,
          from_state: from ?? null,
          to_state: to,
          note: text,
          details: toJson(details),
        })
        .compile();
    }),
    ...evidence.map(({ kind, messageId, fileKey, name }, position) =>
      db
        .insertInto('finding_evidence')
        .values({
          finding_id: id,
          seq: last,
          position,
          kind,
          message_id: messageId,
          file_key: fileKey ?? null,
          name,
        })
        .compile(),
    ),
  ];
}
