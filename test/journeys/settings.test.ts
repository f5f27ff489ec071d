import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** Monday 20 April 2026, which has visits and alerts. */
let world: World;
let who: People;
let group: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:40'), 'journey_settings');
  await importDistrict(world);
  who = people(world);
  await claim(world, who);
  group = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const say = (text: string) => world.ask(group, who.director, `@督导助手 ${text}`);
const privately = (text: string, openId = who.director) => world.ask(direct(openId), openId, text);

test('every setting is shown with its value, default, range and unit', async () => {
  const list = await privately('设置');
  for (const words of [
    '免打扰：22:00–次日07:00（默认）',
    '截止提醒天数：7、3、1、0',
    '推送自检：09:00',
    '导入确认时间：30',
  ])
    expect(list).toContain(words);
  for (const words of ['范围：5 到 1440', '单位：分钟', '默认：09:00']) expect(list).toContain(words);
});

test('a change is repeated in words, holds for its group alone, is written down and is taken back once', async () => {
  expect(await say('设置 免打扰 晚上9点到早上8点')).toContain('本群的“免打扰”由“22:00–次日07:00”改为“21:00–次日08:00”');
  expect(await say('免打扰')).toContain('21:00–次日08:00（本群）');
  expect(await privately('设置')).toContain('免打扰：22:00–次日07:00（默认）');
  expect(await privately('审计 今天')).toMatch(/修改设置.*免打扰（本群）.*22:00–次日07:00 → 21:00–次日08:00/s);
  expect(await privately('设置 撤回')).toContain(
    '群“望海区教育工作群”的“免打扰”由“21:00–次日08:00”改为“22:00–次日07:00”',
  );
  expect(await privately('设置 撤回')).toContain('已经撤回过了');
  expect(await say('设置')).toContain('免打扰：22:00–次日07:00（默认）');
});

test('a setting is changed by its form, and set back to its default by a button', async () => {
  const [card] = await world.say(direct(who.director), who.director, '设置 导入确认时间');
  const { control } = world.lark;
  const id = card?.messageId ?? '';
  expect(await control.press(id, who.director, { name: 'submit', formValue: { value: '两小时' } })).toMatchObject({
    toast: { type: 'warning', content: expect.stringContaining('范围：5 到 1440；单位：分钟') },
  });
  await control.press(id, who.director, { name: 'submit', formValue: { value: '120' } });
  expect(control.message(id).text).toContain('由“30”改为“120”');
  await control.press(id, who.director, { buttonText: '撤回' });
  expect(await privately('设置 导入确认时间 恢复默认')).toContain('没有变化');
});

test('quiet hours that grow name the reminder rules that they silence, with the mend, and those that they move', async () => {
  await say('提醒 新增 每周五 20:00 截止提醒');
  const answer = await privately('设置 免打扰 18:00-09:00');
  expect(answer).toMatch(
    /1 条提醒落在免打扰时段，不会再发：\s+望海区教育工作群第 6 条“每周五（遇休息日顺延） 20:00 截止提醒”，改时间请发送：提醒 修改 6 17:50 在“望海区教育工作群”/,
  );
  expect(answer).toMatch(/5 条提醒换了时间：\s+望海区教育工作群第 1 条“每个工作日 08:30 今日日程”，改在 09:0\d 发/);
  expect(await say('提醒')).toMatch(/20:00 截止提醒.*不发：在免打扰时段，请改时间/s);
  expect(await say('提醒 停用 6')).toContain('已停用');
  expect(await say('提醒 启用 6')).toContain('请改到 17:50 或更早');
  const [, mend = ''] = /(提醒 修改 6 17:50 在“[^”]*”)/.exec(answer) ?? [];
  expect(await privately(mend)).toMatch(/接下来五次（17:5\d 送出）/);
  await say('提醒 删除 6');
  expect(await privately('设置 撤回')).toMatch(/5 条提醒换了时间：.*改在 08:3\d 发/s);
});

test('in the quiet hours pushes wait for their end; 紧急 lets them go, with a reason that is written down', async () => {
  await say('设置 免打扰 22:00-09:30');
  expect(await privately('预演 今天')).toMatch(/4月20日（周一） 09:3\d　望海区教育工作群/);
  world.fresh(group);
  await world.to(shanghai('2026-04-20', '08:50'));
  expect(world.fresh(group)).toEqual([]);
  expect(await privately('紧急 急')).toContain('请写明紧急的原因');
  expect(await say('紧急 市里九点来电催问今日安排')).toContain('本群的免打扰已解除到4月20日（周一） 09:30');
  world.fresh(group);
  await world.to(shanghai('2026-04-20', '08:52'));
  const [card, ...more] = world.fresh(group);
  expect(more).toEqual([]);
  expect(card?.text).toMatch(/^今日督导/);
  expect(await privately('审计 今天')).toMatch(/紧急解除免打扰.*市里九点来电催问今日安排/s);
  expect(await say('设置 全部群 免打扰 恢复默认')).toContain('全部群的“免打扰”');
});

test('how many days before its due day a deadline is alerted is the group’s to say', async () => {
  const sample = async () => {
    world.fresh(direct(who.director));
    await say('提醒 试发 4');
    return world
      .fresh(direct(who.director))
      .map(({ text }) => text)
      .join();
  };
  const before = await sample();
  await say('设置 截止提醒天数 60');
  const after = await sample();
  expect([before, after].map((text) => text.includes('今天截止'))).toEqual([true, false]);
  expect([before, after].map((text) => text.includes('逾期'))).toEqual([true, true]);
});

test('administrators are told, once, that a push of the morning came too late because the bot was down', async () => {
  await privately('设置 推送自检 10:30');
  await say('提醒 新增 每个工作日 09:40 今日日程');
  world.fresh(direct(who.director));
  await world.downUntil(shanghai('2026-04-20', '10:32'));
  await world.to(shanghai('2026-04-20', '10:42'));
  const [alarm, ...more] = world.fresh(direct(who.director)).map(({ text }) => text);
  expect(more).toEqual([]);
  expect(alarm).toMatch(/到 10:30，今天有 1 个群的推送没有按时发出.*望海区教育工作群.*应发：.*09:40/s);
  expect(world.fresh(direct(who.wanghai)).filter(({ text }) => text.includes('推送'))).toEqual([]);
});
