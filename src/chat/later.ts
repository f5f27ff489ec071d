/** A feature that officials ask for and that this bot does not have yet; the reply names it. */
interface Later {
  readonly feature: string;
  /** Words that mean it at the start of a line and, when nothing else was understood, anywhere in it. */
  readonly words: readonly string[];
  /** Sentences that mean it, with the spaces taken out; they are tried before the phrases of the commands. */
  readonly sentences: readonly RegExp[];
}

const QUESTION = '(?!.*(?:什么|哪些|多少|谁|啥|到期))';

/** 发任务：… is the command 任务, whatever deadline stands in it. */
const NOT_GIVEN = '(?!(?:发|派|下达|布置|新增|新建|添加|交办)(?:一?[个项条])?任务)';

// The order matters where two fit: what changes something comes before what asks.
const LATER: readonly Later[] = [
  {
    feature: '暂停推送',
    words: ['催告'],
    sentences: [/(别|不要|停止|暂停|恢复|取消|关闭|开启).*(推送|推了|推(?=$|消息)|播报|提醒)/],
  },
  { feature: '单位简称', words: ['简称', '别名'], sentences: [/的?(简称|别名|别称)(是|为|叫)?/] },
  {
    feature: '下达任务',
    words: [],
    sentences: [
      new RegExp(
        `^${QUESTION}${NOT_GIVEN}.{0,24}(?:[日号天底月年旬末周庆明节]|周[一二三四五六日]|五一)(?:之|以)?[前内]要?(?:上?报送?|提交|交|完成|落实)(?!的|情况).`,
      ),
      new RegExp(`^${QUESTION}每(?:月|周|季度|年|天|日).*(?:报|交)`),
      new RegExp(`^${NOT_GIVEN}.*责任单位.+(?:前|内)(?:报|交|完成|整改)`),
    ],
  },
  { feature: '复查安排', words: ['复查', '回头看'], sentences: [] },
  {
    feature: '催办',
    words: ['催办', '催一下', '催报', 'urge'],
    sentences: [/再?(提醒|催)(一?遍|一?次|一下|他们|大家)$|(没|未)(回复|报|交|完成|签收)的.*(提醒|催)/],
  },
  {
    feature: '督办和约谈',
    words: ['督办', '约谈', '问责', '挂牌督办'],
    sentences: [/(转|升级|发起|启动)\S{0,8}(督办|约谈|问责)/],
  },
  {
    feature: '通报',
    words: ['通报', 'bulletin'],
    sentences: [/(生成|起草|拟|写|发)\S{0,8}通报/],
  },
  { feature: '延期', words: ['延期', '申请延期', '展期'], sentences: [/申请.{0,8}(延期|延长|宽限)|延期到/] },
  {
    feature: '自评填报',
    words: ['自评填报', '填报自评', '填报'],
    sentences: [/^自评([a-z\d]|$)/i, /^[a-z]{1,3}-?\d+(\.\d+)*(自评|得分|填|报)\d/i],
  },
  {
    feature: '佐证材料',
    words: ['佐证', '佐证材料', '支撑材料'],
    sentences: [/(缺|少|没有?|未传|补|上传)(传|交)?(佐证|支撑|印证)/],
  },
  {
    feature: '统计',
    words: ['排名'],
    sentences: [/(入校|督导|检查|走访)(了)?(次数|几次|多少次)|签收率|排名/],
  },
  {
    feature: '联络员电话',
    words: ['电话', '联系方式', '手机号'],
    sentences: [
      /(联络员|联系人|负责人|校长|局长|园长|科长|办公室)?的?(电话|手机号?|联系方式|号码)(是)?(多少|什么)?$|联络员是?谁/,
    ],
  },
  { feature: '会议', words: ['会议', '开会', '调度会', '推进会', 'meeting'], sentences: [] },
  { feature: '解除绑定', words: ['解绑', '解除绑定', '取消绑定', 'unbind'], sentences: [] },
];

/** What serves instead, where there is something under another name. */
const INSTEAD: Readonly<Record<string, string>> = {
  暂停推送:
    '停一条提醒请发送：提醒 停用 2（发送“提醒”看编号），恢复用“提醒 启用 2”；停全部群的推送请发送：全部暂停，恢复用“全部恢复”',
  单位简称: '简称写在通讯录里，改好后重新导入，要空表请发送：模板 通讯录',
  自评填报: '自评填在表里，由管理员导入，要空表请发送：模板 自评',
  联络员电话: '通讯录由管理员在单聊里导出：导出 通讯录',
  解除绑定: '换一个单位请在群里发送：绑定 单位名称；不再使用，把督导助手移出群即可',
  下达任务: '下达任务请发送：任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日',
  复查安排: '复查一个问题请发送：整改 W12 复查；安排督导请发送：日程 新增 4月9日 望海区第一中学 复查 组长 韩丙',
  催办: '催一项任务请发送：任务 催办 T12；逾期的问题和亮红灯的任务会自动催办；看谁没收到通知请发送：谁没收到',
  通报: '通报一个问题请发送：整改 W12 通报 文号 …；通报一项任务请发送：任务 通报 T12 文号 …',
  督办和约谈: '督办一个问题请发送：整改 W12 督办；约谈、问责在单聊里登记：整改 W12 约谈 日期、对象和事由',
  延期: '问题延期请发送：整改 W12 延期 6月30日 理由；任务改期请发送：任务 改期 T12 6月30日 原因；督导改期请发送：日程 延期 D12 4月12日',
  佐证材料: '照片和文件请回复到问题或任务的卡片，或回复那张照片发送：整改 W12 佐证，进展 T12 佐证',
  统计: '看整改统计请发送：汇总',
};

/** The answer to who asks for a later feature. */
export const laterSentence = (feature: string): string => {
  const instead = INSTEAD[feature];
  return instead
    ? `没有单独的“${feature}”。${instead}。`
    : `“${feature}”还没有开放。现在可以查日程、截止和清单，发送“帮助”看写法。`;
};

/** What is refused whoever asks: rights are given by an administrator's command, and nothing is deleted wholesale from a chat. */
const REFUSED: readonly (readonly [reason: 'privilege' | 'destructive', sentence: RegExp])[] = [
  [
    'privilege',
    /(忽略|无视|忘记|忘掉|跳过|绕过|不用管|不要遵守)(掉|了)?(你的|以上|之前|前面|上面|所有|一切|系统|全部|的)*(规则|指令|提示词?|限制|设定|要求|权限)/,
  ],
  [
    'privilege',
    /(ignore|forget|disregard)(all|any|the|your)*(previous|above|prior|system)?(instructions?|rules?|prompts?)/i,
  ],
  ['privilege', /(管理员|权限|admin).{0,4}(改成|改为|设为|给|变成|转给)(我|本人|自己)(?!们)/],
  [
    'privilege',
    /(把|让|将|给|设|授予|makeme|开通)?(我|本人|自己|me)(是|当|做|成为|变成|设为|改成|改为|升为|提为|加为|an?)*(超级|系统|最高)*(管理员|管理权限|admin)/i,
  ],
  [
    'destructive',
    /(删除?|清除|清掉|抹掉|销毁)(掉|光)?.{0,6}(全部|所有|一切|整个|全都)|(全部|所有|一切|整个).{0,8}(删除|删掉|删了|删光|清空|清除)/,
  ],
  ['destructive', /清空|格式化|删库|(drop|truncate|delete)(table|database|all|from)/i],
];

/** After a command's name: the line wants the thing changed or written to a file, and the command only shows it. */
const CHANGES =
  /^[的表]?(导入|新增|新建|添加|增加|取消|删除|修改|改到|改成|改为|改期|变更|推迟|下达|分解|派发|T-?\d{3,})/i;

const hears = (sentences: readonly RegExp[], line: string): boolean =>
  sentences.some((sentence) => sentence.test(line));

/** Why the line is refused; `line` without spaces. */
export const refusal = (line: string): 'privilege' | 'destructive' | undefined =>
  REFUSED.find(([, sentence]) => sentence.test(line))?.[0];

/** The later feature whose sentence this is; `line` without spaces. */
export const laterBySentence = (line: string): string | undefined =>
  LATER.find(({ sentences }) => hears(sentences, line))?.feature;

/** The later feature that a line begins with; a word that begins a unit's name (审计局) does not count. */
export function laterAtStart(line: string): { readonly feature: string; readonly word: string } | undefined {
  const lower = line.toLowerCase();
  return LATER.flatMap(({ feature, words }) => words.map((word) => ({ feature, word })))
    .filter(({ word }) => lower.startsWith(word) && !/^[局署处科厅室委办]/.test(line.slice(word.length)))
    .sort((a, b) => b.word.length - a.word.length)[0];
}

/** The later feature named anywhere in the line: the last resort before nothing was understood. */
export const laterAnywhere = (line: string): string | undefined =>
  LATER.find(({ words }) => words.some((word) => line.toLowerCase().includes(word)))?.feature;

/** The later feature that a command's name followed by this text means: 日程 导出, 任务 T-0012 80%. */
export const laterAfterName = (rest: string): string | undefined =>
  CHANGES.test(rest) ? (laterBySentence(rest) ?? laterAtStart(rest)?.feature ?? '新增和修改') : undefined;
