import type { Instant } from '../domain/calendar/local-date.ts';
import { escalate } from '../features/findings/escalate-round.ts';
import { fetchImports } from '../features/imports/fetch-imports-round.ts';
import { noticeRound } from '../features/notices/notice-round.ts';
import { linkPeople } from '../features/people/link-people-round.ts';
import { fireReminders } from '../features/reminders/fire-reminders-round.ts';
import { selfAlarm } from '../features/reminders/self-alarm-round.ts';
import { missingProgress } from '../features/tasks/missing-progress-round.ts';
import { pursue } from '../features/tasks/pursue-round.ts';
import type { Core } from './core.ts';
import { stackOf } from './stack-of.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Ten minutes of the busiest app fit in one purge. */
const PURGE_ROWS = 5000;
/** Lark redelivers within 7 hours and an event older than a day is refused; a week leaves room for both. */
const INBOX_MS = 7 * DAY_MS;
/** 状态 and later reports look back a month. */
const SENT_MS = 31 * DAY_MS;

/** Something that the heartbeat looks after. */
interface Round {
  /** Of the log and the counter. */
  readonly name: string;
  /** In which minutes it runs: all, or those that leave `rest` when divided by `minutes`. */
  readonly every?: { readonly minutes: number; readonly rest: number };
  readonly run: (core: Core, now: Instant) => Promise<void>;
}

/** In this order: what must leave in its minute comes first, what asks Lark after it. */
const ROUNDS: readonly Round[] = [
  { name: 'reminders', run: fireReminders },
  { name: 'escalations', run: escalate },
  { name: 'pursuits', run: pursue },
  { name: 'missing progress', run: missingProgress },
  { name: 'self-alarm', run: selfAlarm },
  { name: 'accounts', run: linkPeople },
  { name: 'imports', run: fetchImports },
  { name: 'notices', run: noticeRound },
  // Throwing away is a write, and a write waits for the disk: not each minute.
  { name: 'purge', every: { minutes: 10, rest: 7 }, run: purge },
];

/** The heartbeat, once a minute. A round that fails is logged and counted, and stops no other. */
export async function tick(core: Core, now: Instant): Promise<void> {
  const minute = Math.floor(now / MINUTE_MS);
  for (const { name, every, run } of ROUNDS) {
    if (every && minute % every.minutes !== every.rest) continue;
    try {
      await run(core, now);
    } catch (error) {
      core.log.error({ round: name, error: stackOf(error) }, 'a round of the heartbeat failed');
      core.count('dudao_round_failures_total', { round: name });
    }
  }
  core.wake();
}

async function purge(core: Core, now: Instant): Promise<void> {
  const before = { inbox: now - INBOX_MS, sent: now - SENT_MS, pace: now - DAY_MS };
  await core.store.purge(before, PURGE_ROWS, { id: core.ids.next('audit'), at: now });
}
