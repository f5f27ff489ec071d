import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCard } from '../../src/emulator/card-check.ts';

const complete = () => JSON.parse(readFileSync(new URL('deadline-card.json', import.meta.url), 'utf8'));
const text = (content: string) => ({ tag: 'plain_text', content });
const card = (...elements: unknown[]) => ({ schema: '2.0', body: { elements } });
const md = (content: string) => ({ tag: 'markdown', content });
const button = (extra: object = {}) => ({
  tag: 'button',
  text: text('收到'),
  behaviors: [{ type: 'callback', value: { v: 1 } }],
  ...extra,
});
const submit = (extra: object = {}) => button({ name: 'submit', form_action_type: 'submit', ...extra });
const form = (...elements: unknown[]) => ({ tag: 'form', name: 'f', elements });
const table = (column: object, cell: unknown) => ({
  tag: 'table',
  columns: [{ name: 'a', data_type: 'text', ...column }],
  rows: [{ a: cell }],
});
const plainTable = () => table({}, '甲');
const columns = (...elements: unknown[]) => ({ tag: 'column_set', columns: [{ tag: 'column', elements }] });
const nested = (depth: number): unknown => (depth === 0 ? md('a') : columns(nested(depth - 1)));

describe('a card that Lark takes', () => {
  const good: Record<string, unknown> = {
    'the complete card of lark-platform 8.4': complete(),
    'an empty body': card(),
    'a hundred buttons and their texts: 200 elements': card(...Array.from({ length: 100 }, () => button())),
    'three tables': card(plainTable(), plainTable(), md('|a|b|\n|---|---|\n|1|2|')),
    'five containers deep': card(nested(5)),
    'a colour of its own': {
      ...card({ tag: 'div', text: { ...text('a'), text_color: 'cus-late' } }),
      config: { style: { color: { 'cus-late': { light_mode: 'rgba(1,2,3,1)', dark_mode: 'rgba(1,2,3,1)' } } } },
    },
    'an image with alt': card({ tag: 'img', img_key: 'img_v3_a', alt: text('校门') }),
    'person and option cells': card(
      table({ data_type: 'persons' }, ['ou_1', 'ou_2']),
      table({ data_type: 'options' }, [{ text: '逾期', color: 'red' }]),
    ),
    '30 KB exactly': card(md('a'.repeat(30 * 1024 - Buffer.byteLength(JSON.stringify(card(md(''))))))),
  };
  test.each(Object.entries(good))('%s', (_, json) => {
    expect(checkCard(JSON.stringify(json))).toEqual({ ok: true });
  });
});

describe('a card that Lark refuses', () => {
  const bad: [name: string, json: unknown, says: string | RegExp][] = [
    ['schema missing: it would be a 1.0 card', { elements: [] }, '200621'],
    ['elements at top level', { ...card(), elements: [] }, 'unknown property, property: elements, path: ROOT;'],
    ['1.0 header languages', { ...card(), i18n_header: {} }, 'unknown property, property: i18n_header'],
    ['a template', { type: 'template', data: { template_id: 'a' } }, '200380'],
    ['an action module', card({ tag: 'action', actions: [] }), '200861'],
    ['a note', card({ tag: 'note', elements: [] }), 'unsupported tag note'],
    ['an unknown tag', card({ tag: 'marquee' }), 'body -> elements -> [0](tag: marquee); '],
    ['an unknown property', card({ ...md('a'), bold: true }), 'unknown property, property: bold, path: ROOT -> body'],
    [
      'a tag on the header',
      { ...card(), header: { tag: 'header', title: text('a') } },
      'property: tag, path: ROOT -> header',
    ],
    ['a header without a title', { ...card(), header: { template: 'blue' } }, 'ROOT -> header -> title'],
    ['an unknown template colour', { ...card(), header: { title: text('a'), template: 'pink' } }, 'template'],
    [
      'four header tags',
      { ...card(), header: { title: text('a'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: text('a') }) } },
      'text_tag_list',
    ],
    ['a card of its viewers’ own', { ...card(), config: { update_multi: false } }, 'update_multi'],
    ['an unknown config key', { ...card(), config: { wide_screen_mode: true } }, 'property: wide_screen_mode'],
    ['201 elements', card(...Array.from({ length: 100 }, () => button()), md('a')), /11310.*element exceeds the limit/],
    ['four tables', card(plainTable(), plainTable(), plainTable(), plainTable()), /11310.*table number over limit/],
    [
      'four tables, two in markdown',
      card(plainTable(), plainTable(), md('|a|b|\n|:--|--:|\n|1|2|\n\na | b\n--- | ---\n1 | 2')),
      '11310',
    ],
    ['six containers deep', card(nested(6)), 'deeper'],
    ['a table in a column', card(columns(plainTable())), 'table must be placed directly in body.elements'],
    ['a form in a column', card(columns(form(submit()))), 'form must be placed directly in body.elements'],
    ['a form in a form', card(form(form(submit()), submit({ name: 's2' }))), 'form must be placed'],
    ['a table in a form', card(form(plainTable(), submit())), 'table must be placed'],
    ['a chart in a form', card(form({ tag: 'chart', chart_spec: {} }, submit())), 'chart is not supported in form'],
    ['a form without a name', card({ tag: 'form', elements: [submit()] }), 'name'],
    ['a form without a submit button', card(form({ tag: 'input', name: 'a' })), 'no submit button'],
    ['an input without a name in a form', card(form({ tag: 'input' }, submit())), 'name is required in form'],
    [
      'two controls of one name',
      card(form({ tag: 'input', name: 'a' }, { tag: 'date_picker', name: 'a' }, submit())),
      'duplicate name: a',
    ],
    ['a submit button outside a form', card(button({ form_action_type: 'submit' })), 'form_action_type'],
    [
      'two elements of one id',
      card({ ...md('a'), element_id: 'x' }, { ...md('b'), element_id: 'x' }),
      'duplicate element_id: x',
    ],
    ['an element id that starts with a digit', card({ ...md('a'), element_id: '1x' }), 'element_id'],
    ['an element id of 21 characters', card({ ...md('a'), element_id: 'x'.repeat(21) }), 'element_id'],
    ['an image without alt', card({ tag: 'img', img_key: 'img_v3_a' }), 'alt'],
    ['an image in markdown that is no image key', card(md('![a](https://example.org/a.png)')), '200570'],
    ['a behaviour of unknown type', card(button({ behaviors: [{ type: 'call' }] })), 'behaviors'],
    ['a callback whose value is a string', card(button({ behaviors: [{ type: 'callback', value: 'a' }] })), 'value'],
    [
      'a link to a script',
      card(button({ behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] })),
      'default_url',
    ],
    ['a 1.0 button value', card(button({ value: {} })), 'property: value'],
    ['an unknown button type', card(button({ type: 'secondary' })), 'type'],
    ['a hex colour', card({ tag: 'div', text: { ...text('a'), text_color: '#999999' } }), 'invalid color: #999999'],
    ['a hex colour in markdown', card(md("<font color='#999999'>a</font>")), 'invalid color: #999999'],
    [
      'a custom colour that is not defined',
      card({ tag: 'div', text: { ...text('a'), text_color: 'cus-x' } }),
      'invalid color: cus-x',
    ],
    ['an unknown text_tag colour', card(md("<text_tag color='black'>a</text_tag>")), 'invalid color: black'],
    ['a number in a text cell', card(table({}, 1)), '200914'],
    ['a date cell as text', card(table({ data_type: 'date' }, '2026-01-01')), '200914'],
    [
      'an option cell of unknown colour',
      card(table({ data_type: 'options' }, [{ text: 'a', color: 'black' }])),
      '200914',
    ],
    [
      'a cell without a column',
      card({ tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [{ b: 'x' }] }),
      '200915',
    ],
    [
      '51 columns',
      card({
        tag: 'table',
        columns: Array.from({ length: 51 }, (_, i) => ({ name: `c${i}`, data_type: 'text' })),
        rows: [],
      }),
      'columns',
    ],
    ['eleven rows a page', card({ ...plainTable(), page_size: 11 }), 'page_size'],
    [
      'two options of one value',
      card({
        tag: 'select_static',
        options: [
          { text: text('a'), value: '1' },
          { text: text('b'), value: '1' },
        ],
      }),
      'duplicate option value',
    ],
    ['an input of 1,001 characters', card({ tag: 'input', max_length: 1001 }), 'max_length'],
    [
      'a padding of two values on a panel',
      card({ tag: 'collapsible_panel', header: { title: text('a') }, elements: [], padding: '4px 8px' }),
      'padding',
    ],
    ['a corner radius on a column set', card({ ...columns(md('a')), corner_radius: '4px' }), 'property: corner_radius'],
  ];
  test.each(bad)('%s', (_, json, says) => {
    const verdict = checkCard(JSON.stringify(json));
    expect(verdict).toMatchObject({
      ok: false,
      code: 230099,
      msg: expect.stringMatching(/^Failed to create card content, ext=ErrCode: \d+; /),
    });
    expect(verdict).toMatchObject({
      msg: typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says),
    });
  });

  test('more than 30 KB of UTF-8 is 230025', () => {
    expect(checkCard(JSON.stringify(card(md('督'.repeat(10_240)))))).toMatchObject({ ok: false, code: 230025 });
  });

  test('what is not JSON', () => {
    expect(checkCard('{"schema":')).toMatchObject({ ok: false, code: 230099 });
    expect(checkCard('[]')).toMatchObject({ ok: false, code: 230099 });
  });
});
