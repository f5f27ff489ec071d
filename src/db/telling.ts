import { type CompiledQuery, sql } from 'kysely';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { NewMessage } from '../ports/changes.ts';
import { refreshed } from './apply-cards.ts';
import { jsonParts } from './bulk.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';

// What one change says to many: kept in one statement with the change, made into messages of the outbox in steps right after it.

/** What says more to others than this is told in steps. */
const FEW = 20;
/** Messages of one step: a few milliseconds, in which nothing else is written. */
const STEP = 50;
/** What was written down longer ago than this (the process died behind it) may have changed since. */
const FRESH_MS = 10_000;

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

/** The words once for all who get the same, and who they are: a statement each, whatever their number. */
export function tellingStatements(engine: Engine, messages: readonly Placed[]): readonly CompiledQuery[] {
  const { db, dialect } = engine;
  const same = Map.groupBy(messages, ({ message: { lane, type, content, live } }) =>
    JSON.stringify([lane, type, live?.subjects, live?.query, content]),
  );
  const shape = {
    key: 'text',
    chat: 'text',
    chatKey: 'text',
    openId: 'text',
    uuid: 'text',
    due: 'bigint',
    place: 'integer',
  } as const;
  return [...same.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { key: id, lane, type, content, live, createdAt } = first.message;
    const rows = own.map(({ message, place }) => ({
      key: message.key,
      chat: message.chatId,
      chatKey: message.person ?? message.chatId,
      openId: message.live?.openId,
      uuid: message.uuid,
      due: message.dueAt,
      place,
    }));
    return [
      db
        .insertInto('telling')
        .values({
          id,
          lane: lane === 'reply' ? 0 : 1,
          type: type === 'file' ? 'text' : type,
          content,
          subjects: toJson(live?.subjects ?? []),
          query: live?.query ?? '',
          created_at: createdAt,
        })
        .compile(),
      ...jsonParts(rows).map((json) =>
        sql`INSERT INTO to_tell (key, telling_id, chat_id, chat_key, open_id, uuid, due_at, place, created_at, unit_id)
          SELECT r.key, CAST(${id} AS TEXT), r.chat, r.${sql.ref('chatKey')}, r.${sql.ref('openId')}, r.uuid, r.due, r.place,
            CAST(${createdAt} AS BIGINT), g.unit_id
          FROM ${dialect.rows(json, shape)} LEFT JOIN work_group AS g ON g.chat_id = r.chat WHERE true`.compile(db),
      ),
    ];
  });
}

/** Something is written down that is no message yet. */
export const isUntold = sql<number>`(SELECT COUNT(*) FROM (SELECT 1 AS one FROM to_tell WHERE told_at IS NULL LIMIT 1) AS t)`;

/**
 * The next of them become messages, in the order of their decisions; safe for several processes at once. What a card shows that was written
 * down a while ago is brought up to date as well.
 */
export async function tellSome(engine: Engine, now: Instant): Promise<void> {
  const { db, dialect } = engine;
  const next = await db
    .selectFrom('to_tell as t')
    .innerJoin('telling as s', 's.id', 't.telling_id')
    .where('t.told_at', 'is', null)
    .select(['t.key', 't.telling_id', 't.created_at', 's.subjects'])
    .orderBy('t.created_at')
    .orderBy('t.place')
    .limit(STEP)
    .execute();
  if (next.length === 0) return;
  const shown = [...new Map(next.map((one) => [one.telling_id, one])).values()].flatMap((one) =>
    subjectsOf(one.subjects).map((subject) => ({ id: one.telling_id, subject, old: one.created_at < now - FRESH_MS })),
  );
  const keys = dialect.texts(next.map(({ key }) => key));
  const stale = [...new Set(shown.flatMap(({ old, subject }) => (old ? [subject] : [])))];
  const step = [
    sql`INSERT INTO outbox (key, lane, queue, chat_id, chat_key, type, content, uuid, state, due_at, created_at, place)
      SELECT t.key, s.lane, ${sql.lit(ALERTS)}, t.chat_id, t.chat_key, s.type, s.content, t.uuid, 'waiting', t.due_at, t.created_at, t.place
      FROM to_tell AS t JOIN telling AS s ON s.id = t.telling_id
      WHERE t.key IN ${keys} AND t.told_at IS NULL AND (t.unit_id IS NULL OR EXISTS
        (SELECT 1 FROM work_group AS g WHERE g.chat_id = t.chat_id AND g.unit_id = t.unit_id))
      ON CONFLICT (key) DO NOTHING`,
    sql`INSERT INTO card_copy (subject, message_key, query, open_id, created_at)
      SELECT r.subject, t.key, s.query, t.open_id, t.created_at
      FROM to_tell AS t JOIN telling AS s ON s.id = t.telling_id
        JOIN ${dialect.rows(toJson(shown), { id: 'text', subject: 'text' })} ON r.id = s.id
      WHERE t.key IN ${keys} AND t.told_at IS NULL AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.key = t.key)
      ON CONFLICT (subject, message_key) DO NOTHING`,
    sql`UPDATE to_tell SET told_at = ${now} WHERE key IN ${keys} AND told_at IS NULL`,
  ].map((statement) => statement.compile(db));
  const revision = `told-${now}-${next[0]?.key.slice(-20)}`;
  await engine.unit([
    ...step,
    ...refreshed(engine, { kind: 'cards.refreshed', subjects: stale, revision, at: now, dueAt: now }),
  ]);
}

/** Written by us, from a list of texts. */
export function subjectsOf(json: string): readonly string[] {
  const subjects: readonly string[] = JSON.parse(json);
  return subjects;
}
