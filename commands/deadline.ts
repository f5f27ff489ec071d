import { deadlineDoc } from '../src/cards/deadline.ts';
import { defineCommand } from '../src/chat/command.ts';
import { wordings } from '../src/chat/phrases.ts';
import { refuseImpossible, resolveUnit } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import { confidantOf } from '../src/chat/tasks/task-ref.ts';
import { describeSpan } from '../src/domain/calendar/describe.ts';
import { addDays } from '../src/domain/calendar/local-date.ts';
import { type Deadline, deadlines } from '../src/domain/work/deadline.ts';
import type { Reads } from '../src/ports/store.ts';

/** Without a date, what has to be delivered within a week matters. */
const AHEAD_DAYS = 7;

export default defineCommand({
  name: '截止',
  ...wordings.截止,
  summary: '查到期事项：任务、自评和问题整改，逾期的在前',
  usage: '截止 [日期|逾期] [单位] [专项]',
  examples: ['截止', '截止 本周', '截止 6月15日前', '截止 逾期', '截止 财政局'],
  allow: 'member',
  where: ['group', 'p2p'],
  args: slots.pick({
    ...{ when: true, until: true, impossibleDate: true, units: true, programs: true, filter: true, me: true },
    rest: true,
  }),
  async run({ args, chat, scope, actor, today, calendar, read }) {
    refuseImpossible(args.impossibleDate);
    const unit = await resolveUnit(args.units, { read, scope });
    const personIds = args.me ? actor.people.map(({ id }) => id) : undefined;
    const viewer = chat.type === 'p2p' ? { viewer: actor.openId } : {};
    const named = args.programs.map(({ programId }) => programId);
    const [tasks, found, dues, programs] = await Promise.all([
      tasksOf(read, { scope, unitId: unit?.id, personIds, confidant: confidantOf({ chat, actor }) }, named),
      named.length > 0 ? [] : read.findings({ unitIds: scope.unitIds, unitId: unit?.id, openOnly: true, ...viewer }),
      args.me ? [] : read.assessmentDues(scope, unit?.id),
      read.programs(scope, 'archived too'),
    ]);
    const assessments = dues.filter(({ programId }) => named.length === 0 || named.includes(programId));
    const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
    const expected = new Map(programs.map((program) => [program.id, program.expected]));
    const findings = personIds
      ? found.filter(({ responsible }) => personIds.includes(responsible?.personId ?? ''))
      : found;
    const all = deadlines({ tasks, findings, assessments, milestones, expected }, today, calendar);

    const overdueOnly = args.filter === 'overdue';
    const span = args.when ?? { from: today, to: addDays(today, AHEAD_DAYS) };
    const asked = ({ date, left }: Deadline): boolean => {
      if (date === undefined || left === undefined) return !args.when && !overdueOnly;
      if (left < 0 && (overdueOnly || span.to >= today)) return true;
      return !overdueOnly && date <= span.to && (args.until === true || date >= span.from);
    };
    const shown = all.filter(asked);
    const undated = all.filter(({ date }) => date === undefined).length;
    return {
      reply: deadlineDoc({
        about: [args.me ? '我的' : unit?.name, args.programs[0]?.name].filter(Boolean).join(' ') || undefined,
        when: overdueOnly
          ? '逾期'
          : args.when
            ? `${describeSpan(span, today)}${args.until ? '前' : ''}`
            : `${AHEAD_DAYS} 天内`,
        today,
        deadlines: shown,
        unused: args.rest,
        undatedElsewhere: args.when && !overdueOnly ? undated : 0,
        query: [
          '截止',
          overdueOnly
            ? '逾期'
            : args.when && `${args.until ? span.to : `${span.from}至${span.to}`}${args.until ? '前' : ''}`,
          args.me ? '我' : unit?.name,
          args.programs[0]?.name,
        ]
          .filter(Boolean)
          .join(' '),
      }),
    };
  },
});

/** Of the programs that are named, the archived ones too; several may share a name. */
async function tasksOf(read: Reads, query: Parameters<Reads['tasks']>[0], programIds: readonly string[]) {
  if (programIds.length === 0) return read.tasks(query);
  const lists = await Promise.all(programIds.map((programId) => read.tasks({ ...query, programId })));
  return lists.flat();
}
