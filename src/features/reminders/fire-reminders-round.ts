import { alone, type Budget } from '../../app/budget.ts';
import { cardMessage } from '../../app/card-message.ts';
import { commitChanges } from '../../app/commit-changes.ts';
import type { WithoutLark } from '../../app/core.ts';
import { stackOf } from '../../app/stack-of.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { type Notice, remindAt } from '../../domain/notices/notice.ts';
import { restsUntil } from '../../domain/reminders/catch-up.ts';
import { isOver, nextOccurrences } from '../../domain/reminders/recurrence.ts';
import { besidesPeak, fireAt, LATEST_JITTER_MS } from '../../domain/reminders/spread.ts';
import { type SettingValue, waitsUntil } from '../../domain/settings.ts';
import type { Change, UnitOfWork } from '../../ports/changes.ts';
import type { ReminderRule } from '../../ports/reminders.ts';
import { collectionMessages } from '../tasks/collection.ts';
import { followedCalendar } from './follow-calendar.ts';
import { decideOccurrence } from './occurrence.ts';

/** Groups read at a time, and rounds of them in one tick: a tick of a cold start stays short, the next one goes on. */
const GROUPS = 50;
const MAX_ROUNDS = 40;
/** The calendar of one round, for all of its groups. */
type Firing = WithoutLark & {
  readonly calendar: WorkCalendar;
  readonly rulesBehind: boolean;
  readonly paused: boolean;
};

/** Fires the reminders whose time has come, whole groups at a time. */
export async function fireReminders(core: WithoutLark, now: Instant, budget: Budget): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS && budget.lasts(); round += 1) {
    const followed = await followedCalendar(core, now, budget);
    const due = followed.rulesDue ? await core.store.dueRules(now, GROUPS) : [];
    if (due.length === 0) break;
    // A pause that begins just now is kept by the outbox.
    const [settings, pause] = await Promise.all([core.store.settings(), core.store.pause()]);
    const firing: Firing = { ...core, ...followed, paused: pause !== undefined };
    const fired: boolean[] = [];
    while (fired.length < due.length && budget.lasts()) {
      const some = due.slice(fired.length, fired.length + (budget.atOnce ?? GROUPS));
      fired.push(
        ...(await Promise.all(
          some.map((one) => alone(core, 'reminders', () => fire(firing, { ...one, settings }, now))),
        )),
      );
      core.wake();
    }
    if (!fired.includes(true)) break;
  }
}

/**
 * Fires the earliest occurrence of one group; a later one that is due as well comes with the next round. A group that fails is put off
 * for some minutes, so that it neither stops the others nor spins the loop; when not even that can be written for any, the round ends.
 */
async function fire(core: Firing, found: Due, now: Instant): Promise<void> {
  const { group, rules: due } = found;
  if (await hasRuleBehind(core, found)) return;
  const quietUntil = waitsUntil(found.settings, group.chatId, besidesPeak(now), core.zone);
  if (quietUntil !== undefined) return putOff(core, group, due, quietUntil);
  const over = due.filter((rule) => isOver(rule, rule.nominalAt, core.zone));
  if (over.length > 0) await commitChanges(core.store, over.map(ended));
  const alive = due.filter((rule) => !over.includes(rule));
  if (alive.length === 0) return;
  const nominalAt = Math.min(...alive.map((rule) => rule.nominalAt));
  const rules = alive.filter((rule) => rule.nominalAt === nominalAt);
  const calendar = core.calendar.ofUnit(group.unit?.id);
  const contents = rules.map(({ content }) => content);
  // While the bot was not in the group nothing was owed to it: it goes on with what comes after its return.
  if (now > nominalAt + LATEST_JITTER_MS && found.stateAt > nominalAt) {
    await commitChanges(core.store, goneOn(core, group, rules, found.stateAt));
    return;
  }
  const restsTill = restsUntil({ nominal: nominalAt, now, contents, zone: core.zone, calendar });
  if (restsTill !== undefined) return putOff(core, group, rules, restsTill);
  try {
    const work = await occurrence(core, { ...found, rules }, now);
    const outcome = await core.store.commit(work);
    core.count('dudao_occurrences_total', { outcome });
    // The occurrence happened before these rules came to it: they go on without it.
    if (outcome === 'already')
      await commitChanges(
        core.store,
        work.changes.filter(({ kind }) => kind !== 'notice.sent'),
      );
  } catch (error) {
    core.log.error({ chatId: group.chatId, nominalAt, error: stackOf(error) }, 'a reminder failed; tried again soon');
    core.count('dudao_occurrence_failures_total');
    await putOff(core, group, rules, now);
  }
}

/**
 * A rule that somebody has just made or changed, or whose calendar has just changed: with it the group comes in the next round. Fired without
 * it, the group's occurrence would have happened before this rule came to it.
 */
async function hasRuleBehind({ store, calendar, rulesBehind }: Firing, { group, rules }: Due): Promise<boolean> {
  const isBehind = ({ enabled, calendarVersion }: ReminderRule) => enabled && calendarVersion !== calendar.version;
  return rules.some(isBehind) || (rulesBehind && (await store.rules(group.chatId)).some(isBehind));
}

const ended = ({ id, version }: ReminderRule) => ({ kind: 'rule.ended', id, seen: version }) as const;

/** What is due, and what is set. */
interface Due {
  readonly group: WorkGroup;
  readonly stateAt: Instant;
  readonly rules: readonly ReminderRule[];
  readonly settings: readonly SettingValue[];
}

/** Each rule's next occurrence after `after`, by the calendar of this moment. */
function goneOn(
  { zone, calendar }: Firing,
  { chatId, unit }: WorkGroup,
  rules: readonly ReminderRule[],
  after: Instant,
): readonly Change[] {
  const calendarVersion = calendar.version;
  const next = rules.map((rule) => ({
    rule: { ...rule, calendarVersion },
    at: nextOccurrences(rule, after, zone, calendar.ofUnit(unit?.id), 1)[0],
  }));
  return [
    ...next.flatMap(({ rule, at }) => (at === undefined ? [ended(rule)] : [])),
    ...advanced(
      next.flatMap(({ rule, at }) => (at === undefined ? [] : [{ rule, nominalAt: at, fireAt: fireAt(at, chatId) }])),
    ),
  ];
}

/** The same occurrence again, some minutes after `until`. */
async function putOff(
  core: WithoutLark,
  group: WorkGroup,
  rules: readonly ReminderRule[],
  until: Instant,
): Promise<void> {
  const again = fireAt(until, group.chatId);
  await commitChanges(core.store, advanced(rules.map((rule) => ({ rule, nominalAt: rule.nominalAt, fireAt: again }))));
}

/** By the calendar that their times were computed with; most have the same. */
const advanced = (
  next: readonly { readonly rule: ReminderRule; readonly nominalAt: Instant; readonly fireAt: Instant }[],
): readonly Change[] =>
  [...Map.groupBy(next, ({ rule }) => rule.calendarVersion)].map(([calendarVersion, own]) => ({
    kind: 'rules.followed',
    rules: own.map(({ rule, nominalAt, fireAt: at }) => ({
      id: rule.id,
      nominalAt,
      fireAt: at,
      moved: true,
      seen: rule.version,
    })),
    calendarVersion,
  }));

/** Those who are named are known to the group's members with one of the next beats. */
const asked = (notice: Notice, zone: string, calendar: Calendar): Change => ({
  kind: 'notice.sent',
  notice,
  remindAt: notice.confirmBy === undefined ? undefined : remindAt(notice.sentAt, notice.confirmBy, zone, calendar),
  chatIds: notice.targets.map(({ chatId }) => chatId),
});

/** What one occurrence does: the record that makes it happen once, the rules moved on, and the card if there is something to say. */
async function occurrence(core: Firing, due: Due, now: Instant): Promise<UnitOfWork> {
  const { group, rules } = due;
  const { zone, ids } = core;
  const { version } = core.calendar;
  const calendar = core.calendar.ofUnit(group.unit?.id);
  const nominalAt = rules[0]?.nominalAt ?? now;
  const { outcome, contents, doc, receipt } = await decideOccurrence(core, { ...due, nominalAt }, now);
  const paused = doc !== undefined && core.paused;
  const unitId = group.unit?.id;
  const personal =
    doc && !paused && unitId !== undefined && contents.includes('collect')
      ? await collectionMessages(core, {
          chatId: group.chatId,
          unitId,
          nominalAt,
          now,
          day: wallClock(nominalAt, zone).date,
        })
      : [];
  return {
    guard: {
      kind: 'occurrence',
      chatId: group.chatId,
      nominalAt,
      ...(paused ? { outcome: 'missed', reason: 'paused' } : { outcome }),
      contents,
      at: now,
    },
    // Nothing leaves by a calendar that is not the one of this moment: the day may just have become a rest day.
    seen: [{ table: 'calendar', id: 'calendar', version }],
    changes: [
      ...goneOn(core, group, rules, nominalAt),
      ...(receipt && !paused ? [asked(receipt, zone, calendar)] : []),
    ],
    messages:
      doc && !paused
        ? [
            cardMessage(doc, {
              key: `push:${group.chatId}:${nominalAt}`,
              remake: {
                kind: 'push',
                unitId,
                nominalAt,
                rules: rules.map(({ content, mention, recurrence }) => ({ content, mention, recurrence })),
              },
              lane: 'push',
              chatId: group.chatId,
              uuid: ids.next('p'),
              dueAt: besidesPeak(now),
              now,
            }),
            ...personal,
          ]
        : [],
    audit: [],
  };
}
