import type { Instant } from '../domain/calendar/local-date.ts';
import { type AskingLoop, askingLoop } from './asking.ts';
import type { Core } from './core.ts';
import { ASKING, type AskingRound, type Beat, isDue, tick } from './tick.ts';

/** Neither a beat nor the end of one for this long is reported by /readyz. */
const SILENT_MS = 3 * 60_000;

/** What a process that stays does each minute. */
export interface Pulse {
  /**
   * One beat: what must leave, then the loops that ask Lark. One that is still under way is overdue: it stops at its next step, and this one goes
   * on, as another process would. Resolves when all that it has begun is over; never rejects. The heart need not wait for it.
   */
  beat(now: Instant): Promise<void>;
  /** The round of this name has something to ask at once. */
  rouse(name: string): void;
  /** What is wrong with the heart, by the clock of now: for whoever watches the process. */
  fault(): string | undefined;
  /** Resolves once what is under way is over; what is overdue is not waited for. */
  close(): Promise<void>;
}

/** `more` are rounds that the home itself adds. */
export function pulseOf(core: Core, more: readonly AskingRound[] = []): Pulse {
  const loops = new Map<AskingRound, AskingLoop>([...ASKING, ...more].map((round) => [round, askingLoop(core, round)]));
  let begun = core.time.now();
  let ended = begun;
  let current: Beat | undefined;
  let beating: Promise<void> = Promise.resolve();

  const own = async (now: Instant): Promise<void> => {
    const before = current;
    if (before) {
      before.isOverdue = true;
      core.log.error({ round: before.round }, 'a beat is overdue; the next one goes on behind that round');
      core.count('dudao_beats_overdue_total', { round: before.round ?? '' });
    }
    const beat: Beat = { isOverdue: false };
    current = beat;
    await tick(core, now, beat, before?.round);
    ended = core.time.now();
    if (current === beat) current = undefined;
  };
  // Either way: a clock that was set back by hours has not beaten since, as far as anybody can tell.
  const isLongAgo = (instant: Instant) => Math.abs(core.time.now() - instant) > SILENT_MS;

  return {
    async beat(now) {
      begun = now;
      beating = own(now);
      const asked = [...loops].flatMap(([round, loop]) => (isDue(round, now) ? [loop.wake()] : []));
      await Promise.all([beating, ...asked]);
    },
    rouse(name) {
      for (const [round, loop] of loops) if (round.name === name) void loop.wake();
    },
    fault() {
      if (isLongAgo(begun)) return 'the heartbeat is silent';
      return isLongAgo(ended) ? 'the heartbeat hangs' : undefined;
    },
    async close() {
      await beating;
      await Promise.all([...loops.values()].map((loop) => loop.close()));
    },
  };
}
