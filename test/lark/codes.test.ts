import { describe, expect, test } from 'vitest';
import { CODES, type CodeClass, classify } from '../../src/lark/codes.ts';
import type { Failure } from '../../src/ports/messenger.ts';

test('no code stands twice', () => {
  expect(new Set(CODES.map((row) => row.code)).size).toBe(CODES.length);
});

describe('by code', () => {
  const expected: Record<CodeClass, object> = {
    rate: { kind: 'retry', unknown: false },
    transient: { kind: 'retry', unknown: true },
    token: { kind: 'misconfigured' },
    configuration: { kind: 'misconfigured' },
    gone: { kind: 'gone' },
    target: { kind: 'refused' },
    message: { kind: 'refused' },
    content: { kind: 'refused' },
    request: { kind: 'refused' },
  };
  test.each(CODES)('$code ($meaning) is $class', ({ code, class: cls, meaning }) => {
    const failure = classify({ status: 400, code });
    expect(failure).toMatchObject(expected[cls]);
    expect(failure.reason).toBe(`${code} ${meaning}`);
    if ('code' in failure) expect(failure.code).toBe(code);
  });

  test.each<[number, CodeClass]>([
    [99991400, 'rate'],
    [230020, 'rate'],
    [99991663, 'token'],
    [99991672, 'configuration'],
    [10014, 'configuration'],
    [230002, 'gone'],
    [230013, 'target'],
    [230011, 'message'],
    [230025, 'content'],
    [230099, 'content'],
    [99991403, 'configuration'],
    [230053, 'target'],
    [230110, 'message'],
    [232009, 'gone'],
  ])('%i is %s by the documents, whatever the table says', (code, cls) => {
    expect(classify({ status: 400, code })).toMatchObject(expected[cls]);
  });

  test("Lark's own words are kept, cut at 300 characters", () => {
    const msg = `Failed to create card content, ext=ErrCode: 200621; ${'x'.repeat(400)}`;
    const { reason } = classify({ status: 400, code: 230099, msg });
    expect(reason).toMatch(/^230099 the card is refused \(Failed to create card content, ext=ErrCode: 200621/);
    expect(reason.length).toBeLessThan(340);
  });
});

describe('by what Lark says beside the code', () => {
  const because = (code: number, cause: string) => classify({ status: 400, code, msg: `Failed, ext=${cause}` });

  test('a card that is just being used is tried again, one with too much in it is not', () => {
    for (const cause of ['ErrCode: 11310; ErrMsg: card action is lock;', 'card action is lock', 'ErrCode: 11310;'])
      expect(because(230099, cause), cause).toMatchObject({ kind: 'retry', unknown: false });
    for (const cause of ['ErrCode: 11310; ErrMsg: card table number over limit;', 'ErrCode: 113101;'])
      expect(because(230099, cause), cause).toMatchObject({ kind: 'refused' });
  });

  test('a card that is refused for somebody whom it mentions is known as such', () => {
    for (const cause of ['ErrCode: 100290; invalid user resource', 'ErrCode: 11246;'])
      expect(because(230099, cause), cause).toMatchObject({ kind: 'refused', mention: true });
    expect(because(230099, 'ErrCode: 200621;')).not.toHaveProperty('mention');
  });

  test('a right that is a scope is for whoever configures the app', () => {
    expect(because(230027, 'need scope im:message.group_msg')).toMatchObject({ kind: 'misconfigured' });
    expect(because(230027, 'no permission')).toMatchObject({ kind: 'refused' });
  });

  test('the limit of the app and the one of a chat are told apart', () => {
    expect(because(99991400, '')).toMatchObject({ kind: 'retry', limit: 'api' });
    expect(because(230020, '')).toMatchObject({ kind: 'retry', limit: 'chat' });
    expect(classify({ status: 429, code: 7 })).toMatchObject({ kind: 'retry', limit: 'api' });
    expect(because(232019, '')).not.toHaveProperty('limit', 'api');
  });
});

describe('by status, where the code says nothing', () => {
  test.each<[string, { status: number; code?: number }, Partial<Failure>]>([
    ['429', { status: 429 }, { kind: 'retry', unknown: false }],
    ['429 with an unknown code', { status: 429, code: 7 }, { kind: 'retry', unknown: false }],
    ['500', { status: 500 }, { kind: 'retry', unknown: true }],
    ['503 with an unknown code', { status: 503, code: 7 }, { kind: 'retry', unknown: true }],
    ["a gateway's page with 200", { status: 200 }, { kind: 'retry', unknown: true }],
    ['401', { status: 401 }, { kind: 'misconfigured', code: 401 }],
    ['403', { status: 403 }, { kind: 'misconfigured', code: 403 }],
    ['404', { status: 404 }, { kind: 'refused', code: 404 }],
    ['302', { status: 302 }, { kind: 'refused', code: 302 }],
    ['an unknown code', { status: 400, code: 230999 }, { kind: 'refused', code: 230999 }],
    ['an unknown code with 200', { status: 200, code: 230999 }, { kind: 'refused', code: 230999 }],
    ['a known code with 500', { status: 500, code: 230002 }, { kind: 'gone', code: 230002 }],
  ])('%s', (_, refusal, failure) => {
    expect(classify(refusal)).toMatchObject(failure);
  });
});

describe('the reset header', () => {
  const reset = (value: string) =>
    classify({ status: 429, code: 99991400, headers: { 'x-ogw-ratelimit-reset': value } });
  test.each([
    ['12', 12_000],
    ['0', 0],
    ['0.25', 250],
    ['86400', 3_600_000],
  ])('%s seconds are waited, an hour at most', (value, afterMs) => {
    expect(reset(value)).toMatchObject({ kind: 'retry', afterMs });
  });
  test.each(['', 'soon', '-3'])('"%s" is left to the caller', (value) => {
    expect(reset(value)).not.toHaveProperty('afterMs');
  });
});
