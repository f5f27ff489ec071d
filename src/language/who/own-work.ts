import type { AssessmentDue } from '../../domain/checklists/checklist.ts';
import { collectivesOf } from '../../domain/people/unit.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { VisibleInspection } from '../../domain/visits/inspection.ts';
import { seatsOf } from '../../domain/visits/inspection.ts';
import type { Context, Situation } from '../command.ts';
import { confidantOf } from './confidant.ts';

/**
 * What somebody answers for: what names them, and what their own unit (not one below it) leads, assists or must mend, and the visits to
 * it. One reading for 我的, 截止 我, 日程 我 and 进展, so that none of them says 没有 of what another shows.
 */
interface OwnTasks {
  /** With the part that the person or the unit has in it. */
  readonly tasks: readonly Task[];
  /** Those of them that name the person. */
  readonly named: ReadonlySet<string>;
  /** How many others can be seen here. */
  readonly others: number;
}

/** Units of which the account's people are, and the government for which a bureau's liaison acts. */
export const ownUnitIds = ({ actor }: Pick<Context, 'actor'>): readonly string[] => [
  ...new Set([
    ...actor.people.map(({ unit }) => unit.id),
    ...actor.roles.flatMap(({ extent, unitId }) => (extent === 'itself' ? (unitId ?? []) : [])),
  ]),
];

export async function ownTasks(context: Situation, state: 'open' | 'done' = 'open'): Promise<OwnTasks> {
  const { actor, scope, read } = context;
  const unitIds = ownUnitIds(context);
  const [all, units] = await Promise.all([
    read.tasks({ scope, state, confidant: confidantOf(context) }),
    Promise.all(unitIds.map((id) => read.unit(id))),
  ]);
  const collectives = units.flatMap((unit) => collectivesOf(unit?.kind ?? ''));
  const personIds = actor.people.map(({ id }) => id);
  const isNamed = ({ people }: Task) => people.some(({ personId }) => personIds.includes(personId ?? ''));
  const tasks = all.flatMap((task) => {
    if (isNamed(task)) return [task];
    const parts = task.units.filter(({ unit, collective }) =>
      unit ? unitIds.includes(unit.id) : collective !== undefined && collectives.includes(collective),
    );
    const [part] = parts;
    return part ? [{ ...task, ownRole: parts.find(({ role }) => role === 'lead')?.role ?? part.role }] : [];
  });
  const named = new Set(tasks.filter(isNamed).map(({ id }) => id));
  return { tasks, named, others: all.length - tasks.length };
}

/** Self-assessments that their own unit has not finished. */
export async function ownDues(context: Situation): Promise<readonly AssessmentDue[]> {
  const unitIds = ownUnitIds(context);
  return (await context.read.assessmentDues(context.scope)).filter(({ unit }) => unitIds.includes(unit.id));
}

/** On the team of the visit, or of the unit that is visited; where to is not told by it before it begins. */
export function isOwnVisit(context: Pick<Context, 'actor'>, visit: VisibleInspection): boolean {
  const unitIds = ownUnitIds(context);
  const personIds = context.actor.people.map(({ id }) => id);
  return (
    seatsOf(visit.inspection).some((id) => personIds.includes(id)) ||
    (!visit.withheld && unitIds.includes(visit.inspection.unit.id))
  );
}
