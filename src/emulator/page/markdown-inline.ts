import { ink, tagClass } from './colours.ts';
import { type Child, h } from './dom.ts';

import { formatTime } from './time.ts';

/** Whom a text may name. */
export interface Readers {
  readonly me: string;
  nameOf(openId: string): string;
}

const NAMED: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  sim: '~',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** Entities are decoded last, when a text node is made: what was escaped never becomes a mark. */
export const decode = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (name !== undefined) return NAMED[name] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

const mention = (openId: string, readers: Readers): HTMLElement => {
  const all = openId === 'all';
  const me = all || openId === readers.me;
  return h('span', { class: me ? 'at me' : 'at' }, `@${all ? '所有人' : readers.nameOf(openId)}`);
};

const warning = (text: string): HTMLElement => h('span', { class: 'warning' }, `⚠ ${text}`);

export function link(url: string, ...children: readonly Child[]): HTMLElement {
  if (!/^https?:\/\//i.test(url)) return h('span', { class: 'at', title: url }, ...children);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

const attribute = (attributes: string, name: string): string =>
  decode(
    new RegExp(`${name}\\s*=\\s*(?:'([^']*)'|"([^"]*)"|([^\\s'">]+))`)
      .exec(attributes)
      ?.slice(1)
      .find((one) => one !== undefined) ?? '',
  );

/** In the order in which they are tried at a place; what fits none is text. */
const MARK =
  /<(br|hr)\s*\/?>|<(at|person|font|text_tag|number_tag|local_datetime|link|a)\b([^<>]*?)\/?>|<\/?([a-z_]+)\b[^<>]*>|`([^`\n]+)`|!\[([^\]]*)\]\(([^)\s]*)\)|\[([^\]]*)\]\(([^)\s]*)\)|(\*\*|__|~~)(?=\S)|(?<![*\w])\*(?=[^*\s])|(https?:\/\/[^\s<>（），。；]+)/g;

/** One paragraph's running text. */
export function inline(source: string, readers: Readers): Node[] {
  const out: Node[] = [];
  const text = (from: number, to: number) => {
    if (to > from) out.push(document.createTextNode(decode(source.slice(from, to))));
  };
  const marks = new RegExp(MARK);
  let done = 0;
  for (let found = marks.exec(source); found; found = marks.exec(source)) {
    const read = readMark(source, found, readers);
    if (!read) continue;
    text(done, found.index);
    out.push(...read.nodes);
    done = read.end;
    marks.lastIndex = done;
  }
  text(done, source.length);
  return out;
}

interface Read {
  readonly nodes: readonly Node[];
  readonly end: number;
}

function readMark(source: string, found: RegExpExecArray, readers: Readers): Read | undefined {
  const [whole, empty, tag, attributes = '', unknown, code, alt, key, label, target, pair, url] = found;
  const end = found.index + whole.length;
  if (empty) return { nodes: [h(empty === 'br' ? 'br' : 'hr')], end };
  if (tag !== undefined) return readTag(source, end, { tag, attributes, closed: whole.endsWith('/>') }, readers);
  if (unknown !== undefined) return { nodes: [warning(`无法显示的标签 ${whole}`)], end };
  if (code !== undefined) return { nodes: [h('code', {}, decode(code))], end };
  if (key !== undefined) return { nodes: [picture(decode(alt ?? ''), key)], end };
  if (target !== undefined) return { nodes: [link(decode(target), ...inline(label ?? '', readers))], end };
  if (url !== undefined) return { nodes: [link(decode(url), decode(url))], end };
  const mark = pair ?? '*';
  const close = source.indexOf(mark, end);
  if (close <= end) return undefined;
  const element = mark === '~~' ? 's' : mark === '*' ? 'em' : 'strong';
  return { nodes: [h(element, {}, ...inline(source.slice(end, close), readers))], end: close + mark.length };
}

export const picture = (alt: string, key: string): HTMLElement =>
  h('span', { class: 'picture', role: 'img', 'aria-label': alt || '图片', title: key }, `🖼 ${alt || '图片'}`);

/** A tag with its end; nested tags of the same name are not part of the platform's markdown. */
function readTag(
  source: string,
  from: number,
  { tag, attributes, closed }: { tag: string; attributes: string; closed: boolean },
  readers: Readers,
): Read {
  const mark = `</${tag}>`;
  const at = closed ? -1 : source.indexOf(mark, from);
  const inner = at < 0 ? '' : source.slice(from, at);
  const end = at < 0 ? from : at + mark.length;
  const value = (name: string) => attribute(attributes, name);
  const children = () => inline(inner, readers);
  switch (tag) {
    case 'at':
      return {
        nodes: [value('id') ? mention(value('id'), readers) : h('span', { class: 'at' }, `@${value('email')}`)],
        end,
      };
    case 'person':
      return { nodes: [h('span', { class: 'at' }, readers.nameOf(value('id')))], end };
    case 'font':
      return { nodes: [ink(h('span', {}, ...children()), value('color'))], end };
    case 'text_tag':
      return { nodes: [h('span', { class: tagClass(value('color')) }, ...children())], end };
    case 'number_tag':
      return {
        nodes: [h('span', { class: `number ${tagClass(value('background_color') || 'grey')}` }, ...children())],
        end,
      };
    case 'local_datetime': {
      const instant = Number(value('millisecond'));
      const formats: Readonly<Record<string, string>> = { date_num: 'YYYY-MM-DD', time: 'HH:mm', date_short: 'MM-DD' };
      return {
        nodes: [h('time', {}, formatTime(instant || 0, formats[value('format_type')] ?? 'YYYY-MM-DD HH:mm'))],
        end,
      };
    }
    default:
      return {
        nodes: [link(value('url') || value('href') || value('pc_url'), ...(inner ? children() : ['链接']))],
        end,
      };
  }
}
