import { addDays, daysBetween, type LocalDate } from '../calendar/local-date.ts';

/** 亮灯: green 正常, yellow 慢于序时 or 节点过期, red 严重滞后、逾期 or without change for two months; none where no day is fixed. */
export type Light = 'green' | 'yellow' | 'red';

export interface Paced {
  /** From which day the expected share counts; none when nobody knows since when the task runs. */
  readonly starts?: LocalDate | undefined;
  readonly due?: LocalDate | undefined;
  readonly percent?: number | undefined;
  /** Since when the figure is what it is; none when nothing was reported. */
  readonly unchangedSince?: LocalDate | undefined;
  readonly done: boolean;
  /** Nothing was reported yet, and nobody can be behind with it before this day. */
  readonly graceUntil?: LocalDate | undefined;
  /** A step whose day is over and that is not done. */
  readonly lateStep?: string | undefined;
}

/** Points behind the expected share at which it is yellow, and red. The two months are the rule of the field; these are ours. */
const YELLOW_POINTS = 5;
const RED_POINTS = 25;
const TWO_MONTHS_DAYS = 60;

/** 序时进度: the share of the time that is over, in whole points; undefined without a due day. */
export function expectedShare(task: Paced, today: LocalDate): number | undefined {
  const { starts, due } = task;
  if (due === undefined || starts === undefined) return undefined;
  const whole = daysBetween(starts, due);
  if (whole <= 0) return today >= due ? 100 : 0;
  return Math.round(Math.min(1, Math.max(0, daysBetween(starts, today) / whole)) * 100);
}

/** The light, and the reason for one that is not green in a few words. */
export function lightOf(task: Paced, today: LocalDate): { readonly light: Light; readonly why?: string } | undefined {
  if (task.done || (task.percent ?? 0) >= 100) return { light: 'green' };
  const expected = expectedShare(task, today);
  const step =
    task.lateStep === undefined ? undefined : ({ light: 'yellow', why: `节点“${task.lateStep}”已过期` } as const);
  if (task.due !== undefined && task.due < today) return { light: 'red', why: '已逾期' };
  if (task.graceUntil !== undefined && today < task.graceUntil) return step;
  const since = task.unchangedSince ?? task.starts;
  if (since !== undefined && addDays(since, TWO_MONTHS_DAYS) <= today)
    return { light: 'red', why: task.unchangedSince === undefined ? '一直没有报进展' : '两个月没有进展' };
  if (expected === undefined) return step;
  const behind = expected - (task.percent ?? 0);
  if (behind > RED_POINTS) return { light: 'red', why: `落后序时 ${Math.round(behind)} 个百分点` };
  return behind > YELLOW_POINTS
    ? { light: 'yellow', why: `落后序时 ${Math.round(behind)} 个百分点` }
    : (step ?? { light: 'green' });
}
