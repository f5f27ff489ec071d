import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePress } from '../../src/cards/press.ts';

const good = { v: 1, op: 'show', query: '截止 本周', page: 2 };

test('a press of ours is read as it was sent', () => {
  expect(parsePress(JSON.parse(JSON.stringify(good)))).toEqual(good);
  expect(parsePress({ ...good, query: '字'.repeat(500), page: 9999 })).toBeDefined();
  expect(parsePress({ ...good, saidOn: '2026-04-20' })).toEqual({ ...good, saidOn: '2026-04-20' });
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a string', '{"v":1,"op":"show","query":"x","page":1}'],
  ['a list', [1, 'show', '截止', 1]],
  ['another version', { ...good, v: 2 }],
  ['a version in words', { ...good, v: '1' }],
  ['another operation', { ...good, op: 'delete' }],
  ['no query', { v: 1, op: 'show', page: 1 }],
  ['an empty query', { ...good, query: '' }],
  ['a query of 501 characters', { ...good, query: '字'.repeat(501) }],
  ['a query that is a list', { ...good, query: ['截止'] }],
  ['page 0', { ...good, page: 0 }],
  ['page 10000', { ...good, page: 10_000 }],
  ['half a page', { ...good, page: 1.5 }],
  ['a page in words', { ...good, page: '2' }],
  ['no page', { ...good, page: Number.NaN }],
  ['a scope of its own', { ...good, scope: 'u_1' }],
  ['a day of sending that is none', { ...good, saidOn: '2026-02-30' }],
])('%s is refused', (_, value) => {
  expect(parsePress(value)).toBeUndefined();
});

test('anything is either refused or a press', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true }), (value) => {
      const press = parsePress(value);
      if (press) expect(press).toEqual(value);
    }),
  );
});
