import { type Budget, each } from '../../app/budget.ts';
import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import { commitChanges } from '../../app/commit-changes.ts';
import type { WithoutLark } from '../../app/core.ts';
import { refreshed } from '../../app/live-cards.ts';
import { stackOf } from '../../app/stack-of.ts';
import type { Doc } from '../../cards/views.ts';
import {
  addDays,
  HOUR_MS,
  type Instant,
  instantAt,
  type LocalDate,
  wallClock,
} from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import { type FindingEvent, findingName, findingSubject } from '../../domain/findings/finding.ts';
import { listedOf, rungOf } from '../../domain/findings/ladder.ts';
import { applyEvent } from '../../domain/findings/progress.ts';
import { escalationsToday } from '../../domain/findings/side-moves.ts';
import { STATES } from '../../domain/findings/states.ts';
import { officeLateBy, remindsOffice, watchAt } from '../../domain/findings/watch.ts';
import { type SettingValue, waitsUntil } from '../../domain/settings.ts';
import { forReaders } from '../../language/answer/for-readers.ts';
import { placeOf, reasons } from '../../language/answer/telling.ts';
import type { Notice } from '../../language/command.ts';
import type { Change, NewMessage, UnitOfWork } from '../../ports/changes.ts';
import type { FindingRow } from '../../ports/findings.ts';
import type { AlertRemake } from '../../ports/remake.ts';
import { hearersOfUrging } from '../recipients/concerned.ts';
import { officeOfFinding } from '../recipients/office.ts';
import { whomToUrge } from '../recipients/who-hears.ts';
import { draftDoc, unheardDoc, urgeDoc, waitingDoc } from './finding-card.ts';
import { rulesOf } from './finding-desk.ts';

/** Problems looked at in one tick; the next one goes on. */
const AT_ONCE = 50;
/** 督办, in either order of the ladder. */
const SUPERVISED = 2;
/** Looked back so far for the others of the month: a month, and the longest holidays before the heartbeat speaks. */
const LISTED_DAYS = 45;

type Escalating = WithoutLark & { readonly calendar: WorkCalendar };

/**
 * Looks at the problems whose time has come: urges by itself, drafts what needs a named person's word, and says when to look again. Nothing while
 * pushes are paused or in the district's quiet hours: it comes afterwards.
 */
export async function escalate(given: WithoutLark, now: Instant, budget: Budget): Promise<void> {
  const due = await given.store.findingsToWatch(now, AT_ONCE);
  if (due.length === 0) return;
  const core: Escalating = await withCalendar(given);
  const [pause, settings] = await Promise.all([core.store.pause(), core.store.settings()]);
  if (pause || waitsUntil(settings, undefined, now, core.zone) !== undefined) return;
  await each({ core, round: 'escalations', budget }, due, async (finding) => {
    try {
      const outcome = await core.store.commit(await step(core, finding, settings, now));
      core.count('dudao_escalations_total', { outcome });
      if (outcome === 'already') throw new Error('its messages were sent before');
    } catch (error) {
      core.log.error({ findingId: finding.id, error: stackOf(error) }, 'an escalation failed; tried again in an hour');
      core.count('dudao_escalation_failures_total');
      await commitChanges(core.store, [watched(finding, finding, [], now + HOUR_MS)]);
    }
  });
}

/** The problem's version guards it: of two processes one makes the step. The row of the reminder guards it once more, by level and day. */
async function step(
  core: Escalating,
  finding: FindingRow,
  settings: readonly SettingValue[],
  now: Instant,
): Promise<UnitOfWork> {
  const { zone, ids } = core;
  const today = wallClock(now, zone).date;
  const tomorrow = instantAt(addDays(today, 1), '00:00', zone);
  const rules = rulesOf({ today, zone, calendar: core.calendar.ofUnit(finding.unit.id), settings }, finding);
  const listed = await listedTimes(core, finding, today);
  const all = escalationsToday(finding, { ...rules, now }, rules.ladder, listed);
  const said = await saidToday(core, finding, all, today);
  const owed = all.filter(({ level }) => !said.includes(level));
  const hearers = owed.some(({ move }) => move === 'urge')
    ? await hearersOfUrging({ read: core.store }, finding)
    : undefined;
  const unheard = hearers?.to.length === 0 ? owed.filter(({ move }) => move === 'urge') : [];
  // What nobody hears was not urged: it stays owed, and is tried again the next day.
  const events = owed
    .filter((event) => !unheard.includes(event))
    .map((event, index) => ({ ...event, seq: finding.seq + index + 1 }));
  const next: FindingRow = { ...finding, ...events.reduce(applyEvent, finding), seq: finding.seq + events.length };
  const messages: NewMessage[] = [];
  const about = { number: finding.number, now };
  const office = async () =>
    (await officeOfFinding(core.store, finding, core.adminOpenIds)).map((openId) => ({ openId }));
  const reminded: Change[] = [];
  // It may have been missed earlier today, and somebody can hear it by now.
  for (const { level = 0 } of events)
    if ((await core.store.lastReminded(finding.id, level)) !== today)
      reminded.push({ kind: 'finding.reminded', id: finding.id, level, day: today });
  for (const { level = 0 } of events) {
    const rung = rungOf(rules.ladder, level);
    if (!rung) continue;
    const urges = rung.how === 'automatic';
    const doc = urges ? urgeDoc(next, rules) : draftDoc(next, rung, rules);
    const readers = urges && hearers ? whomToUrge(hearers) : await office();
    for (const to of readers)
      messages.push(
        await message(core, `${finding.id}:${level}:${today}`, to, doc, {
          ...about,
          says: urges ? 'urged' : 'drafted',
          level,
        }),
      );
  }
  for (const { level = 0 } of unheard) {
    if ((await core.store.lastReminded(finding.id, level)) !== undefined) continue;
    const doc = unheardDoc(finding, reasons(hearers?.unreached ?? []), rules);
    for (const to of await office())
      messages.push(
        await message(core, `${finding.id}:unheard:${level}:${today}`, to, doc, { ...about, says: 'unreached', level }),
      );
    reminded.push({ kind: 'finding.reminded', id: finding.id, level, day: today });
  }
  if (remindsOffice(finding, today, await core.store.lastReminded(finding.id, 0), rules)) {
    const doc = waitingDoc(next, officeLateBy(finding, today, rules) ?? 0, rules);
    for (const to of await office())
      messages.push(await message(core, `${finding.id}:0:${today}`, to, doc, { ...about, says: 'waiting', level: 0 }));
    reminded.push({ kind: 'finding.reminded', id: finding.id, level: 0, day: today });
  }
  return {
    seen: [{ table: 'calendar', id: 'calendar', version: core.calendar.version }],
    changes: [
      watched(finding, next, events, watchAt(next, unheard.length + said.length > 0 ? tomorrow : now, rules)),
      ...reminded,
      ...(events.length > 0 ? refreshed(core, [findingSubject(finding)], now) : []),
    ],
    messages,
    audit: events.map(({ move, level = 0 }) => ({
      id: ids.next('audit'),
      at: now,
      actor: 'heartbeat',
      action: `finding.${move}`,
      subject: findingName(finding),
      after: `${STATES[finding.state].word}　${rungOf(rules.ladder, level)?.word}`,
    })),
  };
}

/**
 * The levels that were said today: a problem that was struck off and put back on the same day owes them anew, from tomorrow on. One of which
 * the office only heard that nobody can hear it has not been said.
 */
async function saidToday(
  { store }: WithoutLark,
  { id }: FindingRow,
  owed: readonly FindingEvent[],
  today: LocalDate,
): Promise<readonly FindingEvent['level'][]> {
  const reminded = await Promise.all(owed.map(({ level = 0 }) => store.lastReminded(id, level)));
  if (!reminded.includes(today)) return [];
  const events = await store.findingEvents(id);
  return events.flatMap(({ move, on, level }) =>
    on === today && (move === 'urge' || move === 'draft') ? [level] : [],
  );
}

/** Restricted problems list nobody: the draft would tell of them. */
const listedTimes = async ({ store }: WithoutLark, { id, unit, level, restricted }: FindingRow, today: LocalDate) =>
  level === SUPERVISED && !restricted
    ? listedOf(id, await store.escalated(unit.id, SUPERVISED, addDays(today, -LISTED_DAYS)))
    : 0;

const watched = (
  { id, version, seq }: FindingRow,
  progress: FindingRow,
  events: readonly FindingEvent[],
  at: Instant | undefined,
): Change => ({ kind: 'finding.moved', id, events, progress, evidence: [], watchAt: at, seen: { version, seq } });

type Said = Pick<Extract<AlertRemake, { readonly of: 'finding' }>, 'says' | 'number' | 'level'> & {
  readonly now: Instant;
};

async function message(
  core: WithoutLark,
  about: string,
  to: Notice['to'],
  doc: Doc,
  { now, ...said }: Said,
): Promise<NewMessage> {
  const chatId = placeOf(to);
  const shown = await forReaders(doc, to, { read: core.store, administrators: core.adminOpenIds });
  return cardMessage(shown, {
    key: `escalation:${about}:${chatId}`,
    lane: 'push',
    chatId,
    openId: 'openId' in to ? to.openId : undefined,
    alert: true,
    remake: { kind: 'alert', of: 'finding', ...said },
    uuid: core.ids.next('e'),
    now,
  });
}
