import { cardMessage } from '../../app/card-message.ts';
import type { WithoutLark } from '../../app/core.ts';
import { type Instant, MINUTE_MS, wallClock } from '../../domain/calendar/local-date.ts';
import { waitsUntil } from '../../domain/settings.ts';
import { administratorsOfAll } from '../recipients/office.ts';
import { heldDoc } from './groups-card.ts';
import { MOST_KEPT, viewOf, waitingForWord } from './kept-messages.ts';

/** What an outage holds comes together: it is offered once nothing more has come for so long. */
const GATHERED_MS = 10 * MINUTE_MS;

const OFFER = 'held:';

/** Messages of unknown fate are offered to those who run the bot, for sending or dropping in one go: once, until others are held. */
export async function offerHeld(core: WithoutLark, now: Instant): Promise<void> {
  const { store, zone, ids } = core;
  const held = waitingForWord(await store.keptMessages(MOST_KEPT));
  // An offer that is itself of unknown fate is no reason for another.
  const newest = Math.max(
    ...held.flatMap(({ key, at, firstSentAt }) => (firstSentAt === undefined || key.startsWith(OFFER) ? [] : [at])),
  );
  if (!Number.isFinite(newest) || now - newest < GATHERED_MS) return;
  const settings = await store.settings();
  const doc = heldDoc(held.map(viewOf), { zone, today: wallClock(now, zone).date });
  const key = `${OFFER}${newest}`;
  await store.commit({
    guard: { kind: 'event', eventId: key, at: now },
    changes: [],
    messages: (await administratorsOfAll(store, core.adminOpenIds)).map((openId) =>
      cardMessage(doc, {
        key: `${key}:${openId}`,
        lane: 'reply',
        alert: true,
        chatId: openId,
        openId,
        remake: { kind: 'alert', of: 'held' },
        uuid: ids.next('h'),
        dueAt: waitsUntil(settings, openId, now, zone) ?? now,
        now,
      }),
    ),
    audit: [],
  });
}
