import { plainDoc } from '../cards/plain.ts';
import { renderCard } from '../cards/render.ts';
import { type Instant, MINUTE_MS } from '../domain/calendar/local-date.ts';
import { type CardChange, type CardCopy, CLOSING } from '../ports/live-cards.ts';
import type { Leased } from '../ports/outbox.ts';
import { backoffMs, namedPlainly } from './after-failure.ts';
import type { Core } from './core.ts';
import { decideLine } from './decide-line.ts';
import { lastLook, noteLimit, type Sending } from './last-look.ts';

/** Presses come in bursts (a whole group confirms a notice): what changes within this time makes one update a card. */
const GATHERED_MS = 2_000;
/** With the backoff of a message this is about an hour; a later change tries again anyway. */
const MAX_ATTEMPTS = 20;
/** A card that does not come for hours stands behind others in its chat: it is not asked for each second. */
const LONGEST_COMING_MS = 5 * MINUTE_MS;

/** In the place of its content, which is made when it is sent: somebody in it cannot be mentioned. */
const PLAIN = 'plain names';

/** What was said is in no chat that may not know it; who has seen it knows where to ask. */
const CLOSED = plainDoc('内容已收回', '这张卡片的内容不再在这里公开。需要了解的，请联系督导室。', { tone: 'muted' });

/** The change that brings the sent cards of these subjects up to date; none when nothing of them has changed. */
export const refreshed = (
  { ids }: Pick<Core, 'ids'>,
  subjects: readonly string[],
  at: Instant,
): Extract<CardChange, { readonly kind: 'cards.refreshed' }>[] =>
  subjects.length === 0
    ? []
    : [
        {
          kind: 'cards.refreshed',
          subjects: [...new Set(subjects)],
          revision: ids.next('v'),
          at,
          dueAt: at + GATHERED_MS,
        },
      ];

/**
 * Sends one update: the card is made now, from the tables as they are, so that many changes need one. A card that cannot be updated any
 * more (withdrawn, older than 14 days) is left as it is: its state is in the tables, and a press of it is answered from there. True when
 * nothing is left to be done.
 */
export async function updateCard(core: Core, message: Leased, updates: string, sending: Sending): Promise<boolean> {
  const { outbox, messenger, time, count } = core;
  const { key, uuid: revision, attempts } = message;
  const settle = async (outcome: 'sent' | 'dropped', reason?: string) => {
    await outbox.updated(key, revision, time.now(), reason);
    count('dudao_card_updates_total', { outcome });
    return true;
  };
  // It may be repeated at any time: it puts the same card into the same message.
  const again = async (at: Instant, reason: string) => {
    await outbox.again(message, at, reason, true);
    return false;
  };
  const card = await outbox.card(updates);
  const closes = message.content === CLOSING;
  if (!card || card.state === 'gone' || (card.query === '' && !closes)) return settle('dropped', '卡片已不在');
  if (attempts > MAX_ATTEMPTS) return settle('dropped', `试了 ${MAX_ATTEMPTS} 次没有更新成`);
  if (card.state === 'coming' || card.messageId === undefined) {
    const waited = Math.min(Math.floor((time.now() - message.createdAt) / 4), LONGEST_COMING_MS);
    return again(Math.max(card.dueAt, time.now()) + Math.max(backoffMs(key, 1), waited), '卡片还没有送达');
  }
  const made = (await contentOf(core, card)) ?? (closes ? renderCard(CLOSED).json : undefined);
  if (made === undefined) return settle('dropped', '卡片的内容已不能再查');
  const content = message.content === PLAIN ? await namedPlainly(core, made) : made;
  const attempt = await lastLook(core, message, sending);
  if (!attempt) return false;
  const result = await messenger.update(card.messageId, content);
  if (result.ok) return settle('sent');
  const { failure } = result;
  core.log.warn({ key, ...failure }, 'a card was not updated');
  await noteLimit(core, message, failure, sending);
  if (failure.kind === 'refused' && failure.mention && (await namedPlainly(core, content)) !== content) {
    await outbox.rewritten(message, PLAIN, time.now(), true);
    return false;
  }
  if (failure.kind !== 'retry') return settle('dropped', failure.reason);
  return again(time.now() + Math.max(failure.afterMs ?? 0, backoffMs(key, attempt.attempts)), failure.reason);
}

/** Undefined when the line gives another kind of answer by now: a refusal must not take the card's place. */
async function contentOf(core: Core, { chatId, openId, query }: CardCopy): Promise<string | undefined> {
  if (query === '') return undefined;
  // A direct chat may be known by its person's open id only.
  const { reply, changes } = await decideLine(core, { chatId, openId }, query);
  return changes.length > 0 || !reply.live?.length ? undefined : renderCard(reply).json;
}
