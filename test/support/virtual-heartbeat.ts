import type { Heartbeat } from '../../src/homes/heartbeat.ts';
import type { VirtualTime } from './virtual-time.ts';

const MINUTE_MS = 60_000;

/** The heartbeat on a clock that only moves when told: one beat at each full minute that the clock passes, none of them skipped. */
export const virtualHeartbeat =
  (time: VirtualTime): Heartbeat =>
  (beat) => {
    let beating = true;
    const next = () => (Math.floor(time.now() / MINUTE_MS) + 1) * MINUTE_MS;
    const go = async () => {
      while (beating) {
        await time.until(next());
        if (beating) await time.during(beat(time.now()));
      }
    };
    void go();
    return () => {
      beating = false;
    };
  };
