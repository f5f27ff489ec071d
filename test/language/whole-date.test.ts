import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, date, instantAt, makeDate, wallClock } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { readMarkedDays } from '../../src/features/calendars/calendar-words.ts';
import { readLimit } from '../../src/features/findings/limit-phrase.ts';
import { confirmBy, readDeadline } from '../../src/features/notices/notice-phrase.ts';
import { readMilestone } from '../../src/features/programs/milestone-phrase.ts';
import { readDue } from '../../src/features/tasks/due-phrase.ts';
import { NEW_TASK, saidTask } from '../../src/features/tasks/new-task-parts.ts';
import { UserError } from '../../src/language/errors.ts';
import { deed, type FormArgs } from '../../src/language/forms/form.ts';
import { readForm } from '../../src/language/forms/read-form.ts';
import { normalise } from '../../src/language/words/normalise.ts';
import { readWholeDate } from '../../src/language/words/whole-date.ts';
import { readRule } from '../features/reminders/read-rule.ts';
import { lookupIn } from './directory.ts';
import { visitOf } from './said.ts';

const calendar = statutoryCalendar();
const on = (day = '2026-04-20') => ({ today: date(day), calendar });
const ZONE = 'Asia/Shanghai';

/** What is written down, as its last day; the refusal; undefined where no date is written. */
type Written = string | { readonly refused: string } | undefined;
type Days = ReturnType<typeof on>;

const giveTask = deed({ verbs: [], examples: [], parts: NEW_TASK, run: () => Promise.reject(new Error('not run')) });
/** The new task that a line gives, without 任务 新增. */
async function given(text: string, days: Days) {
  const { args } = await readForm(giveTask, text, { ...days, lookup: lookupIn() });
  const { due, ...task } = saidTask(args as FormArgs<typeof NEW_TASK>, days);
  return { ...task, due: due && 'day' in due ? due : undefined };
}

const lastDay = (span: { readonly to: string } | undefined) => span?.to;
/** The lines that write a date, each with the date where an official types it. */
const WRITERS: Readonly<Record<string, (phrase: string, days: Days) => Written | Promise<Written>>> = {
  '任务 新增': async (phrase, days) => (await given(`报材料 牵头 望海区教育局 截止 ${phrase}`, days)).due?.day,
  '任务 新增, the deadline first': async (phrase, days) =>
    (await given(`${phrase}前报材料 牵头 望海区教育局`, days)).due?.day,
  '任务 改期': (phrase, days) => readDue(`${phrase} 原因 下雨`, days).day,
  问题: (phrase, days) => {
    const { limit, refused } = readLimit(`消防通道堵塞 ${phrase}`, days);
    return refused === undefined ? (limit?.kind === 'date' ? limit.date : undefined) : { refused };
  },
  '专项 节点': (phrase, days) => {
    const said = readMilestone(`市级核查 ${phrase}`, days);
    return 'refused' in said ? said : (said.milestone.due ?? lastDay(said.milestone.period));
  },
  通知: (phrase, days) => {
    const by = confirmBy(readDeadline(phrase, days), { now: instantAt(days.today, '07:00', ZONE), zone: ZONE });
    return wallClock(by, ZONE).date;
  },
  '日程 新增': async (phrase, { today }) => {
    const { refused, when } = await visitOf(`新增 ${phrase} 望海区第一中学 组长 韩丙`, today);
    if (typeof refused === 'string') return { refused };
    return typeof when === 'string' ? when : lastDay(when as { readonly to: string } | undefined);
  },
  节假日: async (phrase, { today }) => {
    const read = await readMarkedDays(`${phrase} 班`, { today, calendar, lookup: lookupIn(), directory: new Map() });
    return read?.value.at(-1)?.day;
  },
  提醒: (phrase, { today }) => {
    const said = readRule(`每周一、三 9点 本周日程 至${phrase}`, { today });
    if ('refused' in said) return said;
    expect(said.rule.recurrence).toMatchObject({ days: [1, 3] });
    return said.rule.until;
  },
};

async function written(writer: string, phrase: string, days = on()): Promise<Written> {
  try {
    return await WRITERS[writer]?.(normalise(phrase), days);
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message };
    throw error;
  }
}

const spoken = (n: number): string => {
  const digits = '零一二三四五六七八九';
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${n % 10 > 0 ? digits[n % 10] : ''}`;
};

describe('a date with something of a date directly behind it', () => {
  const bases = [
    '4月24日',
    '四月二十四日',
    '2026-05-08',
    '5月8号',
    '明天',
    '下周三',
    '本周五',
    '4月底',
    '月底',
    '五月',
    '6月',
    '五一',
    '今天',
  ];
  const figure = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map(spoken),
    fc.integer({ min: 1, max: 40 }).map(String),
    fc.string({ unit: fc.constantFrom(...'一二三四五六七八九十廿百半'), minLength: 1, maxLength: 4 }),
  );
  const scrap = fc.constantFrom(
    '初五',
    '初十',
    '廿三',
    '五月初',
    '五月初五',
    '5月8日',
    '后天',
    '周四',
    '月底',
    '24点',
    '25点',
    '下周',
    '腊月',
    '或5月8日',
    '、5月9日',
    '和下周五',
    '至学期末',
    '左右',
    '前后',
    '之后',
    '上旬',
    '三天',
    '5日',
    '两周',
  );

  /** What base and figure say together, where they are a date: a month and its day. */
  const meant = (base: string, behind: string): string | undefined => {
    const month = { 五月: 5, '6月': 6 }[base];
    if (month !== undefined && behind === '上旬') return makeDate(2026, month, 10);
    if (month !== undefined && behind === '5日') return makeDate(2026, month, 5);
    const day = /^\d+$/.test(behind)
      ? Number(behind)
      : [...Array(32).keys()].find((n) => n > 0 && spoken(n) === behind.replace(/^一十/, '十'));
    return month === undefined || day === undefined ? undefined : makeDate(2026, month, day);
  };

  /** What some lines do understand: an hour before 前, a rough day, several days. */
  const UNDERSTOOD: Readonly<Record<string, RegExp>> = {
    '任务 新增': /^24点$/,
    '任务 新增, the deadline first': /^24点$/,
    '任务 改期': /^24点$/,
    问题: /^24点$/,
    '专项 节点': /^(?:左右|前后|24点)$/,
    通知: /^24点$/,
    节假日: /^(?:[、和]|24点$)/,
    提醒: /^24点$/,
  };

  test.each(Object.keys(WRITERS))('%s writes what both say together, or nothing', async (writer) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bases), fc.oneof(figure, scrap), async (base, behind) => {
        const got = await written(writer, `${base}${behind}`);
        if (typeof got === 'string' && !UNDERSTOOD[writer]?.test(behind))
          expect([base, behind, got]).toEqual([base, behind, meant(base, behind)]);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    '五月初五',
    '明后天',
    '今明天',
    '四月底五月初',
    '4月24日五',
    '下周三四',
    '腊月廿三',
    '农历四月二十四',
    '四月廿八日',
    '4月24日或25日',
    '5月8日左右',
    '下周初',
    '5月第六七周',
    '大大后天',
    '四月 二十四',
  ])('“%s” is refused by each of them, never written by half', async (phrase) => {
    for (const writer of Object.keys(WRITERS)) {
      if (UNDERSTOOD[writer]?.test(phrase.slice(-2)) || UNDERSTOOD[writer]?.test(phrase.slice(-3))) continue;
      const got = await written(writer, phrase);
      expect([writer, typeof got]).toEqual([writer, 'object']);
    }
  });

  test('a lunar day is asked for as a public one, which is named', async () => {
    expect(await written('任务 改期', '五月初五')).toEqual({
      refused: '“五月初五”像是农历。请写公历日期，例如 6月19日（周五）。',
    });
    expect(await written('日程 新增', '五月初六上午')).toMatchObject({ refused: expect.stringContaining('6月20日') });
    expect(await written('问题', '腊月廿三')).toMatchObject({ refused: expect.stringContaining('2027年1月30日') });
  });

  test('what was not understood is named', async () => {
    expect(await written('任务 改期', '四月底五月初')).toEqual({
      refused:
        '没有看懂日期“四月底五月初”（只认出“四月底”）。请写一个确切的日期，例如 6月15日；后面是别的话的，请空一格。',
    });
    expect(await written('日程 新增', '明后天')).toMatchObject({ refused: expect.stringContaining('4月21日—22日') });
    expect(await written('任务 新增', '今天25点')).toMatchObject({ refused: expect.stringContaining('“25点”') });
  });
});

describe('the hour of a deadline', () => {
  const notice = (phrase: string, day = '2026-04-20') => {
    const said = readDeadline(normalise(phrase), on(day));
    const by = confirmBy(said, { now: instantAt(date(day), '07:00', ZONE), zone: ZONE });
    const at = wallClock(by, ZONE);
    return `${at.date} ${at.time}`;
  };

  test.each([
    ['今晚12点', '2026-04-21 00:00'],
    ['今晚12点前', '2026-04-21 00:00'],
    ['今晚十二点', '2026-04-21 00:00'],
    ['今晚零点', '2026-04-21 00:00'],
    ['今天24:00', '2026-04-21 00:00'],
    ['今天24点', '2026-04-21 00:00'],
    ['今天24时前', '2026-04-21 00:00'],
    ['24:00', '2026-04-21 00:00'],
    ['晚上12点', '2026-04-21 00:00'],
    ['今天半夜12点', '2026-04-21 00:00'],
    ['明晚12点', '2026-04-22 00:00'],
    ['4月25日晚上12点', '2026-04-26 00:00'],
    ['中午12点', '2026-04-20 12:00'],
    ['今天中午12点前', '2026-04-20 12:00'],
    ['明天中午', '2026-04-21 12:00'],
    ['明天上午', '2026-04-21 12:00'],
    ['12点', '2026-04-20 12:00'],
    ['明天凌晨', undefined],
    ['明天凌晨2点', '2026-04-21 02:00'],
    ['明天凌晨12点半', '2026-04-21 00:30'],
    ['明天0点', '2026-04-21 00:00'],
    ['下午5点半', '2026-04-20 17:30'],
    ['明天下午 5点半', '2026-04-21 17:30'],
    ['晚8点', '2026-04-20 20:00'],
    ['今晚8点', '2026-04-20 20:00'],
    ['今晚 8点', '2026-04-20 20:00'],
    ['今天晚8点前', '2026-04-20 20:00'],
    ['明早8点', '2026-04-21 08:00'],
    ['17点前', '2026-04-20 17:00'],
    ['17:00 4月25日', '2026-04-25 17:00'],
    ['下班前', '2026-04-20 17:30'],
    ['今天下班前', '2026-04-20 17:30'],
    ['下周五下班前', undefined],
    ['5月1日下班前', '2026-05-01 17:30'],
    ['下周四 下班之前', '2026-04-30 17:30'],
    ['明天', '2026-04-21 18:00'],
    ['5个工作日', '2026-04-27 18:00'],
    ['本周内', '2026-04-24 18:00'],
    ['下周内', '2026-04-30 18:00'],
    ['今晚2点', undefined],
    ['今晚', undefined],
    ['今天半夜', undefined],
    ['明天下午', undefined],
    ['今天25点', undefined],
    ['今天24:30', undefined],
    ['今晚12点半', undefined],
    ['今天9点到17点', undefined],
    ['今天 17:00 请带材料', undefined],
    ['中午5点', undefined],
  ])('“%s” is %s in a notice, or refused', (phrase, when) => {
    if (when === undefined) expect(() => notice(phrase)).toThrow(UserError);
    else expect(notice(phrase)).toBe(when);
  });

  test.each([
    ['今天下班前', '2026-04-20', '下班前'],
    ['下班前', '2026-04-20', '下班前'],
    ['下周四下班前', '2026-04-30', '下班前'],
    ['今晚12点', '2026-04-20', '晚12点'],
    ['17:00前', '2026-04-20', '17:00'],
    ['今天24点', '2026-04-20', '24点'],
  ])('“%s” is the day of a task, and said', async (phrase, due, written) => {
    const day = { day: due, clock: { written } };
    expect(await given(`报材料 牵头 望海区教育局 截止 ${phrase}`, on())).toMatchObject({ due: day });
    expect(readDue(`${phrase} 原因 下雨`, on())).toMatchObject({ day: due, clock: { written }, left: '原因 下雨' });
  });

  test('下班前 alone is today for every line that has deadlines', async () => {
    expect(await given('下班前报晨检表 牵头 望海区教育局', on())).toMatchObject({
      due: { day: '2026-04-20' },
      title: '报晨检表',
    });
    expect(readLimit('通道堵塞 下班前整改到位', on())).toMatchObject({ limit: { date: '2026-04-20' } });
    expect(readLimit('下班前未锁门', on())).toEqual({ text: '下班前未锁门' });
  });

  test('a visit keeps the half of the day that 今晚 says, and has no hour 24', async () => {
    const visit = (when: string) => visitOf(`新增 ${when} 望海区第一中学 组长 韩丙`, '2026-04-20');
    const said = { verb: 'add', units: ['望海区第一中学'], leader: '韩丙' };
    expect(await visit('今晚8点')).toEqual({ ...said, when: '2026-04-20', starts: '20:00' });
    expect(await visit('明早8点')).toEqual({ ...said, when: '2026-04-21', starts: '08:00' });
    expect(await visit('今晚12点')).toMatchObject({ refused: expect.stringContaining('晚12点') });
    expect(await visit('今天24点')).toMatchObject({ refused: expect.stringContaining('24点') });
  });

  test('a reminder is sent at no hour 24 and not at noon for 晚上12点', () => {
    for (const hour of ['晚上12点', '24:00', '夜里2点'])
      expect(readRule(`每周一 ${hour} 本周日程`, on())).toMatchObject({ refused: expect.any(String) });
  });

  test.each([
    ['本周内', '2026-04-20', '2026-04-24'],
    ['本周', '2026-04-20', '2026-04-24'],
    ['这周内', '2026-04-25', '2026-04-26'],
    ['下周内', '2026-04-27', '2026-05-09'],
    ['下周内', '2026-04-20', '2026-04-30'],
  ])('%s said on %s is due on the last working day of the week', (phrase, today, due) => {
    expect(readDue(phrase, on(today)).day).toBe(due);
  });
});

describe('a whole date', () => {
  test.each([
    ['4月24日前', '2026-04-24'],
    ['4月24前', '2026-04-24'],
    ['4月24日下午', '2026-04-24'],
    ['五月六日上午', '2026-05-06'],
    ['4月24日-26日', '2026-04-26'],
    ['4月24-26日', '2026-04-26'],
    ['4月24日（周五）', '2026-04-24'],
    ['4月24日（周五）下午', '2026-04-24'],
    ['4月24日18:00', '2026-04-24'],
    ['4月24日 18:00前', '2026-04-24'],
    ['4月24日24时前', '2026-04-24'],
    ['下周三下午', '2026-04-29'],
    ['下周三下午五点前', '2026-04-29'],
    ['四月二十四', '2026-04-24'],
    ['四月二十四前', '2026-04-24'],
    ['五月五', '2026-05-05'],
    ['二十四日', '2026-04-24'],
    ['二十四号', '2026-04-24'],
    ['5月中', '2026-05-20'],
    ['五月中前', '2026-05-20'],
    ['4月24日三所学校家长会', '2026-04-24'],
    ['4月24日起', '2026-04-24'],
    ['6月15日前一并报送', '2026-06-15'],
    ['10个工作日内一次性完成', '2026-05-07'],
    ['明后两天', '2026-04-22'],
    ['8号', '2026-05-08'],
  ])('“%s” is read', (phrase, day) => {
    expect(readWholeDate(normalise(phrase), on())).toMatchObject({ span: { to: day } });
  });
});

describe('a deadline in days', () => {
  test.each([
    ['5个工作日内', '2026-04-27', false],
    ['5个工作日', '2026-04-27', false],
    ['五个工作日', '2026-04-27', false],
    ['5个上班日内', '2026-04-27', false],
    ['5日内', '2026-04-25', true],
    ['5天', '2026-04-25', true],
    ['5个自然日内', '2026-04-25', true],
    ['5个自然日', '2026-04-25', true],
    ['两周内', '2026-05-04', false],
    ['4月30日内', '2026-04-30', false],
    ['4月30日', '2026-04-30', false],
  ])('%s is counted as it says', async (phrase, due, natural) => {
    for (const text of [
      `报材料 牵头 望海区教育局 截止 ${phrase}`,
      ...(phrase.endsWith('内') ? [`${phrase}报材料 牵头 望海区教育局`] : []),
    ])
      expect(await given(text, on())).toMatchObject({ due: { day: due, natural }, title: '报材料' });
    expect(readDue(`${phrase} 原因 下雨`, on())).toMatchObject({ day: due, natural, left: '原因 下雨' });
  });

  test('that names one day twice is one deadline', async () => {
    const until = (due: string) => given(`报材料 牵头 望海区教育局 截止 ${due}`, on());
    expect(await until('5月1日(劳动节)')).toMatchObject({ due: { day: '2026-05-01' } });
    await expect(until('5月1日 端午节')).rejects.toThrow('写了两个时间');
  });

  test('counts in the days that are named with it', async () => {
    const natural = async (due: string) => (await given(`报材料 牵头 望海区教育局 截止 ${due}`, on())).due?.natural;
    for (const due of ['6月15日 自然日', '6月15日（自然日）', '6月15日，按自然日计算', '5日内'])
      expect(await natural(due), due).toBe(true);
    for (const due of ['6月15日', '6月15日 工作日', '5日内 按工作日']) expect(await natural(due), due).toBe(false);
  });

  test.each(['3天前', '10个工作日后', '4月24日前三天', '5-8个工作日'])('“%s” is no deadline', (phrase) => {
    expect(() => readDue(phrase, on())).toThrow(UserError);
  });
});

describe('a day without its year', () => {
  const YEARLESS = Object.keys(WRITERS).filter((writer) => !['通知', '节假日'].includes(writer));
  test.each([
    ['12月31日', '2026-03-02', '2026-12-31'],
    ['12月31日', '2026-01-05', '2026-12-31'],
    ['12月31日', '2026-12-20', '2026-12-31'],
    ['1月15日', '2026-12-20', '2027-01-15'],
    ['1月15日', '2026-04-20', '2027-01-15'],
  ])('%s on %s is the next one, %s, for every line', async (phrase, today, day) => {
    for (const writer of YEARLESS) expect([writer, await written(writer, phrase, on(today))]).toEqual([writer, day]);
    expect(await written('通知', phrase, on(today))).toBe(day);
  });

  test('that has just gone by is asked back with both years, by every line', async () => {
    for (const writer of [...YEARLESS, '通知']) {
      const got = await written(writer, '4月15日');
      expect([writer, got]).toEqual([writer, { refused: expect.stringMatching(/4月15日|2026-04-15/) }]);
      expect([writer, got]).toEqual([writer, { refused: expect.stringMatching(/2027年4月15日|2027-04-15/) }]);
    }
    // What is rested or worked may be entered afterwards.
    expect(await written('节假日', '4月15日')).toBe('2026-04-15');
    expect(await written('任务 新增', '12.31', on('2026-03-02'))).toBe('2026-12-31');
  });
});

describe('words that fall on a rest day', () => {
  const asks = (phrase: string, day = '2026-04-20') => {
    const read = readWholeDate(normalise(phrase), { ...on(day), counts: true });
    return read && 'refused' in read ? read : undefined;
  };

  test('下周五, which is a holiday, is asked back with the working days beside it', () => {
    expect(asks('下周五')).toMatchObject({
      refused: expect.stringContaining('“下周五”是5月1日（周五），劳动节放假'),
      mends: [
        { words: '下周五', instead: '4月30日' },
        { words: '下周五', instead: '5月6日' },
      ],
    });
    expect(asks('下周五下班前')?.mends?.map(({ instead }) => instead)).toEqual(['4月30日下班前', '5月6日下班前']);
    expect(asks('明天', '2026-04-24')?.mends).toHaveLength(2);
  });

  test('a day that is written, a count of days and a week are taken as they are', () => {
    for (const phrase of ['5月31日', '2026-05-31', '周日', '五天内', '5个自然日', '本周内', '5月底'])
      expect(asks(phrase), phrase).toBeUndefined();
  });

  test('whatever is said of a deadline, it is no rest day unless a number, a rest day or a feast was named', () => {
    const words = ['今天', '明天', '后天', '下周三', '下周五', '下周内', '月底', '下旬', '年底', '本周五', '下月底'];
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.integer({ min: 0, max: 364 }), (phrase, after) => {
        const today = addDays(date('2026-01-01'), after);
        const read = readWholeDate(phrase, { today, calendar, counts: true });
        if (!read || 'refused' in read || read.week) return;
        expect(calendar.isWorkday(read.span.to) || read.span.to < today).toBe(true);
      }),
    );
  });
});
