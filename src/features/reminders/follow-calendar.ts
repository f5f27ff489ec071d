import type { Budget } from '../../app/budget.ts';
import { commitChanges } from '../../app/commit-changes.ts';
import type { WithoutLark } from '../../app/core.ts';
import type { Instant } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import { nextByCalendar } from '../../domain/reminders/follow-calendar.ts';
import { fireAt } from '../../domain/reminders/spread.ts';

/** In one unit of two statements. */
const RULES = 2_000;
/** A hundred thousand rules. Against a calendar that is changed all the time. */
const MAX_UNITS = 50;
const MINUTE_MS = 60_000;
/** As long as the groups of one nominal time are spread, and a little more: after a longer pause of the heart nobody knows when it changed. */
const LOOKED_BACK_MS = 10 * MINUTE_MS;

/**
 * The calendar of this moment, once all rules follow it; `rulesBehind` when they could not be brought there. They are, as far as that goes, as
 * if the calendar had changed at the last beat that found them all right: it makes no difference in which beat a rule has its turn.
 */
export async function followedCalendar(
  core: WithoutLark,
  now: Instant,
  budget: Budget,
): Promise<{ readonly calendar: WorkCalendar; readonly rulesBehind: boolean; readonly rulesDue: boolean }> {
  const last = core.calendars.followedAt ?? now - MINUTE_MS;
  const since = Math.min(Math.max(last, now - LOOKED_BACK_MS), now);
  for (let units = 0; ; units += 1) {
    const found = await core.calendars.now(core.store, now);
    if (!found.rulesBehind) core.calendars.followedAt = now;
    if (!found.rulesBehind || units === MAX_UNITS || !budget.lasts()) return found;
    await followCalendar(core, found.calendar, { now, since });
  }
}

/**
 * Brings rules whose next time was computed with an older calendar up to this one. A rule that somebody changes meanwhile fails the unit;
 * it is read again.
 */
async function followCalendar(
  core: WithoutLark,
  calendar: WorkCalendar,
  { now, since }: { readonly now: Instant; readonly since: Instant },
): Promise<void> {
  const behind = await core.store.rulesBehind(calendar.version, RULES);
  const rules = behind.map(({ rule, unitId }) => {
    // One that somebody has just made or changed has its time from then on.
    const from = rule.calendarVersion === 0 ? now : since;
    const nominalAt = nextByCalendar(rule, from, core.zone, calendar.ofUnit(unitId));
    const moved = nominalAt !== rule.nominalAt;
    return {
      id: rule.id,
      nominalAt,
      moved,
      seen: rule.version,
      // A rule that was put off after a failure keeps its minute.
      fireAt: moved ? fireAt(nominalAt, rule.chatId) : rule.fireAt,
    };
  });
  if (rules.length === 0) return;
  await commitChanges(core.store, [{ kind: 'rules.followed', rules, calendarVersion: calendar.version }]);
}
