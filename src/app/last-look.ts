import type { Instant } from '../domain/calendar/local-date.ts';
import type { Failure } from '../ports/messenger.ts';
import type { Api, Leased } from '../ports/outbox.ts';
import type { Core } from './core.ts';
import { isToBeMade, lookAgain } from './look-again.ts';

/** Who sends, and what this process knows before the store does. */
export interface Sending {
  readonly taker: string;
  readonly leaseMs: number;
  /** Until when Lark wants no call of an API: its word of this moment, which is only being written down for the other processes. */
  readonly shut: Map<Api, Instant>;
  /** The last call did not reach Lark. */
  unreached?: boolean;
}

/** A call that may be made: the row says that it may have reached Lark from now on. */
export interface Attempt {
  /** The content as it leaves: it may have been made again. */
  readonly content: string;
  /** No earlier call can have reached Lark. */
  readonly first: boolean;
  readonly attempts: number;
  readonly firstSentAt: Instant;
}

/**
 * Immediately before the call: the lease is still ours, Lark takes calls of this API, as far as any process has learnt, and what waited
 * without having been tried says what is so now. Undefined when there is to be no call; what only has to wait was then given back.
 */
export async function lastLook(core: Core, given: Leased, { leaseMs, shut }: Sending): Promise<Attempt | undefined> {
  const { outbox, time } = core;
  let message = isToBeMade(given, time.now()) ? await lookAgain(core, given) : given;
  if (!message) return undefined;
  const first = message.firstSentAt === undefined;
  const wait = (until: Instant, why = '平台要求稍后再发') => outbox.again(given, until, why, first);
  let begun = await outbox.begin(message, time.now(), leaseMs);
  if (begun.kind === 'moved') {
    message = await lookAgain(core, message);
    if (!message) return undefined;
    begun = await outbox.begin(message, time.now(), leaseMs);
  }
  if (begun.kind === 'moved') await wait(time.now(), '内容又有变化');
  if (begun.kind === 'shut') await wait(begun.until);
  if (begun.kind === 'form') await wait(begun.until, '卡片里的表单正在填写');
  if (begun.kind === 'outdated') await outbox.updated(message.key, message.uuid, time.now(), '卡片已换成别的内容');
  if (begun.kind !== 'go') return undefined;
  const until = shut.get(message.api) ?? 0;
  if (until <= time.now())
    return { first, content: message.content, attempts: begun.attempts, firstSentAt: begun.firstSentAt };
  await wait(until);
  return undefined;
}

/** A call that was refused for coming too often: what Lark said holds for every process, here from this very moment. */
export async function noteLimit(core: Core, { api }: Leased, failure: Failure, { shut }: Sending): Promise<void> {
  if (failure.kind !== 'retry' || failure.limit !== 'api') return;
  const now = core.time.now();
  // A wait of nothing says as little as none.
  const until = failure.afterMs ? now + failure.afterMs : undefined;
  if (until !== undefined) shut.set(api, Math.max(shut.get(api) ?? 0, until));
  await core.outbox.refused(api, now, until);
}
