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
];

/** What a database of the first release, v0.1.0, has. Before it, files were edited after they had been run; none is any more. */
const LAST_OF_FIRST_RELEASE = '0019_readers';
const FIRST_RELEASE = MIGRATION_NAMES.filter((name) => name <= LAST_OF_FIRST_RELEASE);

const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
  names.filter((name) => !others.includes(name));

/**
 * Throws for a database that this program must not touch, with the mend: one that a newer program has migrated, or one that is older than
 * the first release. `found` are the names in its table schema_version, in any order; an empty database has none.
 */
export function refuseForeignSchema(found: readonly string[], known: readonly string[] = MIGRATION_NAMES): void {
  const newer = without(found, known);
  if (newer.length > 0) {
    throw new Error(
      `The database is newer than this program: it has ${newer.join(', ')}, which the program does not know. ` +
        'Start the newer program, or restore a backup that this one made.',
    );
  }
  const missing = without(FIRST_RELEASE, found);
  if (found.length > 0 && missing.length > 0) {
    throw new Error(
      `The database was made before v0.1.0, the first release (it lacks ${missing.join(', ')}), and cannot be upgraded. ` +
        'Export its lists with the program that made it, set DATABASE_URL to a new database, and import them there.',
    );
  }
}

/** Throws unless the database has exactly this program's migrations, in whatever order they were run. */
export function refuseUnlessCurrent(found: readonly string[]): void {
  refuseForeignSchema(found);
  const missing = without(MIGRATION_NAMES, found);
  if (missing.length > 0) {
    throw new Error(`The database lacks ${missing.join(', ')}: run this program's migrations first.`);
  }
}
