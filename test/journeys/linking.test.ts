import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, people } from './district.ts';

/** The address book has 91 contacts under 20 names: every name is four or five people's, each with a number of their own. */
describe('who is who', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'linking');
  });
  afterEach(() => world.close());

  const linked = async (openId: string) =>
    (await world.bot.core.store.peopleByOpenId(openId)).map(({ unit, name }) => `${unit.name} ${name}`);

  async function bound(unit: string, members: readonly string[], administrator: string): Promise<void> {
    const chatId = await world.group(`${unit}工作群`, members);
    await world.say(chatId, administrator, `@督导助手 绑定 ${unit}`);
  }

  test('an account that its number has told is given to no namesake, however long the address book', async () => {
    const director = world.person('吕壬', '13900002018');
    const county = world.person('冯癸', '13900002029');
    const culture = world.person('冯癸', '13900002009');
    const stranger = world.person('周丙', '13700000000');
    await world.say(world.lark.control.p2p(director), director, `认领 ${world.bot.claimCode}`);
    await world.importFixtures('05-单位通讯录.xlsx', '01-督导日程表.xlsx');
    await bound('云溪市', [director, culture, stranger], director);
    await bound('望海区', [director, county], director);

    await world.to(shanghai('2026-04-20', '07:15'));

    expect(await linked(director)).toEqual(['市教育局督导室 吕壬']);
    expect(await linked(county)).toEqual(['望海区教育局 冯癸']);
    expect(await linked(culture)).toEqual(['市文化广电旅游局 冯癸']);
    expect(await linked(stranger)).toEqual([]);
  });

  test('whoever administers alone says who they are once; from then on, and with others, another confirms it', async () => {
    const who = { ...people(world), director: world.person('吕壬') };
    const direct = (openId: string, line: string) => world.ask(world.lark.control.p2p(openId), openId, line);
    await claim(world, who);
    await importDistrict(world);
    expect(await direct(who.director, '我是 市教育局督导室 吕壬')).toMatch(
      /您已登记为：市教育局督导室 吕壬。.*没有另一位管理员/s,
    );
    const waiting = await direct(who.director, '我是 望海区实验小学 何辛 确认');
    expect(waiting).toContain('现在没有另一位管理员：请先授予一位');
    expect(await direct(who.director, `我是 确认 ${/我是 确认 (\w+)/.exec(waiting)?.[1]}`)).toContain(
      '不能确认自己的身份',
    );
    expect(await direct(who.director, '状态')).not.toContain('何辛');
    expect(await linked(who.director)).toEqual(['市教育局督导室 吕壬']);

    const group = await world.group('督导室群', [who.director, who.stranger]);
    await world.ask(group, who.director, '@督导助手 角色 授予 管理员 @过路人');
    const asked = await direct(who.stranger, '我是 望海区实验小学 何辛');
    const code = /我是 确认 (\w+)/.exec(asked)?.[1] ?? '';
    expect(asked).toContain('请由另一位管理员办理：市教育局督导室 吕壬');
    expect(await direct(who.stranger, `我是 确认 ${code}`)).toContain('不能确认自己的身份');
    expect(await linked(who.stranger)).toEqual([]);
    expect(await direct(who.director, `我是 确认 ${code}`)).toContain('已确认：望海区实验小学 何辛');
  });
  test('a name in a group makes nobody an inspector, or somebody whose number is recorded: one card asks, an administrator confirms all together', async () => {
    const who = { ...people(world), director: world.person('吕壬', '13900000002') };
    const direct = (openId: string, line: string) => world.ask(world.lark.control.p2p(openId), openId, line);
    await claim(world, who);
    await importDistrict(world);
    // 曹丙 is on teams, without a number; 王丁's number is nobody's account. 赵七 has only tasks. 孙八 is of another company.
    const [inspector, namesake] = [world.person('曹丙'), world.person('王丁', '13700000000')];
    await world.importTable(
      '任务分解表.csv',
      '望海区迎接2026年“两项督导”任务分解表\n序号,任务内容,牵头单位,配合单位,责任人,完成时限\n1,汇总校车线路,望海区财政局,,赵七,2026-06-15\n2,汇总驾驶员,望海区财政局,,孙八,2026-06-15\n',
    );
    const plain = world.person('赵七');
    const foreign = world.lark.control.addPerson({ name: '孙八', tenantKey: 'another' }).openId;
    await boundGroup(world, '云溪市群', '云溪市', [who.leader, inspector, namesake, plain, foreign], who);
    world.fresh(world.lark.control.p2p(who.director));

    await world.to(shanghai('2026-04-20', '07:15'));

    expect(await linked(plain)).toEqual(['望海区财政局 赵七']);
    for (const account of [inspector, namesake, foreign]) expect(await linked(account)).toEqual([]);
    const cards = world.fresh(world.lark.control.p2p(who.director));
    const asking = cards.filter(({ text }) => text.includes('姓名相同还不算本人'));
    expect(asking).toHaveLength(1);
    expect(asking[0]?.text).toMatch(/曹丙.*王丁|王丁.*曹丙/s);
    expect(asking[0]?.text).not.toContain('孙八');
    expect(await direct(inspector, '我的')).toContain('我是 姓名');
    expect(await direct(foreign, '我是 望海区财政局 孙八')).toContain('您的账号属于别的单位的飞书');

    const pressed = await world.lark.control.press(asking[0]?.messageId ?? '', who.director, {
      buttonText: '全部确认',
    });
    expect(pressed).toMatchObject({ toast: { type: 'success', content: expect.stringContaining('已确认 2 人') } });
    await world.settle();
    expect(await linked(inspector)).toEqual([expect.stringMatching(/ 曹丙$/)]);
    expect(await linked(namesake)).toEqual(['望海区财政局 王丁']);
    expect(
      world
        .fresh(world.lark.control.p2p(inspector))
        .map(({ text }) => text)
        .join(),
    ).toContain('管理员已确认您是');
  });

  test('an account that is refused is not asked about again', async () => {
    const who = people(world);
    await claim(world, who);
    await importDistrict(world);
    const namesake = world.person('王丁', '13700000000');
    await boundGroup(world, '望海区群', '望海区', [namesake], who);
    await world.to(shanghai('2026-04-20', '07:15'));
    const direct = world.lark.control.p2p(who.director);
    const code = /编号 (\w+)/.exec(world.fresh(direct).find(({ text }) => text.includes('王丁'))?.text ?? '')?.[1];
    expect(await world.ask(direct, who.director, `我是 拒绝 ${code}`)).toContain('没有确认');
    expect(world.fresh(world.lark.control.p2p(namesake))).toEqual([]);
    await world.to(shanghai('2026-04-21', '07:30'));
    expect(world.fresh(direct).some(({ text }) => text.includes('王丁'))).toBe(false);
    expect(await linked(namesake)).toEqual([]);
  });
});
