import { type CompiledQuery, sql, type UpdateObject } from 'kysely';
import type { ImportChange } from '../../ports/imports.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import type { Tables } from '../tables.ts';
import { fileParts } from './file-parts.ts';

type Of<Kind extends ImportChange['kind']> = Extract<ImportChange, { readonly kind: Kind }>;

/** The steps of a workbook from the chat into the tables. */
export const importAppliers = {
  'import.requested': (engine, change) => [requested(engine, change), ...kept(engine, change.request.id, change.bytes)],
  'import.leased': (engine, change) =>
    move(engine, change, { due_at: change.until, attempts: sql<number>`attempts + 1` }),
  'import.previewed': previewed,
  // Due from the beginning of time: at once, whatever the clock of whoever looks.
  'import.confirmed': (engine, change) => move(engine, change, { state: 'confirmed', due_at: 0, attempts: 0 }),
  'import.settled': (engine, change) => [
    ...move(engine, change, { state: change.state, due_at: null }),
    engine.db.deleteFrom('pending_import_part').where('import_id', '=', change.id).compile(),
  ],
} satisfies Appliers<ImportChange>;

function requested({ db }: Engine, { request }: Of<'import.requested'>): CompiledQuery {
  return db
    .insertInto('pending_import')
    .values({
      id: request.id,
      state: 'fetching',
      message_id: request.messageId,
      reply_to: request.replyTo ?? null,
      file_key: request.fileKey ?? null,
      file_name: request.fileName,
      chat_id: request.chatId,
      sender: request.sender,
      requested_at: request.requestedAt,
      expires_at: request.requestedAt,
      due_at: request.requestedAt,
    })
    .compile();
}

function previewed(engine: Engine, change: Of<'import.previewed'>): CompiledQuery[] {
  const { id, fileName, bytes, preview, digest, expiresAt } = change;
  return [
    ...move(engine, change, {
      state: 'ready' as const,
      file_name: fileName,
      preview: toJson(preview),
      digest,
      attempts: 0,
      expires_at: expiresAt,
      due_at: expiresAt,
    }),
    ...kept(engine, id, bytes),
  ];
}

const kept = ({ db }: Engine, id: string, bytes: Uint8Array | undefined): CompiledQuery[] =>
  (bytes ? fileParts(bytes) : []).map((content, part) =>
    db.insertInto('pending_import_part').values({ import_id: id, part, content }).compile(),
  );

type Columns = UpdateObject<Tables, 'pending_import'>;

/** Guarded: an UPDATE that hits nothing would claim success. */
function move(
  { db }: Engine,
  { id, seen }: { readonly id: string; readonly seen: number },
  columns: Columns,
): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM pending_import WHERE id = ${id} AND version = ${seen})`.compile(db),
    db
      .updateTable('pending_import')
      .set({ ...columns, version: seen + 1 })
      .where('id', '=', id)
      .compile(),
  ];
}
