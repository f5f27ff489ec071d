import type { Doc } from '../cards/views.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Addressed } from '../language/answer/telling.ts';
import type { NewMessage } from '../ports/changes.ts';
import type { Remake } from '../ports/remake.ts';
import { cardMessage } from './card-message.ts';
import type { Core } from './core.ts';

/** What is said to others because of an event. To a person it is as urgent as an answer; in a group it takes its turn among the pushes. */
export const noticeMessages = (
  { ids }: Pick<Core, 'ids'>,
  eventId: string,
  notices: readonly Addressed[],
  now: Instant,
): readonly NewMessage[] =>
  notices.map(({ to, doc, dueAt, about = [], remake }, index) =>
    cardMessage(doc, {
      key: `notice:${eventId}:${index}`,
      ...('openId' in to
        ? { lane: 'reply', chatId: to.openId, openId: to.openId }
        : { lane: 'push', chatId: to.chatId }),
      alert: true,
      remake: remake ?? newsOf(doc, about),
      uuid: ids.next('n'),
      dueAt,
      now,
    }),
  );

const newsOf = ({ title, live = [], shows = [], query }: Doc, about: readonly string[]): Remake => ({
  kind: 'news',
  title,
  about: [...new Set([...live, ...shows, ...about])],
  ...(live.length > 0 && { query }),
});
