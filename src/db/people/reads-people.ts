import { sql } from 'kysely';
import type { Person } from '../../domain/people/person.ts';
import type { LinkRequest, Reads } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import { BOT_OPEN_ID, CLAIM_HASH } from '../meta-keys.ts';
import { grouped, orUndefined } from '../values.ts';

type PeopleReads = Pick<
  Reads,
  | 'peopleByOpenId'
  | 'person'
  | 'peopleByName'
  | 'roles'
  | 'hasAdministrator'
  | 'roleHolders'
  | 'claimHash'
  | 'botOpenId'
  | 'linkRequests'
  | 'linkRequest'
  | 'peopleToLink'
  | 'groupsToLink'
>;

const ROLE_ORDER = sql<number>`CASE r.role
  WHEN 'administrator' THEN 0 WHEN 'supervisor' THEN 1 WHEN 'leader' THEN 2 ELSE 3 END`;

/** People, their roles, and who is who. */
export function peopleReads(engine: Engine): PeopleReads {
  const { db } = engine;
  const meta = async (key: string) => {
    const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
    return row?.value;
  };

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

    claimHash: () => meta(CLAIM_HASH),
    botOpenId: () => meta(BOT_OPEN_ID),

    async linkRequests(limit) {
      const rows = await requests(engine).orderBy('l.requested_at').orderBy('l.id').limit(limit).execute();
      return rows.map(requestOf);
    },

    async linkRequest(id) {
      const row = await requests(engine).where('l.id', '=', id).executeTakeFirst();
      return row && requestOf(row);
    },

    async peopleToLink(askedBefore, limit) {
      const rows = await persons(engine)
        .where('p.open_id', 'is', null)
        .where('p.mobile', 'is not', null)
        .where('p.asked_at', '<', askedBefore)
        .select(['p.mobile', 'p.former_open_id'])
        .orderBy('p.asked_at')
        .orderBy('p.id')
        .limit(limit)
        .execute();
      return rows.flatMap((row) => (row.mobile === null ? [] : [{ ...toLink(row), mobile: row.mobile }]));
    },

    async groupsToLink(askedBefore, limit) {
      const unknown = () =>
        persons(engine)
          .innerJoin('unit_closure as c', 'c.descendant_id', 'p.unit_id')
          .where('p.open_id', 'is', null)
          .where((eb) => eb.or([eb('p.mobile', 'is', null), eb('p.asked_at', '>', 0)]));
      const groups = await db
        .selectFrom('work_group as g')
        .where('g.state', '=', sql.lit('active'))
        .where('g.unit_id', 'is not', null)
        .where('g.members_asked_at', '<', askedBefore)
        .where((eb) => eb.exists(unknown().where('c.ancestor_id', '=', sql.ref<string>('g.unit_id'))))
        .select('g.chat_id')
        .orderBy('g.members_asked_at')
        .orderBy('g.chat_id')
        .limit(limit)
        .execute();
      if (groups.length === 0) return [];
      const rows = await unknown()
        .innerJoin('work_group as g', 'g.unit_id', 'c.ancestor_id')
        .where('g.chat_id', 'in', engine.dialect.texts(groups.map((row) => row.chat_id)))
        .select(['g.chat_id', 'p.former_open_id'])
        .orderBy('p.id')
        .execute();
      const byChat = grouped(rows, (row) => row.chat_id);
      return groups.map(({ chat_id }) => ({ chatId: chat_id, people: (byChat.get(chat_id) ?? []).map(toLink) }));
    },
  };
}

/** Those who serve: whoever has left, or is another row's person, is nobody to a query. */
const persons = (engine: Engine) => everybody(engine).where('p.gone', 'is', null);

export const everybody = ({ db }: Engine) =>
  db
    .selectFrom('person as p')
    .innerJoin('unit as u', 'u.id', 'p.unit_id')
    .select(['p.id', 'p.name', 'p.position', 'p.open_id', 'p.version', 'u.id as unit_id', 'u.name as unit_name']);

const requests = (engine: Engine) =>
  persons(engine)
    .innerJoin('link_request as l', 'l.person_id', 'p.id')
    .select(['l.id as request_id', 'l.open_id as asking', 'l.chat_id', 'l.requested_at']);

interface PersonColumns {
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

const toLink = (row: PersonColumns & { readonly former_open_id: string | null }) => ({
  ...personOf(row),
  formerOpenId: orUndefined(row.former_open_id),
});

const requestOf = (
  row: PersonColumns & {
    readonly request_id: string;
    readonly asking: string;
    readonly chat_id: string;
    readonly requested_at: number;
  },
): LinkRequest => ({
  id: row.request_id,
  openId: row.asking,
  person: personOf(row),
  chatId: row.chat_id,
  requestedAt: row.requested_at,
});
