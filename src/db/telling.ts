import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { NewMessage } from '../ports/changes.ts';
import { updated } from './apply-cards.ts';
import { jsonParts } from './bulk.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';

// What one change says to many: kept in one statement with the change, made into messages of the outbox in steps right after it.

/** What says more to others than this is told in steps. */
const FEW = 20;
/** Messages of one step: a few milliseconds, in which nothing else is written. */
const STEP = 50;

/** The queue of alerts: what is said to others because of a change. */
const ALERTS = 2;

/** Which messages of a unit go into the outbox with it. Answers always do, and files, which have bytes of their own. */
export function apart(messages: readonly NewMessage[]): {
  readonly direct: readonly NewMessage[];
  readonly many: readonly NewMessage[];
} {
  const isTold = ({ alert, replyTo, file }: NewMessage) => alert === true && replyTo === undefined && !file;
  const many = messages.filter(isTold);
  return many.length > FEW ? { direct: messages.filter((one) => !isTold(one)), many } : { direct: messages, many: [] };
}

interface Placed {
  readonly message: NewMessage;
  readonly place: number;
}

/** Of those who are told the same: the words once, and who they are. A statement for each, whatever their number. */
export function tellingStatements(engine: Engine, messages: readonly Placed[]): readonly CompiledQuery[] {
  const { db, dialect } = engine;
  const same = [
    ...Map.groupBy(messages, ({ message: { lane, type, content, live, remake, createdAt } }) =>
      JSON.stringify([lane, type, live?.subjects, live?.query, remake, createdAt, content]),
    ).values(),
  ];
  const tellings = same.flatMap(([first]) => (first ? [tellingOf(first.message)] : []));
  const rows = same.flatMap((own) => own.map((one) => ({ ...rowOf(one), telling: own[0]?.message.key })));
  return [
    ...jsonParts(tellings).map(
      (json) => sql`INSERT INTO telling (id, lane, type, content, subjects, query, remake, created_at)
        SELECT r.id, r.lane, r.type, r.content, r.subjects, r.query, r.remake, r.created FROM ${dialect.rows(json, TELLING)}`,
    ),
    ...jsonParts(rows).map(
      (
        json,
      ) => sql`INSERT INTO to_tell (key, telling_id, chat_id, chat_key, open_id, uuid, due_at, place, created_at, unit_id)
        SELECT r.key, r.telling, r.chat, r.${sql.ref('chatKey')}, r.${sql.ref('openId')}, r.uuid, r.due, r.place, r.created, g.unit_id
        FROM ${dialect.rows(json, TO_TELL)} LEFT JOIN work_group AS g ON g.chat_id = r.chat`,
    ),
  ].map((statement) => statement.compile(db));
}

const TELLING = {
  id: 'text',
  lane: 'integer',
  type: 'text',
  content: 'text',
  subjects: 'text',
  query: 'text',
  remake: 'text',
  created: 'bigint',
} as const;

const tellingOf = ({ key: id, lane, type, content, live, remake, createdAt: created }: NewMessage) => ({
  id,
  lane: lane === 'reply' ? 0 : 1,
  type,
  content,
  subjects: toJson(live?.subjects ?? []),
  query: live?.query ?? '',
  remake: remake === undefined ? '' : toJson(remake),
  created,
});

const TO_TELL = {
  key: 'text',
  telling: 'text',
  chat: 'text',
  chatKey: 'text',
  openId: 'text',
  uuid: 'text',
  due: 'bigint',
  place: 'integer',
  created: 'bigint',
} as const;

const rowOf = ({ message, place }: Placed) => ({
  key: message.key,
  chat: message.chatId,
  chatKey: message.person ?? message.chatId,
  openId: message.live?.openId,
  uuid: message.uuid,
  due: message.dueAt,
  place,
  created: message.createdAt,
});

/** Something is written down that is no message yet. */
export const isUntold = sql<number>`(SELECT COUNT(*) FROM (SELECT 1 AS one FROM to_tell WHERE told_at IS NULL LIMIT 1) AS t)`;

/** Of a chat something is untold that was decided before this message, and is due like it. */
export const behindUntold = (now: Instant) => sql`EXISTS (SELECT 1 FROM to_tell AS t WHERE t.chat_key = o.chat_key
  AND t.told_at IS NULL AND t.due_at <= ${now} AND (t.created_at, t.place, t.key) < (o.created_at, o.place, o.key))`;

/**
 * The next of them become messages, in the order of their decisions; safe for several processes at once. A constraint that breaks is
 * answered, and stops nothing else from leaving; `moved` means that others tell them.
 */
export async function tellSome(engine: Engine, now: Instant): Promise<unknown> {
  const next = sql`(SELECT key FROM to_tell WHERE told_at IS NULL ORDER BY created_at, place LIMIT ${sql.lit(STEP)})`;
  try {
    await engine.unit(told(engine, next, { state: 'waiting', at: now }));
  } catch (error) {
    const broken = engine.conflictOf(error);
    if (broken === undefined) throw error;
    return broken === 'moved' ? undefined : error;
  }
  return undefined;
}

/** What waits while everything is paused was made for a day that may be over: it does not leave by itself, and nor does what is untold. */
export const toldHeld = (engine: Engine, at: Instant, reason: string): readonly CompiledQuery[] =>
  told(
    engine,
    sql`(SELECT u.key FROM to_tell AS u JOIN telling AS w ON w.id = u.telling_id WHERE u.told_at IS NULL AND w.lane = 1)`,
    { state: 'held', at, reason },
  );

interface As {
  readonly state: 'waiting' | 'held';
  readonly at: Instant;
  readonly reason?: string;
}

/** Those of these keys that are untold become messages and copies of cards. A card that has changed since is brought up to date behind. */
function told(engine: Engine, keys: RawBuilder<unknown>, as: As): readonly CompiledQuery[] {
  const { db, dialect } = engine;
  const { state, at, reason = null } = as;
  const these = sql`to_tell AS t JOIN telling AS s ON s.id = t.telling_id`;
  const settledAt = state === 'held' ? at : null;
  const changed = sql`SELECT DISTINCT k.message_key, k.created_at FROM ${these} JOIN card_copy AS k ON k.message_key = t.key
    WHERE t.key IN ${keys} AND s.changed = 1 AND k.query <> ''`;
  return [
    sql`INSERT INTO outbox
        (key, lane, queue, chat_id, chat_key, type, content, uuid, state, due_at, created_at, place, reason, settled_at,
        unit_id, remake, made_at)
      SELECT t.key, s.lane, ${sql.lit(ALERTS)}, t.chat_id, t.chat_key, s.type, s.content, t.uuid, ${sql.lit(state)}, t.due_at,
        t.created_at, t.place, CAST(${reason} AS TEXT), CAST(${settledAt} AS BIGINT), t.unit_id, s.remake, t.created_at
      FROM ${these} WHERE t.key IN ${keys} AND (t.unit_id IS NULL OR EXISTS
        (SELECT 1 FROM work_group AS g WHERE g.chat_id = t.chat_id AND g.unit_id = t.unit_id))
      ON CONFLICT DO NOTHING`.compile(db),
    sql`INSERT INTO card_copy (subject, message_key, query, open_id, created_at)
      SELECT e.value, t.key, s.query, t.open_id, t.created_at FROM ${these}, ${dialect.elements('s.subjects')}
      WHERE t.key IN ${keys} AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.key = t.key)
      ON CONFLICT DO NOTHING`.compile(db),
    updated(engine, changed, { uuid: sql`'told-' || n.uuid`, at, dueAt: at }),
    sql`UPDATE to_tell SET told_at = ${at} WHERE key IN ${keys}`.compile(db),
  ];
}

/** Written by us, from a list of texts. */
export function subjectsOf(json: string): readonly string[] {
  const subjects: readonly string[] = JSON.parse(json);
  return subjects;
}
