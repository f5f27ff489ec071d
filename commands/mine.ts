import { addDays } from '../src/domain/calendar/local-date.ts';
import { deadlines, type Owed } from '../src/domain/tasks/deadline.ts';
import { findingsToDecide, findingsToMend } from '../src/features/findings/my-findings.ts';
import { openNotices } from '../src/features/notices/open-notices.ts';
import { MOST_BUTTONS, mineDoc } from '../src/features/overview/mine-card.ts';
import { findReportable } from '../src/features/recipients/answers-for.ts';
import { seenEarly, toldHere } from '../src/features/visits/visit-find.ts';
import { defineCommand } from '../src/language/command.ts';
import { isOwnVisit, ownDues, ownTasks } from '../src/language/who/own-work.ts';

/** Two weeks of visits fit a phone's screen and reach over every holiday. */
const AHEAD_DAYS = 14;

export default defineCommand({
  name: '我的',
  aliases: ['mine', 'my', 'wd', 'whoami', '我是谁'],
  says: [/^我.{0,6}(有|要|该|得)(做|干|办|忙)?(什么|哪些|啥)(事|工作|要做的|要交的|活)?$/],
  line: { dates: 'near', filler: '事 工作 任务 日程 待办 督导 安排 要做 要交' },
  saysBefore: ['日程'],
  serves: 'mine',
  summary: '查我的督导安排和到期事项',
  usage: '我的',
  examples: ['我的'],
  allow: 'member',
  where: ['group', 'p2p'],
  async run(context) {
    const { actor, chat, scope, today, now, zone, calendar, read } = context;
    if (actor.people.length === 0) return { reply: mineDoc({ kind: 'unlinked' }) };
    const span = { from: today, to: addDays(today, AHEAD_DAYS) };
    const [all, own, mending, dues, waiting, programs] = await Promise.all([
      read.inspections({ scope, span, cancelled: true }),
      ownTasks(context),
      findingsToMend(context),
      ownDues(context),
      findingsToDecide(context),
      read.programs(scope),
    ]);
    const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
    const expected = new Map(programs.map((program) => [program.id, program.expected]));
    // Asked in a group, the answer is read by the group: what is withheld from it stays withheld.
    const visible = toldHere(context, all);
    const seen = visible.filter((visit) => isOwnVisit(context, visit));
    const isPlanned = ({ inspection }: (typeof seen)[number]) => inspection.state === 'planned';
    const owed = { milestones, expected };
    const named = own.tasks.filter(({ id }) => own.named.has(id));
    const unitTasks = own.tasks.filter(({ id }) => !own.named.has(id));
    const due = (some: Pick<Owed, 'tasks' | 'findings' | 'assessments'>) =>
      deadlines({ ...owed, ...some }, today, calendar);
    const byName = due({ tasks: named, findings: mending.named, assessments: [] });
    const byUnit = due({ tasks: unitTasks, findings: mending.unit, assessments: dues });
    const numbers = new Set([...byName, ...byUnit].map(({ number }) => number));
    const urgentFirst = [...numbers].flatMap((number) => own.tasks.find((task) => task.number === number) ?? []);
    return {
      audit: seenEarly(seen, now),
      reply: mineDoc({
        kind: 'linked',
        reader: chat.type === 'p2p' ? 'person' : 'group',
        people: actor.people,
        span,
        today,
        visits: seen.filter(isPlanned),
        cancelled: seen.filter((visit) => !isPlanned(visit) && !visit.withheld),
        zone,
        notices: await openNotices(context),
        waiting,
        deadlines: byName,
        unitDeadlines: byUnit,
        reportable: (await findReportable(context, urgentFirst, MOST_BUTTONS)).map(({ number }) => number),
        others: {
          visits: visible.filter(isPlanned).length - seen.filter(isPlanned).length,
          tasks: own.others,
          findings: mending.others,
        },
      }),
    };
  },
});
