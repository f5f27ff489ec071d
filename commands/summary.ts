import { plainDoc } from '../src/cards/plain.ts';
import { isEmpty, summaryDoc } from '../src/cards/summary.ts';
import { type Context, defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { resolveUnit } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import { reachOf } from '../src/domain/work/rights.ts';
import type { UnitRef } from '../src/domain/work/unit.ts';

const args = slots.pick({ units: true, programs: true, rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;

const BY_PROGRAM = /按专项|分专项|各专项/;
const NO_WORDS = /按单位|分单位|各单位|整改|问题|情况|完成率|按期率|统计|汇总|一下|[\s的,，、]/g;

export default defineCommand({
  name: '汇总',
  ...wordings.汇总,
  summary: '问题整改的汇总：按单位或专项，完成率、按期率、逾期和挂账时间',
  usage: '汇总 [单位] [专项] [按单位|按专项]',
  examples: ['汇总', '汇总 望海区', '汇总 按专项', '汇总 优质均衡'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const { args: asked, read, today } = context;
    const byProgram = BY_PROGRAM.test(asked.rest);
    const left = asked.rest.replace(BY_PROGRAM, '').replace(NO_WORDS, '');
    if (left !== '') throw new UserError(`没有看懂“${left}”。可以发送：汇总，汇总 单位，汇总 专项，汇总 按专项`);
    const [program, another] = asked.programs;
    if (another) throw new UserError('请只写一个专项，例如：汇总 优质均衡');
    const unit = await resolveUnit(asked.units, context);
    const seen = await topUnits(context);
    const seenIds = seen.map(({ id }) => id);
    if (unit && !(await read.isWithin(unit.id, seenIds)))
      throw new UserError(`这里不能查看“${unit.name}”：只能查看本单位及下属单位。`);
    const tops = unit ? [unit] : seen;
    const tallies = await read.findingTallies({
      unitIds: tops.map(({ id }) => id),
      programId: program?.programId,
      today,
    });
    const about = [tops.map(({ name }) => name).join('、'), program?.name].filter(Boolean).join(' · ');
    if (isEmpty(tallies))
      return {
        reply: plainDoc('整改汇总', `${about}：还没有登记的问题。登记问题请发送：问题 单位 情况 期限`, {
          tone: 'muted',
        }),
      };
    const query = ['汇总', unit?.name, program?.name, byProgram && '按专项'].filter(Boolean).join(' ');
    return { reply: summaryDoc(tallies, { about, by: byProgram ? 'program' : 'unit', query }) };
  },
});

/** What the chat sees, none of them below another: a problem is counted once. */
async function topUnits({ read, scope, chat, actor }: Ask): Promise<readonly UnitRef[]> {
  const reach = chat.type === 'p2p' ? reachOf(actor, 'finding.issue') : [];
  if (reach === 'everywhere') return read.rootUnits();
  const ids = [...new Set([...scope.unitIds, ...reach])];
  const units = await Promise.all(
    ids.map(async (id) => {
      const unit = await read.unit(id);
      const below = await read.isWithin(
        id,
        ids.filter((other) => other !== id),
      );
      return unit && !below ? [unit] : [];
    }),
  );
  return units.flat();
}
