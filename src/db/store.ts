import { sql } from 'kysely';
import type { AuditAction } from '../domain/audit-words.ts';
import type { Store } from '../ports/store.ts';
import { basisOf, unitWithBasis } from './basis.ts';
import type { Engine } from './engine.ts';
import { numbers } from './numbers.ts';
import { refuseUnlessCurrent } from './schema.ts';
import { StoreError, UnforeseenConstraint } from './store-error.ts';
import { readsOf } from './subjects.ts';
import { statementsOf } from './unit-statements.ts';

const FORGOTTEN: AuditAction = 'messages.forgotten';

/** The store over a home's engine. */
export function createStore(engine: Engine): Store {
  return {
    ...readsOf(engine),

    numbers: numbers(engine),

    isFailure: (error) => error instanceof StoreError,

    async commit(work) {
      try {
        await unitWithBasis(engine, statementsOf(engine, work), work.messages.flatMap(basisOf));
        return 'done';
      } catch (error) {
        const broken = engine.conflictOf(error);
        if (broken === undefined) throw error instanceof StoreError ? error : new StoreError(error);
        if (broken === 'unforeseen') throw new UnforeseenConstraint(error);
        return broken;
      }
    },

    /** Oldest first; the row that readiness touches stays. */
    async purge(before, limit, forgotten) {
      const { db } = engine;
      const unsent = sql`SELECT key FROM outbox WHERE state IN ('held', 'failed') AND settled_at < ${before.sent}
        ORDER BY settled_at LIMIT ${limit}`;
      await engine.unit(
        [
          sql`DELETE FROM inbox WHERE event_id IN
            (SELECT event_id FROM inbox WHERE received_at < ${before.inbox} ORDER BY received_at LIMIT ${limit})`,
          sql`DELETE FROM outbox WHERE key IN
            (SELECT key FROM outbox WHERE state IN ('sent', 'dropped') AND settled_at < ${before.sent}
              ORDER BY settled_at LIMIT ${limit})`,
          sql`INSERT INTO audit (id, at, actor, action, subject, after)
            SELECT CAST(${forgotten.id} AS TEXT), CAST(${forgotten.at} AS BIGINT), 'heartbeat', ${FORGOTTEN}, 'outbox',
              CAST(k.messages AS TEXT)
            FROM (SELECT COUNT(*) AS messages FROM (${unsent}) AS u) AS k WHERE k.messages > 0`,
          sql`DELETE FROM outbox WHERE key IN (${unsent})`,
          // A group was left before this was made for it.
          sql`UPDATE outbox SET state = 'dropped', reason = 'group left', settled_at = ${forgotten.at}
            WHERE state = 'waiting' AND due_at < ${before.sent} AND EXISTS
              (SELECT 1 FROM work_group AS g WHERE g.chat_id = outbox.chat_id AND g.state <> 'active')`,
          sql`DELETE FROM to_tell WHERE key IN
            (SELECT key FROM to_tell WHERE told_at < ${before.sent} ORDER BY told_at LIMIT ${limit})`,
          sql`DELETE FROM telling WHERE created_at < ${before.sent} AND NOT EXISTS
            (SELECT 1 FROM to_tell WHERE to_tell.telling_id = telling.id)`,
          sql`DELETE FROM card_copy WHERE message_key IN
            (SELECT message_key FROM card_copy WHERE created_at < ${before.sent} ORDER BY created_at LIMIT ${limit})`,
          sql`DELETE FROM task_alert WHERE alerted_at IN
            (SELECT alerted_at FROM task_alert WHERE alerted_at < ${before.sent} ORDER BY alerted_at LIMIT ${limit})`,
          sql`DELETE FROM pace WHERE key IN
            (SELECT key FROM pace WHERE next_at < ${before.pace} AND key <> 'app' ORDER BY next_at LIMIT ${limit})`,
        ].map((statement) => statement.compile(db)),
      );
    },
  };
}

/** Rejects unless the schema is the program's own and a write reaches the disk. */
export async function assertReady(engine: Engine): Promise<void> {
  const rows = await engine.db.selectFrom('schema_version').select('name').execute();
  refuseUnlessCurrent(rows.map(({ name }) => name));
  await engine.single(sql`UPDATE pace SET next_at = next_at WHERE key = 'app'`.compile(engine.db));
}
