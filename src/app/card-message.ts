import { renderCard } from '../cards/render.ts';
import type { Doc } from '../cards/views.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { NewMessage } from '../ports/changes.ts';
import type { LiveCard } from '../ports/live-cards.ts';
import type { Remake } from '../ports/remake.ts';

interface Envelope extends Pick<NewMessage, 'key' | 'lane' | 'alert' | 'chatId' | 'uuid'> {
  readonly now: Instant;
  /** When it may leave at the earliest; at once, unless told. */
  readonly dueAt?: Instant;
  /** What makes it again when it has waited. */
  readonly remake: Remake;
  /** The message that it answers. */
  readonly replyTo?: string | undefined;
  /** Whose direct chat it goes to: what the card shows is made again for them. */
  readonly openId?: string | undefined;
  readonly page?: number;
}

/** What is said to thousands is one document: it is drawn once. */
const drawn = new WeakMap<Doc, string>();

function contentOf(doc: Doc): string {
  const known = drawn.get(doc) ?? renderCard(doc).json;
  drawn.set(doc, known);
  return known;
}

/** A card on its way: whatever sends one makes it here, so that what shows a live subject is brought up to date wherever it was sent. */
export const cardMessage = (
  doc: Doc,
  { now, dueAt = now, replyTo, openId, page = 1, ...to }: Envelope,
): NewMessage => ({
  ...to,
  ...(replyTo ? { replyTo } : { person: openId }),
  type: 'interactive',
  content: page === 1 ? contentOf(doc) : renderCard(doc, page).json,
  dueAt,
  createdAt: now,
  ...liveCard(doc, openId),
});

/** What the document shows, and how it is made again if it is live. */
export function liveCard({ live = [], shows = [], query = '' }: Doc, openId?: string): { live: LiveCard } | undefined {
  const subjects = [...new Set([...live, ...shows])];
  return subjects.length > 0 ? { live: { subjects, query: live.length > 0 ? query : '', openId } } : undefined;
}

/** Of an answer: a question is asked again by what the card asks for, as long as nothing was done. */
export const answerRemake = (doc: Doc, changed: boolean, openId: string | undefined): Remake => ({
  kind: 'answer',
  openId,
  ...(!changed && doc.query !== undefined
    ? { query: doc.query }
    : { about: [...(doc.live ?? []), ...(doc.shows ?? [])] }),
});
