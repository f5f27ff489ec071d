import { looksLikeNotice } from '../../domain/calendar/notice.ts';
import { MAX_TEXT } from '../../language/words/normalise.ts';

/**
 * A pasted notice of the State Council as one line of the command that has these names. It has as many lines as whoever copied it left in,
 * so that it is told before lines become commands; whitespace means nothing in it, while the full stops at the ends of its lines do.
 */
export function pastedNotice(text: string, names: readonly string[]): string | undefined {
  const read = text.slice(0, 2 * MAX_TEXT);
  if (!looksLikeNotice(read)) return undefined;
  const body = read.normalize('NFKC').replace(before(names), '').replaceAll(/\s+/g, '').slice(0, MAX_TEXT);
  return `${names[0]} ${body}`;
}

/** How the message may call the bot and the command first; longer names before those that they begin with. */
const before = (names: readonly string[]): RegExp => {
  const words = names.toSorted((a, b) => b.length - a.length).join('|');
  return new RegExp(
    `^(?:[/@\\s]|督导助手|_user_\\d+)*(?:(?:${words})\\s*(?:录入|导入|粘贴)?[:,\\s]*(?!的?通知))?`,
    'i',
  );
};
