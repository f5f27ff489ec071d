import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuMs } from '../support/cpu-time.ts';
import { meanings } from './said.ts';

const words = fc
  .array(
    fc.constantFrom(
      '日程',
      '截止',
      '清单',
      '我是',
      '绑定',
      '今天',
      '4月',
      '8日',
      '前',
      '到',
      '一中',
      '望海区',
      '财政',
      '局',
      '没',
      '有',
      '没有',
      '未完成',
      '2.11',
      'YZ-',
      '第',
      '二',
      '部分',
      '标准',
      '是',
      '多少',
      '组长',
      '陈甲',
      ' ',
      '\n',
      '(',
      '[',
      '\\',
      '$&',
      '%',
      '@',
      '__proto__',
      'constructor',
      '\u0001',
      '\ud800',
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

test('no text throws', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), words);
  await fc.assert(
    fc.asyncProperty(text, async (typed) => {
      const found = await meanings(typed);
      expect(found.length).toBeGreaterThan(0);
    }),
    { numRuns: 2_000, seed: 3 },
  );
}, 60_000);

// Repetitions that would take exponential or cubic time if a pattern could divide them in several ways.
test.each([
  '没有',
  '标准是',
  '的',
  '吧谢谢',
  '，。',
  '查一下',
  '一下',
  '第一',
  '十一',
  '4.8',
  '4月8日',
  '到4月',
  '望海区',
  '财政局',
  '督导',
  '责任督学',
  '系统最高',
  '你的以上',
  'YZ-1.',
  '县',
  '陈甲 ',
  '每',
  '通知',
  '\n日程 今天',
  '\u0301',
  ' ',
])('100 KB of “%s” are answered within a second', async (part) => {
  const started = cpuMs();
  for (const lead of ['', '日程 ', '清单 ', '截止 '])
    await meanings((lead + part.repeat(Math.ceil(100_000 / part.length))).concat('X'));
  expect((cpuMs() - started) / 4).toBeLessThan(1_000);
});
