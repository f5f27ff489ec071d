/**
 * A message as plain text for a terminal or an assertion: what a person reads, without colours and layout. Buttons and fields stand
 * in 【】, a header's tags in 〔〕, a mention as @name. Text is decoded last, so that what was escaped stays what it was.
 */

type Json = Readonly<Record<string, unknown>>;
type NameOf = (openId: string) => string;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objects = (value: unknown): readonly Json[] => list(value).filter(isObject);
const string = (value: unknown): string => (typeof value === 'string' ? value : '');

export function messageText(
  message: {
    readonly type: string;
    readonly content: string;
    readonly mentions: readonly { readonly key: string; readonly name: string }[];
  },
  nameOf: NameOf,
): string {
  const json: unknown = JSON.parse(message.content);
  if (!isObject(json)) return message.content;
  const named = (text: string) =>
    [...message.mentions]
      .sort((a, b) => b.key.length - a.key.length)
      .reduce((out, { key, name }) => out.replaceAll(key, `@${name}`), text)
      .replaceAll('@_all', '@所有人');
  switch (message.type) {
    case 'text':
      return named(string(json['text'])).replace(
        /<at user_id="([^"]*)">.*?<\/at>/g,
        (_, id: string) => `@${id === 'all' ? '所有人' : nameOf(id)}`,
      );
    case 'post':
      return named(postText(json, nameOf));
    case 'interactive':
      return cardText(json, nameOf);
    case 'file':
      return `[文件] ${string(json['file_name'])}`;
    case 'image':
      return '[图片]';
    default:
      return `[${message.type}]`;
  }
}

function postText(json: Json, nameOf: NameOf): string {
  const post = json['content'] === undefined ? Object.values(json).find(isObject) : json;
  const node = (part: Json) => {
    if (part['tag'] === 'at') {
      const id = string(part['user_id']);
      return id.startsWith('@_') ? id : `@${id === 'all' ? '所有人' : nameOf(id)}`;
    }
    return part['tag'] === 'img' ? '[图片]' : string(part['text']);
  };
  const lines = list(post?.['content']).map((line) => objects(line).map(node).join(''));
  return [string(post?.['title']), ...lines].filter((line) => line !== '').join('\n');
}

export function cardText(card: Json, nameOf: NameOf): string {
  const header = isObject(card['header']) ? card['header'] : {};
  const tags = objects(header['text_tag_list']).map((tag) => `〔${words(tag['text'], nameOf)}〕`);
  const body = isObject(card['body']) ? card['body'] : {};
  return [
    [words(header['title'], nameOf), ...tags].join(' ').trim(),
    words(header['subtitle'], nameOf),
    ...list(body['elements']).map((element) => elementText(element, nameOf)),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** A text object: plain_text as it is, lark_md and markdown read. */
function words(text: unknown, nameOf: NameOf): string {
  if (!isObject(text)) return '';
  const content = string(text['content']);
  return text['tag'] === 'plain_text' ? content : markdownText(content, nameOf);
}

const INPUTS: Readonly<Record<string, string>> = {
  input: '填写',
  select_static: '选择',
  multi_select_static: '选择',
  select_person: '选人',
  multi_select_person: '选人',
  date_picker: '日期',
  picker_time: '时间',
  picker_datetime: '时间',
  checker: '勾选',
};

function elementText(element: unknown, nameOf: NameOf): string {
  if (!isObject(element)) return '';
  const tag = string(element['tag']);
  const inner = (value: unknown) => list(value).map((child) => elementText(child, nameOf));
  const input = INPUTS[tag];
  if (input !== undefined) {
    const label = ['label', 'placeholder', 'text']
      .map((key) => words(element[key], nameOf))
      .find((text) => text !== '');
    const options = objects(element['options']).map((option) => words(option['text'], nameOf));
    return `【${input}：${[label ?? string(element['name']), ...options.filter(Boolean)].join(' / ')}】`;
  }
  switch (tag) {
    case 'markdown':
      return markdownText(string(element['content']), nameOf);
    case 'div':
      return [
        words(element['text'], nameOf),
        ...objects(element['fields']).map((field) => words(field['text'], nameOf)),
      ]
        .filter((line) => line !== '')
        .join('\n');
    case 'button':
      return `【${words(element['text'], nameOf)}】${element['disabled'] === true ? '（不可用）' : ''}`;
    case 'column_set':
      return columnsText(objects(element['columns']).map((column) => inner(column['elements']).join('\n')));
    case 'form':
    case 'interactive_container':
      return inner(element['elements']).join('\n');
    case 'collapsible_panel': {
      const panel = isObject(element['header']) ? element['header'] : {};
      const lines = inner(element['elements']).join('\n').split('\n');
      return [`▸ ${words(panel['title'], nameOf)}`, ...lines.map((line) => `  ${line}`)].join('\n');
    }
    case 'table':
      return tableText(element, nameOf);
    case 'hr':
      return '————';
    case 'person':
      return `@${nameOf(string(element['user_id']))}`;
    case 'person_list':
      return objects(element['persons'])
        .map((person) => `@${nameOf(string(person['id']))}`)
        .join(' ');
    default:
      return `[${tag}]`;
  }
}

/** Columns of one line each stand side by side, as a row of buttons does. */
function columnsText(columns: readonly string[]): string {
  return columns.join(columns.every((column) => !column.includes('\n')) ? '  ' : '\n');
}

function tableText(table: Json, nameOf: NameOf): string {
  const columns = objects(table['columns']);
  const rows = objects(table['rows']).map((row) =>
    columns.map((column) => cellText(row[string(column['name'])], column, nameOf)).join(' | '),
  );
  return [columns.map((column) => string(column['display_name'])).join(' | '), ...rows].join('\n');
}

function cellText(cell: unknown, column: Json, nameOf: NameOf): string {
  switch (column['data_type']) {
    case 'options':
      return typeof cell === 'string'
        ? cell
        : objects(cell)
            .map((option) => string(option['text']))
            .join('、');
    case 'persons':
      return (typeof cell === 'string' ? [cell] : list(cell)).map((id) => `@${nameOf(string(id))}`).join('、');
    case 'date':
      return typeof cell === 'number' ? dateText(cell, string(column['date_format']) || 'YYYY-MM-DD') : '';
    case 'markdown':
    case 'lark_md':
      return markdownText(string(cell), nameOf);
    default:
      return cell === undefined ? '' : String(cell);
  }
}

/** In Beijing time, where these cards are read. */
function dateText(instant: number, format: string): string {
  const iso = new Date(instant + 8 * 3_600_000).toISOString();
  const parts = {
    YYYY: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    DD: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
  };
  return Object.entries(parts).reduce((out, [token, value]) => out.replace(token, value), format);
}

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  sim: '~',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** Marks and tags go, then entities are decoded: the order that keeps escaped user text literal. */
export function markdownText(markdown: string, nameOf: NameOf): string {
  return markdown
    .replace(
      /<at\s+id\s*=\s*['"]?([^\s'">]+)['"]?\s*>(?:<\/at>)?/g,
      (_, id: string) => `@${id === 'all' ? '所有人' : nameOf(id)}`,
    )
    .replace(/<person\s+id\s*=\s*['"]?([^\s'">]+)['"]?[^>]*>(?:<\/person>)?/g, (_, id: string) => `@${nameOf(id)}`)
    .replace(/<text_tag[^>]*>(.*?)<\/text_tag>/gs, '〔$1〕')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<hr\s*\/?>/g, '————')
    .replace(/<\/?[a-z_]+[^>]*>/g, '')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '[图片]')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~)(.+?)\1/gs, '$2')
    .replace(/(?<![*\w])\*([^*\n]+)\*(?![*\w])/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/^>\s?/gm, '')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ENTITIES[name ?? ''] ?? whole;
    });
}
