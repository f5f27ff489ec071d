import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let county: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '10:00'), 'journey_summary');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  county = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai], who);
});
afterAll(() => world.close());
const ask = (text: string) => world.ask(county, who.director, `@督导助手 ${text}`);

test('where no problem was written down, the answer says how one is', async () => {
  expect(await ask('汇总')).toContain('还没有登记的问题');
});

test('a county sees its problems by unit, state and age, with a chart and in words', async () => {
  await ask('问题 望海一中 消防通道堆放杂物 10个工作日');
  await ask('整改 W1 下达');
  await ask('问题 望海区第三中学 台账不全 10个工作日');
  const [answer] = await world.say(county, who.director, '@督导助手 整改情况统计');
  expect(answer?.text).toContain('应整改：1 项（另有 1 项待下达）');
  expect(answer?.text).toContain('已销号：0 项，完成率 0%');
  expect(answer?.text).toMatch(/望海区第一中学.*1.*0.*0%/s);
  expect(answer?.text).toContain('已下达');
  expect(answer?.content).toContain('"tag":"chart"');
  expect(await ask('汇总 按专项')).toContain('未列专项');
  expect(await ask('汇总 按学段')).toMatch(/学段.*中学.*1/s);
  expect(await ask('问题统计 分类别')).toContain('未对应指标');
  expect(await ask('汇总 按程度')).toContain('一般');
  expect(await ask('汇总 今年 按月')).toMatch(/2026年1月1日—12月31日|2026年4月/);
});

test('another county’s figures are not shown, and what is not understood is said', async () => {
  expect(await ask('汇总 临江区')).toContain('只能查看本单位及下属单位');
  expect(await ask('汇总 上个月')).toContain('3月1日—31日发现的问题：还没有登记的问题');
  expect(await ask('汇总 天气')).toContain('没有看懂“天气”');
  expect(await ask('汇总 按月 按专项')).toContain('请只写一种分法');
  expect(await ask('汇总 2月30日')).toContain('没有“2月30日”这一天');
});
