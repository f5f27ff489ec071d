import { sql } from 'kysely';
import type { Person } from '../../domain/people/person.ts';
import type { PersonReads } from '../../ports/people.ts';
import type { Engine } from '../engine.ts';
import { orUndefined } from '../values.ts';

/** Who serves, and who has served. */
export function personReads(engine: Engine): PersonReads {
  return {
    async peopleByOpenId(openId) {
      const rows = await persons(engine).where('p.open_id', '=', openId).orderBy('p.id').execute();
      return rows.map(personOf);
    },

    async person(id) {
      const row = await persons(engine).where('p.id', '=', id).executeTakeFirst();
      return row && personOf(row);
    },

    async peopleByName(name) {
      const rows = await persons(engine).where('p.name', '=', name).orderBy('u.name').orderBy('p.id').execute();
      return rows.map(personOf);
    },

    async hasLeft(openId) {
      const row = await engine.db
        .selectNoFrom((eb) => eb.exists(formerly(engine, sql.val(openId))).as('left'))
        .executeTakeFirstOrThrow();
      return Boolean(row.left);
    },
  };
}

/** Those who serve: whoever has left, or is another row's person, is nobody to a query. */
export const persons = (engine: Engine) => everybody(engine).where('p.gone', 'is', null);

export const everybody = ({ db }: Engine) =>
  db
    .selectFrom('person as p')
    .innerJoin('unit as u', 'u.id', 'p.unit_id')
    .select(['p.id', 'p.name', 'p.position', 'p.open_id', 'p.version', 'u.id as unit_id', 'u.name as unit_name']);

export interface PersonColumns {
  readonly id: string;
  readonly name: string;
  readonly position: string;
  readonly open_id: string | null;
  readonly version: number;
  readonly unit_id: string;
  readonly unit_name: string;
}

export const personOf = (row: PersonColumns): Person => ({
  id: row.id,
  name: row.name,
  unit: { id: row.unit_id, name: row.unit_name },
  position: row.position,
  openId: orUndefined(row.open_id),
  version: row.version,
});

/** Rows of those who left with this account. */
export const formerly = ({ db }: Engine, openId: ReturnType<typeof sql>) =>
  db
    .selectFrom('person as f')
    .where(sql<boolean>`f.former_open_id = ${openId}`)
    .where('f.gone', '=', 'left')
    .select('f.id');
