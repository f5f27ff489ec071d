import { MEASURES } from '../../domain/tasks/measure.ts';
import { UserError } from '../errors.ts';

/** T of tasks, W of problems. */
type Letter = 'T' | 'W';

const JOINS = '[、,，;；/&+~—–～和与及跟同至到-]|以及';
/** A figure that is none of a list: 9 所, 60%, 5月8日, 12.31. */
const NO_FIGURE = `(?![\\d.:%％/月年日号点时-]|\\s*(?:个|天|${MEASURES}))`;

/** The numbers of a list as officials write it, without spaces: T1、T2, T1-5, T1T2. For the sentences of commands. */
export const NUMBERS = 'T-?\\d{1,6}(?:[、,，;；/和与及至到~-]*T-?\\d{1,6}|[、和与及至~-]\\d{1,6})*';

const oneOf = (letter: Letter): string =>
  `(?:任务|问题)?(?:(?<![A-Za-z])${letter}\\s?-?\\s?0*(\\d{1,6})(?!\\d)${letter === 'W' ? '|第?(\\d{1,6})\\s?号问题' : ''})`;

/** What stands behind it is a reason, in which other numbers may be named. */
const REASON = /(?:^|[\s,，。;；])(?:原因|理由|因为|由于|说明|备注)/;
/** 第1、2项, 1、2: rows and numbers without a letter. */
const ROWS =
  /^[^\dA-Za-z]{0,8}?第?\s*(\d{1,4})\s*(?:项|号|条)?\s*[、,，和与及至到~-]\s*第?\s*(\d{1,4})\s*(?:(?:项|号|条)(?!问题)|(?=$|(?:已|均|办结|完成|签收|销号|改期|转交|催办|原因|\d+月)))/;

/** The numbers that a line about one thing names beside each other; none when it names one, or others in its free text only. */
export function severalNumbers(text: string, letter: Letter): readonly string[] {
  const line = text.slice(0, REASON.exec(text)?.index);
  const one = oneOf(letter);
  const list = new RegExp(
    `${one}(?:(?:\\s*(?:${JOINS})\\s*|\\s*)${one}|(?:\\s?(?:${JOINS})\\s?)0*\\d{1,4}${NO_FIGURE})+`,
    'i',
  ).exec(line)?.[0];
  // T1 60%，T2 40%: a clause of its own.
  const clauses = [
    new RegExp(`${one}(?=.*[,，;；。、]\\s*${one})`, 'i'),
    new RegExp(`${one}(?=.*\\s${one}\\s*(?:\\d|百分|已|未|均|办结|完成|签收|销号))`, 'i'),
  ].some((pattern) => pattern.test(line));
  const named = list ?? (clauses ? line : '');
  const numbers = [...named.matchAll(new RegExp(list ? `0*(\\d{1,6})` : one, 'gi'))].map(([, first, second]) =>
    Number(first ?? second),
  );
  const rows = numbers.length === 0 ? ROWS.exec(line) : null;
  const names = rows
    ? rows.slice(1).map((row) => `${letter}${Number(row)}`)
    : numbers.map((number) => `${letter}${number}`);
  const distinct = [...new Set(names)];
  return distinct.length > 1 ? distinct : [];
}

/** Of several numbers one would be acted on and the others become its reason: nothing is done. */
export function refuseSeveral(text: string, letter: Letter): void {
  const numbers = severalNumbers(text, letter);
  if (numbers.length > 0)
    throw new UserError(
      `没有办理：一次只能办一项，这里写了 ${numbers.join('、')}。请分成几行，每行只写一个编号；只是提到的编号请写在“原因”后面。`,
    );
}
