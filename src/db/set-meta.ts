import type { CompiledQuery } from 'kysely';
import type { Engine } from './engine.ts';

/** A fact that there is one of, in the place of the one before it. */
export function setMeta({ db }: Engine, key: string, value: string): CompiledQuery {
  return db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((on) => on.column('key').doUpdateSet({ value }))
    .compile();
}

export async function readMeta({ db }: Engine, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}
