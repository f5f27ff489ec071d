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
  unknownKind:
    '没有找到认识的表头。可以读取：督导日程表、任务分解表、评估指标自评表、单位通讯录；发送“模板”可以得到空表。',
} as const;

export function refuse(code: RefusalCode, fileName: string): Refusal {
  return { refused: code, message: `${fileName}：${texts[code]}` };
}

export const isRefusal = (result: object): result is Refusal => 'refused' in result;
