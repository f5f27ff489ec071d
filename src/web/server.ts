import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Core } from '../app/core.ts';
import { press } from '../app/press.ts';
import { receive } from '../app/receive.ts';
import { stackOf } from '../app/stack-of.ts';
import { normalise } from '../lark/normalise.ts';
import { type EventSecurity, MAX_BODY_BYTES, openEnvelope } from '../lark/verify.ts';
import type { Counters } from './counters.ts';

export interface Served {
  readonly core: Core;
  readonly security: EventSecurity;
  /** The bot's own open id, as far as it is known; never asks Lark. */
  readonly botOpenId: () => Promise<string | undefined>;
  /** Undefined when the database is migrated and writable and the heartbeat beats; else what is wrong, in words of ours. Rejects with the database's own. */
  readonly ready: () => Promise<string | undefined>;
}

/** The whole outside of the bot. `serve` gives what a request works with: one core for a process, one a request in a Worker. */
export function web(
  serve: (request: Context) => Served,
  counted: Counters,
  { metrics = true }: { readonly metrics?: boolean } = {},
): Hono {
  const app = new Hono();
  const events = (c: Context) => handle(c, serve(c), counted);
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => refuse(c, counted, 413, 'the body is larger than 1 MiB'),
  });
  app.post('/lark/events', limit, events);
  app.post('/lark/cards', limit, events);
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    const { ready, core } = serve(c);
    try {
      const fault = await ready();
      return fault === undefined ? c.text('ready\n') : c.text(`${fault}\n`, 503);
    } catch (error) {
      // A driver's own words name hosts, databases and users; they are for the log.
      core.log.warn({ error: stackOf(error) }, 'the database is not ready');
      return c.text('the database does not answer, or is not migrated\n', 503);
    }
  });
  if (metrics) app.route('/', metricsOf(counted));
  // Before there is a core to log with, or while the caller hangs up: nothing of ours is told to a stranger.
  app.onError((_, c) => {
    counted.count('dudao_requests_failed_total');
    return c.json({ error: 'the request could not be handled' }, 500);
  });
  app.notFound((c) => c.json({ error: 'no such address' }, 404));
  return app;
}

/** Elsewhere, when an operator wants them on an address that the internet does not reach. */
export function metricsOf(counted: Counters): Hono {
  const app = new Hono();
  app.get('/metrics', (c) => c.text(counted.text(), 200, { 'content-type': 'text/plain; version=0.0.4' }));
  return app;
}

async function handle(c: Context, { core, security, botOpenId }: Served, counted: Counters): Promise<Response> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const opened = openEnvelope({ body, headers: c.req.raw.headers }, security, core.time.now());
  if (opened.kind === 'challenge') return c.json({ challenge: opened.challenge });
  if (opened.kind === 'refused') {
    core.log.warn({ reason: opened.reason }, 'a request was refused');
    return refuse(c, counted, opened.status, opened.reason);
  }
  const { event } = opened;
  counted.count('dudao_events_total', { type: event.eventType });
  try {
    const self = await botOpenId();
    const inbound = normalise(event, self === undefined ? {} : { botOpenId: self });
    if (inbound.kind === 'press') return c.json(await press(core, inbound));
    await receive(core, inbound);
    return c.json({});
  } catch (error) {
    // Not acknowledged: Lark comes again with the same event, and nothing of it was kept.
    core.log.error({ eventId: event.eventId, error: stackOf(error) }, 'an event could not be kept');
    counted.count('dudao_events_failed_total');
    return c.json({ error: 'the event could not be kept; send it again' }, 503);
  }
}

/** A bare refusal: one line for the operator, nothing for an attacker. */
function refuse(c: Context, counted: Counters, status: 400 | 401 | 413, reason: string): Response {
  counted.count('dudao_requests_refused_total', { reason });
  return c.json({ error: reason }, status);
}
