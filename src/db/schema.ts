import { MIGRATION_NAMES } from './subjects.ts';

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
