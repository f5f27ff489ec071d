import type { Heartbeat } from '../../src/homes/heartbeat.ts';
import type { VirtualTime } from './virtual-time.ts';

const MINUTE_MS = 60_000;

export interface VirtualHeartbeat {
  readonly heartbeat: Heartbeat;
  /** No more beats until `wake`: what a bot that is down does about its reminders. */
  sleep(): void;
  wake(): void;
  /** Resolves once no beat is under way. */
  rest(): Promise<unknown>;
}

/** The heartbeat on a clock that only moves when told: one beat at each full minute that the clock passes, none of them skipped. */
export function virtualHeartbeat(time: VirtualTime): VirtualHeartbeat {
  let woken = Promise.resolve();
  let wake = () => {};
  let underWay: Promise<unknown> = Promise.resolve();

  const heartbeat: Heartbeat = (beat) => {
    let beating = true;
    const next = () => (Math.floor(time.now() / MINUTE_MS) + 1) * MINUTE_MS;
    const go = async () => {
      while (beating) {
        await time.until(next());
        await woken;
        if (!beating) return;
        // The clock waits for it, unless it hangs; the next beat does not.
        underWay = Promise.all([underWay, time.during(beat(time.now()))]);
      }
    };
    void go();
    return () => {
      beating = false;
    };
  };

  return {
    heartbeat,
    sleep() {
      woken = new Promise((resolve) => {
        wake = resolve;
      });
    },
    wake: () => wake(),
    rest: () => underWay,
  };
}
