import { correctTypos, simplify } from './spellings.ts';

/** Characters of a message that are read; what follows is not a command but a pasted document. */
export const MAX_TEXT = 2_000;

const INVISIBLE = /\p{Cf}|\p{Cc}|\p{Co}|\p{Variation_Selector}/gu;
const MENTION = /@(?:督导助手|_user_\d+)/g;
const SPACES = /[\p{Z}\t]+/gu;

// 下 in 查下 asks politely, in 查下周 it begins a date.
const POLITE = '(?:一下|下(?![周个月星礼学午旬半载班达发放派属级次回趟]|一[次回趟]))';

// At the front: what asks politely for an answer. 查 and 看 alone are verbs of the work (查食堂) and stay.
const BEFORE = new RegExp(
  `^(?:${[
    '[\\s/\\\\、,，。.!~;:…]+',
    '麻烦(?:你|您|大家)?了?',
    '请问?(?![示假勿柬教])(?:你|您)?',
    '(?:给|帮|跟|告诉)(?:我们|我|忙)(?:说|讲)?',
    '帮(?=[查看列找问发\\s/]|一下)',
    '(?:我|我们)?想(?:要)?(?:知道|了解|问|查|看)',
    '查(?:询|一查|查|看)',
    '看(?:一看|看)',
    `[查看问列发]${POLITE}`,
    // 下下周 begins a date; behind a verb the first 下 asks politely.
    `(?!下下)${POLITE}`,
    '[查看问](?=[今明后昨本这下上]|\\d|$)',
    '列出|显示|劳驾|能不能|能否|可否|可以(?=\\S)|拜托',
    '嗯+|呃+',
    '(?:你好|您好|大家好|额|啊|哦|那个|哎)(?=[\\s,，、。!~]*\\S)',
  ].join('|')})`,
);

// At the end: particles, thanks and marks. 么 belongs to 什么 and 怎么; 吗 is never part of a word.
const AFTER = new RegExp(
  `(?:${[
    '[\\s?!.,;:~。、，…·-]+',
    '\\p{Extended_Pictographic}+',
    '一下',
    '(?<![别不勿莫]|不[要用必能得许准])发(?:给|到|一下)?(?:我们?|群里?)(?:看看?)?',
    '[哈哦噢喔吧呢呗呀啊嘛吗哇啦哟]+',
    '(?<![什怎这那多要])么',
    '(?:谢谢|多谢|感谢|辛苦|麻烦|拜托)(?:你|您|大家)?了?',
    '(?:好|可以|行|对)(?:吗|不)|好不好|行不行',
    '(?<![a-z])(?:thanks|thank you|thx|please|pls)',
  ].join('|')})$`,
  'iu',
);

/**
 * What was typed, in one spelling: no invisible characters, half width, simplified, one space between words, the usual slips
 * corrected, politeness cut from both ends of each line, no slash, no mention of the bot, no empty line. Lines stay lines.
 * Punctuation that half width would blur (、。“”) stays. Normalising twice is normalising once. At most MAX_TEXT characters.
 */
export function normalise(typed: string): string {
  return fold(typed.slice(0, 2 * MAX_TEXT))
    .slice(0, MAX_TEXT)
    .toWellFormed()
    .split('\n')
    .map(normaliseLine)
    .filter((line) => line !== '')
    .join('\n');
}

/** The message without mentions and what is not seen, its politeness and marks left as they are. */
export const asTyped = (typed: string): string =>
  fold(typed.slice(0, 2 * MAX_TEXT))
    .replace(MENTION, ' ')
    .trim();

/** Whether something of it is not read. */
export const isCut = (typed: string): boolean => fold(typed.slice(0, 2 * MAX_TEXT)).trim().length > MAX_TEXT;

function fold(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\v\f\u0085]/g, '\n').split('\n');
  return lines
    .map((line) => line.toWellFormed().replace(SPACES, ' ').replace(INVISIBLE, '').normalize('NFKC'))
    .join('\n');
}

function normaliseLine(line: string): string {
  const spelt = settle(line, (text) =>
    correctTypos(simplify(text.replace(MENTION, ' ').replace(INVISIBLE, '').replace(SPACES, ' '))),
  ).trim();
  // A lone ? is the shortest way to ask for help.
  return /^[?!]+$/.test(spelt) ? '?' : settle(spelt, trimPadding);
}

const trimPadding = (text: string): string => text.replace(BEFORE, '').replace(AFTER, '').trim();

/** Applies until nothing changes: cutting one polite word may uncover another. Each step shortens or corrects, so it ends. */
function settle(text: string, step: (text: string) => string): string {
  let before = text;
  for (let after = step(before); after !== before; after = step(before)) before = after;
  return before;
}
