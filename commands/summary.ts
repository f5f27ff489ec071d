import { findingSummaryDoc, isEmpty } from '../src/cards/finding-summary.ts';
import { plainDoc } from '../src/cards/plain.ts';
import { defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { refuseImpossible } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import { BY_WORD, readSummaryQuestion } from '../src/chat/summaries/summary-question.ts';
import { countedUnits } from '../src/chat/summaries/summary-scope.ts';
import { describeSpan } from '../src/domain/calendar/describe.ts';
import type { Span } from '../src/domain/calendar/span.ts';

const args = slots.pick({ when: true, impossibleDate: true, units: true, programs: true, rest: true });

export default defineCommand({
  name: '汇总',
  ...wordings.汇总,
  summary: '问题整改的汇总：完成率、按期率、逾期和挂账时间，按单位、专项、学段、类别、程度或月份',
  usage: '汇总 [单位] [专项] [日期] [按单位|按专项|按学段|按类别|按程度|按月]',
  examples: ['汇总', '汇总 望海区 按学段', '汇总 按专项', '汇总 今年 按月'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const { args: asked, read, today } = context;
    refuseImpossible(asked.impossibleDate);
    const { by } = readSummaryQuestion(asked.rest);
    const [program, another] = asked.programs;
    if (another) throw new UserError('请只写一个专项，例如：汇总 优质均衡');
    const tops = await countedUnits(context, asked.units);
    const tallies = await read.findingTallies({
      unitIds: tops.map(({ id }) => id),
      ...{ by, programId: program?.programId, found: asked.when, today },
    });
    const found = asked.when && `${describeSpan(asked.when, today)}发现的问题`;
    const about = [tops.map(({ name }) => name).join('、'), program?.name, found].filter(Boolean).join(' · ');
    if (isEmpty(tallies))
      return {
        reply: plainDoc('整改汇总', `${about}：还没有登记的问题。登记问题请发送：问题 单位 情况 期限`, {
          tone: 'muted',
        }),
      };
    const unit = asked.units.length > 0 ? tops[0]?.name : undefined;
    const query = ['汇总', unit, program?.name, asked.when && written(asked.when), by !== 'unit' && BY_WORD[by]];
    return { reply: findingSummaryDoc(tallies, { about, by, query: query.filter(Boolean).join(' ') }) };
  },
});

const written = ({ from, to }: Span): string => (from === to ? from : `${from}至${to}`);
