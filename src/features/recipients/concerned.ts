import type { Finding, ToldEvent } from '../../domain/findings/finding.ts';
import { isStateMove, type Move, moveRule } from '../../domain/findings/moves.ts';
import { leadUnitIds, type Task, type TaskRole } from '../../domain/tasks/task.ts';
import type { FindingRow } from '../../ports/findings.ts';
import type { Reads } from '../../ports/store.ts';
import { type FindingContext, rulesOf, withoutRecords } from '../findings/finding-desk.ts';
import { leaderAccounts, runnerOf, unitAccounts } from './answers-for.ts';
import { officeOfFinding } from './office.ts';
import { type Hearers, type MeantUnit, type Named, type Saying, unitsMeant, whoHears } from './who-hears.ts';

// Whom a change of a problem or a task concerns; of a visit: concerned-by-visit.ts.

/** Steps beside the state machine, by who hears of them; those of the machine say it themselves. */
const OFFICE_HEARS: readonly Move[] = ['attach', 'correct'];
const UNIT_HEARS: readonly Move[] = ['amend', 'escalate', 'lower', 'restrict', 'lift'];

/** Who is told of a step beside the chat in which it was made; `whom` is who should be, nobody when undefined. */
export async function hearersOfStep(
  context: FindingContext,
  finding: FindingRow,
  history: readonly ToldEvent[],
  move: Move,
): Promise<Hearers & { readonly whom?: string }> {
  const tells = tellsOf(move, finding);
  // What the unit may not read it is not told of.
  const isRecord = withoutRecords(rulesOf(context, finding), history).at(-1) !== history.at(-1);
  if (isRecord || tells === 'nobody') return whoHears(context, []);
  const people = (openIds: readonly string[]) => whoHears(context, [], asNamed(openIds));
  if (finding.restricted) return { ...(await people(finding.viewers)), whom: '人' };
  if (tells === 'office') return { ...(await people(await officeReaders(context, finding, history))), whom: '人' };
  const leaders = move === 'escalate' ? await leaderAccounts(context.read, finding) : [];
  const { responsible } = finding;
  const named = [...(responsible ? [responsible] : []), ...asNamed(leaders)];
  return { ...(await whoHears(context, [finding.unit], named)), whom: '单位' };
}

/** Who hears that a problem is urged: as of a step that the unit hears of. Of a restricted one only those named who answer for it. */
export async function hearersOfUrging(
  saying: Saying & { readonly read: Pick<Reads, 'roleHolders'> },
  finding: FindingRow,
): Promise<Hearers> {
  const { unit, responsible, restricted } = finding;
  if (!restricted) return whoHears(saying, [unit], responsible ? [responsible] : []);
  const accounts = await unitAccounts(saying.read, finding);
  const named = asNamed(accounts);
  return whoHears(
    saying,
    [],
    named.length > 0 ? named : responsible ? [{ name: responsible.name, personId: responsible.personId }] : [],
  );
}

/** Whoever entered it and whoever last decided on it; a draft is news to the whole office. */
async function officeReaders(
  { read, administrators }: FindingContext,
  finding: FindingRow,
  history: readonly ToldEvent[],
): Promise<readonly string[]> {
  if (finding.state === 'draft') return officeOfFinding(read, finding, administrators);
  const decided = history.findLast(({ move }) => isStateMove(move) && moveRule(move).tells === 'unit');
  return [...new Set([finding.enteredBy, ...(decided ? [decided.by] : [])])];
}

/** An account that no sentence names: it is told, or it is not. */
const asNamed = (openIds: readonly string[]): Named => openIds.map((openId) => ({ name: '', openId }));

function tellsOf(move: Move, finding: Finding): 'unit' | 'office' | 'nobody' {
  if (move === 'enter') return finding.state === 'draft' ? 'office' : 'unit';
  if (OFFICE_HEARS.includes(move)) return 'office';
  if (UNIT_HEARS.includes(move)) return 'unit';
  return isStateMove(move) ? moveRule(move).tells : 'nobody';
}

/**
 * The units that lead and assist, or those of one role, and the people who answer for it. Of a confidential task only the people. `runner`
 * of a program that nobody can read yet.
 */
export async function hearersOfTasks(
  saying: Saying & { readonly read: Pick<Reads, 'directory' | 'allPrograms'> },
  tasks: readonly Task[],
  {
    runner,
    role,
    more = [],
  }: { readonly runner?: string | undefined; readonly role?: TaskRole; readonly more?: Named } = {},
): Promise<Hearers> {
  const units: MeantUnit[] = [];
  const unknown: string[] = [];
  for (const task of tasks) {
    if (task.restricted) continue;
    for (const { unit, collective, written } of task.units.filter((seat) => !role || seat.role === role)) {
      const meant = collective
        ? await unitsMeant(saying.read, collective, runner ?? (await runnerOf(saying.read, task)))
        : [];
      units.push(...(unit ? [unit] : meant));
      if (!unit && meant.length === 0) unknown.push(written);
    }
  }
  const hearers = await whoHears(saying, units, [...distinct(tasks.flatMap(({ people }) => people)), ...more]);
  const missing = unknown.map((name) => ({ name, why: '下属单位里没有' }));
  return { ...hearers, unreached: [...hearers.unreached, ...missing] };
}

const distinct = (people: Task['people']): Task['people'] => [
  ...new Map(people.map((person) => [person.personId ?? person.name, person])).values(),
];

/** Who hears that a task is urged, by the same rule as of the hand-out; the leaders of its leading units hear it besides. */
export async function hearersOfUrgingTask(
  read: Saying['read'] & Pick<Reads, 'directory' | 'allPrograms' | 'roleHolders'>,
  task: Task,
): Promise<Hearers> {
  const leads = leadUnitIds(task);
  const leaders = (await read.roleHolders(['leader'], leads)).filter(
    ({ unitId }) => !task.restricted && unitId !== undefined && leads.includes(unitId),
  );
  return hearersOfTasks({ read }, [task], { role: 'lead', more: asNamed(leaders.map(({ openId }) => openId)) });
}
