import type { Generated } from 'kysely';
import type { PendingImport } from '../../ports/imports.ts';

/** migrations/*\/0005_workbooks.sql */
export interface PendingImportTable {
  id: string;
  state: PendingImport['state'];
  message_id: string;
  reply_to: string | null;
  file_key: string | null;
  file_name: string;
  chat_id: string;
  sender: string;
  requested_at: number;
  attempts: Generated<number>;
  preview: string | null;
  digest: string | null;
  expires_at: number;
  due_at: number | null;
  version: Generated<number>;
}

/** migrations/*\/0006_files.sql */
export interface AppliedImportTable {
  id: string;
  file_name: string;
  kind: string;
  actor: string;
  applied_at: number;
  undone_at: number | null;
}

export interface PendingImportPartTable {
  import_id: string;
  part: number;
  content: string;
}
