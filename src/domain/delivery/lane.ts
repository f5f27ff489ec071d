import type { Instant } from '../calendar/local-date.ts';

/** Lark counts the calls of each API of an app by itself: 50 in any second and 1,000 in any minute (frequency control). */
export interface Lane {
  /** No call has a slot at or after this one yet. */
  readonly next: Instant;
  /** As `next`, of calls that can wait. */
  readonly bulk: Instant;
  /** Calls by second of the clock, as far as they still count. */
  readonly counts: readonly (readonly [second: number, calls: number])[];
  /** No call before this: Lark's own word. */
  readonly shut: Instant;
  /** From one call to the next, ms; more than GAP_MS after a storm of refusals. */
  readonly gap: number;
  /** Of that storm: the refusals that have not widened the gap yet. */
  readonly refusals: readonly Instant[];
  /** From when on the quiet counts that narrows the gap again. */
  readonly quietSince: Instant;
}

/** What is asked of a lane: so many calls; `bulk`, when nobody waits for them. */
export interface Want {
  readonly calls: number;
  readonly bulk: boolean;
}

/** 48 in any second: two stay for calls that the network brings together. */
const GAP_MS = 21;
/**
 * Every third slot: what can wait leaves evenly, at 95 % of what a minute holds, so that whoever waits for an answer finds a slot in the
 * same second and a call in the same minute. Taken as fast as Lark allows, 1,000 pushes would shut the API for the forty seconds after.
 */
const BULK_GAP_MS = 3 * GAP_MS;
const PER_MINUTE = 1_000;
/** Whole seconds of the clock in which any 61 s lie: a second more than Lark counts, for what the network delays. */
const SECONDS = 62;

/** So many refusals without a word how long to wait, within STORM_MS, make a storm. */
const STORM = 3;
const STORM_MS = 10_000;
const QUIET_MS = 10_000;
const WIDEST_GAP_MS = 1_000;

/** A slot is never further away than a minute and a gap, and Lark never shuts for longer than an hour: what is, a clock set back left. */
const FAR_MS = 120_000;
const LONGEST_SHUT_MS = 3_600_000;

export const OPEN_LANE: Lane = { next: 0, bulk: 0, counts: [], shut: 0, gap: GAP_MS, refusals: [], quietSince: 0 };

/** The next slots of a lane, from now on, and the lane without them. */
export function grant(
  lane: Lane,
  { calls, bulk }: Want,
  now: Instant,
): { readonly lane: Lane; readonly slots: readonly Instant[] } {
  const { shut, gap, ...rest } = calmed(lane, now);
  const counts = new Map(rest.counts);
  let { next, bulk: nextBulk } = rest;
  const slots: Instant[] = [];
  for (let call = 0; call < calls; call += 1) {
    const at = withinMinute(counts, Math.max(now, shut, next, bulk ? nextBulk : 0));
    slots.push(at);
    counts.set(secondOf(at), (counts.get(secondOf(at)) ?? 0) + 1);
    next = at + gap;
    if (bulk) nextBulk = at + Math.max(gap, BULK_GAP_MS);
  }
  const kept = [...counts].filter(([second]) => second > secondOf(Math.max(now, next)) - SECONDS);
  return { lane: { ...rest, shut, gap, next, bulk: nextBulk, counts: kept }, slots };
}

/** The first slot that a call would get. */
export const firstSlot = (lane: Lane, bulk: boolean, now: Instant): Instant =>
  grant(lane, { calls: 1, bulk }, now).slots[0] ?? now;

/** Lark said when it takes calls again. */
export const shutUntil = (lane: Lane, until: Instant): Lane => ({ ...lane, shut: Math.max(lane.shut, until) });

/** Lark refused a call for its frequency and did not say for how long. */
export function refusedBare(lane: Lane, now: Instant): Lane {
  const calm = calmed(lane, now);
  const refusals = [...calm.refusals.filter((at) => at > now - STORM_MS && at <= now), now];
  if (refusals.length < STORM) return { ...calm, refusals, quietSince: now };
  return { ...calm, refusals: [], quietSince: now, gap: Math.min(calm.gap * 2, WIDEST_GAP_MS) };
}

/** What the clock has done to the lane since. */
function calmed(lane: Lane, now: Instant): Lane {
  let { gap, quietSince } = lane.quietSince > now ? { ...lane, quietSince: now } : lane;
  for (; gap > GAP_MS && now - quietSince >= QUIET_MS; quietSince += QUIET_MS)
    gap = Math.max(Math.floor(gap / 2), GAP_MS);
  const near = (instant: Instant, far: number) => (instant > now + far ? now : instant);
  return {
    ...lane,
    gap,
    quietSince,
    next: near(lane.next, FAR_MS),
    bulk: near(lane.bulk, FAR_MS),
    shut: near(lane.shut, LONGEST_SHUT_MS),
  };
}

const secondOf = (instant: Instant): number => Math.floor(instant / 1_000);

/** The first instant from `at` on in whose last SECONDS seconds there is room for one call more. Slots only grow, so none stands behind it. */
function withinMinute(counts: ReadonlyMap<number, number>, at: Instant): Instant {
  for (let slot = at; ; slot = (secondOf(slot) + 1) * 1_000) {
    let calls = 0;
    for (const [second, some] of counts)
      if (second > secondOf(slot) - SECONDS && second <= secondOf(slot)) calls += some;
    if (calls < PER_MINUTE) return slot;
  }
}
