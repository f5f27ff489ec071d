import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let group: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '08:00'), 'journey_buttons');
  await importDistrict(world);
  who = people(world);
  await claim(world, who);
  group = await world.group('临江区工作群', [who.stranger, who.linjiang, who.director]);
});
afterAll(() => world.close());

const request = async (person: string): Promise<string> => {
  const [card] = await world.say(group, who.stranger, `@督导助手 我是 ${person}`);
  if (!card) throw new Error('no answer');
  expect(card.text).toContain('等待确认');
  return card.messageId;
};

test('an administrator confirms an account by a button, once; whoever presses after is told', async () => {
  const card = await request('临江区实验小学 沈乙');
  const { control } = world.lark;

  expect(await control.press(card, who.linjiang, { buttonText: '确认' })).toMatchObject({
    toast: { content: '只有管理员可以确认身份。' },
  });
  expect(control.message(card).text).toContain('等待确认');

  expect(await control.press(card, who.director, { buttonText: '确认' })).toMatchObject({ toast: { type: 'success' } });
  expect(control.message(card).text).toContain('已确认：临江区实验小学 沈乙');
  await world.settle();
  const told = world.fresh(control.p2p(who.stranger)).map(({ text }) => text);
  expect(told).toEqual([expect.stringContaining('管理员已确认您是临江区实验小学 沈乙')]);
  expect(await world.ask(control.p2p(who.stranger), who.stranger, '我的')).toContain('临江区实验小学 沈乙');
});

test('two presses at the same moment settle it once', async () => {
  const card = await request('望海区实验小学 何辛 确认');
  const { control } = world.lark;
  const presses = await Promise.all([1, 2].map(() => control.press(card, who.director, { buttonText: '不是本人' })));
  expect(presses.map(({ toast }) => toast?.type).toSorted()).toEqual(['success', 'warning']);
  expect(control.message(card).text).toContain('不是望海区实验小学 何辛本人');
});

test('a forged button does nothing that its presser could not do by typing', async () => {
  const card = await request('望海区实验小学 何辛 确认');
  const forged = { v: 1, op: 'run', query: '绑定 望海区', page: 1 };
  const how = { buttonText: '确认', choice: { value: forged } };
  expect(await world.lark.control.press(card, who.stranger, how)).toMatchObject({
    toast: { type: 'warning', content: expect.stringContaining('只有管理员可以用') },
  });
  expect((await world.bot.core.store.group(group))?.unit).toBeUndefined();
});
