import { lateBy } from '../src/domain/findings/finding.ts';
import { visitNumber } from '../src/domain/visits/inspection.ts';
import { findingCards, findingsDoc } from '../src/features/findings/finding-card.ts';
import {
  type FindingContext,
  findingContextOf,
  findingMeant,
  rulesOf,
  showFinding,
} from '../src/features/findings/finding-desk.ts';
import { BEGINS_WITH_NUMBER, STEPS, verbOf } from '../src/features/findings/finding-line.ts';
import { KEPT_FINDINGS } from '../src/features/findings/kept-findings.ts';
import { LIST_PARTS, type ListArgs, wordsLeft } from '../src/features/findings/list-parts.ts';
import { meantNumber, partsOf, SHOW_PARTS } from '../src/features/findings/step-parts.ts';
import { takeStep } from '../src/features/findings/take-step.ts';
import { unknownNumber, visitByNumber } from '../src/features/visits/visit-find.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { NothingHere, UserError } from '../src/language/errors.ts';
import { deed, type Form, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { resolveOwnUnit } from '../src/language/who/resolve.ts';
import { refuseSeveral } from '../src/language/words/several.ts';

const steps: readonly Form[] = STEPS.map((step) =>
  deed({
    verbs: [verbOf(step), ...(step.shape ? [step.shape] : [])],
    verbsAtEnd: step.words,
    examples: [['整改 W12', step.words[0], step.says].filter(Boolean).join(' ')],
    parts: partsOf(step.verb),
    run: async (asked) => takeStep(await findingContextOf(asked, findingCards), step.verb),
  }),
);

const show = question({
  verbs: ['详情', '查看', BEGINS_WITH_NUMBER],
  examples: ['整改 W12'],
  parts: SHOW_PARTS,
  async run(asked) {
    const context = await findingContextOf(asked, findingCards);
    return showFinding(context, await findingMeant(context, meantNumber(asked.args)));
  },
});

const list = question({
  verbs: [],
  examples: ['整改', '整改 一中', '整改 D12 逾期'],
  parts: LIST_PARTS,
  run: async (asked) => listed(await findingContextOf(asked, findingCards)),
});

const forms = inForms(...steps, show, list);

export default defineCommand({
  name: '整改',
  aliases: ['rectify', 'zgqd', '问题清单', '问题台账', '问题列表', '整改台账', '整改清单', '整改列表', '台账'],
  says: [/(?<![a-z\d])w\d{1,6}(?!\d)|\d{1,6}号问题|zg-?\d/i, /销号|整改(?:完|到位|情况|了)|复查(?:通过|不通过)/],
  saysFirst: [/^(?!.*操作(?:记录|日志)).*(?:(?<![a-z\d])w\d{1,6}(?!\d)|\d号问题|zg-?\d)/i],
  saysBefore: ['日程'],
  also: { atEnd: true, mine: true, exports: 'short', counts: true },
  reports: true,
  keeps: KEPT_FINDINGS,
  redirects: [
    {
      about: '复查安排',
      words: ['复查', '回头看'],
      answer: '复查一个问题请发送：整改 W12 复查；安排督导请发送：日程 新增 4月9日 望海区第一中学 复查 组长 韩丙。',
    },
    {
      about: '督办和约谈',
      words: ['督办', '约谈', '问责', '挂牌督办'],
      says: [/(转|升级|发起|启动)\S{0,8}(督办|约谈|问责)/],
      answer: '督办一个问题请发送：整改 W12 督办；约谈、问责在单聊里登记：整改 W12 约谈 日期、对象和事由。',
    },
    {
      about: '通报',
      words: ['通报', 'bulletin'],
      says: [/(生成|起草|拟|写|发)\S{0,8}通报/],
      answer: '通报一个问题请发送：整改 W12 通报 文号 …；通报一项任务请发送：任务 通报 T12 文号 …。',
    },
    {
      about: '延期',
      words: ['延期', '申请延期', '展期'],
      says: [
        /申请.{0,8}(延期|延长|宽限)|延期到/,
        /(?:能不能|能否|可否|可以|想|请求?|希望)(?:再|多)?(?:缓|宽限|延后|推迟|延长|延)(?:[一二两三四五六七八九十几\d]|到)/,
      ],
      answer:
        '问题延期请发送：整改 W12 延期 6月30日 理由；任务改期请发送：任务 改期 T12 6月30日 原因；督导改期请发送：日程 延期 D12 4月12日。',
    },
    {
      about: '佐证材料',
      words: ['佐证', '佐证材料', '支撑材料'],
      says: [/(缺|少|没有?|未传|补|上传)(传|交)?(佐证|支撑|印证)/],
      answer:
        '照片和文件在单聊里请回复到问题或任务的卡片；在群里请回复那张照片，@督导助手 发送：整改 W12 佐证，或 进展 T12 佐证。',
    },
  ],
  summary: '问题的整改：查清单，签收、报完成、延期、复查、退回、销号',
  usage: '整改 [单位|专项|督导编号|逾期|全部] 或 整改 编号 [签收|方案|完成|延期|同意|复查|退回|销号…] [说明]',
  files: 'used',
  allow: 'member',
  where: ['group', 'p2p'],
  ...forms,
  // Of thirty forms those that are used every day.
  examples: ['整改', '整改 一中', '整改 W12', '整改 W12 完成 已清理并拍照', '整改 W12 退回 5个工作日 照片看不清'],
  async run(context) {
    refuseSeveral(context.args.rest, 'W');
    return forms.run(context);
  },
});

/** Twenty pages of a phone; a workbook holds the rest. */
const SHOWN = 300;

async function listed(context: Context<ListArgs> & FindingContext): Promise<Outcome> {
  const { args, read, chat, scope, actor, today, calendar } = context;
  const { number, document, program, overdue } = args;
  const visit = number === undefined ? undefined : await visitByNumber(context, number);
  if (number !== undefined && (!visit || visit.withheld)) throw new NothingHere(unknownNumber(context, number));
  const unit = await resolveOwnUnit(args.unit ? [args.unit] : [], context);
  const left = wordsLeft(args);
  if (left !== '')
    throw new UserError(
      `没有看懂“${left.slice(0, 60)}”。看清单发送：整改，或 整改 单位、专项、督导编号；办一项发送：整改 W12 完成 做了什么`,
    );
  const all = args.all === true || visit !== undefined || document !== undefined;
  const listed = await read.findings({
    unitIds: scope.unitIds,
    unitId: unit?.id,
    visitId: visit?.inspection.id,
    programId: program?.programId,
    letter: document,
    openOnly: !all,
    ...(chat.type === 'p2p' && { viewer: actor.openId }),
    limit: SHOWN + 1,
  });
  const found = listed.slice(0, SHOWN);
  const findings = overdue ? found.filter((each) => (lateBy(each, today, calendar) ?? 0) > 0) : found;
  const narrowed = [
    visit && visitNumber(visit.inspection.number),
    unit?.name,
    program?.name,
    document && `文号 ${document}`,
    overdue && '逾期',
  ];
  const about = narrowed.filter(Boolean).join(' ');
  const query = ['整改', ...narrowed, all && '全部'].filter(Boolean).join(' ');
  return {
    nothing: findings.length === 0,
    reply: findingsDoc({ about, findings, all, query, cut: listed.length > SHOWN }, rulesOf(context)),
  };
}
