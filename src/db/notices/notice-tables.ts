import type { Generated } from 'kysely';

// migrations/*/0015_push_receipts.sql, 0019_readers.sql, 0032_notices_taken_back.sql

export interface NoticeTable {
  id: string;
  number: number | null;
  words: string;
  sender: string;
  sent_at: number;
  confirm_by_at: number | null;
  remind_at: number | null;
  nominal_at: number | null;
  closes_at: number | null;
  withdrawn_at: number | null;
  replaced_by: number | null;
  version: number;
}

export interface NoticeTargetTable {
  notice_id: string;
  chat_id: string;
  asked_at: number | null;
  ask_at: number | null;
  readers_at: number | null;
  ask_readers_at: number | null;
}

export interface NoticeReceiverTable {
  notice_id: string;
  open_id: string;
  chat_id: string;
  name: string;
  confirmed_at: number | null;
  read_at: number | null;
  words: Generated<string>;
}
