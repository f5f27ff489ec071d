import { describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { UserError } from '../../src/language/errors.ts';
import type { Form } from '../../src/language/forms/form.ts';
import { formOf } from '../../src/language/forms/forms.ts';
import { readForm } from '../../src/language/forms/read-form.ts';
import { understandMessage } from '../../src/language/grammar.ts';
import { lookupIn } from './directory.ts';

/**
 * Commands that change something and still read their lines by hand, whose words nothing checks one by one. The list may only shrink: a
 * new command declares forms.
 */
const READ_BY_HAND: readonly string[] = [
  '日程管理',
  '任务',
  '进展',
  '绑定',
  '认领',
  '角色',
  '人员',
  '工作群',
  '提醒',
  '节假日',
  '校历',
  '设置',
  '我是',
  '导入',
];

/** Commands that change nothing, though a line of theirs may say 新增. */
const ONLY_SHOW: readonly string[] = ['帮助'];

/** The district's names, and a program. */
const lookup = async (candidates: readonly string[]) => {
  const found = await lookupIn()(candidates);
  const running = candidates.includes('两项督导')
    ? [{ name: '两项督导', programId: 'program-2', checklistId: 'yz' }]
    : [];
  return { ...found, programs: [...found.programs, ...running] };
};
const context = { today: date('2026-04-20'), calendar: statutoryCalendar(), lookup };

const deeds = registry.flatMap(({ name, forms = [] }) =>
  (forms as readonly Form[])
    .filter(({ changes }) => changes)
    .flatMap((form) => form.examples.map((example) => ({ name, form, example }))),
);

/** Words of each declared kind, a word that means nothing, and another command's name. */
const INSERTED: readonly string[] = ['三楼', '临江区', '5月20日', '冯癸', '7', '90%', '日程'];

/** Lines in which the word is one of the language and means something else there. The list may only shrink. */
const OF_THE_LANGUAGE: readonly string[] = [
  // 4月20日的日程: what was pushed on that day.
  '收到 4月20日 日程 08:30',
];

/** The arguments of a whole line, or why it is refused. */
async function said(line: string): Promise<Readonly<Record<string, unknown>> | string> {
  const [found] = await understandMessage(line, { ...context, commands: registry });
  if (!found) throw new Error(`nothing said: ${line}`);
  if (found.kind !== 'command') return found.kind === 'redirected' ? found.redirect.answer : found.kind;
  try {
    const { form, text } = formOf((found.command.forms ?? []) as readonly Form[], found.slots.rest);
    return { ...(await readForm(form, text, context)).args };
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** 望海区、临江区 with a third: all that stood there stands there still. */
function isGrown(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after) || after.length !== before.length + 1) return false;
  const there = after.map((one) => JSON.stringify(one));
  return before.every((one) => there.includes(JSON.stringify(one)));
}

test('every command that changes something declares its forms, or is on the list of those that do not yet', () => {
  const editing = registry.filter(({ edits, forms }) => edits && !forms).map(({ name }) => name);
  const unknown = editing.filter((name) => ![...READ_BY_HAND, ...ONLY_SHOW].includes(name));
  expect(unknown).toEqual([]);
  const declared = registry.filter(({ forms }) => forms).map(({ name }) => name);
  expect(READ_BY_HAND.filter((name) => declared.includes(name))).toEqual([]);
});

describe.each(deeds)('“$example”', ({ form, example }) => {
  test('is read whole', async () => {
    const args = await said(example);
    expect(args).toBeTypeOf('object');
    for (const [name, { needed }] of Object.entries(form.parts)) if (needed) expect(args, name).toHaveProperty(name);
  });

  test('with a word more is refused with it named, or keeps it in its free text and reads all else as before', async () => {
    const before = await said(example);
    if (typeof before === 'string') throw new Error(before);
    // The lines below the first are read by a form of their own.
    const [head = '', ...below] = example.split('\n');
    const words = head.split(' ');
    const texts = Object.entries(form.parts)
      .filter(([, { kind }]) => kind === 'text')
      .map(([name]) => name);
    for (const word of INSERTED) {
      for (let at = 1; at <= words.length; at += 1) {
        const line = [[...words.slice(0, at), word, ...words.slice(at)].join(' '), ...below].join('\n');
        if (OF_THE_LANGUAGE.includes(line)) continue;
        const after = await said(line);
        if (typeof after === 'string') {
          expect(after, line).toContain(word);
          continue;
        }
        const fixed = Object.keys(before).filter((name) => !texts.includes(name));
        const grown = fixed.filter((name) => isGrown(before[name], after[name]));
        for (const name of fixed) if (!grown.includes(name)) expect(after[name], line).toEqual(before[name]);
        // It is said in free text, is one more of a part that holds several, or fills a part of its kind that the example leaves empty.
        const empty = Object.keys(after).filter((name) => !(name in before));
        expect(
          [...texts, ...grown, ...empty].some((name) => JSON.stringify(after[name] ?? '').includes(word)),
          line,
        ).toBe(true);
      }
    }
  });
});
