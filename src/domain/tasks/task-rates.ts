import type { LocalDate } from '../calendar/local-date.ts';
import type { TaskState } from './task-board.ts';

export const TASK_DIMENSIONS = ['unit', 'program', 'kind', 'light'] as const;
/** What tasks are counted by. unit: each that leads, so that a task with two leads stands in two rows and counts once in the whole. */
export type TaskDimension = (typeof TASK_DIMENSIONS)[number];

/** A task to be counted; `doneOn` is the day of its last 办结. */
export interface CountedTask {
  readonly state: TaskState;
  readonly doneOn?: LocalDate | undefined;
}

export interface TaskFigures {
  readonly total: number;
  readonly done: number;
  /** Open, its day has passed, and all of it is not reported yet. */
  readonly late: number;
  /** Not late, but behind the expected share (序时进度) or without change for two months: yellow or red. */
  readonly behind: number;
  /** 办结率: done, of all. Undefined without any. */
  readonly completion: number | undefined;
  /** 按期办结率: done by its day, of all whose day is over: those done that have a day, and those that are late. */
  readonly punctuality: number | undefined;
}

const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** Only a fixed day or a milestone is a day to be late for; a rhythm (每月25日) has always another one. */
const dayOf = ({ task, due }: TaskState): LocalDate | undefined =>
  task.due.kind === 'date' || task.due.kind === 'relative' ? due : undefined;

const isLate = (state: TaskState, today: LocalDate): boolean => {
  const day = dayOf(state);
  return state.task.state === 'open' && day !== undefined && day < today && (state.latest?.percent ?? 0) < 100;
};

const isBehind = (state: TaskState, today: LocalDate): boolean =>
  state.task.state === 'open' && state.light !== undefined && state.light.light !== 'green' && !isLate(state, today);

/** The figures of a summary of tasks; each is defined here and nowhere else. */
export function taskFiguresOf(tasks: readonly CountedTask[], today: LocalDate): TaskFigures {
  const count = (of: (task: CountedTask) => boolean) => tasks.filter(of).length;
  const done = count(({ state }) => state.task.state === 'done');
  const late = count(({ state }) => isLate(state, today));
  const dated = tasks.flatMap(({ state, doneOn }) => {
    const day = dayOf(state);
    return state.task.state === 'done' && day !== undefined && doneOn !== undefined ? [doneOn <= day] : [];
  });
  return {
    total: tasks.length,
    done,
    late,
    behind: count(({ state }) => isBehind(state, today)),
    completion: ratio(done, tasks.length),
    punctuality: ratio(dated.filter(Boolean).length, dated.length + late),
  };
}
