import type { Selectable } from 'kysely';
import * as z from 'zod';
import type { ImportReads, PendingImport } from '../../ports/imports.ts';
import type { Engine } from '../engine.ts';
import { orUndefined } from '../values.ts';
import { fileOfParts } from './file-parts.ts';
import type { PendingImportTable } from './pending-import-table.ts';

const text = z.array(z.string());
const field = z.object({ name: z.string(), before: z.string(), after: z.string() });
const preview = z.object({
  fileName: z.string(),
  kind: z.string(),
  title: z.string(),
  rows: z.number(),
  unchanged: z.number(),
  addedRows: z.number(),
  changedRows: z.number(),
  added: text,
  faultyRows: z.number(),
  faults: text,
  warnings: text,
  remarks: text,
  since: text.optional(),
  missing: z.array(z.object({ number: z.number(), label: z.string() })).optional(),
  changed: z.array(z.object({ label: z.string(), fields: z.array(field) })),
});

export function importReads({ db }: Engine): ImportReads {
  return {
    async pendingImport(id) {
      const row = await db.selectFrom('pending_import').selectAll().where('id', '=', id).executeTakeFirst();
      return row && importOf(row);
    },

    async dueImports(now, limit) {
      const rows = await db
        .selectFrom('pending_import')
        .selectAll()
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(importOf);
    },

    async importFile(id) {
      const rows = await db
        .selectFrom('pending_import_part')
        .select('content')
        .where('import_id', '=', id)
        .orderBy('part')
        .execute();
      return rows.length === 0 ? undefined : fileOfParts(rows.map(({ content }) => content));
    },
  };
}

const importOf = (row: Selectable<PendingImportTable>): PendingImport => ({
  id: row.id,
  state: row.state,
  messageId: row.message_id,
  replyTo: orUndefined(row.reply_to),
  fileKey: orUndefined(row.file_key),
  fileName: row.file_name,
  chatId: row.chat_id,
  sender: row.sender,
  requestedAt: row.requested_at,
  attempts: row.attempts,
  digest: orUndefined(row.digest),
  preview: row.preview === null ? undefined : preview.parse(JSON.parse(row.preview)),
  expiresAt: row.expires_at,
  version: row.version,
});
