import type { Level } from '../../domain/findings/finding.ts';
import type { StateMove } from '../../domain/findings/moves.ts';
import { must } from '../../language/forms/form.ts';
import { formOf } from '../../language/forms/forms.ts';

/** What is to be done with a problem, in a word of the loop. */
export type Verb =
  | { readonly kind: 'move'; readonly move: StateMove }
  | { readonly kind: 'attach' }
  /** `cause`: its words are the cause. */
  | { readonly kind: 'correct'; readonly cause: boolean }
  | { readonly kind: 'amend' }
  | { readonly kind: 'escalate'; readonly word: string }
  | { readonly kind: 'lower'; readonly to: Level }
  /** `naming`: more people who may see it. */
  | { readonly kind: 'restrict'; readonly naming: boolean }
  | { readonly kind: 'lift' };

interface Step {
  readonly verb: Verb;
  /** As officials say it, the first in print. */
  readonly words: readonly string[];
  /** What an example says beside number and word. */
  readonly says: string;
  /** Lines that mean it without one of the words in front. */
  readonly shape?: RegExp;
}

const step = (verb: Verb, words: string, says = ''): Step => ({ verb, words: words.split(' '), says });
const move = (name: StateMove, words: string, says = ''): Step => step({ kind: 'move', move: name }, words, says);
const escalate = (word: string, says: string): Step => step({ kind: 'escalate', word }, word, says);
const lower = (to: Level, word: string): Step => step({ kind: 'lower', to }, word, '误报');

/** 消防通道已清理完成: a report that ends with its verb, kept whole; a cause may follow. What is not yet so is none. */
const NOT_YET = '(?:[不未没别勿无待才将]|正在|预计|计划|争取|力争)';
const DONE = new RegExp(
  `(?=(?!(?:(?!原因).)*${NOT_YET}).*?已.*?(?:完成|到位|完毕|[改修整]好|[改修整]完|[清修]理好)了?(?:$|[,，。;；] ?(?:原因|[请望申恳]\\S{0,8}(?:复查|核查|验收|销号)$)))`,
);

export const STEPS: readonly Step[] = [
  move('register', '登记 认定'),
  move('dispute', '申辩 有异议 提出异议', '照片不是我校的'),
  move('issue', '下达 发整改通知 下发', '文号 云教督〔2026〕3号 10个工作日'),
  move('sign', '签收 已签收 收到 已收到'),
  move('plan', '方案 报方案 整改方案 报整改方案', '更换灭火器,王丁负责'),
  move('acceptPlan', '同意方案 方案通过'),
  move('returnPlan', '退回方案 方案退回 方案不通过', '没有写责任人'),
  move('start', '开始整改 开始 整改中 着手整改'),
  {
    ...move(
      'submit',
      '完成 已完成 整改完成 整改完了 整改完 整改到位 已整改 已整改到位 报完成 报整改完成 办结 请复查 申请复查',
      '已清理并拍照,原因:无人管理',
    ),
    shape: DONE,
  },
  move('askExtension', '延期 申请延期 延长 宽限', '6月30日 暑期施工'),
  move('grantExtension', '同意 同意延期 准予延期 批准延期 批准'),
  move('refuseExtension', '不同意 不同意延期 不准延期 驳回延期', '时间足够'),
  move('recheck', '复查 开始复查 核查', '现场看过'),
  {
    ...move('return', '退回 不通过 复查不通过 退回整改 重新整改', '5个工作日 照片看不清'),
    shape: /(?:复查|核查)[\s:,、]*(?:结果)?[是为:]?\s*(?:不|未|没有?)(?:予|能)?(?:通过|合格|达标)/,
  },
  {
    ...move('close', '销号 同意销号 申请销号 复查通过 通过', '现场核查无误'),
    shape: /(?:复查|核查)[\s:,、]+(?:结果[是为:]?)?已?通过(?=$|[\s,。;、])/,
  },
  move('keep', '长期坚持 转长期坚持 转为长期坚持', '9月1日 每学期检查'),
  move('reopen', '重新挂账 反弹 重新立案', '10个工作日 又堆放了'),
  move('drop', '不予认定 撤回', '属市政管理'),
  step({ kind: 'attach' }, '佐证 补充佐证 附件', '清理后的照片'),
  step({ kind: 'correct', cause: true }, '原因 补充原因 更正原因', '无人管理'),
  step({ kind: 'correct', cause: false }, '更正 补充说明 补充', '清理了两处,原因:无人管理'),
  step({ kind: 'amend' }, '改期 改期限 调整期限', '6月30日 通知写错'),
  escalate('督办', '两次退回'),
  escalate('通报', '文号 云教督〔2026〕5号 全市通报'),
  escalate('约谈', '约谈校长,整改不力'),
  escalate('挂牌督办', '整改不力'),
  escalate('问责', '文号 6号 校长'),
  step({ kind: 'restrict', naming: false }, '限知 保密 设为保密 设为限知 转为限知', '可见 张三、李四 涉及学生隐私'),
  step({ kind: 'restrict', naming: true }, '可见 增加可见', '张三、李四 参与复查'),
  step({ kind: 'lift' }, '解除限知 解除保密 取消保密 取消限知', '不涉及个人'),
  lower(0, '降级'),
  lower(0, '降为提醒'),
  lower(1, '降为催办'),
  lower(2, '降为督办'),
];

/** 完成后, 复查时 and 销号情况 speak of a step, and 完成不了 says that it is not made. */
const NO_STEP = '(?!不|没|未|了没|后|前|时(?![间限])|情况|进度|清单|列表|[率度吗])';

/** The longest word is taken or none: 整改完成率 is not 整改完. */
export const verbOf = ({ words }: Pick<Step, 'words'>): RegExp =>
  new RegExp(`(?=(${words.toSorted((a, b) => b.length - a.length).join('|')}))\\1${NO_STEP}`);

const OWN = '(?<![A-Za-z\\d])[Ww] ?\\d{1,6}(?!\\d)|第?\\d{1,6} ?号问题|^\\d{1,6}(?= |$)(?!.*[Ww] ?\\d)';
/** 一中 W12: whose problem it is, before its number. */
const PLACE = '\\p{Script=Han}{1,19}[中小校园局区县市镇乡学院站心厅]';
const AT_PLACE = `^(?:${PLACE})的?[ ,、]?`;
export const BEFORE_NUMBER = new RegExp(`^(${PLACE})的?[ ,、]?(?=${OWN.replace('^', '')})`, 'u');

/** W12, w 12, 12号问题, 第12号问题. */
export const FINDING_NUMBER = new RegExp(`(?:${AT_PLACE})?(?:${OWN})`, 'u');
export const BEGINS_WITH_NUMBER = new RegExp(`(?=${FINDING_NUMBER.source})`, 'u');
export const numberIn = (word: string): number => Number(/\d+/.exec(word)?.[0]);

export const NUMBER = must('word', {
  pattern: FINDING_NUMBER,
  beforeVerb: true,
  asks: '请写问题的编号；发送“整改”看清单和编号。',
});

/** ZG-2026-012 is a number of somebody's own table: those who kept one type it. */
const FOREIGN = /(?<![A-Za-z\d])[A-Za-z]{1,4}-\d[\d-]*|ZG\d+/i;
export const foreignNumber = (line: string): string | undefined => FOREIGN.exec(line)?.[0];

const SPOKEN = STEPS.map((one) => ({
  verbs: [verbOf(one), ...(one.shape ? [one.shape] : [])],
  verbsAtEnd: one.words,
  examples: [],
  parts: { number: NUMBER },
}));
const SHOWN = { verbs: [], verbsAtEnd: [], examples: [], parts: {} };

/** Whether a line that names a problem says what is to be done with it. Undefined when it names none. */
export function readOnOne(line: string): { readonly verb: { readonly kind: 'step' | 'show' } } | undefined {
  if (!FINDING_NUMBER.test(line)) return undefined;
  const { form } = formOf([...SPOKEN, SHOWN], line);
  return { verb: { kind: form === SHOWN ? 'show' : 'step' } };
}

/** 原因：…: why it came to this. It stays in the text, too. */
const CAUSE = /原因 ?(?:是|为|在于)?[:：]?\s*([^。;；]+)/;
export const readCause = (text: string): string | undefined => CAUSE.exec(text)?.[1]?.trim();
