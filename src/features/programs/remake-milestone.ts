import type { Core } from '../../app/core.ts';
import type { Doc } from '../../cards/views.ts';
import { type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { Milestone } from '../../domain/programs/program.ts';
import { hangsOn } from '../../domain/tasks/relative-due.ts';
import type { MadeAgain, Waiting } from '../../language/answer/made-again.ts';
import type { Program } from '../../ports/programs.ts';
import type { AlertRemake } from '../../ports/remake.ts';
import type { Reads } from '../../ports/store.ts';
import { officeOf } from '../recipients/office.ts';
import { askDayDoc } from './countdown-card.ts';

interface Asked {
  readonly program: Program;
  readonly step: Milestone;
  readonly asks: 'begun' | 'over';
  readonly today: LocalDate;
}

/** Asks for the day of a vague milestone, with what hangs on it. */
export async function askingDoc(read: Pick<Reads, 'importedTasks'>, asked: Asked): Promise<Doc> {
  const tasks = await read.importedTasks(asked.program.id);
  const hanging = tasks.filter(({ due }) => due.kind === 'relative' && hangsOn(due.event, asked.step.name)).length;
  return askDayDoc({ ...asked, hanging });
}

type Remaking = Pick<Core, 'zone' | 'adminOpenIds'> & { readonly store: Reads };

/** The question for a day, if nobody has answered it by now. */
export async function remakeMilestone(
  { store, zone, adminOpenIds }: Remaking,
  { programId, name }: Extract<AlertRemake, { readonly of: 'milestone' }>,
  { now, place }: Waiting,
): Promise<MadeAgain> {
  const today = wallClock(now, zone).date;
  const program = (await store.allPrograms()).find(({ id }) => id === programId);
  const step = program?.steps.find((one) => one.name === name);
  // Not by asksForDay: nobody asks again, so that the question stands until somebody has answered it, on a rest day too.
  if (!program || program.archivedAt !== undefined || !step?.period || step.due || today < step.period.from)
    return { nothing: '节点日期已登记或不再需要' };
  const asks = today > step.period.to ? 'over' : 'begun';
  const readers = await officeOf(store, [program.unit.id], adminOpenIds);
  if (!readers.includes(place)) return { nothing: '不再由其负责' };
  return { doc: await askingDoc(store, { program, step, asks, today }) };
}
