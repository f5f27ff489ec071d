import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hanNumber } from '../../../src/domain/calendar/han-number.ts';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { expectedShare, lightOf } from '../../../src/domain/tasks/light.ts';
import { inMeasure } from '../../../src/domain/tasks/measure.ts';
import { judge, type ProgressFigure, type SaidProgress } from '../../../src/domain/tasks/progress.ts';
import { readProgress } from '../../../src/features/tasks/progress-phrase.ts';

const said = (more: Partial<SaidProgress>): SaidProgress => ({
  measure: '',
  words: '',
  correction: false,
  beyond: false,
  sure: false,
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
    ['百分之八十', { percent: 80 }],
    ['完成百分之八十五点五', { percent: 85.5 }],
    ['已完成百分之百', { percent: 100 }],
    ['八成五', { percent: 85 }],
    ['完成三分之二', { percent: 66.7 }],
    ['完成一半', { percent: 50 }],
    ['完成 九所', { amount: 9, measure: '所' }],
    ['十二所', { amount: 12, measure: '所' }],
    ['完成一百二十户，其余下月', { amount: 120, measure: '户', words: '其余下月' }],
    ['累计投入三百万元', { amount: 3_000_000, measure: '元' }],
    ['全部完成，共九所', { amount: 9, measure: '所' }],
    ['完成 九', { amount: 9, measure: '' }],
    ['八十%', { percent: 80 }],
    ['只完成20%', { percent: 20 }],
    ['60% 未完成的原因是缺钱', { percent: 60, words: '未完成的原因是缺钱' }],
    ['完成8所，未完成4所', { amount: 8, words: '未完成4所' }],
    ['超额 完成13所', { amount: 13, beyond: true, words: '' }],
    ['超额完成13所', { amount: 13, beyond: true }],
    ['完成13所，超额完成任务', { amount: 13, beyond: true, words: '超额完成任务' }],
    ['完成13所属实', { amount: 13, sure: true }],
    ['快好了', { words: '快好了', percent: undefined }],
    ['有2个班没有空调', { words: '有2个班没有空调' }],
  ])('“%s” is understood', (text, wanted) => {
    expect(read(text)).toMatchObject(wanted);
  });

  test.each([
    '一期工程已完工',
    '完成一期工程',
    '一是完成招标，二是签约',
    '一、完成招标',
    '十分顺利',
    '三项制度已建立',
    '千方百计推进',
  ])('“%s” is words alone', (text) => {
    const said = read(text);
    expect([said.percent, said.amount, said.done, said.words]).toEqual([undefined, undefined, undefined, text]);
  });

  test('a Han figure with the measure of the task counts inside a clause too', () => {
    const about = { title: '建幼儿园', target: 12, measure: '所' };
    expect(readProgress('完成九所学校验收', about)).toMatchObject({ said: { amount: 9, words: '学校验收' } });
    expect(readProgress('完成三项制度建设', about)).toMatchObject({ said: { amount: undefined } });
  });

  test.each([
    '还差20%',
    '还差三所',
    '只差百分之二十',
    '未完成80%',
    '没有完成 8 所',
    '还有2所没动工',
    '剩余 20%',
    '进度还差两成',
    '20%没有完成',
    '20% 未完成',
    '20%的学校未完成',
    '超过半数',
    '20%还没做',
    '过半',
    '已过半',
    '大半',
    '完成一大半',
    '一半以上',
    '完成七八成',
    '快60%',
    '接近百分之六十',
    '不到一半',
    '9所半',
    '超额20%',
    '开工12所，完工5所',
    '12所开工，5所完工',
  ])('“%s” is asked back', (text) => {
    expect(readProgress(text)).toMatchObject({ unclear: expect.stringContaining('没有记下：“') });
  });

  test('what was begun counts where the task counts it, unless what is finished stands beside it', () => {
    const about = { title: '开工建设幼儿园', target: 12, measure: '所' };
    expect(readProgress('开工 12 所', about)).toMatchObject({ said: { amount: 12 } });
    expect(readProgress('开工 12 所，完工 5 所', about)).toMatchObject({ unclear: expect.stringContaining('开工的') });
    expect(readProgress('完成 5 所 开工 12 所')).toMatchObject({ said: { amount: 5, words: '开工 12 所' } });
  });

  test('a figure that is none is asked back', () => {
    expect(readProgress('完成四五所')).toMatchObject({ unclear: expect.stringContaining('“四五所”') });
    expect(readProgress('完成，3所未完成')).toMatchObject({ unclear: expect.stringContaining('没有完成的数') });
  });

  test('every whole number is read as it is spoken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (n) => {
        expect(hanNumber(spoken(n))).toBe(n);
      }),
    );
    expect(['一百二', '三万五', '三万零五', '两千零八', '十二', '〇', '三点五', '一亿零五十'].map(hanNumber)).toEqual([
      120, 35_000, 30_005, 2008, 12, 0, 3.5, 100_000_050,
    ]);
    expect(['四五', '百', '二〇二六', '十十', '', '万'].map(hanNumber)).toEqual(Array(6).fill(undefined));
  });
});

const spoken = (n: number): string => {
  if (n >= 10_000) {
    const [high, low] = [Math.floor(n / 10_000), n % 10_000];
    return `${spoken(high)}万${low === 0 ? '' : `${low < 1000 ? '零' : ''}${spoken(low)}`}`;
  }
  const figures = [...String(n).padStart(4, '0')].map((digit, index) => ({ digit, unit: '千百十'.charAt(index) }));
  return figures
    .map(({ digit, unit }) => (digit === '0' ? '零' : `${'零一二三四五六七八九'.charAt(Number(digit))}${unit}`))
    .join('')
    .replaceAll(/零+/g, '零')
    .replaceAll(/^零|零$/g, '');
};

describe('what is counted in wholes', () => {
  test.each([
    [9.5, '所', '所'],
    [0.5, '人', '人'],
    [1.00001, '万人', '人'],
    [3.5, '次', '次'],
    [9.5, '', '项'],
  ])('%d %s of a target in %s is asked back', (amount, measure, of) => {
    expect(judge({ target: 12, measure: of }, undefined, said({ amount, measure }))).toMatchObject({
      ask: expect.stringContaining('不是整数'),
    });
  });

  test.each([
    [9.5, '亿元', '亿元'],
    [3.4, '公里', '公里'],
    [1.5, '万平方米', '万平方米'],
    [1.2, '万人', '人'],
    [0.8, '万人', '万人'],
  ])('%d %s of a target in %s is kept', (amount, measure, of) => {
    expect(judge({ target: 99_999, measure: of }, undefined, said({ amount, measure }))).toHaveProperty('figure');
  });
});

describe('the word that makes it true', () => {
  const schools = { title: '建幼儿园', target: 12, measure: '所' };
  test.each([
    ['完成13所', { amount: 13 }],
    ['13所', { amount: 13 }],
    ['累计新建13所，资金到位', { amount: 13 }],
    ['完成十三所', { amount: 13 }],
    ['61% 新聘教师 2,1 名', { percent: 61 }],
    ['90% 已全部完成', { percent: 90 }],
    ['8所 新建80所', { amount: 8 }],
  ])(
    'reports the figure of “%s”, before it as the button types it and behind it as the answer says',
    (text, figure) => {
      const judged = (line: string) => {
        const phrase = readProgress(line, schools);
        return 'unclear' in phrase ? phrase : judge(schools, undefined, phrase.said);
      };
      const asked = judged(text);
      if (!('ask' in asked)) throw new Error('not asked');
      for (const line of [`${asked.sureIf} ${text}`, `${text} ${asked.sureIf}`, `${text}，${asked.sureIf}`])
        expect([line, judged(line)]).toMatchObject([line, { figure }]);
    },
  );
});

describe('done without a figure', () => {
  const share = { title: '报送自查报告', target: undefined, measure: '' };
  const schools = { title: '新建公办幼儿园', target: 9, measure: '所' };
  const kept = (text: string, task: { title: string; target: number | undefined; measure: string }) => {
    const phrase = readProgress(text, task);
    if ('unclear' in phrase) return phrase.unclear;
    const judged = judge(task, undefined, phrase.said);
    return 'ask' in judged ? judged.ask : [judged.figure.percent, phrase.said.words];
  };

  test.each([
    '已完成',
    '完成',
    '完成了',
    '已经完成',
    '全部完成',
    '已全部完成',
    '均已完成',
    '按时完成',
    '任务已完成',
    '已办结',
    '办好了',
    '已经报了',
    '已报',
    '报了',
    '报送完毕',
    '已报送',
    '已上报',
    '已提交',
    '交了',
    '都交齐了',
    '办完了',
    '做完了',
    '已落实到位',
    '落实到位',
    '目前已全部完成',
    '本项工作已完成',
    '已竣工',
    '已报送自查报告',
    '自查报告已报送',
  ])('“%s” is all of it', (text) => {
    expect(kept(text, share)).toEqual([100, '']);
    expect(kept(text, { ...schools, title: share.title })).toBe(
      '目标 9 所，请写完成了几所，例如：进展 T12 完成 9 所。',
    );
  });

  test('what stands behind it is kept as words; what takes it back is asked', () => {
    expect(kept('已完成，报告附后', share)).toEqual([100, '报告附后']);
    expect(kept('已核拨', { ...share, title: '核拨公用经费' })).toEqual([100, '']);
    expect(kept('已完成，但还差两所', share)).toContain('对不上');
    expect(kept('已报送 材料不全', share)).toContain('对不上');
  });

  test.each(['未完成', '还没报', '没有完成', '尚未报送', '没完成', '还没有全部完成', '未能完成', '没报', '暂未办结'])(
    '“%s” is asked how far it is',
    (text) => {
      expect(kept(text, share)).toContain('没有完成的，请写进度和原因');
    },
  );

  test.each([
    '基本完成',
    '即将完成',
    '预计月底完成',
    '部分完成',
    '正在办理',
    '完成招标',
    '已完成自查',
    '已报名',
    '待报送',
    '争取按时完成',
    '快完成了',
    '大部分完成',
    '完成情况良好',
    '报送',
    '已报告教育局领导',
  ])('“%s” is not', (text) => {
    expect(kept(text, share)).toEqual([undefined, text]);
  });

  test('nothing with a word of 未, 没 or 不 in it is ever all', () => {
    const word = fc.constantFrom(
      '已',
      '全部',
      '完成',
      '报送',
      '了',
      '还',
      '都',
      '，',
      ' ',
      '自查报告',
      '办结',
      '目前',
      '任务',
      '到位',
    );
    const no = fc.constantFrom('未', '没', '没有', '不', '尚未', '还差', '部分', '基本');
    const words = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, no, words, (before, negation, behind) => {
        const got = kept(`${before}${negation}${behind}`, share);
        expect(typeof got === 'string' || got[0] === undefined).toBe(true);
      }),
      { numRuns: 2000 },
    );
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
    percent: figure,
    amount: figure,
    words: fc.constantFrom('', '无变化', '已开工', '原因'),
    correction: fc.boolean(),
    beyond: fc.boolean(),
    measure: fc.constantFrom('', '所', '万所', '元'),
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
