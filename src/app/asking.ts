import { alone, asking, type Budget } from './budget.ts';
import type { Core } from './core.ts';
import type { AskingRound } from './tick.ts';

/** One run of a round that asks Lark, within its budget and the home's. Never rejects. */
export async function ask(given: Core, round: AskingRound, more?: Budget): Promise<void> {
  const { core, budget } = asking(given, more);
  await alone(core, round.name, () => round.run(core, core.time.now(), budget));
  given.wake();
}

export interface AskingLoop {
  /** Runs it, or once more when it is running. Resolves when it rests again. */
  wake(): Promise<void>;
  /** Begins no more; resolves once what is under way is over. */
  close(): Promise<void>;
}

/** The loop of one round: an answer of Lark that does not come holds up what this round asks, and nothing else. */
export function askingLoop(core: Core, round: AskingRound): AskingLoop {
  let woken = false;
  let closed = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (woken && !closed) {
      woken = false;
      await ask(core, round);
    }
    running = undefined;
  };
  return {
    wake() {
      woken = true;
      running ??= run();
      return running;
    },
    async close() {
      closed = true;
      await running;
    },
  };
}
