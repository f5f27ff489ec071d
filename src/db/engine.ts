import type { CompiledQuery, Kysely } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Tables } from './tables.ts';

/** What a home gives to the store and the outbox. Everything above it is the same on all homes. */
export interface Engine {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
  /** All of these statements or none, durably, isolated from every other unit. Rejects with the driver's error. */
  unit(statements: readonly CompiledQuery[]): Promise<void>;
  /** One writing statement by itself, durably; its RETURNING rows. Safe for several processes at once. */
  single<Row>(statement: CompiledQuery<Row>): Promise<readonly Row[]>;
  /** What a failed unit means: its key exists already, or something it relied on has moved. Undefined: the database itself failed. */
  conflictOf(error: unknown): 'already' | 'stale' | undefined;
}
