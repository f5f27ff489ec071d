import type { CardContext } from './card-context.ts';
import { alignClass, personOf } from './card-text.ts';
import { tagClass } from './colours.ts';
import { type Child, fill, h } from './dom.ts';
import { type Json, object, objects, string, strings } from './json.ts';
import { markdown } from './markdown.ts';
import { formatTime } from './time.ts';

const PAGE_SIZE = 5;

/** Paged by the client, as Lark does. */
export function table(node: Json, context: CardContext): HTMLElement {
  const columns = objects(node['columns']);
  const rows = objects(node['rows']);
  const size = typeof node['page_size'] === 'number' ? node['page_size'] : PAGE_SIZE;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const head = object(node['header_style']);
  const body = h('tbody');
  const place = h('span', { role: 'status' });
  const step = (label: string, by: number) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button small',
        'aria-label': by < 0 ? '表格上一页' : '表格下一页',
        onclick: () => show(page + by),
      },
      label,
    );
  const [back, forth] = [step('‹', -1), step('›', 1)];
  let page = 1;
  const show = (to: number) => {
    page = Math.min(pages, Math.max(1, to));
    const shown = rows.slice((page - 1) * size, page * size);
    fill(body, ...shown.map((row) => h('tr', {}, ...columns.map((column) => cellOf(row, column, context)))));
    if (shown.length === 0) fill(body, h('tr', {}, h('td', { colspan: columns.length, class: 'empty' }, '没有内容')));
    place.textContent = `${page}/${pages}`;
    back.disabled = page === 1;
    forth.disabled = page === pages;
  };
  show(1);
  const titles = columns.map((column) => {
    const cell = h(
      'th',
      { scope: 'col', class: alignClass(head['text_align'] ?? column['horizontal_align']) },
      string(column['display_name']),
    );
    const width = string(column['width']);
    if (/^\d+(?:px|%)$/.test(width)) cell.style.width = width;
    return cell;
  });
  const frozen = node['freeze_first_column'] === true ? ' frozen' : '';
  const style = `row-${string(node['row_height']) || 'low'}${frozen}${head['bold'] === false ? ' light' : ''}`;
  const grid = h('table', { class: style }, h('thead', {}, h('tr', {}, ...titles)), body);
  const scroll = h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': '表格' }, grid);
  return h('div', { class: 'data-table' }, scroll, pages > 1 && h('div', { class: 'pager' }, back, place, forth));
}

function cellOf(row: Json, column: Json, context: CardContext): HTMLElement {
  const value = row[string(column['name'])];
  const cell = h('td', { class: alignClass(column['horizontal_align']) }, ...contentOf(value, column, context));
  return cell;
}

function contentOf(value: unknown, column: Json, context: CardContext): Child[] {
  switch (column['data_type']) {
    case 'options':
      return (typeof value === 'string' ? [{ text: value, color: '' }] : objects(value)).map((option) =>
        h('span', { class: tagClass(string(option['color'])) }, string(option['text'])),
      );
    case 'persons':
      return (typeof value === 'string' ? [value] : strings(value)).map((id) => personOf(id, {}, context));
    case 'date':
      return [typeof value === 'number' ? formatTime(value, string(column['date_format']) || 'YYYY-MM-DD') : ''];
    case 'number':
      return [typeof value === 'number' ? numberText(value, object(column['format'])) : ''];
    case 'markdown':
    case 'lark_md':
      return [markdown(string(value), context)];
    default:
      return [value === undefined ? '' : String(value)];
  }
}

function numberText(value: number, format: Json): string {
  const digits =
    typeof format['precision'] === 'number'
      ? { minimumFractionDigits: format['precision'], maximumFractionDigits: format['precision'] }
      : { maximumFractionDigits: 10 };
  const text = value.toLocaleString('zh-CN', { ...digits, useGrouping: format['separator'] === true });
  return string(format['symbol']) + text;
}
