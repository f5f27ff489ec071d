import type { TaskEntry } from '../../domain/tasks/task.ts';
import type { Evidence } from '../../ports/findings.ts';

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

// migrations/*/0017_task_pursuit.sql

export interface ProgressEvidenceTable {
  report_id: string;
  position: number;
  kind: Evidence['kind'];
  message_id: string;
  file_key: string | null;
  name: string;
}

// migrations/*/0025_task_alerts.sql

export interface TaskAlertTable {
  task_id: string;
  day: string;
  reader: string;
  alerted_at: number;
}

// migrations/*/0017_task_pursuit.sql

export interface TaskMilestoneTable {
  task_id: string;
  name: string;
  due: string;
  done_on: string | null;
}
