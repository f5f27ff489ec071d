const MENTION = '@督导助手';
const BEFORE = ['麻烦', '请', '帮我', '请问', '麻烦帮我查一下', '请帮我看看 ', '你好，', '查一下', '我想问一下', '嗯 '];
const AFTER = ['吧', '哈', '哦', '一下', '谢谢', '呢', '呀', '，谢谢', ' 麻烦了', '🙏', '啊'];
const MARKS = ['？', '？？', '。', '！', '~', '…', '!', ' ', '　'];
const HAN = '[\\p{Script=Han}、，。：]';

/** Numbers from 0 to 1 that follow from the seed (mulberry32), so that a failing variant can be had again. */
function numbers(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const fullWidth = (character: string): string =>
  character === ' '
    ? '\u3000'
    : /[!-~]/.test(character)
      ? String.fromCharCode(character.charCodeAt(0) + 0xfee0)
      : character;

/**
 * The same line as another official would type it. `query`: the line asks for something of today, so its words may change places; an
 * order to do something later is left in its order.
 */
export function variantOf(text: string, seed: number, query: boolean): string {
  const next = numbers(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? '';
  const sometimes = (share: number): boolean => next() < share;

  const [first = '', ...lines] = text.replace(/^[@＠]督导助手[\s\u3000]*/, '').split('\n');
  let line = first.replace(/^[/／]/, '');
  const words = line.split(/[\s\u3000]+/);
  if (query && words.length > 1 && sometimes(0.4)) line = words.toReversed().join(' ');
  if (sometimes(0.4)) line = withoutSpaces(line);
  else if (sometimes(0.3)) line = line.replaceAll(' ', pick(['  ', '\u3000', ' \u3000 ', '\t', '\u00a0']));
  if (sometimes(0.5)) line += pick(AFTER);
  if (sometimes(0.5)) line += pick(MARKS);
  const opening = next();
  if (opening < 0.4) line = pick(BEFORE) + line;
  else if (opening < 0.7) line = pick(['/', '／', '/ ', '、']) + line;
  if (sometimes(0.2)) line = line.replace(/(?<=.)(?=.)/u, '\u200b');
  const message = [line, ...lines].join('\n');
  const share = pick(['0', '0.5', '1']);
  const wide = Array.from(message, (character) => (sometimes(Number(share)) ? fullWidth(character) : character)).join(
    '',
  );
  if (sometimes(0.1)) return `${wide} ${MENTION}`;
  return `${pick([MENTION, fullWidth('@') + MENTION.slice(1)])}${pick(['', ' ', '\u3000', '\n'])}${wide}`;
}

/** Chinese needs no spaces; between two Latin words or figures they separate (YZ-1.4 4.35). */
const withoutSpaces = (line: string): string =>
  line.replace(new RegExp(`(?<=${HAN})[\\s\\u3000]+|[\\s\\u3000]+(?=${HAN})`, 'gu'), '');
