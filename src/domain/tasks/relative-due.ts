import { COUNTED, countedIn } from '../calendar/day-count.ts';
import { NUMERAL, numeralOf } from '../calendar/numeral.ts';

/** 进驻前3日, 反馈后15日内, 进驻前5个工作日; an offset of 0 is 市级核查前. */
export interface RelativeDue {
  readonly kind: 'relative';
  readonly event: string;
  readonly offset: number;
  /** What the offset counts; natural days unless it says so. */
  readonly unit?: 'working' | undefined;
}

/** Whether an event is a milestone of this name: 省督导组进驻 and 进驻 are one. */
export const hangsOn = (event: string, name: string): boolean => name.includes(event) || event.includes(name);

const COUNT = `(${NUMERAL}|\\d{3}|半(?=个月|年)) ?(${COUNTED})`;
const DAYS_BEFORE = new RegExp(`^(.{2,}?)(?:之前|以前|前)(?:的?${COUNT})?$`);
const DAYS_AFTER = new RegExp(`^(.{2,}?)(?:之后|以后|后)的?${COUNT}(?:之|以)?内?$`);

/** 省督导组进驻前3日, 进驻前5个工作日, 市级核查前, 反馈后15日内: days from a milestone, natural ones unless it says 工作日. */
export function relativeDue(text: string): RelativeDue | undefined {
  const [before, event = '', count = '', unit = ''] = DAYS_BEFORE.exec(text) ?? [];
  if (before !== undefined) return fromMilestone(event, -1, count, unit);
  const [after, since = '', days = '', of = ''] = DAYS_AFTER.exec(text) ?? [];
  return after === undefined ? undefined : fromMilestone(since, 1, days, of);
}

const DAYS_IN = { workday: 1, day: 1, week: 7, month: 30, year: 365 } as const;

function fromMilestone(event: string, sign: 1 | -1, count: string, written: string): RelativeDue {
  if (count === '') return { kind: 'relative', event, offset: 0 };
  const unit = countedIn(written);
  const offset = sign * Math.round((count === '半' ? 0.5 : numeralOf(count)) * DAYS_IN[unit]);
  return { kind: 'relative', event, offset, ...(unit === 'workday' && { unit: 'working' as const }) };
}
