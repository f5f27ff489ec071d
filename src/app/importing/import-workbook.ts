import { wallClock } from '../../domain/calendar/local-date.ts';
import { openWorkbook } from '../../excel/open-workbook.ts';
import { recognise } from '../../excel/recognise.ts';
import { isRefusal } from '../../excel/refusal.ts';
import type { Core } from '../core.ts';
import type { ImportPlan } from './plan.ts';
import { planAssessment } from './plan-assessment.ts';
import { planDirectory } from './plan-directory.ts';
import { planSchedule } from './plan-schedule.ts';
import { planTasks } from './plan-tasks.ts';

/** A workbook that is not read at all: one clear Chinese line. */
export interface NotImported {
  readonly kind: 'refused';
  readonly message: string;
}

/** Reads an officials' workbook and says what importing it would do. Nothing is written. `under` names the district whose workbook it is. */
export async function planImport(
  core: Core,
  bytes: Uint8Array,
  fileName: string,
  under?: string,
): Promise<ImportPlan | NotImported> {
  const workbook = await openWorkbook(bytes, fileName);
  if (isRefusal(workbook)) return { kind: 'refused', message: workbook.message };
  const recognised = recognise(workbook);
  if (isRefusal(recognised)) return { kind: 'refused', message: recognised.message };
  if (recognised.kind === 'notYet')
    return { kind: 'refused', message: `${fileName}：这是“${recognised.name}”，暂不支持导入（not yet）。` };
  const today = wallClock(core.time.now(), core.zone).date;
  const plan = await planOf(core, recognised, today, under);
  const left = recognised.ignored.length > 0 ? [`没有读取的工作表：${recognised.ignored.join('、')}`] : [];
  return { ...plan, remarks: [...plan.remarks, ...left] };
}

async function planOf(
  core: Core,
  recognised: Exclude<ReturnType<typeof recognise>, { kind: 'notYet' } | { refused: unknown }>,
  today: Parameters<typeof planDirectory>[2],
  under: string | undefined,
): Promise<ImportPlan> {
  switch (recognised.kind) {
    case 'directory':
      return planDirectory(core, recognised, today, under);
    case 'schedule':
      return planSchedule(core, recognised, { date: today });
    case 'tasks':
      return planTasks(core, recognised, today, under);
    case 'assessment':
      return planAssessment(core, recognised, today);
  }
}

/** Applies a plan as one unit. `stale` means that the tables moved since the plan was made: plan again. */
export async function applyImport(
  core: Core,
  plan: ImportPlan,
  fileName: string,
  actor: string,
): Promise<'done' | 'stale'> {
  if (plan.changes.length === 0) return 'done';
  const at = core.time.now();
  const outcome = await core.store.commit({
    changes: plan.changes,
    messages: [],
    audit: [
      {
        id: core.ids.next('audit'),
        at,
        actor,
        action: `import.${plan.kind}`,
        subject: fileName,
        after: { added: plan.added.length, changed: plan.changed.length, unchanged: plan.unchanged },
      },
    ],
  });
  return outcome === 'done' ? 'done' : 'stale';
}
