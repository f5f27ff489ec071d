import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

// Everything that needs a role, said by a linked member of a bound group who has none: it is refused in Chinese, and nothing happens.

let world: World;
let who: People;
let group: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'journey_refusals');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  group = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.stranger], who);
  await world.to(shanghai('2026-04-20', '07:02'));
});
afterAll(() => world.close());

/** What commands that anybody may use keep for a role, by command; the lines of all others are their examples. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  角色: ['角色 授予 管理员 @陈甲', '角色 授予 督导员 @过路人 望海区', '角色 撤销 管理员 @吕壬', '角色 管理员 @陈甲'],
  我是: ['我是 确认 K7QM3XPA', '我是 拒绝 K7QM3XPA'],
  认领: ['认领 K7QM-3XPA'],
  日程管理: ['日程管理 新增 望海区第一中学 4月30日 上午 专项督导 组长韩丙', '日程管理 取消 D4', '日程 变更 D4 4月30日'],
};
const OPEN = ['anyone', 'member'];
const LINES = registry.flatMap(({ name, examples, allow, where }) =>
  (OPEN.includes(allow) ? (KEPT[name] ?? []) : examples).map((line) => ({ line, place: where[0] })),
);

/** All that a change would leave behind. */
async function traces(): Promise<string> {
  const { store } = world.bot.core;
  const [audit, roles, groups, rules, pause, book] = await Promise.all([
    store.audit({ limit: 20 }),
    store.roleHolders(),
    store.activeGroups(),
    store.rules(group),
    store.pause(),
    store.addressBook({ limit: 500 }),
  ]);
  return JSON.stringify([audit, roles, groups.map((each) => each.group), rules, pause, book]);
}

const REFUSED = /只有管理员|只有.{2,30}可以|不能这样设置权限|认领码不对|没有(?:权限|这个权限)/;

describe('whoever has no role', () => {
  test('the commands kept for a role are many, and each open command with such a part is named above', () => {
    expect(LINES.length).toBeGreaterThan(30);
    expect(Object.keys(KEPT).filter((name) => !registry.some((command) => command.name === name))).toEqual([]);
  });

  test.each(LINES)('$line is refused in a $place chat and changes nothing', async ({ line, place }) => {
    const before = await traces();
    const chat = place === 'group' ? group : world.lark.control.p2p(who.wanghai);
    const answers = await world.say(chat, who.wanghai, place === 'group' ? `@督导助手 ${line}` : line);
    expect(answers.map(({ text }) => text)).toEqual([expect.stringMatching(REFUSED)]);
    expect(await traces()).toBe(before);
  });

  test('a card made for an administrator does nothing for anybody else who presses it', async () => {
    for (const line of ['人员 陈甲', '工作群']) await world.say(group, who.director, `@督导助手 ${line}`);
    const [card] = await world.say(group, who.director, '@督导助手 人员 望海区教育局');
    const before = await traces();
    const pressed = await world.lark.control.press(card?.messageId ?? '', who.wanghai, { buttonText: '解除关联' });
    expect(pressed).toMatchObject({ toast: { type: 'warning', content: expect.stringMatching(REFUSED) } });
    expect(await traces()).toBe(before);
  });
});
