import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** The imported table has D1 to D8. */
describe('a visit by hand', () => {
  let world: World;
  let who: People;
  const chats: Record<'city' | 'wanghai' | 'school' | 'linjiang' | 'leader' | 'second', string> = {
    city: '',
    wanghai: '',
    school: '',
    linjiang: '',
    leader: '',
    second: '',
  };
  let direct: string;

  beforeAll(async () => {
    world = await openWorld('SQLite', shanghai('2026-04-01', '10:00'), 'visits');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    chats.city = await boundGroup(world, '云溪市督导群', '云溪市', [who.bureau, who.leader, who.second], who);
    chats.wanghai = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    chats.school = await boundGroup(world, '望海一中群', '望海区第一中学', [who.school], who);
    chats.linjiang = await boundGroup(world, '临江区教育工作群', '临江区', [who.linjiang], who);
    direct = world.lark.control.p2p(who.director);
    chats.leader = world.lark.control.p2p(who.leader);
    chats.second = world.lark.control.p2p(who.second);
    // People are linked by the first beats.
    await world.to(shanghai('2026-04-01', '10:05'));
    heard();
  });
  afterAll(() => world.close());

  const order = (text: string) => world.ask(direct, who.director, text);
  /** Reading a file is no part of settling. */
  const answers = async (count: number): Promise<readonly MessageView[]> => {
    const got: MessageView[] = [];
    for (const hungAt = performance.now() + 20_000; got.length < count && performance.now() < hungAt; ) {
      await turnOfTheLoop();
      await world.settle();
      got.push(...world.fresh(direct));
    }
    return got;
  };
  /** What each chat was told since the last look; chats that heard nothing are left out. */
  const heard = (): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      Object.entries(chats)
        .map(([name, chat]) => [name, world.fresh(chat).map(({ text }) => text)] as const)
        .filter(([, texts]) => texts.length > 0),
    );
  const told = (name: string, all: ReturnType<typeof heard>) => {
    const [only, ...more] = all[name] ?? [];
    expect(more).toEqual([]);
    return only ?? '';
  };

  test('that is added is told once to the groups of its chain and to its team; namesakes of other counties hear nothing', async () => {
    const answer = await order(
      '日程 新增 4月9日 上午 望海区第一中学 专项督导 组长 韩丙 成员 李庚、曹丙 内容 校园安全 备注 带执法记录仪',
    );
    expect(answer).toContain('D9 4月9日（周四）上午 望海区第一中学 专项督导');
    expect(answer).toMatch(/已告知 3 个群、2 人：.*、韩丙（市教育局督导室）、李庚（市教育局督导室）。/);
    expect(answer).toContain('没有告知：曹丙（未关联飞书账号，请另行告知）。');
    const all = heard();
    expect(Object.keys(all)).toEqual(['city', 'wanghai', 'school', 'leader', 'second']);
    for (const name of Object.keys(all)) {
      expect(told(name, all)).toContain('【新增】督导安排');
      expect(told(name, all)).toContain('组长：韩丙\n成员：李庚、曹丙');
    }
    expect(await world.ask(chats.school, who.school, '@督导助手 日程 4月9日')).toContain('校园安全');
  });

  test('that is put off is told as old → new with the reason; the row says the same', async () => {
    expect(await order('日程 延期 D9 4月10日 原因 台风，4月9日停课')).toContain('已延期');
    const all = heard();
    expect(Object.keys(all)).toEqual(['city', 'wanghai', 'school', 'leader', 'second']);
    expect(told('school', all)).toContain('【变更】督导安排延期');
    expect(told('school', all)).toContain('4月9日（周四）上午 → 4月10日（周五）上午');
    expect(told('school', all)).toContain('原因：台风，4月9日停课');
    expect(await world.ask(chats.wanghai, who.wanghai, '@督导助手 日程 4月9日')).toContain('没有督导安排');
    expect(await world.ask(chats.wanghai, who.wanghai, '@督导助手 日程 4月10日')).toContain('望海区第一中学');
    heard();
  });

  test('whoever leaves the team is told that, and whoever stays what is different', async () => {
    await order('日程 变更 D9 下午2点半 组长 李庚 成员 曹丙');
    const all = heard();
    expect(told('leader', all)).toContain('您不再参加这次督导');
    expect(told('leader', all)).not.toContain('14:30');
    expect(told('second', all)).toContain('组长：韩丙 → 李庚');
    expect(told('city', all)).toContain('4月10日（周五）上午 → 4月10日（周五）下午 14:30');
  });

  test('that did not change is told to nobody', async () => {
    expect(await order('日程 变更 D9 4月10日 组长 李庚')).toContain('没有变化');
    expect(heard()).toEqual({});
  });

  test('that goes to another school is new there, gone here, and a change above both', async () => {
    await order('日程 变更 D9 望海区实验小学');
    const all = heard();
    expect(told('school', all)).toContain('这次督导不再到本单位');
    expect(told('school', all)).not.toContain('实验小学');
    expect(told('wanghai', all)).toContain('单位：望海区第一中学 → 望海区实验小学');
    await order('日程 变更 D9 望海区第一中学');
    expect(told('school', heard())).toContain('【新增】督导安排');
  });

  test('that is cancelled stays findable on its day, is not counted, and comes back', async () => {
    await order('日程 取消 D9 原因 停课');
    expect(told('school', heard())).toContain('【变更】督导安排取消');
    const day = await world.ask(chats.school, who.school, '@督导助手 日程 4月10日');
    expect(day).toContain('没有督导安排');
    const mine = await world.ask(chats.second, who.second, '我的');
    expect(mine).toMatch(/已取消（1）\s*\W*1\. 已取消 4月10日/);
    expect(day).toMatch(/已取消（1）\s*\W*1\. 已取消.*望海区第一中学/);
    expect(await order('日程 延期 D9 4月13日')).toContain('日程 恢复 D9');
    expect(heard()).toEqual({});
    await order('日程 恢复 D9');
    expect(told('school', heard())).toContain('【变更】督导安排恢复');
  });

  test('said by unit and day is shown before it is cancelled, and cancelled by the button once', async () => {
    const [card] = await world.say(direct, who.director, '4月10日望海区一中的督导取消');
    expect(card?.text).toContain('要取消这次督导吗');
    expect(heard()).toEqual({});
    const presses = await Promise.all(
      [1, 2].map(() => world.lark.control.press(card?.messageId ?? '', who.director, { buttonText: '确认取消' })),
    );
    await world.settle();
    expect(presses.map(({ toast }) => toast?.type).toSorted()).toEqual(['success', 'warning']);
    expect(told('school', heard())).toContain('【变更】督导安排取消');
    await order('日程 恢复 D9');
    heard();
  });

  test('several lines in one message are one card a group', async () => {
    await order('日程 变更 D9 内容 食堂\n日程 变更 D5 内容 校车');
    const all = heard();
    expect(told('school', all)).toContain('校园安全 → 食堂');
    expect(told('school', all)).toContain('校园安全 → 校车');
    expect(told('leader', all)).not.toContain('食堂');
  });

  test('without notice is told to its team only, and stays untold when it moves, is cancelled, comes back', async () => {
    await order('日程 新增 4月14日 上午 望海区实验小学 随机督导 组长 韩丙 内容 食堂');
    await order('日程 延期 D10 4月15日');
    await order('日程 取消 D10 原因 望海区实验小学停课');
    await order('日程 恢复 D10');
    const all = heard();
    expect(Object.keys(all)).toEqual(['city', 'leader']);
    expect(all['leader']).toHaveLength(4);
    expect(all['leader']?.every((text) => text.includes('望海区实验小学'))).toBe(true);
    // The whole district's group knows that a team goes out, not where to.
    expect(all['city']).toHaveLength(4);
    expect(all['city']?.some((text) => /实验小学|食堂|停课/.test(text))).toBe(false);
    expect(all['city']?.[1]).toContain('4月14日（周二）上午 → 4月15日（周三）上午');
    expect(await world.ask(chats.wanghai, who.director, '@督导助手 日程 取消 D10')).toContain('本群没有编号为 D10');
    expect(await world.ask(chats.wanghai, who.director, '@督导助手 日程 取消 D99')).toContain('本群没有编号为 D99');
    expect(
      await world.ask(chats.wanghai, who.director, '@督导助手 日程 新增 4月16日 望海实小 四不两直 组长 韩丙'),
    ).toContain('不能在群里办理');
    expect(await order('日程 变更 D9 随机督导')).toContain('已经公布');
    heard();
    // Who looked it up before its time is written down.
    expect(await world.ask(chats.leader, who.leader, '日程 4月15日')).toContain('望海区实验小学');
    expect(await world.ask(chats.city, who.leader, '@督导助手 日程 4月15日')).not.toContain('望海区实验小学');
  });

  test('is written down, an unannounced one by its number only', async () => {
    const record = await order('审计 今天');
    expect(record).toContain('新增督导安排　D10');
    expect(record).toMatch(/时间：4月9日（周四）上午 → 时间：4月10日（周五）上午，原因：台风/);
    expect(record).not.toContain('实验小学 随机督导');
    expect(record.match(/查看未公布的督导对象　D10/g)).toHaveLength(1);
  });

  test('is known by 刚才那个 to whoever changed it last, for a while', async () => {
    await order('日程 变更 D9 内容 作业');
    heard();
    expect(await order('刚才那个改成4月13日')).toContain('D9 4月13日（周一）下午 14:30');
    expect(told('school', heard())).toContain('4月10日（周五）下午 14:30 → 4月13日（周一）下午 14:30');
    await order('把刚才那个改到4月10日');
    heard();
  });

  test('of a supervisor of one county is of that county', async () => {
    await order(`角色 授予 督导员 望海区教育局 陈甲 望海区`);
    const inbox = world.lark.control.p2p(who.wanghai);
    world.fresh(inbox);
    expect(await world.ask(inbox, who.wanghai, '日程 变更 D9 备注 带齐材料')).toContain('吕壬刚才已经改过 D9');
    expect(await world.ask(inbox, who.wanghai, '日程 变更 D9 备注 带齐材料 确认')).toContain('已变更督导安排');
    expect(await world.ask(inbox, who.wanghai, '日程 变更 D3 备注 带齐材料')).toContain('没有编号为 D3');
    // Of the visited chain: an unannounced target is not theirs to know, by whatever way they ask.
    for (const line of ['日程 D10', '日程 取消 D10', '日程 取消 4月15日 望海区实验小学', '日程 4月15日'])
      expect(await world.ask(inbox, who.wanghai, line)).not.toMatch(/食堂|随机/);
    const beside = await world.ask(inbox, who.wanghai, '日程 新增 4月15日 上午 望海区一中 专项督导 组长 韩丙');
    expect(beside).toContain('已新增督导安排');
    expect(beside).not.toContain('同时有');
    await world.ask(inbox, who.wanghai, `日程 取消 ${/D\d+/.exec(beside)?.[0]} 确认`);
    expect(await world.ask(inbox, who.wanghai, '日程 新增 4月20日 临江区一中 组长 韩丙')).toContain('这里不能安排督导');
    heard();
    // Two people at one visit: the second is told what the first did, and goes on only by saying so.
    const clash = await order('日程 变更 D9 备注 不用带材料');
    expect(clash).toContain('望海区教育局 陈甲刚才已经改过 D9');
    expect(clash).toContain('日程 变更 D9 备注 不用带材料 确认');
    expect(heard()).toEqual({});
    expect(await order('日程 变更 D9 备注 不用带材料 确认')).toContain('带齐材料 → 不用带材料');
    heard();
  });

  test('by form is the same as by line', async () => {
    const [card] = await world.say(direct, who.director, '日程 新增');
    expect(card?.text).toContain('新增督导安排');
    const answer = await world.lark.control.press(card?.messageId ?? '', who.director, {
      name: 'submit',
      formValue: {
        day: '2026-04-21 +0800',
        period: '下午',
        unit: '望海区第一中学',
        kind: '专项督导',
        topic: '课后 服务',
        leader: '韩丙',
        members: '李庚',
      },
    });
    expect(answer).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(told('school', heard())).toContain('内容：课后 服务');
  });

  test('by form those who inspect are chosen by account, and others typed beside them', async () => {
    const [card] = await world.say(direct, who.director, '日程 新增');
    const [person] = await world.bot.core.store.peopleByName('韩丙');
    const offered = JSON.stringify(card?.card);
    expect(offered).toContain('multi_select_person');
    expect(offered).toContain(person?.openId);
    const filled = { day: '2026-04-23 +0800', period: '上午', unit: '望海区第一中学', kind: '复查' };
    const submit = (formValue: Record<string, unknown>) =>
      world.lark.control.press(card?.messageId ?? '', who.director, { name: 'submit', formValue });
    const twice = await submit({ ...filled, leader_chosen: person?.openId, leader: '李庚' });
    expect(twice.toast?.content).toContain('组长写了两位');
    const nobody = await submit({ ...filled, leader_chosen: who.stranger });
    expect(nobody.toast?.content).toContain('“组长”里有人不在通讯录里');
    const team = { leader: '李庚', members_chosen: [person?.openId], members: '外聘专家' };
    expect(await submit({ ...filled, ...team })).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(told('school', heard())).toContain('成员：韩丙、外聘专家');
  });

  test('several are cancelled together, after they were shown, or none of them', async () => {
    await order('日程 新增 4月28日 上午 望海区第一中学 复查 组长 李庚');
    await order('日程 新增 4月29日 上午 望海区第一中学 复查 组长 李庚');
    const [, first, second] = /D(\d+).*D(\d+)/s.exec(await order('日程 4月28日-29日')) ?? [];
    heard();
    const line = `日程 取消 D${first}、D${second} 原因 新日程表中没有`;
    const asked = await order(line);
    expect(asked).toContain('要取消这 2 次督导吗');
    expect(await order(`日程 取消 D${first}、D999 确认`)).toContain('没有编号为 D999');
    expect(heard()).toEqual({});
    expect(await order(`${line} 确认`)).toContain('已取消 2 次督导');
    const all = heard();
    expect(told('school', all)).toMatch(/4月28日.*4月29日/s);
    expect(told('second', all)).toContain('原因：新日程表中没有');
  });

  test('moved by a table is told by one card when the table is confirmed; what the table has no more is offered to be cancelled', async () => {
    await order('日程 新增 5月13日 上午 临江区第一中学 复查 组长 李庚');
    heard();
    const table = `云溪市2026年5月督导日程表
编制单位：市教育局督导室
序号,督导日期,时段,督导类型,督导对象,督导内容,组长,成员,联络员,备注
1,2026-05-07,下午,专项督导,望海区第一中学,校车,韩丙,,朱戊,
2,2026-05-09,上午,经常性督导,望海区第一中学,作业管理,李庚,,朱戊,
3,2026-05-21,上午,专项督导,望海区第一中学,课后服务,韩丙,,朱戊,
`;
    const file = { name: '5月督导日程表.csv', bytes: new TextEncoder().encode(table) };
    world.fresh(direct);
    await world.lark.control.say(direct, who.director, '', { file }).delivered;
    const [, preview] = await answers(2);
    expect(preview?.text).toContain('日期：2026-05-06 → 2026-05-07');
    expect(preview?.text).toMatch(/表中没有、仍然有效的督导安排（2）.*D\d+ 2026-05-12 上午 临江区第一中学/s);
    await world.lark.control.press(preview?.messageId ?? '', who.director, { buttonText: '确认导入' });
    const [done] = await answers(1);
    expect(done?.text).toContain('导入成功');
    await world.settle();
    const all = heard();
    expect(Object.keys(all)).toEqual(['city', 'wanghai', 'school', 'leader']);
    expect(told('school', all)).toMatch(
      /5月6日（周三）上午 → 5月7日（周四）下午.*5月20日（周三）上午 → 5月21日（周四）上午/s,
    );
    expect(told('school', all)).not.toContain('5月9日');
    const cancel = await world.lark.control.press(done?.messageId ?? '', who.director, { buttonText: '取消这 2 次' });
    expect(JSON.stringify(cancel)).toContain('确认取消');
    await world.lark.control.press(done?.messageId ?? '', who.director, { buttonText: '确认取消' });
    await world.settle();
    expect(told('linjiang', heard())).toMatch(/5月12日.*原因：新日程表中没有.*5月13日.*原因：新日程表中没有/s);
  });

  test('that clashes is entered all the same, with what to look at; the rehearsal says it too', async () => {
    const twice = await order('日程 新增 4月21日 下午 望海区实验小学 专项督导 组长 韩丙');
    expect(twice).toContain('韩丙 4月21日（周二）下午同时有 2 次督导');
    const often = await order('日程 新增 4月11日 望海区第一中学 专项督导 组长 曹丙');
    expect(often).toMatch(/望海区第一中学 4月有 \d 次督导，超过每校每月 2 次（减负）/);
    expect(often).toContain('安排在4月11日（周六），是休息日');
    await order('设置 每校每月督导次数 30');
    expect(await order('日程 变更 D9 备注 无')).not.toContain('减负');
    const rehearsal = await order('预演 4月20日-26日');
    expect(rehearsal).toContain('请核对');
    expect(rehearsal).toContain('韩丙 4月21日（周二）下午同时有 2 次督导');
    expect(await world.ask(chats.linjiang, who.director, '@督导助手 预演 4月20日-26日')).not.toContain('韩丙 4月21日');
    heard();
  });
});
