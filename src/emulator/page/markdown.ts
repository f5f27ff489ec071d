import { h } from './dom.ts';
import { decode, inline, type Readers } from './markdown-inline.ts';

const FENCE = /^\s*```/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const ITEM = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$/;

/** The platform's markdown as elements. */
export function markdown(source: string, readers: Readers): HTMLElement {
  const root = h('div', { class: 'md' });
  const lines = source.split('\n');
  const take = (fits: (line: string) => boolean): string[] => {
    const end = lines.findIndex((line) => !fits(line));
    return lines.splice(0, end < 0 ? lines.length : end);
  };
  const special = (line: string, next = '') =>
    line.trim() === '' ||
    FENCE.test(line) ||
    RULE.test(line) ||
    ITEM.test(line) ||
    /^\s*(?:#{1,6}\s|>)/.test(line) ||
    TABLE_RULE.test(next);
  while (lines.length > 0) {
    const line = lines[0] ?? '';
    if (line.trim() === '') lines.shift();
    else if (FENCE.test(line)) {
      lines.shift();
      const code = take((one) => !FENCE.test(one));
      lines.shift();
      root.append(h('pre', {}, h('code', {}, decode(code.join('\n')))));
    } else if (RULE.test(line)) {
      lines.shift();
      root.append(h('hr'));
    } else if (/^\s*#{1,6}\s/.test(line)) {
      lines.shift();
      const level = /#+/.exec(line)?.[0].length ?? 1;
      root.append(h('p', { class: `heading level-${level}` }, ...inline(line.replace(/^\s*#+\s+/, ''), readers)));
    } else if (/^\s*>/.test(line)) {
      const quoted = take((one) => /^\s*>/.test(one)).map((one) => one.replace(/^\s*>\s?/, ''));
      root.append(h('blockquote', {}, markdown(quoted.join('\n'), readers)));
    } else if (ITEM.test(line))
      root.append(
        listOf(
          take((one) => ITEM.test(one)),
          readers,
        ),
      );
    else if (TABLE_RULE.test(lines[1] ?? ''))
      root.append(
        tableOf(
          take((one) => one.includes('|')),
          readers,
        ),
      );
    else {
      const text = [lines.shift() ?? ''];
      while (lines.length > 0 && !special(lines[0] ?? '', lines[1])) text.push(lines.shift() ?? '');
      root.append(
        h('p', {}, ...text.flatMap((one, index) => [...(index > 0 ? [h('br')] : []), ...inline(one, readers)])),
      );
    }
  }
  return root;
}

/** Deeper items are indented; the numbers are the author's. */
function listOf(lines: readonly string[], readers: Readers): HTMLElement {
  const items = lines.map((line) => {
    const [, indent = '', number, text = ''] = ITEM.exec(line) ?? [];
    const depth = Math.min(3, Math.floor(indent.replaceAll('\t', '    ').length / 2));
    return h(
      'li',
      { class: `depth-${depth}`, ...(number !== undefined && { value: number }) },
      ...inline(text, readers),
    );
  });
  return h(/^\s*\d/.test(lines[0] ?? '') ? 'ol' : 'ul', {}, ...items);
}

function tableOf(lines: readonly string[], readers: Readers): HTMLElement {
  const cells = (line: string) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const [head = '', , ...rows] = lines;
  const row = (line: string, tag: 'th' | 'td') =>
    h('tr', {}, ...cells(line).map((cell) => h(tag, {}, ...inline(cell, readers))));
  const table = h('table', {}, h('thead', {}, row(head, 'th')), h('tbody', {}, ...rows.map((line) => row(line, 'td'))));
  return h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': '表格' }, table);
}
