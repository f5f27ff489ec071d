import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { registry } from '../../commands/registry.ts';
import { issueClaim } from '../app/claim.ts';
import type { Core } from '../app/core.ts';
import { deliverer } from '../app/deliver.ts';
import { learnSelf } from '../app/self.ts';
import { tick } from '../app/tick.ts';
import { statutoryCalendar } from '../domain/calendar/statutory.ts';
import { larkMessenger } from '../lark/client.ts';
import type { Log } from '../ports/log.ts';
import type { Time } from '../ports/time.ts';
import { counters } from '../web/counters.ts';
import { web } from '../web/server.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database.ts';
import type { Heartbeat } from './heartbeat.ts';
import { randomIds } from './ids.ts';

export interface Running {
  /** Where it listens; the port is the real one when 0 was asked for. */
  readonly url: string;
  readonly core: Core;
  /** The one-time code for the first administrator, when there is none yet. */
  readonly claimCode?: string;
  /** Stops taking requests, lets what is being sent finish, closes the database. */
  close(): Promise<void>;
}

/** A heartbeat that has not beaten for this long is reported by /readyz. */
const SILENT_MS = 3 * 60_000;

/** The whole bot on Node: npm start, the demo and the journeys all enter here and differ in configuration, clock and heartbeat only. */
export async function start({
  config,
  time,
  heartbeat,
  log,
}: {
  readonly config: Config;
  readonly time: Time;
  readonly heartbeat: Heartbeat;
  readonly log: Log;
}): Promise<Running> {
  const database = await openDatabase(config.DATABASE_URL);
  await database.migrate();
  const counted = counters();
  const core: Core = {
    store: database.store,
    outbox: database.outbox,
    messenger: larkMessenger({
      appId: config.LARK_APP_ID,
      appSecret: config.LARK_APP_SECRET,
      domain: config.LARK_DOMAIN,
      time,
      log,
    }),
    time,
    calendar: statutoryCalendar(),
    zone: config.TIME_ZONE,
    ids: randomIds,
    log,
    commands: registry,
    adminOpenIds: new Set(config.ADMIN_OPEN_IDS),
    wake: () => delivery.wake(),
    count: counted.count,
  };
  const delivery = deliverer(core);

  let self = await database.store.botOpenId();
  let asked = false;
  let lastBeat = time.now();
  const beat = async (now: number): Promise<void> => {
    lastBeat = now;
    try {
      if (!asked) {
        const known = await learnSelf(core);
        self = known ?? self;
        asked = known !== undefined;
      }
      await tick(core, now);
    } catch (error) {
      log.error(
        { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
        'a heartbeat failed; the next one tries again',
      );
    }
  };

  const app = web(
    () => ({
      core,
      security: {
        appId: config.LARK_APP_ID,
        encryptKey: config.LARK_ENCRYPT_KEY,
        verificationToken: config.LARK_VERIFICATION_TOKEN,
        allowPlaintext: config.LARK_ALLOW_PLAINTEXT === '1',
      },
      botOpenId: async () => self,
      ready: async () => {
        await database.ready();
        if (time.now() - lastBeat > SILENT_MS) throw new Error('the heartbeat is silent');
      },
    }),
    counted,
  );
  const server = await listen(app.fetch, config);
  const stopBeating = heartbeat(beat);
  const claimCode =
    config.ADMIN_OPEN_IDS.length === 0 && !(await database.store.hasAdministrator())
      ? await issueClaim(database.store, randomIds)
      : undefined;
  // What a crash left behind goes out now; nothing at start-up waits for Lark.
  delivery.wake();

  return {
    url: `http://${config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST}:${(server.address() as AddressInfo).port}`,
    core,
    ...(claimCode && { claimCode }),
    async close() {
      await stopBeating();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await delivery.settled();
      await database.close();
    },
  };
}

function listen(fetch: (request: Request) => Response | Promise<Response>, { HOST, PORT }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: HOST, port: PORT }, () => resolve(server as Server)) as Server;
    server.once('error', reject);
  });
}
