import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, mentioned, type People, people } from './district.ts';

// 收到 on pushes: on Monday 韩丙 is named in two groups, 陈甲 in one; both groups get one card.
let world: World;
let who: People;
let bureau: string;
let wanghai: string;
const cards = { bureau: '', wanghai: '' };
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '08:20'), 'journey_receipts');
  await importDistrict(world);
  who = people(world);
  await claim(world, who);
  bureau = await boundGroup(world, '云溪市教育局工作群', '云溪市', [who.bureau, who.leader, who.second], who);
  wanghai = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai, who.leader, who.stranger], who);
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const privately = (openId: string, text: string) => world.ask(direct(openId), openId, text);
const shown = (messageId: string) => world.lark.control.message(messageId);
const press = (messageId: string, openId: string) =>
  world.lark.control.press(messageId, openId, { buttonText: '收到' });

describe('a push that names people', () => {
  test('mentions them and carries the button, once for each group', async () => {
    await world.to(shanghai('2026-04-20', '08:40'));
    const [[inBureau, ...again], [inWanghai]] = [world.fresh(bureau), world.fresh(wanghai)];
    expect(again).toEqual([]);
    for (const card of [inBureau, inWanghai]) expect(card?.text).toMatch(/已收到 0 人，应收未知\n【收到】/);
    expect(mentioned(inBureau)).toEqual(expect.arrayContaining([who.leader, who.second]));
    cards.bureau = inBureau?.messageId ?? '';
    cards.wanghai = inWanghai?.messageId ?? '';
  });

  test('answers a press with the new state at once, and counts only the named who are in the group', async () => {
    expect(await press(cards.bureau, who.leader)).toMatchObject({
      toast: { type: 'success', content: expect.stringContaining('您收到了“今日督导') },
      card: expect.anything(),
    });
    expect(shown(cards.bureau).text).toMatch(/已收到 1\/2\n未收到：李庚/);
    expect(shown(cards.bureau).text).toContain('组长：韩丙');
    expect(mentioned(shown(cards.bureau))).toEqual([]);
  });

  test('is confirmed in the groups below as well, whose cards are brought up to date', async () => {
    await world.settle();
    expect(shown(cards.wanghai).text).toMatch(/已收到 1\/2\n未收到：陈甲/);
    expect(mentioned(shown(cards.wanghai))).toEqual([]);
    expect(world.fresh(wanghai)).toEqual([]);
  });

  test('has an answer for whoever presses twice, and for whoever is not named', async () => {
    expect(await press(cards.wanghai, who.leader)).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining('已经确认过') },
    });
    expect(await press(cards.wanghai, who.stranger)).toMatchObject({
      toast: { type: 'warning', content: expect.stringMatching(/点到名的人员确认.*我是 姓名/) },
    });
    expect(await press(cards.bureau, who.director)).toMatchObject({ toast: { type: 'warning' } });
    expect(shown(cards.bureau).text).toContain('已收到 1/2');
  });

  test('谁没收到 lists the rest: in the group, by its day, and over all groups for the supervision office', async () => {
    const [inGroup] = await world.say(wanghai, who.leader, '@督导助手 谁没收到');
    expect(inGroup?.text).toMatch(/“今日督导.*”：已收到 1\/2，还有 1 人没有收到.*望海区教育局　陈甲/s);
    expect(await privately(who.director, '谁没收到 4月20日')).toMatch(
      /已收到 2\/4，还有 2 人.*云溪市教育局工作群（1\/2）.*李庚.*望海区教育工作群（1\/2）.*陈甲/s,
    );
    expect(await privately(who.school, '谁没收到 4月20日')).toContain('看谁没收到');
    expect(await privately(who.director, '谁没收到 4月19日')).toContain('没有要确认的推送');
  });

  test('is confirmed by typing too: as an answer to the card, or by its day', async () => {
    const [typed] = await world.say(wanghai, who.wanghai, '@督导助手 收到', { replyTo: cards.wanghai });
    expect(typed?.text).toContain('您收到了“今日督导');
    await world.settle();
    expect(shown(cards.wanghai).text).toContain('已收到 2/2');
    expect(await privately(who.wanghai, '收到 4月20日')).toContain('已经确认过');
    expect(await privately(who.wanghai, '收到 4月19日')).toContain('没有要您确认的推送');
  });

  test('stands in 我的 until it is confirmed, with the button', async () => {
    const [mine] = await world.say(direct(who.second), who.second, '我的');
    expect(mine?.text).toMatch(/没确认的通知和推送.*今日督导.*4月20日.*【收到 4月20日 08:30】/s);
    await world.lark.control.press(mine?.messageId ?? '', who.second, { buttonText: '收到 4月20日 08:30' });
    await world.settle();
    expect(shown(cards.bureau).text).toContain('已收到 2/2');
    expect(await privately(who.second, '我的')).not.toContain('没确认的通知和推送');
  });
});

describe('with a time until which it is to be confirmed', () => {
  test('those who have not are reminded once before it, in the direct chat', async () => {
    expect(await privately(who.director, '设置 签收期限 12:00')).toContain('12:00');
    await world.downUntil(shanghai('2026-04-21', '08:29'));
    await world.to(shanghai('2026-04-21', '08:40'));
    const [card] = world.fresh(bureau);
    cards.bureau = card?.messageId ?? '';
    expect(card?.text).toMatch(/请在 4月21日.*12:00 前确认/);
    await press(cards.bureau, who.leader);
    for (const openId of [who.second, who.leader, who.wanghai]) world.fresh(direct(openId));
    await world.downUntil(shanghai('2026-04-21', '10:06'));
    const [reminder, ...more] = world.fresh(direct(who.second));
    expect(reminder?.text).toMatch(/请确认收到推送.*今日督导.*您还没有确认.*看具体安排请发送：我的/s);
    await world.to(shanghai('2026-04-21', '10:12'));
    expect([...more, ...world.fresh(direct(who.second)), ...world.fresh(direct(who.leader))]).toEqual([]);
    await press(reminder?.messageId ?? '', who.second);
    await world.settle();
    expect(shown(reminder?.messageId ?? '').text).toContain('您已确认');
    expect(shown(cards.bureau).text).not.toContain('未收到：李庚');
  });

  test('nobody is missing who is not named any more, or has left the group or the service', async () => {
    await world.downUntil(shanghai('2026-04-22', '08:29'));
    world.fresh(wanghai);
    await world.to(shanghai('2026-04-22', '08:40'));
    const [card] = world.fresh(wanghai);
    const missing = () => world.ask(wanghai, who.leader, '@督导助手 谁没收到 今天');
    expect(await missing()).toMatch(/还有 2 人没有收到.*陈甲.*韩丙|还有 2 人没有收到.*韩丙.*陈甲/s);
    expect(shown(card?.messageId ?? '').text).toContain('整改情况复查');
    expect(await privately(who.director, '日程 取消 D4')).toContain('已取消');
    await world.settle();
    expect(shown(card?.messageId ?? '').text).not.toContain('整改情况复查');
    expect(await missing()).toMatch(/还有 1 人没有收到.*陈甲/s);
    expect(await press(card?.messageId ?? '', who.wanghai)).toMatchObject({ toast: { type: 'success' } });
    expect(await missing()).toContain('1 人都已收到');
  });

  test('a card whose day is over is answered as such', async () => {
    world.fresh(wanghai);
    await world.downUntil(shanghai('2026-04-23', '09:05'));
    const [old] = world.fresh(wanghai);
    expect(await press(cards.bureau, who.second)).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining('已经确认过') },
    });
    await world.downUntil(shanghai('2026-04-24', '08:20'));
    expect(await press(old?.messageId ?? '', who.wanghai)).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining('以前的推送') },
    });
  });
});
