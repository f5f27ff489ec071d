import { UserError } from '../errors.ts';

const LABELLED = /文号 ?[:：]? ?(\S+)/;
const PAPER = /\S*〔\d{4}〕\d+号/;
/** 6号 beside a 文号; 6月1号 is a day, 3号楼 a building. */
const SECOND = /(?<=^|[\s,，;；])(?!\S*月)\S*\d+号(?=$|[\s,，。;；])/;
/** Papers that are cited. */
const CITED = /(?:依据|根据|按照?|参照|依照|详?见)\s*\S*〔\d{4}〕\d+号/g;

/** The 文号 that a text names, and the text without it. Throws UserError for two, and for what is none. */
export function readDocument(text: string): { readonly document?: string; readonly text: string } {
  const found = LABELLED.exec(text) ?? PAPER.exec(text);
  if (!found) return { text };
  const document = (found[1] ?? found[0]).replace(/[,，。;；]+$/, '');
  const left = text.replace(found[0], ' ').trim();
  if (!/\d/.test(document)) throw new UserError(`没有看懂文号“${document.slice(0, 20)}”，例如：文号 云教督〔2026〕3号`);
  const others = left.replaceAll(CITED, ' ');
  const second = PAPER.exec(others) ?? SECOND.exec(others);
  if (second) throw new UserError(`写了“${document}”和“${second[0]}”两个文号，请只写一个。`);
  return { document, text: left };
}
