import type { FindingDimension, GroupedTally } from '../findings/rates.ts';
import type { PushDimension, PushTally } from '../reminders/push-rates.ts';
import type { CountedTask, TaskDimension } from '../tasks/task-rates.ts';

export interface AskedSummary {
  /** 望海区教育局 · 优质均衡 · 4月1日—30日发现的问题. */
  readonly about: string;
  /** The line that asks for it again. */
  readonly query: string;
}

/** What was asked for, with what was counted. */
export type Summary = AskedSummary &
  (
    | { readonly of: 'findings'; readonly by: FindingDimension; readonly tallies: readonly GroupedTally[] }
    | {
        readonly of: 'tasks';
        readonly by: TaskDimension;
        /** 任务, 民生实事 … */
        readonly what: string;
        readonly tasks: readonly CountedTask[];
      }
    | { readonly of: 'pushes'; readonly by: PushDimension; readonly tallies: readonly PushTally[] }
  );
