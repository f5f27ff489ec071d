import type { Instant } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { nextByCalendar } from '../../domain/reminders/follow-calendar.ts';
import { isOver } from '../../domain/reminders/recurrence.ts';
import type { ReminderRule } from '../../ports/rows.ts';
import type { Reads } from '../../ports/store.ts';

/** A rule whose next time is another one by the new calendar. */
interface MovedRule {
  /** What the group is called. */
  readonly group: string;
  readonly rule: ReminderRule;
  readonly from: Instant;
  readonly to: Instant;
}

/** All groups of a city, and every rule of theirs that is on. */
const MAX_GROUPS = 1_000;
const EVER = Number.MAX_SAFE_INTEGER;

/** What a change of the calendar does to the next times of reminder rules; the beat after the change computes them in the same way. */
export async function movedRules(
  { read, now, zone }: { readonly read: Pick<Reads, 'dueRules'>; readonly now: Instant; readonly zone: string },
  before: WorkCalendar,
  after: WorkCalendar,
): Promise<readonly MovedRule[]> {
  const moved: MovedRule[] = [];
  const next = nextBy(now, zone);
  for (const { group, rules } of await read.dueRules(EVER, MAX_GROUPS)) {
    const unit = group.unit?.id;
    for (const rule of rules) {
      const from = next(rule, before.ofUnit(unit));
      const to = next(rule, after.ofUnit(unit));
      if (from !== to && !isOver(rule, from, zone))
        moved.push({ group: group.name || (group.unit?.name ?? ''), rule, from, to });
    }
  }
  return moved.sort((a, b) => a.to - b.to);
}

/** Most groups have the same few rules: of a thousand groups, each next time is looked for once, and the answer stays within its seconds. */
function nextBy(now: Instant, zone: string) {
  const known = new Map<Calendar, Map<string, Instant>>();
  return (rule: ReminderRule, calendar: Calendar): Instant => {
    const times = known.get(calendar) ?? new Map<string, Instant>();
    known.set(calendar, times);
    const key = `${rule.time} ${rule.nominalAt} ${JSON.stringify(rule.recurrence)}`;
    const next = times.get(key) ?? nextByCalendar(rule, now, zone, calendar);
    times.set(key, next);
    return next;
  };
}
