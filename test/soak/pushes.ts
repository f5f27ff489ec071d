import { type Instant, wallClock } from '../../src/domain/calendar/local-date.ts';
import { fireAt, sentAt } from '../../src/domain/reminders/spread.ts';

const MINUTE_MS = 60_000;
/** A beat that finds no process alive leaves its groups to the next one. */
const BEAT_MS = MINUTE_MS;
/** After a failure the next attempt waits as long as all before it together, and by its jitter half as long again; so may the one behind it. */
const PATIENCE = 3;

/** A time in which Lark did not answer as it should, or a process lay dead or frozen. */
export interface Bad {
  readonly from: Instant;
  readonly to: Instant;
}

/** A push that was ordered before the run. */
export interface Ordered {
  readonly chatId: string;
  readonly nominalAt: Instant;
}

/** What stands in the tables of a push. */
export interface Kept extends Ordered {
  readonly outcome: string;
  readonly arrivedAt: Instant | undefined;
}

/** The next whole minutes, two apart, as a rule names them. */
export function nominals(from: Instant, minutes: number): readonly { readonly at: Instant; readonly word: string }[] {
  const first = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
  return Array.from({ length: Math.min(10, Math.max(1, Math.floor(minutes / 2))) }, (_, n) => {
    const at = first + n * 2 * MINUTE_MS;
    return { at, word: wallClock(at, 'Asia/Shanghai').time };
  });
}

/** Those whose time, with all that it may be put off by, was over when the run ended. */
export function pushBreaches(
  ordered: readonly Ordered[],
  kept: readonly Kept[],
  bad: readonly Bad[],
  endedAt: Instant,
): { readonly late: readonly string[]; readonly counted: number; readonly mostLateMs: number } {
  const found = new Map(kept.map((push) => [`${push.chatId} ${push.nominalAt}`, push]));
  const judged = ordered.flatMap(({ chatId, nominalAt }) => {
    const dueAt = sentAt(fireAt(nominalAt, chatId));
    const push = found.get(`${chatId} ${nominalAt}`);
    if (push?.outcome === 'empty') return [];
    const until = push?.arrivedAt ?? endedAt;
    const badMs = bad.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, until) - Math.max(from, dueAt)), 0);
    const isLate = until > dueAt + BEAT_MS + badMs * PATIENCE;
    if (push?.arrivedAt === undefined && !isLate) return [];
    const lateMs = Math.max(0, until - dueAt);
    return [
      { isLate, lateMs, is: `${chatId}, ${lateMs} ms late, of them ${badMs} bad: ${push?.outcome ?? 'unfired'}` },
    ];
  });
  return {
    late: judged.filter(({ isLate }) => isLate).map(({ is }) => `a push came too late: ${is}`),
    counted: judged.length,
    mostLateMs: Math.max(0, ...judged.map(({ lateMs }) => lateMs)),
  };
}
