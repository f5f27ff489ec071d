import { describe, expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { deed, type Form, may, mayRead, must, mustRead, question } from '../../src/language/forms/form.ts';
import { formOf } from '../../src/language/forms/forms.ts';
import { readForm } from '../../src/language/forms/read-form.ts';
import { quoted } from '../../src/language/forms/unread.ts';
import { normalise } from '../../src/language/words/normalise.ts';
import type { Mentioned } from '../../src/ports/inbound.ts';
import { lookupIn } from './directory.ts';

const none = async () => Promise.reject(new Error('not run here'));

const add = deed({
  verbs: ['新增', '召开'],
  examples: ['会议 新增 6月15日 望海区 主持 韩丙 议题 防溺水'],
  parts: {
    day: must('date', { asks: '请写哪一天开。' }),
    who: must('units', { asks: '请写哪些单位参加。' }),
    chair: may('people', { after: ['主持', '主持人'] }),
    topic: may('text', { after: ['议题'] }),
  },
  run: none,
});
const cancel = deed({
  verbs: [/(?:取消|撤销)(?:会议)?/],
  examples: ['会议 取消 H2 原因 台风'],
  parts: {
    number: must('word', { pattern: /H\d{1,6}/i, asks: '请写会议编号。', beforeVerb: true }),
    why: must('text', { after: ['原因'], asks: '请写取消的原因。' }),
  },
  run: none,
});
function readRoom(text: string) {
  const [, floor, rest] = /^([一二三])楼会议室(.*)$/.exec(text) ?? [];
  return floor === undefined || rest === undefined ? undefined : { value: { floor }, rest };
}

const move = deed({
  verbs: ['改到'],
  examples: ['会议 H2 改到 三楼会议室 6月16日'],
  parts: {
    number: must('word', { pattern: /H\d{1,6}/i, asks: '请写会议编号。', beforeVerb: true }),
    room: mustRead(readRoom, { asks: '请写会议室。' }),
    day: may('date'),
  },
  run: none,
});
const open = deed({
  verbs: ['开启'],
  when: /^把?第\d号/,
  examples: ['会议 开启 第2号'],
  parts: { number: must('word', { pattern: /第\d号/, asks: '请写第几号。' }) },
  run: none,
});
const host = deed({
  verbs: ['搬到'],
  examples: ['会议 搬到 望海区 韩丙'],
  parts: { unit: must('unit', { asks: '请写单位。' }), chair: may('person') },
  run: none,
});
const put = deed({
  verbs: ['退回', '签收'],
  verbsAtEnd: ['退回'],
  examples: ['会议 H2 退回 看不清'],
  parts: {
    number: must('word', { pattern: /H\d{1,6}/i, asks: '请写会议编号。', beforeVerb: true }),
    told: mayRead((text, { mentions = [] }) => (mentions[0] ? { value: mentions[0].name, rest: text } : undefined)),
    note: may('text', { max: 20 }),
  },
  run: none,
});
const show = question({
  verbs: [/(?=H\d{1,6}$)/i],
  examples: ['会议 H2'],
  parts: { number: must('word', { pattern: /H\d{1,6}/i, asks: '请写会议编号。' }) },
  run: none,
});
const list = question({
  verbs: [],
  examples: ['会议 望海区'],
  parts: { mine: may('me'), room: mayRead(readRoom), unit: may('unit') },
  run: none,
});
function readMinute(text: string) {
  const [whole, minute] = /^H(\d{1,6})\s*/i.exec(text) ?? [];
  return whole === undefined ? undefined : { value: Number(minute), rest: text.slice(whole.length) };
}
/** 签到 H2, H2 到会; H2 到会 12 人 is none. */
const arrive = deed({
  verbs: [/签到(?=\s*H\d)/i],
  examples: ['会议 签到 H2'],
  parts: {
    number: mustRead(readMinute, { asks: '请写会议编号。', pattern: /H\d{1,6}/i, beforeVerb: [/到会(?!\s*\d)/] }),
    known: mayRead((rest, { directory }) => ({ value: [...directory.keys()].toSorted(), rest })),
    note: may('text', { after: ['说明'], max: 12 }),
  },
  run: none,
});
const named = { add, cancel, move, open, host, arrive, put, show, list };
const forms = Object.values(named);

async function read(
  line: string,
  { me, mentions = [] }: { readonly me?: true; readonly mentions?: readonly Mentioned[] } = {},
): Promise<Record<string, unknown>> {
  const { form, text } = formOf(forms, normalise(line));
  const said = await readForm(form, text, {
    today: date('2026-04-20'),
    calendar: statutoryCalendar(),
    mentions,
    lookup: lookupIn(),
    me,
  });
  const shown = Object.entries(said.args).map(([name, value]) => [name, plain(value)]);
  return { form: nameOf(form), ...Object.fromEntries(shown), ...(said.unused.length > 0 && { unused: said.unused }) };
}

const nameOf = (form: Form) => Object.keys(named)[forms.indexOf(form)];

/** Dates by their first day, units by what was written. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object')
    return 'from' in value ? value.from : 'written' in value ? value.written : value;
  return value;
}

describe('a form', () => {
  const whole = { form: 'add', day: '2026-06-15', who: ['望海区'], chair: ['韩丙'], topic: '防溺水' };

  test.each([
    '新增 6月15日 望海区 主持 韩丙 议题 防溺水',
    '召开：望海区 6月15日 议题 防溺水 主持人：韩丙',
    '新增6月15日望海区 主持韩丙 议题:防溺水',
  ])('is chosen by its verb, and its parts are told by their words and kinds in any order: %s', async (line) => {
    expect(await read(line)).toEqual(whole);
  });

  test('keeps free text as it was typed, names and dates in it included', async () => {
    expect(await read('取消 H2 原因 韩丙 6月16日要去望海区开会')).toEqual({
      form: 'cancel',
      number: 'H2',
      why: '韩丙 6月16日要去望海区开会',
    });
  });

  test('that changes something asks for what is missing, with an example', async () => {
    await expect(read('新增 望海区')).rejects.toThrow('请写哪一天开。写法：会议 新增 6月15日');
    await expect(read('新增 6月15日')).rejects.toThrow('请写哪些单位参加。');
    await expect(read('取消 H2')).rejects.toThrow('请写取消的原因。');
  });

  test('may have its number before the verb, and a verb in several wordings', async () => {
    const cancelled = { form: 'cancel', number: 'H2', why: '台风' };
    for (const line of ['取消 H2 原因 台风', 'H2 取消 原因 台风', 'H2取消会议，原因 台风', '撤销会议 H2 原因 台风'])
      expect(await read(line), line).toEqual(cancelled);
    await expect(read('H2 取消 6月15日 原因 台风')).rejects.toThrow('没看懂“6月15日”');
  });

  test('may have other verbs behind its number than before it', async () => {
    const arrived = { form: 'arrive', number: 2, known: [] };
    for (const line of ['签到 H2', 'H2 到会', 'h2到会']) expect(await read(line), line).toEqual(arrived);
    for (const line of ['H2 到会 12 人', '到会 H2', '签到 三楼 H2'])
      expect(await read(line), line).toMatchObject({ form: 'list' });
  });

  test('gives the reader of an own part the names of the whole line', async () => {
    expect(await read('签到 H2 说明 韩丙代望海区')).toMatchObject({ known: ['望海区', '韩丙'] });
  });

  test('knows that the sender is meant, by a word in the line or by 我的 before the name of the command', async () => {
    expect(await read('我的 望海区')).toEqual({ form: 'list', mine: true, unit: '望海区' });
    expect(await read('望海区', { me: true })).toEqual({ form: 'list', mine: true, unit: '望海区' });
  });

  test('takes no more free text than its part says', async () => {
    expect(await read('签到 H2 说明 十二个字以内的一句话')).toMatchObject({ note: '十二个字以内的一句话' });
    await expect(read('签到 H2 说明 比十二个字更长一些的一句话')).rejects.toThrow('写得太长了：13 字，最多 12 字');
    await expect(read(`取消 H2 原因 ${'长'.repeat(1_001)}`)).rejects.toThrow('最多 1000 字');
  });

  test('may read lines without its verb that look like its own', async () => {
    expect(await read('第2号')).toEqual({ form: 'open', number: '第2号' });
    expect(await read('开启 第2号')).toEqual({ form: 'open', number: '第2号' });
    expect(await read('望海区第2号')).toMatchObject({ form: 'list' });
  });

  test('may have its verb at the end of a line that begins with its number, as a word that nothing negates', async () => {
    const back = { form: 'put', number: 'H2', note: '照片看不清' };
    for (const line of ['H2 退回 照片看不清', 'H2 照片看不清，退回', 'H2：照片看不清 退回', '退回 H2 照片看不清'])
      expect(await read(line), line).toEqual(back);
    expect(await read('H2 签收 已通知校长 不再退回')).toMatchObject({ note: '已通知校长 不再退回' });
    for (const line of ['H2 还没退回', 'H2 照片没有 退回', '照片看不清 退回', 'H2 照片看不清退回'])
      expect(await read(line), line).toMatchObject({ form: 'list' });
  });

  test('may be told by the shape of the line', async () => {
    expect(await read('h2')).toEqual({ form: 'show', number: 'h2' });
    expect(await read('h2 望海区')).toMatchObject({ form: 'list' });
  });

  test('gives an own part whom the message mentions', async () => {
    const mentions = [{ openId: 'ou_1', name: '韩丙' }];
    expect(await read('H2 签收', { mentions })).toEqual({ form: 'put', number: 'H2', told: '韩丙' });
  });

  test('gives an own part what its reader finds, and the others what is left', async () => {
    const moved = { form: 'move', number: 'H2', room: { floor: '三' } };
    expect(await read('H2 改到 三楼会议室 6月16日')).toEqual({ ...moved, day: '2026-06-16' });
    expect(await read('H2 改到 三楼会议室')).toEqual(moved);
    await expect(read('H2 改到 6月16日')).rejects.toThrow('请写会议室。');
    await expect(read('H2 改到 三楼会议室 五楼会议室')).rejects.toThrow('没看懂“五楼会议室”');
  });

  test('that changes something refuses a word that no part takes, and names it', async () => {
    await expect(read('新增 6月15日 望海区 分管领导 主持 韩丙')).rejects.toThrow('没看懂“分管领导”');
    await expect(read('新增 6月15日 望海区 主持 韩丙 90%')).rejects.toThrow('没看懂“90%”');
    await expect(read('取消 H2 望海区 原因 台风')).rejects.toThrow('没看懂“望海区”');
  });

  test('that lacks something names what it did not understand, which may be just that', async () => {
    await expect(read('取消 三楼 原因 台风')).rejects.toThrow('请写会议编号。没看懂“三楼”。写法：会议 取消 H2');
    await expect(read('新增 望海区 长'.padEnd(200, '长'))).rejects.toThrow(`请写哪一天开。没看懂“${'长'.repeat(60)}…”`);
  });

  test('names all units or people where it can take one, for it cannot know which is meant', async () => {
    expect(await read('搬到 望海区 韩丙')).toEqual({ form: 'host', unit: '望海区', chair: '韩丙' });
    await expect(read('搬到 临江区 望海区 韩丙')).rejects.toThrow('写了 2 个单位（临江区、望海区），这里只能写 1 个');
    await expect(read('搬到 望海区 韩丙、冯癸')).rejects.toThrow('写了 2 个人（韩丙、冯癸），这里只能写 1 个');
  });

  test('takes one of what it holds once', async () => {
    await expect(read('新增 6月15日 6月16日 望海区')).rejects.toThrow('一行里有两个日期');
    await expect(read('新增 6月15日 望海区 主持 韩丙 主持 李庚')).rejects.toThrow('“主持”写了两次');
    await expect(read('新增 2月30日 望海区')).rejects.toThrow('没有“2月30日”这一天');
  });

  test('does not mind courtesy', async () => {
    expect(await read('新增 请 6月15日 望海区 谢谢 议题 防溺水 主持 韩丙')).toEqual(whole);
  });

  test('that only answers names what it did not use', async () => {
    expect(await read('望海区 临江区')).toEqual({ form: 'list', unit: '望海区', unused: ['临江区'] });
    expect(await read('二楼会议室 望海区')).toEqual({ form: 'list', room: { floor: '二' }, unit: '望海区' });
    expect(await read('望海区 什么颜色')).toMatchObject({ unit: '望海区', unused: ['什么颜色'] });
  });

  test('has an end: no text without one, and what is not understood is cut where it is repeated', async () => {
    await expect(read(`H2 签收 ${'长'.repeat(21)}`)).rejects.toThrow('写得太长了：21 字，最多 20 字');
    await expect(read(`H2 取消 原因 ${'长'.repeat(1_001)}`)).rejects.toThrow('最多 1000 字');
    await expect(read(`H2 取消 ${'长'.repeat(100)} 原因 台风`)).rejects.toThrow(`没看懂“${'长'.repeat(60)}…”`);
    expect(quoted(['三楼', '90%'])).toBe('“三楼”、“90%”');
  });

  test('that no verb chooses is refused with the ways there are', () => {
    expect(() => formOf([add, cancel], '改到 6月16日')).toThrow('没看懂“改到 6月16日”。可以发送：会议 新增 6月15日');
  });
});
