import { schedule } from 'node-cron';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Log } from '../ports/log.ts';
import type { Time } from '../ports/time.ts';

/** Calls `beat` once a minute until the returned function is called. Tests and the demo give one that follows a movable clock. */
export type Heartbeat = (beat: (now: Instant) => Promise<void>) => () => Promise<void> | void;

/** The one timer of the program. A beat that takes longer than a minute is not overlapped by the next. */
export const cronHeartbeat =
  (time: Time, log: Log): Heartbeat =>
  (beat) => {
    // Its own words (a beat missed, one still running) would go to the console otherwise.
    const say = (level: 'info' | 'warn' | 'error' | 'debug') => (words: string | Error) =>
      log[level]({ cron: String(words) }, 'the heartbeat is out of step');
    const logger = { info: say('info'), warn: say('warn'), error: say('error'), debug: say('debug') };
    const task = schedule('* * * * *', () => beat(time.now()), { noOverlap: true, logger });
    return () => task.destroy();
  };
