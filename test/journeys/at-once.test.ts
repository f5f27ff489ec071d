import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patientTurn } from '../support/virtual-time.ts';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, people } from './district.ts';

const DAY = '2026-04-20';

/** Says all of it before any of it is answered; the clock goes on where somebody waits for it. */
async function allAtOnce(world: World, chatId: string, openId: string, lines: readonly string[]): Promise<string> {
  world.fresh(chatId);
  let open = true;
  const end = () => {
    open = false;
  };
  const delivered = Promise.all(lines.map((line) => world.lark.control.say(chatId, openId, line).delivered));
  delivered.then(end, end);
  // Where somebody waits, the clock goes on; not faster than the databases in their own processes.
  while (open) {
    for (let turn = 0; turn < 5 && open; turn += 1) await patientTurn();
    const next = world.time.nextWaiter();
    if (open && next !== undefined) await world.time.advanceTo(Math.min(next, world.time.now() + 5));
  }
  await delivered;
  await world.settle();
  return world
    .fresh(chatId)
    .map(({ text }) => text)
    .join('\n\n');
}

const stored = (numbers: readonly (number | undefined)[]) => numbers.filter((number) => number !== undefined).length;

describe.each(HOMES)('many at the same moment, on %s', (home) => {
  let world: World;
  let office: string;
  let director: string;
  beforeAll(async () => {
    world = await openWorld(home, shanghai(DAY, '09:00'), 'at-once');
    const everybody = people(world);
    director = everybody.director;
    await importDistrict(world);
    await claim(world, everybody);
    await world.to(shanghai(DAY, '09:02'));
    office = await boundGroup(world, '督导室群', '市教育局', [everybody.bureau], everybody);
  });
  afterAll(() => world.close());

  test('twenty different problems are all kept, each with a number of its own', async () => {
    const lines = Array.from(
      { length: 20 },
      (_, index) => `@督导助手 问题 望海区第一中学 第${index + 1}处台账不全 10个工作日`,
    );
    const said = await allAtOnce(world, office, director, lines);
    expect(said).not.toMatch(/没有办成|有人在改/);
    const numbers = new Set([...said.matchAll(/W(\d+)/g)].map(([, number]) => Number(number)));
    const found = await Promise.all([...numbers].map((number) => world.bot.core.store.finding(number)));
    expect(new Set(found.map((finding) => finding?.description)).size).toBe(20);
    expect(stored(found.map((finding) => finding?.number))).toBe(20);
  });

  test('twenty different tasks are all kept, each with a number of its own', async () => {
    const lines = Array.from(
      { length: 20 },
      (_, index) => `@督导助手 任务 新增 报送第${index + 1}批材料 牵头 望海区教育局 截止 6月15日`,
    );
    const said = await allAtOnce(world, office, director, lines);
    expect(said).not.toMatch(/没有办成|有人在改/);
    const scope = { unitIds: await world.bot.core.store.roots() };
    const kept = (await world.bot.core.store.tasks({ scope })).filter(({ title }) => title.startsWith('报送第'));
    expect(new Set(kept.map(({ title }) => title)).size).toBe(20);
    expect(new Set(kept.map(({ number }) => number)).size).toBe(20);
  });

  test('two lines of one message that each enter something are both kept', async () => {
    const answer = await world.ask(
      office,
      director,
      '@督导助手 任务 新增 清点校车 牵头 望海区教育局 截止 6月15日\n任务 新增 清点食堂 牵头 望海区教育局 截止 6月15日',
    );
    const numbers = [...new Set([...answer.matchAll(/T(\d+)/g)].map(([, number]) => Number(number)))];
    const scope = { unitIds: await world.bot.core.store.roots() };
    const titles = await Promise.all(
      numbers.map(async (number) => (await world.bot.core.store.tasks({ scope, number }))[0]?.title),
    );
    expect(titles.toSorted()).toEqual(['清点校车', '清点食堂'].toSorted());
    const problems = await world.ask(
      office,
      director,
      '@督导助手 问题 望海区第一中学 门卫脱岗 10个工作日\n@督导助手 问题 望海区实验小学 门锁损坏 10个工作日',
    );
    expect([problems.includes('门卫脱岗'), problems.includes('门锁损坏')]).toEqual([true, true]);
  });
});
