import type { Clock } from './clock.ts';
import type { Ids, LarkApp } from './lark-app.ts';
import { type Answer, post } from './post.ts';
import { encrypt, sign } from './seal.ts';
import type { WireLog } from './wire-log.ts';

/** A failed event is pushed again after these pauses, at most four times; the last comes about 7 h after the first. */
const RETRY_AFTER_MS: readonly number[] = [15_000, 300_000, 3_600_000, 21_600_000];
const EVENT_LIMIT_MS = 3000;
const HANDSHAKE_LIMIT_MS = 1000;

/**
 * What a forger, a fault or a misconfiguration sends instead. signature: of another body. unsigned: no signature headers. plaintext:
 * not encrypted. wrongKey: encrypted and signed with another key. wrongToken, wrongApp: another app's. truncated: half the
 * ciphertext, signed. whitespace: insignificant blanks in the outer body, signed rightly, to be accepted. aged: a right push of
 * `agedMs` ago (negative: from the future).
 */
export type Tamper =
  | 'signature'
  | 'unsigned'
  | 'plaintext'
  | 'wrongKey'
  | 'wrongToken'
  | 'wrongApp'
  | 'truncated'
  | 'whitespace'
  | { readonly agedMs: number };

export interface Attempt {
  readonly at: number;
  readonly status: number;
  readonly error?: string;
}

export interface DeliveryReport {
  readonly eventId: string | undefined;
  readonly eventType: string;
  /** Answered 200 in time. */
  readonly accepted: boolean;
  /** Why it was never pushed: no address, no scope, no subscription, bot not in the chat. */
  readonly withheld?: string;
  readonly attempts: readonly Attempt[];
}

interface Envelope {
  readonly eventId: string;
  readonly eventType: string;
  readonly event: object;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Pushes events as the platform does: encrypted, signed, at least once, in no promised order. */
export class Events {
  readonly #app: LarkApp;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #log: WireLog;
  readonly #sent = new Map<string, Envelope>();
  readonly reports: DeliveryReport[] = [];
  /** Whether a retry carries a new timestamp and signature; the documents do not say. */
  signAnew = true;
  #closed = false;

  constructor(of: { app: LarkApp; clock: Clock; ids: Ids; log: WireLog }) {
    this.#app = of.app;
    this.#clock = of.clock;
    this.#ids = of.ids;
    this.#log = of.log;
  }

  /** With the retry schedule when the first push fails. A tampered one is pushed once. */
  push(eventType: string, event: object, tamper?: Tamper): { eventId: string; delivered: Promise<DeliveryReport> } {
    const envelope = this.envelope(eventType, event, tamper);
    this.#sent.set(envelope.eventId, envelope);
    return { eventId: envelope.eventId, delivered: this.#deliver(envelope, tamper) };
  }

  withhold(eventType: string, withheld: string): DeliveryReport {
    const report = { eventId: undefined, eventType, accepted: false, withheld, attempts: [] };
    this.reports.push(report);
    return report;
  }

  /** The same event again, all copies at once; `anew`: each under an event id of its own, as the platform may do with a message. */
  async redeliver(eventId: string, copies = 1, anew = false): Promise<readonly Attempt[]> {
    const sent = this.#sent.get(eventId);
    if (!sent) throw new RangeError(`no such event: ${eventId}`);
    const copy = () => (anew ? this.envelope(sent.eventType, sent.event) : sent);
    return Promise.all(
      Array.from({ length: copies }, copy).map((envelope) => this.#attempt(envelope, this.seal(envelope))),
    );
  }

  /** url_verification: encrypted when there is a key, never signed, answered within 1 s with the challenge. */
  async handshake(url: string, token = this.#app.verificationToken): Promise<Answer & { readonly accepted: boolean }> {
    const challenge = this.#ids();
    const text = JSON.stringify({ challenge, token, type: 'url_verification' });
    const { encryptKey } = this.#app;
    const body = encryptKey ? JSON.stringify({ encrypt: encrypt(encryptKey, text) }) : text;
    const at = this.#clock.now();
    const answer = await post(url, JSON_TYPE, body, { clock: this.#clock, ms: HANDSHAKE_LIMIT_MS });
    this.#logged('handshake', at, url, answer);
    const accepted = answer.status === 200 && readJson(answer.body)?.['challenge'] === challenge;
    return { ...answer, accepted };
  }

  /** Bytes as given, once, to the events' address. */
  async raw(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const at = this.#clock.now();
    const url = this.#app.eventsUrl;
    if (url === undefined) return { status: 0, body: '', error: 'no address' };
    const answer = await post(url, { ...JSON_TYPE, ...headers }, body, { clock: this.#clock, ms: EVENT_LIMIT_MS });
    this.#logged('push', at, url, answer);
    return answer;
  }

  close(): void {
    this.#closed = true;
  }

  envelope(eventType: string, event: object, tamper?: Tamper): Envelope {
    const eventId = this.#ids();
    const created = this.#clock.now() - (typeof tamper === 'object' ? tamper.agedMs : 0);
    const header = {
      event_id: eventId,
      event_type: eventType,
      create_time: String(created),
      token: tamper === 'wrongToken' ? 'not-the-token' : this.#app.verificationToken,
      app_id: tamper === 'wrongApp' ? 'cli_0000000000000000' : this.#app.appId,
      tenant_key: this.#app.tenantKey,
    };
    return { eventId, eventType, event, json: { schema: '2.0', header, event } };
  }

  /** Signed (and encrypted, when there is a key) by the present clock. */
  seal(envelope: Envelope, tamper?: Tamper): { body: string; headers: Record<string, string> } {
    const { encryptKey } = this.#app;
    const plaintext = JSON.stringify(envelope.json);
    if (!encryptKey) return { body: plaintext, headers: { ...JSON_TYPE } };
    const key = tamper === 'wrongKey' ? 'not-the-key' : encryptKey;
    const whole = encrypt(key, plaintext);
    const cipher = tamper === 'truncated' ? whole.slice(0, whole.length >> 1) : whole;
    let body = tamper === 'plaintext' ? plaintext : JSON.stringify({ encrypt: cipher });
    if (tamper === 'whitespace') body = JSON.stringify({ encrypt: cipher }, undefined, 2);
    if (tamper === 'unsigned') return { body, headers: { ...JSON_TYPE } };
    const aged = typeof tamper === 'object' ? tamper.agedMs : 0;
    const timestamp = String(Math.floor((this.#clock.now() - aged) / 1000));
    const nonce = this.#ids().slice(0, 16);
    const signed = sign(timestamp, nonce, key, tamper === 'signature' ? `${body} ` : body);
    const headers = {
      'X-Lark-Request-Timestamp': timestamp,
      'X-Lark-Request-Nonce': nonce,
      'X-Lark-Signature': signed,
    };
    return { body, headers: { ...JSON_TYPE, ...headers } };
  }

  async #deliver(envelope: Envelope, tamper: Tamper | undefined): Promise<DeliveryReport> {
    const attempts: Attempt[] = [];
    let accepted = false;
    let sealed = this.seal(envelope, tamper);
    let at = this.#clock.now();
    for (const pause of [0, ...(tamper === undefined ? RETRY_AFTER_MS : [])]) {
      at += pause;
      await this.#clock.until(at);
      if (this.#closed) break;
      if (this.signAnew && attempts.length > 0) sealed = this.seal(envelope);
      const attempt = await this.#attempt(envelope, sealed);
      attempts.push(attempt);
      accepted = attempt.status === 200;
      if (accepted) break;
    }
    const report = { eventId: envelope.eventId, eventType: envelope.eventType, accepted, attempts };
    this.reports.push(report);
    return report;
  }

  async #attempt(envelope: Envelope, sealed: { body: string; headers: Record<string, string> }): Promise<Attempt> {
    const at = this.#clock.now();
    const url = this.#app.eventsUrl;
    if (url === undefined) return { at, status: 0, error: 'no address' };
    const answer = await post(url, sealed.headers, sealed.body, { clock: this.#clock, ms: EVENT_LIMIT_MS });
    this.#logged('push', at, url, answer, envelope);
    return { at, status: answer.status, ...(answer.error === undefined ? {} : { error: answer.error }) };
  }

  #logged(kind: 'push' | 'handshake', at: number, url: string, answer: Answer, envelope?: Envelope): void {
    this.#log.add({
      kind,
      at,
      ms: this.#clock.now() - at,
      method: 'POST',
      path: new URL(url).pathname,
      status: answer.status,
      eventId: envelope?.eventId,
      eventType: envelope?.eventType,
    });
  }
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

export function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
