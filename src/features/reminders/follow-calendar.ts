import type { WithoutLark } from '../../app/core.ts';
import type { Instant } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import { nextByCalendar } from '../../domain/reminders/follow-calendar.ts';
import { fireAt } from '../../domain/reminders/spread.ts';

/** Of a whole city at most a few thousand, in one unit of two statements each. */
const RULES = 2_000;

/**
 * Brings rules whose next time was computed with an older calendar up to this one. A rule that somebody changes meanwhile fails the unit;
 * the next round reads it again.
 */
export async function followCalendar(core: WithoutLark, calendar: WorkCalendar, now: Instant): Promise<void> {
  const behind = await core.store.rulesBehind(calendar.version, RULES);
  const rules = behind.map(({ rule, unitId }) => {
    const nominalAt = nextByCalendar(rule, now, core.zone, calendar.ofUnit(unitId));
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
  await core.store.commit({
    changes: [{ kind: 'rules.followed', rules, calendarVersion: calendar.version }],
    messages: [],
    audit: [],
  });
}
