import { renderCard } from '../cards/render.ts';
import type { Notice } from '../chat/command.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import { waitsUntil } from '../domain/settings.ts';
import type { NewMessage } from '../ports/changes.ts';
import type { Core } from './core.ts';
import { liveCard } from './live-cards.ts';

/**
 * What is said to others because of an event. To a person it is as urgent as an answer; in a group it takes its turn among the pushes and
 * waits for the end of the quiet hours.
 */
export async function noticeMessages(
  { ids, store, zone }: Pick<Core, 'ids' | 'store' | 'zone'>,
  eventId: string,
  notices: readonly Notice[],
  now: Instant,
): Promise<readonly NewMessage[]> {
  const settings = notices.some(({ to }) => 'chatId' in to) ? await store.settings() : [];
  return notices.map(({ to, doc }, index) => ({
    key: `notice:${eventId}:${index}`,
    ...('openId' in to
      ? { lane: 'reply', chatId: to.openId, dueAt: now }
      : { lane: 'push', chatId: to.chatId, dueAt: waitsUntil(settings, to.chatId, now, zone) ?? now }),
    type: 'interactive',
    content: renderCard(doc).json,
    uuid: ids.next('n'),
    createdAt: now,
    ...liveCard(doc, 'openId' in to ? to.openId : undefined),
  }));
}
