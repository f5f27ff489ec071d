import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';

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
});
