import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import type { Core } from '../../app/core.ts';
import { refreshed } from '../../app/live-cards.ts';
import { stackOf } from '../../app/stack-of.ts';
import type { Doc } from '../../cards/views.ts';
import { alertsOn } from '../../domain/calendar/due.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import { waitsUntil } from '../../domain/settings.ts';
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
import { standing, type TaskState } from '../../domain/tasks/task-board.ts';
import { placeOf, reasons } from '../../language/answer/telling.ts';
import { officeOf } from '../../language/who/office.ts';
import { holdersAble, itemOf } from '../../language/who/rights.ts';
import { type Hearers, NOBODY, whomToUrge } from '../../language/who/who-hears.ts';
import type { AuditEntry, Change, NewMessage, UnitOfWork } from '../../ports/changes.ts';
import { bulletinText } from './pursue-task.ts';
import {
  bulletinDraftDoc,
  confidentialDueDoc,
  limitDraftDoc,
  type Unheard,
  unreachedDoc,
  urgedDoc,
} from './pursuit-card.ts';
import { concerned, hearersOf, recorded } from './task-desk.ts';

/** Tasks looked at in one tick; the next one goes on. */
const AT_ONCE = 40;
const HOUR_MS = 3_600_000;

type Pursuing = Core & { readonly calendar: WorkCalendar; readonly today: LocalDate; readonly now: Instant };

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
export async function pursue(given: Core, now: Instant): Promise<void> {
  const due = await given.store.tasksToWatch(now, AT_ONCE);
  if (due.length === 0) return;
  const [pause, settings] = await Promise.all([given.store.pause(), given.store.settings()]);
  if (pause || waitsUntil(settings, '', now, given.zone) !== undefined) return;
  const core: Pursuing = { ...(await withCalendar(given)), today: wallClock(now, given.zone).date, now };
  try {
    const outcome = await core.store.commit(await step(core, due));
    core.count('dudao_pursuits_total', { outcome });
  } catch (error) {
    core.log.error({ error: stackOf(error) }, 'tasks that are behind could not be pursued; tried again in an hour');
    const changes = due.map(({ task }) => watched(task, now + HOUR_MS));
    await core.store.commit({ changes, messages: [], audit: [] });
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
async function step(
  core: Pursuing,
  due: readonly { readonly task: Task; readonly silent: boolean }[],
): Promise<UnitOfWork> {
  const { store, ids, now } = core;
  const [programs, reports] = await Promise.all([store.allPrograms(), store.progress(due.map(({ task }) => task.id))]);
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const units = new Map(programs.map(({ id, unit }) => [id, unit.id]));
  const looks = await Promise.all(
    due.map(({ task, silent }) => heard(core, look(core, task, silent, { reports, milestones }))),
  );
  const acted = looks.flatMap((one) => (isOnRecord(one.does) ? [{ ...one, does: one.does }] : []));
  return {
    seen: [{ table: 'calendar', id: 'calendar', version: core.calendar.version }],
    changes: [
      ...looks.map((one) => changeOf(core, one)),
      ...refreshed(
        core,
        acted.map(({ state }) => taskSubject(state.task)),
        now,
      ),
    ],
    messages: await messagesOf(core, looks, units),
    audit: acted.map(
      ({ state: { task }, does }): AuditEntry => ({
        id: ids.next('audit'),
        at: now,
        actor: 'heartbeat',
        action: ACTION[does],
        subject: task.id,
        after: recorded(task),
      }),
    ),
  };
}

const ACTION = { urge: 'task.urged', draft: 'task.drafted', ease: 'task.eased' } as const;
const isOnRecord = (does: Look['does']): does is keyof typeof ACTION => does !== undefined && does in ACTION;

/** 催办 is only done where somebody hears it, by the same rule as the hand-out; the leaders of the leading units hear it besides. */
async function heard({ store: read }: Pursuing, one: Look): Promise<Look> {
  const { task } = one.state;
  if (one.does !== 'urge' && !one.alerts) return one;
  const leads = task.units.flatMap(({ role, unit }) => (role === 'lead' && unit ? [unit.id] : []));
  const leaders = (await read.roleHolders()).filter(
    ({ role, unitId }) => !task.restricted && role === 'leader' && leads.includes(unitId ?? ''),
  );
  const more = leaders.map(({ openId }) => ({ name: '', openId }));
  const hearers = await hearersOf({ read, ...NOBODY }, [task], { role: 'lead', more });
  if (hearers.to.length > 0 || one.does !== 'urge') return { ...one, hearers };
  return { ...one, hearers, does: isUnheard(task.pursuit) ? undefined : 'miss' };
}

function look(
  { calendar: all, today, now, zone }: Pursuing,
  task: Task,
  silent: boolean,
  known: Pick<Parameters<typeof standing>[1], 'reports' | 'milestones'>,
): Look {
  const calendar = all.ofUnit(task.units.find(({ unit }) => unit !== undefined)?.unit?.id);
  const on = (day: LocalDate): TaskState => standing([task], { ...known, today: day, zone })[0] ?? { task };
  const rungOn = (day: LocalDate) =>
    on(day).light?.light === 'red' ? owedRung(task.pursuit, day, calendar) : undefined;
  const alertsAt = (day: LocalDate): boolean => {
    const { due } = on(day);
    return task.restricted && due !== undefined && alertsOn(calendar, day, due, task.dayUnit) !== undefined;
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
): Promise<readonly NewMessage[]> {
  const { store, today, ids, adminOpenIds } = core;
  const office = (task: Task) =>
    officeOf(
      store,
      task.restricted ? [units.get(task.programId) ?? ''] : [...leadIds(task), units.get(task.programId) ?? ''],
      adminOpenIds,
    );
  // A draft has a button: it goes to those who may press it, and of a confidential task to nobody who may not know of it.
  const deciding = async (task: Task) => {
    const item = await itemOf(store, await concerned({ read: store }, task));
    const able = (await holdersAble(store, 'task.pursue', item)).map(({ openId }) => openId);
    const knowing = await office(task);
    return [...new Set([...adminOpenIds, ...able])].filter((openId) => !task.restricted || knowing.includes(openId));
  };
  const urged = new Gathered<TaskState>();
  const unreached = new Gathered<Unheard>();
  const alerted = new Gathered<TaskState>();
  const messages: NewMessage[] = [];
  for (const { state, does, alerts, hearers } of looks) {
    const { task } = state;
    if (hearers && hearers.to.length > 0)
      (does === 'urge' ? urged : alerted).add(whomToUrge(hearers).map(placeOf), state);
    else if (hearers && (does === 'miss' || alerts))
      unreached.add(await office(task), { ...state, tried: reasons(hearers.unreached) });
    if (does !== 'draft') continue;
    const doc = (once: string) =>
      task.pursuit.level === 1
        ? limitDraftDoc(state, today, once)
        : bulletinDraftDoc(state, bulletinText(state, today), once);
    for (const openId of await deciding(task)) messages.push(message(core, openId, doc(ids.next('form'))));
  }
  return [
    ...urged.docs((states) => urgedDoc(states, today)).map(([to, doc]) => message(core, to, doc)),
    ...alerted.docs((states) => confidentialDueDoc(states, today)).map(([to, doc]) => message(core, to, doc)),
    ...unreached.docs((states) => unreachedDoc(states, today)).map(([to, doc]) => message(core, to, doc)),
    ...messages,
  ];
}

/** One message a reader, however many tasks. */
class Gathered<State extends TaskState> {
  readonly #byReader = new Map<string, State[]>();

  add(readers: readonly string[], state: State): void {
    for (const reader of readers) this.#byReader.set(reader, [...(this.#byReader.get(reader) ?? []), state]);
  }

  docs(make: (states: readonly State[]) => Doc): readonly (readonly [string, Doc])[] {
    return [...this.#byReader].map(([reader, states]) => [reader, make(states)] as const);
  }
}

const leadIds = ({ units }: Task): readonly string[] =>
  units.flatMap(({ role, unit }) => (role === 'lead' && unit ? [unit.id] : []));

const message = ({ ids, now }: Pursuing, chatId: string, doc: Doc): NewMessage => {
  const uuid = ids.next('e');
  return cardMessage(doc, { key: `pursuit:${uuid}`, lane: 'push', alert: true, chatId, uuid, now });
};
