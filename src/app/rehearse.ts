import type { PlannedPush, Preview } from '../chat/preview.ts';
import { addDays, type Instant, instantAt } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import { nextOccurrence } from '../domain/schedule/recurrence.ts';
import { besidesPeak, fireAt } from '../domain/schedule/spread.ts';
import type { WorkGroup } from '../domain/work/group.ts';
import type { ReminderRule } from '../ports/rows.ts';
import { decideOccurrence } from './occurrence.ts';
import type { Pusher } from './push.ts';

const MINUTE_MS = 60_000;
/** All groups of a city; a rehearsal of more would be no reading matter. */
const MAX_GROUPS = 1_000;

/** What a handler may ask of the days to come, from the instant `now`. */
export const lookAhead = (core: Pusher, now: Instant): Preview => ({
  async pushes(chatId, span) {
    const end = instantAt(addDays(span.to, 1), '00:00', core.zone);
    const planned: PlannedPush[] = [];
    for (const { group, rules } of await core.store.dueRules(end, MAX_GROUPS)) {
      if (chatId === undefined || group.chatId === chatId)
        planned.push(...(await pushesOf(core, group, rules, span, now)));
    }
    return planned.sort((a, b) => a.sendAt - b.sendAt || (a.group.chatId < b.group.chatId ? -1 : 1));
  },

  async next(group, rule) {
    const nominalAt = nextOccurrence(rule.recurrence, rule.time, now, core.zone, core.calendar);
    return planned(core, group, [rule], nominalAt, now);
  },
});

/** Rules that meet at one nominal time make one card, as they do when the heartbeat finds them due. */
async function pushesOf(
  core: Pusher,
  group: WorkGroup,
  rules: readonly ReminderRule[],
  span: Span,
  now: Instant,
): Promise<readonly PlannedPush[]> {
  const { zone, calendar } = core;
  const [start, end] = [instantAt(span.from, '00:00', zone), instantAt(addDays(span.to, 1), '00:00', zone)];
  const occurrences = rules.flatMap((rule) => {
    const after = (at: Instant) => nextOccurrence(rule.recurrence, rule.time, at, zone, calendar);
    const times: { readonly rule: ReminderRule; readonly at: Instant }[] = [];
    for (let at = rule.nominalAt < start ? after(start - 1) : rule.nominalAt; at < end; at = after(at))
      times.push({ rule, at });
    return times;
  });
  const pushes: PlannedPush[] = [];
  for (const [nominalAt, meeting] of Map.groupBy(occurrences, ({ at }) => at)) {
    const push = await planned(
      core,
      group,
      meeting.map(({ rule }) => rule),
      nominalAt,
      now,
    );
    if (push) pushes.push(push);
  }
  return pushes;
}

/** The heartbeat beats at whole minutes: the first one that finds the rules due decides, and what it decides leaves at once. */
async function planned(
  core: Pusher,
  group: WorkGroup,
  rules: readonly ReminderRule[],
  nominalAt: Instant,
  now: Instant,
): Promise<PlannedPush | undefined> {
  const due = Math.max(fireAt(nominalAt, group.chatId), now);
  const beat = Math.ceil(due / MINUTE_MS) * MINUTE_MS;
  const { doc } = await decideOccurrence(core, group, rules, nominalAt, beat);
  return doc && { group, nominalAt, sendAt: besidesPeak(beat), doc };
}
