import { sql } from 'kysely';
import type { RoleReads } from '../../ports/roles.ts';
import type { Engine } from '../engine.ts';
import { CLAIM_HASH } from '../meta-keys.ts';
import { readMeta } from '../set-meta.ts';
import { grouped, orUndefined } from '../values.ts';
import { personOf, persons } from './reads-people.ts';

const ROLE_ORDER = sql<number>`CASE r.role
  WHEN 'administrator' THEN 0 WHEN 'supervisor' THEN 1 WHEN 'leader' THEN 2 ELSE 3 END`;

/** Who may do what, and the code that makes the first administrator. */
export function roleReads(engine: Engine): RoleReads {
  const { db } = engine;
  return {
    async roles(openId) {
      const rows = await db
        .selectFrom('role_grant')
        .select(['role', 'unit_id'])
        .where('open_id', '=', openId)
        .orderBy('role')
        .orderBy('granted_at')
        .execute();
      return rows.map((row) => ({ role: row.role, unitId: orUndefined(row.unit_id) }));
    },

    async hasAdministrator() {
      const row = await db
        .selectFrom('role_grant')
        .select('open_id')
        .where('role', '=', 'administrator')
        .where('unit_id', 'is', null)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async roleHolders(openId) {
      const rows = await db
        .selectFrom('role_grant as r')
        .leftJoin('unit as u', 'u.id', 'r.unit_id')
        .$if(openId !== undefined, (query) => query.where('r.open_id', '=', openId ?? ''))
        .select(['r.open_id', 'r.role', 'r.granted_by', 'r.granted_at', 'u.id as unit_id', 'u.name as unit_name'])
        .orderBy(ROLE_ORDER)
        .orderBy('r.granted_at')
        .orderBy('r.open_id')
        .orderBy('r.unit_id')
        .execute();
      const linked = await persons(engine)
        .where('p.open_id', 'in', engine.dialect.texts([...new Set(rows.map((row) => row.open_id))]))
        .orderBy('p.id')
        .execute();
      const byOpenId = grouped(linked.map(personOf), (person) => person.openId);
      return rows.map((row) => ({
        openId: row.open_id,
        role: row.role,
        unitId: orUndefined(row.unit_id),
        unit: row.unit_id !== null && row.unit_name !== null ? { id: row.unit_id, name: row.unit_name } : undefined,
        people: byOpenId.get(row.open_id) ?? [],
        by: row.granted_by,
        at: row.granted_at,
      }));
    },

    claimHash: () => readMeta(engine, CLAIM_HASH),
  };
}
