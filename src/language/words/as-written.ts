const HAN = '[\\p{Script=Han}“”‘’《》、。！？；：，（）]';
const FULL: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };

const BETWEEN = new RegExp(`(?<=${HAN}) ?([,;:?!]) ?(?=\\S|$)`, 'gu');
const BRACKETS = new RegExp(`\\(([^()]*${HAN}[^()]*)\\)`, 'gu');

/**
 * Words that are kept as somebody's own: a line is understood in half width (`normalise`), but Chinese is written with full-width marks,
 * and a record that people read shows it so. 3:1 and 17:00 stay.
 */
export const asWritten = (text: string): string =>
  text.replace(BRACKETS, '（$1）').replace(BETWEEN, (whole, mark: string) => FULL[mark] ?? whole);
