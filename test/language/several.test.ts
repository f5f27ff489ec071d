import { describe, expect, test } from 'vitest';
import { severalNumbers } from '../../src/language/words/several.ts';

describe('a line names several tasks or problems', () => {
  test.each([
    ['完成 T1、T2', 'T', ['T1', 'T2']],
    ['完成 T7 T8', 'T', ['T7', 'T8']],
    ['改期 T2、T6 5月20日', 'T', ['T2', 'T6']],
    ['改期 T2和T6 5月20日 原因 台风', 'T', ['T2', 'T6']],
    ['T1、2、3 已完成', 'T', ['T1', 'T2', 'T3']],
    ['T1-5 办结', 'T', ['T1', 'T5']],
    ['T1至T5 办结', 'T', ['T1', 'T5']],
    ['T1T2 办结', 'T', ['T1', 'T2']],
    ['t1, t-2 转交 望海区财政局', 'T', ['T1', 'T2']],
    ['T1 60%，T2 40%', 'T', ['T1', 'T2']],
    ['T1 已完成 T2 已完成', 'T', ['T1', 'T2']],
    ['完成 1、2', 'T', ['T1', 'T2']],
    ['第1、2项已完成', 'T', ['T1', 'T2']],
    ['W1-W5 签收', 'W', ['W1', 'W5']],
    ['W1、W2 签收', 'W', ['W1', 'W2']],
    ['签收 W1 W2', 'W', ['W1', 'W2']],
    ['12号问题、13号问题 签收', 'W', ['W12', 'W13']],
  ] as const)('%s', (line, letter, numbers) => {
    expect(severalNumbers(line, letter)).toEqual(numbers);
  });
});

describe('a line names one task or problem', () => {
  test.each([
    ['T1 60% 已完成主体施工', 'T'],
    ['T7，9 所', 'T'],
    ['T7、完成 9 所', 'T'],
    ['改期 T1，5月8日 原因 台风', 'T'],
    ['改期 T1到5月8日 原因 台风', 'T'],
    ['改期 T1 至 12.31 原因 台风', 'T'],
    ['改期 T1-2026-05-08 原因 台风', 'T'],
    ['目标 T1 12 所', 'T'],
    ['完成 T1 原因 与T2重复', 'T'],
    ['完成 T1，原因：T2、T3 已包含', 'T'],
    ['T1 40% 进度见T2', 'T'],
    ['第1项 60%', 'T'],
    ['T1、T1 办结', 'T'],
    ['W12 延期 6月30日 理由 等W13一起验收', 'W'],
    ['W1 完成 1、2号楼已整改', 'W'],
    ['问题 W1 完成 与W2合并整改', 'W'],
  ] as const)('%s', (line, letter) => {
    expect(severalNumbers(line, letter)).toEqual([]);
  });
});
