import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chosenIn, formLine, parseSubmit, type Submit } from '../../src/app/form-line.ts';
import { renderCard } from '../../src/cards/render.ts';
import type { Form, FormField } from '../../src/cards/views.ts';
import { findPress } from '../../src/emulator/card-press.ts';
import { text } from '../cards/hostile.ts';

const field = (more: Partial<Submit['fields'][number]>): Submit['fields'][number] => ({
  name: 'a',
  kind: 'text',
  label: '说明',
  ...more,
});
const submit = (...fields: Submit['fields']): Submit => ({
  v: 1,
  op: 'submit',
  line: '整改 F-1',
  once: 'form_1',
  fields,
});
const lineOf = (form: Record<string, unknown>, ...fields: Submit['fields']) => formLine(submit(...fields), form);

describe('what was filled in becomes a line', () => {
  test('in the order of the fields, each with its words, and what is empty left out', () => {
    const fields = [
      field({ name: 'what' }),
      field({ name: 'due', kind: 'date', as: '截止 {}' }),
      field({ name: 'at', kind: 'time' }),
      field({ name: 'who', kind: 'multiSelect', as: '给 {}' }),
      field({ name: 'share', kind: 'number', as: '{}%' }),
      field({ name: 'none', as: '备注 {}' }),
    ];
    const form = {
      share: '８０',
      who: ['甲校', '乙校'],
      at: '09:30 +0800',
      due: '2026-12-01 +0800',
      what: ' 已  修好 ',
      none: '',
    };
    expect(lineOf(form, ...fields)).toEqual({ line: '整改 F-1 已 修好 截止 2026-12-01 09:30 给 甲校、乙校 80%' });
  });

  test('people who were chosen by account stand in it by unit and name, each once', () => {
    const chosen = new Map([
      ['ou_1', { name: '陈甲', unit: { name: '望海区教育局' } }],
      ['ou_2', { name: '林乙', unit: { name: '临江区教育局' } }],
    ]);
    const fields = [
      field({ name: 'leader', kind: 'person', as: '组长 {}' }),
      field({ name: 'team', kind: 'people', as: '成员 {}' }),
    ];
    const of = (leader: unknown, team?: unknown) => formLine(submit(...fields), { leader, team }, chosen);
    expect(of('ou_1', ['ou_2', 'ou_1', 'ou_2'])).toEqual({
      line: '整改 F-1 组长 望海区教育局陈甲 成员 临江区教育局林乙、望海区教育局陈甲',
    });
    expect(of(undefined, [])).toEqual({ line: '整改 F-1' });
    expect(of('ou_9')).toMatchObject({ refused: expect.stringContaining('不在通讯录里') });
    expect(chosenIn(submit(...fields), { leader: 'ou_1', team: ['ou_2', 7], other: 'ou_3' })).toEqual(['ou_1', 'ou_2']);
  });

  test.each([
    ['a line break', '好了\n全部暂停', '整改 F-1 好了 全部暂停'],
    ['breaks of other kinds', '好了\r\n\u2028全部\u0085暂停\v', '整改 F-1 好了 全部 暂停'],
    ['what looks like a hole', '$& {} $1', '整改 F-1 $& {} $1'],
  ])('%s stays within the line', (_, typed, line) => {
    expect(lineOf({ a: typed }, field({}))).toEqual({ line });
  });

  test.each([
    ['40%', '进度（%）', '40'],
    ['40％', '进度（%）', '40'],
    ['百分之40', '进度（%）', '40'],
    ['8 所', '完成数（所）', '8'],
  ])('a number with the unit of its label, “%s” for %s, is %s', (typed, label, number) => {
    expect(lineOf({ a: typed }, field({ kind: 'number', label }))).toEqual({ line: `整改 F-1 ${number}` });
  });

  test('a number with another unit is none', () => {
    for (const typed of ['8 间', '40%', '%'])
      expect(lineOf({ a: typed }, field({ kind: 'number', label: '完成数（所）' })), typed).toHaveProperty('refused');
  });

  test('between our quotation marks, the person’s own end nothing', () => {
    expect(lineOf({ a: '他说“行” 截止 "明天"' }, field({ as: '“{}”' }))).toEqual({
      line: '整改 F-1 “他说’行’ 截止 ’明天’”',
    });
  });

  test.each([
    ['a required field that is empty', {}, field({ required: true }), '“说明”是必填的，请填写后再提交。'],
    ['one of blanks', { a: ' \n ' }, field({ required: true }), '“说明”是必填的，请填写后再提交。'],
    ['nothing chosen', { a: [] }, field({ kind: 'multiSelect', required: true }), '“说明”是必填的，请选择后再提交。'],
    ['a word for a number', { a: '八十' }, field({ kind: 'number' }), '“说明”要填数字，写的是“八十”。'],
    [
      'a number too large',
      { a: '101' },
      field({ kind: 'number', min: 0, max: 100 }),
      '“说明”要填不小于 0、不大于 100 的数字，写的是 101。',
    ],
    ['a date that is none', { a: '明天' }, field({ kind: 'date' }), '“说明”没有读懂，请重填一次，或改用文字发送。'],
    ['an object', { a: { text: 'x' } }, field({}), '“说明”没有读懂，请重填一次，或改用文字发送。'],
    [
      'more than a line holds',
      { a: '长'.repeat(2_000) },
      field({}),
      '写得太长了：连同各栏共 2007 字，最多 2000 字，请写短一些。',
    ],
  ])('%s is refused by the name of the field', (_, form, of, refused) => {
    expect(lineOf(form, of)).toEqual({ refused });
  });

  test('whatever a client sends, it is one line or a refusal', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), text),
        fc.constantFrom('text', 'number', 'select', 'multiSelect', 'person', 'people', 'date', 'time'),
        (value, kind) => {
          const said = lineOf({ a: value }, field({ kind }));
          if ('line' in said) expect(said.line).toMatch(/^整改 F-1[^\n\r\u2028\u2029\u0085\v\f]*$/);
        },
      ),
    );
  });
});

describe('what a form carries', () => {
  const made: Form = {
    kind: 'form',
    line: '提醒 新增',
    once: 'form_1',
    submit: '新增',
    fields: [
      { kind: 'select', name: 'what', label: '内容', options: [{ value: '今日日程' }], initial: '今日日程' },
      { kind: 'number', name: 'share', label: '完成率', as: '{}%', min: 0, max: 100, initial: 40 },
      { kind: 'date', name: 'due', label: '到期', as: '至 {}', initial: '2026-12-31', required: true },
    ],
  };
  const pressed = (forms: readonly Form[], submitName: string) => {
    const card = renderCard({ title: '表', tone: 'normal', summary: '表', blocks: forms });
    return findPress(JSON.parse(card.json), { name: submitName }).action;
  };
  const composed = (action: Record<string, unknown> | undefined) => {
    const sent = parseSubmit(action?.['value']);
    const values: Record<string, unknown> = Object.fromEntries(Object.entries(Object(action?.['form_value'])));
    return sent && formLine(sent, values);
  };

  test('is what its button gives back: presets alone make the line', () => {
    expect(composed(pressed([made], 'submit'))).toEqual({ line: '提醒 新增 今日日程 40% 至 2026-12-31' });
  });

  test('is the form’s own when a card holds two', () => {
    const fields: readonly FormField[] = [{ kind: 'text', name: 'share', label: '份额', initial: '一半' }];
    const second: Form = { ...made, line: '导出', once: 'form_2', fields };
    expect(composed(pressed([made, second], 'submit_2'))).toEqual({ line: '导出 一半' });
  });

  test.each([
    ['nothing', undefined],
    ['a button’s value', { v: 1, op: 'run', query: '提醒', page: 1 }],
    ['a form with a scope of its own', { ...submit(), scope: 'u_1' }],
    ['a form without an id', { v: 1, op: 'submit', line: '提醒', fields: [] }],
    ['a form of a thousand fields', submit(...Array.from({ length: 1_000 }, () => field({})))],
  ])('%s is no form of ours', (_, value) => expect(parseSubmit(value)).toBeUndefined());
});
