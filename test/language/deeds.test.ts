import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { UserError } from '../../src/language/errors.ts';
import { type Form, question } from '../../src/language/forms/form.ts';
import { formOf } from '../../src/language/forms/forms.ts';
import { isFree, readForm } from '../../src/language/forms/read-form.ts';
import { understandMessage } from '../../src/language/grammar.ts';
import { lookupIn } from './directory.ts';

/** Commands that change nothing, though a line of theirs may say 新增. */
const ONLY_SHOW: readonly string[] = ['帮助'];

const mentions = [{ openId: 'ou_zhangsan', name: '张三' }];
/** The district's names, and a program. */
const lookup = async (candidates: readonly string[]) => {
  const found = await lookupIn()(candidates);
  const running = candidates.includes('两项督导')
    ? [{ name: '两项督导', programId: 'program-2', checklistId: 'yz' }]
    : [];
  return { ...found, programs: [...found.programs, ...running] };
};
const context = { today: date('2026-04-20'), calendar: statutoryCalendar(), lookup, mentions };

const deeds = registry.flatMap(({ name, forms = [] }) =>
  (forms as readonly Form[])
    .filter(({ changes }) => changes)
    .flatMap((form) => form.examples.map((example) => ({ name, form, example }))),
);

/** Words of each declared kind, and a word that means nothing. */
const INSERTED: readonly string[] = ['三楼', '临江区', '5月20日', '7', '90%'];
/** Somebody who is not in the example. */
const personBeside = (example: string): string => (example.includes('冯癸') ? '韩丙' : '冯癸');
/** Another command's name. */
const otherThan = (name: string): string => (name.startsWith('日程') ? '截止' : '日程');

/** What cannot hold for reasons of wording, by the example and the word: why. The list may only shrink. */
const FOR_REASONS_OF_WORDING: Readonly<Record<string, readonly string[]>> = {
  // A share may be said with an amount; whether the two agree is asked where the target is known.
  '进展 T12 完成 8 所 已验收': ['90%'],
  // A unit before a name tells namesakes apart: 成员 临江区李庚.
  '日程 新增 5月9日 上午 望海区第一中学 专项督导 组长 韩丙 成员 李庚 内容 食堂 联络员 朱戊 13900000013 备注 带执法记录仪':
    ['临江区'],
  '日程 新增 5月9日 14:30 望海区第一中学 复查 组长 韩丙 成员 李庚 作业管理': ['临江区'],
  '日程 变更 D12 5月11日 下午 组长 李庚': ['临江区'],
  '日程 变更 D12 5月11日 下午 望海区实验小学 专项督导 组长 韩丙 成员 李庚 联络员 朱戊 13900000013 内容 食堂 备注 带执法记录仪 原因 校长外出':
    ['临江区'],
  // Days are listed before 休 and 班: one more is one more.
  '节假日 2027-02-05至2027-02-12 休 春节': ['5月20日'],
  '节假日 2027-02-14 班': ['5月20日'],
  // A county before a unit of its own says which it is.
  '绑定 临江区第一中学': ['临江区'],
  // 4月20日的日程: what was pushed on that day.
  '收到 4月20日 08:30': ['日程'],
  // Two names are who leaves and who follows; the code of another preview confirms nothing.
  '离任 望海区教育局 冯癸 确认 3F9A2C': ['韩丙'],
};

type Args = Readonly<Record<string, unknown>>;

interface Said {
  readonly form: Form;
  readonly args: Args;
  /** Of a sentence that is read in the form of its verb, wherever that stands: the form that took it. */
  readonly outer?: Form;
}

const ANSWERS = question({ verbs: [], examples: [], parts: {}, run: () => Promise.reject(new Error('not run here')) });

/** The form and the arguments of a whole line, or why it is refused. */
async function said(line: string): Promise<Said | string> {
  const [found] = await understandMessage(line, { ...context, commands: registry });
  if (!found) throw new Error(`nothing said: ${line}`);
  // Two commands in one line, or one that only answers: nothing is done, and the line is to be read again.
  if (found.kind === 'refused' || (found.kind === 'command' && !found.command.edits))
    return { form: ANSWERS, args: { line } };
  if (found.kind !== 'command') return found.kind === 'redirected' ? found.redirect.answer : found.kind;
  try {
    const { form, text } = formOf((found.command.forms ?? []) as readonly Form[], found.slots.rest);
    const { args, unused } = await readForm(form, text, context);
    const inner = Object.values(args).find((value): value is Said => value instanceof Object && 'form' in value);
    if (inner) return { ...inner, outer: form };
    return { form, args: unused.length === 0 ? args : { ...args, unused: unused.join(' ') } };
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** A word more in a list (of people, of units) that holds everything that it held before. */
const isLonger = (after: unknown, before: unknown): boolean =>
  Array.isArray(after) &&
  Array.isArray(before) &&
  after.length === before.length + 1 &&
  before.every((each) => after.some((one) => JSON.stringify(one) === JSON.stringify(each)));

/** Where a word more has gone: into free text, a list, or a part that was empty. All others must be as they were. */
function takers(form: Form, before: Args, after: Args, word: string): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => {
    const part = form.parts[name];
    const isText = part !== undefined && isFree(part);
    if (isText && String(after[name] ?? '').includes(word)) return true;
    if (before[name] === undefined && after[name] !== undefined) return !isText;
    if (isLonger(after[name], before[name])) return JSON.stringify(after[name]).includes(word);
    if (!isText) expect(after[name], name).toEqual(before[name]);
    return false;
  });
}

test('every command that changes something declares its forms', () => {
  const editing = registry.filter(({ edits, forms }) => edits && !forms).map(({ name }) => name);
  expect(editing).toEqual(ONLY_SHOW);
});

describe.each(deeds)('“$example”', ({ name: command, form, example }) => {
  test('is read whole', async () => {
    const read = await said(example);
    if (typeof read === 'string') throw new Error(read);
    expect(read.outer ?? read.form).toBe(form);
    for (const [name, { needed }] of Object.entries(form.parts))
      if (needed && !read.outer) expect(read.args, name).toHaveProperty(name);
  });

  test('with a word more is refused with it named, asks instead of doing, or holds it in one part and reads all else as before', async () => {
    const before = await said(example);
    if (typeof before === 'string') throw new Error(before);
    // The lines below the first are read by a form of their own.
    const [head = '', ...below] = example.split('\n');
    const words = head.split(' ');
    for (const word of [...INSERTED, personBeside(example), otherThan(command)]) {
      if (FOR_REASONS_OF_WORDING[example]?.includes(word)) continue;
      for (let at = 1; at <= words.length; at += 1) {
        const line = [[...words.slice(0, at), word, ...words.slice(at)].join(' '), ...below].join('\n');
        const after = await said(line);
        if (typeof after === 'string') expect(after, line).toContain(word);
        // What only answers changes nothing; the word is in the question.
        else if (!after.form.changes) expect(JSON.stringify(after.args), line).toContain(word);
        else {
          expect(after.form, line).toBe(before.form);
          expect(takers(before.form, before.args, after.args, word), line).toHaveLength(1);
        }
      }
    }
  });
});

/** Words that no table knows. */
const strange = fc
  .array(fc.constantFrom(...'鑫淼焱垚骉犇羴鱻猋矗'), { minLength: 2, maxLength: 5 })
  .map((all) => all.join(''));

test('of lines with any words between theirs nothing is written unless every word is used', async () => {
  const inserted = fc.array(fc.tuple(strange, fc.nat({ max: 99 })), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...deeds), inserted, async ({ example }, more) => {
      const [head = '', ...below] = example.split('\n');
      const words = head.split(' ');
      for (const [word, at] of more) words.splice(1 + (at % words.length), 0, word);
      const line = [words.join(' '), ...below].join('\n');
      const after = await said(line);
      const kept = typeof after === 'string' || !after.form.changes ? line : JSON.stringify(after.args);
      for (const [word] of more) expect(kept, line).toContain(word);
    }),
    { numRuns: 600 },
  );
});
