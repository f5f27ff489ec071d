import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProgress } from '../../../src/chat/tasks/progress-phrase.ts';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { expectedShare, lightOf } from '../../../src/domain/work/light.ts';
import { inMeasure } from '../../../src/domain/work/measure.ts';
import { judge, type ProgressFigure, type SaidProgress } from '../../../src/domain/work/progress.ts';

const said = (more: Partial<SaidProgress>): SaidProgress => ({
  ...{ measure: '', words: '', correction: false, beyond: false, sure: false },
  ...more,
});
const read = (text: string): SaidProgress => {
  const phrase = readProgress(text);
  if ('unclear' in phrase) throw new Error(phrase.unclear);
  return phrase.said;
};
const asks = (text: string, task: { target?: number; measure: string }, last?: ProgressFigure) => {
  const judged = judge(task, last, read(text));
  return 'ask' in judged ? judged.ask : '';
};

describe('what is reported', () => {
  test.each([
    ['60% 已完成主体施工', { percent: 60, words: '已完成主体施工' }],
    ['推进到百分之六十', { percent: 60 }],
    ['完成八成', { percent: 80 }],
    ['完成 8 所', { amount: 8, measure: '所' }],
    ['累计投入3.45亿元，占 30%，资金到位', { amount: 3.45, measure: '亿元', percent: 30, words: '资金到位' }],
    ['完成 1,200 人', { amount: 1200, measure: '人' }],
    ['更正 50% 原因 口径调整', { percent: 50, correction: true, words: '口径调整' }],
    ['3号楼已封顶', { words: '3号楼已封顶' }],
    ['已完成招标', { words: '已完成招标' }],
  ])('“%s” is understood', (text, wanted) => {
    expect(read(text)).toMatchObject(wanted);
  });
});

describe('what is asked back', () => {
  const schools = { target: 12, measure: '所' };
  const money = { target: 34_500, measure: '万元' };
  test.each([
    ['1% 已全部完成', schools, undefined, '是不是漏了 0'],
    ['8% 完成率80%', schools, undefined, '是不是漏了 0'],
    ['完成 1 所 已建成10所', schools, undefined, '是不是漏了 0'],
    ['完成 8 所，7%', schools, undefined, '对不上'],
    ['完成 13 所', schools, undefined, '超过了目标'],
    ['完成 8 万元', schools, undefined, '按“所”计'],
    ['60% 聘任教师2,1名', schools, undefined, '漏了数字'],
    ['完成 300 万元', money, { amount: 3000, percent: 8.7 }, '是不是漏了 0'],
    ['完成 1 亿元', money, { amount: 20_000, percent: 58 }, '变少了'],
  ])('%s', (text, task, last, why) => {
    expect(asks(text, task, last)).toContain(why);
  });

  test.each([
    ['完成 3.45 亿元', money, undefined],
    ['完成 13 所 超额完成', schools, undefined],
    ['90% 计划6月底前全部完成', schools, undefined],
    ['58% 完成 7 所', schools, undefined],
    ['60% 新聘教师2,100名', schools, { percent: 60 }],
  ])('but not: %s', (text, task, last) => {
    expect(asks(text, task, last)).toBe('');
  });
});

test('whatever is said, what is kept never falls without a correction, and never passes 100 without 超额', () => {
  const figure = fc.option(fc.double({ min: 0, max: 400, noNaN: true }), { nil: undefined });
  const report = fc.record({
    ...{ percent: figure, amount: figure, words: fc.constantFrom('', '无变化', '已开工', '原因') },
    ...{ correction: fc.boolean(), beyond: fc.boolean(), measure: fc.constantFrom('', '所', '万所', '元') },
  });
  fc.assert(
    fc.property(
      fc.array(report, { maxLength: 12 }),
      fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
      (reports, target) => {
        let last: ProgressFigure | undefined;
        for (const each of reports) {
          const judged = judge({ target, measure: '所' }, last, said(each));
          if ('ask' in judged) continue;
          const { percent, amount } = judged.figure;
          const fell = (before?: number, after?: number) =>
            before !== undefined && after !== undefined && after < before;
          if (fell(last?.percent, percent) || fell(last?.amount, amount))
            expect(each.correction && each.words !== '').toBe(true);
          // What is not said again stays as it was.
          if ((percent ?? 0) > 100 && percent !== last?.percent) expect(each.beyond).toBe(true);
          if (each.measure === '元') expect(each.amount).toBeUndefined();
          last = judged.figure;
        }
      },
    ),
  );
});

test('the reader of progress never throws, and keeps every word that is no figure', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(readProgress(text)).toBeTypeOf('object');
    }),
  );
});

test('measures of one thing convert, of two do not', () => {
  expect(inMeasure(3.45, '亿元', '万元')).toBe(34_500);
  expect(inMeasure(2, '万人次', '人次')).toBe(20_000);
  expect(inMeasure(8, '名', '人')).toBe(8);
  expect(inMeasure(8, '所', '万元')).toBeUndefined();
});

describe('lights', () => {
  const year = { starts: date('2026-01-01'), due: date('2026-12-31'), done: false };
  test('half of the year expects half, and the light says how far behind', () => {
    expect(expectedShare(year, date('2026-07-02'))).toBe(50);
    expect(lightOf({ ...year, percent: 48, unchangedSince: date('2026-06-20') }, date('2026-07-02'))).toEqual({
      light: 'green',
    });
    expect(lightOf({ ...year, percent: 40, unchangedSince: date('2026-06-20') }, date('2026-07-02'))).toMatchObject({
      light: 'yellow',
    });
    expect(lightOf({ ...year, percent: 10, unchangedSince: date('2026-06-20') }, date('2026-07-02'))).toMatchObject({
      light: 'red',
    });
  });
  test('two months without change, and a day that is over, are red; what is done is green', () => {
    expect(lightOf({ ...year, percent: 60, unchangedSince: date('2026-05-01') }, date('2026-07-02'))).toEqual({
      light: 'red',
      why: '两个月没有进展',
    });
    // Whoever was just given a task is not behind with the first report of it.
    const fresh = { ...year, graceUntil: date('2026-07-20') };
    expect(lightOf(fresh, date('2026-07-02'))).toBeUndefined();
    expect(lightOf(fresh, date('2026-07-20'))).toEqual({ light: 'red', why: '一直没有报进展' });
    expect(lightOf(fresh, date('2027-01-01'))).toEqual({ light: 'red', why: '已逾期' });
    // A step that is late shows on what would be green, and never hides a red light.
    const late = { ...year, unchangedSince: date('2026-06-20'), lateStep: '封顶' };
    expect(lightOf({ ...late, percent: 48 }, date('2026-07-02'))).toEqual({
      light: 'yellow',
      why: '节点“封顶”已过期',
    });
    expect(lightOf({ ...late, percent: 10 }, date('2026-07-02'))).toMatchObject({ light: 'red' });
    expect(lightOf({ ...year, percent: 99 }, date('2027-01-01'))).toEqual({ light: 'red', why: '已逾期' });
    expect(lightOf({ ...year, percent: 100 }, date('2027-01-01'))).toEqual({ light: 'green' });
    expect(
      lightOf({ done: false, percent: 20, unchangedSince: date('2026-06-20') }, date('2026-07-02')),
    ).toBeUndefined();
  });
  test('the expected share only grows, from 0 to 100', () => {
    const day = fc
      .integer({ min: 0, max: 400 })
      .map((n) => date(new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)));
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(expectedShare(year, early) ?? -1).toBeLessThanOrEqual(expectedShare(year, late) ?? -1);
      }),
    );
  });
});
