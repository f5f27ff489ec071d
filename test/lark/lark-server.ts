import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly userAgent: string | undefined;
  readonly text: string;
  readonly body: unknown;
}

/** What the server does with one request; `hang` answers never, `reset` cuts the connection after the request was read. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | 'hang'
  | 'reset';

export interface LarkServer {
  readonly domain: string;
  readonly seen: readonly Seen[];
  /** Requests of one path, the token's own left out unless named. */
  calls(path?: string): readonly Seen[];
  /** Answers in order; the last one stays. */
  script(path: string, ...answers: (Answer | ((seen: Seen) => Answer))[]): void;
  close(): Promise<void>;
}

export const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal';

/** Says exactly what a test tells it to, which the emulator rightly would not. */
export async function startLarkServer(): Promise<LarkServer> {
  const seen: Seen[] = [];
  const scripts = new Map<string, (Answer | ((seen: Seen) => Answer))[]>();

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', 'http://localhost');
    const entry: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
      userAgent: request.headers['user-agent'],
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
    seen.push(entry);
    const script = scripts.get(url.pathname) ?? [{ status: 404, body: 'no such route' }];
    const step = script.length > 1 ? script.shift() : script[0];
    const answer = typeof step === 'function' ? step(entry) : step;
    if (answer === 'hang' || answer === undefined) return;
    if (answer === 'reset') {
      request.socket.destroy();
      return;
    }
    const json = typeof answer.body !== 'string';
    response.writeHead(answer.status ?? 200, {
      'content-type': json ? 'application/json; charset=utf-8' : 'text/html',
      ...answer.headers,
    });
    response.end(json ? JSON.stringify(answer.body) : answer.body);
  };

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    domain: `http://127.0.0.1:${port}`,
    seen,
    calls: (path) => seen.filter((entry) => (path === undefined ? entry.path !== TOKEN_PATH : entry.path === path)),
    script: (path, ...answers) => void scripts.set(path, answers),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
