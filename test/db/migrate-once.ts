// Run as a process by migrations.test.ts: migrates the SQLite file that is named and says so.
import { openSqlite } from '../../src/db/sqlite.ts';

const database = openSqlite(process.argv[2] ?? '');
await database.migrate();
await database.ready();
await database.close();
