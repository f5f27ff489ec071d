import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { DAY_MS, type Instant, MINUTE_MS } from '../domain/calendar/local-date.ts';
import { decrypt } from './decrypt.ts';
import { parseJson } from './json.ts';
import { moment } from './moment.ts';

/** A real event stays far below this; whoever reads the body stops here and answers 413. */
export const MAX_BODY_BYTES = 1_048_576;

/** Lark's last redelivery comes about 7 h after the first try, and may still carry the first signature. Event ids are kept for longer. */
const MAX_AGE_MS = DAY_MS;
const MAX_AHEAD_MS = 5 * MINUTE_MS;

export interface EventSecurity {
  readonly appId: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  /** Also take events that come unencrypted and therefore unsigned. */
  readonly allowPlaintext: boolean;
}

export interface RawRequest {
  /** Exactly as received: the signature covers the bytes. */
  readonly body: Uint8Array;
  readonly headers: { get(name: string): string | null | undefined };
}

/** An authentic schema 2.0 event. */
export interface Envelope {
  readonly eventId: string;
  readonly eventType: string;
  readonly createTime: Instant;
  /** Whose app it is that Lark tells this. */
  readonly tenantKey?: string | undefined;
  readonly event: Readonly<Record<string, unknown>>;
}

export type Opened =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'event'; readonly event: Envelope }
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly reason: string };

const challengeShape = z.object({
  type: z.literal('url_verification'),
  token: z.string(),
  challenge: z.string().max(1024),
});
const encryptedShape = z.object({ encrypt: z.string() });
const envelopeShape = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: z.string().min(1).max(200),
    event_type: z.string().min(1).max(200),
    create_time: moment,
    token: z.string(),
    app_id: z.string(),
    tenant_key: z.string().min(1).max(200).optional().catch(undefined),
  }),
  event: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Establishes that a request comes from Lark, is meant for this app, and is at most 24 h old. Never throws. `url_verification` is the
 * one thing that Lark sends unsigned, even with an Encrypt Key; its token is what is checked. A refusal's reason is for the answer
 * and the log: it holds nothing from the request.
 */
export function openEnvelope(request: RawRequest, config: EventSecurity, now: Instant): Opened {
  const outer = parseBytes(request.body);
  if (!outer.ok) return refuse(400, `the body is ${outer.reason}`);
  // Siblings of `encrypt` are never looked at; the SDK's dispatcher would let them replace what was encrypted.
  const sealed = encryptedShape.safeParse(outer.value);
  return sealed.success
    ? openEncrypted(request, sealed.data.encrypt, config, now)
    : openPlaintext(outer.value, config, now);
}

function openEncrypted(request: RawRequest, encrypted: string, config: EventSecurity, now: Instant): Opened {
  const plain = decrypt(encrypted, config.encryptKey);
  const inner = plain === undefined ? undefined : parseJson(trimToObject(plain));
  const asked = challengeShape.safeParse(inner?.ok ? inner.value : undefined);
  if (asked.success && same(asked.data.token, config.verificationToken)) return challenge(asked.data.challenge);
  // One answer for whatever went wrong before the signature: telling bad padding from a bad signature would be a padding oracle.
  if (!signatureFits(request, config.encryptKey)) return refuse(401, 'the signature is missing or wrong');
  if (inner === undefined) return refuse(400, 'the encrypted text is damaged or made with another Encrypt Key');
  if (!inner.ok) return refuse(400, `the decrypted text is ${inner.reason}`);
  if (asked.success) return refuse(401, WRONG_TOKEN);
  return openInner(inner.value, config, () => signedAt(request), now);
}

function openPlaintext(outer: unknown, config: EventSecurity, now: Instant): Opened {
  const asked = challengeShape.safeParse(outer);
  if (asked.success) {
    return same(asked.data.token, config.verificationToken)
      ? challenge(asked.data.challenge)
      : refuse(401, WRONG_TOKEN);
  }
  if (typeof outer !== 'object' || outer === null || Array.isArray(outer))
    return refuse(400, 'the body is not an object');
  if (!config.allowPlaintext) return refuse(401, 'the event is not encrypted');
  return openInner(outer, config, (envelope) => envelope.createTime, now);
}

function openInner(
  value: unknown,
  config: EventSecurity,
  madeAt: (envelope: Envelope) => Instant | undefined,
  now: Instant,
): Opened {
  const parsed = envelopeShape.safeParse(value);
  if (!parsed.success) return refuse(400, 'not a schema 2.0 event');
  const { header, event } = parsed.data;
  if (!same(header.token, config.verificationToken)) return refuse(401, WRONG_TOKEN);
  if (!same(header.app_id, config.appId)) return refuse(401, 'the event is for another app');
  const envelope: Envelope = {
    eventId: header.event_id,
    eventType: header.event_type,
    createTime: header.create_time,
    tenantKey: header.tenant_key,
    event,
  };
  const age = now - (madeAt(envelope) ?? Number.NaN);
  if (Number.isNaN(age)) return refuse(401, 'the request timestamp is not Unix time');
  if (age > MAX_AGE_MS) return refuse(401, 'the event is older than 24 hours');
  if (age < -MAX_AHEAD_MS) return refuse(401, 'the event is more than 5 minutes ahead of this clock');
  return { kind: 'event', event: envelope };
}

/** Lower-case hex of SHA-256 over timestamp, nonce, Encrypt Key and the raw body: a plain hash, not an HMAC. */
function signatureFits({ body, headers }: RawRequest, encryptKey: string): boolean {
  const timestamp = headers.get('x-lark-request-timestamp');
  const nonce = headers.get('x-lark-request-nonce');
  const given = headers.get('x-lark-signature');
  if (!timestamp || !nonce || !given || encryptKey === '') return false;
  const expected = createHash('sha256')
    .update(timestamp + nonce + encryptKey, 'utf8')
    .update(body)
    .digest('hex');
  return same(given, expected);
}

/**
 * Seconds in every sample seen; milliseconds are taken too. The exact lengths matter: the signature covers timestamp and nonce without
 * a separator, so a replay may move digits from one to the other, and no such shift between 10 and 13 digits changes the second.
 */
function signedAt({ headers }: RawRequest): Instant | undefined {
  const text = headers.get('x-lark-request-timestamp') ?? '';
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  return /^\d{13}$/.test(text) ? Number(text) : undefined;
}

/** Equal and not empty, in a time that does not tell where two strings differ: digests have one length. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(given), digest(expected)) && expected !== '';
}

function parseBytes(body: Uint8Array): ReturnType<typeof parseJson> {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { ok: false, reason: 'not UTF-8' };
  }
}

/** The Go SDK cuts the decrypted text to its outermost braces, so stray bytes around it have occurred. */
const trimToObject = (text: string): string => text.slice(Math.max(0, text.indexOf('{')), text.lastIndexOf('}') + 1);

const WRONG_TOKEN = 'the verification token is wrong';
const challenge = (text: string): Opened => ({ kind: 'challenge', challenge: text });
const refuse = (status: 400 | 401, reason: string): Opened => ({ kind: 'refused', status, reason });
