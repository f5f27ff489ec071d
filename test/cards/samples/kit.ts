import type { Block, Doc, FormField, Press } from '../../../src/cards/views.ts';
import { many } from './sample.ts';

type Kind = Block['kind'];
type Written = (text: string) => Block;

const show = (query: string): Press => ({ v: 1, op: 'show', query, page: 1 });

const FIELDS = (text: string): readonly FormField[] => [
  { kind: 'text', name: 'words', label: text, required: true, multiline: true, placeholder: text, initial: text },
  { kind: 'number', name: 'percent', label: text, as: `${text}{}%`, min: 0, max: 100, initial: 60 },
  { kind: 'select', name: 'limit', label: text, options: [{ value: text }, { value: '5', text }], initial: text },
  { kind: 'multiSelect', name: 'days', label: text, options: [{ value: text }], initial: [text] },
  { kind: 'person', name: 'leader', label: text, required: true, candidates: ['ou_a', text] },
  { kind: 'people', name: 'members', label: text, candidates: ['ou_a', 'ou_b'] },
  { kind: 'date', name: 'day', label: text, initial: '2026-04-20' },
  { kind: 'time', name: 'starts', label: text, initial: '08:30' },
];

/** Each block of the kit with a text wherever it takes one; a new kind does not compile without. */
const BLOCKS: Readonly<Record<Kind, Written>> = {
  text: (text) => ({
    kind: 'text',
    text: [text, { strong: text }, { text, tone: 'late' }, { text, tone: 'normal' }],
  }),
  section: (text) => ({ kind: 'section', text }),
  heading: (text) => ({ kind: 'heading', text }),
  fields: (text) => ({
    kind: 'fields',
    fields: [
      { label: text, value: [text, { strong: text }] },
      { label: text, value: [{ text, tone: 'soon' }] },
    ],
  }),
  entries: (text) => ({
    kind: 'entries',
    entries: [{ head: [{ strong: text }, text], lines: [[text], [{ text, tone: 'done' }]] }, { head: [text] }],
  }),
  table: (text) => ({
    kind: 'table',
    columns: [
      { key: 'unit', title: text },
      { key: 'days', title: '天数' },
    ],
    rows: [{ unit: text, days: '3 天' }, { unit: text }],
  }),
  chart: (text) => ({
    kind: 'chart',
    title: text,
    parts: [
      { bar: text, part: '已销号', value: 3 },
      { bar: text, part: text, value: 1 },
    ],
  }),
  note: (text) => ({ kind: 'note', text }),
  buttons: (text) => ({
    kind: 'buttons',
    buttons: [
      { label: text, style: 'primary', press: { v: 1, op: 'run', query: text, page: 1 } },
      { label: text, style: 'danger', press: { v: 1, op: 'open', query: text, page: 1 } },
      { label: text, press: show(text.repeat(100)) },
    ],
  }),
  form: (text) => ({ kind: 'form', line: text, once: 'form_1', fields: FIELDS(text), submit: text, confirm: text }),
};

const docOf = (blocks: readonly Block[], more: Partial<Doc> = {}): Doc => ({
  title: '督导',
  tone: 'normal',
  summary: '督导',
  blocks,
  ...more,
});

/** What is in no block: the head of a card, a mention, and what closes a page of several. */
const AROUND: Readonly<Record<string, (text: string) => Doc>> = {
  head: (text) =>
    docOf([], {
      title: text,
      subtitle: text,
      tone: 'late',
      summary: text,
      footer: text,
      tags: [
        { text, tone: 'late' },
        { text, tone: 'soon' },
        { text, tone: 'muted' },
        { text: '不显示', tone: 'done' },
      ],
    }),
  mention: (text) =>
    docOf([
      { kind: 'text', text: [{ mention: { name: text, openId: 'ou_a-B_1' } }, ' ', { mention: { name: text } }] },
      { kind: 'text', text: [{ mention: { name: text, openId: `ou_1></at>${text}` } }] },
    ]),
  everyone: (text) => docOf([{ kind: 'text', text: [{ mention: { name: text, everyone: true } }, text] }]),
  pager: (text) =>
    docOf([{ kind: 'entries', entries: many(40, () => ({ head: [text] })) }], { query: '截止 本周', footer: text }),
};

const isKind = (name: string): name is Kind => Object.hasOwn(BLOCKS, name);

/** By name, written with one text throughout. */
export const kit: readonly { readonly name: string; readonly written: (text: string) => Doc; readonly page: number }[] =
  [
    ...Object.keys(BLOCKS)
      .filter(isKind)
      .map((name) => ({ name, written: (text: string) => docOf([BLOCKS[name](text)]), page: 1 })),
    ...Object.entries(AROUND).map(([name, written]) => ({ name, written, page: name === 'pager' ? 2 : 1 })),
  ];
