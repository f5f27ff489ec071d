import { READABLE } from '../domain/imports/workbook-kinds.ts';

/** Why a file is not read at all. The message is one line for the person who sent it, and says what to do next. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly message: string;
}

export type RefusalCode = keyof typeof texts;

const texts = {
  tooLarge: '文件超过10 MB，请拆分，或删除图片和空白行后重新发送。',
  tooMuchInside: '表格展开后过大，请删除多余的空白行、列和格式，或拆成几份后重新发送。',
  tooManyRows: '工作表超过5000行，请拆成几份（并删除表格下方的多余内容）后重新发送。',
  empty: '文件是空的，请检查后重新发送。',
  damaged: '文件已损坏，无法打开，请用 Excel 或 WPS 打开另存为 .xlsx 后重新发送。',
  encrypted: '文件设有打开密码，请取消密码后重新发送。',
  oldFormat: '这是旧版 .xls（或 .et）文件，请另存为 .xlsx 后重新发送。',
  macro: '文件带有宏，请另存为不含宏的 .xlsx 后重新发送。',
  notWorkbook: '内容不是 Excel 工作簿，请用 Excel 或 WPS 另存为 .xlsx 后重新发送。',
  unknownType: '只能读取 .xlsx 和 .csv 文件，请另存后重新发送。',
  encoding: '文字编码无法识别，请另存为“CSV UTF-8”或 .xlsx 后重新发送。',
  pasteTooLong: '超过150 KB，请存成 .xlsx 文件发给我。',
  uneven: '格数和表头不一样。用空格隔开时空着的格子看不出来：请从 Excel、WPS 里直接复制，或用“|”隔开各格，再重新发送。',
  unknownKind: `没有找到认识的表头。可以读取：${READABLE}；发送“模板”可以得到空表。`,
} as const;

/** `row` when it is one row's fault. */
export function refuse(code: RefusalCode, fileName: string, row?: number): Refusal {
  return { refused: code, message: `${fileName}${row === undefined ? '' : `第${row}行`}：${texts[code]}` };
}

export const isRefusal = (result: object): result is Refusal => 'refused' in result;
