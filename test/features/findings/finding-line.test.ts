import { describe, expect, test } from 'vitest';
import rectify from '../../../commands/rectify.ts';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import { numberIn, readCause, readOnOne } from '../../../src/features/findings/finding-line.ts';
import { limitIn, readLimit } from '../../../src/features/findings/limit-phrase.ts';
import type { StepArgs } from '../../../src/features/findings/step-parts.ts';
import type { Form } from '../../../src/language/forms/form.ts';
import { formOf } from '../../../src/language/forms/forms.ts';
import { readForm } from '../../../src/language/forms/read-form.ts';
import { readDocument } from '../../../src/language/words/document-number.ts';
import { normalise } from '../../../src/language/words/normalise.ts';
import { lookupIn } from '../../language/directory.ts';

const on = { today: date('2026-04-20'), calendar: statutoryCalendar() };
const limit = (text: string) => {
  const { written: _written, ...said } = readLimit(text, on);
  return said;
};

/** The word of the step that a line of 整改 asks for, its number and the text beside them. */
async function spoken(line: string): Promise<readonly unknown[]> {
  const { form, text } = formOf((rectify.forms ?? []) as readonly Form[], normalise(line));
  const [, , word = '看'] = (form.examples[0] ?? '').split(' ');
  const { number, note, limit } = (await readForm(form, text, { ...on, lookup: lookupIn() })).args as Partial<StepArgs>;
  return [word, number === undefined ? undefined : numberIn(number), note ?? '', ...(limit ? [limit.limit] : [])];
}

describe('a line about one problem', () => {
  const until = (date: string) => ({ kind: 'date', date });
  test.each([
    ['W12', '看', ''],
    ['w 12 签收', '签收', ''],
    ['W12 完成 已清理并拍照', '完成', '已清理并拍照'],
    ['W12整改完了，请复查', '完成', '请复查'],
    ['W12 已清理，请复查', '完成', '已清理'],
    ['W12 消防通道已清理完成', '完成', '消防通道已清理完成'],
    ['W12 灯已经修好了', '完成', '灯已经修好了'],
    ['W12 整改已完成，请督导室复查', '完成', '整改已完成,请督导室复查'],
    ['W12 已经清理好了，原因：无人管理', '完成', '已经清理好了,原因:无人管理'],
    ['W12申请延期到6月30日，设备采购', '延期', '设备采购', until('2026-06-30')],
    ['同意销号 12号问题', '销号', ''],
    ['W12 不通过，照片看不清', '退回', '照片看不清'],
    ['W12 照片看不清，退回', '退回', '照片看不清'],
    ['W12 不同意延期 时间够', '不同意', '时间够'],
    ['W12 同意', '同意', ''],
    ['W12 收到，马上整改', '签收', '马上整改'],
    ['申请延期 W12 6月30日 假期', '延期', '假期', until('2026-06-30')],
    ['12 复查', '复查', ''],
    ['W12 督办', '督办', ''],
    ['W12 降为催办 误报', '降为催办', '误报'],
    ['W12 佐证', '佐证', ''],
    ['W12 改期 6月30日 填错', '改期', '填错', until('2026-06-30')],
    ['一中W12完成 已补', '完成', '已补'],
    ['望海区一中的 W12 签收', '签收', ''],
    ['一中 W12', '看', ''],
  ])('%s', async (line, word, note, ...limit) => {
    expect(await spoken(line)).toEqual([word, 12, note, ...limit]);
  });

  test.each(['一中', '逾期', ''])('“%s” is about none', async (line) => {
    expect(await spoken(line)).toEqual(['看', undefined, '']);
    expect(readOnOne(line)).toBeUndefined();
  });

  test.each([
    'W12 未完成',
    'W12 还没 完成',
    'W12 完成不了',
    'W12 整改完成后请复查',
    'W12 复查时发现仍有堆放',
    'W12 销号了没有',
    'W12 争取明天前已全部完成',
    'W12 暂不销号',
    'W12 整改完成率低',
    '三楼 W12 完成 已补',
    'W12 三楼 完成 已补',
  ])('“%s” asks for no step, and says so', async (line) => {
    await expect(spoken(line)).rejects.toThrow(/没有?看懂/);
  });

  test('an answer to a card needs no number', () => {
    const kind = (line: string) => readOnOne(`W12 ${line}`)?.verb.kind;
    for (const line of ['完成 已清理', '照片看不清，退回', '通道已清理完成', '收到'])
      expect(kind(normalise(line))).toBe('step');
    for (const line of ['好的', '还没完成', '什么时候复查']) expect(kind(line)).toBe('show');
  });

  test('文号 and cause are found in the text', () => {
    expect(readDocument('文号 云教督〔2026〕3号 10个工作日')).toEqual({
      document: '云教督〔2026〕3号',
      text: '10个工作日',
    });
    expect(readDocument('云教督〔2026〕3号')).toEqual({ document: '云教督〔2026〕3号', text: '' });
    expect(readDocument('已清理')).toEqual({ text: '已清理' });
    expect(readDocument('文号 6号 依据国教督〔2021〕1号')).toMatchObject({ document: '6号' });
    expect(() => readDocument('文号 6号 云教督〔2026〕3号')).toThrow('写了“6号”和“云教督〔2026〕3号”两个文号');
    expect(() => readDocument('文号 待定')).toThrow('没有看懂文号“待定”');
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

  test('is one', () => {
    expect(() => limitIn('台账不全 5个工作日 5月20日', on)).toThrow('写了“5个工作日”和“5月20日”两个期限，请只写一个');
    expect(() => limitIn('台账不全 立行立改 5个工作日', on)).toThrow('“立行立改”和“5个工作日”两个期限');
    for (const facts of ['4月10日 检查发现', '连续3天无记录'])
      expect(limitIn(`台账不全 ${facts} 10个工作日`, on)).toMatchObject({ value: { limit: days(10, 'working') } });
  });

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
