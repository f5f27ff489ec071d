import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Captions } from './captions.ts';
import type { Clock } from './clock.ts';
import type { Control } from './control.ts';
import type { Fault } from './faults.ts';
import type { LarkApp } from './lark-app.ts';
import type { MessageView } from './message-view.ts';
import type { Pace } from './pace.ts';
import type { WireEntry } from './wire-log.ts';

/** The page needs no more of the past than this to look behind; the log keeps everything. */
const WIRE_SHOWN = 300;
/** Milliseconds of real time. */
const LOOK_EVERY_MS = 400;

/** All that changes without a message: looked at now and then and sent when it differs. */
export interface Surroundings {
  readonly people: readonly { readonly openId: string; readonly name: string; readonly title: string | undefined }[];
  readonly chats: ReturnType<Control['chats']>;
  readonly faults: readonly FaultView[];
}

export interface FaultView {
  readonly id: string;
  readonly hits: number;
  readonly active: boolean;
  readonly order: object;
}

export interface ClockView {
  readonly now: number;
  /** Whether it can be turned forward. */
  readonly movable: boolean;
  /** Clock minutes for each real second; undefined while the clock keeps its own pace. */
  readonly pace: number | undefined;
  /** Being turned to a moment. */
  readonly turning: boolean;
}

/** What a page gets when it connects, and gets again when it reconnects: nothing can be missed in between. */
export interface WholeState extends Surroundings {
  /** Of this run; what a browser remembers of another run is void. */
  readonly run: string;
  readonly bot: { readonly openId: string; readonly name: string };
  readonly messages: readonly MessageView[];
  readonly wire: readonly WireEntry[];
  readonly clock: ClockView;
  readonly caption: string;
}

export const faultView = ({ id, order, hits, active }: Fault): FaultView => ({
  id,
  hits,
  active,
  order: { ...order, match: { ...order.match, path: String(order.match?.path ?? '') } },
});

/** `GET /stream`: server-sent events `state`, `message`, `wire`, `surroundings`, `clock` and `caption`, each with JSON of the types above. */
export function liveStream(of: {
  control: Control;
  clock: Clock;
  app: LarkApp;
  pace: Pace;
  captions: Captions;
  onWire: (listener: (entry: WireEntry) => void) => () => void;
}): Hono {
  const { control, clock, app, pace, captions } = of;
  const surroundings = (): Surroundings => ({
    people: control.people().map(({ openId, name, title }) => ({ openId, name, title })),
    chats: control.chats(),
    faults: control.faults().map(faultView),
  });
  const clockView = (): ClockView => ({
    now: clock.now(),
    movable: clock.advanceTo !== undefined,
    pace: pace.minutesPerSecond,
    turning: pace.turning,
  });
  const whole = (): WholeState => ({
    ...surroundings(),
    run: app.botOpenId,
    bot: { openId: app.botOpenId, name: app.botName },
    messages: control
      .chats()
      .flatMap(({ chatId }) => control.messages(chatId))
      .sort((a, b) => a.createdAt - b.createdAt),
    wire: control.wire().slice(-WIRE_SHOWN),
    clock: clockView(),
    caption: captions.text,
  });

  return new Hono().get('/stream', (c) =>
    streamSSE(c, async (stream) => {
      const send = (event: string, data: unknown) => void stream.writeSSE({ event, data: JSON.stringify(data) });
      let seen = '';
      let seenClock = '';
      const look = () => {
        const around = surroundings();
        const known = JSON.stringify(around);
        if (known !== seen) send('surroundings', around);
        seen = known;
        const shown = clockView();
        const second = JSON.stringify({ ...shown, now: Math.floor(shown.now / 1000) });
        if (second !== seenClock) send('clock', shown);
        seenClock = second;
      };
      seen = JSON.stringify(surroundings());
      send('state', whole());
      // A message of a chat that just came into being must find the chat known.
      const stops = [
        control.onMessage((message) => {
          look();
          send('message', message);
        }),
        captions.listen((text) => send('caption', text)),
        of.onWire((entry) => send('wire', entry)),
      ];
      const timer = setInterval(look, LOOK_EVERY_MS);
      const { promise, resolve } = Promise.withResolvers<void>();
      stream.onAbort(resolve);
      await promise;
      clearInterval(timer);
      for (const stop of stops) stop();
    }),
  );
}
