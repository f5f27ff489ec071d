import { numeralOf } from '../../domain/calendar/numeral.ts';
import { cut } from './cut.ts';

const BY_PART =
  /第([一二三四五六七八九十\d]{1,3})(?:部分|大?项|类|方面)第?([一二三四五六七八九十\d]{1,3})(?:条|项|点|款)/;
const PREFIXED = /(?<![A-Za-z0-9])([A-Za-z]{1,3})(-?)([VXvx]?\d+(?:\.\d+)*)(?![A-Za-z0-9%])/;
const BARE = /(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.%]|\s*(?:平方米|元|米|分))/;

/**
 * The first indicator code of the text, upper case: YZ-2.11, YZ-V1, A1.2, 2.11, 第二部分第11条 as 2.11. The dash that phones leave out
 * is put back after two letters or more (yz2.11), where the built-in sets have one.
 */
export function readCode(text: string): { readonly code: string; readonly text: string } | undefined {
  const part = BY_PART.exec(text);
  if (part) {
    const code = `${numeralOf(part[1] ?? '')}.${numeralOf(part[2] ?? '')}`;
    return { code, text: cut(text, part.index, part.index + part[0].length) };
  }
  const prefixed = PREFIXED.exec(text);
  if (prefixed) {
    const [whole, letters = '', dash = '', number = ''] = prefixed;
    const code = `${letters}${dash === '' && letters.length > 1 ? '-' : dash}${number}`.toUpperCase();
    return { code, text: cut(text, prefixed.index, prefixed.index + whole.length) };
  }
  const bare = BARE.exec(text);
  return bare ? { code: bare[0], text: cut(text, bare.index, bare.index + bare[0].length) } : undefined;
}
