import { type CompiledQuery, sql } from 'kysely';
import type { LinkChange } from '../../ports/links.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { seenStatement } from '../seen.ts';
import { stand } from '../standing.ts';

type Of<Kind extends LinkChange['kind']> = Extract<LinkChange, { readonly kind: Kind }>;

/** How accounts become people of the address book. */
export const linkAppliers = {
  'people.asked': peopleAsked,
  'person.linked': personLinked,
  'link.requested': linkRequested,
  'link.proposed': linkProposed,
  'link.settled': linkSettled,
} satisfies Appliers<LinkChange>;

/** Bookkeeping, not a fact about the person: the version stays. */
function peopleAsked({ db, dialect }: Engine, { personIds, at }: Of<'people.asked'>): CompiledQuery[] {
  if (personIds.length === 0) return [];
  return [db.updateTable('person').set({ asked_at: at }).where('id', 'in', dialect.texts(personIds)).compile()];
}

function personLinked(engine: Engine, { personId, openId, by, seen }: Of<'person.linked'>): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'person', id: personId, version: seen }),
    engine.db
      .updateTable('person')
      .set({ open_id: openId, linked_by: by, version: seen + 1 })
      .where('id', '=', personId)
      .compile(),
    // Whose account it is, is no question any more.
    engine.db.deleteFrom('link_request').where('person_id', '=', personId).where('by_name', '=', 1).compile(),
  ];
}

function linkRequested(engine: Engine, { id, openId, personId, chatId, at }: Of<'link.requested'>): CompiledQuery[] {
  const { db } = engine;
  return [
    ...stand(engine, 'person', [personId]),
    db.deleteFrom('link_request').where('open_id', '=', openId).compile(),
    db
      .insertInto('link_request')
      .values({ id, open_id: openId, person_id: personId, chat_id: chatId, requested_at: at })
      .compile(),
  ];
}

/** Whoever has said who they are, or is asked about already, is not asked about besides. */
function linkProposed(engine: Engine, { id, openId, personId, chatId, at }: Of<'link.proposed'>): CompiledQuery[] {
  return [
    ...stand(engine, 'person', [personId]),
    sql`INSERT INTO link_request (id, open_id, person_id, chat_id, requested_at, by_name)
      SELECT ${id}, ${openId}, ${personId}, ${chatId}, ${at}, 1
      WHERE NOT EXISTS (SELECT 1 FROM link_request WHERE open_id = ${openId})`.compile(engine.db),
  ];
}

function linkSettled({ db }: Engine, { id, refused }: Of<'link.settled'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM link_request WHERE id = ${id})`.compile(db),
    ...(refused
      ? [
          sql`UPDATE person SET former_open_id = (SELECT open_id FROM link_request WHERE id = ${id})
            WHERE open_id IS NULL AND gone IS NULL
              AND id = (SELECT person_id FROM link_request WHERE id = ${id} AND by_name = 1)`.compile(db),
        ]
      : []),
    db.deleteFrom('link_request').where('id', '=', id).compile(),
  ];
}
