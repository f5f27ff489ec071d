/** Lark's deepest body (a card in a callback) stays below 30 levels; more only serves to break what walks the value later. */
const MAX_DEPTH = 64;

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/**
 * JSON from outside. Nesting is bounded and repeated keys are refused before JSON.parse sees the text: which of two equal keys counts
 * differs between parsers, and a value that is checked must be the value that is used. Never throws.
 */
export function parseJson(text: string): Parsed {
  const fault = faultOf(text);
  if (fault) return { ok: false, reason: fault };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
}

const COLON_NEXT = /[ \t\r\n]*:/y;

/** One pass over brackets and strings; grammar is left to JSON.parse. */
function faultOf(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      if (open.length === MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
      open.push(new Set());
    } else if (sign === '}' || sign === ']') {
      open.pop();
    } else if (sign === '"') {
      const end = closingQuote(text, at);
      COLON_NEXT.lastIndex = end + 1;
      if (COLON_NEXT.test(text) && isRepeated(open.at(-1), text.slice(at, end + 1))) return 'repeated key';
      at = end;
    }
  }
  return undefined;
}

/** Index of the quote that ends the string begun at `start`; the text's end when there is none. */
function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function isRepeated(keys: Set<string> | undefined, quoted: string): boolean {
  let key = quoted;
  try {
    // "\u0061" and "a" are one key.
    key = JSON.parse(quoted);
  } catch {
    // Not a string: JSON.parse of the whole text will say so.
  }
  if (!keys || keys.has(key)) return keys !== undefined;
  keys.add(key);
  return false;
}
