import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import type { Form } from '../../src/language/forms/form.ts';
import { HOSTILE } from '../cards/samples/sample.ts';
import { moment } from './district.ts';
import { answers, type Seat, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, colleague, bureau, outsider, stranger, to } = seats();
const everybody = [director, supervisor, neighbour, liaison, member, colleague, outsider, stranger];

const COMMANDS = join(import.meta.dirname, '../../commands');
const files = readdirSync(COMMANDS).filter((file) => file !== 'registry.ts');

test('every command has a file here that is called as its own', () => {
  const own = files.map((file) => file.replace(/\.ts$/, '.test.ts'));
  expect(own.length).toBe(registry.length);
  const here = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.test.ts') && file !== 'every.test.ts');
  expect(here.toSorted()).toEqual(own.toSorted());
});

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
const lines = registry.flatMap(({ name, examples, allow, where }) =>
  (OPEN.includes(allow) ? (KEPT[name] ?? []) : examples).map((line) => ({ line, place: where[0] })),
);

const REFUSED = /只有管理员|只有.{2,30}可以|不能这样设置权限|认领码不对|只发给管理员|没有(?:权限|这个权限)/;

describe('whoever has no role', () => {
  test('finds that the commands kept for a role are many, and each open command that asks for a right is named above', () => {
    const sources = new Map(
      files.map((file) => {
        const text = readFileSync(join(COMMANDS, file), 'utf8');
        return [/^ {2}name: '(.+)'/m.exec(text)?.[1] ?? file, text] as const;
      }),
    );
    const asking = registry.filter(
      ({ name, allow }) => OPEN.includes(allow) && /requireRight|mayAnywhere|whyNot/.test(sources.get(name) ?? ''),
    );
    expect(asking.length).toBeGreaterThan(5);
    expect(asking.map(({ name }) => name).filter((name) => !(name in KEPT))).toEqual([]);
    expect(lines.length).toBeGreaterThan(30);
    expect(Object.keys(KEPT).filter((name) => !registry.some((command) => command.name === name))).toEqual([]);
  });

  for (const { line, place } of lines)
    test(`is refused “${line}”`, async () => {
      const seat = place === 'group' ? colleague.in('county') : colleague;
      expect(await seat.say(line)).toMatch(REFUSED);
    });
});

describe('whoever is in no address book', () => {
  test('is told in the direct chat, for every command that is for members, how to become known', async () => {
    const forMembers = registry.filter(({ allow }) => allow === 'member');
    expect(forMembers.length).toBeGreaterThan(5);
    for (const { name } of forMembers)
      expect(await stranger.say(name), name).toContain('还不知道您是谁，请先发送：我是 姓名');
  });

  test('is told in a group that is not bound, for every command that is for members, what is to be done first', async () => {
    for (const { name, allow } of registry)
      if (allow === 'member')
        expect(await stranger.in('unbound').say(name), name).toContain(
          '本群还没有绑定单位，请管理员发送：绑定 单位名称',
        );
  });
});

/** What means nothing behind any command's name, or is there for harm. */
const BAD = ['火星区', '2月30日', 'T999', 'W999', 'D999', '999', '0', '-1', '@过路人', HOSTILE] as const;
const LONG = ['长'.repeat(2_000), '9'.repeat(2_000)] as const;

/**
 * Answers that repeat an over-long text whole. The list may only shrink: nobody reads 2,000 characters to learn that they were not
 * understood.
 */
const REPEATING: readonly string[] = [
  '日程',
  '截止',
  '清单',
  '任务',
  '进展',
  '汇总',
  '我是',
  '人员',
  '提醒',
  '预演',
  '全部暂停',
  '设置',
  '审计',
];

describe('whoever is shown a button in the direct chat', () => {
  const CARDS = ['我的', '截止', '日程', '整改', '整改 W1', '通知', '提醒', '专项', '今日推送', '汇总'];
  const TASKS = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'].flatMap((task) => [`任务 ${task}`, `进展 ${task}`]);
  test.each(everybody.map((seat) => ({ seat, who: seat.who })))('may press it: $who', async ({ seat }) => {
    to(moment('2026-04-20', '10:00'));
    for (const card of [...CARDS, ...TASKS])
      for (const [, label, line = ''] of (await seat.say(card)).matchAll(/^按【(.+?)】：(?:show|open|run) (.+)$/gm)) {
        // What is done is refused by the seat, for nothing is to be left behind: then it was not refused by the bot.
        const answer = await seat
          .say(line)
          .catch(({ message }: Error) => message.replace(/^“.*” leaves something behind/, ''));
        expect(answer, `${card} 【${label}】`).not.toMatch(/(?:^|\n)[^\n]{0,30}只有.{2,60}可以|管不到的单位/);
      }
  });
});

describe('whatever stands behind its name', () => {
  for (const { name, where } of registry)
    test(`“${name}” answers, and leaves nothing behind`, async () => {
      // The unannounced visit of the morning has begun: that it was seen before would be written down.
      to(moment('2026-04-20', '10:00'));
      const seat = where.includes('p2p') ? director : director.in('county');
      for (const bad of BAD) expect(await seat.say(`${name} ${bad}`), bad).not.toBe('');
      const answered = await Promise.all(LONG.map((bad) => seat.say(`${name} ${bad}`)));
      const repeats = answered.some((answer) => LONG.some((bad) => answer.includes(bad)));
      if (repeats) expect(REPEATING).toContain(name);
    });
});

describe('a line of nothing but', () => {
  answers(director, [
    ['长'.repeat(2_000), '没有看懂', '帮助'],
    [HOSTILE, '没有看懂', '帮助'],
    ['\u200b\u200e', '帮助'],
  ]);
});

/** Whatever asks and changes nothing: the examples of the forms that do so, and what an office asks of others' units. */
const QUESTIONS = registry.flatMap(({ name, forms, examples, where }) => {
  const asking = (forms as readonly Form[] | undefined)?.filter(({ changes }) => !changes);
  const lines = [name, ...(asking ? asking.flatMap((form) => form.examples) : examples)];
  return where.length > 1 ? [...new Set(lines)] : [];
});
const OF_OTHERS = `
  截止；截止 逾期；截止 望海区；截止 临江区；日程 3月17日；日程 本周
  日程 望海区；日程 临江区第一中学；清单 YZ-1.4；清单 望海区 未完成；导出 自评 望海区；导出 任务 临江区
  任务 望海区；任务 临江区；进展 临江区；整改 望海区；汇总 任务；汇总 任务 望海区
  倒计时 临江区；专项 望海区 两项督导；导出 督导日程 4月`
  .trim()
  .split(/\s*[；\n]\s*/);
/** What stands in the district: whoever sees less would miss some of it. */
const STANDING = `
  望海区教育局；望海区第一中学；望海区实验小学；临江区教育局；临江区第一中学；报送自查报告
  化解大班额；核拨公用经费；归集佐证材料；落实校车安全；报送校车台账；招生收费
  课后服务；整改情况复查；校园安全；作业管理`
  .trim()
  .split(/\s*[；\n]\s*/);

describe('in the direct chat the same seat reads what the group of its office reads', () => {
  const seated: readonly (readonly [string, Seat, Seat])[] = [
    ['the office of the whole city, by grant', director, director.in('city')],
    ['somebody of the city’s 督导室, by their unit', supervisor, supervisor.in('city')],
    ['the city’s bureau, by the address book', bureau, bureau.in('city')],
    ['the county’s bureau, by the address book', member, member.in('county')],
  ];
  test.each(seated)('%s', async (_, direct, group) => {
    const missing: Record<string, readonly string[]> = {};
    let read = 0;
    for (const line of [...QUESTIONS, ...OF_OTHERS]) {
      const [own, shown] = [await direct.look(line), await group.look(line)];
      const seen = STANDING.filter((word) => shown.includes(word));
      read += seen.length;
      const unseen = seen.filter((word) => !own.includes(word));
      // Whoever is on the team of a visit that the group may not know of has another next one.
      if (/下一次：/.test(own) && /下一次：/.test(shown)) continue;
      if (unseen.length > 0 || (/不能查看/.test(own) && !/不能查看/.test(shown))) missing[line] = [...unseen, own];
    }
    expect(missing).toEqual({});
    expect(read).toBeGreaterThan(60);
  });
});
