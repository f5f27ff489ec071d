import type { Instant } from '../domain/calendar/local-date.ts';
import type { Failure } from '../ports/messenger.ts';
import type { Leased, Spacing } from '../ports/outbox.ts';
import type { Core } from './core.ts';

/** 1000 a minute is the tighter of Lark's two bounds per app (50 a second the other); 5 a second per chat is shared with other bots. */
const SPACING: Spacing = { appMs: 60, chatMs: 250 };
/** One second's worth: a reply that is committed meanwhile waits a second at most. */
const BATCH = 16;
const MAX_IN_FLIGHT = 32;
/** Longer than any call may take with its time limit; shorter, and a slow call would be sent twice at once. */
const LEASE_MS = 60_000;
/** Lark honours a uuid for an hour; a send of unknown fate is not repeated after this. */
const UUID_MS = 55 * 60_000;
const MAX_BACKOFF_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

export interface Deliverer {
  /** Sends what is due, until `until` or `maxSends`; joins a run that is under way. */
  drain(limits?: { readonly until?: Instant; readonly maxSends?: number }): Promise<void>;
  /** Something was committed: send it now. Failures are logged, never thrown. */
  wake(): void;
  /** Resolves once nothing is being sent; for an orderly end. */
  settled(): Promise<void>;
}

export function deliverer(core: Core): Deliverer {
  let running: Promise<void> | undefined;
  let rouse = () => {};

  async function run(until: Instant, maxSends: number): Promise<void> {
    const inFlight = new Set<Promise<void>>();
    let sends = 0;
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        rouse = resolve;
      });
      const now = core.time.now();
      const room = Math.min(BATCH, MAX_IN_FLIGHT - inFlight.size, maxSends - sends);
      const leased = room > 0 && now < until ? await core.outbox.claim(now, room, LEASE_MS, SPACING) : [];
      for (const message of leased) {
        const sending = sendOne(core, message).finally(() => inFlight.delete(sending));
        inFlight.add(sending);
      }
      sends += leased.length;
      const full = leased.length > 0 && leased.length === room;
      const stop = now >= until || sends >= maxSends;
      if (full && !stop) await Promise.race([core.time.until(Math.max(...leased.map(({ sendAt }) => sendAt))), woken]);
      else if (inFlight.size > 0) await Promise.race([...inFlight, ...(stop ? [] : [woken])]);
      else {
        const next = stop ? undefined : await core.outbox.nextDue();
        if (next === undefined || next >= until) return;
        if (next > core.time.now()) await Promise.race([core.time.until(next), woken]);
      }
    }
  }

  async function drain(limits: { readonly until?: Instant; readonly maxSends?: number } = {}): Promise<void> {
    rouse();
    running ??= run(limits.until ?? core.time.now() + MINUTE_MS, limits.maxSends ?? Number.POSITIVE_INFINITY).finally(
      () => {
        running = undefined;
      },
    );
    await running;
  }

  return {
    drain,
    wake() {
      drain().catch((error: unknown) =>
        core.log.error({ error: String(error) }, 'delivery stopped; the next tick goes on'),
      );
    },
    async settled() {
      await running?.catch(() => {});
    },
  };
}

/** One attempt: at its slot, then the row says what became of it. A crash in between leaves the lease, and the same uuid is used again. */
async function sendOne(core: Core, message: Leased): Promise<void> {
  try {
    await core.time.until(message.sendAt);
    const result = await core.messenger.send(message);
    const now = core.time.now();
    if (result.ok) {
      await core.outbox.sent(message.key, result.value.messageId, now);
      core.count('dudao_deliveries_total', { outcome: 'sent' });
      return;
    }
    core.log.warn({ key: message.key, ...result.failure }, 'a message was not delivered');
    core.count('dudao_deliveries_total', { outcome: result.failure.kind });
    await afterFailure(core, message, result.failure, now);
  } catch (error) {
    core.log.error(
      { key: message.key, error: String(error) },
      'the outbox could not be written; the lease gives the message back',
    );
  }
}

async function afterFailure(core: Core, message: Leased, failure: Failure, now: Instant): Promise<void> {
  const { outbox, store, ids } = core;
  switch (failure.kind) {
    case 'retry': {
      if (now - message.firstSentAt > UUID_MS)
        return outbox.keep(message.key, 'held', undefined, `一小时内没有送达：${failure.reason}`, now);
      const wait = failure.afterMs ?? backoffMs(message);
      if (failure.afterMs !== undefined)
        await outbox.pauseUntil(now + wait, failure.reason.includes('230020') ? message.to.chatId : undefined);
      return outbox.again(message.key, now + wait, failure.reason);
    }
    case 'gone':
      await outbox.keep(message.key, 'failed', failure.code, failure.reason, now);
      await store.commit({
        changes: [{ kind: 'group.gone', chatId: message.to.chatId, state: 'left' }],
        messages: [],
        audit: [
          {
            id: ids.next('audit'),
            at: now,
            actor: 'delivery',
            chatId: message.to.chatId,
            action: 'group.gone',
            subject: message.to.chatId,
            after: failure.code,
          },
        ],
      });
      return;
    case 'refused':
      return outbox.keep(message.key, 'failed', failure.code, failure.reason, now);
    case 'misconfigured':
      return outbox.keep(message.key, 'held', failure.code, failure.reason, now);
  }
}

/** 1 s, 2 s, 4 s … up to five minutes, each moved by up to a half, by a fixed jitter of the key so that a burst does not come back as one. */
function backoffMs({ key, attempts }: Leased): number {
  const base = Math.min(1000 * 2 ** Math.min(attempts - 1, 10), MAX_BACKOFF_MS);
  let hash = attempts;
  for (const char of key) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return base + (base / 2) * ((hash % 1000) / 1000);
}
