import { faultyRows, reasonOf, severityOf } from '../excel/issue.ts';
import { kindNames } from '../excel/recognise.ts';
import type { ChangedRow } from '../features/imports/planning/diff.ts';
import type { ImportPlan } from '../features/imports/planning/plan.ts';

const SEVERITY = { error: '错误', warning: '警告', note: '提示' } as const;
/** Names listed in full; of more, only the count matters on a terminal. */
const LISTED = 200;

/** What an import would do, as lines: counts first, then what is added, changed and faulty. */
export function previewOf(fileName: string, plan: ImportPlan): string {
  const faulty = faultyRows(plan.issues);
  const lines = [
    `${fileName}（${kindNames[plan.kind]}）${plan.title}`,
    `读取 ${plan.rows} 行：新增 ${plan.added.length}，变更 ${plan.changed.length}，不变 ${plan.unchanged}；有错误未导入 ${faulty.size} 行`,
    ...plan.remarks.map((remark) => `说明：${remark}`),
    ...plan.added.slice(0, LISTED).map((label) => `+ ${label}`),
    ...(plan.added.length > LISTED ? [`+ …… 共 ${plan.added.length} 项`] : []),
    ...plan.changed.slice(0, LISTED).map((row) => `~ ${row.label}：${changesOf(row)}`),
    ...(plan.changed.length > LISTED ? [`~ …… 共 ${plan.changed.length} 项`] : []),
    ...(plan.missing ?? []).map(({ label }) => `? 表中没有、仍然有效：${label}`),
    ...plan.issues
      .toSorted((a, b) => a.row - b.row)
      .map((issue) => `${SEVERITY[severityOf(issue)]} ${reasonOf(issue)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A row without words has changed in what it refers to: another person of the same name, another start of the day. */
function changesOf({ fields }: ChangedRow): string {
  if (fields.length === 0) return '关联内容更新';
  return fields.map(({ name, before, after }) => `${name} ${before || '（空）'} → ${after || '（空）'}`).join('；');
}
