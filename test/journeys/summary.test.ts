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
  // What the first beats have to say is not an answer.
  await world.to(shanghai('2026-04-20', '10:02'));
});
afterAll(() => world.close());
const ask = (text: string) => world.ask(county, who.director, `@督导助手 ${text}`);

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

test('tasks are summed up by the unit that leads, done and late, and confidential ones are in no count', async () => {
  const [answer] = await world.say(county, who.director, '@督导助手 汇总 任务');
  expect(answer?.text).toContain('全部：5 项');
  expect(answer?.text).toContain('已办结：0 项，办结率 0%');
  expect(answer?.text).toMatch(/逾期：1 项，按期办结率 0%/);
  expect(answer?.text).toMatch(/望海区教育局.*4.*0%/s);
  expect(answer?.content).toContain('"tag":"chart"');
  await ask('任务 完成 T1');
  expect(await ask('任务 汇总 按专项')).toMatch(/已办结：1 项，办结率 20%.*两项督导.*5.*1.*20%.*1.*50%/s);
  expect(await ask('任务统计 望海区财政局')).toContain('全部：1 项');
  expect(await ask('汇总 任务 4月')).toMatch(/4月1日—30日到期.*全部：3 项/s);
  await ask('任务 保密 T3 涉及个人');
  expect(await ask('汇总 任务')).toContain('全部：4 项');
  const direct = world.lark.control.p2p(who.director);
  expect(await world.ask(direct, who.director, '汇总 重点工作 按亮灯')).toMatch(/云溪市|市教育局/);
});

test('pushes are summed up by unit and month, with what arrived', async () => {
  await world.leap(shanghai('2026-04-22', '09:00'));
  world.fresh(county);
  const answer = await ask('汇总 推送 按月');
  expect(answer).toMatch(/应发：[1-9]\d* 次/);
  expect(answer).toContain('送达率 100%');
  expect(answer).toContain('2026年4月');
});

test('a leader reads in the direct chat what the role reaches, in lists and figures alike, and nothing beyond it', async () => {
  await world.ask(county, who.director, '@督导助手 角色 授予 领导 临江区教育局 陈甲 望海区');
  const direct = world.lark.control.p2p(who.linjiang);
  world.fresh(direct);
  expect(await world.ask(direct, who.linjiang, '汇总 望海区')).toContain('应整改：1 项（另有 1 项待下达）');
  expect(await world.ask(direct, who.linjiang, '整改')).toMatch(/未销号问题共 2 项.*W1/s);
  expect(await world.ask(direct, who.linjiang, '任务统计 望海区')).toContain('全部：4 项');
  expect(await world.ask(direct, who.linjiang, '汇总 云溪市')).toContain('只能查看本单位');
  expect(await world.ask(direct, who.linjiang, '整改 W1 签收')).toMatch(/这里不能签收/);
});
