import { cardMessage } from '../../app/card-message.ts';
import type { WithoutLark } from '../../app/core.ts';
import type { Doc } from '../../cards/views.ts';
import { DAY_MS, type Instant, MINUTE_MS, wallClock } from '../../domain/calendar/local-date.ts';
import { heldUntil } from '../../domain/reminders/leaving.ts';
import { MISSED_TOLD, type UnsentPush, watchedPushes } from '../../domain/reminders/self-alarm.ts';
import { type SettingValue, settingOf, waitsUntil } from '../../domain/settings.ts';
import { administratorsOfAll } from '../recipients/office.ts';
import { missedPushesDoc, selfAlarmDoc } from './self-alarm-card.ts';

/** How often it looks. */
const EVERY_MS = 5 * MINUTE_MS;
/** A bot that comes back on Friday evening in the quiet hours tells of it on Saturday morning. */
const TOLD_WITHIN_MS = 2 * DAY_MS;

/**
 * Whether what had to leave today has left (S0.16): if not, administrators are told in their direct chats and the log says it, once a day for
 * each kind of problem.
 */
export async function selfAlarm(core: WithoutLark, now: Instant): Promise<void> {
  const settings = await core.store.settings();
  const alarm = settingOf(settings, 'selfAlarm');
  if (alarm && waitsUntil(settings, undefined, now, core.zone) === undefined) await tellMissed(core, now);
  const watched = alarm && watchedPushes(alarm, now, core.zone);
  if (!alarm || !watched) return;
  const unsent = (await core.store.unsentPushes({ ...watched, now })).filter(
    (push) => !waitsForMorning(push, settings, watched.alarm, core.zone),
  );
  const { date: today } = wallClock(now, core.zone);
  for (const [why, pushes] of Map.groupBy(unsent, (push) => push.why)) {
    const doc = selfAlarmDoc(why, pushes, { alarm, zone: core.zone, today });
    if (await tell(core, `alarm:${today}:${why}`, doc, now)) written(core, why, pushes);
  }
}

/** What was given up because the bot was down until it made no sense any more: told as soon as it is known, outside of quiet hours. */
async function tellMissed(core: WithoutLark, now: Instant): Promise<void> {
  const missed = await core.store.missedPushes(now - TOLD_WITHIN_MS);
  if (missed.length === 0) return;
  const decided = Math.max(...missed.map(({ decidedAt }) => decidedAt));
  const doc = missedPushesDoc(missed, { zone: core.zone, today: wallClock(now, core.zone).date });
  if (await tell(core, `${MISSED_TOLD}${decided}`, doc, now)) written(core, 'missed', missed);
}

function written(core: WithoutLark, why: string, pushes: readonly { readonly chatId: string }[]): void {
  core.log.error({ why, groups: pushes.map(({ chatId }) => chatId) }, 'pushes are not out');
  core.count('dudao_self_alarms_total', { why });
}

/** Once under this key, to each administrator directly. */
async function tell(core: WithoutLark, key: string, doc: Doc, now: Instant): Promise<boolean> {
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
  return outcome === 'done';
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
