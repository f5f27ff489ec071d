import { UserError } from '../errors.ts';
import { fillerWords, withoutFiller } from '../words/filler.ts';
import type { Slots } from '../words/slots.ts';

/** Courtesy and marks, cut at both ends of what is left: they ask for nothing and say nothing of the matter. */
const COURTESY = fillerWords(
  '请 敬请 烦请 麻烦 劳烦 拜托 帮我 帮忙 一下 谢谢 感谢 辛苦了 您好 各位领导 各位老师 好的 哈 啊 吧 哦 呢 特此通知 请知悉 请周知',
);

/** What is left of words that no part of a line has taken, without courtesy; empty when that was all. */
export const unreadOf = (rest: string): string => withoutFiller(rest.trim(), COURTESY);

/**
 * For lines that change something: nothing is done while a word of the line was not understood. `way` is how the line is written.
 * Throws UserError.
 */
export function refuseUnread(words: readonly string[], way: string): void {
  const unread = words.map(unreadOf).filter((word) => word !== '');
  if (unread.length > 0) throw new Unread(unread, way);
}

/** Refused for these words; the line without them, or with them in its free text, is one press away (forms.ts). */
export class Unread extends UserError {
  readonly words: readonly string[];

  constructor(words: readonly string[], way: string) {
    super(`没有执行。没看懂${quoted(words)}。写法：${way}`);
    this.words = words;
  }
}

/** Programs and checklists that a line names whose command has no use for them: the grammar cuts them out with the units. */
export const setsIn = ({ programs, checklists }: Pick<Slots, 'programs' | 'checklists'>): readonly string[] =>
  [...programs, ...checklists].map(({ name }) => name);

/** Nobody reads more of what was not understood. */
const MOST_QUOTED = 60;

export const quoted = (words: readonly string[]): string =>
  words.map((word) => `“${word.length > MOST_QUOTED ? `${word.slice(0, MOST_QUOTED)}…` : word}”`).join('、');
