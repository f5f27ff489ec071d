import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let group: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'journey_administration');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  group = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.school, who.stranger], who);
  // The next heartbeats learn who people are.
  await world.to(shanghai('2026-04-20', '07:15'));
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const privately = (openId: string, text: string) => world.ask(direct(openId), openId, text);
const grouped = (openId: string, text: string) => world.ask(group, openId, `@督导助手 ${text}`);

describe('roles', () => {
  test('a mentioned person is made administrator, is told, and can then do what administrators do', async () => {
    expect(await privately(who.stranger, '角色')).toContain('您没有角色');
    world.fresh(direct(who.stranger));
    expect(await grouped(who.director, '角色 授予 管理员 @过路人')).toContain('已授予过路人：管理员');
    expect(world.fresh(direct(who.stranger)).map(({ text }) => text)).toEqual([
      expect.stringContaining('管理员市教育局督导室 吕壬授予您：管理员'),
    ]);
    expect(await privately(who.stranger, '角色')).toContain('市教育局督导室 吕壬');
    expect(await grouped(who.director, '角色 授予 管理员 @过路人')).toContain('已经是管理员');
  });

  test('a liaison is named by unit and name, and revoked the same way', async () => {
    world.fresh(direct(who.wanghai));
    expect(await grouped(who.director, '角色 授予 联络员 望海区教育局 陈甲')).toContain('联络员（望海区教育局）');
    expect(await privately(who.wanghai, '角色')).toContain('联络员（望海区教育局）');
    expect(await grouped(who.director, '角色 撤销 联络员 望海区教育局 陈甲')).toContain(
      '已撤销望海区教育局 陈甲的角色',
    );
    expect(await world.bot.core.store.roles(who.wanghai)).toEqual([]);
    expect(await grouped(who.director, '角色 撤销 联络员 望海区教育局 陈甲')).toContain('没有“联络员”这个角色');
  });

  test('a mention with a unit gives the role for that unit', async () => {
    // The address book names 朱戊 the liaison already.
    expect(await grouped(who.director, '角色')).toContain('望海区第一中学　随通讯录');
    expect(await grouped(who.director, '角色 撤销 联络员 @朱戊')).toContain('联络员（望海区第一中学）');
    expect(await grouped(who.director, '角色')).not.toContain('望海区第一中学 朱戊');
    expect(await grouped(who.director, '角色 授予 联络员 @朱戊 望海区第一中学')).toContain(
      '已授予望海区第一中学 朱戊：联络员（望海区第一中学）',
    );
    expect(await grouped(who.director, '角色')).toContain('望海区第一中学 朱戊');
    expect(await grouped(who.director, '角色 撤销 联络员 @朱戊')).toContain('联络员（望海区第一中学）');
  });

  test('an administrator of one unit manages it and what is below it, and nothing else', async () => {
    expect(await grouped(who.director, '角色 授予 管理员 望海区教育局 陈甲 望海区')).toContain(
      '管理员（望海区人民政府）',
    );
    const refused = [
      ['角色 授予 联络员 @过路人 临江区', '您的角色只管所授单位及下属单位'],
      ['角色 授予 管理员 @陈甲', '这项要管理全部单位的管理员才可以授予和撤销角色'],
      ['角色 撤销 管理员 @吕壬', '这项要管理全部单位的管理员才可以授予和撤销角色'],
      ['全部暂停', '只有管理全部单位的管理员可以用'],
    ] as const;
    for (const [text, answer] of refused) expect(await grouped(who.wanghai, text), text).toContain(answer);
    expect(await grouped(who.wanghai, '角色 授予 联络员 @朱戊 望海区第一中学')).toContain('已授予');
    expect(await privately(who.wanghai, '绑定 望海区')).toContain('要在工作群里用');
    expect(await grouped(who.wanghai, '绑定 临江区')).toContain('您的角色只管所授单位及下属单位');
    expect(await grouped(who.wanghai, '绑定 望海区')).toContain('已经绑定');
    expect(await privately(who.wanghai, '工作群')).toContain('望海区工作群');
    expect(await privately(who.wanghai, '审计')).toContain('操作记录');
    expect(await privately(who.wanghai, '审计 临江区')).toContain('您的角色只管所授单位及下属单位');
    expect(await grouped(who.wanghai, '角色')).toMatch(/望海区第一中学 朱戊/);
    expect(await grouped(who.wanghai, '角色')).not.toContain('吕壬');
    expect(await grouped(who.wanghai, '角色 撤销 联络员 @朱戊')).toContain('已撤销');
    expect(await grouped(who.director, '角色 撤销 管理员 望海区教育局 陈甲')).toContain('已撤销');
  });

  test('a supervisor without a unit is asked for, with the units at hand; one of all units is named so', async () => {
    const { store } = world.bot.core;
    const [asked] = await world.say(direct(who.director), who.director, '角色 授予 督导员 望海区第一中学 朱戊');
    expect(asked?.text).toMatch(/朱戊的督导员管哪些单位？还没有授予。.*【望海区第一中学】(?!.*【全部单位】)/s);
    expect(await store.roles(who.school)).toEqual([]);
    const pressed = await world.lark.control.press(asked?.messageId ?? '', who.director, {
      buttonText: '望海区第一中学',
    });
    expect(pressed).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect((await store.givenRoles(who.school)).map(({ role, unit }) => [role, unit?.name])).toEqual([
      ['supervisor', '望海区第一中学'],
    ]);
    expect(await grouped(who.director, '角色 撤销 督导员 @朱戊 全部单位')).toContain('请写明是哪个单位的督导员');
    expect(await grouped(who.director, '任命 @朱戊 为全部单位的督导员')).toMatch(/督导员（全部单位）.*管全部单位/s);
    expect(await grouped(who.director, '角色 撤销 督导员 @朱戊 全部单位')).toContain('督导员（全部单位）');
    expect(await grouped(who.director, '角色 撤销 督导员 @朱戊')).toContain('督导员（望海区第一中学）');
  });

  test('the last administrator cannot go, and is not forgotten when two go at once', async () => {
    const gone = [
      world.lark.control.say(group, who.director, '@督导助手 角色 撤销 管理员 @过路人'),
      world.lark.control.say(group, who.stranger, '@督导助手 角色 撤销 管理员 @吕壬'),
    ];
    await Promise.all(gone.map(({ delivered }) => delivered));
    await world.settle();
    const [left, ...more] = await world.bot.core.store.roleHolders(['administrator']);
    expect(more).toEqual([]);
    const last = left?.openId ?? '';
    const name = last === who.director ? '吕壬' : '过路人';
    expect(await grouped(last, `角色 撤销 管理员 @${name}`)).toContain('是最后一位管理员，不能撤销');
    if (last !== who.director) {
      await grouped(last, '角色 授予 管理员 @吕壬');
      await grouped(who.director, '角色 撤销 管理员 @过路人');
    }
  });
});

describe('groups', () => {
  test('the list of groups is for administrators and names each with its binding', async () => {
    await world.group('还没绑定的群', [who.director]);
    const list = await privately(who.director, '工作群');
    expect(list).toContain('共 2 个群，1 个还没有绑定');
    expect(list).toMatch(/望海区工作群.*绑定：望海区人民政府.*最近送达：4月20日/s);
    expect(list).toMatch(/还没绑定的群.*还没有绑定单位/s);
  });

  test('a group in which only its owner may speak is shown as muted until something arrives there', async () => {
    world.lark.control.mute(group, true);
    expect(await world.say(group, who.wanghai, '@督导助手 帮助')).toEqual([]);
    expect(await privately(who.director, '工作群')).toMatch(/望海区工作群.*已禁言（4月20日.*1 条消息没有送达/s);
    world.lark.control.mute(group, false);
    await grouped(who.wanghai, '帮助');
    expect(await privately(who.director, '工作群')).not.toContain('已禁言');
    const code = /[0-9A-F]{6}/.exec(await privately(who.director, '工作群 重发'))?.[0] ?? '';
    expect(await privately(who.director, `工作群 重发 ${code}`)).toContain('没有未送达的消息');
    await world.settle();
  });

  test('what Lark refused is sent again by a button, once', async () => {
    const { control } = world.lark;
    const sends = { method: 'POST', path: '^/open-apis/im/v1/messages' } as const;
    const fault = control.fault({ match: sends, kind: 'code', code: 230099, times: 1 });
    expect(await world.say(group, who.wanghai, '@督导助手 帮助')).toEqual([]);
    fault.release();
    const [card] = await world.say(direct(who.director), who.director, '工作群 重发');
    const code = /[0-9A-F]{6}/.exec(card?.text ?? '')?.[0] ?? '';
    expect(card?.text).toContain('1 条消息没有送达');
    expect(card?.text).toContain('望海区工作群');
    const press = () => control.press(card?.messageId ?? '', who.director, { buttonText: `重发 ${code}` });
    expect(await press()).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(world.fresh(group).map(({ text }) => text)).toEqual([expect.stringContaining('发送')]);
    expect(control.message(card?.messageId ?? '').text).toContain('没有未送达的消息');
    expect(await privately(who.director, `工作群 重发 ${code}`)).toContain('没有编号为');
  });

  test('while everything is paused nothing is pushed, questions are answered, and the rest is listed afterwards', async () => {
    expect(await privately(who.director, '全部暂停')).toContain('已全部暂停');
    expect(await privately(who.director, '全部暂停')).toContain('已经暂停');
    expect(await privately(who.director, '工作群')).toContain('推送已全部暂停');
    expect(await privately(who.wanghai, '状态')).toContain('推送已全部暂停');
    world.fresh(group);
    await world.to(shanghai('2026-04-20', '08:45'));
    expect(world.fresh(group)).toEqual([]);
    expect(await grouped(who.wanghai, '日程 今天')).toContain('望海区第一中学');

    const list = await privately(who.director, '全部恢复');
    expect(list).toMatch(/推送已恢复.*1 次推送没有发.*望海区工作群.*4月20日（周一） 08:30.*今日日程/s);
    expect(await privately(who.director, '全部恢复')).toContain('推送没有暂停');
    world.fresh(group);
    await world.leap(shanghai('2026-04-21', '08:45'));
    expect(world.fresh(group)).toHaveLength(1);
  });
});

describe('the record of what was done', () => {
  test('it tells who changed what, when and where, in plain words', async () => {
    const record = await privately(who.director, '审计 昨天');
    expect(record).toMatch(/撤销角色.*未登记的账号 ou_/s);
    expect(record).toContain('市教育局督导室 吕壬');
    expect(record).toContain('群：望海区工作群');
    expect(await privately(who.director, '审计')).not.toContain('import.');
    expect(record).toContain('全部恢复推送');
    expect(record).not.toMatch(/[a-z]+\.[a-z]+ed\b/);
  });

  test('it is narrowed by person, unit and day', async () => {
    const own = await privately(who.director, '审计 望海区教育局 陈甲');
    expect(own).toContain('望海区教育局 陈甲');
    expect(own).not.toContain('全部暂停推送');
    expect(await privately(who.director, '审计 临江区')).not.toContain('望海区工作群');
    expect(await privately(who.director, '审计 2026-03-01')).toContain('没有操作记录');
    expect(await privately(who.director, '审计 王小二麻子')).toContain('没有找到');
    const bindings = await privately(who.director, '审计 工作群');
    expect(bindings).toContain('绑定单位');
    expect(bindings).not.toContain('角色');
  });

  test('it is turned page by page', async () => {
    for (let round = 0; round < 8; round += 1) {
      await privately(who.director, '角色 授予 领导 望海区第一中学 朱戊 全部单位');
      await privately(who.director, '角色 撤销 领导 望海区第一中学 朱戊 全部单位');
    }
    const [card] = await world.say(direct(who.director), who.director, '审计 今天');
    const { control } = world.lark;
    await control.press(card?.messageId ?? '', who.director, { buttonText: '下一页' });
    expect(control.message(card?.messageId ?? '').text).toContain('第 2/');
  });
});

describe('a card', () => {
  test('that was made for an administrator does nothing for anybody else who presses it', async () => {
    const [card] = await world.say(group, who.director, '@督导助手 人员 望海区教育局');
    const pressed = await world.lark.control.press(card?.messageId ?? '', who.wanghai, { buttonText: '解除关联' });
    expect(pressed).toMatchObject({ toast: { type: 'warning', content: expect.stringContaining('只有管理员') } });
    expect(await world.bot.core.store.peopleByOpenId(who.wanghai)).toHaveLength(1);
  });

  test('for whoever asks to be known in the direct chat has no button that only an administrator may press', async () => {
    const nobody = world.person('新来的老师');
    const [card] = await world.say(direct(nobody), nobody, '我是 望海区实验小学 何辛');
    expect(card?.text).toContain('已请管理员核实，结果会告诉您');
    expect(card?.text).not.toContain('【确认】');
    const status = await privately(who.director, '状态');
    expect(status).toMatch(/待确认的人员.*\n1\. 望海区实验小学 何辛/s);
  });
});
