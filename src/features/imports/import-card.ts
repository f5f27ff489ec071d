import { plainDoc } from '../../cards/plain.ts';
import type { Block, Button, Doc, Entry } from '../../cards/views.ts';
import type { ImportPreview } from '../../domain/imports/import-preview.ts';
import { visitNumber } from '../../domain/visits/inspection.ts';

/** 导入 alone: how a workbook gets to the bot. */
export const howToImport = (): Doc =>
  plainDoc('导入表格', '把 .xlsx 或 .csv 文件直接发给我（单聊），我先给出预览，您确认后才写入。', {
    lines: [
      '也可以把表格连同表头从 Excel、WPS 里复制，粘贴在“导入”的下一行，一起发给我。',
      '在群里：先把文件发到群里，再“回复”那条文件消息，写：@督导助手 导入',
      '请先导入单位通讯录，再导入其他表格。',
    ],
    note: '可以读取：督导日程表、任务分解表、评估指标自评表、单位通讯录。不超过10 MB，每个工作表不超过5000行。',
  });

export const receivedDoc = (fileName: string): Doc =>
  plainDoc('收到文件', `收到文件${fileName ? `“${fileName}”` : ''}，正在读取，稍后给出预览。`, {
    note: '确认以前不会写入任何内容。',
  });

export const receivedTableDoc = (): Doc =>
  plainDoc('收到表格', '收到粘贴的表格，正在读取，稍后给出预览。', {
    note: '确认以前不会写入任何内容。粘贴的内容当作整张表：督导日程请粘贴当月的全部各行，否则同一督导组的另一次会看成改期。',
  });

/** What the workbook would do. With a code it can be confirmed, in so many minutes; without, there is nothing to confirm or it is settled. */
export function previewDoc(preview: ImportPreview, code?: string, minutes = 0): Doc {
  const { fileName, kind, title, rows, added, changed, faultyRows, since = [] } = preview;
  const { addedRows, changedRows } = preview;
  const counts = `新增 ${addedRows}，变更 ${changedRows}，不变 ${preview.unchanged}；有错误不导入 ${faultyRows} 行`;
  return {
    title: since.length > 0 ? '数据有变动，没有导入' : code ? '导入预览' : '没有要写入的内容',
    subtitle: fileName,
    tone: since.length > 0 || faultyRows > 0 ? 'soon' : 'normal',
    summary: `${since.length > 0 ? '没有导入：预览以后数据有变动。' : ''}${kind}：${counts}`,
    blocks: [
      ...(since.length > 0
        ? [text('预览以后数据有变动，这次没有写入任何内容。下面是按现在的数据重新比对的结果。')]
        : []),
      {
        kind: 'fields',
        fields: [
          { label: '表格', value: [[kind, title].filter(Boolean).join('：')] },
          { label: '读取', value: [`${rows} 行`] },
          { label: '结果', value: [counts] },
        ],
      },
      ...(code ? confirmBlocks(code, minutes, faultyRows > 0) : [text('没有要写入的内容。')]),
      ...listOf('与上次预览不同', since.map(entry), since.length),
      ...listOf('有错误，不导入', preview.faults.map(entry), faultyRows),
      ...listOf(
        '变更',
        changed.map(({ label, fields }) => ({ head: [{ strong: label }], lines: fields.map(fieldLine) })),
        changedRows,
      ),
      ...missingBlocks(preview, code === undefined),
      ...listOf('新增', added.map(entry), addedRows),
      ...listOf('请核对（照常导入）', preview.warnings.map(entry), preview.warnings.length),
      ...preview.remarks.map((remark): Block => ({ kind: 'note', text: `说明：${remark}` })),
    ],
    ...(code && { query: `导入 预览 ${code}` }),
  };
}

const confirmBlocks = (code: string, minutes: number, hasFaults: boolean): readonly Block[] => [
  {
    kind: 'buttons',
    buttons: [
      { label: '确认导入', style: 'primary', press: { v: 1, op: 'run', query: `导入 确认 ${code}`, page: 1 } },
      { label: '放弃', press: { v: 1, op: 'run', query: `导入 放弃 ${code}`, page: 1 } },
      ...(hasFaults
        ? [{ label: '下载错误行', press: { v: 1, op: 'run', query: `导入 错误行 ${code}`, page: 1 } } as const]
        : []),
    ],
  },
  { kind: 'note', text: `${minutes}分钟内由发送人确认有效；也可以发送：导入 确认 ${code}` },
];

/** The whole file is written, or nothing of it. */
export function doneDoc(preview: ImportPreview, code?: string): Doc {
  const { fileName, kind, addedRows, changedRows, faultyRows } = preview;
  const sentence = `“${fileName}”（${kind}）已写入：新增 ${addedRows}，变更 ${changedRows}。`;
  const done = plainDoc('导入成功', sentence, {
    tone: 'done',
    lines: faultyRows > 0 ? [`有错误的 ${faultyRows} 行没有导入，请改正后重新发送，已导入的行不会重复。`] : [],
    note: '导错了可以撤销：管理员在单聊里发送“导入 撤销”，先看会撤回什么。',
  });
  // What would be undone names rows of all units, so that it is looked at in a direct chat only.
  const undo: Block[] = code
    ? [
        {
          kind: 'buttons',
          buttons: [{ label: '撤销导入', press: { v: 1, op: 'show', query: `导入 撤销 ${code}`, page: 1 } }],
        },
      ]
    : [];
  return { ...done, blocks: [...done.blocks, ...missingBlocks(preview, true), ...undo] };
}

/** The line that a button carries has room for so many numbers. */
const CANCELLED_AT_ONCE = 40;

/** One is cancelled at once; several are shown once more before they are. */
function cancelButton(numbers: readonly string[]): Button {
  const query = `日程 取消 ${numbers.join('、')} 原因 新日程表中没有`;
  return numbers.length === 1
    ? { label: `取消 ${numbers[0]}`, style: 'danger', press: { v: 1, op: 'run', query: `${query} 确认`, page: 1 } }
    : { label: `取消这 ${numbers.length} 次`, press: { v: 1, op: 'show', query, page: 1 } };
}

/** A table never deletes: what it has no more is named, and cancelled only by somebody who says so. */
function missingBlocks({ missing = [] }: ImportPreview, withButton: boolean): readonly Block[] {
  if (missing.length === 0) return [];
  const numbers = missing.slice(0, CANCELLED_AT_ONCE).map(({ number }) => visitNumber(number));
  return [
    ...listOf(
      '表中没有、仍然有效的督导安排',
      missing.slice(0, CANCELLED_AT_ONCE).map(({ label }) => entry(label)),
      missing.length,
    ),
    withButton
      ? { kind: 'buttons', buttons: [cancelButton(numbers)] }
      : { kind: 'note', text: '导入不会取消它们；写入以后可以一并取消。' },
  ];
}

export const notImportedDoc = (sentence: string): Doc => plainDoc('没有导入', sentence, { tone: 'late' });

const text = (sentence: string): Block => ({ kind: 'text', text: [sentence] });
const entry = (line: string): Entry => ({ head: [line] });

/** A row without words has changed in what it refers to: another person of the same name, another start of the day. */
const fieldLine = ({ name, before, after }: ImportPreview['changed'][number]['fields'][number]) => [
  `${name}：${before || '（空）'} → ${after || '（空）'}`,
];

/** `rows` of which these are the first. */
function listOf(heading: string, entries: readonly Entry[], rows: number): readonly Block[] {
  if (entries.length === 0) return [];
  const more = rows - entries.length;
  return [
    { kind: 'section', text: `${heading}（${rows}）` },
    { kind: 'entries', entries },
    ...(more > 0 ? [{ kind: 'note', text: `另有 ${more} 项没有列出。` } as const] : []),
  ];
}
