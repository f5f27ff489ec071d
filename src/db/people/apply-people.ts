import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { PeopleChange } from '../../ports/people.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { seenStatement } from '../seen.ts';
import { stand } from '../standing.ts';
import { openContacts, openFindings, openTasks, openVisits } from './reads-duties.ts';

type Of<Kind extends PeopleChange['kind']> = Extract<PeopleChange, { readonly kind: Kind }>;

/** What becomes of people and of what is theirs. */
export const peopleAppliers = {
  'person.unlinked': (engine, change) => [
    seenStatement(engine, { table: 'person', id: change.personId, version: change.seen }),
    sql`UPDATE person SET former_open_id = open_id, open_id = NULL, linked_by = NULL, version = version + 1
          WHERE id = ${change.personId}`.compile(engine.db),
  ],
  'liaison.withdrawn': (engine, { personId, seen }) => [
    seenStatement(engine, { table: 'person', id: personId, version: seen }),
    sql`UPDATE person SET liaison = 'withdrawn', version = version + 1 WHERE id = ${personId}`.compile(engine.db),
  ],
  'people.merged': merged,
  'duties.handed': handed,
  'person.left': left,
  'sight.given': ({ db }, { findingId, openIds }) =>
    openIds.map((openId) =>
      db
        .insertInto('finding_viewer')
        .values({ finding_id: findingId, open_id: openId })
        .onConflict((on) => on.doNothing())
        .compile(),
    ),
  'sight.ended': ({ db }, { openId }) => [sightEnded(sql`${openId}`).compile(db)],
  'person.returned': (engine, change) => [
    seenStatement(engine, { table: 'person', id: change.personId, version: change.seen }),
    sql`UPDATE person SET gone = NULL, gone_at = NULL, successor_id = NULL, former_open_id = NULL, asked_at = 0,
          version = version + 1 WHERE id = ${change.personId} AND gone = 'left'`.compile(engine.db),
  ],
} satisfies Appliers<PeopleChange>;

function left(engine: Engine, { personId, successorId, at, seen }: Of<'person.left'>): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'person', id: personId, version: seen }),
    ...stand(engine, 'person', [successorId]),
    ...[
      sql`UPDATE person SET gone = 'left', gone_at = COALESCE(gone_at, ${at}), successor_id = ${successorId ?? null},
        former_open_id = COALESCE(open_id, former_open_id), open_id = NULL, linked_by = NULL, version = version + 1
        WHERE id = ${personId}`,
      sql`DELETE FROM link_request WHERE person_id = ${personId}`,
      sql`UPDATE person SET liaison = 'named', version = version + 1 WHERE id = ${successorId ?? ''} AND liaison IS NULL
        AND unit_id IN (SELECT p.unit_id FROM person AS p WHERE p.id = ${personId} AND p.liaison = 'named')`,
    ].map((statement) => statement.compile(engine.db)),
  ];
}

/** The kept row takes the account, the numbers that it lacks, and everything that names the dropped one; earlier merges follow. */
function merged(engine: Engine, { keptId, droppedId, seen, at }: Of<'people.merged'>): CompiledQuery[] {
  const { db } = engine;
  const dropped = (column: string) => sql`(SELECT ${sql.ref(column)} FROM person WHERE id = ${droppedId})`;
  const visits = sql<string>`(SELECT inspection_id FROM inspection_member WHERE person_id = ${droppedId})`;
  const tasks = sql<string>`(SELECT task_id FROM task_person WHERE person_id = ${droppedId})`;
  const findings = sql<string>`(SELECT id FROM finding WHERE responsible_id = ${droppedId})`;
  return [
    seenStatement(engine, { table: 'person', id: keptId, version: seen.kept }),
    seenStatement(engine, { table: 'person', id: droppedId, version: seen.dropped }),
    ...[
      sql`INSERT INTO guard (moved) SELECT 0 FROM person AS k, person AS d
        WHERE k.id = ${keptId} AND d.id = ${droppedId}
          AND (k.id = d.id OR k.gone IS NOT NULL OR d.gone IS NOT NULL OR k.open_id <> d.open_id)`,
      ...seatsMoved(droppedId, keptId, { visits, tasks, findings }),
      sql`UPDATE link_request SET person_id = ${keptId} WHERE person_id = ${droppedId}`,
      sql`UPDATE person SET
          linked_by = CASE WHEN open_id IS NULL THEN ${dropped('linked_by')} ELSE linked_by END,
          open_id = COALESCE(open_id, ${dropped('open_id')}),
          mobile = COALESCE(mobile, ${dropped('mobile')}),
          liaison = CASE WHEN unit_id = ${dropped('unit_id')} THEN COALESCE(liaison, ${dropped('liaison')})
            ELSE liaison END,
          position = CASE WHEN position = '' THEN ${dropped('position')} ELSE position END,
          office_phone = CASE WHEN office_phone = '' THEN ${dropped('office_phone')} ELSE office_phone END,
          email = CASE WHEN email = '' THEN ${dropped('email')} ELSE email END,
          version = version + 1
        WHERE id = ${keptId}`,
      sql`UPDATE person SET gone = 'merged', gone_at = ${at}, successor_id = ${keptId}, former_open_id = NULL,
        open_id = NULL, linked_by = NULL, version = version + 1 WHERE id = ${droppedId}`,
      sql`UPDATE person SET successor_id = ${keptId} WHERE successor_id = ${droppedId}`,
    ].map((statement) => statement.compile(db)),
  ];
}

function handed(engine: Engine, change: Of<'duties.handed'>): CompiledQuery[] {
  const { db, dialect } = engine;
  const { fromId, toId, today, visitIds, contactIds, taskIds, findingIds, sightIds, seen } = change;
  const exactly = (open: RawBuilder<string>, ids: readonly string[]) =>
    sql`INSERT INTO guard (moved) SELECT 0 FROM (SELECT count(*) AS all_open,
        COALESCE(SUM(CASE WHEN id IN ${dialect.texts(ids)} THEN 1 ELSE 0 END), 0) AS seen FROM ${open} AS o) AS c
      WHERE c.all_open <> ${ids.length} OR c.seen <> ${ids.length}`;
  const taker = (column: string) => sql`(SELECT ${sql.ref(column)} FROM person WHERE id = ${toId})`;
  const [visits, tasks, findings] = [dialect.texts(visitIds), dialect.texts(taskIds), dialect.texts(findingIds)];
  return [
    seenStatement(engine, { table: 'person', id: toId, version: seen }),
    ...[
      sql`INSERT INTO guard (moved) SELECT 0 FROM person WHERE id = ${toId} AND (gone IS NOT NULL OR id = ${fromId})`,
      exactly(openVisits(fromId, today), visitIds),
      exactly(openContacts(fromId, today), contactIds),
      exactly(openTasks(fromId), taskIds),
      exactly(openFindings(fromId), findingIds),
      ...seatsMoved(fromId, toId, { visits, tasks, findings }),
      ...secretsMoved(fromId, toId, dialect.texts(sightIds)),
      sql`UPDATE inspection SET contact = ${taker('name')}, version = version + 1,
        contact_phone = COALESCE(${taker('mobile')}, ${taker('office_phone')}) WHERE id IN ${dialect.texts(contactIds)}`,
    ].map((statement) => statement.compile(db)),
  ];
}

/** Nothing is left that nobody sees. */
const sightEnded = (account: RawBuilder<unknown>) =>
  sql`DELETE FROM finding_viewer WHERE open_id = ${account} AND EXISTS (SELECT 1 FROM finding_viewer AS other
    WHERE other.finding_id = finding_viewer.finding_id AND other.open_id <> finding_viewer.open_id)`;

/**
 * Restricted problems go along without being counted or named: whoever confirms the handing over may not know of them. The successor's account
 * sees those of `sights`, whose remaining viewer or office consents.
 */
function secretsMoved(from: string, to: string, sights: RawBuilder<string>): RawBuilder<unknown>[] {
  const open = sql`f.restricted = 1 AND f.state NOT IN ('closed', 'dropped')`;
  return [
    sql`INSERT INTO finding_viewer (finding_id, open_id)
      SELECT f.id, t.open_id FROM finding AS f, person AS t
      WHERE t.id = ${to} AND t.open_id IS NOT NULL AND ${open} AND f.id IN ${sights}
        AND NOT EXISTS (SELECT 1 FROM finding_viewer AS v WHERE v.finding_id = f.id AND v.open_id = t.open_id)`,
    sql`UPDATE finding SET responsible_id = ${to}, responsible = (SELECT name FROM person WHERE id = ${to}),
      version = version + 1
      WHERE responsible_id = ${from} AND id IN (SELECT f.id FROM finding AS f WHERE ${open})`,
  ];
}

/** Seats on these visits' teams and in these tasks; whoever had one already keeps one, the leader's when either was it. */
function seatsMoved(
  from: string,
  to: string,
  { visits, tasks, findings }: Readonly<Record<'visits' | 'tasks' | 'findings', RawBuilder<string>>>,
) {
  const name = sql`(SELECT name FROM person WHERE id = ${to})`;
  return [
    sql`UPDATE inspection SET version = version + 1 WHERE id IN ${visits}`,
    sql`UPDATE task SET version = version + 1 WHERE id IN ${tasks}`,
    sql`UPDATE inspection_member SET role = 'leader' WHERE person_id = ${to} AND inspection_id IN ${visits}
      AND inspection_id IN (SELECT inspection_id FROM inspection_member WHERE person_id = ${from} AND role = 'leader')`,
    sql`DELETE FROM inspection_member WHERE person_id = ${from} AND inspection_id IN ${visits}
      AND inspection_id IN (SELECT inspection_id FROM inspection_member WHERE person_id = ${to})`,
    sql`UPDATE inspection_member SET person_id = ${to}, name = ${name}
      WHERE person_id = ${from} AND inspection_id IN ${visits}`,
    sql`DELETE FROM task_person WHERE person_id = ${from} AND task_id IN ${tasks}
      AND task_id IN (SELECT task_id FROM task_person WHERE person_id = ${to})`,
    sql`UPDATE finding SET responsible_id = ${to}, responsible = ${name}, version = version + 1 WHERE id IN ${findings}`,
    sql`UPDATE task_person SET person_id = ${to}, name = ${name} WHERE person_id = ${from} AND task_id IN ${tasks}`,
  ];
}
