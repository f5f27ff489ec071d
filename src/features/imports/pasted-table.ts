import { PASTED, pastedSheet, separatorOf } from '../../excel/pasted.ts';
import { recognise } from '../../excel/recognise.ts';
import { isRefusal } from '../../excel/refusal.ts';

/** Lark lets a text message hold so much. */
export const MAX_PASTED_BYTES = 150 * 1024;

/** 导入 确认 K7QM3XPA has words of its own. */
const VERB = /^(?:确认|放弃|预览|错误行|撤销|撤回|undo)/;
/** The kind of table is told by its heading; such a word is no title. */
const KIND =
  /^(?:督导|教育督导)?(?:日程|安排|计划|任务|任务分解|任务清单|自评|评估指标自评|指标自评|单位|人员|通讯录|单位通讯录|表格)表?$/;

/**
 * The table in a message: its rows below a name of the command that imports, whose line counts as row 1 and may hold the table's title; rows alone are one when they were
 * copied from a workbook and their heading is known. Undefined for what is no table, so that lines remain commands.
 */
export function pastedTable(text: string, names: readonly string[]): string | undefined {
  const { title } = askedBy(names).exec(text)?.groups ?? {};
  if (title === undefined) return separatorOf(text) === 'tab' && isKnown(text) ? text : undefined;
  if (VERB.test(title)) return undefined;
  const end = text.search(/[\r\n]/);
  const below = end < 0 ? '' : text.slice(end);
  const first = /[\t|｜]/.test(title) ? text.slice(text.indexOf(title), end < 0 ? undefined : end) : titleOf(title);
  const table = `${first}${below}`;
  const separator = separatorOf(table);
  if (separator === undefined) return undefined;
  // A line of words may be a command of its own.
  return separator === 'comma' || separator === 'space' ? (isKnown(table) ? table : undefined) : table;
}

/** The first line of a message that calls the command by one of its names. */
const askedBy = (names: readonly string[]): RegExp => {
  const words = names.toSorted((a, b) => b.length - a.length).join('|');
  return new RegExp(`^(?:[/／@\\s]|督导助手|_user_\\d+)*(?:${words})[ \u3000:：,，]*(?<title>.*)`, 'i');
};

const titleOf = (said: string): string => (KIND.test(said.trim()) ? '' : said.trim());

function isKnown(text: string): boolean {
  const sheet = pastedSheet(text);
  return !isRefusal(sheet) && !isRefusal(recognise({ fileName: PASTED, sheets: [sheet] }));
}
