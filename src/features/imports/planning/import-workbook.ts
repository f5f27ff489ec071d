import { wallClock } from '../../../domain/calendar/local-date.ts';
import { openWorkbook } from '../../../excel/open-workbook.ts';
import { type Recognised, recognise } from '../../../excel/recognise.ts';
import { isRefusal } from '../../../excel/refusal.ts';
import type { AppliedImport } from '../../../ports/applied-imports.ts';
import type { Change, NewMessage } from '../../../ports/changes.ts';
import type { Committed, Reads } from '../../../ports/store.ts';
import { type Importer, type ImportPlan, type NotImported, notImported, type Planner } from './plan.ts';
import { planAssessment } from './plan-assessment.ts';
import { planDirectory } from './plan-directory.ts';
import { planSchedule } from './plan-schedule.ts';
import { planTasks } from './plan-tasks.ts';
import { writtenRows } from './written-rows.ts';

/**
 * Reads an officials' workbook and says what importing it would do; nothing is written. `under` names the unit whose workbook it is, when
 * that is not the whole district: its own directory, or a list of units that says 区教育局 and does not say of which 区.
 */
export async function planImport(
  importer: Planner,
  bytes: Uint8Array,
  fileName: string,
  under?: string,
): Promise<ImportPlan | NotImported> {
  const workbook = await openWorkbook(bytes, fileName);
  if (isRefusal(workbook)) return notImported(workbook.message);
  const recognised = recognise(workbook);
  if (isRefusal(recognised)) return notImported(recognised.message);
  if (recognised.kind === 'notYet') return notImported(`${fileName}：这是“${recognised.name}”，暂不支持导入。`);
  const plan = await planTable(importer, recognised, under);
  if (plan.kind === 'refused') return notImported(`${fileName}：${plan.message}`);
  const { ignored } = recognised;
  const left = ignored.length > 0 ? [`没有读取的工作表：${ignored.join('、')}`] : [];
  return { ...plan, remarks: [...plan.remarks, ...left] };
}

/** What a recognised table would do. */
export async function planTable(
  importer: Planner,
  table: Recognised,
  under: string | undefined,
): Promise<ImportPlan | NotImported> {
  const today = wallClock(importer.time.now(), importer.zone).date;
  switch (table.kind) {
    case 'directory':
      return planDirectory(importer, table, today, under);
    case 'schedule':
      return planSchedule(importer, table, today);
    case 'tasks':
      return planTasks(importer, table, today, under);
    case 'assessment':
      return planAssessment(importer, table, today);
  }
}

/**
 * Applies a plan as one unit, with one audit row that keeps what changed. Anything but `done` means that what the plan relied on
 * has moved, and that nothing was written: plan again.
 */
export async function applyImport(
  { store, ids, time }: Importer,
  plan: ImportPlan,
  fileName: string,
  actor: string,
  messages: readonly NewMessage[] = [],
): Promise<Committed> {
  if (plan.changes.length === 0) return 'done';
  const audit = [{ ...importAudit(plan, fileName), id: ids.next('audit'), at: time.now(), actor }];
  const written = await recordImport(store, plan, { id: ids.code(), fileName, actor, at: time.now() });
  return store.commit({ seen: plan.seen, changes: [...plan.changes, written], messages, audit });
}

/** What is kept beside an import, so that it can be taken back. */
export async function recordImport(
  store: Reads,
  { kind, changes }: ImportPlan,
  of: Omit<AppliedImport, 'kind'>,
): Promise<Change> {
  return { kind: 'import.applied', applied: { ...of, kind }, rows: await writtenRows(store, changes) };
}

/** What is written down of an import that was applied. */
export const importAudit = ({ kind, added, changed, unchanged }: ImportPlan, fileName: string) => ({
  action: `import.${kind}` as const,
  subject: fileName,
  after: { added: added.length, unchanged, changed },
});
