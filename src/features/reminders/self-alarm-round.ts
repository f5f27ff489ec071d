import { cardMessage } from '../../app/card-message.ts';
import type { Core } from '../../app/core.ts';
import { stackOf } from '../../app/stack-of.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import { heldUntil } from '../../domain/reminders/leaving.ts';
import { type UnsentPush, watchedPushes } from '../../domain/reminders/self-alarm.ts';
import { type SettingValue, settingOf } from '../../domain/settings.ts';
import { selfAlarmDoc } from './self-alarm-card.ts';

const MINUTE_MS = 60_000;
/** Every five minutes, beside the full hour: a setting is a multiple of five, so that it is looked at in the minute after. */
const EVERY_MINUTES = 5;

/**
 * Whether what had to leave today has left (S0.16): if not, administrators are told in their direct chats and the log says it, once a day for
 * each kind of problem. Never rejects: a watch that stops the heartbeat would be the alarm's own cause.
 */
export async function selfAlarm(core: Core, now: Instant): Promise<void> {
  if (Math.floor(now / MINUTE_MS) % EVERY_MINUTES !== 1) return;
  try {
    const settings = await core.store.settings();
    const alarm = settingOf(settings, 'selfAlarm');
    const watched = alarm && watchedPushes(alarm, now, core.zone);
    if (!alarm || !watched) return;
    const unsent = (await core.store.unsentPushes({ ...watched, now })).filter(
      (push) => !waitsForMorning(push, settings, watched.alarm, core.zone),
    );
    const today = wallClock(now, core.zone).date;
    for (const [why, pushes] of Map.groupBy(unsent, (push) => push.why)) {
      const doc = selfAlarmDoc(why, pushes, { alarm, zone: core.zone, today });
      const key = `alarm:${today}:${why}`;
      const outcome = await core.store.commit({
        guard: { kind: 'event', eventId: key, at: now },
        changes: [],
        audit: [],
        messages: (await administrators(core)).map((openId) =>
          cardMessage(doc, {
            alert: true,
            key: `${key}:${openId}`,
            lane: 'reply',
            chatId: openId,
            openId,
            uuid: core.ids.next('a'),
            now,
          }),
        ),
      });
      if (outcome !== 'done') continue;
      core.log.error({ why, groups: pushes.map(({ chatId }) => chatId) }, 'pushes of today are not out');
      core.count('dudao_self_alarms_total', { why });
    }
  } catch (error) {
    core.log.error({ error: stackOf(error) }, 'the pushes of today could not be looked at');
  }
}

/** Quiet hours that reach over the alarm put a push off as they should. */
function waitsForMorning(
  { chatId, nominalAt, why }: UnsentPush,
  settings: readonly SettingValue[],
  alarm: Instant,
  zone: string,
): boolean {
  const quiet = settingOf(settings, 'quietHours', chatId);
  const end = heldUntil({ nominal: nominalAt, chatId, quiet, zone });
  return why === 'unfired' && end !== undefined && end + EVERY_MINUTES * 2 * MINUTE_MS > alarm;
}

/** Of everything, not of a unit. */
async function administrators({ store, adminOpenIds }: Core): Promise<readonly string[]> {
  const granted = (await store.roleHolders())
    .filter(({ role, unit }) => role === 'administrator' && unit === undefined)
    .map(({ openId }) => openId);
  return [...new Set([...adminOpenIds, ...granted])].sort();
}
