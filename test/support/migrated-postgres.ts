import { inject } from 'vitest';
import { openPostgres } from '../../src/db/postgres.ts';
import { onceAProcess } from './once-a-process.ts';
import { freshDatabase } from './postgres.ts';

// The same as migrated-sqlite.ts, on the server that Vitest started for the run.

const postgres = onceAProcess(
  async () => {
    const name = `migrated_${process.env['VITEST_POOL_ID']}`;
    const database = openPostgres(await freshDatabase(inject('postgresUrl'), name));
    await database.migrate();
    await database.close();
    return name;
  },
  async () => {},
);

/** The URL of a new database of this name. */
export const migratedPostgres = async (name: string): Promise<string> =>
  freshDatabase(inject('postgresUrl'), name, await postgres());
