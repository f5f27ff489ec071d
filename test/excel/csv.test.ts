import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, parseCsv } from '../../src/excel/csv.ts';

const values = (text: string) => parseCsv(text).map((row) => row.map((cell) => cell?.value ?? null));

test('fields may be quoted, and hold commas, quotes and line breaks', () => {
  expect(values('a,"b,c","d""e","f\r\ng"\r\n1,,3,\r\n')).toEqual([
    ['a', 'b,c', 'd"e', 'f\r\ng'],
    ['1', null, '3', null],
  ]);
});
test.each(['\r\n', '\n', '\r'])('rows end with %j, the last one with or without', (end) => {
  expect(values(`a,b${end}c,d`)).toEqual(values(`a,b${end}c,d${end}`));
});
test('an empty line is an empty row, so that row numbers stay right', () => {
  expect(values('a\n\nb')).toEqual([['a'], [null], ['b']]);
});
test('whatever is written is read back', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '中', ' ') });
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 1 }), { minLength: 1 }), (rows) => {
      const written = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      expect(values(written)).toEqual(rows.map((row) => row.map((value) => (value === '' ? null : value))));
    }),
  );
});
test('text is UTF-8 with or without a mark, else GBK', () => {
  expect(decodeText(new TextEncoder().encode('\ufeff单位'))).toBe('单位');
  expect(decodeText(new TextEncoder().encode('单位'))).toBe('单位');
  expect(decodeText(new Uint8Array([0xb5, 0xa5, 0xce, 0xbb]))).toBe('单位');
  expect(decodeText(new Uint8Array([0xff, 0xff, 0x0a]))).toBeUndefined();
});
