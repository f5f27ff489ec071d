import { createCipheriv, createHash } from 'node:crypto';
import type { EventSecurity, RawRequest } from '../../src/lark/verify.ts';

/** 2025-11-21 16:00:00 in Beijing. */
export const NOW = 1_763_712_000_000;

export const security: EventSecurity = {
  appId: 'cli_a1b2c3d4e5f60718',
  encryptKey: 'test key',
  verificationToken: 'vt-1',
  allowPlaintext: false,
};

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function eventBody(change: { header?: object; event?: object; [key: string]: unknown } = {}): object {
  const { header, event, ...rest } = change;
  return {
    schema: '2.0',
    header: {
      event_id: '5e3702a84e847582be8db7fb73283c02',
      event_type: 'im.message.receive_v1',
      create_time: String(NOW),
      token: 'vt-1',
      app_id: 'cli_a1b2c3d4e5f60718',
      tenant_key: '736588c9260f175e',
      ...header,
    },
    event: event ?? { some: 'thing' },
    ...rest,
  };
}

/** Written from the platform's documents, apart from the code under test. */
export function seal(plain: string, encryptKey = security.encryptKey): string {
  const iv = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

export const sealed = (plain: unknown, encryptKey?: string): string =>
  JSON.stringify({ encrypt: seal(typeof plain === 'string' ? plain : JSON.stringify(plain), encryptKey) });

export const unsigned = (body: string | Uint8Array): RawRequest => ({
  body: typeof body === 'string' ? bytes(body) : body,
  headers: new Headers(),
});

export function signed(
  body: string | Uint8Array,
  { timestamp = String(NOW / 1000), nonce = 'nonce-1', encryptKey = security.encryptKey } = {},
): RawRequest {
  const raw = typeof body === 'string' ? bytes(body) : body;
  const signature = createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(raw)
    .digest('hex');
  return {
    body: raw,
    headers: new Headers({
      'X-Lark-Request-Timestamp': timestamp,
      'X-Lark-Request-Nonce': nonce,
      'X-Lark-Signature': signature,
    }),
  };
}
