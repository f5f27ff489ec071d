import type { Instant } from '../domain/calendar/local-date.ts';
import type { Messenger, Result } from '../ports/messenger.ts';
import type { Core, WithoutLark } from './core.ts';
import { stackOf } from './stack-of.ts';

/** What a round may still spend. It is asked between two items, so that none is cut off in the middle. */
export interface Budget {
  /** False once time, calls or Lark's patience are used up, or another beat has taken over: what is left over comes with the next run. */
  lasts(): boolean;
}

/** Less than a minute, so that a round has its turn each minute: the call that is under way then may take ten seconds more. */
const ASKING_MS = 45_000;
/** Of the 1,000 a minute that Lark allows each of its APIs; a listing of a large group counts as one and takes several. */
const MAX_CALLS = 100;
/** So many calls without an answer mean that Lark is away: the next minute tries again, and nobody waits for the rest of them. */
const MAX_UNANSWERED = 3;

/** The budget of one run of a round that asks Lark, and the core whose calls are charged to it. */
export function asking(core: Core, until: Instant = core.time.now() + ASKING_MS): { core: Core; budget: Budget } {
  let calls = 0;
  let unanswered = 0;
  const charged =
    <Given extends readonly unknown[], T>(call: (...given: Given) => Promise<Result<T>>) =>
    async (...given: Given): Promise<Result<T>> => {
      calls += 1;
      const result = await call(...given);
      if (!result.ok && result.failure.kind === 'retry') unanswered += 1;
      return result;
    };
  const { messenger } = core;
  const metered: Messenger = {
    send: charged(messenger.send),
    update: charged(messenger.update),
    botOpenId: charged(messenger.botOpenId),
    chatMembers: charged(messenger.chatMembers),
    readers: charged(messenger.readers),
    openIdsByMobile: charged(messenger.openIdsByMobile),
    upload: charged(messenger.upload),
    fileOf: charged(messenger.fileOf),
    download: charged(messenger.download),
  };
  const lasts = () => calls < MAX_CALLS && unanswered < MAX_UNANSWERED && core.time.now() < until;
  return { core: { ...core, messenger: metered }, budget: { lasts } };
}

/** Does something to each of them, while the budget lasts. One that fails is logged and counted under the round's name, and stops no other. */
export async function each<Item>(
  { core, round, budget }: { readonly core: WithoutLark; readonly round: string; readonly budget: Budget },
  items: readonly Item[],
  one: (item: Item) => Promise<void>,
): Promise<void> {
  for (const item of items) {
    if (!budget.lasts()) return;
    await alone(core, round, () => one(item));
  }
}

/** Whether it was done. Never rejects. */
export async function alone(core: WithoutLark, round: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    core.log.error({ round, error: stackOf(error) }, 'a step of the heartbeat failed');
    core.count('dudao_round_failures_total', { round });
    return false;
  }
}
