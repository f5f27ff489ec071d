import type { Emulator } from '../../src/emulator/server.ts';
import { systemTime } from '../../src/homes/system-time.ts';
import type { Bot } from './fleet.ts';
import { RESET_SECONDS } from './record.ts';

const MESSAGES = { path: '^/open-apis/im/v1/messages' };

export interface Trouble {
  readonly name: string;
  make(): Promise<void>;
}

const pause = (ms: number): Promise<void> => systemTime.until(systemTime.now() + ms);

/** A process that stood still from `from` to `to`. */
export interface Frozen {
  readonly bot: number;
  readonly from: number;
  readonly to: number;
}

/** Longer than a lease: what it has taken, others take. */
const FROZEN_MS = 16_000;

interface Stage {
  readonly lark: Emulator;
  readonly bots: readonly Bot[];
  readonly draw: () => number;
  /** Told of each death; what it gives is told of the restart. */
  readonly died: () => () => void;
  readonly frozen: Frozen[];
}

/** Everything that goes wrong in a year, drawn by the seed. */
export function troublesOf({ lark, bots, draw, died, frozen }: Stage): readonly Trouble[] {
  const { control } = lark;
  const at = () => Math.floor(draw() * bots.length);
  const one = () => bots[at()];
  const freeze = async (bot: number, ms: number): Promise<void> => {
    bots[bot]?.freeze();
    const from = systemTime.now();
    await pause(ms);
    // Told before it can move.
    frozen.push({ bot, from, to: systemTime.now() });
    bots[bot]?.thaw();
  };
  const again = async (signal: NodeJS.Signals): Promise<void> => {
    const bot = one();
    await bot?.kill(signal);
    const born = died();
    await pause(draw() * 500);
    await bot?.live();
    born();
  };
  return [
    { name: 'kill -9', make: () => again('SIGKILL') },
    { name: 'restart', make: () => again('SIGTERM') },
    {
      name: 'kill -9 while a send is under way',
      async make() {
        const held = control.fault({ kind: draw() < 0.5 ? 'holdBeforeStore' : 'holdAfterStore', match: MESSAGES });
        await Promise.race([held.reached, pause(3000)]);
        const gone = again('SIGKILL');
        await pause(50);
        held.release();
        await gone;
      },
    },
    { name: 'frozen for a moment', make: () => freeze(at(), 1000 + draw() * 4000) },
    {
      name: 'frozen beyond its lease, while a send is under way',
      async make() {
        const held = control.fault({
          kind: draw() < 0.5 ? 'holdBeforeStore' : 'holdAfterStore',
          match: MESSAGES,
          times: 3,
        });
        await Promise.race([held.reached, pause(3000)]);
        const still = freeze(at(), FROZEN_MS);
        await pause(500);
        held.release();
        await still;
      },
    },
    {
      name: 'too many requests, with a reset',
      async make() {
        control.fault({ kind: '429', resetSeconds: RESET_SECONDS, match: MESSAGES });
        await pause(RESET_SECONDS * 1000);
      },
    },
    {
      name: 'a storm without a reset',
      async make() {
        control.fault({ kind: 'code', code: 230020, match: MESSAGES, times: 10 });
        await pause(1000);
      },
    },
    {
      name: 'Lark out of reach',
      async make() {
        const out = control.fault({ kind: 'reset', times: 1_000_000 });
        await pause(2000 + draw() * 4000);
        out.release();
      },
    },
    {
      name: 'Lark silent',
      async make() {
        const out = control.fault({ kind: 'hang', match: MESSAGES, times: 1_000_000 });
        await pause(1000 + draw() * 4000);
        out.release();
      },
    },
    {
      name: 'stored, and said to have failed',
      async make() {
        control.fault({ kind: draw() < 0.5 ? 'storeThen500' : 'storeThenReset', match: MESSAGES, times: 5 });
        await pause(500);
      },
    },
  ];
}
