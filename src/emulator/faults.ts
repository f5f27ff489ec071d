import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from './clock.ts';
import type { Ids } from './lark-app.ts';

export interface FaultOrder {
  /** Both must fit; none given: every call under /open-apis. A string is the source of a regular expression over the path. */
  readonly match?: { readonly method?: string; readonly path?: RegExp | string };
  /** How many calls it strikes; 1 unless told. */
  readonly times?: number;
  /**
   * status: that HTTP status with a body that is no JSON. code: HTTP 400 (or `status`) with that Lark code. 429: with a reset header.
   * hang: no answer until released, then cut. reset: cut at once. delay: `ms` on the clock, then as usual.
   * holdBeforeStore: nothing happens until released, and never if the caller is gone by then.
   * holdAfterStore, storeThen…: it happened, but the answer waits, is lost or lies.
   */
  readonly kind:
    | 'status'
    | 'code'
    | '429'
    | 'hang'
    | 'reset'
    | 'delay'
    | 'holdBeforeStore'
    | 'holdAfterStore'
    | 'storeThen500'
    | 'storeThenHang'
    | 'storeThenReset';
  readonly status?: number;
  readonly code?: number;
  readonly resetSeconds?: number;
  readonly ms?: number;
}

export interface Fault {
  readonly id: string;
  readonly order: FaultOrder;
  readonly hits: number;
  /** It will strike the next call that fits. */
  readonly active: boolean;
  /** The first call it struck has arrived; for the kinds that store: has been stored. */
  readonly reached: Promise<void>;
  /** Lets go of whatever it holds, and strikes no more. */
  release(): void;
}

class ArmedFault implements Fault {
  readonly id: string;
  readonly order: FaultOrder;
  readonly reached: Promise<void>;
  readonly released: Promise<void>;
  hits = 0;
  left: number;
  readonly reach: () => void;
  readonly release: () => void;

  constructor(id: string, order: FaultOrder) {
    this.id = id;
    this.order = order;
    this.left = order.times ?? 1;
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.reached = reached.promise;
    this.released = released.promise;
    this.reach = reached.resolve;
    this.release = () => {
      this.left = 0;
      released.resolve();
    };
  }

  get active(): boolean {
    return this.left > 0;
  }

  fits(method: string, path: string): boolean {
    const { match = {} } = this.order;
    return (
      this.left > 0 &&
      (match.method === undefined || match.method === method) &&
      (match.path === undefined || new RegExp(match.path).test(path))
    );
  }
}

export type FaultyEnv = {
  Bindings: HttpBindings;
  Variables: { code: number | undefined; msg: string | undefined; cut: boolean };
};

export class Faults {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #armed: ArmedFault[] = [];

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  /** The oldest fault that fits a call strikes it, and only that one. */
  add(order: FaultOrder): Fault {
    const fault = new ArmedFault(this.#ids(), order);
    this.#armed.push(fault);
    return fault;
  }

  all(): readonly Fault[] {
    return this.#armed;
  }

  releaseAll(): void {
    for (const fault of this.#armed) fault.release();
  }

  middleware(): MiddlewareHandler<FaultyEnv> {
    return async (c, next) => {
      const fault = this.#armed.find((armed) => armed.fits(c.req.method, c.req.path));
      if (!fault) return next();
      fault.left -= 1;
      fault.hits += 1;
      const { kind } = fault.order;
      const cut = () => {
        c.set('cut', true);
        c.env.incoming.socket.destroy();
        return c.body(null);
      };

      if (kind.startsWith('storeThen') || kind === 'holdAfterStore') {
        await next();
        fault.reach();
        if (kind === 'storeThen500') c.res = new Response('upstream error', { status: 500 });
        if (kind === 'storeThenHang' || kind === 'holdAfterStore') await fault.released;
        if (kind === 'storeThenHang' || kind === 'storeThenReset') c.res = cut();
        return;
      }
      fault.reach();
      if (kind === 'reset') return cut();
      if (kind === 'delay') await this.#clock.until(this.#clock.now() + (fault.order.ms ?? 0));
      if (kind === 'hang' || kind === 'holdBeforeStore') await fault.released;
      if (kind === 'hang' || (kind === 'holdBeforeStore' && c.env.incoming.socket.destroyed)) return cut();
      if (kind === 'delay' || kind === 'holdBeforeStore') return next();
      c.set('code', codeOf(fault.order));
      c.set('msg', 'injected fault');
      return answer(fault.order);
    };
  }
}

const codeOf = ({ kind, code }: FaultOrder) =>
  kind === '429' ? 99991400 : kind === 'code' ? (code ?? 1500) : undefined;

function answer(order: FaultOrder): Response {
  const { kind, status, resetSeconds = 1 } = order;
  if (kind === 'status') return new Response('upstream error', { status: status ?? 500 });
  const tooMany = kind === '429';
  const body = { code: codeOf(order), msg: 'injected fault', error: { log_id: 'fault' } };
  const headers = { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(resetSeconds) };
  return Response.json(body, { status: tooMany ? 429 : (status ?? 400), headers: tooMany ? headers : {} });
}
