/** The part of a synchronous SQLite connection that is needed here. */
interface Connection {
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

export interface GroupCommit {
  /** Runs `work` in a savepoint of the next group; settles once the group is on the disk. */
  add<Result>(work: () => Result): Promise<Result>;
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
}

interface Member {
  /** Runs within the group's transaction; false when it failed and was undone. Throws when the transaction itself is lost. */
  run(): void;
  /** The group is on the disk. */
  committed(): void;
  lost(error: unknown): void;
}

/**
 * Everything that asks within one turn of the event loop shares one transaction, and so one wait for the disk. Each has its own
 * savepoint: one that fails takes nobody along. The group runs synchronously, so no read of this process sees it half done.
 * setImmediate and not a timer: even 2 ms would make a lone request wait twelve times as long as its own commit.
 */
export function groupCommit(connection: Connection): GroupCommit {
  let waiting: Member[] = [];
  let emptied: (() => void)[] = [];

  const flush = () => {
    const group = waiting;
    waiting = [];
    try {
      connection.exec('BEGIN IMMEDIATE');
      for (const member of group) member.run();
      connection.exec('COMMIT');
      for (const member of group) member.committed();
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      for (const member of group) member.lost(error);
    }
    const done = emptied;
    emptied = [];
    for (const resolve of done) resolve();
  };

  return {
    add<Result>(work: () => Result): Promise<Result> {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(member(connection, work, resolve, reject));
      return promise;
    },
    idle() {
      if (waiting.length === 0) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      emptied.push(resolve);
      return promise;
    },
  };
}

function member<Result>(
  connection: Connection,
  work: () => Result,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void,
): Member {
  let settle: () => void = () => {};
  return {
    run() {
      connection.exec('SAVEPOINT member');
      try {
        const result = work();
        settle = () => resolve(result);
      } catch (error) {
        // A full disk ends the whole transaction; then there is no savepoint to go back to, and nobody's work is kept.
        if (!connection.inTransaction) throw error;
        connection.exec('ROLLBACK TO member');
        settle = () => reject(error);
      }
      connection.exec('RELEASE member');
    },
    committed: () => settle(),
    lost: reject,
  };
}
