import { type Budget, each } from '../../app/budget.ts';
import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import { commitChanges } from '../../app/commit-changes.ts';
import type { WithoutLark } from '../../app/core.ts';
import { refreshed } from '../../app/live-cards.ts';
import { stackOf } from '../../app/stack-of.ts';
import type { Doc } from '../../cards/views.ts';
import { alertsOn } from '../../domain/calendar/due.ts';
import { HOUR_MS, type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import { waitsUntil } from '../../domain/settings.ts';
import { isReportedWhole } from '../../domain/tasks/progress.ts';
import {
  isTime,
  isUnheard,
  NOT_PURSUED,
  nextLook,
  owedRung,
  type Pursuit,
  UNHEARD,
} from '../../domain/tasks/pursuit.ts';
import { type Task, type TaskEntry, taskSubject } from '../../domain/tasks/task.ts';
import { computeTaskStates, type TaskState } from '../../domain/tasks/task-board.ts';
import { placeOf, reasons } from '../../language/answer/telling.ts';
import type { AuditEntry } from '../../ports/audit.ts';
import type { Change, NewMessage, UnitOfWork } from '../../ports/changes.ts';
import type { AlertRemake } from '../../ports/remake.ts';
import { whoDecidesOn } from '../recipients/answers-for.ts';
import { hearersOfUrgingTask } from '../recipients/concerned.ts';
import { officeOfTask } from '../recipients/office.ts';
import { type Hearers, whomToUrge } from '../recipients/who-hears.ts';
import { composeDraft } from './compose-draft.ts';
import { confidentialDueDoc, type Unheard, unreachedDoc, urgedDoc } from './pursuit-card.ts';
import { nameForRecord } from './task-desk.ts';

/** Tasks looked at in one tick; the next one goes on. */
const AT_ONCE = 40;

type Pursuing = WithoutLark & { readonly calendar: WorkCalendar; readonly today: LocalDate; readonly now: Instant };

/** What a look at one task gave. */
interface Look {
  readonly state: TaskState;
  readonly watchAt: Instant;
  /** miss: it would be urged, and nobody can hear it. forget: it was missed, and is no longer behind. */
  readonly does?: 'urge' | 'miss' | 'draft' | 'ease' | 'forget' | undefined;
  /** It is confidential, and today its deadline is alerted. */
  readonly alerts: boolean;
  /** Of what is said to its units today. */
  readonly hearers?: Hearers;
}

/**
 * Looks at the tasks whose time has come: urges who leads what has turned red, drafts for the office what needs a named person's word, and
 * says when to look again. Nothing while pushes are paused or in the district's quiet hours: it comes afterwards.
 */
export async function pursue(given: WithoutLark, now: Instant, budget: Budget): Promise<void> {
  const due = await given.store.tasksToWatch(now, budget.atOnce ?? AT_ONCE);
  if (due.length === 0) return;
  const [pause, settings] = await Promise.all([given.store.pause(), given.store.settings()]);
  if (pause || waitsUntil(settings, undefined, now, given.zone) !== undefined) return;
  const core: Pursuing = { ...(await withCalendar(given)), today: wallClock(now, given.zone).date, now };
  try {
    await together(core, due);
  } catch (error) {
    core.log.error({ error: stackOf(error) }, 'tasks that are behind could not be pursued together; now one by one');
    await each({ core, round: 'pursuits', budget }, due, (one) => byItself(core, one));
  }
}

type DueTask = { readonly task: Task; readonly silent: boolean };

/** In one unit, so that a reader of several gets one message. */
async function together(core: Pursuing, due: readonly DueTask[]): Promise<void> {
  const outcome = await core.store.commit(await step(core, due));
  core.count('dudao_pursuits_total', { outcome });
}

/** When one of them has failed: it alone waits an hour. */
async function byItself(core: Pursuing, due: DueTask): Promise<void> {
  try {
    await together(core, [due]);
  } catch (error) {
    await commitChanges(core.store, [watched(due.task, core.now + HOUR_MS)]);
    throw error;
  }
}

const watched = ({ id, version }: Task, watchAt: Instant, since?: LocalDate): Change => ({
  kind: 'task.watched',
  id,
  watchAt,
  since,
  seen: version,
});

/** The tasks' versions guard it: of two processes one makes the step. */
async function step(core: Pursuing, due: readonly DueTask[]): Promise<UnitOfWork> {
  const { store, ids, now } = core;
  const [programs, reports] = await Promise.all([store.allPrograms(), store.progress(due.map(({ task }) => task.id))]);
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const units = new Map(programs.map(({ id, unit }) => [id, unit.id]));
  const looks = await Promise.all(
    due.map(({ task, silent }) => heard(core, look(core, task, silent, { reports, milestones }))),
  );
  const { messages, changes: told } = await messagesOf(core, looks, units);
  const acted = looks.flatMap((one) => (isOnRecord(one.does) ? [{ ...one, does: one.does }] : []));
  return {
    seen: [{ table: 'calendar', id: 'calendar', version: core.calendar.version }],
    changes: [
      ...looks.map((one) => changeOf(core, one)),
      ...told,
      ...refreshed(
        core,
        acted.map(({ state }) => taskSubject(state.task)),
        now,
      ),
    ],
    messages,
    audit: acted.map(
      ({ state: { task }, does }): AuditEntry => ({
        id: ids.next('audit'),
        at: now,
        actor: 'heartbeat',
        action: ACTION[does],
        subject: task.id,
        after: nameForRecord(task),
      }),
    ),
  };
}

const ACTION = { urge: 'task.urged', draft: 'task.drafted', ease: 'task.eased' } as const;
const isOnRecord = (does: Look['does']): does is keyof typeof ACTION => does !== undefined && does in ACTION;

/** 催办 is only done where somebody hears it. */
async function heard({ store: read }: Pursuing, one: Look): Promise<Look> {
  const { task } = one.state;
  if (one.does !== 'urge' && !one.alerts) return one;
  const hearers = await hearersOfUrgingTask(read, task);
  if (hearers.to.length > 0 || one.does !== 'urge') return { ...one, hearers };
  return { ...one, hearers, does: isUnheard(task.pursuit) ? undefined : 'miss' };
}

function look(
  { calendar: all, today, now, zone }: Pursuing,
  task: Task,
  silent: boolean,
  known: Pick<Parameters<typeof computeTaskStates>[1], 'reports' | 'milestones'>,
): Look {
  const calendar = all.ofUnit(task.units.find(({ unit }) => unit !== undefined)?.unit?.id);
  const on = (day: LocalDate): TaskState =>
    computeTaskStates([task], { ...known, today: day, zone, calendar })[0] ?? { task };
  const rungOn = (day: LocalDate) =>
    on(day).light?.light === 'red' ? owedRung(task.pursuit, day, calendar) : undefined;
  const alertsAt = (day: LocalDate): boolean => {
    const { due, latest } = on(day);
    return (
      task.restricted &&
      due !== undefined &&
      !isReportedWhole(latest) &&
      alertsOn(calendar, day, due, task.dayUnit) !== undefined
    );
  };
  const state = on(today);
  if (silent) return { state, watchAt: nextLook(now, zone, () => false), alerts: false };
  const watchAt = nextLook(now, zone, (day) => rungOn(day) !== undefined || alertsAt(day));
  const rung = isTime(now, zone) ? rungOn(today) : undefined;
  const eased = task.pursuit.level > 0 && state.light !== undefined && state.light.light !== 'red';
  const isForgotten = isUnheard(task.pursuit) && state.light?.light !== 'red';
  const does = rung
    ? rung.how === 'automatic'
      ? 'urge'
      : 'draft'
    : eased
      ? 'ease'
      : isForgotten
        ? 'forget'
        : undefined;
  return { state, watchAt, does, alerts: isTime(now, zone) && alertsAt(today) };
}

function changeOf({ ids, now, today }: Pursuing, { state: { task, light }, watchAt, does }: Look): Change {
  if (does === undefined) return watched(task, watchAt, task.pursuit.since === undefined ? today : undefined);
  const { level } = task.pursuit;
  const next: Pursuit =
    does === 'ease' || does === 'forget'
      ? { ...NOT_PURSUED, since: today }
      : does === 'miss'
        ? { ...UNHEARD, since: today }
        : does === 'urge'
          ? { level: 1, drafted: 1, since: today }
          : { ...task.pursuit, drafted: level === 1 ? 2 : 3 };
  const entry: TaskEntry = {
    id: ids.next('entry'),
    taskId: task.id,
    at: now,
    actor: 'heartbeat',
    before: '',
    reason: '',
    kind: does === 'ease' ? 'eased' : 'urged',
    after: light?.why ?? '',
  };
  return {
    kind: 'task.pursued',
    id: task.id,
    pursuit: next,
    watchAt,
    seen: task.version,
    ...((does === 'urge' || does === 'ease') && { entry }),
  };
}

async function messagesOf(
  core: Pursuing,
  looks: readonly Look[],
  units: ReadonlyMap<string, string>,
): Promise<Pick<UnitOfWork, 'messages' | 'changes'>> {
  const { store, today, ids, adminOpenIds } = core;
  const alerts = await alertsOf(core, looks);
  const office = (task: Task) => officeOfTask(store, task, units.get(task.programId), adminOpenIds);
  const urged = new Gathered<TaskState>();
  const unreached = new Gathered<Unheard>();
  const alerted = new Gathered<TaskState>();
  const drafted = new Gathered<TaskState>();
  for (const { state, does, alerts: isAlert, hearers } of looks) {
    const { task } = state;
    /** Of an alert those who have not had it today, for whom the others' is not repeated when the task is looked at again. */
    const hear = (readers: readonly string[]) => (isAlert ? alerts.fresh(task, readers) : readers);
    if (hearers && hearers.to.length > 0) {
      const readers = hear(whomToUrge(hearers).map(placeOf));
      (does === 'urge' ? urged : alerted).add(readers, state);
    } else if (hearers && (does === 'miss' || isAlert)) {
      unreached.add(hear(await office(task)), { ...state, tried: reasons(hearers.unreached) });
    }
    if (does !== 'draft') continue;
    drafted.add(await whoDecidesOn(store, task, units.get(task.programId), adminOpenIds), state);
  }
  const drafts = drafted
    .parts(DRAFTS_A_CARD)
    .map(([to, states]) => message(core, to, composeDraft(states, today, ids), 'drafted', states));
  return {
    changes: alerts.changes,
    messages: [
      ...urged
        .docs((states) => urgedDoc(states, today))
        .map(([to, doc, states]) => message(core, to, doc, 'urged', states)),
      ...alerted
        .docs((states) => confidentialDueDoc(states, today))
        .map(([to, doc, states]) => message(core, to, doc, 'due', states)),
      ...unreached
        .docs((states) => unreachedDoc(states, today))
        .map(([to, doc, states]) => message(core, to, doc, 'unreached', states)),
      ...drafts,
    ],
  };
}

/** A form is of some size, and one card has all of them on its only page. */
const DRAFTS_A_CARD = 6;

/** Each reader hears of a confidential task's deadline once a day, from whichever process, and however often the task is looked at. */
async function alertsOf({ store, today, now }: Pursuing, looks: readonly Look[]) {
  const taskIds = looks.flatMap(({ state, alerts }) => (alerts ? [state.task.id] : []));
  const key = (taskId: string, reader: string) => `${taskId} ${reader}`;
  const found = taskIds.length > 0 ? await store.taskAlerts(today, taskIds) : [];
  const told = new Set(found.map(({ taskId, reader }) => key(taskId, reader)));
  const changes: Change[] = [];
  return {
    changes,
    fresh({ id: taskId }: Task, readers: readonly string[]): readonly string[] {
      const fresh = [...new Set(readers)].filter((reader) => !told.has(key(taskId, reader)));
      changes.push(...fresh.map((reader) => ({ kind: 'task.alerted', taskId, day: today, reader, at: now }) as const));
      return fresh;
    },
  };
}

/** One message a reader, however many tasks. */
class Gathered<State extends TaskState> {
  readonly #byReader = new Map<string, State[]>();

  add(readers: readonly string[], state: State): void {
    for (const reader of readers) this.#byReader.set(reader, [...(this.#byReader.get(reader) ?? []), state]);
  }

  parts(most: number): readonly (readonly [string, readonly State[]])[] {
    return [...this.#byReader].flatMap(([reader, states]) =>
      Array.from(
        { length: Math.ceil(states.length / most) },
        (_, at) => [reader, states.slice(at * most, (at + 1) * most)] as const,
      ),
    );
  }

  docs(make: (states: readonly State[]) => Doc): readonly (readonly [string, Doc, readonly State[]])[] {
    return [...this.#byReader].map(([reader, states]) => [reader, make(states), states] as const);
  }
}

type Says = Extract<AlertRemake, { readonly of: 'tasks' }>['says'];

function message(
  { ids, now }: Pursuing,
  chatId: string,
  doc: Doc,
  says: Says,
  states: readonly TaskState[],
): NewMessage {
  const uuid = ids.next('e');
  const remake = { kind: 'alert', of: 'tasks', says, numbers: states.map(({ task }) => task.number) } as const;
  return cardMessage(doc, { key: `pursuit:${uuid}`, lane: 'push', alert: true, chatId, remake, uuid, now });
}
