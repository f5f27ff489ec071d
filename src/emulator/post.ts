import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Clock } from './clock.ts';

export interface Answer {
  /** 0: no answer in time, or no connection; then `error` says which. */
  readonly status: number;
  readonly body: string;
  readonly error?: string;
}

/**
 * One POST over a connection of its own, so that a restarted bot never meets a stale one. Late by the given clock is late: the
 * connection is cut and the answer lost.
 */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  limit: { readonly clock: Clock; readonly ms: number },
): Promise<Answer> {
  const { clock, ms } = limit;
  const cancel = new AbortController();
  const late = clock.until(clock.now() + ms).then((): Answer => {
    cancel.abort();
    return { status: 0, body: '', error: `no answer within ${ms} ms` };
  });
  const sent = send(url, headers, body, cancel.signal);
  return Promise.race([clock.during ? clock.during(sent) : sent, late]);
}

const send = (url: string, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) =>
  new Promise<Answer>((resolve) => {
    const failed = (error: Error) => resolve({ status: 0, body: '', error: error.message });
    const open = url.startsWith('https:') ? secureRequest : request;
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const call = open(url, { method: 'POST', headers: { ...headers, ...length }, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    call.on('error', failed);
    call.end(body);
  });
