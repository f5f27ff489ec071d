import { findingCards } from '../src/features/findings/finding-card.ts';
import { deskOf, findingMeant, showFinding } from '../src/features/findings/finding-desk.ts';
import { onlyPlace, readFinding, visitedPlace } from '../src/features/findings/finding-entry.ts';
import { entryFormDoc } from '../src/features/findings/finding-form-card.ts';
import { areItems } from '../src/features/findings/finding-items.ts';
import { entered } from '../src/features/findings/finding-steps.ts';
import { visitNamed, visitSaid, visitUnderWay } from '../src/features/findings/found-on.ts';
import { enterLetter } from '../src/features/findings/letter-entry.ts';
import { newFinding } from '../src/features/findings/new-finding.ts';
import { programOf, programSaid } from '../src/features/findings/of-program.ts';
import { type Context, defineCommand } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { readEvidence } from '../src/language/evidence.ts';

export default defineCommand({
  name: '问题',
  aliases: ['finding', 'wt', '新增问题', '登记问题', '问题登记', '发现问题', '整改 新增', '整改新增'],
  line: { mentions: true },
  also: { counts: true },
  edits: true,
  reports: true,
  takesLines: areItems,
  summary: '登记督导发现的问题：单位、指标、描述、期限，一行写完',
  usage: '问题 单位或督导编号 [指标编号] 描述 [程度] 期限 [责任人 姓名] [专项 名称] [保密 可见 姓名]',
  examples: ['问题 一中 A2.3 消防通道堆放杂物 10个工作日', '问题 D12 灭火器过期 立行立改', '问题 W12'],
  allow: 'member',
  where: ['group', 'p2p'],
  async run(context) {
    const { args, chat, read, ids } = context;
    const desk = await deskOf(context, findingCards);
    const one = /^[Ww]? ?(\d{1,6})$/.exec(args.rest);
    if (one) return showFinding(desk, await findingMeant(desk, Number(one[1])));
    const mentions = args.mentions ?? [];
    if (args.rest.includes('\n')) return enterLetter(desk, args.rest);
    const place = visitSaid(args.rest);
    const named = place.number === undefined ? undefined : await visitNamed(desk, place.number);
    const unit = place.text === '' ? named?.unit : await onlyPlace(desk, place.text);
    if (place.text === '' || unit) {
      const people = unit ? await namesOf(context, unit.id) : [];
      const given = { unit: unit?.name, visit: named?.number, secret: chat.type === 'p2p' };
      return { reply: entryFormDoc({ ...given, once: ids.next('form'), people }) };
    }
    const ofProgram = await programSaid(desk, place.text);
    const { evidence, text } = readEvidence(ofProgram.text, context.brought);
    const said = await readFinding(desk, text, mentions, named && visitedPlace(named));
    if (said.restricted && chat.type === 'group')
      throw new UserError('保密或涉及举报、信访、涉密的问题不在群里登记，也没有保存。请在单聊里发给督导助手。');
    const visit = named ?? (await visitUnderWay(desk, said.unit));
    const number = await read.nextFindingNumber();
    const program = await programOf(desk, ofProgram, said.unit);
    const { facts, events } = await newFinding(desk, said, { number, visit, program, mentions, evidence });
    return entered(desk, facts, events, evidence);
  },
});

/** A unit whose people are more is no school. */
const MOST_PEOPLE = 200;

async function namesOf({ read, today }: Pick<Context<never>, 'read' | 'today'>, unitId: string) {
  const { people } = await read.addressBook({ within: [unitId], today, limit: MOST_PEOPLE });
  return people.flatMap(({ name, unit, left }) => (unit.id === unitId && !left ? [name] : []));
}
