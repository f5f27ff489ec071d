import { cardMessage } from '../../app/card-message.ts';
import type { WithoutLark } from '../../app/core.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import { heldUntil } from '../../domain/reminders/leaving.ts';
import { type UnsentPush, watchedPushes } from '../../domain/reminders/self-alarm.ts';
import { type SettingValue, settingOf } from '../../domain/settings.ts';
import { administratorsOfAll } from '../recipients/office.ts';
import { selfAlarmDoc } from './self-alarm-card.ts';

const MINUTE_MS = 60_000;
/** How often it looks. */
const EVERY_MS = 5 * MINUTE_MS;

/**
 * Whether what had to leave today has left (S0.16): if not, administrators are told in their direct chats and the log says it, once a day for
 * each kind of problem.
 */
export async function selfAlarm(core: WithoutLark, now: Instant): Promise<void> {
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
      messages: (await administratorsOfAll(core.store, core.adminOpenIds)).map((openId) =>
        cardMessage(doc, {
          alert: true,
          remake: { kind: 'alert', of: 'bot' },
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
  return why === 'unfired' && end !== undefined && end + 2 * EVERY_MS > alarm;
}
