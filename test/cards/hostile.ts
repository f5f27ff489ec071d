import fc from 'fast-check';
import type { Block, Column, Doc, Entry, FormField, Inline, Tone } from '../../src/cards/views.ts';

/** Texts that try to be more than text, or to break whoever measures or cuts them. */
export const NASTY = [
  '<at id=all></at>',
  '<at id=ou_1234></at>',
  "<font color='red'>",
  '</font>',
  "<text_tag color='red'>x</text_tag>",
  '<link url=http://a.cn></link>',
  '<br><hr>',
  '&#60;at id=all&#62;',
  '&lt;at&nbsp;',
  '[点我](http://a.cn)',
  '![图](img_v2_x)',
  '](',
  'https://evil.example/a?b=c',
  'www.a.cn',
  'a.cn',
  '例子.中国',
  'mailto:x@a.cn',
  '# 标题',
  '- 项',
  '+ 项',
  '1. 项',
  '1) 项',
  '> 引',
  '```\ncode\n```',
  '`x`',
  '    code',
  '---',
  '===',
  '***',
  '**粗',
  '~~删~~',
  '|a|b|\n|--|--|',
  '$\\frac{1}{2}$',
  ':OK:',
  '","tag":"at","x":"',
  '\\',
  '\\u0000',
  '\r\n\r\n',
  '\n',
  '  ',
  '\t',
  '\u0000\u0001\u001b[31m',
  '\u007f\u0085\u009f',
  '\u2028\u2029',
  '\u202e反\u202c',
  '\u2067x\u2069',
  '\u200e\u200f\u061c',
  '\u200b\u200c\u200d\ufeff\u2060',
  '\ud800',
  '\udc00',
  '\udfff\ud800',
  '👨‍👩‍👧‍👦',
  '🇨🇳🇨🇳🇨🇳',
  'e\u0301\u0301\u0301',
  'नमस्ते',
  'שלום',
  '（一）',
  '2026-11-22 08:30',
  'A1.2',
  '__proto__',
  'constructor',
];

const units = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...NASTY), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
  fc.string({ unit: units, maxLength: 30 }),
  fc.constantFrom('', '城东小学', '校舍安全隐患排查'),
);
const long: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(fc.constantFrom(...NASTY), text), fc.integer({ min: 1000, max: 100_000 }))
  .map(([part, length]) => part.repeat(Math.ceil(length / (part.length || length))).slice(0, length));
const anyText = fc.oneof({ weight: 60, arbitrary: text }, { weight: 1, arbitrary: long });

const tone = fc.constantFrom<Tone>('normal', 'soon', 'late', 'done', 'muted');
const openId = fc.oneof(
  text,
  fc.constantFrom('ou_7d8a6e6df7621556', 'ou_a-B_1', 'all', 'ou_', `ou_${'x'.repeat(5000)}`),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  anyText,
  fc.record({ strong: anyText }),
  fc.record({ text: anyText, tone }),
  fc.record({ mention: fc.record({ name: anyText, openId: fc.option(openId, { nil: undefined }) }) }),
);
const inlines = fc.array(inline, { maxLength: 5 });
const entry: fc.Arbitrary<Entry> = fc.record(
  { head: inlines, lines: fc.array(inlines, { maxLength: 4 }) },
  { requiredKeys: ['head'] },
);
const press = fc.record({
  v: fc.constant(1 as const),
  op: fc.constant('show' as const),
  query: fc.oneof(text, long),
  page: fc.oneof(fc.integer(), fc.double()),
});

/** Cells are either so short that the table stays one, or one of them is so long that it cannot. */
const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor'), text);
const table = (cell: fc.Arbitrary<string>, minLength: number, maxLength: number): fc.Arbitrary<Block> =>
  fc
    .array(fc.record({ key, title: text.map((title) => title.slice(0, 20)) }), { minLength, maxLength, size: 'max' })
    .chain((columns: Column[]) => {
      const row = fc.array(cell, { minLength: columns.length, maxLength: columns.length });
      return fc
        .array(row, { maxLength: 20 })
        .map((rows) => rows.map((cells) => Object.fromEntries(columns.map((c, i) => [c.key, cells[i] ?? '']))))
        .map((rows) => ({ kind: 'table' as const, columns, rows }));
    });

const label = text.map((written) => `栏${written.slice(0, 20)}`);
const options = fc.array(fc.record({ value: anyText, text: anyText }), { maxLength: 90 });
const field = (name: string): fc.Arbitrary<FormField> => {
  const common = { name: fc.constant(name), label, required: fc.boolean(), placeholder: anyText, as: anyText };
  return fc.oneof(
    fc.record({
      ...common,
      kind: fc.constant('text' as const),
      initial: anyText,
      multiline: fc.boolean(),
      maxLength: fc.integer({ min: 1, max: 5000 }),
    }),
    fc.record({ ...common, kind: fc.constant('number' as const), initial: fc.integer(), min: fc.integer() }),
    fc.record({ ...common, kind: fc.constant('select' as const), options, initial: anyText }),
    fc.record({ ...common, kind: fc.constant('multiSelect' as const), options, initial: fc.array(anyText) }),
    fc.record({ ...common, kind: fc.constantFrom('person' as const, 'people' as const), candidates: fc.array(openId) }),
    fc.record({ ...common, kind: fc.constant('date' as const), initial: fc.oneof(text, fc.constant('2026-12-01')) }),
    fc.record({ ...common, kind: fc.constant('time' as const), initial: fc.oneof(text, fc.constant('08:30')) }),
  );
};
const form: fc.Arbitrary<Block> = fc.record(
  {
    kind: fc.constant('form' as const),
    line: anyText,
    once: anyText,
    fields: fc
      .integer({ min: 0, max: 20 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => field(`f${i}`)))),
    submit: label,
    confirm: anyText,
  },
  { requiredKeys: ['kind', 'line', 'once', 'fields', 'submit'] },
);

const chart: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant('chart' as const),
  title: anyText,
  parts: fc.array(fc.record({ bar: anyText, part: anyText, value: fc.double() }), { maxLength: 80 }),
});

const block: fc.Arbitrary<Block> = fc.oneof(
  form,
  chart,
  fc.record({ kind: fc.constant('text' as const), text: inlines }),
  fc.record({ kind: fc.constantFrom('heading' as const, 'section' as const), text: anyText }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: anyText, value: inlines }), { maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant('entries' as const), entries: fc.array(entry, { maxLength: 15 }) }),
  table(
    text.map((cell) => cell.slice(0, 40)),
    0,
    6,
  ),
  table(text, 51, 60),
  fc.record({ kind: fc.constant('note' as const), text: anyText }),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.array(
      fc.record(
        {
          label: text.map((label) => label.slice(0, 20)),
          style: fc.constantFrom('default' as const, 'primary' as const, 'danger' as const),
          press,
        },
        { requiredKeys: ['label', 'press'] },
      ),
      { maxLength: 12 },
    ),
  }),
);

/** Beyond the platform's 50 columns. */
export function isWide(of: Block): boolean {
  return of.kind === 'table' && of.columns.length > 50;
}

export const anyDoc: fc.Arbitrary<Doc> = fc.record(
  {
    title: anyText,
    subtitle: anyText,
    tone,
    tags: fc.array(fc.record({ text: anyText, tone }), { maxLength: 6 }),
    summary: anyText,
    blocks: fc.array(block, { maxLength: 8 }),
    footer: anyText,
    query: fc.oneof(fc.constant('截止 本周'), anyText),
  },
  { requiredKeys: ['title', 'tone', 'summary', 'blocks'] },
);
