import { describe, expect, test } from 'vitest';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { type ReadOptions, readWhen } from '../../../src/domain/calendar/phrase.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { workCalendar } from '../../../src/domain/calendar/work-calendar.ts';
import utterances from '../../fixtures/utterances.json' with { type: 'json' };

const calendar = statutoryCalendar();

/** '≤04-30' for a limit, '04-08', '04-06..04-12', '✗2月30日', or 'nothing'; years only when not 2026. */
function read(text: string, options: Partial<Omit<ReadOptions, 'today'>> & { today?: string } = {}): string {
  const today = date(options.today ?? '2026-04-01');
  const when = readWhen(text, { calendar, bias: 'near', ...options, today });
  if (!when) return 'nothing';
  expect(text.slice(when.start, when.end)).toBe(when.text);
  if ('impossible' in when) return `✗${when.impossible}`;
  const short = (day: string) => day.replace(/^2026-/, '');
  const { from, to } = when.span;
  const mark = when.provisional ? '?' : '';
  if (when.until) return `≤${short(to)}${mark}`;
  return `${from === to ? short(from) : `${short(from)}..${short(to)}`}${mark}`;
}

describe('on Wednesday 1 April 2026', () => {
  test.each(
    `
今天 04-01 | 今日 04-01 | 明天 04-02 | 明日 04-02 | 后天 04-03 | 大后天 04-04 | 昨天 03-31 | 前天 03-30 | 大前天 03-29 | 今晚 04-01
today 04-01 | Tomorrow 04-02 | this week 03-30..04-05 | next week 04-06..04-12 | this month 04-01..04-30 | next month 05-01..05-31
本周 03-30..04-05 | 这周 03-30..04-05 | 这个星期 03-30..04-05 | 下周 04-06..04-12 | 下个星期 04-06..04-12 | 上周 03-23..03-29 | 下下周 04-13..04-19
周三 04-01 | 周二 04-07 | 星期五 04-03 | 礼拜天 04-05 | 周5 04-03 | 这周三 04-01 | 本周二 03-31 | 下周三 04-08 | 下周日 04-12 | 上周五 03-27
下下周一 04-13 | 周末 04-04..04-05 | 下周末 04-11..04-12 | 下周三前 ≤04-08 | 本周内 03-30..04-05 | 下周前 ≤04-05 | 本周前 ≤04-05
本月 04-01..04-30 | 这个月 04-01..04-30 | 下月 05-01..05-31 | 下个月 05-01..05-31 | 上月 03-01..03-31 | 上个月 03-01..03-31
4月 04-01..04-30 | 四月 04-01..04-30 | 4月份 04-01..04-30 | 十二月 12-01..12-31 | 2026年4月 04-01..04-30 | 2027年4月 2027-04-01..2027-04-30
二〇二六年四月八日 04-08 | 26年4月8日 04-08 | 明年1月 2027-01-01..2027-01-31 | 去年12月8日 2025-12-08 | 2026-05 05-01..05-31
4月8日 04-08 | 4月8号 04-08 | 四月八号 04-08 | 四月二十八日 04-28 | 四月廿八日 04-28 | 4 月 8 日 04-08 | 4月8 04-08 | 4月08日 04-08
8号 04-08 | 九号 04-09 | 25日 04-25 | 28号 04-28 | 下月8号 05-08 | 下个月十五号 05-15 | 本月15日 04-15
2026-04-08 04-08 | 2026.4.8 04-08 | 2026/4/8 04-08 | 2026年4月8日 04-08 | 20260408 04-08
4月上旬 04-01..04-10 | 4月中旬 04-11..04-20 | 4月下旬 04-21..04-30 | 2月下旬 02-21..02-28 | 本月上旬 04-01..04-10 | 下旬 04-21..04-30 | 4月上旬前 ≤04-10
月初 04-01..04-10 | 5月初 05-01..05-10 | 月底 04-30 | 本月底 04-30 | 下月底 05-31 | 2月底 02-28 | 4月底 04-30 | 月底前 ≤04-30 | 本月底前 ≤04-30
4月3日-5日 04-03..04-05 | 4月3-5日 04-03..04-05 | 4月3日至4月5日 04-03..04-05 | 4月3日到5日 04-03..04-05 | 4月3日—5日 04-03..04-05 | 3-5日 04-03..04-05
8号到10号 04-08..04-10 | 4月28日至5月6日 04-28..05-06 | 7月1日到8月31日 07-01..08-31 | 3月至5月 03-01..05-31 | 3-5月 03-01..05-31 | 三至五月 03-01..05-31
2026-04-03至2026-04-05 04-03..04-05 | 今天到周五 04-01..04-03 | 周一至周五 03-30..04-03 | 下周一到周三 04-06..04-08 | 今天到4月10日 04-01..04-10 | 4月3日-5日前 ≤04-05
4月10日前 ≤04-10 | 4月10日之前 ≤04-10 | 4月10日以前 ≤04-10 | 6月15日前 ≤06-15 | 8号前 ≤04-08 | 4月底前 ≤04-30 | 5月前 ≤04-30 | 4月前 ≤04-30
周五下班前 ≤04-03 | 4月10日17:00前 ≤04-10 | 4月10日下午5点前 ≤04-10 | 4月10日中午12点之前 ≤04-10
3天内 ≤04-04 | 30日内 ≤05-01 | 三日内 ≤04-04 | 10天之内 ≤04-11 | 60日以内 ≤05-31 | 100天内 ≤07-10 | 3个工作日内 ≤04-07 | 10个工作日内 ≤04-16 | 5工作日内 ≤04-09
一个月内 ≤05-01 | 两个月内 ≤06-01 | 两周内 ≤04-15 | 一星期内 ≤04-08 | 半个月内 ≤04-16 | 半年内 ≤10-01 | 未来7天 04-01..04-08 | 接下来两周 04-01..04-15
五一前 ≤04-30 | 五一 05-01..05-05 | 五一节 05-01..05-05 | 劳动节前 ≤04-30 | 国庆前 ≤09-30 | 国庆节前 ≤09-30 | 国庆期间 10-01..10-07 | 十一前 ≤09-30 | 十一假期 10-01..10-07
清明假期 04-04..04-06 | 清明前 ≤04-03 | 端午 06-19..06-21 | 中秋节 09-25..09-27 | 元旦 01-01..01-03 | 春节 02-15..02-23 | 今年国庆 10-01..10-07 | 2025年国庆 2025-10-01..2025-10-08
节后第一天 04-07 | 节后上班第一天 04-07 | 五一后第一天 05-06 | 下个月第一周 05-04..05-10 | 4月第一周 04-01..04-05 | 5月第二周 05-11..05-17 | 本月最后一周 04-27..04-30 | 本月第一周前 ≤04-05
节后第一个工作日 04-07 | 清明节后第一个工作日 04-07 | 国庆后第一个工作日 10-08 | 节前 ≤04-03
年底 12-31 | 年底前 ≤12-31 | 年内 ≤12-31 | 今年内 ≤12-31 | 今年底 12-31 | 今年 01-01..12-31 | 2026年 01-01..12-31 | 去年 2025-01-01..2025-12-31 | 上半年 01-01..06-30 | 二季度 04-01..06-30
4月8日(周三) 04-08 | 4月8日 星期三 04-08
四月二十四 04-24 | 四月八 04-08 | 4月24前 ≤04-24 | 4月24-26 04-24..04-26 | 二十四日 04-24 | 五月中 05-11..05-20 | 月中 04-11..04-20
明后天 04-02..04-03 | 今明两天 04-01..04-02 | 10个自然日内 ≤04-11 | 5个上班日内 ≤04-09 | 4月10日下午五点前 ≤04-10 | 4月10日24时前 ≤04-10
`
      .trim()
      .split(/\||\n/)
      .map((row) => row.trim())
      .map((row) => [row.slice(0, row.lastIndexOf(' ')), row.slice(row.lastIndexOf(' ') + 1)] as const),
  )('%s is %s', (phrase, meant) => {
    expect(read(phrase)).toBe(meant);
    const inside = `日程 ${phrase} 望海区`;
    const when = readWhen(inside, { calendar, bias: 'near', today: date('2026-04-01') });
    expect(when && inside.slice(when.start, when.end).trim()).toBe(phrase);
  });

  test.each([
    '学期末',
    '期末前',
    '开学第一周',
    '2026年春季学期',
    '每月25日前报进度',
    '每周三例会',
    '第8周周三',
    '周日程表',
    '每天8点半推送当天督导安排',
    '国庆前3天',
    '4月10日前三天提醒',
    '省督导组进驻前3日',
    '同意销号 31号问题',
    '第12项推进到百分之六十',
    '第8号',
    '教督〔2017〕6号',
    '中央一号文件',
    'ZG-2026-031 整改完了',
    'T-0012 80%',
    '自评 YZ-1.4 4.35 望海区',
    '2.11是什么',
    '4.8安排',
    '五一小学',
    '逾期5天以上的转督办',
    '提醒改为提前7天3天1天',
    '幼儿园一日生活',
    '八项督导是哪八项',
    '一票否决有哪些',
    '师生比',
    '13月',
    '电话 13800001234',
    '20261301',
    '两周',
    '马上周报',
    '上周报',
    '我一共去了几次',
    '',
  ])('%j has no date that could be read', (text) => {
    expect(read(text)).toBe('nothing');
  });

  test.each([
    ['查一下周三的日程', '周三', '04-01'],
    ['看一下下周', '下周', '04-06..04-12'],
    ['下周二中有督导吗', '下周', '04-06..04-12'],
    ['下周二中午去二中', '下周二', '04-07'],
    ['下周二中学督导', '下周二', '04-07'],
    ['本周一中督导', '本周', '03-30..04-05'],
    ['下周三小', '下周', '04-06..04-12'],
    ['下周日程', '下周', '04-06..04-12'],
    ['本周一共几次', '本周', '03-30..04-05'],
    ['本周内容', '本周', '03-30..04-05'],
    ['4月一中督导', '4月', '04-01..04-30'],
    ['4月初中督导', '4月', '04-01..04-30'],
    ['4月8所学校', '4月', '04-01..04-30'],
    ['4月9日前往实验小学', '4月9日', '04-09'],
    ['4月8日上午', '4月8日', '04-08'],
    ['可以明天去吗', '明天', '04-02'],
    ['国庆前后', '国庆', '10-01..10-07'],
    ['6月15日前二中要交什么', '6月15日前', '≤06-15'],
    ['十一月日程', '十一月', '11-01..11-30'],
    ['T-0012 4月9日', '4月9日', '04-09'],
    ['一中 4月9日', '4月9日', '04-09'],
    ['岱山县4月日程', '4月', '04-01..04-30'],
    ['把4月9日实验小学改到4月10日', '4月9日', '04-09'],
    ['日程2026-04-08', '2026-04-08', '04-08'],
  ])('%s is about %s', (text, phrase, meant) => {
    expect(readWhen(text, { calendar, bias: 'near', today: date('2026-04-01') })?.text).toBe(phrase);
    expect(read(text)).toBe(meant);
  });

  test.each([
    '2月30日',
    '4月31日',
    '13月1日',
    '2026年2月29日',
    '2月29日',
    '2026-02-30',
    '4月40日',
    '0月3日',
    '4月10日至4月3日',
    '4月5-3日',
    '五月初五',
    '5月初八',
    '四月廿四',
    '腊月廿三',
    '正月十五',
    '闰六月初一',
    '农历四月二十四日',
  ])('%s does not exist, and is named in the answer', (phrase) => {
    expect(read(`${phrase} 日程`)).toBe(`✗${phrase}`);
  });
});

describe('a date with a dot, a slash or a dash', () => {
  test.each([
    ['4.8安排', '04-08'],
    ['4/8', '04-08'],
    ['4.8号', '04-08'],
    ['4-8', '04-08'],
    ['4.3-4.5', '04-03..04-05'],
    ['4.8前', '≤04-08'],
    ['12.31', '12-31'],
  ])('%s is read when the caller knows that no indicator is meant', (text, meant) => {
    expect(read(text, { dotDates: true })).toBe(meant);
    expect(read(text)).toBe('nothing');
  });

  test.each(['4.35', '13.1', '1.2.3', '4.5%', '4.5分', 'YZ-1.4', 'A1.2', '0.5', '4.5米'])(
    '%s is a number or a code even then',
    (text) => {
      expect(read(text, { dotDates: true })).toBe('nothing');
    },
  );
});

describe('what is left open', () => {
  test.each([
    ['3月15日', '2026-04-01', '2027-03-15', '03-15', '03-15'],
    ['1月5日', '2026-12-28', '2027-01-05', '2027-01-05', '01-05'],
    ['12月20日', '2027-01-05', '2027-12-20', '12-20', '12-20'],
    ['11月', '2026-04-01', '11-01..11-30', '11-01..11-30', '2025-11-01..2025-11-30'],
    ['12月28日-1月3日', '2026-04-01', '12-28..2027-01-03', '2025-12-28..01-03', '2025-12-28..01-03'],
    ['12月', '2026-04-01', '12-01..12-31', '12-01..12-31', '2025-12-01..2025-12-31'],
    ['12月', '2027-01-15', '2027-12-01..2027-12-31', '12-01..12-31', '12-01..12-31'],
    ['3号', '2026-04-28', '05-03', '05-03', '04-03'],
    ['3号', '2026-04-10', '05-03', '04-03', '04-03'],
    ['28号', '2026-04-01', '04-28', '04-28', '03-28'],
    ['31号', '2026-04-01', '05-31', '05-31', '03-31'],
    ['周三', '2026-04-03', '04-08', '04-08', '04-01'],
    ['周三', '2026-04-01', '04-01', '04-01', '04-01'],
    ['7月1日到8月31日', '2026-07-15', '07-01..08-31', '07-01..08-31', '07-01..08-31'],
    ['五一前', '2026-05-03', '≤2027-04-30?', '≤04-30', '≤04-30'],
    ['月底', '2026-04-30', '04-30', '04-30', '04-30'],
    ['2月29日', '2027-12-01', '2028-02-29', '2028-02-29', '✗'],
  ])('%s on %s: next %s, nearest %s, latest %s', (phrase, today, next, nearest, latest) => {
    expect(read(phrase, { today, bias: 'future' })).toBe(next);
    expect(read(phrase, { today })).toBe(nearest);
    if (latest !== '✗') expect(read(phrase, { today, bias: 'past' })).toBe(latest);
  });

  test('on a Sunday 下周三 is in the ISO week that begins the next day', () => {
    expect(read('下周三前', { today: '2026-04-05', bias: 'future' })).toBe('≤04-08');
  });

  test('a limit begins today, and on its own day when that is over', () => {
    const limit = (text: string) => readWhen(text, { calendar, bias: 'near', today: date('2026-04-01') });
    expect(limit('4月10日前')).toMatchObject({ span: { from: '2026-04-01', to: '2026-04-10' }, until: true });
    expect(limit('3月10日前')).toMatchObject({ span: { from: '2026-03-10', to: '2026-03-10' }, until: true });
  });
});

describe('what a question about deadlines leaves open', () => {
  test.each([
    ['3月1日', '2026-04-20', '2026-03-01'],
    ['3月1日前', '2026-04-20', '2026-03-01'],
    ['12月31日', '2026-03-02', '2026-12-31'],
    ['12月31日', '2026-01-05', '2026-12-31'],
    ['1月5日', '2026-12-10', '2027-01-05'],
    ['1月5日', '2026-04-20', '2026-01-05'],
    ['3月', '2026-04-20', '2026-03-31'],
    ['4月15日', '2026-04-20', '2026-04-15'],
    ['3号', '2026-04-20', '2026-05-03'],
    ['周三', '2026-04-24', '2026-04-29'],
  ])('%s asked on %s is the nearest from this year on: %s', (phrase, today, day) => {
    const when = readWhen(phrase, { calendar, bias: 'due', today: date(today) });
    expect(when).toMatchObject({ span: { to: day } });
  });
});

describe('a year that is not announced', () => {
  test('makes holidays and working days provisional, and no plain date', () => {
    const options = { today: '2026-12-28', bias: 'future' } as const;
    expect(read('10个工作日内', options)).toBe('≤2027-01-12?');
    expect(read('春节前', options)).toBe('≤2027-02-04?');
    expect(read('3个工作日内', options)).toBe('≤12-31');
    expect(read('1月5日前', options)).toBe('≤2027-01-05');
  });
});

describe('the officials’ own sentences', () => {
  const dated = utterances.flatMap(({ text, slots, now, intent }) => {
    const {
      range,
      until,
      date: day,
      due,
    } = slots as Record<string, unknown> & { range?: { from: string; to: string } };
    const wanted = range ? [range.from, range.to] : [until ?? day ?? due].filter((found) => typeof found === 'string');
    return wanted.length > 0 ? [{ text: text.normalize('NFKC'), wanted, today: now.slice(0, 10), intent }] : [];
  });
  // What needs more than the words: a default horizon, the next working day of a legal period, a time of day.
  const others = ['/截止', 'ddl', '30日内报送督导报告', '今晚别推了'];

  test.each(dated.filter(({ text }) => !others.some((other) => text.includes(other))))(
    '$text',
    ({ text, wanted, today, intent }) => {
      const bias = /^(deadline|task)/.test(intent) ? 'future' : 'near';
      const when = readWhen(text, { calendar, bias, today: date(today), dotDates: intent.startsWith('schedule') });
      expect(when).toHaveProperty('span');
      if (!when || 'impossible' in when) return;
      expect(wanted.length === 2 ? [when.span.from, when.span.to] : [when.span.to]).toEqual(wanted);
    },
  );
});

describe('the vacations of 校历', () => {
  const summer = {
    unitId: 'u',
    schoolYear: 2025,
    part: 'summer',
    from: date('2026-07-06'),
    to: date('2026-08-31'),
  } as const;
  const entries = { days: [], announced: [], parents: new Map<string, string>(), periods: [summer] };
  const ofUnit = workCalendar(calendar, entries, 1).ofUnit('u');

  test.each([
    ['暑假前', '≤07-03'],
    ['放暑假前', '≤07-03'],
    ['暑假', '07-06..08-31'],
    ['暑假期间', '07-06..08-31'],
    ['暑假后第一天', '09-01'],
  ])('%s is %s', (phrase, meant) => {
    expect(read(phrase, { calendar: ofUnit })).toBe(meant);
  });

  test('are not guessed where none is entered, nor found in other words', () => {
    expect(read('暑假前')).toBe('nothing');
    expect(read('寒假前', { calendar: ofUnit })).toBe('nothing');
    for (const other of ['暑假作业', '暑假安排', '我暑假前']) expect(read(other, { calendar: ofUnit })).toBe('nothing');
  });
});
