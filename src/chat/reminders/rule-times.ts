import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { describeRecurrence, describeRule } from '../../domain/schedule/describe-rule.ts';
import { nextOccurrences } from '../../domain/schedule/recurrence.ts';
import { fireAt } from '../../domain/schedule/spread.ts';
import { UserError } from '../errors.ts';
import type { SaidRule } from './recurrence-phrase.ts';

const TIMES_SHOWN = 5;

interface Now {
  readonly now: Instant;
  readonly zone: string;
  readonly calendar: Calendar;
}

/** The next five times of a rule; a rule that would never say a word is refused with the mend. */
export function timesOf(rule: SaidRule, { now, zone, calendar }: Now): readonly [Instant, ...Instant[]] {
  const [first, ...more] = nextOccurrences(rule, now, zone, calendar, TIMES_SHOWN);
  if (first === undefined) {
    const days = describeRecurrence(rule.recurrence);
    throw new UserError(
      rule.until === undefined
        ? `“${days}”以后几年里一次也不会发（总是遇到休息日或假期），请改成遇休息日顺延、提前或照发，或改哪些天发。`
        : `“${days}”到 ${rule.until} 为止一次也不会发，请改到期日（例如：至 2026-12-31，或 不限期），或改哪些天发。`,
    );
  }
  const works = (at: Instant) => calendar.isWorkday(wallClock(at, zone).date);
  if (rule.content === 'deadline' && ![first, ...more].some(works))
    throw new UserError(
      `截止提醒只在工作日发，“${describeRecurrence(rule.recurrence)}”一次也不会发。请写“遇休息日提前”或“顺延”。`,
    );
  return [first, ...more];
}

/** When a rule comes next in this group. */
export function nextTime(rule: SaidRule, chatId: string, now: Now) {
  const [nominalAt] = timesOf(rule, now);
  return { nominalAt, fireAt: fireAt(nominalAt, chatId) };
}

interface Numbered extends SaidRule {
  readonly number: number;
  readonly enabled: boolean;
}

/** Two equal rules would only make one card, and leave the second to puzzle over. */
export function refuseTwin(rules: readonly Numbered[], rule: SaidRule, where: string): void {
  const words = describeRule(rule);
  const twin = rules.find((each) => describeRule(each) === words);
  if (twin)
    throw new UserError(
      `${where}第 ${twin.number} 条已经是：${words}${twin.enabled ? '' : `。它停用了，要恢复请发送：提醒 启用 ${twin.number}`}`,
    );
}
