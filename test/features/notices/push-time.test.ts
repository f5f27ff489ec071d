import { describe, expect, test } from 'vitest';
import notice from '../../../commands/notice.ts';
import { date, instantAt, type LocalTime } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import type { SendArgs } from '../../../src/features/notices/notice-phrase.ts';
import { readPushTime } from '../../../src/features/notices/push-time.ts';
import type { Form } from '../../../src/language/forms/form.ts';
import { formOf } from '../../../src/language/forms/forms.ts';
import { readForm } from '../../../src/language/forms/read-form.ts';
import { normalise } from '../../../src/language/words/normalise.ts';
import { lookupIn } from '../../language/directory.ts';

const zone = 'Asia/Shanghai';
const today = date('2026-04-21');
const at = (day: string, time: LocalTime = '00:00') => instantAt(date(day), time, zone);
const DAY = 24 * 3_600_000;

describe('how a push is named', () => {
  test.each([
    ['4月20日', '2026-04-20'],
    ['4月20号', '2026-04-20'],
    ['4-20', '2026-04-20'],
    ['2026年4月20日', '2026-04-20'],
    ['2026-04-20', '2026-04-20'],
    ['4月20日的推送', '2026-04-20'],
    ['今天', '2026-04-21'],
    ['昨天的', '2026-04-20'],
    ['今天的日程', '2026-04-21'],
    // A day that has not come was last year's: nobody confirms what was not pushed.
    ['12月30日', '2025-12-30'],
    ['4月22日', '2026-04-22'],
  ])('%s is the whole day %s', (text, day) => {
    expect(readPushTime(text, { today, zone })).toEqual({ from: at(day), before: at(day) + DAY });
  });

  test.each([
    ['2026-04-20 08:30', '2026-04-20', '08:30'],
    ['2026-04-2008:30', '2026-04-20', '08:30'],
    ['4月20日 8:30', '2026-04-20', '08:30'],
    ['4月20日 16:05 的推送', '2026-04-20', '16:05'],
  ] as const)('%s is one minute', (text, day, time) => {
    expect(readPushTime(text, { today, zone })).toEqual({ from: at(day, time), before: at(day, time) + 60_000 });
  });

  test.each(['', '3', '明天9点开会', '4月20日开会', '2月30日', '13月1日', '2026', '今天下午开会'])(
    '“%s” names none',
    (text) => {
      expect(readPushTime(text, { today, zone })).toBeUndefined();
    },
  );
});

describe('a line of 通知', () => {
  const said = async (line: string) => {
    const forms = (notice.forms ?? []) as readonly Form[];
    const { form, text } = formOf(forms, normalise(line));
    const { args } = await readForm(form, text, { today, calendar: statutoryCalendar(), lookup: lookupIn() });
    return [['list', 'missing', 'show', 'of a notice', 'send'][forms.indexOf(form)], args] as const;
  };

  test('asks who has not confirmed the push of a day, a notice, or the latest', async () => {
    expect(await said('谁没收到 4月20日')).toEqual(['missing', { one: { push: '4月20日' } }]);
    expect(await said('谁还没有签收 2026-04-20 08:30')).toEqual(['missing', { one: { push: '2026-04-20 08:30' } }]);
    for (const line of ['谁没收到3', '谁没收到 3号通知'])
      expect(await said(line), line).toEqual(['missing', { one: { number: 3 } }]);
    expect(await said('谁 还没 收到')).toEqual(['missing', {}]);
    expect(await said('未签收名单')).toEqual(['missing', {}]);
  });

  test('asks for the list, or for one', async () => {
    expect(await said('')).toEqual(['list', {}]);
    for (const line of ['有哪些', '情况']) expect(await said(line), line).toEqual(['list', {}]);
    expect(await said('2026-04-20 08:30')).toEqual(['show', { one: { push: '2026-04-20 08:30' } }]);
    expect(await said('第3条')).toEqual(['show', { one: { number: 3 } }]);
  });

  test('that only begins like one of these is sent as it was typed', async () => {
    for (const words of [
      '4月22日上午9点开会',
      '谁没收到报告请说一声',
      '全部学校明天停电',
      '3号楼停水',
      '催报材料',
      '日程',
    ])
      expect(await said(words), words).toEqual(['send', { words }]);
  });

  test('has its groups before the colon, which is none within a time of day', async () => {
    const to = async (line: string) => {
      const [, args] = await said(line);
      return (args as Partial<SendArgs>).to?.map(({ name }) => name);
    };
    expect(await to('望海区：明天开会')).toEqual(['望海区']);
    expect(await to('发给望海区、临江区 青山县：10点开会')).toEqual(['望海区', '临江区', '青山县']);
    expect(await to('明天9:00开会')).toBeUndefined();
    expect(await to('请各校注意，地点：一楼')).toBeUndefined();
  });
});
