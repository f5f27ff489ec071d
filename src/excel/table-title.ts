import type { LocalDate } from '../domain/calendar/local-date.ts';
import { fold, keyOf } from './cell-text.ts';
import type { Table } from './header.ts';
import { textOf } from './workbook.ts';
import { readDateText } from './written-date.ts';

/** What stands above the header. */
export interface TableTitle {
  /** The title itself: 云溪市2026年4月教育督导工作日程安排表; '' when there is none. */
  readonly text: string;
  /** The year that the title or a line under it names. */
  readonly year?: number | undefined;
  /** Who fills in or issues the table (填报单位, 自评单位, or names without a label), as written. */
  readonly issuers: readonly string[];
  /** When the table was filled in (填表日期, or a date alone). */
  readonly dated?: LocalDate | undefined;
  /** 自评截止：4月30日 and its like. */
  readonly deadlines: readonly TitleDeadline[];
}

interface TitleDeadline {
  readonly name: string;
  readonly text: string;
  readonly date?: LocalDate | undefined;
}

const ISSUER = /(?:填报|自评|填表|编制|制表|报送|印发|责任)单位(?:\(.*?\))?:\s*(.+)/;
const UNIT_LIKE = /(局|室|委|办|府|会|校|园|中心|科|院|镇|乡|街道|中学|小学)$/;

/** Reads the rows above the header; `today` gives the year of a date when nothing above names one. */
export function readTitle(table: Table, today: LocalDate): TableTitle {
  const lines = table.titleRows.flatMap((row) =>
    (table.sheet.rows[row - 1] ?? []).map((cell) => textOf(cell)).filter((text) => text !== ''),
  );
  const text = lines.find((line) => !/^附(件|表)?\d*[:：]?$/.test(keyOf(line))) ?? '';
  const others = lines.filter((line) => line !== text);
  const year = yearIn(text) ?? others.map(yearIn).find((found) => found !== undefined);
  // Lines put several statements side by side, with spaces between them.
  const pieces = others.flatMap((line) => fold(line).split(/\s{2,}|;/)).map((piece) => piece.trim());
  const dateYear = year ?? Number(today.slice(0, 4));
  const labelled = pieces.flatMap((piece) => ISSUER.exec(piece)?.[1]?.trim() ?? []);
  return {
    text,
    year,
    issuers: labelled.length > 0 ? labelled : pieces.map(withoutSeal).filter((piece) => UNIT_LIKE.test(piece)),
    dated: pieces
      .map((piece) => dayIn(piece.replace(/^(填表|填报|自评|制表)?(日期|时间):/, ''), dateYear))
      .find(Boolean),
    deadlines: pieces.flatMap((piece) => deadlineIn(piece, dateYear)),
  };
}

const yearIn = (text: string): number | undefined => {
  const match = /(20\d{2})\s*年/.exec(fold(text));
  return match ? Number(match[1]) : undefined;
};

/** 区政府教育督导室（代章） without what is said of the seal. */
const withoutSeal = (piece: string): string => piece.replace(/\((代章|盖章|公章)\)$/, '').trim();

function dayIn(text: string, year: number): LocalDate | undefined {
  const read = readDateText(text, year);
  return read.kind === 'day' ? read.date : undefined;
}

function deadlineIn(piece: string, year: number): readonly TitleDeadline[] {
  const match = /^(.*?截止)(?:时间|日期)?:\s*(.+)$/.exec(piece);
  if (!match) return [];
  const [, name = '', text = ''] = match;
  return [{ name: name.trim(), text, date: dayIn(text.replace(/(之前|以前|前)$/, ''), year) }];
}
