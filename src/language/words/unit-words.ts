import { CUT } from './cut.ts';

const SCHOOL_NUMBER =
  /第?[一二三四五六七八九十百零\d]+(?:实验)?(?:中学|小学|幼儿园|高中|初中|(?:中|小|幼)(?![旬秋午期小学型层考间国央心班]))/g;

// Ends like a unit and is none.
const NO_UNIT =
  /(?:学区|地区|校区|片区|社区|园区|小区|山区|市区|城区|郊区|责任区|督导区|县区|区县|市县|各区|各县|全区|全县|全市|本区|本县|本市|我区|我县|我市|哪个?区|哪个?县|城市|都市|布局|格局|结局|城乡|下乡|家乡|集中|其中|初中|高中|学校|中小学|各乡镇|乡镇|哪个小学|哪个中学|幼儿园)$/;
const BARE =
  /^(?:(?:各|全|本|我|我们|哪个|哪些|所有|几所|几个)?(?:县|区|市|局|镇|乡|学校|小学|中学|幼儿园|街道|教育局)|公办幼儿园|民办幼儿园|普惠性?幼儿园)$/;

const ANY_UNIT =
  /^\p{Script=Han}{1,12}?(?:人民政府|教育局|[县区市局](?!直|级|里|内|外|域|属|管|长)(?:\p{Script=Han}{1,8}?(?:小学|中学|幼儿园|学校|局|街道|镇|乡))?|小学|中学|幼儿园|学校|街道|[镇乡](?!村|镇))/u;
/** Where keywords are expected only a government or its bureau is recognised: 公办幼儿园 and 学校规划布局 are subjects there. */
const GOVERNMENT = /^\p{Script=Han}{2,8}?(?:县|区|市|教育局|人民政府)(?=\s|$)/u;

const isUnit = (word: string): boolean => !NO_UNIT.test(word) && !BARE.test(word);

/** 九十九中, 第十一中学, 五一小学: schools by number, wherever they stand; they may look like a date. */
export const numberedSchools = (text: string): readonly { readonly start: number; readonly end: number }[] =>
  Array.from(text.matchAll(SCHOOL_NUMBER), (match) => ({ start: match.index, end: match.index + match[0].length }));

/** The unit-looking word that a piece begins with, although the directory does not know it. `keywords`: the piece may be a subject. */
export function unitWordAt(piece: string, keywords: boolean): string | undefined {
  const word = (keywords ? GOVERNMENT : ANY_UNIT).exec(piece)?.[0];
  return word !== undefined && !word.includes(CUT) && isUnit(word) ? word : undefined;
}
