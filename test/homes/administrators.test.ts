import { expect, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import { withAdministrators } from '../../src/homes/administrators.ts';

test('an administrator by ADMIN_OPEN_IDS counts as one wherever it is asked whether there is any', async () => {
  const database = openSqlite(':memory:');
  await database.migrate();
  expect(await withAdministrators(database.store, []).hasAdministrator()).toBe(false);
  expect(await withAdministrators(database.store, ['ou_1']).hasAdministrator()).toBe(true);
  await database.close();
});
