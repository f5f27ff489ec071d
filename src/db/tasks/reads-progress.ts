import { sql } from 'kysely';
import type { TaskProgressReads } from '../../ports/tasks.ts';
import type { Engine } from '../engine.ts';
import { orUndefined } from '../values.ts';

/** What was reported of tasks, and what else happened to them. */
export function taskProgressReads({ db, dialect }: Engine): Omit<TaskProgressReads, 'tasksToWatch' | 'taskAlerts'> {
  return {
    async roots() {
      const rows = await db.selectFrom('unit').select('id').where('parent_id', 'is', null).orderBy('id').execute();
      return rows.map(({ id }) => id);
    },

    async nextTaskNumber() {
      const row = await db
        .selectFrom('task')
        .select(sql<number>`COALESCE(MAX(number), 0) + 1`.as('next'))
        .executeTakeFirstOrThrow();
      return row.next;
    },

    async isCollecting() {
      const row = await db
        .selectFrom('reminder_rule')
        .select('id')
        .where('content', 'in', ['collect', 'collected'])
        .where('enabled', '=', 1)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async taskEntries(taskId, limit) {
      const rows = await db
        .selectFrom('task_entry')
        .selectAll()
        .where('task_id', '=', taskId)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ task_id, ...row }) => ({ ...row, taskId: task_id }));
    },

    async progress(taskIds) {
      if (taskIds.length === 0) return [];
      const rows = await db
        .selectFrom('progress_report')
        .selectAll()
        .select(
          sql<number>`(SELECT COUNT(*) FROM progress_evidence AS e WHERE e.report_id = progress_report.id)`.as('files'),
        )
        .where('task_id', 'in', dialect.texts(taskIds))
        .orderBy('task_id')
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        taskId: row.task_id,
        at: row.at,
        actor: row.actor,
        words: row.words,
        percent: orUndefined(row.percent),
        amount: orUndefined(row.amount),
        correction: row.correction === 1,
        files: Number(row.files),
      }));
    },

    async progressEvidence(taskId) {
      const rows = await db
        .selectFrom('progress_evidence as e')
        .innerJoin('progress_report as r', 'r.id', 'e.report_id')
        .where('r.task_id', '=', taskId)
        .select(['e.report_id', 'e.kind', 'e.message_id', 'e.file_key', 'e.name'])
        .orderBy('r.at')
        .orderBy('e.position')
        .execute();
      return rows.map((row) => ({
        reportId: row.report_id,
        kind: row.kind,
        messageId: row.message_id,
        name: row.name,
        fileKey: orUndefined(row.file_key),
      }));
    },
  };
}
