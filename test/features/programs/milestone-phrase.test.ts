import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { readMilestone } from '../../../src/features/programs/milestone-phrase.ts';
import { normalise } from '../../../src/language/words/normalise.ts';

const days = { today: date('2026-03-10'), calendar: statutoryCalendar() };
const read = (line: string) => {
  const said = readMilestone(normalise(line), days);
  if ('refused' in said) return said.refused;
  const { name, due, period, dueText } = said.milestone;
  return [name, due ?? (period ? `${period.from}..${period.to}` : ''), dueText];
};

test('a line of thousands of characters is refused before a date is looked for at each of its places', () => {
  for (const filler of ['空', '1月1日', '五月', '5 '])
    expect(read(`省级评估 6月中旬 ${filler.repeat(700)}`)).toContain('名称最多 30 个字');
  expect(read(`${'空'.repeat(40)} 6月中旬`)).toContain('最多 30 个字');
});

describe('a milestone as officials write it', () => {
  test.each([
    ['市级核查 4月8日', '市级核查', '2026-04-08', '4月8日'],
    ['市级核查改为４月８日', '市级核查', '2026-04-08', '4月8日'],
    ['市级核查：4.8', '市级核查', '2026-04-08', '4.8'],
    ['市级核查 4月8日-10日', '市级核查', '2026-04-08', '4月8日-10日'],
    ['市级核查4月10日上午9点', '市级核查', '2026-04-10', '4月10日上午9点'],
    ['省督导组进驻 6月底前', '省督导组进驻', '2026-06-30', '6月底前'],
    ['省级评估 五一前', '省级评估', '2026-04-30', '五一前'],
    ['进驻 下周三', '进驻', '2026-03-18', '下周三'],
    ['4月自查 4月20日', '4月自查', '2026-04-20', '4月20日'],
    ['市级核查 4月初 2026-04-08', '市级核查', '2026-04-08', '2026-04-08'],
    ['启动会 1月5日', '启动会', '2027-01-05', '1月5日'],
  ])('%s has a day', (line, ...wanted) => {
    expect(read(line)).toEqual(wanted);
  });

  test.each([
    ['市级核查 4月初', '市级核查', '2026-04-01..2026-04-10', '4月初'],
    ['4月初 市级核查', '市级核查', '2026-04-01..2026-04-10', '4月初'],
    ['省级评估6月中旬', '省级评估', '2026-06-11..2026-06-20', '6月中旬'],
    ['县级自评 3月底', '县级自评', '2026-03-21..2026-03-31', '3月底'],
    ['省级评估 6月', '省级评估', '2026-06-01..2026-06-30', '6月'],
    ['市级核查 4月8日左右', '市级核查', '2026-04-05..2026-04-11', '4月8日左右'],
    ['省级评估 第三季度', '省级评估', '2026-07-01..2026-09-30', '第三季度'],
    // Words that mean another week next week are kept as their days.
    ['复查 下周', '复查', '2026-03-16..2026-03-22', '3月16日—22日'],
  ])('%s is vague, and keeps its words', (line, ...wanted) => {
    expect(read(line)).toEqual(wanted);
  });

  test.each([
    ['国家认定 待定', '国家认定', '', '待定'],
    ['复查 暑假后', '复查', '', '暑假后'],
    ['复查 4月8日后', '复查', '', '4月8日后'],
  ])('%s has words only', (line, ...wanted) => {
    expect(read(line)).toEqual(wanted);
  });

  test.each([
    ['市级核查', '请写明节点和时间'],
    ['', '请写明节点和时间'],
    ['4月8日', '请写明节点'],
    ['市级核查 2月30日', '没有“2月30日”这一天'],
    ['市级核查 14月5日', '没有“14月5日”这一天'],
    ['启动会 3月1日', '是明年的话，是 2027年3月1日（周一）'],
    ['启动会 五月初五', '6月19日'],
    ['启动会 四月底五月初', '没有看懂日期“四月底五月初”'],
    ['启动会 4月 二十四', '没有看懂日期'],
    ['启动会 今天25点', '没有“25点”这个时间'],
    ['省级评估 123', '没有看懂“123”这个时间'],
    [`${'长'.repeat(31)} 4月8日`, '最多 30 个字'],
  ])('%s is refused with how to write it', (line, reason) => {
    expect(read(line)).toContain(reason);
  });

  test('any line is read or refused, in time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'市级核查4月8日初底前-、 左右至12'), maxLength: 60 }),
        (line) => {
          const said = readMilestone(normalise(line), days);
          if ('milestone' in said) expect(said.milestone.name).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });
});
