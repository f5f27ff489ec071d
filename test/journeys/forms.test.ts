import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** Friday 17 April 2026. */
let world: World;
let who: People;
let group: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-17', '10:00'), 'journey_forms');
  await importDistrict(world);
  who = people(world);
  await claim(world, who);
  group = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
});
afterAll(() => world.close());

const card = async (text: string) => {
  const [sent] = await world.say(group, who.director, `@督导助手 ${text}`);
  if (!sent) throw new Error(`no answer to ${text}`);
  return sent.messageId;
};
const shown = (messageId: string) => world.lark.control.message(messageId).text;
const submit = (messageId: string, formValue: Record<string, unknown>, by = who.director) =>
  world.lark.control.press(messageId, by, { name: 'submit', formValue });
const rules = async () => (await world.bot.core.store.rules(group)).length;

test('a rule is made by a form as by the line that the form says, and once however often it is pressed', async () => {
  const form = await card('提醒 新增');
  const filled = { content: '本周日程', repeats: '每周', weekdays: ['周一', '周三'], time: '09:00 +0800' };
  const presses = await Promise.all([submit(form, filled), submit(form, filled)]);
  expect(presses.map(({ toast }) => toast?.type).toSorted()).toEqual(['success', 'warning']);
  expect(shown(form)).toContain('每周一、三（遇休息日顺延） 09:00 本周日程');
  expect(await rules()).toBe(5);
});

test('what is refused is said beside the form, which stays as it was filled', async () => {
  const form = await card('提醒 新增');
  const before = shown(form);
  const refused: readonly (readonly [filled: Record<string, unknown>, why: string])[] = [
    [{ repeats: '每周' }, '请写明每周哪一天'],
    [{ repeats: '每月' }, '请写明每月哪一天'],
    [{ repeats: '每个工作日', weekdays: ['周一'] }, '没有看懂'],
    [{ time: '23:00 +0800' }, '免打扰'],
    [{ time: '八点半' }, '“几点”没有读懂'],
    [{ content: '今日日程\n全部暂停' }, '没有看懂'],
  ];
  for (const [filled, why] of refused)
    expect(await submit(form, filled), why).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining(why) },
    });
  expect(await submit(form, {}, who.wanghai)).toMatchObject({
    toast: { content: expect.stringContaining('只有管理员可以用') },
  });
  expect(shown(form)).toBe(before);
  expect(await rules()).toBe(5);

  expect(await submit(form, { time: '10:00 +0800' })).toMatchObject({ toast: { type: 'success' } });
  expect(await rules()).toBe(6);
});

test('the list leads to the form, and a form opened again is another form', async () => {
  const list = await card('提醒');
  const { control } = world.lark;
  await control.press(list, who.director, { buttonText: '新增提醒' });
  expect(await submit(list, { time: '11:00 +0800' })).toMatchObject({ toast: { type: 'success' } });
  expect(await submit(await card('提醒 新增'), { time: '11:00 +0800' })).toMatchObject({
    toast: { type: 'warning', content: expect.stringContaining('已经是') },
  });
  expect(await rules()).toBe(7);
});
