import type { Arrival } from './arrivals.ts';
import type { Assertion } from './step.ts';

/** … stands for anything, a space for any white space: cards break lines where a sentence has a space. */
export function asPattern(text: string): RegExp {
  const literal = (part: string) =>
    part
      .split(/\s+/)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
      .join('\\s+');
  return new RegExp(
    text
      .split('…')
      .map((part) => literal(part))
      .join('.*'),
    'su',
  );
}

/** Why it does not hold, or undefined. `there` is what arrived in the chat that it is about. */
export function judge(assertion: Assertion, there: readonly Arrival[], wrote: readonly string[]): string | undefined {
  switch (assertion.kind) {
    case 'unwritten':
      return wrote.length === 0 ? undefined : `写了：${wrote.join('、')}`;
    case 'silent':
      return there.length === 0 ? undefined : `来了 ${there.length} 条`;
    case 'sees':
      if (there.some(({ text }) => asPattern(assertion.text).test(text))) return undefined;
      return there.length === 0 ? '什么也没有来' : '来的里面没有';
    case 'seesNot':
      return there.some(({ text }) => asPattern(assertion.text).test(text)) ? '来的里面有' : undefined;
  }
}
