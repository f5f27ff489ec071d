import type { Client } from '@larksuiteoapi/node-sdk';
import * as z from 'zod';
import type { Log } from '../ports/log.ts';
import type { Failure, Result } from '../ports/messenger.ts';
import type { Time } from '../ports/time.ts';
import { classify, classOf, type Refusal } from './codes.ts';
import { LarkHttpError, larkHttp } from './http.ts';
import { type IssuedToken, tenantTokens } from './token.ts';

export interface LarkApp {
  readonly appId: string;
  readonly appSecret: string;
  /** Base URL of the open platform. */
  readonly domain: string;
  readonly time: Pick<Time, 'now'>;
  readonly log: Log;
  readonly fetch?: typeof fetch | undefined;
  /** For each request, by the machine's clock; 12 s when absent. */
  readonly timeoutMs?: number | undefined;
}

/** Carries the token of one call. */
type Authorised = NonNullable<Parameters<Client['request']>[1]>;

export interface Session {
  /** One call with a valid token; asked once more when Lark no longer takes the token. `api` names the call in logs and reasons. */
  call<T>(
    api: string,
    answer: z.ZodType<T>,
    run: (client: Client, authorised: Authorised) => Promise<unknown>,
  ): Promise<Result<T>>;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | Failed;

interface Failed {
  readonly ok: false;
  readonly refusal?: Refusal;
  readonly failure: Failure;
}

/**
 * Later than fetch gives up a connection (10 s on Node): a network that swallows everything is then known as one that was never reached.
 */
const DEFAULT_TIMEOUT_MS = 12_000;

const envelopeShape = z.object({ code: z.number(), msg: z.string().optional() });
const logIdShape = z.object({ error: z.object({ log_id: z.string() }) });
const tokenShape = z
  .object({ tenant_access_token: z.string().min(1), expire: z.number() })
  .transform((issued): IssuedToken => ({ token: issued.tenant_access_token, expiresInSeconds: issued.expire }));

/** The SDK prints the app secret and the token when a call fails; whoever calls logs what matters instead. */
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

export function larkSession(app: LarkApp): Session {
  let loading: Promise<{ client: Client; authorise(token: string): Authorised }> | undefined;
  // 190 ms and 100 MB of code: not before the first call.
  const load = async () => {
    const sdk = await import('@larksuiteoapi/node-sdk');
    const client = new sdk.Client({
      appId: app.appId,
      appSecret: app.appSecret,
      // A slash at the end would make '//open-apis'.
      domain: app.domain.replace(/\/+$/, ''),
      disableTokenCache: true,
      logger: silent,
      httpInstance: larkHttp({ fetch: app.fetch, timeoutMs: app.timeoutMs ?? DEFAULT_TIMEOUT_MS }),
    });
    return { client, authorise: (token: string): Authorised => sdk.withTenantToken(token) };
  };
  const sdk = () => {
    loading ??= load();
    return loading;
  };

  const attempt = async <T>(api: string, answer: z.ZodType<T>, run: () => Promise<unknown>) => {
    const outcome = await outcomeOf(api, answer, run);
    if (!outcome.ok) logFailure(app.log, api, outcome);
    return outcome;
  };

  const tokens = tenantTokens(async () => {
    const { client } = await sdk();
    const issued = await attempt('tenant_access_token', tokenShape, () =>
      client.auth.v3.tenantAccessToken.internal({ data: { app_id: app.appId, app_secret: app.appSecret } }),
    );
    return issued.ok ? issued : { ok: false, failure: beforeTheCall(issued.failure) };
  }, app.time);

  return {
    async call(api, answer, run) {
      const { client, authorise } = await sdk();
      const first = await tokens.get();
      if (!first.ok) return first;
      const outcome = await attempt(api, answer, () => run(client, authorise(first.value)));
      if (outcome.ok || classOf(outcome.refusal?.code) !== 'token') return resultOf(outcome);
      tokens.drop(first.value);
      const second = await tokens.get();
      if (!second.ok) return second;
      return resultOf(await attempt(api, answer, () => run(client, authorise(second.value))));
    },
  };
}

async function outcomeOf<T>(api: string, answer: z.ZodType<T>, run: () => Promise<unknown>): Promise<Outcome<T>> {
  let body: unknown;
  try {
    body = await run();
  } catch (error) {
    if (!(error instanceof LarkHttpError)) throw error;
    const { response, sent } = error;
    if (!response) return { ok: false, failure: { kind: 'retry', unknown: sent, reason: `${api}: ${error.message}` } };
    return failed(api, response.data, response.status, response.headers);
  }
  // HTTP 200 with another code than 0 exists on older APIs.
  if (envelopeShape.safeParse(body).data?.code !== 0) return failed(api, body, 200);
  const parsed = answer.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, failure: { kind: 'retry', unknown: true, reason: `${api}: success without what it promises` } };
}

function failed(api: string, body: unknown, status: number, headers?: Readonly<Record<string, string>>): Failed {
  const envelope = envelopeShape.safeParse(body).data;
  const refusal: Refusal = {
    status,
    code: envelope?.code,
    msg: envelope?.msg,
    headers: { ...headers, ...logIdOf(body) },
  };
  const failure = classify(refusal);
  return { ok: false, refusal, failure: { ...failure, reason: `${api}: ${failure.reason}` } };
}

const resultOf = <T>(outcome: Outcome<T>): Result<T> =>
  outcome.ok ? outcome : { ok: false, failure: outcome.failure };

/** Without a token the call itself never left; and who gets no token for another reason than load has a wrong configuration. */
function beforeTheCall(failure: Failure): Failure {
  if (failure.kind === 'retry') return { ...failure, unknown: false };
  return { ...failure, kind: 'misconfigured' };
}

/** Lark's support asks for this id. */
function logIdOf(body: unknown): { 'x-tt-logid'?: string } {
  const found = logIdShape.safeParse(body);
  return found.success ? { 'x-tt-logid': found.data.error.log_id } : {};
}

function logFailure(log: Log, api: string, { refusal, failure }: Failed): void {
  const fields = {
    api,
    kind: failure.kind,
    code: refusal?.code,
    status: refusal?.status,
    logId: refusal?.headers?.['x-tt-logid'],
  };
  log.warn(refusal ? fields : { ...fields, reason: failure.reason }, 'a call to Lark failed');
}
