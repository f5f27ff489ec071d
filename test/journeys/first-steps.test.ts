import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { importDistrict, type People, people } from './district.ts';

describe.each(HOMES)('from an empty bot to a bound group, on %s', (home) => {
  let world: World;
  let who: People;
  const direct = (openId: string, text: string) => world.ask(world.lark.control.p2p(openId), openId, text);

  beforeAll(async () => {
    world = await openWorld(home, shanghai('2026-04-20', '07:50'), 'journey_first_steps');
    await importDistrict(world);
    who = people(world);
  });
  afterAll(() => world.close());

  test('greeting, claim, binding: each step names the next one', async () => {
    const group = await world.group('望海一中工作群', [who.school, who.director]);
    const [hello, ...more] = world.fresh(group);
    expect(more).toEqual([]);
    expect(hello?.text).toContain('还没有管理员');
    expect(hello?.text).toContain('@督导助手 绑定 单位名称');
    const said = (openId: string) => (text: string) => world.ask(group, openId, `@督导助手 ${text}`);

    // Nobody has a right yet, and everybody is told what comes first.
    expect(await said(who.school)('日程')).toContain('本群还没有绑定单位，请管理员发送：绑定 单位名称');
    expect(await said(who.school)('帮助')).toContain('请部署人员把认领码交给管理员');
    expect(await said(who.school)('绑定 望海区')).toContain('只有管理员可以用');
    expect(await direct(who.stranger, '认领')).toContain('请写上认领码');
    expect(await direct(who.stranger, '认领 AAAA-BBBB')).toContain('认领码不对');

    // The code works once, however it is typed.
    const sloppy = `／认领：　${world.bot.claimCode?.toLowerCase().replace('-', ' ')}`;
    expect(await said(who.director)(sloppy)).toContain('您已成为管理员');
    expect(await direct(who.stranger, `认领 ${world.bot.claimCode}`)).toContain('已经用过');

    expect(await direct(who.director, '绑定 望海区')).toContain('要在工作群里用');
    expect(await said(who.director)('绑定')).toContain('请写上单位名称');
    expect(await said(who.director)('绑定 星海区')).toContain('没有找到单位“星海区”');
    const asked = await said(who.director)('绑定 一中');
    expect(asked).toContain('“一中”有 2 个单位');
    expect(asked).toContain('望海区第一中学');
    expect(asked).toContain('临江区第一中学');
    expect(await said(who.director)('/绑定本群　望海区第一中学')).toContain('本群已绑定“望海区第一中学”');
    expect(await said(who.director)('绑定 望海区第一中学')).toContain('已经绑定');
    expect(await said(who.school)('日程')).toContain('望海区第一中学 · 综合督导');

    // Bound anew, the group sees the new unit and keeps its four reminders.
    expect(await said(who.director)('绑定 临江区第一中学')).toContain('本群已绑定“临江区第一中学”');
    expect(await said(who.school)('日程 明天')).toContain('临江区第一中学 · 专项督导');
    expect((await said(who.school)('状态')).match(/今日日程/g)).toHaveLength(1);
    expect(world.bot.warnings).toEqual([]);
  });
});
