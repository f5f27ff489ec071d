import { sql } from 'kysely';
import type { WorkGroup } from '../../domain/groups/group.ts';
import type { GroupReads } from '../../ports/groups.ts';
import type { Engine } from '../engine.ts';
import { bureausOf } from '../people/reads-roles.ts';
import { ancestry } from '../scope.ts';
import { orUndefined } from '../values.ts';

/** Groups, their binding, and what arrived there. */
export function groupReads(engine: Engine): GroupReads {
  const { db, dialect } = engine;
  const groups = () => groupRows(engine);

  return {
    async group(chatId) {
      const row = await groups().where('g.chat_id', '=', chatId).executeTakeFirst();
      return row && groupOf(row);
    },

    async groupTimes(chatId) {
      const row = await db
        .selectFrom('work_group')
        .where('chat_id', '=', chatId)
        .select(['state_at', 'name_at'])
        .executeTakeFirst();
      return { stateAt: row?.state_at ?? 0, nameAt: row?.name_at ?? 0 };
    },

    async boundGroups(unitId) {
      const rows = await groups()
        .where('g.unit_id', '=', unitId)
        .where('g.state', '=', 'active')
        .orderBy('g.chat_id')
        .execute();
      return rows.map(groupOf);
    },

    async groupsAbove(unitIds) {
      const above = ancestry(engine, unitIds);
      const rows = await groupRows(engine)
        .where('g.state', '=', 'active')
        .where(
          'g.unit_id',
          'in',
          sql<string>`(SELECT a.ancestor_id FROM ${above} AS a UNION SELECT b.unit_id
            FROM ${bureausOf(sql`(SELECT a.ancestor_id FROM ${above} AS a)`)} AS b)`,
        )
        .orderBy('g.chat_id')
        .execute();
      return rows.map(groupOf);
    },

    async activeGroups() {
      const rows = await groupRows(engine)
        .where('g.state', '=', 'active')
        .select((eb) => [
          eb
            .selectFrom('outbox as o')
            .whereRef('o.chat_id', '=', 'g.chat_id')
            .where('o.state', '=', sql.lit('sent'))
            .select((inner) => inner.fn.max('o.settled_at').as('at'))
            .as('last_sent_at'),
          eb
            .selectFrom('outbox as o')
            .whereRef('o.chat_id', '=', 'g.chat_id')
            .where(sql<boolean>`o.state IN ('held', 'failed')`)
            .select(sql<number>`count(*)`.as('kept'))
            .as('kept'),
        ])
        .orderBy(sql`CASE WHEN u.id IS NULL THEN 1 ELSE 0 END`)
        .orderBy('u.name')
        .orderBy('g.name')
        .orderBy('g.chat_id')
        .execute();
      const failed = await db
        .selectFrom('outbox')
        .where(sql<boolean>`state IN ('held', 'failed')`)
        .where('chat_id', 'in', dialect.texts(rows.filter(({ kept }) => kept !== 0).map((row) => row.chat_id)))
        .select(['chat_id', 'code', 'reason', 'settled_at', 'created_at'])
        .orderBy('settled_at')
        .orderBy('key')
        .execute();
      // The last of each group stays.
      const failures = new Map(
        failed.map((row) => [
          row.chat_id,
          { at: row.settled_at ?? row.created_at, code: orUndefined(row.code), reason: row.reason ?? '' },
        ]),
      );
      const failing = (chatId: string, sentAt: number | null) => {
        const failure = failures.get(chatId);
        return failure && failure.at > (sentAt ?? 0) ? failure : undefined;
      };
      return rows.map((row) => ({
        failing: failing(row.chat_id, row.last_sent_at),
        group: groupOf(row),
        lastSentAt: orUndefined(row.last_sent_at),
        kept: row.kept ?? 0,
      }));
    },
  };
}

export const groupRows = ({ db }: Engine) =>
  db
    .selectFrom('work_group as g')
    .leftJoin('unit as u', 'u.id', 'g.unit_id')
    .leftJoin('unit_sight as v', 'v.unit_id', 'g.unit_id')
    .leftJoin('unit as s', 's.id', 'v.sees_id')
    .select(['g.chat_id', 'g.name', 'g.state', 'g.version', 'u.id as unit_id', 'u.name as unit_name'])
    .select(['s.id as sees_id', 's.parent_id as sees_parent']);

export function groupOf(row: {
  readonly chat_id: string;
  readonly name: string;
  readonly state: WorkGroup['state'];
  readonly version: number;
  readonly unit_id: string | null;
  readonly unit_name: string | null;
  readonly sees_id: string | null;
  readonly sees_parent: string | null;
}): WorkGroup {
  const unit =
    row.unit_id !== null && row.unit_name !== null
      ? { id: row.unit_id, name: row.unit_name, sees: row.sees_id ?? row.unit_id, isRoot: row.sees_parent === null }
      : undefined;
  return { chatId: row.chat_id, name: row.name, state: row.state, unit, version: row.version };
}
