import { type CompiledQuery, sql } from 'kysely';
import type { Change } from '../ports/changes.ts';
import type { Engine } from './engine.ts';

type Of<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** Granting what is granted already only says who did it last. */
export function roleGranted({ db }: Engine, { openId, role, unitId, by, at }: Of<'role.granted'>): CompiledQuery[] {
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
export function roleRevoked({ db }: Engine, { openId, role, unitId }: Of<'role.revoked'>): CompiledQuery[] {
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
