import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../src/domain/reminders/reminder.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, mentioned, type People, people } from './district.ts';

/** Monday 20 April 2026, which has visits. */
let world: World;
let who: People;
let group: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '10:00'), 'journey_forms');
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
/** The rules that each group starts with. */
const START = DEFAULT_RULES.length;
const rules = async () => (await world.bot.core.store.rules(group)).length;

test('a rule is made by a form as by the line that the form says, and once however often it is pressed', async () => {
  const form = await card('提醒 新增');
  const filled = { content: '本周日程', repeats: '每周', weekdays: ['周一', '周三'], time: '09:00 +0800' };
  const presses = await Promise.all([submit(form, filled), submit(form, filled)]);
  expect(presses.map(({ toast }) => toast?.type).toSorted()).toEqual(['success', 'warning']);
  expect(shown(form)).toContain('每周一、三（遇休息日顺延） 09:00 本周日程');
  expect(await rules()).toBe(START + 1);
});

test('what is refused is said beside the form, which stays as it was filled', async () => {
  const form = await card('提醒 新增');
  const before = shown(form);
  const refused: readonly (readonly [filled: Record<string, unknown>, why: string])[] = [
    [{ repeats: '每周' }, '请写明每周哪一天'],
    [{ repeats: '每月' }, '请写明每月哪一天'],
    [{ repeats: '每个工作日', weekdays: ['周一'] }, '写了两种重复'],
    [{ repeats: '每年', days: '2月30日' }, '没有“2月30日”这一天'],
    [{ until: '2026-04-16 +0800' }, '已经过去'],
    [{ time: '23:00 +0800' }, '免打扰'],
    // The group's turn comes some minutes later.
    [{ time: '21:59 +0800' }, '免打扰'],
    [{ time: '八点半' }, '“几点”没有读懂'],
    [{ content: '今日日程\n全部暂停' }, '没有看懂'],
  ];
  for (const [filled, why] of refused)
    expect(await submit(form, filled), why).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining(why) },
    });
  expect(await submit(form, {}, who.wanghai)).toMatchObject({
    toast: { content: expect.stringContaining('只有管理员、督导员可以用') },
  });
  expect(shown(form)).toBe(before);
  expect(await rules()).toBe(START + 1);

  expect(await submit(form, { time: '10:00 +0800' })).toMatchObject({ toast: { type: 'success' } });
  expect(await rules()).toBe(START + 2);
});

test('the list leads to the form, and a form opened again is another form', async () => {
  const list = await card('提醒');
  const { control } = world.lark;
  await control.press(list, who.director, { buttonText: '新增提醒' });
  expect(await submit(list, { time: '11:00 +0800' })).toMatchObject({ toast: { type: 'success' } });
  expect(await submit(await card('提醒 新增'), { time: '11:00 +0800' })).toMatchObject({
    toast: { type: 'warning', content: expect.stringContaining('已经是') },
  });
  expect(await rules()).toBe(START + 3);
});

test('a rule is changed by a form that holds what it is, and what is chosen anew is all that it is then', async () => {
  await card('提醒 新增 每两周周五 15:00 截止提醒 遇休息日提前 提及所有人 至2026-12-31');
  const form = await card(`提醒 修改 ${START + 4}`);
  expect(await submit(form, {})).toMatchObject({
    toast: {
      content: expect.stringMatching(
        /条已经是：每两周周五（自2026-04-20起，遇休息日提前） 15:00 截止提醒，提及所有人，至2026-12-31/,
      ),
    },
  });
  await submit(form, { time: '16:00 +0800', until: null, mention: '不提及人', rest: '遇休息日顺延' });
  expect(shown(form)).toContain('每两周周五（自2026-04-20起，遇休息日顺延） 16:00 截止提醒，不提及人”');
  expect(shown(form)).toContain('4月24日（周五）、5月8日（周五）');
});

test('in the direct chat a rule is made for several groups at once, and each has it as its own', async () => {
  const other = await boundGroup(world, '临江区教育工作群', '临江区', [who.linjiang], who);
  const direct = world.lark.control.p2p(who.director);
  const [list] = await world.say(direct, who.director, '提醒');
  expect(list?.text).toMatch(new RegExp(`临江区教育工作群.*共 ${START} 条.*望海区教育工作群.*共 ${START + 4} 条`, 's'));
  await submit(list?.messageId ?? '', { group: '临江区教育工作群' });
  expect(shown(list?.messageId ?? '')).toContain('群“临江区教育工作群”的提醒规则');

  const [form] = await world.say(direct, who.director, '提醒 新增');
  const groups = ['临江区教育工作群', '望海区教育工作群'];
  const id = form?.messageId ?? '';
  expect(await world.lark.control.press(id, who.director, { name: 'submit' })).toMatchObject({ status: 'incomplete' });
  await submit(id, { repeats: '每季度最后一个工作日', time: '15:30 +0800', groups });
  expect(shown(id)).toContain(
    '群“临江区教育工作群”、群“望海区教育工作群”将按“每季度最后一个工作日 15:30 今日日程”发送',
  );
  expect(await world.bot.core.store.rules(other)).toHaveLength(START + 1);
  expect(await rules()).toBe(START + 5);
  expect(await world.ask(direct, who.director, `提醒 停用 ${START + 1} 在“临江区教育工作群”`)).toContain(
    `第 ${START + 1} 条提醒已停用`,
  );
  expect(await world.ask(direct, who.director, '提醒 停用 5')).toContain('请写明哪个群');
});

test('who is called is the rule’s to say, and a rule ends after its last day', async () => {
  expect(await world.ask(group, who.director, '@督导助手 提醒')).not.toContain('没有倒计时提醒');
  for (let number = 1; number <= START + 5; number += 1) await card(`提醒 删除 ${number}`);
  expect(await world.ask(group, who.director, '@督导助手 提醒')).toContain(
    '没有倒计时提醒，要加请发送：提醒 新增 每个工作日 08:30 倒计时',
  );
  await card('提醒 新增 每个工作日 14:00 今日日程 提及所有人 至2026-04-20');
  await card('提醒 新增 每个工作日 15:00 今日日程 不提及人');
  // What a task is urged for at the first beat is none of these.
  await world.to(world.time.now() + 5 * 60_000);
  world.fresh(group);
  await world.to(shanghai('2026-04-20', '15:10'));
  const [loud, quiet, ...more] = world.fresh(group);
  expect(more).toEqual([]);
  expect(loud?.text).toContain('@所有人');
  expect(mentioned(loud)).toContain('all');
  expect(mentioned(quiet)).toEqual([]);
  expect(await world.ask(group, who.director, '@督导助手 提醒')).toContain('至2026-04-20 | 已到期');
  expect(await world.ask(group, who.director, '@督导助手 提醒 启用 1')).toContain('一次也不会发');
});
