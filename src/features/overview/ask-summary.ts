import { describeSpan } from '../../domain/calendar/describe.ts';
import {
  addDays,
  addMonths,
  instantAt,
  type LocalDate,
  makeDate,
  startOfMonth,
  wallClock,
  yearOf,
} from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { FindingDimension, GroupedTally } from '../../domain/findings/rates.ts';
import type { PushDimension, PushTally } from '../../domain/reminders/push-rates.ts';
import type { CountedTask, TaskDimension } from '../../domain/tasks/task-rates.ts';
import type { Context } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { refuseImpossible, refuseUnseen, resolveUnit } from '../../language/who/resolve.ts';
import { topUnits } from '../../language/who/top-units.ts';
import type { Slots } from '../../language/words/slots.ts';
import { statesOf } from '../tasks/task-story.ts';
import { readSummaryQuestion, type SummaryQuestion, subjectOf, wordsOf } from './summary-question.ts';
import { countedUnits } from './summary-scope.ts';

type Ask = Context<Pick<Slots, 'when' | 'impossibleDate' | 'units' | 'programs'>>;

interface Asked {
  /** 望海区教育局 · 优质均衡 · 4月1日—30日发现的问题. */
  readonly about: string;
  /** The line that asks for it again. */
  readonly query: string;
}

/** What was asked for, with what was counted. */
export type Summary = Asked &
  (
    | { readonly of: 'findings'; readonly by: FindingDimension; readonly tallies: readonly GroupedTally[] }
    | {
        readonly of: 'tasks';
        readonly by: TaskDimension;
        /** 任务, 民生实事 … */
        readonly what: string;
        readonly tasks: readonly CountedTask[];
      }
    | { readonly of: 'pushes'; readonly by: PushDimension; readonly tallies: readonly PushTally[] }
  );

/** `words`: what is left of the line when units, programs and days are cut out. */
export async function askSummary(context: Ask, words: string): Promise<Summary> {
  const { args } = context;
  refuseImpossible(args.impossibleDate);
  const question = readSummaryQuestion(words);
  if (args.programs.length > 1) throw new UserError('请只写一个专项，例如：汇总 优质均衡');
  switch (question.of) {
    case 'findings':
      return findings(context, question);
    case 'tasks':
      return tasks(context, question);
    case 'pushes':
      return pushes(context, question);
  }
}

async function findings(context: Ask, question: Extract<SummaryQuestion, { of: 'findings' }>): Promise<Summary> {
  const { args, read, today } = context;
  const units = await countedUnits(context, args.units);
  const tallies = await read.findingTallies({
    unitIds: units.map(({ id }) => id),
    by: question.by,
    programId: args.programs[0]?.programId,
    found: args.when,
    today,
  });
  return { ...question, ...asked(context, question, units, '发现的问题'), tallies };
}

/** Confidential tasks are in no count. */
async function tasks(context: Ask, question: Extract<SummaryQuestion, { of: 'tasks' }>): Promise<Summary> {
  const { args, read, scope, zone } = context;
  const unit = await resolveUnit(args.units, { read, scope });
  const units = unit ? [unit] : await topUnits(read, scope.unitIds);
  const programId = args.programs[0]?.programId;
  const found = await read.tasks({ scope, unitId: unit?.id, programId, state: 'any', given: true });
  const states = await statesOf(
    found.filter(({ kind }) => question.kind === undefined || kind === question.kind),
    context,
  );
  if (states.length === 0) await refuseUnseen(unit, context);
  const { when } = args;
  const due = when ? states.filter(({ due: day }) => day !== undefined && day >= when.from && day <= when.to) : states;
  const endings = await read.taskEndings(due.flatMap(({ task: { id, state } }) => (state === 'done' ? [id] : [])));
  const counted = due.map((state): CountedTask => {
    const at = endings.get(state.task.id);
    return { state, doneOn: at === undefined ? undefined : wallClock(at, zone).date };
  });
  const what = subjectOf(question);
  return { of: 'tasks', by: question.by, what, ...asked(context, question, units, '到期'), tasks: counted };
}

/** Of this year, unless days are written. */
async function pushes(context: Ask, question: Extract<SummaryQuestion, { of: 'pushes' }>): Promise<Summary> {
  const { args, read, today, zone } = context;
  if (args.programs.length > 0) throw new UserError('推送不分专项。可以发送：汇总 推送 按单位，汇总 推送 今年 按月');
  const units = await countedUnits(context, args.units);
  const span = args.when ?? { from: makeDate(yearOf(today), 1, 1) ?? today, to: today };
  const months = monthsOf(span).map(({ from, to }) => ({
    month: from.slice(0, 7),
    from: instantAt(from, '00:00', zone),
    before: instantAt(addDays(to, 1), '00:00', zone),
  }));
  const tallies = await read.pushTallies({ unitIds: units.map(({ id }) => id), by: question.by, months });
  return { ...question, ...asked({ ...context, args: { ...args, when: span } }, question, units, ''), tallies };
}

/** Years of months are no question about pushes. */
const MOST_MONTHS = 24;

function monthsOf({ from, to }: Span): readonly Span[] {
  const months: Span[] = [];
  for (let start: LocalDate = from; start <= to; ) {
    const next = addMonths(startOfMonth(start), 1);
    months.push({ from: start, to: next > to ? to : addDays(next, -1) });
    if (months.length > MOST_MONTHS) throw new UserError(`一次最多汇总 ${MOST_MONTHS} 个月的推送，请写短一些的日期。`);
    start = next;
  }
  return months;
}

function asked(
  { args: { when, units: mentions, programs }, today }: Pick<Ask, 'args' | 'today'>,
  question: SummaryQuestion,
  units: readonly { readonly name: string }[],
  dated: string,
): Asked {
  const [program] = programs;
  const about = [units.map(({ name }) => name).join('、'), program?.name, when && describeSpan(when, today) + dated];
  const [subject, by] = wordsOf(question);
  const days = when && (when.from === when.to ? when.from : `${when.from}至${when.to}`);
  const query = ['汇总', subject, mentions.length > 0 && units[0]?.name, program?.name, days, by];
  return { about: about.filter(Boolean).join(' · '), query: query.filter(Boolean).join(' ') };
}
