import { type CompiledQuery, sql } from 'kysely';
import type { NoticeChange } from '../../ports/notices.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';

type Of<Kind extends NoticeChange['kind']> = Extract<NoticeChange, { readonly kind: Kind }>;

/** Notices, and who has confirmed them. */
export const noticeAppliers = {
  'notice.sent': sent,
  'notice.rostered': rostered,
  'notice.departed': (engine, change) => [departed(engine, change)],
  'notice.read': read,
  'notice.readers-unknown': (engine, change) => [
    target(engine, change)
      .set({ ask_readers_at: change.askAgainAt ?? null })
      .compile(),
  ],
  'notice.unrostered': (engine, change) => [
    target(engine, change)
      .set({ ask_at: change.askAt ?? null })
      .compile(),
  ],
  'notice.confirmed': (engine, change) => [confirmed(engine, change)],
  'notice.withdrawn': withdrawn,
  'notice.reminded': (engine, change) => [
    unmoved(engine, change),
    engine.db
      .updateTable('notice')
      .set({ remind_at: null, version: change.seen + 1 })
      .where('id', '=', change.id)
      .compile(),
  ],
} satisfies Appliers<NoticeChange>;

const unmoved = ({ db }: Engine, { id, seen }: { readonly id: string; readonly seen: number }): CompiledQuery =>
  sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS
    (SELECT 1 FROM notice WHERE id = ${id} AND version = ${seen})`.compile(db);

function withdrawn(engine: Engine, change: Of<'notice.withdrawn'>): CompiledQuery[] {
  const { db } = engine;
  const { id, at, by, seen } = change;
  return [
    unmoved(engine, change),
    db
      .updateTable('notice')
      .set({ withdrawn_at: at, replaced_by: by ?? null, remind_at: null, version: seen + 1 })
      .where('id', '=', id)
      .compile(),
    db.updateTable('notice_target').set({ ask_at: null, ask_readers_at: null }).where('notice_id', '=', id).compile(),
  ];
}

const target = ({ db }: Engine, { noticeId, chatId }: { readonly noticeId: string; readonly chatId: string }) =>
  db.updateTable('notice_target').where('notice_id', '=', noticeId).where('chat_id', '=', chatId);

function sent({ db, dialect }: Engine, { notice, remindAt, chatIds }: Of<'notice.sent'>): CompiledQuery[] {
  const { id, number, words, sender, sentAt, confirmBy, push } = notice;
  return [
    db
      .insertInto('notice')
      .values({
        id,
        number: number ?? null,
        words,
        sender,
        sent_at: sentAt,
        confirm_by_at: confirmBy ?? null,
        remind_at: remindAt ?? null,
        nominal_at: push?.nominalAt ?? null,
        closes_at: push?.closesAt ?? null,
        version: 1,
      })
      .compile(),
    sql`INSERT INTO notice_target (notice_id, chat_id, ask_at)
      SELECT CAST(${id} AS TEXT), t.value, CAST(${sentAt} AS BIGINT) FROM ${dialect.texts(chatIds)} AS t`.compile(db),
  ];
}

function rostered(engine: Engine, change: Of<'notice.rostered'>): CompiledQuery[] {
  const { db, dialect } = engine;
  const { noticeId, chatId, at, members, askReadersAt } = change;
  const rows = dialect.rows(toJson(members), { openId: 'text', name: 'text' });
  return [
    sql`INSERT INTO notice_receiver (notice_id, open_id, chat_id, name)
      SELECT ${noticeId}, r.${sql.ref('openId')}, ${chatId}, r.name FROM ${rows} WHERE true
      ON CONFLICT (notice_id, open_id) DO NOTHING`.compile(db),
    target(engine, change)
      .set({ asked_at: at, ask_at: null, ...(askReadersAt !== undefined && { ask_readers_at: askReadersAt }) })
      .compile(),
  ];
}

function read(engine: Engine, change: Of<'notice.read'>): CompiledQuery[] {
  const { noticeId, chatId, at, openIds, askAgainAt } = change;
  return [
    engine.db
      .updateTable('notice_receiver')
      .set({ read_at: at })
      .where('notice_id', '=', noticeId)
      .where('chat_id', '=', chatId)
      .where('open_id', 'in', engine.dialect.texts(openIds))
      .where('read_at', 'is', null)
      .compile(),
    target(engine, change)
      .set({ readers_at: at, ask_readers_at: askAgainAt ?? null })
      .compile(),
  ];
}

const departed = ({ db, dialect }: Engine, { noticeId, chatId, openIds, at }: Of<'notice.departed'>): CompiledQuery =>
  db
    .deleteFrom('notice_receiver')
    .$if(at !== undefined, (deleting) =>
      deleting.where(
        sql<boolean>`NOT EXISTS (SELECT 1 FROM notice_target WHERE notice_id = ${noticeId} AND chat_id = ${chatId}
          AND asked_at > ${at ?? 0})`,
      ),
    )
    .where('open_id', 'in', dialect.texts(openIds))
    .where('chat_id', '=', chatId)
    .where('confirmed_at', 'is', null)
    .where('notice_id', '=', noticeId)
    .compile();

const confirmed = (
  { db }: Engine,
  { noticeId, openId, chatId, name, at, words = '', corrects }: Of<'notice.confirmed'>,
): CompiledQuery =>
  sql`INSERT INTO notice_receiver (notice_id, open_id, chat_id, name, confirmed_at, words)
    VALUES (${noticeId}, ${openId}, ${chatId}, ${name}, ${at}, ${words})
    ON CONFLICT (notice_id, open_id) DO UPDATE SET
      confirmed_at = COALESCE(notice_receiver.confirmed_at, excluded.confirmed_at),
      words = CASE WHEN excluded.words = '' THEN notice_receiver.words
        WHEN notice_receiver.words = '' OR ${corrects ? 1 : 0} = 1 THEN excluded.words
        ELSE notice_receiver.words || '；' || excluded.words END`.compile(db);
