import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';

/** The database did not do what it was asked: it is gone, full, locked or broken. What the driver said is the cause. */
export class StoreError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StoreError';
  }
}

/** A unit broke a constraint that no decision reckons with: none of its statements holds, and to decide again would end alike. */
export class UnforeseenConstraint extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'UnforeseenConstraint';
  }
}

/** What the driver said, whoever has wrapped it. */
export const driverErrorOf = (error: unknown): unknown => (error instanceof StoreError ? error.cause : error);

async function named<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new StoreError(error);
  }
}

/** The drivers' errors have no name in common: whatever fails in this dialect's database is a StoreError. Kysely's plugins see no errors. */
export function namingFailures(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => namingDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

function namingDriver(driver: Driver): Driver {
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const innerOf = (connection: DatabaseConnection) => inner.get(connection) ?? connection;
  return {
    init: () => named(() => driver.init()),
    async acquireConnection() {
      const connection = await named(() => driver.acquireConnection());
      const outer: DatabaseConnection = {
        executeQuery: <Row>(query: CompiledQuery): Promise<QueryResult<Row>> =>
          named(() => connection.executeQuery<Row>(query)),
        streamQuery: (query, size) => connection.streamQuery(query, size),
      };
      inner.set(outer, connection);
      return outer;
    },
    beginTransaction: (connection, settings) => named(() => driver.beginTransaction(innerOf(connection), settings)),
    commitTransaction: (connection) => named(() => driver.commitTransaction(innerOf(connection))),
    rollbackTransaction: (connection) => named(() => driver.rollbackTransaction(innerOf(connection))),
    releaseConnection: (connection) => driver.releaseConnection(innerOf(connection)),
    destroy: () => driver.destroy(),
  };
}
