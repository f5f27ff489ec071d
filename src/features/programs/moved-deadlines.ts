import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { isSelfAssessment } from '../../domain/checklists/checklist.ts';
import type { NamedPerson } from '../../domain/people/person.ts';
import { datedOf, expectedOf, inOrder, type Milestone } from '../../domain/programs/program.ts';
import { dueAbout, dueOn, type Task, taskSubject } from '../../domain/tasks/task.ts';
import type { Situation } from '../../language/command.ts';
import type { Program } from '../../ports/programs.ts';
import type { Scope } from '../../ports/scope.ts';

/** Counted from a milestone's day, or from the earliest day that a vague one may still have. */
interface DueDay {
  readonly date: LocalDate;
  readonly approximate: boolean;
}

/** A deadline that hangs on a milestone, before and after the milestone moved; undefined while it has no day. */
interface MovedDeadline {
  readonly title: string;
  readonly dueText: string;
  readonly before: DueDay | undefined;
  readonly after: DueDay | undefined;
  readonly people: readonly NamedPerson[];
  /** What a card shows with it. */
  readonly subject?: string | undefined;
}

/** Who must be told of what: each group that owes some of it, and people whom no group reaches. */
export interface Moved {
  /** All of it, each once. */
  readonly count: number;
  readonly told: readonly {
    readonly to: { readonly openId: string } | { readonly chatId: string };
    readonly moved: readonly MovedDeadline[];
  }[];
}

/** What moves when the program's milestones become these. The chat in which it was said reads it in the answer. */
export async function movedDeadlines(
  context: Situation,
  program: Program,
  after: readonly Milestone[],
): Promise<Moved> {
  const { read, chat } = context;
  const shift = { before: program.steps, after: inOrder(after) };
  const all = (await read.importedTasks(program.id)).filter(({ due }) => moves(due, shift, context));
  const missing =
    selfDay(shift.before) === selfDay(shift.after) ? 0 : (await read.programFigures(program.id, 0)).missing;
  if (all.length === 0 && missing === 0) return { count: 0, told: [] };

  const told: Moved['told'][number][] = [];
  const reached = new Set<string>();
  for (const { group } of await read.activeGroups()) {
    if (!group.unit) continue;
    const moved = await movedIn(context, { unitIds: [group.unit.sees] }, program, shift);
    for (const { id } of moved.tasks) reached.add(id);
    if (moved.deadlines.length > 0 && group.chatId !== chat.chatId)
      told.push({ to: { chatId: group.chatId }, moved: moved.deadlines });
  }
  for (const { openId, moved } of await unreached(context, program, shift, reached))
    told.push({ to: { openId }, moved });
  return { count: all.length + (missing > 0 ? 1 : 0), told };
}

interface Shift {
  readonly before: readonly Milestone[];
  readonly after: readonly Milestone[];
}

type Days = Pick<Situation, 'today' | 'calendar'>;

function dayOf(due: Task['due'], steps: readonly Milestone[], { today, calendar }: Days): DueDay | undefined {
  const day = dueOn(due, today, datedOf(steps), calendar);
  if (day) return { date: day, approximate: false };
  const about = dueAbout(due, today, expectedOf(steps), calendar);
  return about && { date: about, approximate: true };
}

function moves(due: Task['due'], shift: Shift, days: Days): boolean {
  if (due.kind !== 'relative') return false;
  const [before, after] = [dayOf(due, shift.before, days), dayOf(due, shift.after, days)];
  return before?.date !== after?.date || before?.approximate !== after?.approximate;
}

/** The day by which self-assessments are due: the first milestone of that name that has a day. */
function selfDay(steps: readonly Milestone[]): LocalDate | undefined {
  return steps.find(({ name, due }) => due && isSelfAssessment(name))?.due;
}
const selfDue = (steps: readonly Milestone[]): DueDay | undefined => {
  const date = selfDay(steps);
  return date && { date, approximate: false };
};

async function movedIn({ read, ...days }: Situation, scope: Scope, program: Program, shift: Shift) {
  const [tasks, dues] = await Promise.all([
    read.tasks({ scope, programId: program.id }),
    selfDay(shift.before) === selfDay(shift.after) ? [] : read.assessmentDues(scope),
  ]);
  const moving = tasks.filter(({ due }) => moves(due, shift, days));
  const deadlines: MovedDeadline[] = [
    ...moving.map((task) => movedTask(task, shift, days)),
    ...dues
      .filter(({ programId }) => programId === program.id)
      .map(({ unit, missing }) => ({
        title: `${unit.name}自评：还有 ${missing} 项未报`,
        dueText: '',
        before: selfDue(shift.before),
        after: selfDue(shift.after),
        people: [],
      })),
  ];
  return { tasks: moving, deadlines };
}

const movedTask = (task: Task, { before, after }: Shift, days: Days): MovedDeadline => ({
  title: task.title,
  subject: taskSubject(task),
  dueText: task.dueText,
  before: dayOf(task.due, before, days),
  after: dayOf(task.due, after, days),
  people: task.people,
});

/** People who are responsible for what no group was told of, each with their own. */
async function unreached({ read, ...days }: Situation, program: Program, shift: Shift, reached: ReadonlySet<string>) {
  const left = (await read.importedTasks(program.id)).filter(
    ({ id, due }) => !reached.has(id) && moves(due, shift, days),
  );
  const personIds = [...new Set(left.flatMap(({ people }) => people.flatMap(({ personId }) => personId ?? [])))];
  const found: { readonly openId: string; readonly moved: readonly MovedDeadline[] }[] = [];
  for (const personId of personIds) {
    const openId = (await read.person(personId))?.openId;
    if (openId === undefined) continue;
    const own = await read.tasks({ scope: { unitIds: [], personIds: [personId] }, programId: program.id });
    const moved = own
      .filter(({ id, due }) => !reached.has(id) && moves(due, shift, days))
      .map((task) => movedTask(task, shift, days));
    if (moved.length > 0) found.push({ openId, moved });
  }
  return found;
}
