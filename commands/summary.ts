import { plainDoc } from '../src/cards/plain.ts';
import type { Doc } from '../src/cards/views.ts';
import type { LocalDate } from '../src/domain/calendar/local-date.ts';
import { findingSummaryDoc, isEmpty } from '../src/features/findings/finding-summary-card.ts';
import { askSummary, type Summary } from '../src/features/overview/ask-summary.ts';
import { pushSummaryDoc } from '../src/features/reminders/push-summary-card.ts';
import { taskSummaryDoc } from '../src/features/tasks/task-summary-card.ts';
import { defineCommand } from '../src/language/command.ts';

export default defineCommand({
  name: '汇总',
  aliases: ['summary', 'stats', 'hz', '统计', '整改汇总', '整改统计', '整改情况统计', '问题汇总', '问题统计'],
  says: [
    /整改(?:完成|按期)?率/,
    /^(?:整改|问题)(?:的)?(?:总体|整体)情况/,
    /^(?:任务|重点工作|重大决策事项|民生实事|推送)的?(?:汇总|统计|(?:按期)?(?:办结|完成)率|送达率|准时率)/,
  ],
  line: { dates: 'near', names: true },
  also: { exports: 'always' },
  serves: 'counts',
  redirects: [
    {
      about: '统计',
      words: ['排名'],
      says: [/(入校|督导|检查|走访)(了)?(次数|几次|多少次)|签收率|排名/],
      answer: '看整改、任务和推送的统计请发送：汇总。督导次数和排名还没有统计。',
    },
  ],
  summary: '问题、任务、推送的汇总：完成率、按期率、逾期、用时，按单位、专项、学段、类别、程度或月份',
  usage: '汇总 [任务|重点工作|民生实事|推送] [单位] [专项] [日期] [按单位|按专项|按学段|按类别|按程度|按月|按亮灯]',
  examples: ['汇总', '汇总 望海区 按学段', '汇总 任务 按专项', '汇总 推送 按月'],
  allow: 'member',
  where: ['group', 'p2p'],
  async run(context) {
    const summary = await askSummary(context, context.args.rest);
    return { nothing: isNothing(summary), reply: summaryDoc(summary, context.today) };
  },
});

function isNothing(summary: Summary): boolean {
  switch (summary.of) {
    case 'findings':
      return isEmpty(summary.tallies);
    case 'tasks':
      return summary.tasks.length === 0;
    case 'pushes':
      return summary.tallies.length === 0;
  }
}

function summaryDoc(summary: Summary, today: LocalDate): Doc {
  const { about } = summary;
  const empty = (title: string, text: string) => plainDoc(title, `${about}：${text}`, { tone: 'muted' });
  switch (summary.of) {
    case 'findings':
      return isNothing(summary)
        ? empty('整改汇总', '还没有登记的问题。登记问题请发送：问题 单位 情况 期限')
        : findingSummaryDoc(summary.tallies, summary);
    case 'tasks':
      return isNothing(summary)
        ? empty(`${summary.what}汇总`, `没有${summary.what}。下达任务请发送：任务 新增 内容 牵头 单位 截止 日期`)
        : taskSummaryDoc(summary.tasks, { ...summary, today });
    case 'pushes':
      return isNothing(summary)
        ? empty('推送汇总', '还没有推送。看提醒规则请发送：提醒')
        : pushSummaryDoc(summary.tallies, summary);
  }
}
