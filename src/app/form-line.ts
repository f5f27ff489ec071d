import * as z from 'zod';
import { MAX_TEXT } from '../language/words/normalise.ts';

const field = z.strictObject({
  name: z.string().min(1).max(60),
  kind: z.enum(['text', 'number', 'select', 'multiSelect', 'person', 'people', 'date', 'time']),
  label: z.string().min(1).max(30),
  as: z.string().max(30).optional(),
  required: z.literal(true).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});
const submitShape = z.strictObject({
  v: z.literal(1),
  op: z.literal('submit'),
  line: z.string().min(1).max(200),
  once: z.string().min(1).max(60),
  fields: z.array(field).max(20),
});

/** What the submit button of a form carries. It is the client's word, as is what was filled in: neither grants a right. */
export type Submit = z.infer<typeof submitShape>;
type Field = Submit['fields'][number];

export function parseSubmit(value: unknown): Submit | undefined {
  const parsed = submitShape.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The line that says what was filled in, or the sentence that names the field and the mend. */
export type FormLine = { readonly line: string } | { readonly refused: string };

/** A field offers fewer. */
const MAX_CHOSEN = 100;

/** Who was chosen, by open id. */
export type Chosen = ReadonlyMap<string, { readonly name: string; readonly unit: { readonly name: string } }>;

type Filled = Readonly<Record<string, unknown>>;

/** The open ids that the person fields of a form hold. */
export const chosenIn = ({ fields }: Submit, form: Filled): readonly string[] =>
  fields
    .filter(({ kind }) => kind === 'person' || kind === 'people')
    .flatMap(({ name }) => (Object.hasOwn(form, name) ? form[name] : []))
    .filter((value) => typeof value === 'string')
    .slice(0, MAX_CHOSEN);

export function formLine({ line, fields }: Submit, form: Filled, chosen: Chosen = new Map()): FormLine {
  const parts = [oneLine(line)];
  for (const each of fields) {
    const read = filledIn(each, Object.hasOwn(form, each.name) ? form[each.name] : undefined, chosen);
    if (typeof read !== 'string') return { refused: `“${each.label}”${read.refused}` };
    if (read === '' && each.required) return { refused: `“${each.label}”是必填的，请${verbOf(each)}后再提交。` };
    if (read !== '') parts.push(placed(oneLine(each.as ?? '{}'), read));
  }
  const composed = parts.join(' ');
  return composed.length > MAX_TEXT
    ? { refused: `写得太长了：连同各栏共 ${composed.length} 字，最多 ${MAX_TEXT} 字，请写短一些。` }
    : { line: composed };
}

/** A line break would begin another command. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .trim();

/** Between quotation marks of ours the person's own become single ones, so that they end nothing. */
const placed = (as: string, value: string): string =>
  as.replace('{}', () => (as.includes('“{}”') ? value.replace(/[“”"]/g, '’') : value));

const verbOf = ({ kind }: Field): string => (kind === 'text' || kind === 'number' ? '填写' : '选择');

const answer = z.union([z.string(), z.array(z.string()).max(MAX_CHOSEN)]);

/** Empty and absent are the same: clients send either for what was not touched. */
function filledIn(of: Field, value: unknown, chosen: Chosen): string | { readonly refused: string } {
  if (value === undefined || value === null) return '';
  const wrong = { refused: '没有读懂，请重填一次，或改用文字发送。' };
  const given = answer.safeParse(value);
  if (!given.success) return wrong;
  const said = [given.data].flat().map(oneLine).filter(Boolean).join('、');
  if (said === '') return '';
  switch (of.kind) {
    case 'number':
      return numberOf(of, withoutUnit(of.label, said.normalize('NFKC')));
    // The answer carries the viewer's offset; what was shown is what was meant.
    case 'date':
      return /^\d{4}-\d\d-\d\d(?: |$)/.test(said) ? said.slice(0, 10) : wrong;
    case 'time':
      return /^\d\d:\d\d(?: |$)/.test(said) ? said.slice(0, 5) : wrong;
    case 'person':
    case 'people':
      return namesOf([given.data].flat(), chosen);
    case 'text':
    case 'select':
    case 'multiSelect':
      return said;
  }
}

/** An account is somebody of the address book, or nobody: the name under which Lark shows it says nothing. */
function namesOf(openIds: readonly string[], chosen: Chosen): string | { readonly refused: string } {
  const people = [...new Set(openIds)].map((openId) => chosen.get(openId));
  if (people.includes(undefined)) return { refused: '里有人不在通讯录里，或已经解除关联，请去掉后改为打字。' };
  return people.flatMap((person) => (person ? `${person.unit.name}${person.name}` : [])).join('、');
}

/** 进度（%）: whoever writes the unit that the field's own label names has written the number; another unit is no number here. */
function withoutUnit(label: string, said: string): string {
  const unit = /[（(]([^（）()]{1,8})[）)]$/.exec(label)?.[1]?.normalize('NFKC');
  if (unit === undefined) return said;
  const bare = unit === '%' ? said.replace(/^百分之\s*/, '') : said;
  return bare.endsWith(unit) ? bare.slice(0, -unit.length).trim() : bare;
}

function numberOf({ min = -Infinity, max = Infinity }: Field, said: string): string | { readonly refused: string } {
  const number = /^-?\d{1,9}(?:\.\d{1,6})?$/.test(said) ? Number(said) : Number.NaN;
  if (Number.isNaN(number)) return { refused: `要填数字，写的是“${said.slice(0, 20)}”。` };
  if (number >= min && number <= max) return String(number);
  const range = [Number.isFinite(min) && `不小于 ${min}`, Number.isFinite(max) && `不大于 ${max}`].filter(Boolean);
  return { refused: `要填${range.join('、')} 的数字，写的是 ${number}。` };
}
