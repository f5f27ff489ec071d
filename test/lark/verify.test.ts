import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decrypt } from '../../src/lark/decrypt.ts';
import { openEnvelope, type RawRequest } from '../../src/lark/verify.ts';
import { bytes, eventBody, NOW, seal, sealed, security, signed, unsigned } from './envelopes.ts';

const open = (request: RawRequest, change: Partial<typeof security> = {}, now = NOW) =>
  openEnvelope(request, { ...security, ...change }, now);
const HOUR = 3_600_000;
const secondsBefore = (ms: number) => String((NOW - ms) / 1000);

describe('vectors', () => {
  test("the platform's own vector decrypts", () => {
    expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
  });

  const vector =
    '{"encrypt":"AAECAwQFBgcICQoLDA0OD9f9wT+9irvSOo90S3ts0qaJ8ALeszRWMPjBZAcGZDe+iI6HN5YSF1+E7icjR6929DdFd6o6sSqhWgk7vQTGJrI="}';

  test('the body and the signature that the official SDK accepts are accepted', () => {
    const headers = new Headers({
      'x-lark-request-timestamp': '1700000000',
      'x-lark-request-nonce': 'nonce-1',
      'x-lark-signature': '2e02204deb6023fc9e1e7d27c8c4bdc6b95e4339d97121c8201e40fc818768f7',
    });
    const wrongToken = { verificationToken: 'another' };
    expect(open({ body: bytes(vector), headers })).toEqual({ kind: 'challenge', challenge: 'ch-1' });
    // Past the signature the token is looked at; without it the answer would be about the signature.
    expect(open({ body: bytes(vector), headers }, wrongToken)).toMatchObject({
      reason: 'the verification token is wrong',
    });
    expect(open(unsigned(vector), wrongToken)).toMatchObject({ reason: 'the signature is missing or wrong' });
  });
});

describe('url_verification', () => {
  const challenge = { challenge: 'ch-1', token: 'vt-1', type: 'url_verification' };

  test.each([
    ['plain', JSON.stringify(challenge)],
    ['encrypted', sealed(challenge)],
  ])('%s and unsigned is answered when the token matches', (_, body) => {
    expect(open(unsigned(body))).toEqual({ kind: 'challenge', challenge: 'ch-1' });
  });

  test.each([
    ['plain', JSON.stringify({ ...challenge, token: 'vt-2' })],
    ['encrypted', sealed({ ...challenge, token: 'vt-2' })],
    ['encrypted with another key', sealed(challenge, 'another key')],
  ])('%s with a wrong token or key is refused', (_, body) => {
    expect(open(unsigned(body))).toMatchObject({ kind: 'refused', status: 401 });
  });

  test('an empty configured token matches nothing', () => {
    const body = JSON.stringify({ ...challenge, token: '' });
    expect(open(unsigned(body), { verificationToken: '' })).toMatchObject({ kind: 'refused' });
  });
});

describe('an authentic event', () => {
  test('is opened', () => {
    expect(open(signed(sealed(eventBody())))).toEqual({
      kind: 'event',
      event: {
        eventId: '5e3702a84e847582be8db7fb73283c02',
        eventType: 'im.message.receive_v1',
        createTime: NOW,
        tenantKey: '736588c9260f175e',
        event: { some: 'thing' },
      },
    });
  });

  test('is signed over its raw bytes: insignificant whitespace does no harm', () => {
    expect(open(signed(`{ "encrypt" : "${seal(JSON.stringify(eventBody()))}"\n}`))).toMatchObject({ kind: 'event' });
  });

  test('may have stray bytes around the encrypted JSON', () => {
    expect(open(signed(sealed(`\u0000xx${JSON.stringify(eventBody())}\u0000`)))).toMatchObject({ kind: 'event' });
  });

  test('takes nothing from the siblings of encrypt', () => {
    const body = JSON.stringify({
      encrypt: seal(JSON.stringify(eventBody())),
      event: { forged: true },
      header: { event_type: 'im.chat.disbanded_v1' },
    });
    expect(open(signed(body))).toMatchObject({
      event: { eventType: 'im.message.receive_v1', event: { some: 'thing' } },
    });
  });

  test.each([
    ['microseconds', `${NOW}000`, NOW],
    ['seconds', String(NOW).slice(0, 10), Math.floor(NOW / 1000) * 1000],
  ])('may state its time in %s', (_, create_time, createTime) => {
    const body = sealed(eventBody({ header: { create_time } }));
    expect(open(signed(body))).toMatchObject({ event: { createTime } });
  });

  test.each([
    ['23 hours and 59 minutes old', secondsBefore(24 * HOUR - 60_000)],
    ['4 minutes ahead', secondsBefore(-4 * 60_000)],
    ['stamped in milliseconds', String(NOW)],
  ])('is accepted %s', (_, timestamp) => {
    expect(open(signed(sealed(eventBody()), { timestamp }))).toMatchObject({ kind: 'event' });
  });

  test('is judged by its signed time, not by create_time, which a redelivery keeps', () => {
    const body = sealed(eventBody({ header: { create_time: String(NOW - 25 * HOUR) } }));
    expect(open(signed(body))).toMatchObject({ kind: 'event' });
  });

  test('may be plain text where the operator allows it, judged by create_time', () => {
    const plain = { allowPlaintext: true };
    expect(open(unsigned(JSON.stringify(eventBody())), plain)).toMatchObject({ kind: 'event' });
    for (const ms of [NOW - 25 * HOUR, NOW + 6 * 60_000]) {
      const body = JSON.stringify(eventBody({ header: { create_time: String(ms) } }));
      expect(open(unsigned(body), plain)).toMatchObject({ kind: 'refused', status: 401 });
    }
  });
});

describe('refused with 401', () => {
  const event = sealed(eventBody());
  const flip = (request: RawRequest, name: string): RawRequest => {
    const headers = new Headers();
    for (const header of ['X-Lark-Request-Timestamp', 'X-Lark-Request-Nonce', 'X-Lark-Signature']) {
      const value = request.headers.get(header) ?? '';
      headers.set(header, header === name ? (value.startsWith('0') ? '1' : '0') + value.slice(1) : value);
    }
    return { ...request, headers };
  };
  const table: [string, RawRequest, string][] = [
    ['no signature', unsigned(event), 'the signature is missing or wrong'],
    ['a wrong signature', flip(signed(event), 'X-Lark-Signature'), 'the signature is missing or wrong'],
    ['a changed timestamp', flip(signed(event), 'X-Lark-Request-Timestamp'), 'the signature is missing or wrong'],
    ['a changed nonce', flip(signed(event), 'X-Lark-Request-Nonce'), 'the signature is missing or wrong'],
    [
      'a changed body',
      { ...signed(event), body: bytes(event.replace('{', '{ ')) },
      'the signature is missing or wrong',
    ],
    [
      'another Encrypt Key',
      signed(sealed(eventBody(), 'k2'), { encryptKey: 'k2' }),
      'the signature is missing or wrong',
    ],
    ['an age of 25 hours', signed(event, { timestamp: secondsBefore(25 * HOUR) }), 'the event is older than 24 hours'],
    [
      'a time 6 minutes ahead',
      signed(event, { timestamp: secondsBefore(-6 * 60_000) }),
      'the event is more than 5 minutes ahead of this clock',
    ],
    ['a timestamp that is no number', signed(event, { timestamp: 'soon' }), 'the request timestamp is not Unix time'],
    ['plain text', unsigned(JSON.stringify(eventBody())), 'the event is not encrypted'],
    ['signed plain text', signed(JSON.stringify(eventBody())), 'the event is not encrypted'],
    ['a wrong token', signed(sealed(eventBody({ header: { token: 'vt-2' } }))), 'the verification token is wrong'],
    ['another app', signed(sealed(eventBody({ header: { app_id: 'cli_0' } }))), 'the event is for another app'],
  ];
  test.each(table)('%s', (_, request, reason) => {
    expect(open(request)).toEqual({ kind: 'refused', status: 401, reason });
  });

  test('without an Encrypt Key nothing encrypted is believed', () => {
    const request = signed(sealed(eventBody(), ''), { encryptKey: '' });
    expect(open(request, { encryptKey: '' })).toMatchObject({ kind: 'refused', status: 401 });
  });

  test('a digit moved from the nonce to the timestamp gains no time', () => {
    const old = signed(event, { timestamp: secondsBefore(25 * HOUR), nonce: '123456' });
    for (let digits = 1; digits <= 6; digits += 1) {
      const headers = new Headers({
        'X-Lark-Request-Timestamp': secondsBefore(25 * HOUR) + '123456'.slice(0, digits),
        'X-Lark-Request-Nonce': '123456'.slice(digits) || 'x',
        'X-Lark-Signature': old.headers.get('x-lark-signature') ?? '',
      });
      expect(open({ ...old, headers })).toMatchObject({ kind: 'refused', status: 401 });
    }
  });

  test('unsigned ciphertext gets one answer, whatever is wrong inside: no padding oracle', () => {
    const blob = Buffer.from(seal(JSON.stringify(eventBody())), 'base64');
    const answers = new Set<string>();
    for (let value = 0; value < 256; value += 1) {
      blob[blob.length - 17] = value;
      answers.add(JSON.stringify(open(unsigned(JSON.stringify({ encrypt: blob.toString('base64') })))));
    }
    expect([...answers]).toEqual([
      JSON.stringify({ kind: 'refused', status: 401, reason: 'the signature is missing or wrong' }),
    ]);
  });
});

describe('refused with 400', () => {
  const cut = (base64: string, byteCount: number) =>
    JSON.stringify({ encrypt: Buffer.from(base64, 'base64').subarray(0, -byteCount).toString('base64') });
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const table: [string, string | Uint8Array][] = [
    ['an empty body', ''],
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    ['100,000 nested arrays', deep],
    ['100,000 nested objects', '{"a":'.repeat(100_000)],
    ['a deep list beside encrypt', `{"encrypt":"${seal('{}')}","x":${deep}}`],
    ['encrypt twice', `{"encrypt":"${seal('{}')}","encrypt":"${seal(JSON.stringify(eventBody()))}"}`],
    ['encrypt twice, once escaped', `{"encrypt":"","\\u0065ncrypt":"${seal(JSON.stringify(eventBody()))}"}`],
    ['ciphertext cut by a block', cut(seal(JSON.stringify(eventBody())), 16)],
    ['ciphertext cut by a byte', cut(seal(JSON.stringify(eventBody())), 1)],
    ['ciphertext without an IV', '{"encrypt":"AAAA"}'],
    ['an empty encrypt', '{"encrypt":""}'],
    ['encrypted nonsense', sealed('hello')],
    ['an encrypted list', sealed('[]')],
    ['encrypted deep JSON', sealed(`{"event":${deep}}`)],
    ['an encrypted repeated key', sealed('{"schema":"2.0","schema":"2.0"}')],
    ['an encrypted object that is no event', sealed({})],
    [
      'a schema 1.0 event',
      sealed({ ts: '1', uuid: 'u', token: 'vt-1', type: 'event_callback', event: { type: 'message' } }),
    ],
    ['an event without an id', sealed(eventBody({ header: { event_id: '' } }))],
    ['an event whose event is a list', sealed(eventBody({ event: [] }))],
    ['an event without a time', sealed(eventBody({ header: { create_time: 'now' } }))],
  ];
  test.each(table)('%s', (_, body) => {
    const answer = open(signed(body));
    expect(answer).toMatchObject({
      kind: 'refused',
      status: 400,
      reason: expect.stringMatching(/^[\x20-\x7e]{5,80}$/),
    });
  });

  test('an encrypt that is no string counts as plain text', () => {
    expect(open(signed('{"encrypt":{}}'))).toMatchObject({ kind: 'refused', status: 401 });
  });
});

describe('whatever arrives', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map(bytes),
    fc.json({ noUnicodeString: false }).map(bytes),
    fc
      .uint8Array({ maxLength: 200 })
      .map((blob) => bytes(JSON.stringify({ encrypt: Buffer.from(blob).toString('base64') }))),
    fc.json().map((text) => bytes(sealed(text))),
  );
  const headers = fc.record({
    timestamp: fc.oneof(fc.string(), fc.constant(String(NOW / 1000))),
    nonce: fc.string(),
    signature: fc.string(),
  });

  test('is refused and nothing is thrown, signed or not, plain text allowed or not', () => {
    fc.assert(
      fc.property(anything, headers, fc.boolean(), (body, { timestamp, nonce, signature }, allowPlaintext) => {
        const lookup = new Map([
          ['x-lark-request-timestamp', timestamp],
          ['x-lark-request-nonce', nonce],
          ['x-lark-signature', signature],
        ]);
        const config = { ...security, allowPlaintext };
        for (const request of [{ body, headers: lookup }, signed(body), unsigned(body)]) {
          expect(openEnvelope(request, config, NOW).kind).toBe('refused');
        }
      }),
      { numRuns: 500 },
    );
  });
});
