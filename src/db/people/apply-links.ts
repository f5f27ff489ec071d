import { type CompiledQuery, sql } from 'kysely';
import type { LinkChange } from '../../ports/changes.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { seenStatement } from '../seen.ts';

type Of<Kind extends LinkChange['kind']> = Extract<LinkChange, { readonly kind: Kind }>;

/** How accounts become people of the address book. */
export const linkAppliers = {
  'people.asked': peopleAsked,
  'person.linked': personLinked,
  'link.requested': linkRequested,
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
  ];
}

function linkRequested({ db }: Engine, { id, openId, personId, chatId, at }: Of<'link.requested'>): CompiledQuery[] {
  return [
    db.deleteFrom('link_request').where('open_id', '=', openId).compile(),
    db
      .insertInto('link_request')
      .values({ id, open_id: openId, person_id: personId, chat_id: chatId, requested_at: at })
      .compile(),
  ];
}

function linkSettled({ db }: Engine, { id }: Of<'link.settled'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM link_request WHERE id = ${id})`.compile(db),
    db.deleteFrom('link_request').where('id', '=', id).compile(),
  ];
}
