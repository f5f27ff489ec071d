import type { ImportPreview } from '../../../domain/imports/import-preview.ts';
import { faultyRows, reasonOf, severityOf } from '../../../excel/issue.ts';
import { kindNames } from '../../../excel/recognise.ts';
import type { ImportPlan } from './plan.ts';

/** Rows kept of each list, and characters of a cell: a preview is one row of the database, and D1 takes 2 MB. */
const LISTED = 200;
const MAX_TEXT = 200;

/** What a plan would do, in the sender's words. */
export function previewOfPlan(fileName: string, plan: ImportPlan): ImportPreview {
  const faulty = faultyRows(plan.issues);
  const issues = plan.issues.toSorted((a, b) => a.row - b.row);
  const lines = (severity: 'error' | 'warning') =>
    issues
      .filter((issue) => severityOf(issue) === severity)
      .slice(0, LISTED)
      .map((issue) => short(reasonOf(issue)));
  return {
    fileName,
    kind: kindNames[plan.kind],
    title: plan.title,
    rows: plan.rows,
    addedRows: plan.added.length,
    changedRows: plan.changed.length,
    unchanged: plan.unchanged,
    faultyRows: faulty.size,
    faults: lines('error'),
    warnings: lines('warning'),
    remarks: plan.remarks,
    ...(plan.missing && plan.missing.length > 0 && { missing: plan.missing.slice(0, LISTED) }),
    added: plan.added.slice(0, LISTED).map(short),
    changed: plan.changed.slice(0, LISTED).map(({ label, fields }) => ({
      label: short(label),
      fields: fields.map(({ name, before, after }) => ({ name, before: short(before), after: short(after) })),
    })),
  };
}

const short = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);

/** Rows added and changed, each as one line; two plans with the same lines do the same to whoever reads the tables. */
const linesOf = ({ added, changed }: Pick<ImportPlan, 'added' | 'changed'>): readonly string[] => [
  ...added.map((label) => `新增 ${label}`),
  ...changed.map(({ label, fields }) =>
    [`变更 ${label}`, ...fields.map(({ name, before, after }) => `${name} ${before} → ${after}`)].join('；'),
  ),
];

/** SHA-256 in hex of what a plan adds and changes. */
export async function digestOf(plan: ImportPlan): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify([plan.kind, linesOf(plan)]));
  const digest = await crypto.subtle.digest('SHA-256', text);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What reads differently now than it did in the preview: what would happen now and was not shown, and what was shown and would not happen. */
export function since(before: ImportPreview, now: ImportPreview): readonly string[] {
  if ([before, now].some(({ addedRows, changedRows }) => Math.max(addedRows, changedRows) > LISTED))
    return ['变动的行较多，没有逐行比对，请按下面的新预览核对。'];
  const [old, fresh] = [new Set(linesOf(before)), new Set(linesOf(now))];
  return [
    ...[...fresh].filter((line) => !old.has(line)).map((line) => `现在：${line}`),
    ...[...old].filter((line) => !fresh.has(line)).map((line) => `不再：${line}`),
  ];
}
