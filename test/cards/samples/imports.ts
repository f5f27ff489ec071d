import type { ImportPreview } from '../../../src/domain/imports/import-preview.ts';
import {
  doneDoc,
  howToImport,
  notImportedDoc,
  previewDoc,
  receivedDoc,
  receivedTableDoc,
} from '../../../src/features/imports/import-card.ts';
import { undoDoc } from '../../../src/features/imports/undo-import-card.ts';
import { unit, visit } from './district.ts';
import { many, type Sample, sample } from './sample.ts';

const label = (index: number): string => `4月${index + 1}日 ${unit(index).name} ${visit(index).kind}`;
const preview: ImportPreview = {
  fileName: '望海区2026年督导日程表（4月修订，终稿）.xlsx',
  kind: '督导日程表',
  title: '望海区2026年督导日程表',
  rows: 64,
  addedRows: 30,
  changedRows: 12,
  unchanged: 18,
  faultyRows: 4,
  added: many(20, label),
  changed: many(8, (i) => ({
    label: label(i),
    fields: [
      { name: '日期', before: '4月20日', after: '4月23日' },
      { name: '组长', before: i % 2 === 0 ? '陈甲' : '', after: i % 3 === 0 ? '' : '林乙' },
    ],
  })),
  faults: many(4, (i) => `第 ${i + 5} 行：单位“实验小学（南校区）”不在通讯录里`),
  warnings: ['第 9 行：“陈甲”有 2 人同名，没有写单位'],
  remarks: ['合并单元格已按上一行补全', '隐藏的工作表“2025”没有读取'],
  missing: many(3, (i) => ({ number: i + 1, label: label(i) })),
};
const settled: ImportPreview = {
  ...preview,
  addedRows: 0,
  changedRows: 0,
  faultyRows: 0,
  added: [],
  changed: [],
  faults: [],
  warnings: [],
  remarks: [],
  missing: [],
};
const undo = { fileName: preview.fileName, code: 'k7', when: '4月20日（周一） 09:12 ', who: '望海区教育局 陈甲' };

export const importSamples: readonly Sample[] = [
  sample(howToImport, { 'how a workbook gets here': [] }),
  sample(receivedDoc, { named: [preview.fileName], nameless: [''] }),
  sample(receivedTableDoc, { pasted: [] }),
  sample(previewDoc, {
    'with all that there may be': [preview, 'k7', 30],
    'confirmed too late': [{ ...preview, since: ['第 3 行：日期由 4月20日 改为 4月22日'] }, 'k7', 30],
    'nothing to write': [settled],
  }),
  sample(doneDoc, {
    'with rows left out and visits that are no more': [preview, 'k7'],
    'one visit that is no more': [{ ...settled, missing: [{ number: 1, label: label(0) }] }],
  }),
  sample(notImportedDoc, { because: ['这个文件打不开，请另存为 .xlsx 再发。'] }),
  sample(undoDoc, {
    'may be': [{ ...undo, restored: 12, removed: 30, obstacles: [] }],
    'may not be': [{ ...undo, restored: 0, removed: 0, obstacles: ['D3 已由 吕壬 改期', 'T12 已有进展'] }],
  }),
];
