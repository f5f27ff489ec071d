import type { Instant } from '../domain/calendar/local-date.ts';
import type { Failure, Result } from '../ports/messenger.ts';
import type { Leased } from '../ports/outbox.ts';
import type { Core } from './core.ts';
import { updateCard } from './live-cards.ts';
import { stackOf } from './stack-of.ts';

/** Lark honours a uuid for an hour; a send of unknown fate is not repeated after this. */
const UUID_MS = 55 * 60_000;
const MAX_BACKOFF_MS = 5 * 60_000;
/** About nine hours of backoff: an answer to yesterday's question helps nobody. */
const MAX_ATTEMPTS = 100;

/** Nothing of the app leaves before `until`: Lark's word after a 429. Shared by the messages that this process has taken. */
export interface AppPause {
  until: Instant;
}

/**
 * One attempt: at its slot, then the row says what became of it. A crash in between leaves the lease, and the same uuid is used again.
 * True when it was sent; never rejects.
 */
export async function sendOne(core: Core, message: Leased, takenAt: Instant, pause: AppPause): Promise<boolean> {
  const { outbox, time, log, count } = core;
  try {
    await time.until(message.sendAt);
    const begun = time.now();
    // An earlier attempt may have reached Lark until one of them is known to have been the first.
    const first = message.firstSentAt === takenAt;
    if (begun < pause.until) {
      await outbox.again(message.key, pause.until, '平台要求稍后再发', first);
      return false;
    }
    if (message.updates !== undefined) return await sendUpdate(core, message);
    if (begun - message.firstSentAt > UUID_MS) {
      await outbox.keep(message.key, 'held', undefined, '发送被中断，是否送达不明', begun);
      return false;
    }
    const result = await sendIt(core, message);
    const now = time.now();
    if (result.ok) {
      await outbox.sent(message.key, result.value.messageId, now);
      count('dudao_deliveries_total', { outcome: 'sent' });
      return true;
    }
    log.warn({ key: message.key, ...result.failure }, 'a message was not delivered');
    count('dudao_deliveries_total', { outcome: result.failure.kind });
    await afterFailure(core, message, result.failure, { first, now, pause });
  } catch (error) {
    // Not the messenger's answer but a fault: of the database, or our own.
    log.error({ key: message.key, error: stackOf(error) }, 'an attempt was not settled; its lease gives it back');
  }
  return false;
}

/** A file is uploaded first, once: the message names it by the key that Lark gave. */
async function sendIt({ outbox, messenger }: Core, message: Leased): Promise<Result<{ readonly messageId: string }>> {
  const { key, file } = message;
  if (!file) return messenger.send(message);
  let fileKey = file.key;
  if (fileKey === undefined) {
    const bytes = await outbox.file(key);
    if (!bytes) return { ok: false, failure: { kind: 'refused', code: 0, reason: '文件内容已不在' } };
    const uploaded = await messenger.upload(file.name, bytes);
    // Whether Lark has the bytes is of no matter: nobody sees them before a message names them.
    if (!uploaded.ok)
      return uploaded.failure.kind === 'retry'
        ? { ok: false, failure: { ...uploaded.failure, unknown: false } }
        : uploaded;
    fileKey = uploaded.value;
    await outbox.uploaded(key, fileKey);
  }
  return messenger.send({ ...message, content: JSON.stringify({ file_key: fileKey }) });
}

/** An update may be repeated at any time: it puts the same card into the same message. */
async function sendUpdate(core: Core, message: Leased): Promise<boolean> {
  const updated = await updateCard(core, message, backoffMs(message));
  if (updated.kind === 'again') await core.outbox.again(message.key, updated.at, updated.reason, true);
  return updated.kind === 'done';
}

interface Attempt {
  readonly first: boolean;
  readonly now: Instant;
  readonly pause: AppPause;
}

async function afterFailure(core: Core, message: Leased, failure: Failure, attempt: Attempt): Promise<void> {
  const { outbox } = core;
  switch (failure.kind) {
    case 'retry':
      return retry(core, message, failure, attempt);
    case 'gone':
      await outbox.keep(message.key, 'failed', failure.code, failure.reason, attempt.now);
      return leaveGroup(core, message.to.chatId, failure.code, attempt.now);
    case 'refused':
      return outbox.keep(message.key, 'failed', failure.code, failure.reason, attempt.now);
    case 'misconfigured':
      return outbox.keep(message.key, 'held', failure.code, failure.reason, attempt.now);
  }
}

async function retry(
  { outbox }: Core,
  message: Leased,
  failure: Extract<Failure, { kind: 'retry' }>,
  { first, now, pause }: Attempt,
): Promise<void> {
  const { key, to } = message;
  const notSent = first && !failure.unknown;
  const dueAt = now + Math.max(failure.afterMs ?? 0, backoffMs(message));
  if (failure.afterMs !== undefined) {
    await outbox.pauseUntil(now + failure.afterMs, failure.chatOnly ? to.chatId : undefined);
    if (!failure.chatOnly) pause.until = Math.max(pause.until, now + failure.afterMs);
  }
  if (!notSent && dueAt - message.firstSentAt > UUID_MS)
    return outbox.keep(key, 'held', undefined, `是否送达不明：${failure.reason}`, now);
  if (message.attempts >= MAX_ATTEMPTS)
    return outbox.keep(key, 'failed', undefined, `试了 ${message.attempts} 次没有送达：${failure.reason}`, now);
  return outbox.again(key, dueAt, failure.reason, notSent);
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
function backoffMs({ key, attempts }: Leased): number {
  const base = Math.min(1000 * 2 ** Math.min(attempts - 1, 10), MAX_BACKOFF_MS);
  let hash = attempts;
  for (const char of key) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  // Whole milliseconds: PostgreSQL takes no others.
  return base + Math.floor((base / 2) * ((hash % 1000) / 1000));
}
