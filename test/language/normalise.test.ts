import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TEXT, normalise } from '../../src/language/words/normalise.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '日程',
        '今天',
        '麻烦',
        '请',
        '帮我',
        '查',
        '一下',
        '下',
        '周',
        '吗',
        '吧',
        '谢谢',
        '？',
        '。',
        ' ',
        '　',
        '\n',
        '/',
        '／',
        '@督导助手',
        '整该',
        '帐',
        '誰',
        '\u200b',
        '👍',
        '啊',
        '２',
        '發給我',
        '发我',
        '日成',
        '么',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

test('normalising twice is normalising once', () => {
  fc.assert(
    fc.property(text, (typed) => {
      const once = normalise(typed);
      expect(normalise(once)).toBe(once);
    }),
    { numRuns: 3_000, seed: 1 },
  );
});

test('no invisible character, double space or empty line is left', () => {
  fc.assert(
    fc.property(text, (typed) => {
      expect(normalise(typed)).not.toMatch(/[^\S\n ]|\p{Cf}|(?!\n)\p{Cc}| {2}|^\n|\n\n|\n$/u);
    }),
    { numRuns: 3_000, seed: 2 },
  );
});

test(`what follows ${MAX_TEXT} characters is not read`, () => {
  expect(normalise('程'.repeat(100_000))).toBe('程'.repeat(MAX_TEXT));
  // Compatibility forms grow: one U+FDFA is eighteen characters.
  expect(normalise('\ufdfa'.repeat(MAX_TEXT)).length).toBeLessThanOrEqual(MAX_TEXT);
});

test.each([
  ['下下周 begins a date', '下下周三日程', '下下周三日程'],
  ['full width becomes half width', '／日程　４月８日', '日程 4月8日'],
  ['、。“” stay as they are', '林乙、周丙 “督导”。实小', '林乙、周丙 “督导”。实小'],
  ['traditional characters of the field become simplified', '查詢 誰去哪個學校', '谁去哪个学校'],
  ['homophones of voice input are corrected', '整该台帐 催半 督到日成', '整改台账 催办 督导日程'],
  [
    'words that only look like a slip stay',
    '监督到位 今日成立 负责人单位 覆盖率',
    '监督到位 今日成立 负责人单位 覆盖率',
  ],
  ['politeness goes from both ends', '麻烦帮我查一下下周日程，谢谢！', '下周日程'],
  ['下 of 下周 is no politeness', '查下周日程', '下周日程'],
  ['什么 keeps its 么', '下周三前要交什么呢？？', '下周三前要交什么'],
  ['politeness inside a line stays', '陈甲 请假 一下午', '陈甲 请假 一下午'],
  ['the mention goes, wherever it stands', '日程 今天 @督导助手', '日程 今天'],
  ['the mention of somebody else stays', '@陈甲 日程', '@陈甲 日程'],
  ['lines stay lines, without empty ones', '@督导助手\n\n日程 今天\r\n 整改 一中 ', '日程 今天\n整改 一中'],
  ['zero-width characters go', '日\u200b程\ufeff 今\u2060天', '日程 今天'],
  ['a question mark alone asks for help', '？？', '?'],
  ['the slash key of a Chinese keyboard writes 、', '、日程 明天', '日程 明天'],
])('%s', (_, typed, read) => {
  expect(normalise(typed)).toBe(read);
});
