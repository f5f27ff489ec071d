import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDate, describeSpan, relativeDay, weekdayName } from '../../../src/domain/calendar/describe.ts';
import {
  addDays,
  date,
  dayOf,
  daysBetween,
  type LocalDate,
  monthOf,
  yearOf,
} from '../../../src/domain/calendar/local-date.ts';
import { NUMERAL, numeralOf } from '../../../src/domain/calendar/numeral.ts';
import { SLIP_DAYS } from '../../../src/domain/calendar/open-date.ts';
import { type ReadOptions, readWhen } from '../../../src/domain/calendar/phrase.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { cpuMs } from '../../support/cpu-time.ts';

const calendar = statutoryCalendar();
const anyDay = fc.integer({ min: 0, max: 365 * 7 }).map((days) => addDays(date('2021-01-01'), days));
const anyBias = fc.constantFrom<ReadOptions['bias']>('past', 'future', 'near', 'due');
const spoken = (n: number): string => {
  const digits = '零一二三四五六七八九';
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${n % 10 > 0 || n === 0 ? digits[n % 10] : ''}`;
};

/** Words and scraps of which officials' lines are made, so that random text meets every rule and every seam between two. */
const scraps = [
  '今天',
  '下',
  '上',
  '本',
  '这',
  '个',
  '周',
  '星期',
  '三',
  '日',
  '天',
  '月',
  '号',
  '年',
  '底',
  '初',
  '旬',
  '中',
  '前',
  '之前',
  '内',
  '后',
  '4',
  '12',
  '31',
  '99',
  '2026',
  '.',
  '-',
  '/',
  '至',
  '到',
  '—',
  '~',
  ' ',
  '\n',
  '十',
  '一',
  '两',
  '半',
  '工作日',
  '五一',
  '国庆',
  '十一',
  '节',
  '春节',
  '清明',
  '假期',
  '期间',
  '第一个',
  '季度',
  '未来',
  '每',
  '第',
  '日程',
  '二中',
  '小学',
  '(周三)',
  'T-0012',
  '%',
  '𠮷',
  '\u200b',
];
const anyLine = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { maxLength: 14 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe('any line', () => {
  test('is read without an error, at a place that exists, as a span in order', () => {
    fc.assert(
      fc.property(anyLine, anyDay, anyBias, fc.boolean(), (text, today, bias, dotDates) => {
        const when = readWhen(text, { today, calendar, bias, dotDates });
        if (!when) return;
        expect(when.start).toBeLessThan(when.end);
        expect(text.slice(when.start, when.end)).toBe(when.text);
        if ('impossible' in when) return;
        expect(when.span.from <= when.span.to).toBe(true);
        if (when.until) expect(when.span.from <= today).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('of 20,000 characters is read within a second', () => {
    for (const scrap of ['4月', '下', '一二三', '2026-', '4.', '国庆节', '(周', ' ', '今年的 ']) {
      const before = cpuMs();
      readWhen(`${scrap.repeat(20_000 / scrap.length)}`, { today: date('2026-04-01'), calendar, bias: 'near' });
      expect(cpuMs() - before).toBeLessThan(1000);
    }
  });
});

describe('the same date in another hand', () => {
  const reads = (text: string, today: LocalDate) => {
    const when = readWhen(text.normalize('NFKC'), { today, calendar, bias: 'near', dotDates: true });
    return when && 'span' in when ? when.span : undefined;
  };

  test('is the same in full width, Chinese numerals, with 号, with spaces and in figures', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (day, today) => {
        const [month, inMonth] = [monthOf(day), dayOf(day)];
        const plain = reads(`${month}月${inMonth}日 日程`, today);
        const wide = `${month}月${inMonth}日`.replace(/\d/g, (digit) =>
          String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
        );
        const others = [
          wide,
          `${spoken(month)}月${spoken(inMonth)}日`,
          `${spoken(month)}月${spoken(inMonth)}号`,
          `${month} 月 ${inMonth} 日`,
        ];
        for (const other of [...others, `${month}.${inMonth}`, `${month}/${inMonth}`])
          expect(reads(other, today)).toEqual(plain);
      }),
    );
  });

  test('with its year is the same for every bias and on every day', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyBias, (day, today, bias) => {
        const figures = [yearOf(day), monthOf(day), dayOf(day)] as const;
        const written = `${figures[0]}年${figures[1]}月${figures[2]}日`;
        for (const text of [day, written, figures.join('.'), figures.join('/'), day.replaceAll('-', '')]) {
          expect(readWhen(text, { today, calendar, bias })).toMatchObject({ span: { from: day, to: day }, text });
        }
      }),
    );
  });

  test('numerals from 1 to 99 are read as spoken', () => {
    for (let n = 1; n < 100; n += 1) {
      expect(new RegExp(`^${NUMERAL}$`).test(spoken(n))).toBe(true);
      expect([spoken(n), numeralOf(spoken(n)), numeralOf(String(n))]).toEqual([spoken(n), n, n]);
    }
  });
});

describe('a deadline without its year', () => {
  test('is the next such day; one of this year that has just gone by is said to be over', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (day, today) => {
        fc.pre(!day.endsWith('02-29'));
        const inYear = (year: number) => date(`${year}${day.slice(4)}`);
        const [own, next] = [inYear(yearOf(today)), inYear(yearOf(today) + 1)];
        const when = readWhen(`${monthOf(day)}月${dayOf(day)}日前`, { today, calendar, bias: 'future' });
        expect(when).toMatchObject({ span: { to: own >= today ? own : next } });
        const isSlip = own < today && daysBetween(own, today) <= SLIP_DAYS;
        expect(when && 'span' in when ? when.justOver : 'none').toEqual(isSlip ? { from: own, to: own } : undefined);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what the bot says', () => {
  test('is read again as the same days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 120 }), anyDay, (from, days, today) => {
        const span = { from, to: addDays(from, days) };
        const bias = span.to >= today ? 'future' : 'past';
        const when = readWhen(describeSpan(span, today).normalize('NFKC'), { today, calendar, bias });
        expect(when).toMatchObject({ span });
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['2026-04-01', '2026-04-01', '今天 4月1日（周三）'],
    ['2026-04-02', '2026-04-02', '明天 4月2日（周四）'],
    ['2026-04-08', '2026-04-08', '4月8日（周三）'],
    ['2027-03-15', '2027-03-15', '2027年3月15日（周一）'],
    ['2026-04-06', '2026-04-12', '4月6日—12日'],
    ['2026-03-30', '2026-04-05', '3月30日—4月5日'],
    ['2026-12-28', '2027-01-03', '2026年12月28日—2027年1月3日'],
    ['2027-04-06', '2027-04-12', '2027年4月6日—12日'],
  ])('%s to %s is called %s on 1 April 2026', (from, to, said) => {
    expect(describeSpan({ from: date(from), to: date(to) }, date('2026-04-01'))).toBe(said);
  });

  test('days near today have a word, others a weekday', () => {
    const today = date('2026-04-01');
    expect([-3, -2, -1, 0, 1, 2, 3].map((n) => relativeDay(addDays(today, n), today))).toEqual([
      undefined,
      '前天',
      '昨天',
      '今天',
      '明天',
      '后天',
      undefined,
    ]);
    expect(weekdayName(date('2026-04-05'))).toBe('周日');
    expect(describeDate(date('2025-12-31'), today)).toBe('2025年12月31日（周三）');
  });
});
