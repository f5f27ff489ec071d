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

/** 杂物已全部清除, 全部清空完毕: what was done elsewhere is told, and nothing asked of the bot. */
const TOLD =
  /(?:已经?|均已?|正在|陆续)(?:被)?(?:全部|全面|彻底|及时|按要求|完全)*(?:删[除掉光]?|清[空除掉]|抹掉|销毁|格式化)|(?:删[除掉光]?|清[空除掉]|抹掉|销毁)(?:完毕|完成|干净|到位)(?!的)/g;

/** Why the line is refused; `line` without spaces. */
export const refusal = (line: string): 'privilege' | 'destructive' | undefined =>
  REFUSED.find(([reason, sentence]) => sentence.test(reason === 'destructive' ? line.replaceAll(TOLD, '') : line))?.[0];

const DELETE = '(?:删除?|清空|清除|清掉|抹掉|销毁|格式化|drop|truncate|delete)';
/** What the bot keeps. */
const KEPT =
  '(?:数据库?|记录|信息|任务|问题|日程|督导|提醒|通知|推送|台账|清单|人员|通讯录|日志|审计|消息|聊天|系统|配置|设置|进展|进度|内容|历史|table|database|all)';

/**
 * Whether what stands behind a command's name is an order to delete; `text` without spaces. Behind a number it is one only where the bot's own
 * data are named: W1 清空杂物 reports what was cleared away.
 */
export const wantsDeletion = (text: string): boolean =>
  new RegExp(`^(?:把|将)?(?:(?:全部|所有|一切|整个)(?:(?!已|均).){0,8})?${DELETE}`, 'i').test(text) ||
  new RegExp(`^(?:[TDW]-?\\d{1,6})?(?:把|将)?${DELETE}(?:掉|了)?(?:全部|所有|一切|整个|的)*${KEPT}`, 'i').test(text);

/** Of one item that has a number: 删除 W1, 把T1删掉, 问题 删除 W1, W1 删除. What else stands in the line would be words of a report. */
const ONE = /(?:把|将)?(?:编号)?(?<code>[a-z]-?\d{1,6})(?:号)?/i;
const VERB = '(?:删除|删掉|删了|删去|删)';
const ONE_DELETED = new RegExp(
  `^(?:(?:${VERB})(?:了|一下|掉)?(?:这个|该)?(?:问题|任务|进展)?${ONE.source}|${ONE.source.replace('code', 'behind')}(?:给我)?${VERB}(?:了|吧|掉|一下)*)$`,
  'i',
);

/** The number of the one item that a line wants deleted; `text` without spaces, and without the command's name. */
export function deletedOne(text: string): string | undefined {
  const { code, behind } = ONE_DELETED.exec(text)?.groups ?? {};
  return code ?? behind;
}
