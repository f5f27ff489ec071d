import { UserError } from '../../language/errors.ts';

/** What is said around the words: of which notice, and politely. */
const AROUND =
  '(?:那个|这个|那条|这条|刚才|刚刚|刚发|发出?|上一?[条个]|最近|前面|一?[条个]|的|通知|内容|文字|时间|(?<!\\d)第?\\d{1,6}(?!\\d)号?|请|帮我|麻烦|把|给|我|本群|都|全部|先|要|想|能|可以|怎么|如何|不要|别|一下|掉|成|为|了|吧|吗|看|啊|哈|谢谢|不好意思|抱歉|对不起|[\\s,，。;；:：!！?？、~])';
const WRONG = '(?:写|发|打|填|弄|搞|说)错|错了|有误|有错';
const BACK = '撤回|撤销|撤[掉下]|收回|删除|删[掉了]|取消|作废|不算数?|无效|更正|改正|修改|改|勘误|重发|重新发';
const ONLY = new RegExp(`^${AROUND}*(?:(?:${WRONG}|${BACK})${AROUND}*)+$`);
/** 写错了，应该是 10点: said of a notice, and nothing to announce. */
const WRONG_FIRST = new RegExp(`^${AROUND}*(?:${WRONG})`);
/** 撤回上午的会议通知, 取消通知 3. 取消明天的会议 is news. */
const OF_NOTICE = new RegExp(
  `^${AROUND}*(?:撤回|撤销|收回|删除|取消|作废|修改).{0,20}通知(?:\\s*第?\\d{1,6}号?)?[了吧吗。！!?？\\s]*$`,
);

/** What a line says of an earlier notice: that it is taken back, or what it should say. Without a number it is not known which one is meant. */
export interface SaidOfNotice {
  readonly does: 'back' | 'correct';
  readonly number?: number | undefined;
  /** Why, or the words that are right. */
  readonly words: string;
}

/** 3, 第3号通知, and no part of 3月, 10点, 12号的会议. */
const NUMBERED = '第?\\s*(\\d{1,6})\\s*(?:[号条]?通知|[号条])?(?=$|[\\s,，。;；:：、]|原因|因为|由于)';
const TAKES = '撤回|撤销|收回|取消|作废|删除';
const CORRECTS = '更正|改正|修改|勘误';
const VERBS = `${TAKES}|${CORRECTS}`;
const LEAD = '(?:请|麻烦|帮我|把)*\\s*';
const BY_NUMBER = new RegExp(
  `^${LEAD}(?:(${TAKES})|(${CORRECTS}))(?:一下)?(?:第?(?:那|这)?[条个]?的?通知)?\\s*[:：]?\\s*${NUMBERED}(?:掉|了)?[\\s,，。;；:：、]*(.*)$`,
  's',
);
/** 通知 3 撤回; 通知3更正：会议改到明天10点. */
const NUMBER_FIRST = new RegExp(
  `^${LEAD}(?:通知)?\\s*第?\\s*(\\d{1,6})\\s*[号条]?(?:通知)?\\s*(?:(${TAKES})|(${CORRECTS}))(?:掉|了)?(?=$|[\\s,，。;；:：、]|原因|为)[\\s,，。;；:：、]*(?:为)?(.*)$`,
  's',
);
const WHY = /^(?:原因|因为|由于)\s*[:：,，]?\s*/;
const NAMED = /通知\s*第?\s*(\d{1,6})|第\s*(\d{1,6})\s*[号条]/;

const said = (correct: string | undefined, number: string | undefined, words: string): SaidOfNotice => ({
  does: correct === undefined ? 'back' : 'correct',
  number: number === undefined ? undefined : Number(number),
  words: words.replace(WHY, '').trim(),
});

/** 撤回通知 … 3, 取消 三楼 3: a notice is named, and not only that. */
const UNCLEAR = new RegExp(
  `^(?:[^\\n：:]{0,20}\\s)?${LEAD}(?:${VERBS})(?:一下)?(?:\\s*通知.*\\d|(?:通知)?[^：:]{0,20}\\s${NUMBERED}(?! ?[人名个份次场所项]))`,
  's',
);
/** 撤回通知 3 7: more than one. */
const ANOTHER = /^第?\d{1,6}\s*[号条]?(?:通知)?(?=$|[\s、,，])/;

/**
 * What a line of 通知 says of an earlier one; undefined for news, which is announced: 取消明天的会议, 更正：会议改到明天. Throws UserError where
 * it is not clear which one is meant.
 */
export function saidOfNotice(text: string): SaidOfNotice | undefined {
  const first = BY_NUMBER.exec(text);
  const after = first ? undefined : NUMBER_FIRST.exec(text);
  const found = first
    ? said(first[2], first[3], first[4] ?? '')
    : after
      ? said(after[3], after[1], after[4] ?? '')
      : undefined;
  const isClear = found ? !ANOTHER.test(found.words) : takesBack(text) || !UNCLEAR.test(text);
  if (!isClear)
    throw new UserError(
      `没有发送。没看懂“${text.slice(0, 40)}”。撤回请写：撤回通知 3；更正请写：通知 更正 3 正确的内容`,
    );
  if (found || !takesBack(text)) return found;
  const [, one, other] = NAMED.exec(text) ?? [];
  const isBack = /撤|收回|取消|作废|删/.test(text);
  return { does: isBack ? 'back' : 'correct', number: one || other ? Number(one ?? other) : undefined, words: '' };
}

/** Whether words that would be announced say of an earlier notice that it was wrong or is to be taken back, and nothing else. */
const takesBack = (words: string): boolean => ONLY.test(words) || WRONG_FIRST.test(words) || OF_NOTICE.test(words);
