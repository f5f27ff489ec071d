import { WORKBOOK_KINDS, type WorkbookKind } from '../domain/imports/workbook-kinds.ts';
import { headerCandidates, matchHeadings, type Table } from './header.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Sheet, Workbook } from './workbook.ts';

/** A workbook of a kind that can be read, and the table to read. */
export interface Recognised {
  readonly kind: WorkbookKind;
  readonly table: Table;
  /** The workbook's own list of units (单位名单), when it has one beside its table. */
  readonly unitList?: Table | undefined;
  /** Visible sheets that are not read, by name: last month's, drafts. */
  readonly ignored: readonly string[];
}

/** A workbook whose kind is known by name but which cannot be imported yet. */
export interface NotYet {
  readonly kind: 'notYet';
  readonly name: string;
}

/** Every word of a row must be found among the headings. */
const notYet: readonly { readonly name: string; readonly words: readonly RegExp[] }[] = [
  { name: '问题整改台账', words: [/存在问题|反馈问题|问题描述/, /整改(措施|时限|进展|情况)/] },
  { name: '责任督学挂牌一览表', words: [/责任督学/, /(责任|挂牌)学校/] },
  { name: '满意度调查进度表', words: [/应答|应完成/, /已答|完成率/] },
  { name: '重大决策和民生实事月调度表', words: [/事项名称|年度任务/, /^\d{1,2}月$/, /完成率|亮灯|进展/] },
];

interface Found {
  readonly sheet: Sheet;
  readonly table: Table;
  readonly kind: WorkbookKind | NotYet;
  readonly score: number;
}

/**
 * Finds the table to read: on the first visible sheet that has a known header; sheets named as done (3月（已完成）) come last. Hidden
 * sheets are never read.
 */
export function recognise(workbook: Workbook): Recognised | NotYet | Refusal {
  const visible = workbook.sheets.filter((sheet) => !sheet.hidden);
  const found = visible
    .toSorted((a, b) => Number(isPast(a)) - Number(isPast(b)))
    .flatMap((sheet) => headerOf(sheet) ?? []);
  // A list of units is the table itself only when there is nothing else.
  const main = found.find(({ kind }) => kind !== 'directory') ?? found[0];
  if (!main) return refuse('unknownKind', workbook.fileName);
  if (typeof main.kind !== 'string') return main.kind;
  const unitList = main.kind === 'directory' ? undefined : found.find(({ kind }) => kind === 'directory');
  return {
    kind: main.kind,
    table: main.table,
    unitList: unitList?.table,
    ignored: visible.filter((sheet) => sheet !== main.sheet && sheet !== unitList?.sheet).map((sheet) => sheet.name),
  };
}

const isPast = (sheet: Sheet): boolean => /已完成|已结束|历史|备份|作废|旧/.test(sheet.name);

/** The header that names most fields; of two that name as many the upper one, with its second level if there is one. */
function headerOf(sheet: Sheet): Found | undefined {
  let best: Found | undefined;
  for (const table of headerCandidates(sheet)) {
    for (const { kind, score } of kindsOf(table)) {
      if (score > (best?.score ?? 2) || (score === best?.score && isDeeper(table, best.table)))
        best = { sheet, table, kind, score };
    }
  }
  return best;
}

const isDeeper = (table: Table, than: Table): boolean =>
  table.headerRows[0] === than.headerRows[0] && table.headerRows.length > than.headerRows.length;

function* kindsOf(table: Table): Generator<{ readonly kind: WorkbookKind | NotYet; readonly score: number }> {
  for (const kind of kinds) yield { kind, score: matchHeadings(table.columns, WORKBOOK_KINDS[kind])?.size ?? 0 };
  for (const { name, words } of notYet) {
    const all = words.every((word) => table.columns.some(({ heading }) => word.test(heading)));
    // Its other headings are not listed: it outranks a kind that merely shares words with it.
    if (all) yield { kind: { kind: 'notYet', name }, score: table.columns.length };
  }
}

const kinds: readonly WorkbookKind[] = ['schedule', 'tasks', 'assessment', 'directory'];
