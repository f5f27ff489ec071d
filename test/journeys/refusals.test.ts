import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
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
  // Its right only adds a button.
  日程: [],
  专项: ['专项 新增 2026年两项督导 望海区', '专项 归档 两项督导', '专项 节点 两项督导 省级评估 6月中旬'],
  节假日: ['节假日 2027-02-05 至 2027-02-12 休', '节假日 取消 2026-05-01'],
  校历: ['校历 望海区 寒假 2027-01-23 至 2027-02-21'],
  任务: ['任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日', '任务 完成 T1'],
  进展: ['进展 T3 60% 不是本人负责的事'],
  问题: ['问题 望海区第一中学 灭火器过期 立行立改'],
  通知: ['通知 明天下午3点开调度会'],
};
const OPEN = ['anyone', 'member'];
const LINES = registry.flatMap(({ name, examples, allow, where }) =>
  (OPEN.includes(allow) ? (KEPT[name] ?? []) : examples).map((line) => ({ line, place: where[0] })),
);

const COMMANDS = join(import.meta.dirname, '../../commands');
/** The text of each command's file, by the command's name. */
const sourceOf = new Map(
  readdirSync(COMMANDS).map((file) => {
    const text = readFileSync(join(COMMANDS, file), 'utf8');
    return [/^ {2}name: '(.+)'/m.exec(text)?.[1] ?? file, text] as const;
  }),
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
    store.addressBook({ today: date('2026-04-20'), limit: 500 }),
  ]);
  return JSON.stringify([audit, roles, groups.map((each) => each.group), rules, pause, book]);
}

const REFUSED = /只有管理员|只有.{2,30}可以|不能这样设置权限|认领码不对|只发给管理员|没有(?:权限|这个权限)/;

describe('whoever has no role', () => {
  test('the commands kept for a role are many, and each open command that asks for a right is named above', () => {
    const asking = registry.filter(({ name, allow }) => {
      const file = OPEN.includes(allow) && sourceOf.get(name);
      return file && /requireRight|mayAnywhere|whyNot/.test(file);
    });
    expect(asking.length).toBeGreaterThan(5);
    expect(asking.map(({ name }) => name).filter((name) => !(name in KEPT))).toEqual([]);

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
