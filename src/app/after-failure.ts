import { mentionedIn, withPlainNames } from '../cards/plain-names.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Failure } from '../ports/messenger.ts';
import type { Leased } from '../ports/outbox.ts';
import type { Core } from './core.ts';
import type { Attempt } from './last-look.ts';

/** Lark honours a uuid for an hour; a send of unknown fate is not repeated after this. */
export const UUID_MS = 55 * 60_000;
const MAX_BACKOFF_MS = 5 * 60_000;
/** About nine hours of backoff: an answer to yesterday's question helps nobody. */
const MAX_ATTEMPTS = 100;

/** What becomes of a message whose call failed. */
export async function afterFailure(core: Core, message: Leased, failure: Failure, attempt: Attempt): Promise<void> {
  const { outbox, time } = core;
  const now = time.now();
  switch (failure.kind) {
    case 'retry':
      return retry(core, message, failure, attempt);
    case 'orphaned':
      return outbox.orphaned(message, now, attempt.first);
    case 'gone':
      await outbox.keep(message.key, 'failed', failure.code, failure.reason, now);
      return leaveGroup(core, message.to.chatId, failure.code, now);
    case 'refused': {
      const plain = failure.mention ? await namedPlainly(core, attempt.content) : attempt.content;
      if (plain !== attempt.content) return outbox.rewritten(message, plain, now, attempt.first);
      return outbox.keep(message.key, 'failed', failure.code, failure.reason, now);
    }
    case 'misconfigured':
      return outbox.keep(message.key, 'held', failure.code, failure.reason, now, attempt.first);
  }
}

async function retry(
  { outbox, time }: Core,
  message: Leased,
  failure: Extract<Failure, { kind: 'retry' }>,
  { first, attempts, firstSentAt }: Attempt,
): Promise<void> {
  const { key, chatKey } = message;
  const now = time.now();
  const notSent = first && !failure.unknown;
  const dueAt = now + Math.max(failure.afterMs ?? 0, backoffMs(key, attempts));
  // Those behind it would be refused as well, and then be out of order.
  if (failure.limit === 'chat') await outbox.pauseChat(chatKey, dueAt);
  if (!notSent && dueAt - firstSentAt > UUID_MS)
    return outbox.keep(key, 'held', undefined, `是否送达不明：${failure.reason}`, now);
  if (attempts >= MAX_ATTEMPTS)
    return outbox.keep(key, 'failed', undefined, `试了 ${attempts} 次没有送达：${failure.reason}`, now);
  return outbox.again(message, dueAt, failure.reason, notSent);
}

/** Once, for what has no mention any more comes out as it went in. */
export async function namedPlainly({ store }: Pick<Core, 'store'>, content: string): Promise<string> {
  const people = await Promise.all(mentionedIn(content).map((openId) => store.peopleByOpenId(openId)));
  const names = new Map(people.flat().map(({ openId, name }) => [openId, name]));
  return withPlainNames(content, (openId) => names.get(openId));
}

/** A direct chat is no group: its next message is simply tried. */
async function leaveGroup({ store, ids }: Core, chatId: string, code: number, now: Instant): Promise<void> {
  if (!(await store.group(chatId))) return;
  await store.commit({
    changes: [{ kind: 'group.gone', chatId, state: 'left' }],
    messages: [],
    audit: [
      {
        id: ids.next('audit'),
        at: now,
        actor: 'delivery',
        chatId,
        action: 'group.gone',
        subject: chatId,
        after: code,
      },
    ],
  });
}

/** 1 s, 2 s, 4 s … up to five minutes, each moved by up to a half, by a fixed jitter of the key so that a burst does not come back as one. */
export function backoffMs(key: string, attempts: number): number {
  const base = Math.min(1000 * 2 ** Math.min(attempts - 1, 10), MAX_BACKOFF_MS);
  let hash = attempts;
  for (const char of key) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  // Whole milliseconds: PostgreSQL takes no others.
  return base + Math.floor((base / 2) * ((hash % 1000) / 1000));
}
