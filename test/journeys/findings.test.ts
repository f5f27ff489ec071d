import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let county: string;
let school: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'journey_findings');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  county = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.leader], who);
  school = await boundGroup(world, '望海一中群', '望海区第一中学', [who.school, who.stranger], who);
  // The next heartbeats learn who people are.
  await world.to(shanghai('2026-04-20', '07:15'));
  await world.ask(county, who.director, '@督导助手 角色 授予 联络员 @朱戊 望海区第一中学');
  await world.ask(county, who.director, '@督导助手 角色 授予 督导员 @韩丙 望海区');
  await world.downUntil(shanghai('2026-04-20', '10:00'));
});
afterAll(() => world.close());

const inCounty = (openId: string, text: string) => world.ask(county, openId, `@督导助手 ${text}`);
const inSchool = (openId: string, text: string) => world.ask(school, openId, `@督导助手 ${text}`);
const state = async (number: number) => (await world.bot.core.store.finding(number))?.state;

describe('a problem from the school yard to 销号', () => {
  test('one line registers it; the school hears of it', async () => {
    world.fresh(school);
    const answer = await inCounty(who.director, '问题 一中 消防通道堆放杂物 10个工作日 责任人朱戊');
    expect(answer).toMatch(/问题 W1 · 已登记.*望海区第一中学.*消防通道堆放杂物.*今天下达则到 5月7日/s);
    expect(await state(1)).toBe('registered');
    expect(world.fresh(school).map(({ text }) => text)).toEqual([expect.stringContaining('问题 W1：发现问题')]);
  });

  test('the notice is issued by a button, signed for by the school, and its cards everywhere show it', async () => {
    const { control } = world.lark;
    const [card] = await world.say(county, who.director, '@督导助手 整改 W1');
    await control.press(card?.messageId ?? '', who.director, { buttonText: '下达' });
    await world.settle();
    expect(await state(1)).toBe('issued');
    const [notice] = world.fresh(school).slice(-1);
    expect(notice?.text).toContain('问题 W1：下达');
    expect(await inSchool(who.school, '整改 W1 签收')).toContain('已签收');
    await world.to(shanghai('2026-04-20', '10:01'));
    expect(control.message(card?.messageId ?? '').text).toContain('已签收');
  });
});
