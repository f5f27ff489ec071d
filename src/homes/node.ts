import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { registry } from '../../commands/registry.ts';
import { calendarsOver } from '../app/calendars.ts';
import type { Core } from '../app/core.ts';
import { deliverer } from '../app/deliver.ts';
import { pulseOf } from '../app/pulse.ts';
import { learnSelf } from '../app/self.ts';
import type { AskingRound } from '../app/tick.ts';
import type { Database } from '../db/database.ts';
import { statutoryCalendar } from '../domain/calendar/statutory.ts';
import { IMPORTS, wantsImporter } from '../features/imports/fetch-imports-round.ts';
import { issueClaim } from '../features/people/claim.ts';
import { larkMessenger } from '../lark/client.ts';
import type { Log } from '../ports/log.ts';
import type { Time } from '../ports/time.ts';
import { counters } from '../web/counters.ts';
import { metricsOf, web } from '../web/server.ts';
import { withAdministrators } from './administrators.ts';
import type { Config } from './config.ts';
import { openDatabase, serveAlone } from './database.ts';
import type { Heartbeat } from './heartbeat.ts';
import { chance, randomIds } from './ids.ts';
import { codeOf, reasonOf, StartError } from './start-error.ts';

export interface Running {
  /** Where it listens; the port is the real one when 0 was asked for. */
  readonly url: string;
  /** Where the metrics are, when they have an address of their own. */
  readonly metricsUrl?: string;
  readonly core: Core;
  /** The one-time code for the first administrator, when there is none yet. */
  readonly claimCode?: string;
  /** Takes no more requests and beats, lets what is under way finish, closes the database. */
  close(): Promise<void>;
}

/** How long an answer that is being written may take once the program ends. */
const LAST_ANSWERS_MS = 2_000;

interface Surroundings {
  readonly config: Config;
  readonly time: Time;
  readonly heartbeat: Heartbeat;
  readonly log: Log;
}

/** The whole bot on Node: npm start, the demo and the journeys all enter here and differ in configuration, clock and heartbeat only. */
export async function start(around: Surroundings): Promise<Running> {
  const url = around.config.DATABASE_URL;
  const serving = await serveAlone(url);
  let database: Database | undefined;
  try {
    database = await openDatabase(url);
    const running = await startOn(database, serving !== undefined, around);
    return {
      ...running,
      async close() {
        await running.close();
        serving?.release();
      },
    };
  } catch (error) {
    await database?.close();
    serving?.release();
    throw error;
  }
}

async function startOn(database: Database, isAlone: boolean, around: Surroundings): Promise<Running> {
  const { config, time, heartbeat } = around;
  // What a former self was sending need not wait for the end of its lease.
  if (isAlone) await database.outbox.reclaim(time.now());
  const counted = counters();
  const wake: Core['wake'] = (changes) => {
    delivery.wake();
    if (wantsImporter(changes)) pulse.rouse(IMPORTS);
  };
  const core = coreOn(database, around, { wake, count: counted.count });
  const delivery = deliverer(core);
  const bot = await identity(core);
  const pulse = pulseOf(core, [bot.round]);
  const app = web(
    () => ({
      core,
      security: {
        appId: config.LARK_APP_ID,
        encryptKey: config.LARK_ENCRYPT_KEY,
        verificationToken: config.LARK_VERIFICATION_TOKEN,
        allowPlaintext: config.LARK_ALLOW_PLAINTEXT === '1',
      },
      botOpenId: async () => bot.openId(),
      ready: async () => {
        await database.ready();
        return pulse.fault();
      },
    }),
    counted,
    { metrics: config.METRICS_PORT === '' },
  );
  const { url, stop } = await listen(app.fetch, config);
  const metrics =
    config.METRICS_PORT === ''
      ? undefined
      : await listen(metricsOf(counted).fetch, { HOST: config.METRICS_HOST, PORT: config.METRICS_PORT });
  const stopBeating = heartbeat(pulse.beat);
  const claimCode = await freshClaim(database, config);
  // What a crash left behind goes out now; nothing at start-up waits for Lark.
  delivery.wake();

  return {
    url,
    ...(metrics && { metricsUrl: metrics.url }),
    core,
    ...(claimCode && { claimCode }),
    async close() {
      await Promise.all([stopBeating(), stop(), metrics?.stop()]);
      await pulse.close();
      await delivery.close();
      await database.close();
    },
  };
}

function coreOn(
  { store, outbox }: Database,
  { config, time, log }: Surroundings,
  hooks: Pick<Core, 'wake' | 'count'>,
): Core {
  const messenger = larkMessenger({
    appId: config.LARK_APP_ID,
    appSecret: config.LARK_APP_SECRET,
    domain: config.LARK_DOMAIN,
    time,
    log,
  });
  return {
    store: withAdministrators(store, config.ADMIN_OPEN_IDS),
    outbox,
    messenger,
    time,
    log,
    ...hooks,
    calendars: calendarsOver(statutoryCalendar()),
    zone: config.TIME_ZONE,
    ids: randomIds,
    chance,
    commands: registry,
    adminOpenIds: new Set(config.ADMIN_OPEN_IDS),
  };
}

/** Who the bot is: what is kept, until Lark has said it once in this process. */
async function identity(core: Core): Promise<{ openId(): string | undefined; readonly round: AskingRound }> {
  let openId = await core.store.botOpenId();
  let asked = false;
  return {
    openId: () => openId,
    round: {
      name: 'identity',
      everyMinutes: 1,
      kind: 'ask',
      run: async (asking) => {
        const known = asked ? undefined : await learnSelf(asking);
        asked ||= known !== undefined;
        openId = known ?? openId;
      },
    },
  };
}

/** At each start, since only a hash is kept of the code before, and whoever missed that one looks at this start's output. */
async function freshClaim({ store }: Database, config: Config): Promise<string | undefined> {
  if (config.ADMIN_OPEN_IDS.length > 0 || (await store.hasAdministrator())) return undefined;
  return issueClaim(store, randomIds);
}

async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server: Server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error) => reject(cannotListen(error, HOST, PORT)));
    server.listen(PORT, HOST, resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : PORT;
  return {
    url: `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

function cannotListen(error: Error, host: string, port: number): StartError {
  const mend = {
    EADDRINUSE: 'another program listens there: set PORT to a free port, or end that program',
    EACCES: 'the system does not allow this port: set PORT to one above 1023',
    EADDRNOTAVAIL: 'this machine does not have that address: set HOST to one that it has, or leave it out',
    ENOTFOUND: 'no such host: set HOST to an address of this machine, or leave it out',
  }[String(codeOf(error))];
  return new StartError(`HOST and PORT: cannot listen on ${host}:${port}; ${mend ?? reasonOf(error)}.`);
}
