import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { claim, importDistrict, people } from './district.ts';

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
});
