import { sql } from 'kysely';
import type { Store } from '../ports/store.ts';
import type { Engine } from './engine.ts';
import { addressBookReads } from './reads-address-book.ts';
import { appliedImportReads } from './reads-applied-imports.ts';
import { auditReads } from './reads-audit.ts';
import { calendarReads } from './reads-calendar.ts';
import { checklistReads } from './reads-checklists.ts';
import { deliveryReads } from './reads-delivery.ts';
import { dutyReads } from './reads-duties.ts';
import { figureReads } from './reads-figures.ts';
import { findingReads } from './reads-findings.ts';
import { groupReads } from './reads-groups.ts';
import { importReads } from './reads-imports.ts';
import { inspectionReads } from './reads-inspections.ts';
import { ledgerReads } from './reads-ledger.ts';
import { noticeReads } from './reads-notices.ts';
import { peopleReads } from './reads-people.ts';
import { programReads } from './reads-programs.ts';
import { taskProgressReads } from './reads-progress.ts';
import { reachReads } from './reads-reach.ts';
import { summaryReads } from './reads-summary.ts';
import { taskReads } from './reads-tasks.ts';
import { unitReads } from './reads-units.ts';
import { unsentReads } from './reads-unsent.ts';
import { refuseUnlessCurrent } from './schema.ts';
import { settingReads } from './settings.ts';
import { StoreError } from './store-error.ts';
import { statementsOf } from './unit-statements.ts';

/** The store over a home's engine. */
export function createStore(engine: Engine): Store {
  return {
    ...groupReads(engine),
    ...peopleReads(engine),
    ...addressBookReads(engine),
    ...dutyReads(engine),
    ...unitReads(engine),
    ...inspectionReads(engine),
    ...taskReads(engine),
    ...taskProgressReads(engine),
    ...noticeReads(engine),
    ...reachReads(engine),
    ...programReads(engine),
    ...checklistReads(engine),
    ...figureReads(engine),
    ...deliveryReads(engine),
    ...auditReads(engine),
    ...importReads(engine),
    ...appliedImportReads(engine),
    ...calendarReads(engine),
    ...settingReads(engine),
    ...unsentReads(engine),
    ...findingReads(engine),
    ...summaryReads(engine),
    ...ledgerReads(engine),

    isFailure: (error) => error instanceof StoreError,

    async commit(work) {
      try {
        await engine.unit(statementsOf(engine, work));
        return 'done';
      } catch (error) {
        const conflict = engine.conflictOf(error);
        if (conflict) return conflict;
        throw error;
      }
    },

    /** Oldest first; the app's own pace row stays. */
    async purge(before, limit) {
      const { db } = engine;
      await engine.unit(
        [
          sql`DELETE FROM inbox WHERE event_id IN
            (SELECT event_id FROM inbox WHERE received_at < ${before.inbox} ORDER BY received_at LIMIT ${limit})`,
          sql`DELETE FROM outbox WHERE key IN
            (SELECT key FROM outbox WHERE state IN ('sent', 'dropped') AND settled_at < ${before.sent}
              ORDER BY settled_at LIMIT ${limit})`,
          sql`DELETE FROM card_copy WHERE message_key IN
            (SELECT message_key FROM card_copy WHERE created_at < ${before.sent} ORDER BY created_at LIMIT ${limit})`,
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
