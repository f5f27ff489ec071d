import { type Item, LineError, opensBlock, readLine } from './read-line.ts';
import type { Assertion, Say, Send, Setting, Step } from './step.ts';

interface Scripted {
  /** The number of its line in the file. */
  readonly line: number;
  readonly step: Step;
  readonly assertions: readonly { readonly line: number; readonly assertion: Assertion }[];
}

export interface Play {
  /** What its first comment says. */
  readonly title: string;
  readonly setting: Setting;
  readonly steps: readonly Scripted[];
}

/** All that is wrong with a file, each with its line. */
export class PlayError extends Error {
  constructor(wrong: readonly { readonly line: number; readonly why: string }[]) {
    super(wrong.map(({ line, why }) => `第 ${line} 行：${why}`).join('\n'));
  }
}

interface Numbered {
  readonly line: number;
  readonly item: Item;
}

/** Lines one after another. What may have | lines under it is complete with the first line that is none, or at the end. */
export function lineReader() {
  let open: { readonly line: number; readonly item: Say | Send; readonly below: string[] } | undefined;
  const end = (): readonly Numbered[] => {
    if (!open) return [];
    const { line, item, below } = open;
    open = undefined;
    if (item.kind === 'say') return [{ line, item: { ...item, text: below.join('\n') } }];
    if (below.length === 0) throw new LineError('冒号下面要写表里的各行，每行前面加 | ', line);
    return [{ line, item: { ...item, table: below } }];
  };
  return {
    end,
    /** Whether | lines may follow. */
    isOpen: () => open !== undefined,
    /** What became complete with this line. Throws LineError. */
    feed(text: string, line: number): readonly Numbered[] {
      const [, below] = /^\s*[|｜] ?(.*)$/.exec(text) ?? [];
      if (below !== undefined) {
        if (!open) throw new LineError('“|”开头的行要写在以冒号结尾的一步下面');
        open.below.push(below.trimEnd());
        return [];
      }
      const before = end();
      if (/^\s*(?:#|$)/.test(text)) return before;
      const item = readLine(text);
      if (!opensBlock(item, text)) return [...before, { line, item }];
      open = { line, item, below: [] };
      return before;
    },
  };
}

export const isAssertion = (item: Item): item is Assertion =>
  ['sees', 'seesNot', 'silent', 'unwritten'].some((kind) => kind === item.kind);

/** Throws PlayError. */
export function readPlay(text: string): Play {
  const lines = text.split(/\r?\n/);
  const wrong: { line: number; why: string }[] = [];
  const reader = lineReader();
  const found: Numbered[] = [];
  const note = (line: number, read: () => readonly Numbered[]) => {
    try {
      found.push(...read());
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      wrong.push({ line: error.line ?? line, why: error.message });
    }
  };
  for (const [index, each] of lines.entries()) note(index + 1, () => reader.feed(each, index + 1));
  note(lines.length, () => reader.end());
  const [head, ...rest] = found;
  const setting = head?.item.kind === 'world' ? head.item : undefined;
  if (!setting) wrong.push({ line: head?.line ?? 1, why: '第一步要写世界，例如：世界 样区 2026-04-20 09:00' });
  const steps = stepsOf(setting ? rest : found, wrong);
  if (!setting || wrong.length > 0) throw new PlayError(wrong.toSorted((a, b) => a.line - b.line));
  const title = lines.find((line) => line.startsWith('#')) ?? '';
  return { title: title.replace(/^#\s*/, ''), setting, steps };
}

function stepsOf(found: readonly Numbered[], wrong: { line: number; why: string }[]): readonly Scripted[] {
  const steps: { line: number; step: Step; assertions: { line: number; assertion: Assertion }[] }[] = [];
  for (const { line, item } of found) {
    const last = steps.at(-1);
    if (item.kind === 'world') wrong.push({ line, why: '一个文件只写一个世界' });
    else if (!isAssertion(item)) steps.push({ line, step: item, assertions: [] });
    else if (!last) wrong.push({ line, why: '前面还没有一步，没有什么可看' });
    else if (needsPlace(item, last.step)) wrong.push({ line, why: '这一步不在哪个群里，请写明看哪个群或谁的私聊' });
    else last.assertions.push({ line, assertion: item });
  }
  return steps;
}

/** The clock and newcomers have no chat of their own. */
const needsPlace = (assertion: Assertion, { kind }: Step): boolean =>
  assertion.kind !== 'unwritten' && assertion.place === undefined && (kind === 'clock' || kind === 'person');
