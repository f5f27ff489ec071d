import { readFileSync, rmSync } from 'node:fs';
import { Miniflare, Response } from 'miniflare';
import { inject } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { calendarsOver } from '../../src/app/calendars.ts';
import type { Core } from '../../src/app/core.ts';
import { openD1 } from '../../src/db/d1.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { issueClaim } from '../../src/features/people/claim.ts';
import { readConfig } from '../../src/homes/config.ts';
import { randomIds } from '../../src/homes/ids.ts';
import { larkMessenger } from '../../src/lark/client.ts';
import { d1Of, migratedD1 } from './d1.ts';
import { virtualHeartbeat } from './virtual-heartbeat.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Bot } from './world.ts';

const UNSENT = `SELECT state, count(*) AS messages FROM outbox WHERE state IN ('waiting', 'sending') GROUP BY state
  UNION ALL SELECT 'waiting', count(*) FROM to_tell WHERE told_at IS NULL`;

interface CronTarget {
  scheduled(event: { readonly cron: string }): Promise<{ readonly outcome: string }>;
}

/** Miniflare takes its types from a package that only this would need. */
const isCronTarget = (worker: unknown): worker is CronTarget => typeof worker === 'object' && worker !== null;

/** The bundle in workerd over D1, reached over HTTP; its cron trigger fires at each full minute of the movable clock. */
export async function startWorker(environment: Readonly<Record<string, string>>, time: VirtualTime): Promise<Bot> {
  const warnings: string[] = [];
  /** Resolved when the Worker waits for the clock: from then on the beat does not hold it. */
  let waiting = Promise.withResolvers<void>();
  const clock = async (request: { readonly url: string }) => {
    const instant = Number(new URL(request.url).pathname.slice(1));
    if (instant > time.now()) waiting.resolve();
    await time.until(instant);
    return new Response(String(time.now()));
  };
  const text = (value: string) => ({ type: 'text', value }) as const;
  const folder = await migratedD1();
  const workerd = new Miniflare({
    resourcePersistencePath: folder,
    handleStructuredLogs: ({ level, message }) => {
      if (level === 'warn' || level === 'error') warnings.push(message);
    },
    workers: [
      {
        config: {
          name: 'dudao',
          compatibilityDate: '2026-11-01',
          compatibilityFlags: ['nodejs_compat'],
          env: {
            DB: { type: 'd1', id: 'dudao' },
            CLOCK: { type: 'fetcher', handler: clock },
            ...Object.fromEntries(
              Object.entries({ ...environment, LOG_LEVEL: 'warn' }).map(([name, value]) => [name, text(value)]),
            ),
          },
          manifest: {
            mainModule: 'worker.js',
            modules: { 'worker.js': { type: 'esm', contents: readFileSync(inject('workerBundle'), 'utf8') } },
          },
        },
      },
    ],
  });
  const url = (await workerd.ready).href.replace(/\/$/, '');
  const binding = d1Of(workerd);

  const database = openD1(binding);
  const config = readConfig(environment);
  const silent = () => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const core: Core = {
    store: database.store,
    outbox: database.outbox,
    time,
    log,
    ids: randomIds,
    commands: registry,
    messenger: larkMessenger({
      appId: config.LARK_APP_ID,
      appSecret: config.LARK_APP_SECRET,
      domain: config.LARK_DOMAIN,
      time,
      log,
    }),
    chance: () => 0.5,
    calendars: calendarsOver(statutoryCalendar()),
    zone: config.TIME_ZONE,
    adminOpenIds: new Set(config.ADMIN_OPEN_IDS),
    wake: () => {},
    count: () => {},
  };
  const claimCode = config.ADMIN_OPEN_IDS.length === 0 ? await issueClaim(database.store, randomIds) : undefined;

  const heart = virtualHeartbeat(time);
  const cron: unknown = await workerd.getWorker();
  if (!isCronTarget(cron)) throw new Error('miniflare gives no worker');
  const stopBeating = heart.heartbeat(async () => {
    waiting = Promise.withResolvers();
    const beat = cron.scheduled({ cron: '* * * * *' }).then(
      ({ outcome }) => {
        if (outcome !== 'ok') warnings.push(`the cron call ended with ${outcome}`);
      },
      (error: unknown) => {
        warnings.push(String(error));
      },
    );
    await Promise.race([beat, waiting.promise]);
  });
  return {
    url,
    core,
    claimCode,
    warnings,
    heart,
    // One question: each one from outside takes a hundred times as long as from inside.
    async unsent() {
      const { results } = await binding.prepare(UNSENT).all<{ state: string; messages: number }>();
      const of = (...states: string[]) =>
        results.filter(({ state }) => states.includes(state)).reduce((sum, { messages }) => sum + messages, 0);
      return { waiting: of('waiting', 'sending'), sending: of('sending') };
    },
    rows: async (...statements) => {
      const answers = await binding.batch(statements.map((one) => binding.prepare(one)));
      return answers.map(({ results }) => results);
    },
    async close() {
      await stopBeating();
      await workerd.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}
