import { run } from '../../cards/kit.ts';
import type { Block, Button } from '../../cards/views.ts';
import { LONGEST_QUERY } from '../../cards/views.ts';
import type { Outcome, RegisteredCommand } from '../../language/command.ts';
import { commandAtStart, commandByForm, commandBySentence } from '../../language/command-words.ts';
import { UserError } from '../../language/errors.ts';
import { normalise } from '../../language/words/normalise.ts';

/** What stands beside 收到 and is to be done somewhere else: 收到，另外T1进度60%. Kept among its words it would never reach T1. */

const CLAUSES = /[\n。；;！!,，]+/;
const LEADS = /^(?:[\s、:：]|另外?|此外|顺便|还有|同时|并且?|然后)*/;
const REF = '[TDW]\\s?-?\\s?\\d{1,6}(?!\\d)';
const NAMES = '任务|进展|进度|整改|问题|日程|督导';
const FIGURE = '\\d+(?:\\.\\d+)?\\s*[%％]|百分之|[一二三四五六七八九]成(?!效|果|绩)';
const STEPS =
  '办结|销号|签收|复查|退回|改期|延期|改到|改为|推迟|提前到|取消|撤销|恢复|重开|转交|移交|整改完成|佐证|限期整改|更正|已经?(?:整改|完成|办|报|上报|提交|落实|交)|完成(?:了|$|\\s*\\d)';
/** 延期的事, 完成情况 and 签收后 speak of a step. */
const NOT_ONE = '(?!了?(?:情况|率|后|前|时|的))';

const COMMANDS: readonly RegExp[] = [
  new RegExp(`^(?:${NAMES})?\\s*${REF}.{0,12}?(?:${FIGURE})`, 'i'),
  new RegExp(`^(?:${NAMES})?\\s*${REF}\\s*(?:任务|问题|督导|申请|请求|要)?\\s*(?:${STEPS})${NOT_ONE}`, 'i'),
  new RegExp(`^(?:${NAMES})?\\s*(?:${STEPS}|完成)${NOT_ONE}\\s*${REF}`, 'i'),
  new RegExp(`^(?:进展|进度)(?:完成|达到?|到|是|为)?\\s*(?:${FIGURE})`),
];

/** The clauses of what was said with 收到 that are commands, as lines of their own. */
export function commandsBeside(words: string, commands: readonly RegisteredCommand[]): readonly string[] {
  return words
    .split(CLAUSES)
    .map((clause) => clause.replace(LEADS, '').trim())
    .filter((clause) => COMMANDS.some((pattern) => pattern.test(clause)))
    .filter((clause) => {
      const line = normalise(clause);
      return (
        (commandAtStart(line, commands) ?? commandByForm(line, commands) ?? commandBySentence(line, commands)) !==
        undefined
      );
    });
}

const labelOf = (line: string): string => `单独办：${line.slice(0, 20)}`;
const sentenceOf = (lines: readonly string[]): string =>
  `${lines.map((line) => `“${line}”`).join('、')}还没有办：和收到写在一起只算回话。要办请按按钮，或单独发送。`;

/** The answer, and which of the words are still to be done. */
export function withBeside({ reply, ...outcome }: Outcome, lines: readonly string[]): Outcome {
  if (lines.length === 0) return { reply, ...outcome };
  const buttons = lines
    .filter((line) => line.length <= LONGEST_QUERY)
    .map((line): Button => ({ label: labelOf(line), press: run(line) }));
  const blocks: readonly Block[] = [
    { kind: 'text', text: [{ strong: sentenceOf(lines) }] },
    { kind: 'buttons', buttons },
  ];
  return { ...outcome, reply: { ...reply, blocks: [...reply.blocks, ...blocks] } };
}

/** What was refused, and what else the line would have done. */
export const refusedBeside = ({ message, mends }: UserError, lines: readonly string[]): UserError =>
  new UserError(`${message}${sentenceOf(lines)}`, [...mends, ...lines.map((line) => ({ label: labelOf(line), line }))]);
