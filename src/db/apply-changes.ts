import type { CompiledQuery } from 'kysely';
import type { Change } from '../ports/changes.ts';
import type { Appliers } from './appliers.ts';
import { cardAppliers } from './apply-cards.ts';
import { deliveryAppliers } from './apply-delivery.ts';
import { calendarAppliers } from './calendars/apply-calendar.ts';
import type { Engine } from './engine.ts';
import { findingAppliers } from './findings/apply-findings.ts';
import { groupAppliers } from './groups/apply-groups.ts';
import { importAppliers } from './imports/apply-imports.ts';
import { putAppliers } from './imports/apply-puts.ts';
import { appliedImportAppliers } from './imports/apply-removals.ts';
import { BOT_OPEN_ID } from './meta-keys.ts';
import { noticeAppliers } from './notices/apply-notices.ts';
import { linkAppliers } from './people/apply-links.ts';
import { peopleAppliers } from './people/apply-people.ts';
import { roleAppliers } from './people/apply-roles.ts';
import { programAppliers } from './programs/apply-programs.ts';
import { setMeta } from './set-meta.ts';
import { settingAppliers } from './settings/settings.ts';
import { taskAppliers } from './tasks/apply-tasks.ts';
import { visitAppliers } from './visits/apply-visits.ts';

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
