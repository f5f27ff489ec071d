import type { CompiledQuery, Kysely } from 'kysely';
import type { Committed } from '../ports/store.ts';
import type { Dialect } from './dialect.ts';
import type { Tables } from './tables.ts';

/** unforeseen: a constraint that no decision reckons with. */
export type Broken = Exclude<Committed, 'done'> | 'unforeseen';

/** What a home gives to the store and the outbox. Everything above it is the same on all homes. */
export interface Engine {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
  /** All of these statements or none, durably, isolated from every other unit. Rejects with the driver's error. */
  unit(statements: readonly CompiledQuery[]): Promise<void>;
  /** One writing statement by itself, durably; its RETURNING rows. Safe for several processes at once. */
  single<Row>(statement: CompiledQuery<Row>): Promise<readonly Row[]>;
  /** Which guard of a unit broke. Undefined: no constraint did, the database itself failed. */
  conflictOf(error: unknown): Broken | undefined;
}
