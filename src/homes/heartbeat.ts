import { schedule } from 'node-cron';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Log } from '../ports/log.ts';
import type { Time } from '../ports/time.ts';

/** Calls `beat` once a minute until the returned function is called. Tests and the demo give one that follows a movable clock. */
export type Heartbeat = (beat: (now: Instant) => Promise<void>) => () => Promise<void> | void;

/** How often it is looked whether the clock was set. */
const WATCH_MS = 10_000;
/** A beat that comes late within its minute is a beat all the same. */
const LATE_MS = 59_000;

/**
 * The one timer of the program. node-cron waits for an instant of the clock: after a clock that was set back by hours it would wait for hours, and
 * after a night asleep count each minute of it as missed. So it begins anew whenever the clock has jumped. Beats may overlap: pulse.ts knows.
 */
export const cronHeartbeat =
  (time: Time, log: Log): Heartbeat =>
  (beat) => {
    // Its own words (a beat missed) would go to the console otherwise.
    const say = (level: 'info' | 'warn' | 'error' | 'debug') => (words: string | Error) =>
      log[level]({ cron: String(words) }, 'the heartbeat is out of step');
    const logger = { info: say('info'), warn: say('warn'), error: say('error'), debug: say('debug') };
    const begin = () => schedule('* * * * *', () => beat(time.now()), { logger, missedExecutionTolerance: LATE_MS });
    let task = begin();
    let last = time.now();
    const watch = setInterval(() => {
      const passed = time.now() - last;
      last += passed;
      if (passed >= 0 && passed < 2 * WATCH_MS) return;
      log.warn({ passedMs: passed }, 'the clock has jumped; the heartbeat begins anew');
      void task.destroy();
      task = begin();
    }, WATCH_MS);
    return () => {
      clearInterval(watch);
      return task.destroy();
    };
  };
