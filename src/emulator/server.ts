import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod';
import { Callbacks } from './callbacks.ts';
import { Captions } from './captions.ts';
import { Chats } from './chats.ts';
import type { Clock } from './clock.ts';
import { Control } from './control.ts';
import { controlApi, type OutboxView } from './control-api.ts';
import { Events } from './events.ts';
import { Faults, type FaultyEnv } from './faults.ts';
import { Files } from './files.ts';
import { LarkApi } from './lark-api.ts';
import { GRANTED_SCOPES, type Ids, type LarkApp, randomIds, SUBSCRIPTIONS } from './lark-app.ts';
import { liveStream } from './live.ts';
import { messageApi } from './message-api.ts';
import { Messages } from './messages.ts';
import { Pace } from './pace.ts';
import { pageFiles } from './page-files.ts';
import { People } from './people.ts';
import { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import { tenantApi } from './tenant-api.ts';
import { Tokens } from './tokens.ts';
import { WireLog } from './wire-log.ts';

export interface EmulatorOptions {
  readonly time: Clock;
  /** A free one unless told. */
  readonly port?: number;
  readonly appId?: string;
  readonly appSecret?: string;
  /** Empty: events go out in plain text, unsigned. */
  readonly encryptKey?: string;
  readonly verificationToken?: string;
  readonly botName?: string;
  /** May be told later: `control.pushEventsTo`. */
  readonly eventsUrl?: string;
  /** Unique strings of 32 lower-case letters and digits; random unless told. */
  readonly ids?: Ids;
}

export interface Emulator {
  /** What the bot takes for LARK_DOMAIN, without a trailing slash; in a browser, the chat page. */
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly botOpenId: string;
  readonly control: Control;
  /** What the page shows of the bot behind: the emulator itself knows only the wire. Told once the bot runs. */
  showOutbox(read: () => Promise<OutboxView>): void;
  /** A line over the page for those who look on; resolved `watched` means that somebody has opened it. */
  readonly captions: Captions;
  /** Cuts every connection and pushes nothing more. */
  close(): Promise<void>;
}

/** Starts a Lark open platform on 127.0.0.1 with one app and nobody in it yet. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const ids = options.ids ?? randomIds;
  const app = newApp(options, ids);
  const { http, control, showOutbox, captions, stop } = assemble(app, options.time, ids);
  const listener = getRequestListener(http.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const { appId, appSecret, encryptKey, verificationToken, botOpenId } = app;
  return {
    url: `http://127.0.0.1:${address.port}`,
    appId,
    appSecret,
    encryptKey,
    verificationToken,
    botOpenId,
    control,
    showOutbox,
    captions,
    close: async () => {
      stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function newApp(options: EmulatorOptions, ids: Ids): LarkApp {
  return {
    appId: options.appId ?? 'cli_a1b2c3d4e5f60718',
    appSecret: options.appSecret ?? ids(),
    encryptKey: options.encryptKey ?? ids(),
    verificationToken: options.verificationToken ?? ids(),
    tenantKey: '736588c9260f175e',
    botName: options.botName ?? '督导助手',
    botOpenId: `ou_${ids()}`,
    enabled: true,
    botAbility: true,
    scopes: new Set(GRANTED_SCOPES),
    subscriptions: new Set(SUBSCRIPTIONS),
    eventsUrl: options.eventsUrl,
    callbacksUrl: undefined,
  };
}

function assemble(app: LarkApp, clock: Clock, ids: Ids) {
  const log = new WireLog();
  const tokens = new Tokens(app, clock, ids);
  const limits = new RateLimits(clock);
  const people = new People(ids);
  const chats = new Chats(ids);
  const files = new Files(ids);
  const messages = new Messages({ app, clock, ids, chats, limits, people, files });
  const events = new Events({ app, clock, ids, log });
  const callbacks = new Callbacks({ app, clock, ids, log, events, messages, people, files });
  const faults = new Faults(clock, ids);
  const world = { app, people, chats, messages, files };

  const api = new LarkApi({ app, tokens, limits, logId: ids });
  messageApi(api, world);
  tenantApi(api, world);
  tokenRoute(api, tokens);
  api.on('POST', '/interactive/v1/card/update', [], (call) => {
    const { token, card } = call.body(z.object({ token: z.string(), card: z.record(z.string(), z.unknown()) }));
    callbacks.update(token, card);
  });

  const control = new Control({ ...world, events, callbacks, faults, tokens, log });
  const http = new Hono<FaultyEnv>();
  http.use('/open-apis/*', logged(log, clock), faults.middleware(), whileTheClockStands(clock));
  http.route('/', api.hono);
  const pace = new Pace(clock);
  const captions = new Captions();
  let outbox: (() => Promise<OutboxView>) | undefined;
  const showOutbox = (read: () => Promise<OutboxView>) => {
    outbox = read;
  };
  http.route('/control', controlApi(control, { clock, pace, outbox: async () => outbox?.() }));
  const onWire = log.listen.bind(log);
  http.route('/control', liveStream({ control, clock, app, pace, captions, onWire }));
  http.route('/', pageFiles());
  http.notFound((c) => {
    const slashes = (c.env.incoming.url ?? '').startsWith('//');
    if (slashes) {
      const at = clock.now();
      log.add({ kind: 'call', at, ms: 0, method: c.req.method, path: c.req.path, status: 404 });
    }
    return c.text(slashes ? 'the configured domain must not end with a slash' : '404 page not found', 404);
  });
  const stop = () => {
    pace.close();
    events.close();
    faults.releaseAll();
  };
  return { http, control, showOutbox, captions, stop };
}

/** The one call without a token and without the `data` envelope; not rate limited here. */
function tokenRoute(api: LarkApi, tokens: Tokens): void {
  api.hono.post('/open-apis/auth/v3/tenant_access_token/internal', async (c) => {
    const parsed = z
      .object({ app_id: z.string(), app_secret: z.string() })
      .safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) throw new Refusal(10003);
    const issued = tokens.issue(parsed.data.app_id, parsed.data.app_secret);
    c.set('code', 0);
    return c.json({ code: 0, msg: 'ok', ...issued });
  });
}

const logged =
  (log: WireLog, clock: Clock): MiddlewareHandler<FaultyEnv> =>
  async (c, next) => {
    const at = clock.now();
    await next();
    const status = c.get('cut') ? 0 : c.res.status;
    const { method, path } = c.req;
    log.add({ kind: 'call', at, ms: clock.now() - at, method, path, status, code: c.get('code'), msg: c.get('msg') });
  };

/** Inside the faults: what a fault holds back must not hold the clock. */
const whileTheClockStands =
  (clock: Clock): MiddlewareHandler<FaultyEnv> =>
  (_, next) =>
    clock.during ? clock.during(next()) : next();
