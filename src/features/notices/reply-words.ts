import type { NoticeReceiver } from '../../domain/notices/notice.ts';

/** What is said with 收到, when something was said before. */

/** 改成4人, 更正：王五参会, 写错了，王五参会: what was said before counts no more. */
const CORRECTS =
  /^(?:刚才|上次|前面|之前|上面|不好意思|抱歉|对不起|[\s,，])*(?:(?:写|说|报|填|打|发|弄)错了?|不对|更正|订正|改正|更改|改成|改为|改由|改派|换成|换为|应为|应该?是|以(?:此|这条?)为准)|[,，;；。]\s*(?:改成|改为|改由|更正为?|以此为准)/;

export const correctsReply = (words: string): boolean => CORRECTS.test(words);

const SEPARATOR = '；';

/** Whether it was said already, so that nothing is added. */
export const isSaidAlready = (own: NoticeReceiver | undefined, words: string): boolean =>
  own?.words === words || (own?.words ?? '').split(SEPARATOR).includes(words);

/** What is kept when `words` are said: beside the earlier ones, in order, unless they correct them. */
export function wordsKept(own: NoticeReceiver | undefined, words: string): string | undefined {
  const earlier = own?.words ?? '';
  if (words === '' || earlier === '' || correctsReply(words)) return words === '' ? own?.words : words;
  return `${earlier}${SEPARATOR}${words}`;
}

/** What the sender reads of it. */
export function newsOfWords(own: NoticeReceiver | undefined, words: string): string {
  const earlier = own?.words ?? '';
  if (words === '') return '';
  if (earlier === '') return `您说的话一并记下：${words}`;
  return correctsReply(words)
    ? `您的回话，原来的“${earlier}”已换成“${words}”。`
    : `您说的话一并记下：${words}。原来的“${earlier}”也留着；要换掉请加“更正”再发。`;
}
