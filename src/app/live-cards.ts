import { renderCard } from '../cards/render.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { CardChange, CardCopy } from '../ports/live-cards.ts';
import type { Failure } from '../ports/messenger.ts';
import type { Leased } from '../ports/outbox.ts';
import type { Core } from './core.ts';
import { decideLine } from './decide-line.ts';

/** Presses come in bursts (a whole group confirms a notice): what changes within this time makes one update a card. */
const GATHERED_MS = 2_000;
/** With the backoff of a message this is about an hour; a later change tries again anyway. */
const MAX_ATTEMPTS = 20;

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

/** What became of an update; `again`: at this instant. */
type Updated = { readonly kind: 'done' } | { readonly kind: 'again'; readonly at: Instant; readonly reason: string };

/**
 * Sends one update: the card is made now, from the tables as they are, so that many changes need one. A card that cannot be updated any
 * more (withdrawn, older than 14 days) is left as it is: its state is in the tables, and a press of it is answered from there.
 */
export async function updateCard(core: Core, message: Leased, backoffMs: number): Promise<Updated> {
  const { outbox, messenger, time, count } = core;
  const { key, updates = '', uuid: revision } = message;
  const card = await outbox.card(updates);
  const drop = async (reason: string): Promise<Updated> => {
    await outbox.updated(key, revision, time.now(), reason);
    count('dudao_card_updates_total', { outcome: 'dropped' });
    return { kind: 'done' };
  };
  if (!card || card.state === 'gone') return drop('卡片已不在');
  if (message.attempts > MAX_ATTEMPTS) return drop(`试了 ${MAX_ATTEMPTS} 次没有更新成`);
  if (card.state === 'coming' || card.messageId === undefined)
    return { kind: 'again', at: time.now() + backoffMs, reason: '卡片还没有送达' };
  const content = await contentOf(core, card);
  if (content === undefined) return drop('卡片的内容已不能再查');
  const result = await messenger.update(card.messageId, content);
  if (result.ok) {
    await outbox.updated(key, revision, time.now());
    count('dudao_card_updates_total', { outcome: 'sent' });
    return { kind: 'done' };
  }
  core.log.warn({ key, ...result.failure }, 'a card was not updated');
  return result.failure.kind === 'retry' ? later(core, result.failure, backoffMs) : drop(result.failure.reason);
}

function later({ time }: Core, failure: Extract<Failure, { kind: 'retry' }>, backoffMs: number): Updated {
  return { kind: 'again', at: time.now() + Math.max(failure.afterMs ?? 0, backoffMs), reason: failure.reason };
}

/** Undefined when the line gives another kind of answer by now: a refusal must not take the card's place. */
async function contentOf(core: Core, { chatId, openId, query }: CardCopy): Promise<string | undefined> {
  // A direct chat may be known by its person's open id only.
  const { reply, changes } = await decideLine(core, { chatId, openId }, query);
  return changes.length > 0 || !reply.live?.length ? undefined : renderCard(reply).json;
}
