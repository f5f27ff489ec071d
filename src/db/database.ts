import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';

/** A home's database, opened. */
export interface Database {
  readonly store: Store;
  readonly outbox: Outbox;
  /** Resolves when the schema is the program's own and a write reaches the disk; rejects with what is wrong. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** On Node the program brings its schema along; D1 is migrated by wrangler. */
export interface MigratingDatabase extends Database {
  /** Brings the schema up to date; safe to call from any number of processes at once. Rejects for one that is newer than the program or older than v0.1.0. */
  migrate(): Promise<void>;
}
