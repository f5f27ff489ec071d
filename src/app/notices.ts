import { renderCard } from '../cards/render.ts';
import type { Notice } from '../chat/command.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { NewMessage } from '../ports/store.ts';
import type { Core } from './core.ts';

/** What is said to others because of an event, each in their direct chat: answers, so they do not wait behind the pushes. */
export const noticeMessages = (
  { ids }: Core,
  eventId: string,
  notices: readonly Notice[],
  now: Instant,
): readonly NewMessage[] =>
  notices.map(({ openId, doc }, index) => ({
    key: `notice:${eventId}:${index}`,
    lane: 'reply',
    chatId: openId,
    type: 'interactive',
    content: renderCard(doc).json,
    uuid: ids.next('n'),
    dueAt: now,
    createdAt: now,
  }));
