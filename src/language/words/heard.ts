import type { OwnReader } from '../forms/form.ts';

/** Takes the words out that are a question's own (什么时候开学, 谁是管理员) and no argument. The pattern needs the flag g. */
export const heard =
  (words: RegExp): OwnReader<string> =>
  (text) => ({ value: text.match(words)?.join(' ') ?? '', rest: text.replaceAll(words, ' ').trim() });
