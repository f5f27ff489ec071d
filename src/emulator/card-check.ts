import type { z } from 'zod';
import { COLOURS, card, TABLE_CELLS, TEXT_TAG_COLOURS, tableData } from './card-schema.ts';

/** 30 KB of UTF-8 for the content string. */
const MAX_CARD_BYTES = 30 * 1024;
const MAX_ELEMENTS = 200;
/** The documents say 5; failures above 3 were observed, so the emulator refuses what might fail. */
const MAX_TABLES = 3;
const MAX_DEPTH = 5;

export type CardVerdict = { readonly ok: true } | { readonly ok: false; readonly code: number; readonly msg: string };
type Path = readonly (string | number)[];
type Json = Readonly<Record<string, unknown>>;

/** The refusal of a card: the `ErrCode` that stands in `ext=` of a 230099. */
class Refused extends Error {
  readonly errCode: number;
  constructor(errCode: number, message: string) {
    super(message);
    this.errCode = errCode;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `ROOT -> body -> elements -> [2](tag: div)`, as Lark words it. */
function at(root: unknown, path: Path): string {
  let node = root;
  const steps = path.map((step) => {
    node = isObject(node) || Array.isArray(node) ? Reflect.get(node, step) : undefined;
    const tag = isObject(node) && typeof node['tag'] === 'string' ? `(tag: ${node['tag']})` : '';
    return (typeof step === 'number' ? `[${step}]` : step) + tag;
  });
  return ['ROOT', ...steps].join(' -> ');
}

const malformed = (root: unknown, path: Path, problem: string) =>
  new Refused(
    200621,
    `ErrMsg: parse card json err, please check whether the card json is correct; ErrorValue: ${problem}, path: ${at(root, path)}`,
  );

/**
 * What Lark would say to this card JSON 2.0, given as the `content` string of a message. Pure.
 * 230025: over 30 KB. 230099: anything else, with `ext=ErrCode: …` (200621 shape, 200861 a 1.0 component, 200914 and 200915
 * table cells, 11310 too many elements or tables). Card JSON 1.0 and templates are refused: the bot sends neither.
 */
export function checkCard(json: string): CardVerdict {
  if (Buffer.byteLength(json) > MAX_CARD_BYTES)
    return { ok: false, code: 230025, msg: 'The length of the message content reaches its limit.' };
  try {
    check(parse(json));
    return { ok: true };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const msg = `Failed to create card content, ext=ErrCode: ${error.errCode}; ${error.message}; `;
    return { ok: false, code: 230099, msg };
  }
}

function parse(json: string): Json {
  let root: unknown;
  try {
    root = JSON.parse(json);
  } catch {
    throw malformed({}, [], 'not a json');
  }
  if (!isObject(root)) throw malformed({}, [], 'not a json object');
  if (root['type'] === 'template')
    throw new Refused(
      200380,
      'ErrMsg: template does not exist, please confirm whether this template has been released',
    );
  if (root['schema'] !== '2.0') throw malformed(root, [], 'schema is not 2.0');
  return root;
}

function check(root: Json): void {
  const walk = new Walk(root);
  walk.visit(root, []);
  const shape = card.safeParse(root);
  if (!shape.success) throw fromZod(root, shape.error.issues[0]);
  walk.finish();
}

function fromZod(root: Json, issue: z.core.$ZodIssue | undefined): Refused {
  if (!issue) return malformed(root, [], 'invalid');
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys')
    return malformed(root, path, `unknown property, property: ${issue.keys.join(', ')}`);
  if (issue.code === 'invalid_union' && path.at(-1) === 'tag')
    return malformed(root, path.slice(0, -1), 'type of element is not supported');
  return malformed(root, path, `invalid value, ${issue.message}`);
}

const CONTAINERS = new Set(['column_set', 'form', 'collapsible_panel', 'interactive_container']);
const GONE = new Set(['action', 'note']);
const NAMED = new Set([
  'button',
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
  'select_img',
]);
/** Free-form data in which a `tag` means nothing to the card. */
const OPAQUE = new Set(['value', 'chart_spec', 'rows', 'i18n_content']);

/** The rules that concern several places of a card at once: counts, uniqueness, who may stand where. */
class Walk {
  readonly root: Json;
  readonly colours: ReadonlySet<string>;
  readonly names = new Set<string>();
  readonly ids = new Set<string>();
  elements = 0;
  tables = 0;

  constructor(root: Json) {
    this.root = root;
    const config = isObject(root['config']) ? root['config'] : {};
    const style = isObject(config['style']) ? config['style'] : {};
    this.colours = new Set([...COLOURS, ...Object.keys(isObject(style['color']) ? style['color'] : {})]);
  }

  visit(node: unknown, path: Path, depth = 0, form: Path | undefined = undefined): void {
    if (Array.isArray(node)) {
      for (const [i, child] of node.entries()) this.visit(child, [...path, i], depth, form);
    } else if (isObject(node)) {
      const tag = typeof node['tag'] === 'string' ? node['tag'] : undefined;
      if (tag !== undefined) this.component(node, tag, path, form);
      const deeper = depth + (tag !== undefined && CONTAINERS.has(tag) ? 1 : 0);
      if (deeper > MAX_DEPTH) throw malformed(this.root, path, `containers nest deeper than ${MAX_DEPTH} levels`);
      const inside = tag === 'form' ? path : form;
      for (const [key, child] of Object.entries(node))
        if (!OPAQUE.has(key)) this.visit(child, [...path, key], deeper, inside);
    }
  }

  /** The limits come last: a malformed card is refused for its shape, however large it is. */
  finish(): void {
    if (this.elements > MAX_ELEMENTS)
      throw new Refused(11310, 'ErrMsg: element exceeds the limit; ErrorValue: element');
    if (this.tables > MAX_TABLES) throw new Refused(11310, 'ErrMsg: card table number over limit; ErrorValue: table');
  }

  private component(node: Json, tag: string, path: Path, form: Path | undefined): void {
    this.elements += 1;
    if (GONE.has(tag))
      throw new Refused(
        200861,
        `ErrPath: ${at(this.root, path)}; ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag ${tag}`,
      );
    const id = node['element_id'];
    if (typeof id === 'string') this.unique(this.ids, id, 'element_id', path);
    const atRoot = path.length === 3 && path[0] === 'body' && path[1] === 'elements';
    if ((tag === 'form' || tag === 'table') && !atRoot)
      throw malformed(this.root, path, `${tag} must be placed directly in body.elements`);
    if (form && tag === 'chart') throw malformed(this.root, path, 'chart is not supported in form');
    if (NAMED.has(tag) || tag === 'form') this.named(node, tag, path, form);
    if (tag === 'form') this.submitted(node, path);
    if (tag === 'table') this.table(node, path);
    if (tag === 'select_static' || tag === 'multi_select_static') this.choices(node, path);
    if (tag === 'markdown' || tag === 'lark_md') this.markdown(String(node['content']), path);
    for (const key of ['text_color', 'background_style', 'background_color', 'border_color'])
      this.colour(node[key], this.colours, path, key === 'background_style' ? ['none', 'laser'] : []);
  }

  private unique(seen: Set<string>, value: string, what: string, path: Path): void {
    if (seen.has(value)) throw malformed(this.root, path, `duplicate ${what}: ${value}`);
    seen.add(value);
  }

  private named(node: Json, tag: string, path: Path, form: Path | undefined): void {
    const name = node['name'];
    if (typeof name === 'string') this.unique(this.names, name, 'name', path);
    else if (form) throw malformed(this.root, path, `name is required in form, tag: ${tag}`);
    if (!form && node['form_action_type'] !== undefined)
      throw malformed(this.root, path, 'unknown property, property: form_action_type');
  }

  private submitted(form: Json, path: Path): void {
    const submits = (node: unknown): boolean =>
      Array.isArray(node)
        ? node.some(submits)
        : isObject(node) &&
          (node['form_action_type'] === 'submit' ||
            Object.entries(node).some(([key, child]) => !OPAQUE.has(key) && submits(child)));
    if (!submits(form)) throw malformed(this.root, path, 'form has no submit button');
  }

  private choices(node: Json, path: Path): void {
    const values = new Set<string>();
    for (const option of Array.isArray(node['options']) ? node['options'] : [])
      if (isObject(option)) this.unique(values, String(option['value']), 'option value', path);
  }

  private table(node: Json, path: Path): void {
    this.tables += 1;
    const parsed = tableData.safeParse(node);
    if (!parsed.success) return; // the schema says what is wrong
    const columns = new Map(parsed.data.columns.map((column) => [column.name, column]));
    if (columns.size < parsed.data.columns.length) throw malformed(this.root, path, 'duplicate column name');
    for (const [i, row] of parsed.data.rows.entries())
      for (const [name, cell] of Object.entries(row)) {
        const column = columns.get(name);
        if (!column)
          throw new Refused(
            200915,
            `ErrPath: ${at(this.root, path)}; ErrMsg: table rows name is invalid; ErrorValue: ${name}`,
          );
        if (!TABLE_CELLS[column.data_type].safeParse(cell).success)
          throw new Refused(
            200914,
            `ErrPath: ${at(this.root, path)}; ErrMsg: table rows is invalid; ErrorValue: row ${i}, column ${name}`,
          );
      }
  }

  private markdown(content: string, path: Path): void {
    this.tables += content.match(/^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$/gm)?.length ?? 0;
    for (const [, tag, , colour] of content.matchAll(/<(font|text_tag)\s[^>]*?color\s*=\s*(['"]?)([^'"\s>]*)\2/g))
      this.colour(colour, tag === 'font' ? this.colours : TEXT_TAG_COLOURS, path);
    for (const [, key] of content.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g))
      if (!/^img_[\w-]+$/.test(key ?? ''))
        throw new Refused(200570, `ErrMsg: card contains invalid image keys; ErrorValue: image key ${key}`);
  }

  private colour(value: unknown, known: ReadonlySet<string>, path: Path, also: readonly string[] = []): void {
    if (typeof value === 'string' && !known.has(value) && !also.includes(value))
      throw malformed(this.root, path, `invalid color: ${value}`);
  }
}
