import { Hono } from 'hono';
import type { z } from 'zod';
import type { LarkApp } from './lark-app.ts';
import { parseMultipart } from './multipart.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import type { Tokens } from './tokens.ts';

/** What a handler may read of a request. */
export interface Call {
  param(name: string): string;
  query(name: string): string | undefined;
  /** Repeated keys without brackets. */
  queries(name: string): readonly string[];
  /** The JSON body; 99992402 with `field_violations` when it does not fit. */
  body<T>(shape: z.ZodType<T>): T;
  /** The parts of a multipart body by name. */
  form(): ReadonlyMap<string, Buffer>;
  readonly bytes: number;
}

export type Env = { Variables: { code: number; msg: string } };
type Handler = (call: Call) => unknown | Promise<unknown>;

interface Rules {
  readonly app: LarkApp;
  readonly tokens: Tokens;
  readonly limits: RateLimits;
  readonly logId: () => string;
}

/** The gateway in front of every API: token, scope, rate, envelope. `data` is what the handler returns; a Response passes as it is. */
export class LarkApi {
  readonly hono = new Hono<Env>();
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.hono.onError((error, c) => {
      if (!(error instanceof Refusal)) throw error;
      c.set('code', error.code);
      c.set('msg', error.message);
      const body = { code: error.code, msg: error.message, error: { log_id: rules.logId(), ...error.error } };
      return new Response(JSON.stringify(body), {
        status: error.status,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-tt-logid': body.error.log_id,
          ...error.headers,
        },
      });
    });
  }

  /** @param scopes any one of them is enough; none needed when empty */
  on(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    scopes: readonly string[],
    handler: Handler,
  ): void {
    const { tokens, limits } = this.#rules;
    this.hono.on(method, `/open-apis${path}`, async (c) => {
      tokens.check(c.req.header('authorization'));
      this.#demandScope(scopes);
      limits.api(`${method} ${path}`);
      const raw = Buffer.from(await c.req.arrayBuffer());
      const data = await handler({
        param: (name) => c.req.param(name) ?? '',
        query: (name) => c.req.query(name),
        queries: (name) => c.req.queries(name) ?? [],
        body: (shape) => parseBody(raw.toString('utf8'), shape),
        form: () => parseMultipart(c.req.header('content-type') ?? '', raw),
        bytes: raw.length,
      });
      c.set('code', 0);
      if (data instanceof Response) return data;
      return c.json({ code: 0, msg: 'success', data: data ?? {} }, 200, { 'x-tt-logid': this.#rules.logId() });
    });
  }

  #demandScope(scopes: readonly string[]): void {
    const { app } = this.#rules;
    if (scopes.length === 0 || scopes.some((scope) => app.scopes.has(scope))) return;
    const link = `https://open.feishu.cn/app/${app.appId}/auth?q=${scopes.join(',')}&op_from=openapi&token_type=tenant`;
    throw new Refusal(99991672, {
      msg: `Access denied. One of the following scopes is required: [${scopes.join(', ')}].应用尚未开通所需的应用身份权限：[${scopes.join(', ')}]，点击链接申请并开通任一权限即可：${link}`,
      error: { permission_violations: scopes.map((subject) => ({ type: 'action_scope_required', subject })) },
    });
  }
}

function parseBody<T>(raw: string, shape: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    throw new Refusal(99992402, { msg: 'invalid request body: not json' });
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Refusal(99992402, {
    error: {
      field_violations: parsed.error.issues.map((issue) => ({
        field: issue.path.join('.'),
        description: issue.message,
      })),
    },
  });
}
