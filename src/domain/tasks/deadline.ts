import { type DayUnit, daysLeft } from '../calendar/due.ts';
import { type Instant, type LocalDate, type LocalTime, wallClock } from '../calendar/local-date.ts';
import type { Span } from '../calendar/span.ts';
import { type Calendar, isProvisional } from '../calendar/working-days.ts';
import type { AssessmentDue } from '../checklists/checklist.ts';
import { dueTime, type Finding, findingName } from '../findings/finding.ts';
import { STATES } from '../findings/states.ts';
import type { NamedPerson } from '../people/person.ts';
import { dueAbout, dueOn, type Milestones, type Task, type TaskRole, type TaskUnit } from './task.ts';

/** One thing that the asking scope owes: a task, or what is missing of a self-assessment. */
export interface Deadline {
  readonly source: 'task' | 'assessment' | 'finding';
  readonly program: string;
  /** The number in the program's own table; empty for a self-assessment. */
  readonly code: string;
  /** Of a task: T12. */
  readonly number?: number | undefined;
  /** 节点 of a task, not the task itself. */
  readonly step?: string | undefined;
  /** Of a problem: W12. */
  readonly finding?: number | undefined;
  readonly title: string;
  readonly role: TaskRole;
  readonly units: readonly TaskUnit[];
  readonly people: readonly NamedPerson[];
  readonly veto: boolean;
  readonly dayUnit: DayUnit;
  /** The deadline as the office wrote it. */
  readonly dueText: string;
  /** Undefined when the office fixed no day. */
  readonly date?: LocalDate | undefined;
  /** The hour of that day, where one was named. Days are counted without it: what comes after it is late, and overdue from the next day. */
  readonly time?: LocalTime | undefined;
  /** Nothing can be handed in on that day. */
  readonly restDay?: true;
  /** Days left in `dayUnit`; 0 on the day, negative when overdue. */
  readonly left?: number | undefined;
  /** Counted to the earliest day that a vague milestone may still have; never overdue. */
  readonly approximate?: true;
  /** The count rests on a year whose calendar is not announced yet. */
  readonly provisional: boolean;
}

export interface Owed {
  readonly tasks: readonly Task[];
  readonly assessments: readonly AssessmentDue[];
  /** Problems that are being mended; those whose deadline does not run are left out. */
  readonly findings: readonly Finding[];
  /** By program id. */
  readonly milestones: ReadonlyMap<string, Milestones>;
  /** The days that the vague ones may have, by program id. */
  readonly expected?: ReadonlyMap<string, ReadonlyMap<string, Span>>;
}

/**
 * What is owed, in the order in which it is read out: overdue first, the longest of them before the others, then by day, undated ones last (立行立改
 * before 长期坚持); of one day by number, T2 before T10.
 */
export function deadlines(owed: Owed, today: LocalDate, calendar: Calendar): readonly Deadline[] {
  const counting: Counting = { today, calendar, known: new Map() };
  return [
    ...owed.tasks.flatMap((task) => [ofTask(task, owed, counting), ...ofSteps(task, counting)]),
    ...owed.assessments.map((due) => ofAssessment(due, counting)),
    ...owed.findings.flatMap((finding) => ofFinding(finding, counting)),
  ].toSorted((a, b) => rank(a) - rank(b) || (a.date ?? '').localeCompare(b.date ?? '') || place(a) - place(b));
}

/** 立即整改, 立行立改: no day, but not for some day either. */
export const isImmediate = (dueText: string): boolean => /立即|立行立改|即日/.test(dueText);

/** 迟报: it came after the day, or after the hour that was named. */
export function isLateAt(
  { date, time, approximate }: Pick<Deadline, 'date' | 'time' | 'approximate'>,
  at: Instant,
  zone: string,
): boolean {
  if (date === undefined || approximate) return false;
  const on = wallClock(at, zone);
  return on.date > date || (on.date === date && time !== undefined && on.time > time);
}

const rank = (deadline: Deadline): number => {
  if (deadline.left === undefined) return isImmediate(deadline.dueText) ? 2 : 3;
  return deadline.left < 0 ? 0 : 1;
};

/** Tasks by their number, then self-assessments, then problems by theirs. */
const place = ({ source, number = 0, finding = 0 }: Deadline): number =>
  ({ task: 0, assessment: 1, finding: 2 })[source] * 1e9 + number + finding;

/** Thousands of tasks have the same few days, and counting working days walks over each of them. */
interface Counting {
  readonly today: LocalDate;
  readonly calendar: Calendar;
  readonly known: Map<string, ReturnType<typeof countedAnew>>;
}

function counted(date: LocalDate | undefined, dayUnit: DayUnit, counting: Counting) {
  if (!date) return { provisional: false };
  const key = `${date} ${dayUnit}`;
  const found = counting.known.get(key) ?? countedAnew(date, dayUnit, counting);
  counting.known.set(key, found);
  return found;
}

function countedAnew(date: LocalDate, dayUnit: DayUnit, { today, calendar }: Counting) {
  const span = date < today ? { from: date, to: today } : { from: today, to: date };
  return {
    date,
    ...(!calendar.isWorkday(date) && { restDay: true as const }),
    left: daysLeft(calendar, today, date, dayUnit),
    provisional: dayUnit === 'working' && isProvisional(calendar, span),
  };
}

function taskDue(task: Task, { milestones, expected }: Owed, counting: Counting) {
  const { today, calendar } = counting;
  const day = dueOn(task.due, today, milestones.get(task.programId) ?? new Map(), calendar);
  const time = task.due.kind === 'date' ? task.due.time : undefined;
  if (day) return { ...counted(day, task.dayUnit, counting), ...(time && { time }) };
  const about = dueAbout(task.due, today, expected?.get(task.programId) ?? new Map(), calendar);
  return { ...counted(about, task.dayUnit, counting), ...(about && { approximate: true as const }) };
}

function ofTask(task: Task, owed: Owed, counting: Counting): Deadline {
  return {
    source: 'task',
    program: task.program,
    code: task.code,
    number: task.number,
    title: task.title,
    role: task.ownRole,
    units: task.units,
    people: task.people,
    veto: task.veto,
    dayUnit: task.dayUnit,
    dueText: task.dueText,
    ...taskDue(task, owed, counting),
  };
}

/** Each step has its own day, and is alerted like the task. */
const ofSteps = (task: Task, counting: Counting): readonly Deadline[] =>
  task.state === 'done'
    ? []
    : task.steps
        .filter(({ doneOn }) => doneOn === undefined)
        .map(({ name, due }) => ({
          source: 'task',
          program: task.program,
          code: task.code,
          number: task.number,
          step: name,
          title: `${task.title} · 节点 ${name}`,
          role: task.ownRole,
          units: task.units,
          people: task.people,
          veto: false,
          dayUnit: task.dayUnit,
          dueText: '',
          ...counted(due, task.dayUnit, counting),
        }));

/** A self-assessment counts working days, as the notices that ask for it do. */
function ofAssessment(due: AssessmentDue, counting: Counting): Deadline {
  return {
    source: 'assessment',
    program: due.program,
    code: '',
    title: `${due.program}自评：还有 ${due.missing} 项未报（共 ${due.total} 项）`,
    role: 'lead',
    units: [{ role: 'lead', unit: due.unit, written: due.unit.name }],
    people: [],
    veto: false,
    dayUnit: 'working',
    dueText: due.dueText,
    ...counted(due.due, 'working', counting),
  };
}

/** A problem is its unit's to mend, whoever found it. */
function ofFinding(finding: Finding, counting: Counting): readonly Deadline[] {
  const { unit, due, dayUnit, state, severity, responsible } = finding;
  if (due === undefined || !STATES[state].dueRuns) return [];
  const time = dueTime(finding);
  return [
    {
      source: 'finding',
      finding: finding.number,
      program: '问题整改',
      code: '',
      title: `${findingName(finding)} ${finding.description}`,
      role: 'lead',
      units: [{ role: 'lead', unit, written: unit.name }],
      people: responsible ? [responsible] : [],
      veto: severity === 'veto',
      dayUnit,
      dueText: '',
      ...counted(due, dayUnit, counting),
      ...(time && { time }),
    },
  ];
}
