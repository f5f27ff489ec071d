import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, mentioned, type People, people } from './district.ts';

/** Friday 17 April 2026; Monday 20 April has visits and alerts. The default rules have the numbers 1 to 5. */
describe('an administrator makes reminder rules by words', () => {
  let world: World;
  let who: People;
  let group: string;

  beforeEach(async () => {
    world = await openWorld('SQLite', shanghai('2026-04-17', '10:00'), 'reminders');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    group = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
  });
  afterEach(() => world.close());

  const say = (text: string) => world.ask(group, who.director, `@督导助手 ${text}`);
  const arrived = async (day: string, time: `${number}:${number}`) => {
    await world.leap(shanghai(day, time));
    const texts = world.fresh(group).map(({ text }) => text);
    // The heartbeat's urgings are no pushes of a rule.
    return texts.filter((text) => !text.startsWith('催办：'));
  };

  test('the list has the five rules of the start, each with its number and its next time', async () => {
    const list = await say('提醒');
    for (const words of [
      '每个工作日 08:30 今日日程',
      '每周第一个工作日 08:30 本周日程',
      '每月第一个工作日 08:30 本月日程',
      '每个工作日 08:30 截止提醒',
      '每个工作日 08:30 倒计时',
    ])
      expect(list).toContain(words);
    expect(list).toContain('4月20日（周一）');
    expect(list).toContain('5月6日（周三）');
    expect(await say('提醒 列表')).toBe(list);
  });

  test('a new rule is repeated in words with its next five times, and then comes', async () => {
    const answer = await say('提醒 新增 每周一 9点 本周日程');
    expect(answer).toContain('每周一（遇休息日顺延） 09:00 本周日程');
    // 4 May is in the holiday: the working day after it is Wednesday, 6 May.
    expect(answer).toContain('4月20日（周一）、4月27日（周一）、5月6日（周三）、5月11日（周一）、5月18日（周一）');
    await arrived('2026-04-20', '08:59');
    const [, minute = ''] = /（09:(\d\d) 送出）/.exec(answer) ?? [];
    expect(await say('提醒')).toContain(`4月20日（周一） 09:${minute}`);
    world.fresh(group);
    expect(await arrived('2026-04-20', `9:${Number(minute) - 1}`)).toEqual([]);
    const [card, ...more] = await arrived('2026-04-20', `9:${Number(minute)}`);
    expect(more).toEqual([]);
    expect(card).toContain('本周督导');
  });

  test('a sentence that orders a push makes a rule too', async () => {
    expect(await say('每天9点半推送当天督导安排')).toContain('每天（遇休息日照发） 09:30 今日日程');
  });

  test('rules that meet at one time make one card, whatever their words', async () => {
    await say('提醒 停用 2');
    await say('提醒 新增 每周一、三 8点半 本月日程');
    const [card, ...more] = await arrived('2026-04-20', '08:50');
    expect(more).toEqual([]);
    for (const title of ['今日督导', '截止提醒', '本月督导']) expect(card).toContain(title);
  });

  test('a rule is changed in part, switched off and on, and deleted; the others keep their numbers', async () => {
    expect(await say('提醒 修改 4 9:30')).toContain('每个工作日 09:30 截止提醒');
    expect(await say('提醒 停用 1')).toContain('第 1 条提醒已停用：每个工作日 08:30 今日日程');
    expect(await say('提醒 停用 2')).toContain('已停用');
    expect(await arrived('2026-04-20', '08:50')).toEqual([]);
    const [alert, ...more] = await arrived('2026-04-20', '09:50');
    expect(more).toEqual([]);
    expect(alert).toMatch(/^截止提醒/);
    expect(alert).not.toContain('今日督导');

    expect(await say('提醒 启用 1')).toContain('4月21日（周二）');
    expect(await say('提醒 删除 2')).toContain('第 2 条提醒已删除');
    const list = await say('提醒');
    expect(list).toContain('共 4 条，启用 4 条');
    expect(await say('提醒 停用 2')).toContain('没有编号为 2 的提醒规则');
    expect((await arrived('2026-04-21', '08:50'))[0]).toMatch(/^今日督导/);
  });

  test('a rule that is changed between its time and the group’s minute sends what was due all the same, or records that it was left out', async () => {
    await say('提醒 停用 5');
    const just = async (day: string, time: `${number}:${number}`) => {
      await world.leap(shanghai(day, time));
      await world.time.advanceBy(20_000);
      world.fresh(group);
    };
    // An earlier time of the same day: today's was due and comes; a later one: today's comes then.
    await just('2026-04-20', '08:30');
    expect(await say('提醒 修改 1 8:00')).toMatch(/4月20日（周一） 08:30 这一次已到点，仍会在 08:3\d 左右发出/);
    expect(await say('提醒 修改 4 9:00')).not.toContain('这一次');
    const [morning, ...more] = await arrived('2026-04-20', '08:50');
    expect(more).toEqual([]);
    expect(morning).toMatch(/今日督导.*本周督导/s);
    expect(await arrived('2026-04-20', '09:20')).toEqual([expect.stringMatching(/^截止提醒/)]);

    // Switched off, deleted, or moved to other days: it is not sent, and somebody can see why.
    await just('2026-04-21', '08:00');
    expect(await say('提醒 停用 1')).toContain('4月21日（周二） 08:00 这一次不再发。');
    await just('2026-04-21', '09:00');
    expect(await say('提醒 修改 4 每周五')).toContain('4月21日（周二） 09:00 这一次不再发。');
    expect(await arrived('2026-04-21', '09:30')).toEqual([]);
    const [left = []] = await world.bot.rows(
      "SELECT contents, outcome FROM notification WHERE reason = 'changed' ORDER BY nominal_at",
    );
    expect(left.map(({ contents, outcome }) => `${outcome} ${contents}`)).toEqual([
      'empty ["day"]',
      'empty ["deadline"]',
    ]);
  });

  test('a group hears that there is nothing only where it is set, with what was looked through', async () => {
    for (const number of [1, 2, 3, 4, 5]) await say(`提醒 停用 ${number}`);
    await say('提醒 新增 每个工作日 15:00 倒计时');
    expect(await arrived('2026-04-20', '15:30')).toEqual([]);
    expect(await say('设置 没有事项时 发一句')).toContain('由“不发”改为“发一句”');
    expect(await arrived('2026-04-21', '15:30')).toEqual([expect.stringMatching(/没有事项：\S+及下属单位的倒计时/)]);
  });

  test('binding the group again brings back no rule that was deleted', async () => {
    await say('提醒 删除 3');
    await say('绑定 望海区教育局');
    expect(await say('提醒')).toContain('共 4 条');
  });

  test('two rules in one message are two rules', async () => {
    await say('提醒 新增 每周五 16:00 截止提醒\n提醒 新增 每月1日 9:00 本月日程');
    expect(await say('提醒')).toContain('共 7 条，启用 7 条');
  });

  test('a sample comes to the administrator alone, marked as one', async () => {
    const direct = world.lark.control.p2p(who.director);
    world.fresh(direct);
    expect(await say('提醒 试发 1')).toContain('样张已发到您的单聊');
    expect(world.fresh(group)).toEqual([]);
    const [sample, ...more] = world.fresh(direct);
    expect(more).toEqual([]);
    expect(sample?.text).toMatch(/^【试发】今日督导/);
    expect(sample?.text).toContain('望海区第一中学');
    expect(mentioned(sample)).toEqual([]);
  });
});
