import { type RawBuilder, sql } from 'kysely';
import type { HeldRole, Role } from '../../domain/people/person.ts';
import type { RoleReads } from '../../ports/roles.ts';
import type { Engine } from '../engine.ts';
import { CLAIM_HASH } from '../meta-keys.ts';
import { readMeta } from '../set-meta.ts';
import { grouped, orUndefined } from '../values.ts';
import { personOf, persons } from './reads-people.ts';

const ROLE_ORDER = sql<number>`CASE r.role WHEN 'administrator' THEN 0 WHEN 'supervisor' THEN 1
  WHEN 'inspector' THEN 2 WHEN 'leader' THEN 3 WHEN 'observer' THEN 4 ELSE 5 END`;

/** Who may do what, and the code that makes the first administrator. */
export function roleReads(engine: Engine): RoleReads {
  const { db, dialect } = engine;
  return {
    async roles(openId) {
      const rows = await given(engine, sql`d.open_id = ${openId}`);
      const represented = await representedOf(engine, rows);
      return rows.flatMap((row) => heldOf(row, represented));
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

    async roleHolders(roles, over) {
      const here =
        over &&
        sql`(d.unit_id IS NULL OR d.unit_id IN ${dialect.texts(over)}
        OR d.unit_id IN (SELECT v.unit_id FROM ${bureausOf(dialect.texts(over))} AS v))`;
      const rows = await given(engine, sql`d.role IN ${dialect.texts(roles)}${here ? sql` AND ${here}` : sql``}`);
      const [represented, people] = await Promise.all([representedOf(engine, rows), peopleOf(engine, rows)]);
      return rows.flatMap((row) =>
        heldOf(row, represented).map((held) => ({
          ...held,
          openId: row.open_id,
          people: people.get(row.open_id) ?? [],
        })),
      );
    },

    async givenRoles(openId) {
      const rows = await given(engine, openId === undefined ? sql`1 = 1` : sql`d.open_id = ${openId}`);
      const people = await peopleOf(engine, rows);
      return rows.map((row) => ({
        openId: row.open_id,
        role: row.role,
        unitId: orUndefined(row.unit_id),
        unit: row.unit_id !== null && row.unit_name !== null ? { id: row.unit_id, name: row.unit_name } : undefined,
        people: people.get(row.open_id) ?? [],
        granted:
          row.granted_by !== null && row.granted_at !== null ? { by: row.granted_by, at: row.granted_at } : undefined,
      }));
    },

    claimHash: () => readMeta(engine, CLAIM_HASH),
  };
}

interface GivenRow {
  readonly open_id: string;
  readonly role: Role;
  readonly unit_id: string | null;
  readonly unit_name: string | null;
  readonly sees_id: string | null;
  readonly granted_by: string | null;
  readonly granted_at: number | null;
}

/** Roles granted, and those of the liaisons whom the address book names; what is both counts as granted. `d` is what is asked about. */
async function given({ db }: Engine, where: RawBuilder<unknown>): Promise<readonly GivenRow[]> {
  const { rows } = await sql<GivenRow>`
    WITH r AS (SELECT d.* FROM (
      SELECT open_id, role, unit_id, granted_by, granted_at FROM role_grant
      UNION ALL SELECT p.open_id, 'liaison' AS role, p.unit_id, NULL AS granted_by, NULL AS granted_at FROM person AS p
        WHERE p.liaison = 'named' AND p.open_id IS NOT NULL AND p.gone IS NULL AND NOT EXISTS (SELECT 1
          FROM role_grant AS g WHERE g.open_id = p.open_id AND g.role = 'liaison' AND g.unit_id = p.unit_id)
      ) AS d WHERE ${where})
    SELECT r.open_id, r.role, r.unit_id, r.granted_by, r.granted_at, u.name AS unit_name, v.sees_id
    FROM r LEFT JOIN unit AS u ON u.id = r.unit_id LEFT JOIN unit_sight AS v ON v.unit_id = r.unit_id
    ORDER BY ${ROLE_ORDER}, COALESCE(r.granted_at, 0), r.open_id, r.unit_id`.execute(db);
  return rows;
}

const standsFor = ({ unit_id, sees_id }: GivenRow): string | undefined =>
  sees_id !== null && sees_id !== unit_id ? sees_id : undefined;

/** Which of the governments that these rows' bureaus are of have a liaison with an account of their own. */
async function representedOf({ db, dialect }: Engine, rows: readonly GivenRow[]): Promise<ReadonlySet<string>> {
  const governments = rows.filter(({ role }) => role === 'liaison').flatMap((row) => standsFor(row) ?? []);
  if (governments.length === 0) return new Set();
  const ids = dialect.texts([...new Set(governments)]);
  const { rows: found } = await sql<{ unit_id: string }>`SELECT l.unit_id FROM ${liaisonsOf(ids)} AS l`.execute(db);
  return new Set(found.map((row) => row.unit_id));
}

/** Liaisons by grant or by the address book, of these units themselves. */
const liaisonsOf = (unitIds: RawBuilder<unknown>) => sql`(
  SELECT g.unit_id, g.open_id FROM role_grant AS g WHERE g.role = 'liaison' AND g.unit_id IN ${unitIds}
  UNION SELECT p.unit_id, p.open_id FROM person AS p
    WHERE p.unit_id IN ${unitIds} AND p.liaison = 'named' AND p.open_id IS NOT NULL AND p.gone IS NULL)`;

/** Who acts for these units: their liaisons, and for a government without one those of its education bureau. */
export const actingLiaisons = (unitIds: RawBuilder<unknown>) => sql<{ unit_id: string; open_id: string }>`(
  SELECT l.unit_id, l.open_id FROM ${liaisonsOf(unitIds)} AS l
  UNION SELECT v.sees_id AS unit_id, l.open_id
    FROM ${liaisonsOf(sql`(SELECT b.unit_id FROM ${bureausOf(unitIds)} AS b)`)} AS l JOIN unit_sight AS v ON v.unit_id = l.unit_id
    WHERE v.sees_id NOT IN (SELECT own.unit_id FROM ${liaisonsOf(unitIds)} AS own))`;

/** The education bureaus of these units. The view is asked of no more units than need be: no bureau stands deeper. */
export const bureausOf = (unitIds: RawBuilder<unknown>) => sql`(SELECT s.unit_id, s.sees_id FROM unit_sight AS s
  WHERE s.sees_id IN ${unitIds} AND s.sees_id <> s.unit_id AND s.unit_id IN (SELECT c.descendant_id
    FROM unit_closure AS c WHERE c.ancestor_id IN ${unitIds} AND c.depth BETWEEN 1 AND 2))`;

function heldOf(row: GivenRow, represented: ReadonlySet<string>): readonly HeldRole[] {
  const { role } = row;
  const unitId = orUndefined(row.unit_id);
  const government = standsFor(row);
  if (government === undefined) return [{ role, unitId }];
  const of = unitId;
  if (role !== 'liaison') return [{ role, unitId: government, of }];
  const extent = represented.has(government) ? 'sight' : 'itself';
  return [
    { role, unitId },
    { role, unitId: government, of, extent },
  ];
}

async function peopleOf(engine: Engine, rows: readonly GivenRow[]) {
  const linked = await persons(engine)
    .where('p.open_id', 'in', engine.dialect.texts([...new Set(rows.map((row) => row.open_id))]))
    .orderBy('p.id')
    .execute();
  return grouped(linked.map(personOf), (person) => person.openId ?? '');
}
