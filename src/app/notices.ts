import { renderCard } from '../cards/render.ts';
import type { Addressed } from '../chat/telling.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { NewMessage } from '../ports/changes.ts';
import type { Core } from './core.ts';
import { liveCard } from './live-cards.ts';

/** What is said to others because of an event. To a person it is as urgent as an answer; in a group it takes its turn among the pushes. */
export const noticeMessages = (
  { ids }: Pick<Core, 'ids'>,
  eventId: string,
  notices: readonly Addressed[],
  now: Instant,
): readonly NewMessage[] =>
  notices.map(({ to, doc, dueAt }, index) => ({
    key: `notice:${eventId}:${index}`,
    ...('openId' in to ? { lane: 'reply', chatId: to.openId } : { lane: 'push', chatId: to.chatId }),
    type: 'interactive',
    content: renderCard(doc).json,
    uuid: ids.next('n'),
    dueAt,
    createdAt: now,
    ...liveCard(doc, 'openId' in to ? to.openId : undefined),
  }));
