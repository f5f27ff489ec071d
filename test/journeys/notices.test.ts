import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let group: string;
let linjiang: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '09:00'), 'journey_notices');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  group = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.school, who.stranger], who);
  linjiang = await boundGroup(world, '临江区工作群', '临江区', [who.linjiang], who);
  // The next heartbeats learn who people are.
  await world.to(shanghai('2026-04-20', '09:16'));
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const said = (openId: string, text: string) => world.ask(group, openId, `@督导助手 ${text}`);
const privately = (openId: string, text: string) => world.ask(direct(openId), openId, text);
const shown = (messageId: string) => world.lark.control.message(messageId).text;
const press = (messageId: string, openId: string) =>
  world.lark.control.press(messageId, openId, { buttonText: '收到' });
let card = '';

describe('a notice in a group', () => {
  test('carries a button, and soon says how many of how many have confirmed', async () => {
    const [answer] = await world.say(
      group,
      who.director,
      '@督导助手 通知 明天9点在一楼开会，带自查报告 截止 今天 17:00',
    );
    card = answer?.messageId ?? '';
    expect(answer?.text).toMatch(
      /通知 1.*吕壬.*明天9点在一楼开会，带自查报告.*请在 .*4月20日.*17:00 前确认.*已收到 0 人/s,
    );
    await world.to(shanghai('2026-04-20', '09:18'));
    expect(shown(card)).toMatch(/已收到 0\/3.*未收到：.*陈甲.*朱戊|未收到：.*朱戊/s);
  });

  test('two presses at the same moment both count, on the card as well', async () => {
    const answers = await Promise.all([press(card, who.wanghai), press(card, who.stranger)]);
    for (const answer of answers) expect(answer).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(shown(card)).toMatch(/已收到 2\/3.*未收到：朱戊/s);
  });

  test('pressing twice is said to be needless, and counts once', async () => {
    expect(await press(card, who.wanghai)).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining('已经确认过') },
    });
    expect(shown(card)).toContain('已收到 2/3');
  });

  test('谁没收到 lists the rest by unit, in the group and for the sender', async () => {
    expect(await said(who.wanghai, '谁还没收到')).toMatch(/已收到 2\/3，还有 1 人没有收到.*望海区第一中学　朱戊/s);
    expect(await privately(who.director, '谁没收到 1')).toContain('朱戊');
    expect(await privately(who.linjiang, '谁没收到 1')).toContain('看谁没收到');
  });

  test('who has read it without confirming is told apart from who has not, and is missing all the same', async () => {
    await world.to(shanghai('2026-04-20', '09:50'));
    expect(await privately(who.director, '谁没收到 1')).toMatch(/朱戊（未读）.*已读、未读查于 4月20日.*09:4\d/s);
    world.lark.control.read(group, who.school);
    await world.to(shanghai('2026-04-20', '10:22'));
    expect(shown(card)).toMatch(/已收到 2\/3，已读 3.*未收到：朱戊/s);
    expect(await privately(who.director, '谁没收到 1')).toMatch(/还有 1 人没有收到.*朱戊（已读未确认）/s);
  });

  test('whoever has not is reminded once, before the deadline, in the direct chat', async () => {
    world.fresh(direct(who.school));
    world.fresh(direct(who.wanghai));
    world.fresh(group);
    await world.to(shanghai('2026-04-20', '10:24'));
    expect(world.fresh(direct(who.school))).toEqual([]);
    await world.downUntil(shanghai('2026-04-20', '15:02'));
    const [reminder, ...more] = world.fresh(direct(who.school));
    expect(reminder?.text).toMatch(/请确认通知 1.*您还没有确认/s);
    expect(more).toEqual([]);
    expect(world.fresh(direct(who.wanghai))).toEqual([]);
    await world.to(shanghai('2026-04-20', '15:06'));
    expect(world.fresh(direct(who.school))).toEqual([]);
    expect(await press(reminder?.messageId ?? '', who.school)).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(shown(reminder?.messageId ?? '')).toContain('您已确认');
    expect(shown(card)).toContain('已收到 3/3');
    expect(await said(who.wanghai, '谁没收到')).toContain('3 人都已收到');
  });
});

describe('by text', () => {
  test('收到 as a reply to the card, with its number, or alone, says the same as the button', async () => {
    const [first] = await world.say(group, who.director, '@督导助手 通知 报送校车台账');
    const [second] = await world.say(group, who.director, '@督导助手 通知 报送食堂台账');
    expect(second?.text).toContain('通知 3');
    await world.to(shanghai('2026-04-20', '15:08'));
    expect(await privately(who.school, '我的')).toMatch(
      /没确认的通知.*通知 3　报送食堂台账.*通知 2　报送校车台账.*【收到 3】/s,
    );
    expect(await said(who.school, '收到')).toMatch(/您有 2 条通知没有确认.*请写编号/s);
    const [answer] = await world.say(group, who.school, '@督导助手 收到', { replyTo: first?.messageId ?? '' });
    expect(answer?.text).toContain('您收到了通知 2');
    expect(await said(who.school, '收到 3，谢谢')).toContain('您收到了通知 3');
    expect(await said(who.school, '收到')).toContain('已经确认过');
  });

  test('a notice may have several lines', async () => {
    const [answer] = await world.say(
      group,
      who.director,
      '@督导助手 通知 一、报送台账\n二、日程 明天照旧\n截止 明天 12:00',
    );
    expect(answer?.text).toMatch(/一、报送台账\s+二、日程 明天照旧.*4月21日.*12:00 前确认/s);
  });
});

describe('from the direct chat', () => {
  test('it goes to the groups that are named; what stands for many is shown first', async () => {
    world.fresh(group);
    world.fresh(linjiang);
    expect(await privately(who.director, '通知 临江区：请报送名单 截止 明天 17:00')).toMatch(
      /已发到 1 个群：临江区工作群/,
    );
    await world.settle();
    const [notice] = world.fresh(linjiang);
    expect(notice?.text).toContain('请报送名单');
    expect(world.fresh(group)).toEqual([]);
    const [preview] = await world.say(direct(who.director), who.director, '通知 全部群：周五停电');
    expect(preview?.text).toMatch(/将发到 2 个群/);
    await world.lark.control.press(preview?.messageId ?? '', who.director, { buttonText: '发送' });
    await world.settle();
    expect([world.fresh(group).length, world.fresh(linjiang).length]).toEqual([1, 1]);
  });

  test('whoever has left the group is missing no more, told by the platform or seen when the others are reminded', async () => {
    const [sent] = await world.say(group, who.director, '@督导助手 通知 报送校服台账 截止 今天 18:30');
    await world.to(shanghai('2026-04-20', '15:11'));
    expect(shown(sent?.messageId ?? '')).toContain('已收到 0/3');
    await world.lark.control.removeMember(group, who.stranger);
    await world.settle();
    expect(shown(sent?.messageId ?? '')).toMatch(/已收到 0\/2.*未收到：(?!.*过路人)/s);
    world.lark.control.pushEventsTo('http://127.0.0.1:9/lost');
    void world.lark.control.removeMember(group, who.wanghai);
    world.lark.control.pushEventsTo(`${world.bot.url}/lark/events`);
    for (const openId of [who.wanghai, who.school]) world.fresh(direct(openId));
    await world.downUntil(shanghai('2026-04-20', '16:32'));
    expect(world.fresh(direct(who.wanghai))).toEqual([]);
    expect(world.fresh(direct(who.school)).map(({ text }) => text)).toEqual([expect.stringContaining('请确认通知')]);
    expect(shown(sent?.messageId ?? '')).toContain('已收到 0/1');
    await world.lark.control.addMember(group, who.wanghai);
  });

  test('a reminder waits while everything is paused, and for the end of the quiet hours if that is early enough', async () => {
    await privately(who.director, '通知 望海区：报送食谱 截止 今天 18:40');
    await world.to(shanghai('2026-04-20', '16:35'));
    await privately(who.director, '全部暂停');
    world.fresh(direct(who.school));
    await world.downUntil(shanghai('2026-04-20', '17:00'));
    expect(world.fresh(direct(who.school))).toEqual([]);
    await privately(who.director, '全部恢复');
    await world.downUntil(shanghai('2026-04-20', '17:02'));
    expect(world.fresh(direct(who.school)).map(({ text }) => text)).toEqual([expect.stringContaining('报送食谱')]);

    await world.downUntil(shanghai('2026-04-20', '21:50'));
    await privately(who.director, '通知 望海区：夜里要的 截止 今天 23:30');
    await privately(who.director, '通知 望海区：早上要的 截止 明天 7:50');
    await world.to(shanghai('2026-04-20', '21:53'));
    for (const time of ['22:45', '23:40'] as const) {
      await world.downUntil(shanghai('2026-04-20', time));
      expect(world.fresh(direct(who.school))).toEqual([]);
    }
    await world.downUntil(shanghai('2026-04-21', '03:30'));
    expect(world.fresh(direct(who.school))).toEqual([]);
    await world.downUntil(shanghai('2026-04-21', '07:02'));
    expect(world.fresh(direct(who.school)).map(({ text }) => text)).toEqual([expect.stringContaining('早上要的')]);
  });

  test('whoever has left the service is told so, and is missing no more', async () => {
    const [sent] = await world.say(group, who.director, '@督导助手 通知 报送课表');
    await world.to(shanghai('2026-04-21', '07:05'));
    const missing = () => said(who.director, '谁没收到');
    expect(await missing()).toContain('朱戊');
    const [plan] = await world.say(direct(who.director), who.director, '离任 望海区第一中学 朱戊');
    await world.lark.control.press(plan?.messageId ?? '', who.director, { buttonText: '确认离任' });
    await world.settle();
    expect(await press(sent?.messageId ?? '', who.school)).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining('您已登记离任') },
    });
    expect(await missing()).not.toContain('朱戊');
  });

  test('nobody asks who has read once all have confirmed, while everything is paused, or where Lark has refused', async () => {
    const asked = () => world.lark.control.wire().filter(({ path }) => path.includes('/read_users'));
    expect(asked().filter(({ path, at }) => path.includes(card) && at > shanghai('2026-04-20', '15:06'))).toEqual([]);
    expect(asked().filter(({ at }) => at > shanghai('2026-04-20', '15:06')).length).toBeGreaterThan(0);
    await privately(who.director, '全部暂停');
    const before = asked().length;
    await world.downUntil(shanghai('2026-04-21', '07:58'));
    await world.to(shanghai('2026-04-21', '08:00'));
    expect(asked()).toHaveLength(before);
    world.lark.control.fault({ kind: 'code', code: 230033, match: { path: '/read_users' }, times: 99 });
    await privately(who.director, '全部恢复');
    await world.downUntil(shanghai('2026-04-21', '13:00'));
    await world.downUntil(shanghai('2026-04-21', '20:00'));
    const refused = asked().slice(before);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ path }) => path)).size).toBe(refused.length);
  });

  test('a card from last year is answered as such', async () => {
    await world.downUntil(shanghai('2027-04-22', '12:30'));
    expect(await said(who.wanghai, '收到 2')).toMatch(/是 2026 年发的，已过期/);
    expect(await said(who.wanghai, '收到')).toContain('本群最近没有要确认的通知');
  });
});

describe('a notice to several units', () => {
  test('who has not confirmed is told to a supervisor of a part as far as that part goes', async () => {
    const number = /通知 (\d+)/.exec(await privately(who.director, '通知 确认 全部群：周六停水'))?.[1];
    await world.to(world.time.now() + 120_000);
    expect(await privately(who.director, `谁没收到 ${number}`)).toContain('望海区教育局');
    expect(await privately(who.director, `谁没收到 ${number}`)).toContain('临江区教育局');
    await privately(who.director, '角色 授予 督导员 望海区教育局 陈甲 望海区');
    const missing = await privately(who.wanghai, `谁没收到 ${number}`);
    expect(missing).toContain('望海区教育局');
    expect(missing).not.toContain('临江区');
    expect(await privately(who.wanghai, `通知 ${number}`)).toContain('已收到 0/1');
    await privately(who.director, '角色 撤销 督导员 望海区教育局 陈甲');
  });
});

describe('a notice that waits for the end of the quiet hours', () => {
  test('is not counted as if it had been sent, and 状态 says when it leaves', async () => {
    await world.to(shanghai('2027-04-22', '22:30'));
    world.fresh(group);
    expect(await privately(who.director, '通知 望海区、临江区：请看通知 截止 明天 12:00')).toMatch(
      /明天 07:00 发到 2 个群/,
    );
    expect(await privately(who.director, '谁没收到')).toMatch(/还没有发出，明天 07:00 发/);
    expect(await privately(who.director, '谁没收到')).not.toMatch(/已收到/);
    expect(await privately(who.director, '状态')).toMatch(/待发 2 条，其中 2 条等免打扰时段结束，明天 07:00 起发/);
    await world.to(shanghai('2027-04-22', '22:40'));
    expect(await privately(who.director, '谁没收到')).toMatch(/还没有发出，明天 07:00 发/);
    expect(await said(who.wanghai, '谁没收到')).toMatch(/还没有发出，明天 07:00 发/);
    expect(
      world
        .fresh(group)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('请看通知 截止');
    await world.to(shanghai('2027-04-23', '07:05'));
    expect(await privately(who.director, '谁没收到')).toMatch(/已收到 0\/\d/);
    expect(await privately(who.director, '状态')).toMatch(/待发 \d+ 条，未送达/);
  });
});
