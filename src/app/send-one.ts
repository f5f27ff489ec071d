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
    return message.updates === undefined
      ? await sendMessage(core, message, sending)
      : await updateCard(core, message, message.updates, sending);
  } catch (error) {
    // Not the messenger's answer but a fault: of the database, or our own.
    core.log.error({ key: message.key, error: stackOf(error) }, 'an attempt was not settled; its lease gives it back');
    return false;
  }
}

async function sendMessage(core: Core, message: Leased, sending: Sending): Promise<boolean> {
  const { outbox, time, count } = core;
  const { key, firstSentAt, content } = message;
  if (firstSentAt !== undefined && time.now() - firstSentAt > UUID_MS) {
    await outbox.keep(key, 'held', undefined, '发送被中断，是否送达不明', time.now());
    return false;
  }
  const named = await withFile(core, message, sending);
  const attempt = named && (await lastLook(core, message, sending));
  if (!attempt) return false;
  const late = time.now() - message.sendAt;
  if (late > LATE_MS) await outbox.beganLate(message.chatKey, late, time.now());
  const result = await core.messenger.send({ ...message, content: named.fileContent ?? content });
  if (!result.ok) return failed(core, message, result, attempt, sending);
  await outbox.sent(key, result.value.messageId, time.now());
  count('dudao_deliveries_total', { outcome: 'sent' });
  return true;
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
  await noteLimit(core, message, failure, sending);
  await afterFailure(core, message, failure, attempt);
  return false;
}

/** A file is uploaded first, once: the message names it by the key that Lark gave. Undefined when it cannot be, now or ever. */
async function withFile(
  core: Core,
  message: Leased,
  sending: Sending,
): Promise<{ readonly fileContent?: string } | undefined> {
  const { outbox, messenger } = core;
  const { key, file } = message;
  if (!file) return {};
  if (file.key !== undefined) return { fileContent: contentOf(file.key) };
  const attempt = await lastLook(core, message, sending);
  if (!attempt) return undefined;
  const bytes = await outbox.file(key);
  const uploaded: Result<string> = bytes
    ? await messenger.upload(file.name, bytes)
    : { ok: false, failure: { kind: 'refused', code: 0, reason: '文件内容已不在' } };
  if (uploaded.ok) {
    await outbox.uploaded(key, uploaded.value);
    return { fileContent: contentOf(uploaded.value) };
  }
  const { failure } = uploaded;
  // Whether Lark has the bytes is of no matter: nobody sees them before a message names them. Nor is its limit the messages'.
  const harmless = failure.kind === 'retry' ? ({ ...failure, unknown: false, limit: undefined } as const) : failure;
  await failed(core, message, { ok: false, failure: harmless }, attempt, sending);
  return undefined;
}

const contentOf = (fileKey: string): string => JSON.stringify({ file_key: fileKey });
