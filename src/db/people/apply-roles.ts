import { type CompiledQuery, sql } from 'kysely';
import type { RoleChange } from '../../ports/changes.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { CLAIM_HASH } from '../meta-keys.ts';
import { setMeta } from '../set-meta.ts';

type Own = RoleChange;
type Of<Kind extends Own['kind']> = Extract<Own, { readonly kind: Kind }>;

/** Roles, and the code that gives the first one. */
export const roleAppliers = {
  'role.granted': roleGranted,
  'role.revoked': roleRevoked,
  'claim.issued': claimIssued,
  'claim.used': claimUsed,
} satisfies Appliers<Own>;

/** Granting what is granted already only says who did it last. */
function roleGranted({ db }: Engine, { openId, role, unitId, by, at }: Of<'role.granted'>): CompiledQuery[] {
  return [
    db
      .insertInto('role_grant')
      .values({ open_id: openId, role, unit_id: unitId ?? null, granted_by: by, granted_at: at })
      .onConflict((on) =>
        on.expression(sql`open_id, role, COALESCE(unit_id, '')`).doUpdateSet({ granted_by: by, granted_at: at }),
      )
      .compile(),
  ];
}

/** The last statement counts what is left after the deletion, so that of two administrators who remove each other one stays. */
function roleRevoked({ db }: Engine, { openId, role, unitId }: Of<'role.revoked'>): CompiledQuery[] {
  const granted = sql`open_id = ${openId} AND role = ${role} AND COALESCE(unit_id, '') = ${unitId ?? ''}`;
  const statements = [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM role_grant WHERE ${granted})`,
    sql`DELETE FROM role_grant WHERE ${granted}`,
    ...(role === 'administrator' && unitId === undefined
      ? [
          sql`INSERT INTO guard (ok) SELECT 0
            WHERE NOT EXISTS (SELECT 1 FROM role_grant WHERE role = 'administrator' AND unit_id IS NULL)`,
        ]
      : []),
  ];
  return statements.map((statement) => statement.compile(db));
}

/** A new code takes the place of the one before it. */
function claimIssued(engine: Engine, { hash }: Of<'claim.issued'>): CompiledQuery[] {
  return [setMeta(engine, CLAIM_HASH, hash)];
}

function claimUsed({ db }: Engine, { hash }: Of<'claim.used'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM meta WHERE key = ${CLAIM_HASH} AND value = ${hash})`.compile(db),
    db.deleteFrom('meta').where('key', '=', CLAIM_HASH).compile(),
  ];
}
