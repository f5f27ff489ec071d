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

/** Why the line is refused; `line` without spaces. */
export const refusal = (line: string): 'privilege' | 'destructive' | undefined =>
  REFUSED.find(([, sentence]) => sentence.test(line))?.[0];
