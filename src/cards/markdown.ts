import { boundary, clean } from './plain-text.ts';
import type { Inline, Tone } from './views.ts';

/** Text in one manner; for 'at' the text is an open id. */
interface Run {
  readonly text: string;
  readonly as: 'plain' | 'strong' | 'at' | Tone;
}
/** Runs without a line break. */
export type Line = readonly Run[];

/** Names of the platform's colours for running text. */
const FONT = { normal: 'blue', soon: 'orange', late: 'red', done: 'green', muted: 'grey' } as const;

/** Longer than any open id that Lark gives (35), so that no size depends on a foreign string. */
const OPEN_ID = /^ou_[A-Za-z0-9_-]{1,64}$/;

/**
 * Characters with meaning in the platform's markdown, as decimal entities (飞书卡片 JSON 2.0, 富文本: 特殊字符转义).
 * The dots, slashes, colons and @ of an address are among them, else clients turn it into a link. A dot between digits (A1.2)
 * and a dash after a letter or digit (2026-11-22) mean nothing anywhere; of several spaces all but one would be lost, four make code.
 */
const MEANINGFUL = /[&<>*_~[\]()#!+:`$\\/"'|=^{}@]|(?<![A-Za-z0-9])-|(?<!\d)\.|\.(?!\d)|(?<= ) | (?= )/g;
const entity = (char: string): string => (char === ' ' ? '&nbsp;' : `&#${char.charCodeAt(0)};`);

/** User text as markdown that shows exactly this text. Expects one clean line. */
const escapeMarkdown = (text: string): string => text.replace(MEANINGFUL, entity);

/**
 * Emphasis counts only if its marks touch a letter or digit on the inside (CommonMark's flanking rule); entities, brackets and
 * Chinese punctuation do not qualify. A zero-width space does: it is neither white space nor punctuation.
 */
function strong(text: string): string {
  if (text.trim() === '') return escapeMarkdown(text);
  const open = /^[\p{L}\p{N}]/u.test(text) ? '' : '\u200b';
  const close = /[\p{L}\p{N}]$/u.test(text) ? '' : '\u200b';
  return `**${open}${escapeMarkdown(text)}${close}**`;
}

function runToMarkdown({ text, as }: Run): string {
  if (as === 'at') return `<at id=${text}></at>`;
  if (as === 'plain') return escapeMarkdown(text);
  if (as === 'strong') return strong(text);
  return `<font color='${FONT[as]}'>${escapeMarkdown(text)}</font>`;
}

export const toMarkdown = (line: Line): string => line.map(runToMarkdown).join('');
export const toPlain = (line: Line): string => line.map((run) => run.text).join('');

function toRun(inline: Inline): Run {
  if (typeof inline === 'string') return { text: clean(inline), as: 'plain' };
  if ('strong' in inline) return { text: clean(inline.strong), as: 'strong' };
  if ('text' in inline) return { text: clean(inline.text), as: inline.tone };
  const { openId, name, everyone } = inline.mention;
  if (everyone) return { text: 'all', as: 'at' };
  return openId !== undefined && OPEN_ID.test(openId) ? { text: openId, as: 'at' } : { text: clean(name), as: 'plain' };
}

/** The lines of a running text: line breaks in it are kept, blank lines are not. */
export function toLines(inlines: readonly Inline[]): Line[] {
  const lines: Run[][] = [[]];
  for (const run of inlines.map(toRun)) {
    run.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      const line = lines.at(-1);
      const last = line?.at(-1);
      // Neighbours of one manner become one run: '**a****b**' would not be two bold texts.
      if (last && last.as === run.as && run.as !== 'at') line?.splice(-1, 1, { text: last.text + text, as: run.as });
      else if (text !== '') line?.push({ text, as: run.as });
    });
  }
  return lines.filter((line) => toPlain(line).trim() !== '');
}

/** Upper bounds in bytes: of an ASCII character (an entity unless letter or digit), of the tags around a run. Other units take 3. */
const WEIGHTS = Uint8Array.from({ length: 0x80 }, (_, code) => (/[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 6));
const TAGS = 40;

const weigh = (text: string): number => {
  let sum = TAGS;
  for (let at = 0; at < text.length; at += 1) sum += WEIGHTS[text.charCodeAt(at)] ?? 3;
  return sum;
};

const ELLIPSIS: Run = { text: '…', as: 'plain' };

/**
 * The line in pieces of at most `maxBytes` each, as markdown or as plain text. What was one line ends with … and goes on with …;
 * cuts are between graphemes.
 */
export function foldLine(line: Line, maxBytes: number): Line[] {
  if (line.reduce((sum, run) => sum + weigh(run.text), 0) <= maxBytes) return [line];
  const folded: Line[] = [];
  let current: Run[] = [];
  let room = maxBytes - TAGS;
  const breakLine = () => {
    folded.push([...current, ELLIPSIS]);
    current = [ELLIPSIS];
    room = maxBytes - 2 * TAGS;
  };
  for (const run of line) {
    let from = 0;
    while (from < run.text.length) {
      // A run is begun only where some of it fits; a mention may reach over the edge by its own length.
      if (room < 2 * TAGS + 100) breakLine();
      const { to, weight } =
        run.as === 'at' ? { to: run.text.length, weight: weigh(run.text) } : reach(run.text, from, room);
      current.push({ text: run.text.slice(from, to), as: run.as });
      room -= weight;
      from = to;
      if (from < run.text.length) breakLine();
    }
  }
  return [...folded, current];
}

/** How far from `from` a run may go in `room` bytes. */
function reach(text: string, from: number, room: number): { to: number; weight: number } {
  let weight = TAGS;
  let to = from;
  while (to < text.length) {
    const next = weight + (WEIGHTS[text.charCodeAt(to)] ?? 3);
    if (next > room) return { to: boundary(text, from, to), weight };
    weight = next;
    to += 1;
  }
  return { to, weight };
}
