import { type CompiledQuery, sql } from 'kysely';
import type { AuditEntry, Change, Guard, NewMessage, Seen, UnitOfWork } from '../ports/store.ts';
import {
  putAssessments,
  putChecklists,
  putIndicators,
  putInspections,
  putMilestones,
  putPeople,
  putPrograms,
  putTasks,
  putUnits,
} from './apply-puts.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';
import { BOT_OPEN_ID, CLAIM_HASH } from './meta-keys.ts';

type Of<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/**
 * A unit as statements that are all known beforehand, so that a home without interactive transactions can run them as one batch.
 * The guard comes first: a redelivery is then told as `already`, whatever else has moved since.
 */
export function statementsOf(engine: Engine, work: UnitOfWork): readonly CompiledQuery[] {
  return [
    ...(work.guard ? [guardStatement(engine, work.guard)] : []),
    ...(work.seen ?? []).map((seen) => seenStatement(engine, seen)),
    ...work.changes.flatMap((change) => changeStatements(engine, change)),
    ...work.messages.map((message) => messageStatement(engine, message)),
    ...work.audit.map((entry) => auditStatement(engine, entry)),
  ];
}

function guardStatement({ db }: Engine, guard: Guard): CompiledQuery {
  switch (guard.kind) {
    case 'event':
      return db.insertInto('inbox').values({ event_id: guard.eventId, received_at: guard.at }).compile();
    case 'occurrence':
      return db
        .insertInto('notification')
        .values({
          chat_id: guard.chatId,
          nominal_at: guard.nominalAt,
          outcome: guard.outcome,
          contents: JSON.stringify(guard.contents),
          at: guard.at,
        })
        .compile();
  }
}

/** Fails the unit unless the row still has this version. */
export function seenStatement({ db }: Engine, { table, id, version }: Seen): CompiledQuery {
  const key = sql.ref(table === 'work_group' ? 'chat_id' : 'id');
  return sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
    (SELECT 1 FROM ${sql.table(table)} WHERE ${key} = ${id} AND version = ${version})`.compile(db);
}

function messageStatement({ db }: Engine, message: NewMessage): CompiledQuery {
  return db
    .insertInto('outbox')
    .values({
      key: message.key,
      lane: message.lane === 'reply' ? 0 : 1,
      chat_id: message.chatId,
      reply_to: message.replyTo ?? null,
      type: message.type,
      content: message.content,
      uuid: message.uuid,
      state: 'waiting',
      due_at: message.dueAt,
      created_at: message.createdAt,
    })
    .compile();
}

function auditStatement({ db }: Engine, entry: AuditEntry): CompiledQuery {
  return db
    .insertInto('audit')
    .values({
      id: entry.id,
      at: entry.at,
      actor: entry.actor,
      chat_id: entry.chatId ?? null,
      action: entry.action,
      subject: entry.subject,
      before: entry.before === undefined ? null : toJson(entry.before),
      after: entry.after === undefined ? null : toJson(entry.after),
    })
    .compile();
}

/** Every change that replaces a row fails the unit when the row has moved: an UPDATE that hits nothing would claim success. */
function changeStatements(engine: Engine, change: Change): readonly CompiledQuery[] {
  switch (change.kind) {
    case 'group.joined':
      return groupJoined(engine, change);
    case 'group.renamed':
      return groupRenamed(engine, change);
    case 'group.gone':
      return groupGone(engine, change);
    case 'group.bound':
      return groupBound(engine, change);
    case 'rule.added':
      return ruleAdded(engine, change);
    case 'rule.advanced':
      return ruleAdvanced(engine, change);
    case 'role.granted':
      return roleGranted(engine, change);
    case 'claim.issued':
      return [setMeta(engine, CLAIM_HASH, change.hash)];
    case 'claim.used':
      return claimUsed(engine, change);
    case 'bot.known':
      return [setMeta(engine, BOT_OPEN_ID, change.openId)];
    case 'group.asked':
      return groupAsked(engine, change);
    case 'people.asked':
      return peopleAsked(engine, change);
    case 'person.linked':
      return personLinked(engine, change);
    case 'link.requested':
      return linkRequested(engine, change);
    case 'link.settled':
      return linkSettled(engine, change);
    case 'units.put':
      return putUnits(engine, change);
    case 'people.put':
      return putPeople(engine, change.rows);
    case 'programs.put':
      return putPrograms(engine, change.rows);
    case 'milestones.put':
      return putMilestones(engine, change.rows);
    case 'checklists.put':
      return putChecklists(engine, change.rows);
    case 'indicators.put':
      return putIndicators(engine, change.rows);
    case 'inspections.put':
      return putInspections(engine, change.rows);
    case 'tasks.put':
      return putTasks(engine, change.rows);
    case 'assessments.put':
      return putAssessments(engine, change.rows);
  }
}

/** A group that is known keeps its binding, and its name when the event brought none. */
function groupJoined({ db }: Engine, { chatId, name }: Of<'group.joined'>): CompiledQuery[] {
  const named = name === '' ? {} : { name };
  return [
    db
      .insertInto('work_group')
      .values({ chat_id: chatId, name, state: 'active', version: 1 })
      .onConflict((on) =>
        on.column('chat_id').doUpdateSet({ ...named, state: 'active', version: sql`work_group.version + 1` }),
      )
      .compile(),
  ];
}

function groupRenamed({ db }: Engine, { chatId, name }: Of<'group.renamed'>): CompiledQuery[] {
  return [
    db
      .insertInto('work_group')
      .values({ chat_id: chatId, name, state: 'active', version: 1 })
      .onConflict((on) => on.column('chat_id').doUpdateSet({ name, version: sql`work_group.version + 1` }))
      .compile(),
  ];
}

/** Also for a group that was never seen: without a row it would pass for a direct chat and be sent to. */
function groupGone({ db }: Engine, { chatId, state }: Of<'group.gone'>): CompiledQuery[] {
  return [
    db
      .insertInto('work_group')
      .values({ chat_id: chatId, name: '', state, version: 1 })
      .onConflict((on) => on.column('chat_id').doUpdateSet({ state, version: sql`work_group.version + 1` }))
      .compile(),
    sql`UPDATE outbox SET state = 'dropped', reason = ${`group ${state}`}, settled_at = due_at
      WHERE chat_id = ${chatId} AND state IN ('waiting', 'sending')`.compile(db),
  ];
}

function groupBound(engine: Engine, { chatId, unitId, seen }: Of<'group.bound'>): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'work_group', id: chatId, version: seen }),
    engine.db
      .updateTable('work_group')
      .set({ unit_id: unitId, members_asked_at: 0, version: seen + 1 })
      .where('chat_id', '=', chatId)
      .compile(),
  ];
}

function ruleAdded({ db }: Engine, { rule }: Of<'rule.added'>): CompiledQuery[] {
  return [
    db
      .insertInto('reminder_rule')
      .values({
        id: rule.id,
        chat_id: rule.chatId,
        content: rule.content,
        recurrence: rule.recurrence,
        at_time: rule.time,
        nominal_at: rule.nominalAt,
        fire_at: rule.fireAt,
        version: 1,
      })
      .compile(),
  ];
}

function ruleAdvanced({ db }: Engine, { id, nominalAt, fireAt, seen }: Of<'rule.advanced'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM reminder_rule WHERE id = ${id} AND version = ${seen})`.compile(db),
    db
      .updateTable('reminder_rule')
      .set({ nominal_at: nominalAt, fire_at: fireAt, version: seen + 1 })
      .where('id', '=', id)
      .compile(),
  ];
}

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

function setMeta({ db }: Engine, key: string, value: string): CompiledQuery {
  return db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((on) => on.column('key').doUpdateSet({ value }))
    .compile();
}

function claimUsed({ db }: Engine, { hash }: Of<'claim.used'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM meta WHERE key = ${CLAIM_HASH} AND value = ${hash})`.compile(db),
    db.deleteFrom('meta').where('key', '=', CLAIM_HASH).compile(),
  ];
}

/** Bookkeeping, not a fact about the group: the version stays. */
function groupAsked({ db }: Engine, { chatId, at }: Of<'group.asked'>): CompiledQuery[] {
  return [db.updateTable('work_group').set({ members_asked_at: at }).where('chat_id', '=', chatId).compile()];
}

/** As with groups. */
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
