import type { Change } from '../ports/changes.ts';
import type { Reads } from '../ports/store.ts';
import type { Appliers } from './appliers.ts';
import { cardAppliers } from './apply-cards.ts';
import { deliveryAppliers } from './apply-delivery.ts';
import { calendarAppliers } from './calendars/apply-calendar.ts';
import { calendarReads } from './calendars/reads-calendar.ts';
import { checklistReads } from './checklists/reads-checklists.ts';
import type { Engine } from './engine.ts';
import { findingAppliers } from './findings/apply-findings.ts';
import { findingReads } from './findings/reads-findings.ts';
import { groupAppliers } from './groups/apply-groups.ts';
import { groupReads } from './groups/reads-groups.ts';
import { importAppliers } from './imports/apply-imports.ts';
import { putAppliers } from './imports/apply-puts.ts';
import { appliedImportAppliers } from './imports/apply-removals.ts';
import { appliedImportReads } from './imports/reads-applied-imports.ts';
import { importReads } from './imports/reads-imports.ts';
import { BOT_OPEN_ID, TENANT } from './meta-keys.ts';
import { noticeAppliers } from './notices/apply-notices.ts';
import { noticeReads } from './notices/reads-notices.ts';
import { auditReads } from './overview/reads-audit.ts';
import { figureReads } from './overview/reads-figures.ts';
import { summaryReads } from './overview/reads-summary.ts';
import { linkAppliers } from './people/apply-links.ts';
import { peopleAppliers } from './people/apply-people.ts';
import { roleAppliers } from './people/apply-roles.ts';
import { addressBookReads } from './people/reads-address-book.ts';
import { dutyReads } from './people/reads-duties.ts';
import { linkReads } from './people/reads-links.ts';
import { personReads } from './people/reads-people.ts';
import { reachReads } from './people/reads-reach.ts';
import { roleReads } from './people/reads-roles.ts';
import { unitReads } from './people/reads-units.ts';
import { programAppliers } from './programs/apply-programs.ts';
import { programReads } from './programs/reads-programs.ts';
import { cardReads } from './reads-cards.ts';
import { deliveryReads } from './reminders/reads-delivery.ts';
import { ledgerReads } from './reminders/reads-ledger.ts';
import { reminderReads } from './reminders/reads-reminders.ts';
import { unsentPushReads } from './reminders/reads-unsent.ts';
import { readMeta, setMeta } from './set-meta.ts';
import { settingAppliers, settingReads } from './settings/settings.ts';
import { taskAppliers } from './tasks/apply-tasks.ts';
import { taskProgressReads } from './tasks/reads-progress.ts';
import { taskReads } from './tasks/reads-tasks.ts';
import { visitAppliers } from './visits/apply-visits.ts';
import { visitReads } from './visits/reads-inspections.ts';

// What each subject brings to the store: what its changes do, what can be asked of it, and how its tables came to be.

export const APPLIERS: Appliers<Change> = {
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
  'tenant.known': (engine, { tenantKey }) => [setMeta(engine, TENANT, tenantKey)],
};

export const readsOf = (engine: Engine): Reads => ({
  ...addressBookReads(engine),
  ...appliedImportReads(engine),
  ...auditReads(engine),
  ...calendarReads(engine),
  ...cardReads(engine),
  ...checklistReads(engine),
  ...deliveryReads(engine),
  ...dutyReads(engine),
  ...figureReads(engine),
  ...findingReads(engine),
  ...groupReads(engine),
  ...importReads(engine),
  ...ledgerReads(engine),
  ...linkReads(engine),
  ...noticeReads(engine),
  ...personReads(engine),
  ...programReads(engine),
  ...reachReads(engine),
  ...reminderReads(engine),
  ...roleReads(engine),
  ...settingReads(engine),
  ...summaryReads(engine),
  ...taskProgressReads(engine),
  ...taskReads(engine),
  ...unitReads(engine),
  ...unsentPushReads(engine),
  ...visitReads(engine),

  botOpenId: () => readMeta(engine, BOT_OPEN_ID),
  tenantKey: () => readMeta(engine, TENANT),
});

/** All migrations of this program, in order; a Worker cannot read the folder. A test compares the two. */
export const MIGRATION_NAMES: readonly string[] = [
  '0001_main_job',
  '0002_built_in_checklists',
  '0003_pause',
  '0004_reminder_rules',
  '0005_workbooks',
  '0006_files',
  '0007_settings',
  '0008_visits',
  '0009_calendar',
  '0010_programs',
  '0011_people',
  '0012_findings',
  '0013_live_cards',
  '0014_tasks_and_notices',
  '0015_push_receipts',
  '0016_findings_of_visits',
  '0017_task_pursuit',
  '0018_figures',
  '0019_readers',
  '0020_lanes',
  '0021_opened_forms',
  '0022_guards',
  '0023_counters',
  '0024_group_times',
  '0025_task_alerts',
  '0026_basis',
  '0027_uploads',
  '0028_telling',
  '0030_due_times',
  '0031_requirement',
  '0032_notices_taken_back',
  '0033_rights_of_the_book',
  '0035_names_that_wait',
];
