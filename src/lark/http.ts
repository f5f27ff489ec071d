import type { HttpInstance, HttpRequestOptions } from '@larksuiteoapi/node-sdk';

export interface HttpConfig {
  readonly fetch?: typeof fetch | undefined;
  /** For one request, its body's arrival included. */
  readonly timeoutMs: number;
}

interface HttpResponse {
  readonly status: number;
  readonly data: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Holds nothing of the request but method and path: its body may be the app secret, its headers the token. */
export class LarkHttpError extends Error {
  override readonly name = 'LarkHttpError';
  /** Absent when no whole answer came. */
  readonly response?: HttpResponse;
  /** False when the request certainly never left. */
  readonly sent: boolean;

  constructor(message: string, outcome: { response?: HttpResponse; sent: boolean }) {
    super(message);
    this.sent = outcome.sent;
    if (outcome.response) this.response = outcome.response;
  }
}

/**
 * What the SDK sends its requests through, on fetch: the same on Node and in workerd, with a time limit (the SDK has none) and without
 * the body that it puts on GET and DELETE (fetch refuses it). Resolves to the body, or to {data, headers} for `$return_headers`;
 * rejects with a LarkHttpError from status 300 on.
 * A file (responseType 'arraybuffer') resolves to { code: 0, file }, so that it passes for a success like the others.
 */
export function larkHttp(config: HttpConfig): HttpInstance {
  const request: HttpInstance['request'] = async (opts) => {
    const method = (opts.method ?? 'GET').toUpperCase();
    const url = urlOf(opts);
    const where = `${method} ${url.pathname}`;
    const { status, headers, data } = await exchange(
      { ...config, timeoutMs: opts.timeout ?? config.timeoutMs },
      ...([url, initOf(method, opts), where, fileLimitOf(opts)] as const),
    );
    if (status >= 300)
      throw new LarkHttpError(`${where}: HTTP ${status}`, { response: { status, data, headers }, sent: true });
    return opts.$return_headers ? { data, headers } : data;
  };
  return {
    request,
    get: (url, opts) => request({ ...opts, method: 'GET', url }),
    delete: (url, opts) => request({ ...opts, method: 'DELETE', url }),
    head: (url, opts) => request({ ...opts, method: 'HEAD', url }),
    options: (url, opts) => request({ ...opts, method: 'OPTIONS', url }),
    post: (url, data, opts) => request({ ...opts, method: 'POST', url, ...(data === undefined ? {} : { data }) }),
    put: (url, data, opts) => request({ ...opts, method: 'PUT', url, ...(data === undefined ? {} : { data }) }),
    patch: (url, data, opts) => request({ ...opts, method: 'PATCH', url, ...(data === undefined ? {} : { data }) }),
  };
}

async function exchange(config: HttpConfig, url: URL, init: RequestInit, where: string, fileLimit?: number) {
  try {
    const send = config.fetch ?? fetch;
    // A redirect would turn POST into GET, or carry the token elsewhere.
    const response = await send(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(config.timeoutMs) });
    const headers: Record<string, string> = Object.fromEntries(response.headers);
    const isFile = fileLimit !== undefined && response.ok && !headers['content-type']?.includes('json');
    const data = isFile ? { code: 0, file: await bytesOf(response, fileLimit) } : bodyOf(await response.text());
    return { status: response.status, headers, data };
  } catch (error) {
    const fault = faultOf(error);
    throw new LarkHttpError(`${where}: ${fault}`, { sent: !isBeforeConnection(error) && !NEVER_SENT.has(fault) });
  }
}

/** Of a request for a file: how many bytes it may have. The SDK passes both options on, though its type knows only the first. */
function fileLimitOf(opts: HttpRequestOptions<unknown> & { readonly maxContentLength?: unknown }): number | undefined {
  if (opts.responseType !== 'arraybuffer') return undefined;
  return typeof opts.maxContentLength === 'number' ? opts.maxContentLength : 0;
}

/** What is longer is not read to its end, whatever its headers declared. */
async function bytesOf(response: Response, limit: number): Promise<Uint8Array | 'tooLarge'> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.length;
    if (size > limit) {
      await reader?.cancel();
      return 'tooLarge';
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function urlOf(opts: HttpRequestOptions<unknown>): URL {
  const url = new URL(opts.url ?? '');
  for (const [name, value] of Object.entries(opts.params ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) url.searchParams.append(name, String(one));
    }
  }
  return url;
}

function initOf(method: string, opts: HttpRequestOptions<unknown>): RequestInit {
  const headers = new Headers(opts.headers);
  if (method === 'GET' || method === 'HEAD' || method === 'DELETE' || opts.data === undefined)
    return { method, headers };
  if (headers.get('content-type') === 'multipart/form-data') {
    // fetch writes the boundary.
    headers.delete('content-type');
    return { method, headers, body: formOf(opts.data) };
  }
  headers.set('content-type', 'application/json; charset=utf-8');
  return { method, headers, body: JSON.stringify(opts.data) };
}

/** The SDK copies `data` into a plain object, which a FormData would not survive. */
function formOf(data: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(data ?? {}))
    form.append(name, value instanceof Blob ? value : String(value));
  return form;
}

/** JSON where it is JSON; a gateway's page stays text. */
function bodyOf(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Node puts the socket's code into the cause; a time limit has its name only. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { cause } = error;
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return error.name === 'TimeoutError' ? 'timed out' : error.name;
}

/** What the system says of a connection that never stood, to one address of the host or to all of them. */
function isBeforeConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const faults: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return (
    faults.length > 0 &&
    faults.every((fault) => fault instanceof Error && 'syscall' in fault && fault.syscall === 'connect')
  );
}

/** Faults before the connection stood. Every other one leaves open whether Lark acted. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
