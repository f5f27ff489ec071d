import { ENTRY_PARTS, type EntryArgs, LETTER_PARTS } from '../src/features/findings/entry-parts.ts';
import { findingCards } from '../src/features/findings/finding-card.ts';
import {
  type FindingContext,
  findingContextOf,
  findingMeant,
  showFinding,
} from '../src/features/findings/finding-desk.ts';
import { findingOf, visitedPlace } from '../src/features/findings/finding-entry.ts';
import { entryFormDoc } from '../src/features/findings/finding-form-card.ts';
import { areItems } from '../src/features/findings/finding-items.ts';
import { numberIn } from '../src/features/findings/finding-line.ts';
import { enterFinding } from '../src/features/findings/finding-steps.ts';
import { visitNamed, visitUnderWay } from '../src/features/findings/found-on.ts';
import { KEPT_FINDINGS } from '../src/features/findings/kept-findings.ts';
import { enterLetter } from '../src/features/findings/letter-entry.ts';
import { newFinding, numbered } from '../src/features/findings/new-finding.ts';
import { programOf } from '../src/features/findings/of-program.ts';
import { refuseSame } from '../src/features/findings/same-problem.ts';
import { askWhichOffice } from '../src/features/findings/which-office.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { broughtEvidence } from '../src/language/evidence.ts';
import { deed, may, must, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { resolveUnit } from '../src/language/who/resolve.ts';

const show = question({
  verbs: [/(?=[Ww]? ?\d{1,6}$)/],
  examples: ['问题 W12'],
  parts: { number: must('word', { pattern: /[Ww]? ?\d+/, asks: '请写问题的编号。' }) },
  async run(asked) {
    const context = await findingContextOf(asked, findingCards);
    return showFinding(context, await findingMeant(context, numberIn(asked.args.number)));
  },
});

/** What is in the books already is dealt with under another word. */
const elsewhere = question({
  verbs: [/(?=[Ww] ?\d{1,6}[^\d])/],
  examples: ['问题 W12 签收'],
  parts: { line: may('text') },
  async run({ args: { line = '' } }) {
    throw new UserError(
      `没有登记：${line.slice(0, 20)} 已经有编号。办理请发送：整改 W12 完成 做了什么；看问题请发送：问题 W12`,
    );
  },
});

const letter = deed({
  verbs: [/(?=[^\n]*\n)/],
  examples: ['问题 望海区第一中学 文号 云教督〔2026〕5号 10个工作日\n1. 消防通道堆放杂物 较重\n2. 台账不全 5个工作日'],
  parts: LETTER_PARTS,
  run: async (asked) => enterLetter(await findingContextOf(asked, findingCards), asked.args),
});

const entry = deed({
  verbs: [],
  examples: [
    '问题 望海区第一中学 A2.3 消防通道堆放杂物 较重 10个工作日 责任人 朱戊',
    '问题 D12 灭火器过期 立行立改',
    '问题 望海区第一中学 食堂账目不清 5个工作日 专项 2026年优质均衡创建 保密 可见 张三、李四',
  ],
  parts: ENTRY_PARTS,
  takesQuestions: true,
  run: enter,
});

export default defineCommand({
  name: '问题',
  aliases: ['finding', 'wt', '新增问题', '登记问题', '问题登记', '发现问题', '整改 新增', '整改新增'],
  line: { mentions: true },
  also: { counts: true },
  reports: true,
  keeps: KEPT_FINDINGS,
  takesLines: areItems,
  summary: '登记督导发现的问题：单位、指标、描述、期限，一行写完',
  usage: '问题 单位或督导编号 [指标编号] 描述 [程度] 期限 [责任人 姓名] [专项 名称] [保密 可见 姓名]',
  files: 'used',
  allow: 'member',
  where: ['group', 'p2p'],
  ...inForms(show, elsewhere, letter, entry),
  examples: ['问题 一中 A2.3 消防通道堆放杂物 10个工作日', '问题 D12 灭火器过期 立行立改', '问题 W12'],
});

type EntryContext = Context<EntryArgs> & FindingContext;

async function enter(asked: Context<EntryArgs>): Promise<Outcome> {
  const context = await findingContextOf(asked, findingCards);
  const { args, chat, brought } = context;
  const named = args.visit === undefined ? undefined : await visitNamed(context, args.visit);
  if (namesOnlyPlace(args)) return fillIn(context, named);
  const said = await findingOf(context, args, named && visitedPlace(named));
  if (said.restricted && chat.type === 'group')
    throw new UserError('保密或涉及举报、信访、涉密的问题不在群里登记，也没有保存。请在单聊里发给督导助手。');
  await askWhichOffice(context, said, (args.mentioned ?? []).length > 0);
  const visit = named ?? (await visitUnderWay(context, said.unit));
  await refuseSame(context, said, visit, args.another);
  const program = await programOf(context, args.program, said.unit);
  const mentions = args.mentioned ?? [];
  const evidence = [...(args.evidence ?? []), ...broughtEvidence(brought)];
  const news = await newFinding(context, said, { visit, program, mentions, evidence });
  const [entry] = await numbered(context, [news]);
  if (!entry) throw new Error('one problem was entered');
  return enterFinding(context, entry.facts, entry.events, evidence);
}

const namesOnlyPlace = ({ place, visit, mentioned, ...others }: EntryArgs): boolean =>
  Object.values(others).every((said) => said === undefined);

/** A unit, a visit or nothing: what is wrong there is to be filled in. */
async function fillIn(
  context: EntryContext,
  visit: Awaited<ReturnType<typeof visitNamed>> | undefined,
): Promise<Outcome> {
  const { args, chat, ids } = context;
  const unit = args.place ? await resolveUnit([args.place], context) : visit?.unit;
  const people = unit ? await namesOf(context, unit.id) : [];
  const given = { unit: unit?.name, visit: visit?.number, secret: chat.type === 'p2p' };
  return { reply: entryFormDoc({ ...given, once: ids.next('form'), people }) };
}

/** A unit whose people are more is no school. */
const MOST_PEOPLE = 200;

async function namesOf({ read, today }: Pick<Context<never>, 'read' | 'today'>, unitId: string) {
  const { people } = await read.addressBook({ within: [unitId], today, limit: MOST_PEOPLE });
  return people.flatMap(({ name, unit, left }) => (unit.id === unitId && !left ? [name] : []));
}
