import type { TaskEntry } from '../domain/work/task.ts';

// migrations/*/0014_tasks_and_notices.sql

export interface TaskEntryTable {
  id: string;
  task_id: string;
  at: number;
  actor: string;
  kind: TaskEntry['kind'];
  before: string;
  after: string;
  reason: string;
}

export interface ProgressReportTable {
  id: string;
  task_id: string;
  at: number;
  actor: string;
  percent: number | null;
  amount: number | null;
  words: string;
  correction: 0 | 1;
}
