import type { LineParts } from './line-parts.ts';

/** Which words of any command's lines carry no argument. They are cut at both ends of a piece and never inside it: a keyword stays whole. */
const QUESTIONS =
  '什么时候 什么时间 几次 几天 几项 还有几天 没有 没 什么 何时 哪天 哪一天 几号 几点 多久 谁 哪些人 哪些 哪几所 哪几个 哪几 哪个 哪所 哪里 哪儿 哪 几所 几个 多少 啥 有没有 有无 是否 怎么样 怎么 如何 情况';
const PARTICLES =
  '的 了 是 有 在 去 到 来 过 要 会 都 还 和 与 及 个 所 把 给 被 从 由 为 跟 查 看 里 也 就 又 再 吗 呢 吧 , , ; : ; 、 。 ( ) - ~ ! ? " “ ” / @ #';
const WHOLE =
  '本群 这个群 我们 咱们 我校 我区 我县 我市 我局 我园 我镇 本校 本区 本县 本市 本局 本园 全市 全区 全县 各学校 各县区 各区县 各单位 所有 全部';

/** 是哪八项 of 八项督导是哪八项. */
const COUNTED = /(?:是|有)?哪?[一二三四五六七八九十\d]{1,3}(?:项|条|个|方面)$/;
const COUNTED_LENGTH = 8;

/** What carries no argument at either end of a piece. */
export interface Filler {
  readonly head: readonly string[];
  readonly tail: readonly string[];
  readonly counted?: true;
}

const longestFirst = (lists: readonly string[], names: readonly string[] = []): readonly string[] =>
  [...new Set([...lists.flatMap((words) => words.split(' ')), ...names])]
    .map((word) => word.toLowerCase())
    .sort((a, b) => b.length - a.length);

const MARKS = longestFirst([', ; : 、 。']);
export const MARKS_ONLY: Filler = { head: MARKS, tail: MARKS };

/** These words, parted by spaces, and marks. */
export const fillerWords = (words: string): Filler => {
  const both = longestFirst([words, ', ; : 、 。 ! ~']);
  return { head: both, tail: both };
};

/** The filler of lines with these parts; the command's own names are filler where it asks in words. */
export function fillerOf({ filler, keywords }: LineParts, names: readonly string[]): Filler {
  if (keywords) {
    return {
      head: longestFirst([keywords.head, WHOLE]),
      tail: longestFirst([keywords.tail, WHOLE], names),
      counted: true,
    };
  }
  if (filler === undefined) return MARKS_ONLY;
  const words = longestFirst([filler, QUESTIONS, PARTICLES, WHOLE], names);
  return { head: words, tail: words };
}

/**
 * The piece without the words of the question around it. One word at a time: a pattern that repeats overlapping words (没有, 没, 有)
 * would take a time that doubles with each of them.
 */
export function withoutFiller(piece: string, { head, tail, counted }: Filler): string {
  let start = 0;
  let end = piece.length;
  const lower = piece.toLowerCase();
  for (let cutting = true; cutting && start < end; ) {
    const first = lower.charAt(start) === ' ' ? ' ' : head.find((word) => lower.startsWith(word, start));
    start += first?.length ?? 0;
    const last = lower.charAt(end - 1) === ' ' ? ' ' : tail.find((word) => lower.endsWith(word, end));
    const count = counted ? COUNTED.exec(piece.slice(Math.max(start, end - COUNTED_LENGTH), end))?.[0] : undefined;
    end -= last?.length ?? count?.length ?? 0;
    cutting = first !== undefined || last !== undefined || count !== undefined;
  }
  return piece.slice(start, Math.max(start, end));
}
