import { expect, test } from 'vitest';
import { pastedTable } from '../../src/features/imports/pasted-table.ts';

const ROWS = '日期\t督导对象\t组长\n4月9日\t一中\t韩丙';
const SPACED = ROWS.replaceAll('\t', ' ');

/** The first name of the command that imports, and some of its others. */
const NAMES = ['导入', 'import', 'dr', '上传'];

test.each([
  [`导入\n${ROWS}`, `\n${ROWS}`],
  [`导入：督导安排\r\n${ROWS}`, `\r\n${ROWS}`],
  [`/导入 任务分解表\n${ROWS}`, `\n${ROWS}`],
  [`@督导助手 导入 2026年4月督导日程\n${ROWS}`, `2026年4月督导日程\n${ROWS}`],
  [`dr\n${SPACED}`, `\n${SPACED}`],
  [`导入 ${ROWS}`, ROWS],
  [`导入\n苹果\t梨\n1\t2`, '\n苹果\t梨\n1\t2'],
  [ROWS, ROWS],
])('%j holds a table', (text, table) => {
  expect(pastedTable(text, NAMES)).toBe(table);
});

test.each([
  '导入',
  '导入 确认 K7QM3XPA\n日程\t明天\n截止\t本周',
  '导入\n日程 明天 一中\n截止 本周 一中',
  '导入\n截止 本周',
  '日程 4月9日\t一中\n截止\t本周',
  SPACED,
  '通知 明天9点开会\n地点\t一楼\t会议室\n时间\t9点\t准时',
])('%j remains lines of their own', (text) => {
  expect(pastedTable(text, NAMES)).toBeUndefined();
});
