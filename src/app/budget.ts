import type { Messenger, Result } from '../ports/messenger.ts';
import type { Core, WithoutLark } from './core.ts';
import { stackOf } from './stack-of.ts';

/** What a round may still spend. It is asked between two items, so that none is cut off in the middle. */
export interface Budget {
  /** False once time, calls or Lark's patience are used up, or another beat has taken over: what is left over comes with the next run. */
  lasts(): boolean;
  /** So many items at a time at most, where a home has to keep what is under way small. */
  readonly atOnce?: number | undefined;
}

const ENDLESS: Budget = { lasts: () => true };

/** Less than a minute, so that a round has its turn each minute: the call that is under way then may take ten seconds more. */
const ASKING_MS = 45_000;
/** Of the 1,000 a minute that Lark allows each of its APIs; a listing of a large group counts as one and takes several. */
const MAX_CALLS = 100;
/** So many calls without an answer mean that Lark is away: the next minute tries again, and nobody waits for the rest of them. */
const MAX_UNANSWERED = 3;

/** The budget of one run of a round that asks Lark, and the core whose calls are charged to it. `more` is what the home allows. */
export function asking(core: Core, more: Budget = ENDLESS): { core: Core; budget: Budget } {
  const until = core.time.now() + ASKING_MS;
  let calls = 0;
  let unanswered = 0;
  const messenger = metered(core.messenger, (answered) => {
    calls += 1;
    if (!answered) unanswered += 1;
  });
  const lasts = () => more.lasts() && calls < MAX_CALLS && unanswered < MAX_UNANSWERED && core.time.now() < until;
  return { core: { ...core, messenger }, budget: { lasts, atOnce: more.atOnce } };
}

/** `charge` hears of each call when it has ended, and whether Lark answered it. */
export function metered(messenger: Messenger, charge: (answered: boolean) => void): Messenger {
  const charged =
    <Given extends readonly unknown[], T>(call: (...given: Given) => Promise<Result<T>>) =>
    async (...given: Given): Promise<Result<T>> => {
      const result = await call(...given);
      charge(result.ok || result.failure.kind !== 'retry');
      return result;
    };
  return {
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
