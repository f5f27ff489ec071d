import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePress } from '../../src/cards/press.ts';
import { renderCard } from '../../src/cards/render.ts';
import type { Block, Doc, Entry } from '../../src/cards/views.ts';
import { checkCard } from '../../src/emulator/card-check.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { anyDoc, isWide, NASTY, text } from './hostile.ts';
import { bodyOf, markdownsOf, pagesOf, read, saidBy, shownByPages } from './reading.ts';

const doc = (blocks: readonly Block[], more: Partial<Doc> = { query: '截止 本周' }): Doc => ({
  title: '截止提醒',
  tone: 'soon',
  summary: '2 项任务本周到期',
  blocks,
  ...more,
});
const entries = (count: number, of: (index: number) => Entry): Block => ({
  kind: 'entries',
  entries: Array.from({ length: count }, (_, index) => of(index)),
});
const tags = (json: string): string[] => [...json.matchAll(/"tag":"(\w+)"/g)].map((match) => match[1] ?? '');
const bytes = (json: string) => new TextEncoder().encode(json).length;
const buttonsOf = (json: string) =>
  [...json.matchAll(/"content":"(上一页|下一页)"\},"behaviors":\[\{"type":"callback","value":(\{[^}]*\})/g)].map(
    (match) => ({
      label: match[1],
      press: parsePress(JSON.parse(match[2] ?? '')),
    }),
  );

describe('any document', () => {
  test('gives only cards that Lark takes, with slack', () => {
    fc.assert(
      fc.property(anyDoc, (any) => {
        for (const { json } of pagesOf(any)) {
          expect(checkCard(json)).toEqual({ ok: true });
          expect(bytes(json)).toBeLessThanOrEqual(28_000);
          expect(tags(json).length).toBeLessThanOrEqual(180);
          expect(tags(json).filter((tag) => tag === 'table').length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('shows on its pages together everything it says, once and in order', () => {
    fc.assert(
      fc.property(anyDoc, (any) => {
        expect(shownByPages(any)).toBe(saidBy(any, isWide));
      }),
      { numRuns: 60 },
    );
  });

  test('keeps its number of pages, and clamps a page that does not exist', () => {
    fc.assert(
      fc.property(anyDoc, fc.oneof(fc.integer(), fc.double()), (any, page) => {
        const { pages } = renderCard(any);
        const asked = renderCard(any, page);
        expect(asked.pages).toBe(pages);
        expect(asked.page).toBe(Math.min(Math.max(Math.trunc(page) || 1, 1), pages));
        expect(asked).toEqual(renderCard(any, asked.page));
      }),
      { numRuns: 50 },
    );
  });

  test('has a title, a summary and only pages with something on them', () => {
    fc.assert(
      fc.property(anyDoc, (any) => {
        const shown = pagesOf(any);
        for (const page of shown) {
          const card = JSON.parse(page.json);
          expect(card.header.title.content).not.toBe('');
          expect(card.config.summary.content).not.toBe('');
          if (shown.length > 1) expect(bodyOf(any, page)).not.toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('user text', () => {
  test('never becomes markup: every markdown of every page is made of our own marks only', () => {
    fc.assert(
      fc.property(anyDoc, (any) => {
        for (const { json } of pagesOf(any)) for (const markdown of markdownsOf(JSON.parse(json))) read(markdown);
      }),
      { numRuns: 60 },
    );
  });

  test('becomes no address, list, heading or rule either', () => {
    fc.assert(
      fc.property(text, (any) => {
        const { json } = renderCard(doc([{ kind: 'text', text: [any] }]));
        for (const markdown of markdownsOf(JSON.parse(json))) {
          const bare = markdown.replaceAll('<br>', '\n').replace(/&#\d+;|&nbsp;/g, '\u0000');
          expect(bare).not.toMatch(/[^\d]\.|\.[^\d]|^\.|\.$/m);
          expect(bare).not.toMatch(/^-|[^A-Za-z0-9]-/m);
          expect(bare).not.toMatch(/ {2}|\t/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each(NASTY)('%j is shown as it is written', (nasty) => {
    const hostile = doc([
      { kind: 'text', text: [nasty, { strong: nasty }, { text: nasty, tone: 'late' }, { mention: { name: nasty } }] },
      { kind: 'heading', text: nasty },
      { kind: 'fields', fields: [{ label: nasty, value: [nasty] }] },
      { kind: 'table', columns: [{ key: nasty, title: nasty }], rows: [Object.fromEntries([[nasty, nasty]])] },
    ]);
    expect(shownByPages(hostile)).toBe(saidBy(hostile, isWide));
  });

  test('costs nothing when it is Chinese', () => {
    const plain = '城东小学（本部）：校舍安全隐患排查，2026-11-22 前报送；依据 A1.2。'.replace('：', '，');
    expect(markdownsOf(JSON.parse(renderCard(doc([{ kind: 'text', text: [plain] }])).json))).toEqual([plain]);
  });

  test('keeps its bold where it begins or ends with punctuation, and joins neighbours', () => {
    const [markdown] = markdownsOf(
      JSON.parse(renderCard(doc([{ kind: 'text', text: ['甲', { strong: '（一）' }, { strong: '乙' }, '丙'] }])).json),
    );
    expect(markdown).toBe('甲**\u200b（一）乙**丙');
  });
});

describe('a mention', () => {
  const shown = (name: string, openId?: string) =>
    markdownsOf(JSON.parse(renderCard(doc([{ kind: 'text', text: [{ mention: { name, openId } }] }])).json)).join('');

  test('of a known person is one', () => {
    expect(shown('张三', 'ou_7d8a6e6df7621556ce0d21922b676706')).toBe(
      '<at id=ou_7d8a6e6df7621556ce0d21922b676706></at>',
    );
  });

  test.each([undefined, '', 'all', 'ou_', 'ou_1></at><at id=all', 'ou_1 2', 'on_123', 'ou_一', `ou_${'1'.repeat(65)}`])(
    'of open id %j is the plain name',
    (openId) => {
      expect(shown('张三', openId)).toBe('张三');
    },
  );
});

describe('long documents', () => {
  test('1,500 entries are numbered through, each wholly on one page', () => {
    const long = doc([entries(1500, (i) => ({ head: [`第${i + 1}所学校`], lines: [['逾期'], [`尾${i + 1}尾`]] }))]);
    const shown = pagesOf(long);
    expect(shownByPages(long)).toBe(saidBy(long, isWide));
    for (const page of shown) {
      const parts = bodyOf(long, page)
        .flatMap((element) => element.content.split('\n\n'))
        .map(read);
      for (const part of parts) expect(part).toMatch(/^(\d+)\. 第\1所学校逾期尾\1尾$/);
    }
  });

  test('5,000 rows are cut into tables of one page each, with their heads', () => {
    const columns = [
      { key: 'unit', title: '单位' },
      { key: 'due', title: '截止' },
    ];
    const rows = Array.from({ length: 5000 }, (_, i) => ({ unit: `第${i}小学`, due: '11月28日' }));
    const long = doc([{ kind: 'table', columns, rows }]);
    const tables = pagesOf(long).flatMap((page) => bodyOf(long, page));
    expect(tables.flatMap((table) => table.rows.map((row: { c0: string }) => row.c0))).toEqual(rows.map((r) => r.unit));
    for (const { columns } of tables)
      expect(columns.map((c: { display_name: string }) => c.display_name)).toEqual(['单位', '截止']);
  });

  test('a table with a cell as long as a page becomes a list, and nothing is lost', () => {
    const wide = doc([
      { kind: 'table', columns: [{ key: 'a', title: '事项' }], rows: [{ a: '短' }, { a: '长'.repeat(40_000) }] },
    ]);
    expect(shownByPages(wide)).toBe(saidBy(wide, () => true));
  });

  test('tables are no more than three to a page', () => {
    const table: Block = { kind: 'table', columns: [{ key: 'a', title: '项' }], rows: [{ a: '一' }, { a: '二' }] };
    const pages = pagesOf(doc(Array.from({ length: 7 }, () => table)));
    expect(pages.map(({ json }) => tags(json).filter((tag) => tag === 'table').length)).toEqual([3, 3, 1]);
  });

  test.each(['👨‍👩‍👧‍👦', '🇨🇳', 'é\u0301\u0302', '中', '<'])(
    'a line of %s without end is cut between graphemes',
    (grapheme) => {
      const text = grapheme.repeat(30_000);
      const endless = doc([{ kind: 'text', text: [text] }]);
      const parts = pagesOf(endless)
        .flatMap((page) => bodyOf(endless, page))
        .flatMap((element) => element.content.split('<br>'))
        .map(read);
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) expect(part.replaceAll(grapheme, '')).toMatch(/^…{1,2}$/);
      expect(parts.at(0)).toMatch(/[^…]…$/);
      expect(parts.at(-1)).toMatch(/^…[^…]/);
      expect(parts.join('').replaceAll('…', '')).toBe(text);
    },
  );

  test('one letter under 100,000 accents is cut all the same', () => {
    const accents = doc([{ kind: 'text', text: [`a${'\u0301'.repeat(100_000)}`] }]);
    expect(shownByPages(accents)).toBe(saidBy(accents, isWide));
    for (const { json } of pagesOf(accents)) expect(checkCard(json)).toEqual({ ok: true });
  });

  test('an entry larger than a page goes on over the next, between its lines', () => {
    const lines = Array.from({ length: 900 }, (_, i) => [`第${i}行，逾期未报的说明材料`]);
    const huge = doc([entries(3, () => ({ head: ['问题'], lines }))]);
    const shown = pagesOf(huge);
    expect(shown.length).toBeGreaterThan(3);
    expect(shownByPages(huge)).toBe(saidBy(huge, isWide));
    expect(shown.map(({ json }) => json).join('')).not.toContain('…');
  });

  test('a heading stays with what it heads', () => {
    const blocks = Array.from({ length: 300 }, (_, i): Block[] => [
      { kind: 'heading', text: `第${i}组` },
      entries(1 + (i % 7), () => ({ head: ['一项任务'.repeat(1 + (i % 40))] })),
    ]).flat();
    const grouped = doc(blocks);
    const lasts = pagesOf(grouped).map((page) => bodyOf(grouped, page).at(-1).content);
    for (const last of lasts) expect(last).not.toMatch(/^\*\*/);
  });

  test('2,000 blocks of all kinds keep to the number of elements', () => {
    const kinds: Block[] = [
      { kind: 'note', text: '以正式文件为准' },
      { kind: 'heading', text: '一、总体情况' },
      { kind: 'text', text: ['正常'] },
      { kind: 'buttons', buttons: [{ label: '收到', press: { v: 1, op: 'show', query: '我的', page: 1 } }] },
    ];
    const many = doc(Array.from({ length: 2000 }, (_, i) => kinds[i % 4] ?? { kind: 'note', text: '' }));
    expect(shownByPages(many)).toBe(saidBy(many, isWide));
    expect(checkCard(renderCard(many, 2).json)).toEqual({ ok: true });
  });
});

describe('the pager', () => {
  const long = (query?: string) =>
    doc([entries(5000, () => ({ head: ['一项任务'] }))], query === undefined ? {} : { query });

  test('offers on each page the neighbours that exist', () => {
    const { pages } = renderCard(long('截止 本周'));
    const pressOf = (page: number) => ({ v: 1, op: 'show', query: '截止 本周', page });
    expect(buttonsOf(renderCard(long('截止 本周'), 1).json)).toEqual([{ label: '下一页', press: pressOf(2) }]);
    expect(buttonsOf(renderCard(long('截止 本周'), 2).json)).toEqual([
      { label: '上一页', press: pressOf(1) },
      { label: '下一页', press: pressOf(3) },
    ]);
    expect(buttonsOf(renderCard(long('截止 本周'), 9999).json)).toEqual([
      { label: '上一页', press: pressOf(pages - 1) },
    ]);
    expect(renderCard(long('截止 本周'), 2).json).toContain(`第 2/${pages} 页`);
  });

  test('is absent from a document of one page', () => {
    expect(renderCard(doc([{ kind: 'text', text: ['今天没有督导安排'] }])).json).not.toMatch(/页/);
  });

  test.each([undefined, '', '字'.repeat(501)])(
    'without a query that can be sent again names the page only',
    (query) => {
      const { json, pages } = renderCard(long(query), 2);
      expect(json).toContain(`第 2/${pages} 页`);
      expect(buttonsOf(json)).toEqual([]);
    },
  );
});

test('a page of 5,000 entries is rendered in linear time', () => {
  const of = (count: number) =>
    doc([
      entries(count, (i) => ({ head: [`第${i}所学校`, { text: '逾期 2 天', tone: 'late' }], lines: [['依据 A1.2']] })),
    ]);
  const time = (count: number) => {
    const measured = of(count);
    const runs = Array.from({ length: 5 }, () => {
      const start = cpuMs();
      renderCard(measured, 2);
      return cpuMs() - start;
    });
    return Math.min(...runs);
  };
  time(1000);
  expect(time(8000) / time(1000)).toBeLessThan(24);
});
