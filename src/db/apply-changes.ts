import type { CompiledQuery } from 'kysely';
import type { Change } from '../ports/changes.ts';
import type { Appliers } from './appliers.ts';
import { calendarAppliers } from './apply-calendar.ts';
import { cardAppliers } from './apply-cards.ts';
import { deliveryAppliers } from './apply-delivery.ts';
import { findingAppliers } from './apply-findings.ts';
import { groupAppliers } from './apply-groups.ts';
import { importAppliers } from './apply-imports.ts';
import { linkAppliers } from './apply-links.ts';
import { noticeAppliers } from './apply-notices.ts';
import { peopleAppliers } from './apply-people.ts';
import { programAppliers } from './apply-programs.ts';
import { putAppliers } from './apply-puts.ts';
import { appliedImportAppliers } from './apply-removals.ts';
import { roleAppliers } from './apply-roles.ts';
import { taskAppliers } from './apply-tasks.ts';
import { visitAppliers } from './apply-visits.ts';
import type { Engine } from './engine.ts';
import { BOT_OPEN_ID } from './meta-keys.ts';
import { setMeta } from './set-meta.ts';
import { settingAppliers } from './settings.ts';

const APPLIERS: Appliers<Change> = {
  ...groupAppliers,
  ...deliveryAppliers,
  ...roleAppliers,
  ...linkAppliers,
  ...putAppliers,
  ...appliedImportAppliers,
  ...calendarAppliers,
  ...cardAppliers,
  ...findingAppliers,
  ...importAppliers,
  ...noticeAppliers,
  ...peopleAppliers,
  ...programAppliers,
  ...settingAppliers,
  ...taskAppliers,
  ...visitAppliers,
  'bot.known': (engine, { openId }) => [setMeta(engine, BOT_OPEN_ID, openId)],
};

/** The statements of a change. */
export function changeStatements(engine: Engine, change: Change): readonly CompiledQuery[] {
  // Each kind has the applier of its own kind; the compiler sees only the union of all.
  const apply = APPLIERS[change.kind] as (engine: Engine, change: Change) => readonly CompiledQuery[];
  return apply(engine, change);
}
