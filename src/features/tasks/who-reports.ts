import { may } from '../../domain/people/rights.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Context } from '../../language/command.ts';
import { itemOf } from '../../language/who/rights.ts';
import { concerned } from './task-desk.ts';

type Asking = Pick<Context<never>, 'read' | 'actor'>;

/** The leading units answer for it; of a collective (各学校), each unit that it means. */
export async function reporters(asking: Asking, task: Task) {
  const { read, actor } = asking;
  const led = await concerned(asking, task);
  const own = actor.people.map(({ unit }) => unit.id);
  const [asOwn] = await read.tasks({ scope: { unitIds: own }, state: 'any', number: task.number });
  const isCollective = task.units.some(({ role, collective }) => role === 'lead' && collective !== undefined);
  return { ...led, unitIds: [...led.unitIds, ...(isCollective && asOwn?.ownRole === 'lead' ? own : [])] };
}

/** The first few of these that somebody may report on; of more than this many nobody looks for one. */
const LOOKED_AT = 20;

export async function reportable(asking: Asking, tasks: readonly Task[], most: number): Promise<readonly Task[]> {
  const found: Task[] = [];
  for (const task of tasks.slice(0, LOOKED_AT)) {
    if (found.length >= most) break;
    if (may(asking.actor, 'task.report', await itemOf(asking.read, await reporters(asking, task)))) found.push(task);
  }
  return found;
}
