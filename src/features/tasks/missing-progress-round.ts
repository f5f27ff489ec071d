import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import type { WithoutLark } from '../../app/core.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import { workdaysBetween } from '../../domain/calendar/working-days.ts';
import { settingOf, waitsUntil } from '../../domain/settings.ts';
import { OFFICE_DAYS, reportDay } from '../../domain/tasks/collection.ts';
import { isTime } from '../../domain/tasks/pursuit.ts';
import type { NewMessage } from '../../ports/changes.ts';
import { allOffices } from '../recipients/office.ts';
import { collect } from './collection.ts';
import { missingDoc } from './collection-card.ts';

/**
 * Before the day by which progress is to be reported, the office is told what nobody has reported yet: once a day, each of them of all the
 * units that they hold. Only where a monthly round is run (进展催报 or 进展汇总).
 */
export async function missingProgress(given: WithoutLark, now: Instant): Promise<void> {
  const { store, zone } = given;
  if (!isTime(now, zone)) return;
  const settings = await store.settings();
  const dayOfMonth = settingOf(settings, 'progressDay');
  if (dayOfMonth === undefined || waitsUntil(settings, undefined, now, zone) !== undefined) return;
  const core = await withCalendar(given);
  const today = wallClock(now, zone).date;
  const by = reportDay(today, dayOfMonth, core.calendar);
  if (by === undefined || !core.calendar.isWorkday(today)) return;
  if (by <= today || !OFFICE_DAYS.includes(workdaysBetween(core.calendar, today, by))) return;
  if (!(await store.isCollecting()) || (await store.pause())) return;
  const key = `missing-progress:${today}`;
  const messages: NewMessage[] = [];
  for (const { unitIds, openIds } of await allOffices(store, given.adminOpenIds)) {
    const collection = await collect(core, { unitIds }, today);
    if (collection.missing.length === 0) continue;
    const doc = missingDoc(collection, today);
    const remake = { kind: 'alert', of: 'missing', unitIds, day: today } as const;
    for (const openId of openIds) {
      const to = { key: `${key}:${openId}`, lane: 'push', chatId: openId, openId } as const;
      messages.push(cardMessage(doc, { ...to, remake, uuid: core.ids.next('p'), now }));
    }
  }
  await store.commit({ guard: { kind: 'event', eventId: key, at: now }, changes: [], messages, audit: [] });
}
