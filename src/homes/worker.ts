import { registry } from '../../commands/registry.ts';
import { ask } from '../app/asking.ts';
import { type Budget, metered } from '../app/budget.ts';
import { calendarsOver } from '../app/calendars.ts';
import type { Core } from '../app/core.ts';
import { deliverer } from '../app/deliver.ts';
import { learnSelf } from '../app/self.ts';
import { ASKING, type AskingRound, isDue, tick } from '../app/tick.ts';
import { type D1Binding, openD1 } from '../db/d1.ts';
import { statutoryCalendar } from '../domain/calendar/statutory.ts';
import { IMPORTS, wantsImporter } from '../features/imports/fetch-imports-round.ts';
import { larkMessenger } from '../lark/client.ts';
import type { Change } from '../ports/changes.ts';
import type { Time } from '../ports/time.ts';
import { counters } from '../web/counters.ts';
import { web } from '../web/server.ts';
import { withAdministrators } from './administrators.ts';
import { type Config, readConfig } from './config.ts';
import { consoleLog } from './console-log.ts';
import { chance, randomIds } from './ids.ts';
import { systemTime } from './system-time.ts';

/** wrangler.toml binds the database; the variables come with it, as strings. */
type Env = { readonly DB: D1Binding } & Readonly<Record<string, unknown>>;

/** The part of Cloudflare's execution context that is used. */
interface Execution {
  waitUntil(work: Promise<unknown>): void;
}

/** A request may go on working for 30 s after its answer; a cron call may run for longer, and stops before the next one comes. */
const AFTER_RESPONSE_MS = 25_000;
const CRON_MS = 50_000;
/**
 * D1 answers 1,000 statements in one invocation, each of a batch counted, and a call to Lark is a subrequest beside them. No more is begun
 * when so many are spent; what is left over comes with the next minute, the oldest first.
 */
const MOST_SPENT = 900;
/** Of these, what a beat may spend before it begins no further group, problem or task: what is made has to leave as well. */
const FIRING_SPENT = 600;
const ASKING_SPENT = 700;
/** A step under way spends up to sixty of them. */
const AT_ONCE = 5;
/** A message under way spends four, an update that makes a large card anew up to forty. */
const MESSAGE_SPENDS = 40;

/** The whole bot as a Worker. The clock is given so that the journeys can move it. */
export function worker(time: Time) {
  const calendars = calendarsOver(statutoryCalendar());
  const counted = counters();
  /** Once it is known it stays: a Worker is deployed anew for another app. */
  let self: string | undefined;
  const selfIn = async ({ store }: Core) => (self ??= await store.botOpenId());
  const identity: AskingRound = {
    name: 'identity',
    everyMinutes: 1,
    kind: 'ask',
    run: async (core) => {
      self ??= (await selfIn(core)) ?? (await learnSelf(core));
    },
  };
  let built: { readonly config: Config; readonly log: ReturnType<typeof consoleLog> } | undefined;

  /** Bindings belong to a request; what costs something to build is kept with the isolate. */
  const coreOf = (
    env: Env,
    wake: (core: Core, changes?: readonly Change[]) => void,
  ): { readonly core: Core; readonly config: Config; readonly spent: () => number; readonly commits: () => number } => {
    if (!built) {
      const config = readConfig(
        Object.fromEntries(
          Object.entries(env).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
        ),
      );
      const log = consoleLog(config.LOG_LEVEL);
      built = { config, log };
    }
    const { config, log } = built;
    let spent = 0;
    const charge = (statements: number) => {
      spent += statements;
    };
    // Anew for each request: workerd does not let one request wait for another's call.
    const lark = larkMessenger({
      appId: config.LARK_APP_ID,
      appSecret: config.LARK_APP_SECRET,
      domain: config.LARK_DOMAIN,
      time,
      log,
    });
    const messenger = metered(lark, () => charge(1));
    const { store, outbox } = openD1(env.DB, charge);
    let commits = 0;
    const commit: typeof store.commit = (work) => {
      commits += 1;
      return store.commit(work);
    };
    const core: Core = {
      store: withAdministrators({ ...store, commit }, config.ADMIN_OPEN_IDS),
      outbox,
      messenger,
      time,
      calendars,
      log,
      zone: config.TIME_ZONE,
      ids: randomIds,
      chance,
      commands: registry,
      adminOpenIds: new Set(config.ADMIN_OPEN_IDS),
      wake: (changes) => wake(core, changes),
      count: counted.count,
    };
    return { core, config, spent: () => spent, commits: () => commits };
  };

  const app = web((c) => {
    const env = c.env as Env;
    const afterResponse = (core: Core, changes?: readonly Change[]) => {
      c.executionCtx.waitUntil(deliverer(core).drain({ until: time.now() + AFTER_RESPONSE_MS, room: roomIn(spent) }));
      if (!wantsImporter(changes)) return;
      c.executionCtx.waitUntil(askAll(core, within(ASKING_SPENT, spent), ({ name }) => name === IMPORTS));
    };
    const { core, config, spent } = coreOf(env, afterResponse);
    return {
      core,
      security: {
        appId: config.LARK_APP_ID,
        encryptKey: config.LARK_ENCRYPT_KEY,
        verificationToken: config.LARK_VERIFICATION_TOKEN,
        allowPlaintext: config.LARK_ALLOW_PLAINTEXT === '1',
      },
      botOpenId: () => selfIn(core),
      ready: async () => {
        await openD1(env.DB).ready();
        return undefined;
      },
    };
  }, counted);

  return {
    fetch: (request: Request, env: Env, execution: Execution) =>
      app.fetch(request, env, {
        ...execution,
        waitUntil: (work: Promise<unknown>) => execution.waitUntil(work),
        passThroughOnException() {},
        props: {},
      }),
    /** The cron trigger, once a minute. */
    async scheduled(_event: unknown, env: Env): Promise<void> {
      const { core, spent, commits } = coreOf(env, () => {});
      const now = time.now();
      await tick(core, now, { isOverdue: false, budget: within(FIRING_SPENT, spent) });
      const limits = { until: now + CRON_MS, room: roomIn(spent) };
      const before = commits();
      await Promise.all([
        deliverer(core).drain(limits),
        askAll(core, within(ASKING_SPENT, spent), (round) => isDue(round, now)),
        ...(self === undefined ? [ask(core, identity, within(ASKING_SPENT, spent))] : []),
      ]);
      // What the answers of Lark have led to.
      if (commits() > before) await deliverer(core).drain(limits);
    },
  };
}

/** Beside each other, as the loops of a process that stays: what one of them waits for holds up no other. */
async function askAll(core: Core, budget: Budget, isAsked: (round: AskingRound) => boolean): Promise<void> {
  await Promise.all(ASKING.filter(isAsked).map((round) => ask(core, round, budget)));
}

const within = (most: number, spent: () => number): Budget => ({ lasts: () => spent() < most, atOnce: AT_ONCE });

const roomIn =
  (spent: () => number) =>
  ({ underWay }: { readonly underWay: number }): number =>
    Math.floor((MOST_SPENT - spent()) / MESSAGE_SPENDS) - underWay;

export default worker(systemTime);
