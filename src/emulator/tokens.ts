import type { Clock } from './clock.ts';
import type { Ids, LarkApp } from './lark-app.ts';
import { Refusal } from './refusals.ts';

const LIFE_MS = 7_200_000;
/** While this much remains, asking again yields the same token; below it a new one, and both work. */
const RENEW_BELOW_MS = 1_800_000;

/** tenant_access_token/internal: one token at a time, 2 h, shrinking `expire`. */
export class Tokens {
  readonly #app: LarkApp;
  readonly #clock: Clock;
  readonly #ids: Ids;
  #valid: { readonly token: string; readonly expiresAt: number }[] = [];

  constructor(app: LarkApp, clock: Clock, ids: Ids) {
    this.#app = app;
    this.#clock = clock;
    this.#ids = ids;
  }

  /** 10003 for an unknown app, 10014 for a wrong secret, both with HTTP 200 (sources disagree: 200 or 400). `expire` in seconds. */
  issue(appId: unknown, appSecret: unknown): { tenant_access_token: string; expire: number } {
    if (appId !== this.#app.appId) throw new Refusal(10003);
    if (appSecret !== this.#app.appSecret) throw new Refusal(10014);
    if (!this.#app.enabled) throw new Refusal(99991662);
    const now = this.#clock.now();
    let newest = this.#valid.at(-1);
    if (!newest || newest.expiresAt - now < RENEW_BELOW_MS) {
      newest = { token: `t-g1${this.#ids()}`, expiresAt: now + LIFE_MS };
      this.#valid.push(newest);
    }
    return { tenant_access_token: newest.token, expire: Math.floor((newest.expiresAt - now) / 1000) };
  }

  /** 99991661 without a token, 99991671 when it is none, 99991663 when it is unknown, expired or revoked. */
  check(authorization: string | undefined): void {
    if (!authorization) throw new Refusal(99991661);
    const token = /^Bearer (t-\S+)$/.exec(authorization)?.[1];
    if (token === undefined) throw new Refusal(99991671);
    const known = this.#valid.find((valid) => valid.token === token);
    if (!known || known.expiresAt <= this.#clock.now()) throw new Refusal(99991663);
    if (!this.#app.enabled) throw new Refusal(99991662);
  }

  /** As a reset of the app secret does: whatever was issued is worthless. */
  revokeAll(): void {
    this.#valid = [];
  }
}
