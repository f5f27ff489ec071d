import { withCalendar } from '../../src/app/calendars.ts';
import type { Core } from '../../src/app/core.ts';
import { applyImport, planImport } from '../../src/features/imports/planning/import-workbook.ts';

/** Imports a workbook or a .csv as an administrator who has looked at the preview; throws when it is refused. */
export async function importFile(
  core: Pick<Core, 'store' | 'calendars' | 'ids' | 'time' | 'zone'>,
  file: string,
  content: Uint8Array | string,
): Promise<void> {
  const importer = await withCalendar(core);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const plan = await planImport(importer, bytes, file);
  if (plan.kind === 'refused') throw new Error(plan.message);
  if ((await applyImport(importer, plan, file, 'test')) !== 'done') throw new Error(`${file} was not applied`);
}
