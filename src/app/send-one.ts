import type { Result } from '../ports/messenger.ts';
import type { Leased } from '../ports/outbox.ts';
import { afterFailure, UUID_MS } from './after-failure.ts';
import type { Core } from './core.ts';
import { type Attempt, lastLook, noteLimit, type Sending } from './last-look.ts';
import { updateCard } from './live-cards.ts';
import { stackOf } from './stack-of.ts';

/** A database that is slower than this before a call brings it too close to the next one into the same chat. */
const LATE_MS = 75;

/**
 * One attempt: at its slot, then the row says what became of it. A crash in between leaves the lease, and the same uuid is used again.
 * True when it was sent; never rejects.
 */
export async function sendOne(core: Core, message: Leased, sending: Sending): Promise<boolean> {
  try {
    await core.time.until(message.sendAt);
    const { updates, api, file } = message;
    if (updates !== undefined) return await updateCard(core, message, updates, sending);
    return api === 'upload' && file
      ? await uploadFile(core, message, file.name, sending)
      : await sendMessage(core, message, sending);
  } catch (error) {
    // Not the messenger's answer but a fault: of the database, or our own.
    core.log.error({ key: message.key, error: stackOf(error) }, 'an attempt was not settled; its lease gives it back');
    return false;
  }
}

async function sendMessage(core: Core, message: Leased, sending: Sending): Promise<boolean> {
  const { outbox, time, count } = core;
  const { key, firstSentAt, file, heldFor } = message;
  if (firstSentAt !== undefined && time.now() - firstSentAt > UUID_MS) {
    await outbox.keep(key, 'held', undefined, '发送被中断，是否送达不明', time.now());
    return false;
  }
  const attempt = await lastLook(core, message, sending);
  if (!attempt) return false;
  const late = time.now() - message.sendAt;
  if (late > LATE_MS) await outbox.beganLate(message.chatKey, late, time.now());
  const content = file ? JSON.stringify({ file_key: file.key }) : attempt.content;
  const result = await core.messenger.send({ ...message, content });
  if (!result.ok) return failed(core, message, result, attempt, sending);
  await outbox.sent(key, result.value.messageId, time.now());
  count('dudao_deliveries_total', { outcome: 'sent' });
  if (heldFor !== undefined) await releaseHeld(core, heldFor);
  if (sending.unreached) await reachedAgain(core, sending);
  return true;
}

/** What kept this one from leaving is mended: the rest that was held for it goes after it. */
async function releaseHeld({ outbox, time, wake }: Core, code: number): Promise<void> {
  await outbox.release(code, time.now());
  wake();
}

/** After an outage nothing waits for the end of its own pause. */
async function reachedAgain({ outbox, time, wake }: Core, sending: Sending): Promise<void> {
  sending.unreached = false;
  await outbox.reached(time.now());
  wake();
}

async function failed(
  core: Core,
  message: Leased,
  { failure }: Extract<Result<unknown>, { ok: false }>,
  attempt: Attempt,
  sending: Sending,
): Promise<false> {
  core.log.warn({ key: message.key, ...failure }, 'a message was not delivered');
  core.count('dudao_deliveries_total', { outcome: failure.kind });
  if (failure.kind === 'retry' && failure.limit === undefined) sending.unreached = true;
  await noteLimit(core, message, failure, sending);
  await afterFailure(core, message, failure, attempt);
  return false;
}

/**
 * A file is put with Lark first, once: the message then names it by the key that Lark gave, and takes its turn among the messages. Whether
 * Lark has the bytes is of no matter: nobody sees them before that.
 */
async function uploadFile(core: Core, message: Leased, name: string, sending: Sending): Promise<boolean> {
  const { outbox, messenger, time, wake } = core;
  const { key } = message;
  const attempt = await lastLook(core, { ...message, firstSentAt: undefined }, sending);
  if (!attempt) return false;
  const bytes = await outbox.file(key);
  const uploaded: Result<string> = bytes
    ? await messenger.upload(name, bytes)
    : { ok: false, failure: { kind: 'refused', code: 0, reason: '文件内容已不在' } };
  if (uploaded.ok) {
    await outbox.uploaded(message, uploaded.value, time.now());
    wake();
    return true;
  }
  const { failure } = uploaded;
  const harmless = failure.kind === 'retry' ? ({ ...failure, unknown: false } as const) : failure;
  return failed(core, message, { ok: false, failure: harmless }, attempt, sending);
}
