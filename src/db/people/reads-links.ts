import { sql } from 'kysely';
import type { LinkReads, LinkRequest } from '../../ports/links.ts';
import type { Engine } from '../engine.ts';
import { grouped, orUndefined } from '../values.ts';
import { type PersonColumns, personOf, persons } from './reads-people.ts';

/** Who waits to be known as somebody of the address book, and who is still to be found. */
export function linkReads(engine: Engine): LinkReads {
  const { db } = engine;
  return {
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
        .select(weighs.as('waits'))
        .orderBy('p.id')
        .execute();
      const byChat = grouped(rows, (row) => row.chat_id);
      return groups.map(({ chat_id }) => ({
        chatId: chat_id,
        people: (byChat.get(chat_id) ?? []).map((row) => ({ ...toLink(row), waits: Boolean(row.waits) })),
      }));
    },
  };
}

/** Too much follows from who this is: a number of their own, the liaison's right, a team that knows where it goes, a problem to answer for, something confidential. */
const weighs = sql<number | boolean>`(p.mobile IS NOT NULL OR p.liaison = 'named'
  OR EXISTS (SELECT 1 FROM inspection_member AS m WHERE m.person_id = p.id)
  OR EXISTS (SELECT 1 FROM finding AS f WHERE f.responsible_id = p.id)
  OR EXISTS (SELECT 1 FROM task_person AS tp JOIN task AS t ON t.id = tp.task_id
    WHERE tp.person_id = p.id AND t.restricted = 1))`;

const requests = (engine: Engine) =>
  persons(engine)
    .innerJoin('link_request as l', 'l.person_id', 'p.id')
    .select(['l.id as request_id', 'l.open_id as asking', 'l.chat_id', 'l.requested_at', 'l.by_name']);

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
    readonly by_name: number;
  },
): LinkRequest => ({
  id: row.request_id,
  openId: row.asking,
  person: personOf(row),
  chatId: row.chat_id,
  requestedAt: row.requested_at,
  byName: row.by_name === 1,
});
