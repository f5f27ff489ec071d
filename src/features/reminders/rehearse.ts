import type { Doc } from '../../cards/views.ts';
import { addDays, type Instant, instantAt, MINUTE_MS, wallClock } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import type { ReminderContent } from '../../domain/reminders/contents.ts';
import { nextByCalendar } from '../../domain/reminders/follow-calendar.ts';
import { isOver, nextOccurrence, nextOccurrences } from '../../domain/reminders/recurrence.ts';
import { DEFAULT_RULES } from '../../domain/reminders/reminder.ts';
import { besidesPeak, fireAt } from '../../domain/reminders/spread.ts';
import { waitsUntil } from '../../domain/settings.ts';
import type { PlannedPush, Preview } from '../../language/preview.ts';
import { decideOccurrence, type Occurrence } from './occurrence.ts';
import { type Pusher, pushCard } from './push.ts';
import { pushAgain } from './push-again.ts';

/** All groups of a city; a rehearsal of more would be no reading matter. */
const MAX_GROUPS = 1_000;

interface Looking {
  readonly now: Instant;
  readonly told: Parameters<Preview['pushes']>[2];
}

/** What a handler may ask of the days to come, from the instant `now`. */
export const lookAhead = (core: Pusher, now: Instant): Preview => ({
  async pushes(chatId, span, told) {
    const end = instantAt(addDays(span.to, 1), '00:00', core.zone);
    const settings = await core.store.settings();
    const planned: PlannedPush[] = [];
    for (const { group, rules } of await core.store.dueRules(end, MAX_GROUPS)) {
      if (chatId === undefined || group.chatId === chatId)
        planned.push(...(await pushesOf(core, { group, rules, settings }, { span, now, told })));
    }
    return planned.sort((a, b) => a.sendAt - b.sendAt || (a.group.chatId < b.group.chatId ? -1 : 1));
  },

  async next(group, rule) {
    const calendar = core.calendar.ofUnit(group.unit?.id);
    const [nominalAt] = nextOccurrences(rule, now, core.zone, calendar, 1);
    if (nominalAt === undefined) return undefined;
    const of = { group, rules: [rule], nominalAt, settings: await core.store.settings() };
    const push = await planned(core, of, { now, told: 'as of now' });
    // A sample is nobody's to confirm.
    return push && { ...push, doc: push.bare };
  },

  today: (group, contents) => todaysPush(core, group, contents, now),

  again: (group, nominalAt) => pushAgain(core, group, nominalAt, now),
});

/** Without mentions, as whatever is only asked for. */
async function todaysPush(
  core: Pusher,
  group: WorkGroup,
  asked: readonly ReminderContent[],
  now: Instant,
): Promise<Doc | undefined> {
  const { zone, store } = core;
  const [rules, settings] = await Promise.all([store.rules(group.chatId), store.settings()]);
  const today = wallClock(now, zone).date;
  const midnight = instantAt(today, '00:00', zone);
  const calendar = core.calendar.ofUnit(group.unit?.id);
  const due = rules.filter((rule) => {
    const [next] = nextOccurrences(rule, midnight - 1, zone, calendar, 1);
    return rule.enabled && next !== undefined && wallClock(next, zone).date === today;
  });
  // A group that is told nothing today, or a unit without one, is shown what a day brings.
  const usual = due.length > 0 ? due : DEFAULT_RULES.filter(({ recurrence }) => recurrence.kind === 'workdays');
  const contents = asked.length > 0 ? asked : usual.map(({ content }) => content);
  const mentions = new Map(contents.map((content) => [content, 'nobody'] as const));
  const nominalAt = instantAt(today, usual[0]?.time ?? '08:30', zone);
  const card = await pushCard(core, { group, contents, mentions, nominalAt, now, seenAt: now, late: false, settings });
  return card?.doc;
}

/** Rules that meet at one nominal time make one card, as they do when the heartbeat finds them due. */
async function pushesOf(
  core: Pusher,
  { group, rules, settings }: Omit<Occurrence, 'nominalAt'>,
  { span, now, told }: Looking & { readonly span: Span },
): Promise<readonly PlannedPush[]> {
  const { zone } = core;
  const calendar = core.calendar.ofUnit(group.unit?.id);
  const [start, end] = [instantAt(span.from, '00:00', zone), instantAt(addDays(span.to, 1), '00:00', zone)];
  const occurrences = rules.flatMap((rule) => {
    const after = (at: Instant) => nextOccurrence(rule.recurrence, rule.time, at, zone, calendar);
    const times: { readonly rule: (typeof rules)[number]; readonly at: Instant }[] = [];
    // A calendar entered in this minute is followed by the next beat; what it moves is rehearsed as moved.
    const first =
      rule.calendarVersion === core.calendar.version ? rule.nominalAt : nextByCalendar(rule, now, zone, calendar);
    for (let at = first < start ? after(start - 1) : first; at < end && !isOver(rule, at, zone); at = after(at))
      times.push({ rule, at });
    return times;
  });
  const pushes: PlannedPush[] = [];
  for (const [nominalAt, meeting] of Map.groupBy(occurrences, ({ at }) => at)) {
    const met = meeting.map(({ rule }) => rule);
    const push = await planned(core, { group, rules: met, nominalAt, settings }, { now, told });
    if (push) pushes.push(push);
  }
  return pushes;
}

/** The heartbeat beats at whole minutes: the first one that finds the rules due decides, and what it decides leaves at once. */
async function planned(
  core: Pusher,
  occurrence: Occurrence,
  { now, told }: Looking,
): Promise<(PlannedPush & { readonly bare: Doc }) | undefined> {
  const { group, nominalAt, settings } = occurrence;
  const due = beatOf(Math.max(fireAt(nominalAt, group.chatId), now));
  const quietUntil = waitsUntil(settings, group.chatId, besidesPeak(due), core.zone);
  const beat = quietUntil === undefined ? due : beatOf(fireAt(quietUntil, group.chatId));
  const { doc, bare = doc } = await decideOccurrence(core, occurrence, beat, told === 'as sent' ? beat : now);
  return doc && bare && { group, nominalAt, sendAt: besidesPeak(beat), doc, bare };
}

const beatOf = (due: Instant): Instant => Math.ceil(due / MINUTE_MS) * MINUTE_MS;
