import type { Instant } from '../domain/calendar/local-date.ts';
import { escalate } from '../features/findings/escalate-round.ts';
import { offerHeld } from '../features/groups/offer-held-round.ts';
import { fetchImports, IMPORTS } from '../features/imports/fetch-imports-round.ts';
import { noticeRound } from '../features/notices/notice-round.ts';
import { linkPeople } from '../features/people/link-people-round.ts';
import { askForDays } from '../features/programs/milestone-round.ts';
import { fireReminders } from '../features/reminders/fire-reminders-round.ts';
import { selfAlarm } from '../features/reminders/self-alarm-round.ts';
import { missingProgress } from '../features/tasks/missing-progress-round.ts';
import { pursue } from '../features/tasks/pursue-round.ts';
import { alone, type Budget } from './budget.ts';
import type { Core, WithoutLark } from './core.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Ten minutes of the busiest app fit in one purge. */
const PURGE_ROWS = 5000;
/** Lark redelivers within 7 hours and an event older than a day is refused; a week leaves room for both. */
const INBOX_MS = 7 * DAY_MS;
/** 状态 and later reports look back a month. */
const SENT_MS = 31 * DAY_MS;

interface Named {
  /** Of the log and the counter. */
  readonly name: string;
  /** It runs in the minutes that leave `minute` (0 when absent) when divided by this. */
  readonly everyMinutes: number;
  readonly minute?: number;
}

/** What must leave in its minute (fire), and what may wait for it (keep). It cannot ask Lark: an outage must not hold up the others. */
interface OwnRound extends Named {
  readonly kind: 'fire' | 'keep';
  readonly run: (core: WithoutLark, now: Instant, budget: Budget) => Promise<void>;
}

/** What asks Lark: it runs beside the beat, in a loop of its own (asking.ts). */
export interface AskingRound extends Named {
  readonly kind: 'ask';
  readonly run: (core: Core, now: Instant, budget: Budget) => Promise<void>;
}

/** What the heartbeat looks after, in this order within a kind. */
const ROUNDS: readonly (OwnRound | AskingRound)[] = [
  { name: 'reminders', everyMinutes: 1, kind: 'fire', run: fireReminders },
  { name: 'escalations', everyMinutes: 1, kind: 'fire', run: escalate },
  { name: 'pursuits', everyMinutes: 1, kind: 'fire', run: pursue },
  // Beside the full hour and the purge.
  { name: 'missing progress', everyMinutes: 10, minute: 2, kind: 'fire', run: missingProgress },
  { name: 'days of milestones', everyMinutes: 10, minute: 4, kind: 'fire', run: askForDays },
  // A setting of its time is a multiple of five, so that it is looked at in the minute after.
  { name: 'self-alarm', everyMinutes: 5, minute: 1, kind: 'fire', run: selfAlarm },
  { name: 'held messages', everyMinutes: 5, minute: 3, kind: 'fire', run: offerHeld },
  { name: 'held back', everyMinutes: 1, kind: 'keep', run: probeHeld },
  // Throwing away is a write, and a write waits for the disk: not each minute.
  { name: 'purge', everyMinutes: 10, minute: 7, kind: 'keep', run: purge },
  { name: 'accounts', everyMinutes: 1, kind: 'ask', run: linkPeople },
  { name: IMPORTS, everyMinutes: 1, kind: 'ask', run: (core, _, budget) => fetchImports(core, budget) },
  { name: 'notices', everyMinutes: 1, kind: 'ask', run: noticeRound },
];

const OWN = ROUNDS.filter((round) => round.kind !== 'ask').toSorted(
  (a, b) => Number(a.kind === 'keep') - Number(b.kind === 'keep'),
);
export const ASKING: readonly AskingRound[] = ROUNDS.filter((round) => round.kind === 'ask');

export const isDue = ({ everyMinutes, minute = 0 }: Named, now: Instant): boolean =>
  Math.floor(now / MINUTE_MS) % everyMinutes === minute;

/** A beat under way: which round it is in, and whether another beat has taken over. */
export interface Beat {
  round?: string;
  isOverdue: boolean;
  /** What the home allows, besides. */
  readonly budget?: Budget;
}

/**
 * The heartbeat, once a minute: all but what asks Lark. A round that fails is logged and counted, and stops no other. `after` is the round in
 * which the beat before hangs: this one begins behind it, so that a round that always hangs keeps none of the others from its turn.
 */
export async function tick(
  core: WithoutLark,
  now: Instant,
  beat: Beat = { isOverdue: false },
  after?: string,
): Promise<void> {
  const { budget: more } = beat;
  const budget: Budget = { lasts: () => !beat.isOverdue && more?.lasts() !== false, atOnce: more?.atOnce };
  const first = OWN.findIndex(({ name }) => name === after) + 1;
  for (const round of [...OWN.slice(first), ...OWN.slice(0, first)]) {
    if (beat.isOverdue) return;
    if (!isDue(round, now)) continue;
    beat.round = round.name;
    await alone(core, round.name, () => round.run(core, now, budget));
  }
  core.wake();
}

/** Whether what Lark refused every message for is mended: one of them is tried, and takes the others along once it is sent. */
async function probeHeld({ outbox }: WithoutLark, now: Instant): Promise<void> {
  await outbox.probe(now, now - MINUTE_MS);
}

async function purge(core: WithoutLark, now: Instant): Promise<void> {
  const before = { inbox: now - INBOX_MS, sent: now - SENT_MS, pace: now - DAY_MS };
  await core.store.purge(before, PURGE_ROWS, { id: core.ids.next('audit'), at: now });
}
