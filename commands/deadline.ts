import { describeSpan } from '../src/domain/calendar/describe.ts';
import { addDays } from '../src/domain/calendar/local-date.ts';
import { restingOn } from '../src/domain/calendar/rest-days.ts';
import { type Deadline, deadlines } from '../src/domain/tasks/deadline.ts';
import { findingsToMend } from '../src/features/findings/my-findings.ts';
import { milestoneAsked } from '../src/features/programs/milestone-asked.ts';
import { deadlineDoc } from '../src/features/tasks/deadline-card.ts';
import { defineCommand } from '../src/language/command.ts';
import { confidantOf } from '../src/language/who/confidant.ts';
import { ownDues, ownTasks } from '../src/language/who/own-work.ts';
import { refuseImpossible, refusePartOfName, refuseUnseen, resolveUnit } from '../src/language/who/resolve.ts';
import { topUnits } from '../src/language/who/top-units.ts';
import { refuseUnreadTime } from '../src/language/words/unread-time.ts';
import type { Reads } from '../src/ports/store.ts';

/** Without a date, what has to be delivered within a week matters. */
const AHEAD_DAYS = 7;

export default defineCommand({
  name: '截止',
  aliases: ['deadline', 'ddl', 'todo', '待办', '到期', '截止日期', '截止时间', 'jz'],
  says: [
    /(要|需要|得|应|该)(交|报|报送|上报|提交|完成|做)(什么|哪些|啥|的)/,
    /(交|报|报送|上报|提交|完成)(什么|哪些|啥)/,
    /(有|还有)(哪些|什么|多少|几项)(任务|材料|工作|报告|事|要)|(任务|材料)(有|是|还有)(哪些|什么|多少|几项)/,
    /到期(的|了)?$|到期(的)?(有|是)?(哪些|什么)|快到期|(哪些|什么).{0,4}到期/,
    /逾期|超期|过期(的|了)|滞后|拖欠/,
    /(还)?(欠|差|剩)(着)?(什么|哪些|啥|多少)/,
    /^(?!.*(指标|监测点|进展|进度)).*(没|没有|未)(交|报|完成|提交|上报|办|做)/,
    /(任务|材料|报告)?(什么时候|何时|哪天|几号)(截止|到期|交|报|前交|前报)/,
  ],
  line: {
    dates: 'due',
    before: true,
    names: true,
    people: true,
    filters: ['overdue', 'missing'],
    me: true,
    filler:
      '还欠着 还欠 欠着 欠 还差 还剩 剩 哪些工作 什么工作 哪些事 什么事 要办 没办 办 要交 需要交 应交 交 要报 报送 上报 报 提交 要完成 完成 未完成 没完成 要做 没交 未交 没报 未报 没有交 快到期 到期 截止 任务 待办 材料 前 之前 以前 内 以内 有谁 快 单位 事项',
  },
  also: { atEnd: true, mine: true, bare: ['name'], exports: 'always' },
  single: true,
  summary: '查到期事项：任务、自评和问题整改，逾期的在前',
  usage: '截止 [日期|逾期] [单位] [专项]',
  examples: ['截止', '截止 本周', '截止 6月15日前', '截止 逾期', '截止 财政局'],
  allow: 'member',
  where: ['group', 'p2p'],
  async run(context) {
    const { args, chat, scope, actor, today, calendar, read } = context;
    refuseImpossible(args.impossibleDate);
    const unit = await resolveUnit(args.units, { read, scope });
    if (!unit) await refusePartOfName(args.rest, read);
    const viewer = chat.type === 'p2p' ? { viewer: actor.openId } : {};
    const named = args.programs.map(({ programId }) => programId);
    const isMeant = ({ programId }: { readonly programId: string }) => named.length === 0 || named.includes(programId);
    const programs = await read.programs(scope, 'archived too');
    const before = args.when
      ? undefined
      : milestoneAsked(
          args.rest,
          programs.filter(({ id, archivedAt }) => isMeant({ programId: id }) && (named.length > 0 || !archivedAt)),
          context,
        );
    const when = args.when ?? (before && { from: before.until, to: before.until });
    const until = args.until === true || before !== undefined;
    const rest = before ? args.rest.replace(before.written, '').trim() : args.rest;
    refuseUnreadTime(rest, when);
    const mending = async () => {
      const { named: mine, unit: ours } = await findingsToMend(context);
      return [...mine, ...ours];
    };
    const overdueOnly = args.filter === 'overdue';
    // 没交的: all that is open, whenever it is due.
    const openOnly = args.filter === 'missing' && !when;
    const span = when ?? { from: today, to: addDays(today, AHEAD_DAYS) };
    const resting = when && !until && !overdueOnly ? restingOn(span, today, calendar) : undefined;
    // Of a district's thousands, what is due later is not even read.
    const dueBy = openOnly ? undefined : [span.to, resting?.next ?? span.to].toSorted().at(-1);
    const asksOfAll = rest === '' || when !== undefined || args.filter !== undefined || args.me === true;
    const titled = asksOfAll
      ? []
      : (await tasksOf(read, { scope, unitId: unit?.id, confidant: confidantOf({ chat, actor }) }, named)).filter(
          ({ title }) => title.includes(rest.replaceAll(' ', '')),
        );
    const [tasks, findings, dues] = await Promise.all([
      titled.length > 0
        ? titled
        : args.me
          ? (await ownTasks(context)).tasks.filter(isMeant)
          : tasksOf(read, { scope, unitId: unit?.id, dueBy, confidant: confidantOf({ chat, actor }) }, named),
      named.length > 0 || titled.length > 0
        ? []
        : args.me
          ? mending()
          : read.findings({ unitIds: scope.unitIds, unitId: unit?.id, openOnly: true, ...viewer }),
      titled.length > 0 ? [] : args.me ? ownDues(context) : read.assessmentDues(scope, unit?.id),
    ]);
    const assessments = dues.filter(isMeant);
    const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
    const expected = new Map(programs.map((program) => [program.id, program.expected]));
    const all = deadlines({ tasks, findings, assessments, milestones, expected }, today, calendar);

    const asked = ({ date, left }: Deadline): boolean => {
      if (openOnly || titled.length > 0) return true;
      if (date === undefined || left === undefined) return !when && !overdueOnly;
      if (left < 0 && (overdueOnly || span.to >= today)) return true;
      return !overdueOnly && date <= span.to && (until || date >= span.from);
    };
    const shown = all.filter(asked);
    if (shown.length === 0) await refuseUnseen(unit, { read, scope });
    const undated = all.filter(({ date }) => date === undefined).length;
    const searched = shown.length > 0 || unit || args.me ? [] : await topUnits(read, scope.unitIds);
    return {
      nothing: shown.length === 0,
      reply: deadlineDoc({
        about: [args.me ? '我的' : unit?.name, args.programs[0]?.name].filter(Boolean).join(' ') || undefined,
        searched: searched.map(({ name }) => name),
        when:
          titled.length > 0
            ? `“${rest}”`
            : overdueOnly
              ? '逾期'
              : openOnly
                ? '没有完成的'
                : when
                  ? `${describeSpan(span, today)}${until ? '前' : ''}`
                  : `${AHEAD_DAYS} 天内`,
        byUnit: overdueOnly || args.filter === 'missing',
        over: span.to < today && !overdueOnly,
        today,
        deadlines: shown,
        resting: resting && { ...resting, deadlines: all.filter(({ date }) => date === resting.next) },
        unused: titled.length > 0 ? '' : rest,
        undatedElsewhere: when && !overdueOnly ? undated : 0,
        query: [
          '截止',
          overdueOnly
            ? '逾期'
            : openOnly
              ? '未完成'
              : when && `${until ? span.to : `${span.from}至${span.to}`}${until ? '前' : ''}`,
          args.me ? '我' : unit?.name,
          args.programs[0]?.name,
          titled.length > 0 && rest,
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
