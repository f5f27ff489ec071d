import { mineDoc } from '../src/cards/mine.ts';
import { type Context, defineCommand } from '../src/chat/command.ts';
import { findingsToDecide, findingsToMend } from '../src/chat/findings/my-findings.ts';
import { openFor, receiptOf } from '../src/chat/notices/receipt.ts';
import { confidantOf } from '../src/chat/tasks/task-ref.ts';
import { seenEarly } from '../src/chat/visits/visit-find.ts';
import { addDays } from '../src/domain/calendar/local-date.ts';
import { deadlines } from '../src/domain/work/deadline.ts';
import { visibleTo } from '../src/domain/work/inspection.ts';
import { isClosed, type Notice, openSince } from '../src/domain/work/notice.ts';

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
    const { actor, chat, scope, viewer, today, now, zone, calendar, read } = context;
    const personIds = actor.people.map(({ id }) => id);
    if (personIds.length === 0) return { reply: mineDoc({ kind: 'unlinked' }) };
    const span = { from: today, to: addDays(today, AHEAD_DAYS) };
    const [visits, tasks, mending, waiting, programs] = await Promise.all([
      read.inspections({ scope, span, personIds, cancelled: true }),
      read.tasks({ scope, personIds, confidant: confidantOf({ chat, actor }) }),
      findingsToMend(context),
      findingsToDecide(context),
      read.programs(scope),
    ]);
    const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
    const expected = new Map(programs.map((program) => [program.id, program.expected]));
    // Asked in a group, the answer is read by the group: what is withheld from it stays withheld.
    const seen = visibleTo(viewer, visits, now);
    const isPlanned = ({ inspection }: (typeof seen)[number]) => inspection.state === 'planned';
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
        notices: await unconfirmed(context),
        waiting,
        deadlines: deadlines({ tasks, findings: mending, assessments: [], milestones, expected }, today, calendar),
      }),
    };
  },
});

/** Newest first; more than these nobody has open. */
const NOTICES = 10;

async function unconfirmed(
  asking: Pick<Context<never>, 'actor' | 'now' | 'read' | 'preview'>,
): Promise<readonly Notice[]> {
  const { actor, now, read } = asking;
  const open: Notice[] = [];
  for (const notice of await read.notices({ receiver: actor.openId, since: openSince(now), limit: NOTICES }))
    if (!isClosed(notice, now) && openFor(await receiptOf(asking, notice), actor.openId)) open.push(notice);
  return open;
}
