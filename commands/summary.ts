import { findingSummaryDoc, isEmpty } from '../src/cards/finding-summary.ts';
import { plainDoc } from '../src/cards/plain.ts';
import { pushSummaryDoc } from '../src/cards/push-summary.ts';
import { taskSummaryDoc } from '../src/cards/task-summary.ts';
import type { Doc } from '../src/cards/views.ts';
import { defineCommand } from '../src/chat/command.ts';
import { wordings } from '../src/chat/phrases.ts';
import { slots } from '../src/chat/slots.ts';
import { askSummary, type Summary } from '../src/chat/summaries/ask-summary.ts';
import type { LocalDate } from '../src/domain/calendar/local-date.ts';

const args = slots.pick({ when: true, impossibleDate: true, units: true, programs: true, rest: true });

export default defineCommand({
  name: '汇总',
  ...wordings.汇总,
  summary: '问题、任务、推送的汇总：完成率、按期率、逾期、用时，按单位、专项、学段、类别、程度或月份',
  usage: '汇总 [任务|重点工作|民生实事|推送] [单位] [专项] [日期] [按单位|按专项|按学段|按类别|按程度|按月|按亮灯]',
  examples: ['汇总', '汇总 望海区 按学段', '汇总 任务 按专项', '汇总 推送 按月'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    return { reply: summaryDoc(await askSummary(context, context.args.rest), context.today) };
  },
});

function summaryDoc(summary: Summary, today: LocalDate): Doc {
  const { about } = summary;
  const empty = (title: string, text: string) => plainDoc(title, `${about}：${text}`, { tone: 'muted' });
  switch (summary.of) {
    case 'findings':
      return isEmpty(summary.tallies)
        ? empty('整改汇总', '还没有登记的问题。登记问题请发送：问题 单位 情况 期限')
        : findingSummaryDoc(summary.tallies, summary);
    case 'tasks':
      return summary.tasks.length === 0
        ? empty(`${summary.what}汇总`, `没有${summary.what}。下达任务请发送：任务 新增 内容 牵头 单位 截止 日期`)
        : taskSummaryDoc(summary.tasks, { ...summary, today });
    case 'pushes':
      return summary.tallies.length === 0
        ? empty('推送汇总', '还没有推送。看提醒规则请发送：提醒')
        : pushSummaryDoc(summary.tallies, summary);
  }
}
