import { schedule } from 'node-cron';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Time } from '../ports/time.ts';

/** Calls `beat` once a minute until the returned function is called. Tests and the demo give one that follows a movable clock. */
export type Heartbeat = (beat: (now: Instant) => Promise<void>) => () => Promise<void> | void;

/** The one timer of the program. A beat that takes longer than a minute is not overlapped by the next. */
export const cronHeartbeat =
  (time: Time): Heartbeat =>
  (beat) => {
    const task = schedule('* * * * *', () => beat(time.now()), { noOverlap: true });
    return () => task.destroy();
  };
