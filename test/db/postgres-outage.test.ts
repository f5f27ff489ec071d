import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { calendarsOver } from '../../src/app/calendars.ts';
import { tick } from '../../src/app/tick.ts';
import type { MigratingDatabase } from '../../src/db/database.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { at, district, MINUTE } from '../app/morning.ts';
import { freshDatabase, startPostgres } from '../support/postgres.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';
import { patientTurn } from '../support/virtual-time.ts';
import { event, work } from './district.ts';

// The network and the server as they fail: PostgreSQL behind a proxy that cuts, forgets and falls silent. Time-outs are passed by the clock of
// the timers, sockets are real.

/** The server's URL, by way of the proxy. */
const behind = (url: string, { port }: TcpProxy): string => Object.assign(new URL(url), { port: String(port) }).href;
const proxyTo = (url: string) => tcpProxy({ host: '127.0.0.1', port: Number(new URL(url).port) });

/** Lets the sockets speak, and the timers run, until it is over. */
async function over<T>(work: Promise<T>, mostMs = 60_000): Promise<{ readonly outcome: unknown; readonly ms: number }> {
  let outcome: { readonly value: unknown } | undefined;
  work.then(
    (value) => {
      outcome = { value };
    },
    (value: unknown) => {
      outcome = { value };
    },
  );
  let ms = 0;
  for (let turns = 0; outcome === undefined && ms < mostMs; turns += 1) {
    await patientTurn();
    if (turns % 60 !== 59) continue;
    await vi.advanceTimersByTimeAsync(500);
    ms += 500;
  }
  if (outcome === undefined) throw new Error(`not over after ${mostMs} ms`);
  return { outcome: outcome.value, ms };
}

let url: string;
let proxy: TcpProxy;
let database: MigratingDatabase;
beforeAll(async () => {
  url = await freshDatabase(inject('postgresUrl'), `outage_${process.env['VITEST_POOL_ID']}`);
  proxy = await proxyTo(url);
  database = openPostgres(behind(url, proxy));
  await database.migrate();
});
afterEach(() => {
  vi.useRealTimers();
  proxy.speak();
  proxy.delay(0);
});
afterAll(async () => {
  await proxy.close();
  await database.close();
});
const timers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
let events = 0;
const unit = (of = database) => of.store.commit(work({ guard: event(`e${++events}`) }));

describe('a connection that is only half there', () => {
  test('costs a question seconds, and the others that stood beside it nothing', async () => {
    await Promise.all(Array.from({ length: 6 }, () => database.store.checklists()));
    proxy.forget();
    timers();
    const { outcome, ms } = await over(database.store.checklists());
    expect(database.store.isFailure(outcome)).toBe(true);
    expect(ms).toBeLessThanOrEqual(6_000);
    const next = await over(Promise.all([database.store.checklists(), database.store.checklists(), unit()]));
    expect(next.outcome).toMatchObject([expect.any(Array), expect.any(Array), 'done']);
    expect(next.ms).toBeLessThan(4_000);
  });

  test('ends a unit, of which nothing is kept, and the next one is done', async () => {
    await unit();
    timers();
    proxy.silence();
    const { outcome, ms } = await over(unit());
    expect(outcome).toBeInstanceOf(Error);
    expect(ms).toBeLessThanOrEqual(4_000);
    proxy.speak();
    expect((await over(database.store.commit(work({ guard: event(`e${events}`) })))).outcome).toBe('done');
  });

  test('lets nobody read the answer to another’s question', async () => {
    proxy.delay(7_000);
    timers();
    expect((await over(database.store.group('oc_late'))).outcome).toBeInstanceOf(Error);
    proxy.delay(0);
    expect((await over(database.store.calendarState())).outcome).toMatchObject({ version: 1 });
    await over(Promise.all(Array.from({ length: 20 }, () => unit())));
  });

  test('keeps the program from ending no longer than its time-out', async () => {
    const others = await proxyTo(url);
    const other = openPostgres(behind(url, others));
    await other.store.checklists();
    timers();
    others.silence();
    const asked = other.store.checklists().catch(() => {});
    const closed = other.close();
    expect((await over(Promise.all([asked, closed]))).ms).toBeLessThanOrEqual(8_000);
    await others.close();
  });
});

describe('a connection that is cut', () => {
  test('in the middle of a unit ends the unit alone, again and again', async () => {
    const outcomes: unknown[] = [];
    let cutting = true;
    const writers = Array.from({ length: 6 }, async () => {
      while (cutting) outcomes.push(await unit().catch((error: unknown) => error));
    });
    for (let cuts = 0; cuts < 5; cuts += 1) {
      for (const before = outcomes.length; outcomes.length < before + 8; ) await patientTurn();
      proxy.cut();
    }
    cutting = false;
    await Promise.all(writers);
    expect(outcomes.filter((outcome) => outcome instanceof Error).length).toBeGreaterThan(4);
    expect(await unit()).toBe('done');
  });
});

test('a server that is stopped fast under load ends units, not the process; what was told as done is there when it is back', async () => {
  const server = await startPostgres();
  try {
    const opened = openPostgres(await server.url('stopped'));
    await opened.migrate();
    const done: string[] = [];
    const failed: unknown[] = [];
    let writing = true;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; writing; n += 1) {
        const id = `w${writer}-${n}`;
        await opened.store.commit(work({ guard: event(id) })).then(
          (outcome) => outcome === 'done' && done.push(id),
          (error: unknown) => failed.push(error),
        );
        if (failed.length > 0) await patientTurn();
      }
    });
    while (done.length < 50) await patientTurn();
    await server.restart();
    for (const before = done.length; done.length < before + 20; ) await patientTurn();
    writing = false;
    await Promise.all(writers);
    expect(failed.length).toBeGreaterThan(0);
    for (const id of done) expect(await opened.store.commit(work({ guard: event(id) }))).toBe('already');
    await opened.close();
  } finally {
    await server.stop();
  }
});

/** What a connection said: the parameters of its start, plain statements and prepared ones with their names. */
function spoken(bytes: Buffer): {
  readonly start: readonly string[];
  readonly sql: readonly string[];
  readonly names: readonly string[];
} {
  const texts = (from: number, to: number) => bytes.subarray(from, to).toString('utf8').split('\0');
  const [sql, names]: string[][] = [[], []];
  const first = bytes.readInt32BE(0);
  const start = texts(8, first).filter((_, index) => index % 2 === 0);
  for (let at = first; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    const [head = '', body = ''] = texts(at + 5, at + 1 + bytes.readInt32BE(at + 1));
    if (bytes[at] === 0x51) sql?.push(head);
    if (bytes[at] === 0x50) sql?.push(body);
    if (bytes[at] === 0x50) names?.push(head);
  }
  return { start: start.filter((name) => name !== ''), sql: sql ?? [], names: names ?? [] };
}

test('PgBouncer in transaction mode is enough: nothing is asked at the start of a session, and nothing is kept in one', async () => {
  const fresh = await freshDatabase(inject('postgresUrl'), `bouncer_${process.env['VITEST_POOL_ID']}`);
  const listening = await proxyTo(fresh);
  const office = await district(3, '08:30', openPostgres(behind(fresh, listening)));
  const core = { ...office.core, wake: () => {} };
  await tick(core, at('08:40'));
  await office.database.outbox.take(at('08:41'), {
    taker: 'a',
    leaseMs: 15_000,
    room: { reply: 3, send: 3, patch: 3, upload: 3 },
    most: 3,
  });
  await office.database.ready();
  await office.database.close();
  const all = listening.said().map(spoken);
  await listening.close();
  expect(new Set(all.flatMap(({ start }) => start))).toEqual(new Set(['user', 'database', 'client_encoding']));
  expect(new Set(all.flatMap(({ names }) => names))).toEqual(new Set(['']));
  const sql = all.flatMap((one) => one.sql);
  expect(sql.length).toBeGreaterThan(100);
  expect(sql.filter((text) => /statement_timeout/i.test(text)).length).toBeGreaterThan(3);
  for (const text of sql) {
    expect(text).not.toMatch(/\bSET\s+(?!LOCAL\b)(?:SESSION\b|statement_timeout|search_path|TIME ZONE)/i);
    expect(text).not.toMatch(/\b(?:LISTEN|PREPARE|DECLARE)\b|pg_advisory_lock|TEMP(?:ORARY)? TABLE/i);
  }
});

test('three processes on one database beat through cuts, silences and ended sessions, and each group gets its card once', async () => {
  const fresh = await freshDatabase(inject('postgresUrl'), `three_${process.env['VITEST_POOL_ID']}`);
  const office = await district(12, '08:30', openPostgres(fresh));
  const proxies = await Promise.all([proxyTo(fresh), proxyTo(fresh), proxyTo(fresh)]);
  const databases = proxies.map((one) => openPostgres(behind(fresh, one)));
  const cores = databases.map(({ store, outbox }) => ({
    ...office.core,
    store,
    outbox,
    calendars: calendarsOver(statutoryCalendar()),
    wake: () => {},
  }));
  const admin = new pg.Client(fresh);
  await admin.connect();
  timers();
  const mishaps = [
    () => proxies[0]?.cut(),
    () => proxies[1]?.forget(),
    () =>
      admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      ),
  ];
  for (let now = at('08:31'); now <= at('08:40'); now += MINUTE) {
    await office.time.advanceTo(now);
    const beats = Promise.all(cores.map((core) => tick(core, now)));
    for (let turns = 0; turns < 5; turns += 1) await patientTurn();
    await mishaps[(now / MINUTE) % mishaps.length]?.();
    await over(beats);
  }
  const { rows } = await admin.query<{ key: string }>("SELECT key FROM outbox WHERE key LIKE 'push:%'");
  expect(rows).toHaveLength(12);
  await admin.end();
  vi.useRealTimers();
  await Promise.all(proxies.map((one) => one.close()));
  await Promise.all(databases.map((one) => one.close()));
  await office.database.close();
});
