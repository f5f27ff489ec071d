import { looksLikeNotice } from '../../domain/calendar/notice.ts';
import { MAX_TEXT } from '../normalise.ts';
import { wordings } from '../phrases.ts';

const WORDS = ['节假日', ...wordings.节假日.aliases].toSorted((a, b) => b.length - a.length).join('|');
const BEFORE = new RegExp(
  `^(?:[/@\\s]|督导助手|_user_\\d+)*(?:(?:${WORDS})\\s*(?:录入|导入|粘贴)?[:,\\s]*(?!的?通知))?`,
  'i',
);

/**
 * A pasted notice of the State Council as one line of 节假日. It has as many lines as whoever copied it left in, so that it is told before
 * lines become commands; whitespace means nothing in it, while the full stops at the ends of its lines do.
 */
export function pastedNotice(text: string): string | undefined {
  const read = text.slice(0, 2 * MAX_TEXT);
  if (!looksLikeNotice(read)) return undefined;
  const body = read.normalize('NFKC').replace(BEFORE, '').replaceAll(/\s+/g, '').slice(0, MAX_TEXT);
  return `节假日 ${body}`;
}
