import { may } from '../../domain/people/rights.ts';
import type { Deadline } from '../../domain/tasks/deadline.ts';
import { leadUnitIds, type Task } from '../../domain/tasks/task.ts';
import type { VisibleInspection } from '../../domain/visits/inspection.ts';
import type { Context } from '../../language/command.ts';
import { ownUnitIds } from '../../language/who/own-work.ts';
import { holdersAble, itemOf } from '../../language/who/rights.ts';
import type { Reads } from '../../ports/store.ts';
import { amongViewers, type FindingSides, officeOfTask } from './office.ts';

// Who answers for an item: for a problem, for a task, for what a push brings.

/** Accounts that answer for a problem on the unit's side: its liaisons and the one responsible. Of a restricted one only the people named. */
export async function unitAccounts(
  read: Pick<Reads, 'roleHolders'>,
  finding: FindingSides,
): Promise<readonly string[]> {
  const holders = await read.roleHolders(['liaison'], [finding.unit.id]);
  const liaisons = holders.filter(({ unitId, extent }) => unitId === finding.unit.id && extent !== 'sight');
  return amongViewers(finding, [...liaisons.map(({ openId }) => openId), finding.responsible?.openId]);
}

/** 督办 and 通报 are copied to the leaders whose units hold this one. */
export async function leaderAccounts(
  read: Pick<Reads, 'roleHolders' | 'unitsAbove'>,
  finding: FindingSides,
): Promise<readonly string[]> {
  const [holders, above] = await Promise.all([read.roleHolders(['leader']), read.unitsAbove([finding.unit.id])]);
  const leaders = holders.filter(({ unitId }) => unitId === undefined || above.includes(unitId));
  return amongViewers(
    finding,
    leaders.map(({ openId }) => openId),
  );
}

/**
 * On whom and on what a right is asked: all units that lead the task. Who only assists has a part in it and no word on it. A collective
 * (各学校) leads for the unit that runs the task's program.
 */
export async function whoLeads(read: Pick<Reads, 'allPrograms'>, task: Task) {
  const isCollective = task.units.some(({ role, collective }) => role === 'lead' && collective !== undefined);
  const runner = isCollective ? await runnerOf(read, task) : undefined;
  return {
    unitIds: [...leadUnitIds(task), ...(runner === undefined ? [] : [runner])],
    responsible: task.people.flatMap(({ personId }) => personId ?? []),
    shown: true,
  } as const;
}

/** The unit that runs the task's program: what 各学校 means is below it. */
export const runnerOf = async (read: Pick<Reads, 'allPrograms'>, { programId }: Task): Promise<string | undefined> =>
  (await read.allPrograms()).find(({ id }) => id === programId)?.unit.id;

/**
 * Accounts that may release what is drafted for a task: a draft has a button. Of a confidential one nobody who may not know of it. `runner` is
 * the unit that runs its program.
 */
export async function whoDecidesOn(
  read: Pick<Reads, 'allPrograms' | 'roleHolders' | 'unitsAbove' | 'directory'>,
  task: Task,
  runner: string | undefined,
  configured: Iterable<string>,
): Promise<readonly string[]> {
  const item = await itemOf(read, await whoLeads(read, task));
  const able = (await holdersAble(read, 'task.pursue', item)).map(({ openId }) => openId);
  const knowing = await officeOfTask(read, task, runner, configured);
  return [...new Set([...configured, ...able])].filter((openId) => !task.restricted || knowing.includes(openId));
}

/** The leading units answer for it; of a collective (各学校), each unit that it means. */
export async function whoReports(context: Pick<Context, 'read' | 'actor'>, task: Task) {
  const { read, actor } = context;
  const led = await whoLeads(read, task);
  const own = ownUnitIds({ actor });
  const [asOwn] = await read.tasks({ scope: { unitIds: own }, state: 'any', number: task.number });
  const isCollective = task.units.some(({ role, collective }) => role === 'lead' && collective !== undefined);
  return { ...led, unitIds: [...led.unitIds, ...(isCollective && asOwn?.ownRole === 'lead' ? own : [])] };
}

/** The first few of these that somebody may report on; of more than this many nobody looks for one. */
const LOOKED_AT = 20;

export async function findReportable(
  context: Pick<Context, 'read' | 'actor'>,
  tasks: readonly Task[],
  most: number,
): Promise<readonly Task[]> {
  const found: Task[] = [];
  for (const task of tasks.slice(0, LOOKED_AT)) {
    if (found.length >= most) break;
    if (may(context.actor, 'task.report', await itemOf(context.read, await whoReports(context, task))))
      found.push(task);
  }
  return found;
}

/** Who is asked for 收到 by a part of a push: accounts, and the people who speak for a unit, by name or as its liaison. */
export interface NamedByPush {
  readonly openIds: readonly string[];
  readonly speakers: readonly { readonly unitId: string; readonly name: string }[];
}

/**
 * Of visits: the team, and the visited unit's liaison. Nobody speaks for a target that is withheld: that they are asked would tell. The
 * rest of the group only reads.
 */
export const namedInVisits = (visits: readonly VisibleInspection[]): NamedByPush => ({
  openIds: visits.flatMap(({ inspection }) => inspection.team.flatMap(({ openId }) => openId ?? [])),
  speakers: visits.flatMap((visit) =>
    visit.withheld
      ? []
      : ['', ...visit.inspection.contact.split(/[\s、,，;；/]+/)].map((name) => ({
          unitId: visit.inspection.unit.id,
          name,
        })),
  ),
});

/** Of what is due: those who are responsible, and the liaisons of the units that lead. */
export const namedInDeadlines = (deadlines: readonly Deadline[]): NamedByPush => ({
  openIds: deadlines.flatMap(({ people }) => people.flatMap(({ openId }) => openId ?? [])),
  speakers: deadlines.flatMap((deadline) => leadUnitIds(deadline).map((unitId) => ({ unitId, name: '' }))),
});

export const NOBODY_NAMED: NamedByPush = { openIds: [], speakers: [] };

/** Open ids; whether they are in the group is another question. */
export async function askedBy(
  store: Pick<Reads, 'liaisons'>,
  named: readonly NamedByPush[],
): Promise<readonly string[]> {
  const speakers = named.flatMap((part) => part.speakers);
  const distinct = new Map(speakers.map((speaker) => [`${speaker.unitId} ${speaker.name}`, speaker]));
  return [...new Set([...named.flatMap(({ openIds }) => openIds), ...(await store.liaisons([...distinct.values()]))])];
}
