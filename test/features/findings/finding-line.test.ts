import { describe, expect, test } from 'vitest';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { readCause, readDocument, readOnOne } from '../../../src/features/findings/finding-line.ts';
import { readLimit } from '../../../src/features/findings/limit-phrase.ts';

const on = { today: date('2026-04-20'), calendar: statutoryCalendar() };
const limit = (text: string) => readLimit(text, on);

describe('a line about one problem', () => {
  test.each([
    ['W12', 'show', ''],
    ['w 12 签收', 'sign', ''],
    ['W12 完成 已清理并拍照', 'submit', '已清理并拍照'],
    ['W12整改完了,请复查', 'submit', '请复查'],
    ['同意销号 12号问题', 'close', ''],
    ['W12 不通过,照片看不清', 'return', '照片看不清'],
    ['W12 照片看不清,退回', 'return', '照片看不清'],
    ['W12 不同意延期 时间够', 'refuseExtension', '时间够'],
    ['W12 同意', 'grantExtension', ''],
    ['申请延期 W12 6月30日 假期', 'askExtension', '6月30日 假期'],
    ['12 复查', 'recheck', ''],
    ['W12 督办', 'escalate 督办', ''],
    ['W12 降为催办 误报', 'lower 1', '误报'],
    ['W12 佐证', 'attach', ''],
    ['W12 改期 6月30日 填错', 'amend', '6月30日 填错'],
  ])('%s', (line, verb, text) => {
    const read = readOnOne(line);
    const said = read?.verb;
    const word =
      said?.kind === 'move'
        ? said.move
        : [said?.kind, said && 'word' in said && said.word, said && 'to' in said && said.to];
    expect(
      [word]
        .flat()
        .filter((part) => part !== false && part !== undefined)
        .join(' '),
    ).toBe(verb);
    expect([read?.number, read?.text]).toEqual([12, text]);
  });

  test.each(['一中', '逾期', 'ZG-2026-031 整改完了', ''])('“%s” is about none', (line) => {
    expect(readOnOne(line)).toBeUndefined();
  });

  test('文号 and cause are found in the text', () => {
    expect(readDocument('文号 云教督〔2026〕3号 10个工作日')).toEqual({
      document: '云教督〔2026〕3号',
      text: '10个工作日',
    });
    expect(readDocument('云教督〔2026〕3号')).toEqual({ document: '云教督〔2026〕3号', text: '' });
    expect(readDocument('已清理')).toEqual({ text: '已清理' });
    expect(readCause('已清理,原因:无人管')).toBe('无人管');
    expect(readCause('原因是交接不清。已补')).toBe('交接不清');
  });
});

describe('a deadline', () => {
  const days = (count: number, unit: 'working' | 'natural') => ({ kind: 'days', days: count, unit });
  test.each([
    ['消防通道堆放杂物 10个工作日', days(10, 'working'), '消防通道堆放杂物'],
    ['消防通道堆放杂物10个工作日内整改到位', days(10, 'working'), '消防通道堆放杂物'],
    ['台账不全 十五日内', days(15, 'natural'), '台账不全'],
    ['台账不全 两周', days(14, 'natural'), '台账不全'],
    ['台账不全 0个工作日', days(0, 'working'), '台账不全'],
    ['台账不全 10000个工作日', days(10_000, 'working'), '台账不全'],
    ['台账不全 -5个工作日', days(-5, 'working'), '台账不全'],
    ['台账不全 1.5个工作日', days(1.5, 'working'), '台账不全'],
    ['台账不全 5-10个工作日', days(10, 'working'), '台账不全'],
    ['台账不全 5至10个工作日内', days(10, 'working'), '台账不全'],
    ['台账不全-5个工作日', days(5, 'working'), '台账不全-'],
    ['灭火器过期 4月30日前整改', { kind: 'date', date: '2026-04-30' }, '灭火器过期'],
    ['灭火器过期,5月8日', { kind: 'date', date: '2026-05-08' }, '灭火器过期'],
    ['灭火器过期 1月31日前', { kind: 'date', date: '2027-01-31' }, '灭火器过期'],
    ['灭火器过期 四月三十', { kind: 'date', date: '2026-04-30' }, '灭火器过期'],
    ['灭火器过期 10个自然日内', days(10, 'natural'), '灭火器过期'],
    ['灭火器过期 一百二十日内', undefined, '灭火器过期 一百二十日内'],
    ['灭火器过期 2026年3月1日', { kind: 'date', date: '2026-03-01' }, '灭火器过期'],
  ])('%s', (text, meant, left) => {
    expect(limit(text)).toEqual({ ...(meant && { limit: meant }), text: left });
  });

  test('立行立改 is today', () => {
    expect(limit('立行立改 灯不亮')).toEqual({
      immediate: true,
      limit: { kind: 'date', date: '2026-04-20' },
      text: '灯不亮',
    });
  });

  test.each(['连续3天无巡查记录', '4月24日五名学生迟到', '4月10日检查发现垃圾未清运', '近两周缺勤'])(
    '“%s” has none',
    (text) => {
      expect(limit(text)).toEqual({ text });
    },
  );

  test.each([
    ['台账不全 2月30日前', '没有“2月30日前”这一天'],
    ['台账不全 3月1日前', '2027年3月1日（周一）'],
    ['台账不全 五月初五前', '6月19日（周五）'],
    ['台账不全 四月底五月初', '“四月底五月初”'],
    ['台账不全 10个工作日左右', '“10个工作日左右”，请写确切的期限，例如 10个工作日内'],
  ])('%s is asked back', (text, why) => {
    expect(limit(text)).toEqual({ refused: expect.stringContaining(why), text: '台账不全' });
  });
});
