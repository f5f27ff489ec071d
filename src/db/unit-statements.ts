import type { CompiledQuery, Insertable } from 'kysely';
import type { AuditEntry } from '../ports/audit.ts';
import type { Guard, NewMessage, UnitOfWork } from '../ports/changes.ts';
import { copiesOf } from './apply-cards.ts';
import { changeStatements } from './apply-changes.ts';
import { compiledOnce } from './compiled-once.ts';
import type { Engine } from './engine.ts';
import { fileParts } from './imports/file-parts.ts';
import { toJson } from './json.ts';
import { didKey, messageKey } from './message-keys.ts';
import { UPLOADS } from './outbox-claim.ts';
import { seenStatement } from './seen.ts';
import type { OutboxTable, Tables } from './tables.ts';
import { apart, tellingStatements } from './telling.ts';

/**
 * A unit as statements that are all known beforehand, so that a home without interactive transactions can run them as one batch.
 * The guard comes first: a redelivery is then told as `already`, whatever else has moved since.
 */
export function statementsOf(engine: Engine, work: UnitOfWork): readonly CompiledQuery[] {
  const { direct, many } = apart(work.messages);
  return [
    ...(work.guard ? guardStatements(engine, work.guard) : []),
    ...(work.seen ?? []).map((seen) => seenStatement(engine, seen)),
    ...work.changes.flatMap((change) => changeStatements(engine, change)),
    ...direct.flatMap((message) => [
      messageStatement(engine, message),
      ...fileStatements(engine, message),
      ...copiesOf(engine, message),
    ]),
    ...tellingStatements(
      engine,
      many.map((message) => ({ message, place: nextPlace() })),
    ),
    ...work.audit.map((entry) => auditStatement(engine, entry)),
  ];
}

function guardStatements(engine: Engine, guard: Guard): readonly CompiledQuery[] {
  const { db } = engine;
  switch (guard.kind) {
    case 'event':
      return [
        guard.eventId,
        ...(guard.messageIds ?? []).map(messageKey),
        ...(guard.didBy === undefined ? [] : [didKey(guard.didBy)]),
      ].map((key) =>
        compiledOnce(engine, 'inbox', { event_id: key, received_at: guard.at }, (row) =>
          db.insertInto('inbox').values(row),
        ),
      );
    case 'occurrence':
      return [
        db
          .insertInto('notification')
          .values({
            chat_id: guard.chatId,
            nominal_at: guard.nominalAt,
            outcome: guard.outcome,
            contents: JSON.stringify(guard.contents),
            at: guard.at,
            reason: guard.reason ?? '',
          })
          .compile(),
      ];
  }
}

/** The table's queues; an update of a sent card is put into its own, 4, by the change that calls for it. A file is put with Lark first. */
const queueOf = ({ replyTo, alert, lane, file }: NewMessage): number =>
  file ? UPLOADS : replyTo !== undefined ? 0 : alert ? 2 : lane === 'reply' ? 1 : 3;

/** Within a millisecond, decisions of one process are told apart by their order here; the column is an INTEGER of 31 bits. */
const MAX_PLACE = 2 ** 30;
let lastPlace = 0;
function nextPlace(): number {
  lastPlace = (lastPlace + 1) % MAX_PLACE;
  return lastPlace;
}

function messageStatement(engine: Engine, message: NewMessage): CompiledQuery {
  const row: Insertable<OutboxTable> = {
    key: message.key,
    lane: message.lane === 'reply' ? 0 : 1,
    chat_id: message.chatId,
    reply_to: message.replyTo ?? null,
    // A file is known by its name: see 0006_files.
    type: message.type === 'file' ? 'text' : message.type,
    content: message.content,
    uuid: message.uuid,
    state: 'waiting',
    due_at: message.dueAt,
    created_at: message.createdAt,
    file_name: message.file?.name ?? null,
    queue: queueOf(message),
    chat_key: message.person ?? message.chatId,
    place: nextPlace(),
    remake: message.remake === undefined ? '' : toJson(message.remake),
    made_at: message.createdAt,
  };
  return compiledOnce(engine, 'outbox', row, (values) => engine.db.insertInto('outbox').values(values));
}

function fileStatements({ db }: Engine, { key, file }: NewMessage): CompiledQuery[] {
  return (file ? fileParts(file.bytes) : []).map((content, part) =>
    db.insertInto('outbox_part').values({ message_key: key, part, content }).compile(),
  );
}

function auditStatement(engine: Engine, entry: AuditEntry): CompiledQuery {
  const row: Tables['audit'] = {
    id: entry.id,
    at: entry.at,
    actor: entry.actor,
    chat_id: entry.chatId ?? null,
    action: entry.action,
    subject: entry.subject,
    before: entry.before === undefined ? null : toJson(entry.before),
    after: entry.after === undefined ? null : toJson(entry.after),
  };
  return compiledOnce(engine, 'audit', row, (values) => engine.db.insertInto('audit').values(values));
}
