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

/** Whether words that would be announced say of an earlier notice that it was wrong or is to be taken back, and nothing else. */
export const takesBack = (words: string): boolean =>
  ONLY.test(words) || WRONG_FIRST.test(words) || OF_NOTICE.test(words);
