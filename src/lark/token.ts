import { type Instant, MINUTE_MS } from '../domain/calendar/local-date.ts';
import type { Result } from '../ports/messenger.ts';
import type { Time } from '../ports/time.ts';

/** Lark issues a new token only when less than 30 minutes remain of the old one; both work until their ends. */
const RENEW_BEFORE_MS = 5 * MINUTE_MS;

export interface IssuedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface TenantTokens {
  /** Callers that ask at the same time share one request and its failure; a failure is not kept. */
  get(): Promise<Result<string>>;
  /** Forgets `token` if it is still the kept one: a late complaint must not throw away its successor. */
  drop(token: string): void;
}

/**
 * The tenant access token, kept by the given clock. The SDK's own cache goes by the machine's clock, is shared by all clients of one
 * app id whatever their domain, asks once per caller, and never forgets a revoked token.
 */
export function tenantTokens(request: () => Promise<Result<IssuedToken>>, time: Pick<Time, 'now'>): TenantTokens {
  let kept: { readonly token: string; readonly renewAt: Instant } | undefined;
  let asking: Promise<Result<string>> | undefined;

  const ask = async (): Promise<Result<string>> => {
    // Counted from before the request: the answer's way back must not lengthen the token's life.
    const asked = time.now();
    const issued = await request();
    if (!issued.ok) return issued;
    const { token, expiresInSeconds } = issued.value;
    kept = { token, renewAt: asked + expiresInSeconds * 1000 - RENEW_BEFORE_MS };
    return { ok: true, value: token };
  };

  return {
    get() {
      if (kept && time.now() < kept.renewAt) return Promise.resolve({ ok: true, value: kept.token });
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    drop(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}
