import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import type { Control } from './control.ts';
import { faultView } from './live.ts';
import { loopbackOnly } from './loopback.ts';
import { nextMorning, type Pace } from './pace.ts';

const id = z.string().min(1);
const press = z.strictObject({
  messageId: id,
  openId: id,
  buttonText: z.string().exactOptional(),
  value: z.unknown().exactOptional(),
  name: z.string().exactOptional(),
  path: z.array(z.union([z.string(), z.int()])).exactOptional(),
  choice: z.record(z.string(), z.unknown()).exactOptional(),
  formValue: z.record(z.string(), z.unknown()).exactOptional(),
});
const saying = z.strictObject({
  chatId: id,
  openId: id,
  text: z.string().default(''),
  mentionBot: z.boolean().exactOptional(),
  mentions: z.array(id).exactOptional(),
  mentionAll: z.boolean().exactOptional(),
  replyTo: id.exactOptional(),
  type: z.string().exactOptional(),
  /** `base64` is the file's content. */
  file: z.strictObject({ name: z.string(), base64: z.base64() }).exactOptional(),
});
const faultOrder = z.strictObject({
  match: z.strictObject({ method: z.string().exactOptional(), path: z.string().exactOptional() }).exactOptional(),
  times: z.int().positive().exactOptional(),
  kind: z.enum([
    ...(['status', 'code', '429', 'hang', 'reset', 'delay', 'holdBeforeStore', 'holdAfterStore'] as const),
    ...(['storeThen500', 'storeThenHang', 'storeThenReset'] as const),
  ]),
  status: z.int().exactOptional(),
  code: z.int().exactOptional(),
  resetSeconds: z.number().exactOptional(),
  ms: z.number().exactOptional(),
});
const MAX_TURN_MS = 31 * 86_400_000;
/** by: milliseconds forward. morning: to the next 08:30. play: clock minutes a second, 0 to stop. */
const clockOrder = z.union([
  z.strictObject({ by: z.int().positive().max(MAX_TURN_MS) }),
  z.strictObject({ to: z.literal('morning') }),
  z.strictObject({ play: z.int().min(0).max(60) }),
]);
/** A file of 30 MB in base64, and room. */
const MAX_BODY_BYTES = 42 * 1024 * 1024;

/** The bot's outbox as whoever runs the bot tells it: counts of what waits and is being sent, and what could not be delivered. */
export interface OutboxView {
  readonly waiting: number;
  readonly sending: number;
  readonly lastSentAt?: number | undefined;
  readonly kept: readonly {
    readonly key: string;
    readonly chatId: string;
    readonly reason: string;
    readonly at: number;
  }[];
}

interface Behind {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly outbox: () => Promise<OutboxView | undefined>;
}

const tamper = z.union([
  z.enum(['signature', 'unsigned', 'plaintext', 'wrongKey', 'wrongToken', 'wrongApp', 'truncated', 'whitespace']),
  z.strictObject({ agedMs: z.number() }),
]);

/** The control side over HTTP, JSON both ways, for scripts and pages (loopback.ts). Misuse answers 400 with `{ error }`. */
export function controlApi(control: Control, { clock, pace, outbox }: Behind): Hono {
  const app = new Hono();
  app.use(loopbackOnly);
  const tooLarge = (c: Context) => c.json({ error: 'too large' }, 413);
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));
  app.onError((error, c) =>
    c.json({ error: error.message }, error instanceof RangeError || error instanceof z.ZodError ? 400 : 500),
  );

  const read = async <T>(c: Context, shape: z.ZodType<T>): Promise<T> => shape.parse(await c.req.json());
  const path = (c: Context) => c.req.param('id') ?? '';
  const by = z.strictObject({ by: id.exactOptional() });

  app.get('/people', (c) => c.json(control.people()));
  app.post('/people', async (c) => {
    const shape = z.strictObject({
      name: id,
      mobile: z.string().exactOptional(),
      email: z.string().exactOptional(),
      title: z.string().exactOptional(),
    });
    return c.json(control.addPerson(await read(c, shape)));
  });
  app.get('/chats', (c) => c.json(control.chats()));
  app.post('/groups', async (c) =>
    c.json(control.addGroup(await read(c, z.strictObject({ name: id, members: z.array(id) })))),
  );
  app.post('/p2p', async (c) =>
    c.json({ chatId: control.p2p((await read(c, z.strictObject({ openId: id }))).openId) }),
  );
  app.post('/chats/:id/bot', async (c) =>
    c.json(await control.addBot(path(c), await read(c, z.strictObject({ by: id })))),
  );
  app.delete('/chats/:id/bot', async (c) => c.json(await control.removeBot(path(c))));
  app.post('/chats/:id/disband', async (c) => c.json(await control.disband(path(c), await read(c, by))));
  app.post('/chats/:id/members', async (c) =>
    c.json(await control.addMember(path(c), (await read(c, z.strictObject({ openId: id }))).openId)),
  );
  app.post('/chats/:id/read', async (c) => {
    control.read(path(c), (await read(c, z.strictObject({ openId: id }))).openId);
    return c.json({});
  });
  app.get('/chats/:id/messages', (c) => c.json(control.messages(path(c))));

  app.get('/files/:id', (c) => {
    const { name, bytes } = control.file(path(c));
    // Always a download: what somebody wrote into a file must not run as a page of this server.
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    c.header('x-content-type-options', 'nosniff');
    return c.body(new Uint8Array(bytes), 200, { 'content-type': 'application/octet-stream' });
  });

  /** Answers when the message is written; `?wait=1` when the platform has pushed it or given up. */
  app.post('/say', async (c) => {
    const { chatId, openId, text, file, ...how } = await read(c, saying);
    const attached = file ? { file: { name: file.name, bytes: Buffer.from(file.base64, 'base64') } } : {};
    const said = control.say(chatId, openId, text, { ...how, ...attached });
    const report = c.req.query('wait') ? await said.delivered : undefined;
    return c.json({ messageId: said.messageId, eventId: said.eventId, report });
  });
  app.post('/messages/:id/edit', async (c) => {
    const shape = saying.pick({ openId: true, text: true, mentionBot: true, mentions: true, mentionAll: true });
    const { openId, text, ...how } = await read(c, shape);
    const said = control.edit(path(c), openId, text, how);
    const report = c.req.query('wait') ? await said.delivered : undefined;
    return c.json({ messageId: said.messageId, eventId: said.eventId, report });
  });
  app.post('/press', async (c) => {
    const { messageId, openId, ...what } = await read(c, press);
    return c.json(await control.press(messageId, openId, what));
  });

  app.post('/events-url', async (c) => {
    control.pushEventsTo((await read(c, z.strictObject({ url: z.url() }))).url);
    return c.json(await control.handshake());
  });
  app.post('/push-raw', async (c) =>
    c.json(
      await control.pushRaw(
        await read(c, z.strictObject({ body: z.string(), headers: z.record(z.string(), z.string()).exactOptional() })),
      ),
    ),
  );
  app.post('/push-event', async (c) => {
    const shape = z.strictObject({
      type: id,
      event: z.record(z.string(), z.unknown()),
      tamper: tamper.exactOptional(),
    });
    const { type, event, ...how } = await read(c, shape);
    return c.json({ eventId: control.pushEvent(type, event, how).eventId });
  });
  app.post('/redeliver', async (c) => {
    const { eventId, copies, anew } = await read(
      c,
      z.strictObject({ eventId: id, copies: z.int().min(1).max(100).default(1), anew: z.boolean().default(false) }),
    );
    return c.json(await control.redeliver(eventId, copies, { anew }));
  });
  app.get('/outcomes', (c) => c.json(control.outcomes()));
  app.get('/wire', (c) => c.json(control.wire()));

  app.get('/faults', (c) => c.json(control.faults().map(faultView)));
  app.post('/faults', async (c) => c.json(faultView(control.fault(await read(c, faultOrder)))));
  app.post('/faults/:id/release', (c) => {
    const found = control.faults().find((armed) => armed.id === path(c));
    if (!found) throw new RangeError('no such fault');
    found.release();
    return c.json(faultView(found));
  });
  app.get('/clock', (c) => c.json({ now: clock.now() }));
  app.post('/clock', async (c) => {
    const order = await read(c, clockOrder);
    if ('play' in order) order.play === 0 ? pace.stop() : pace.play(order.play);
    else await pace.turnTo('by' in order ? clock.now() + order.by : nextMorning(clock.now()));
    return c.json({ now: clock.now() });
  });
  app.get('/outbox', async (c) => c.json((await outbox()) ?? null));

  app.post('/revoke-tokens', (c) => {
    control.revokeTokens();
    return c.json({});
  });
  app.post('/configure', async (c) => {
    const shape = z.strictObject({
      scopes: z.array(z.string()).exactOptional(),
      subscriptions: z.array(z.string()).exactOptional(),
      enabled: z.boolean().exactOptional(),
      botAbility: z.boolean().exactOptional(),
    });
    control.configure(await read(c, shape));
    return c.json({});
  });
  return app;
}
