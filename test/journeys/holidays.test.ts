import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** An invented arrangement in the wording of the real ones: none is announced for 2027 on this day. */
const NOTICE = readFileSync(new URL('../fixtures/notices/2027.txt', import.meta.url), 'utf8');

/** Friday, 20 November 2026. Tests follow one another in one world. */
describe('the working-day calendar in the chat', () => {
  let world: World;
  let who: People;
  let group: string;
  let direct: string;

  beforeAll(async () => {
    world = await openWorld('SQLite', shanghai('2026-11-20', '10:00'), 'holidays');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    group = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    direct = world.lark.control.p2p(who.director);
  });
  afterAll(() => world.close());

  const say = (text: string) => world.ask(direct, who.director, text);
  const inGroup = (text: string) => world.ask(group, who.wanghai, `@督导助手 ${text}`);
  test('anyone sees the year and asks about days', async () => {
    const year = await inGroup('节假日');
    expect(year).toContain('2026年节假日');
    expect(year).toContain('国务院办公厅已公布');
    expect(year).toContain('2月15日（周日）至2月23日（周一）');
    expect(year).toContain('10月10日（周六）');
    expect(year).not.toContain('录入或更正');
    expect(await inGroup('10月10日上班吗')).toContain('10月10日（周六）是调休工作日，要上班');
    expect(await inGroup('国庆放几天')).toContain('10月1日—7日放假（国庆节），共 7 天');
    expect(await inGroup('明天放假吗')).toContain('11月21日（周六）是周末，休息');
    expect(await inGroup('10月8日是不是工作日')).toContain('照常上班');
  });

  test('a year that is not announced says so', async () => {
    const year = await inGroup('节假日 2027');
    expect(year).toContain('尚未公布');
    expect(await inGroup('2027年2月5日上班吗')).toContain('暂按周末推算');
  });

  test('a day is entered, the answer says which reminders move, and they do', async () => {
    const answer = await say('节假日 2026-11-21 班');
    expect(answer).toContain('明天 11月21日（周六） 由休改为班');
    expect(answer).toContain('每个工作日 08:30 截止提醒');
    expect(answer).toContain('望海区教育工作群');
    expect(answer).toContain('11月23日（周一） → 11月21日（周六）');
    expect(await say('节假日 2026-11-21 班')).toContain('没有变化');
    expect(await say('节假日')).toContain('管理员录入或更正的日子');
    expect(await inGroup('11月21日上班吗')).toContain('调休工作日');
    await world.to(shanghai('2026-11-20', '10:02'));
    const rules = await world.bot.core.store.rules(group);
    expect(rules.map((rule) => rule.nominalAt)).toContain(shanghai('2026-11-21', '08:30'));
  });

  test('due days follow at once, and the record names old and new', async () => {
    const before = await inGroup('截止');
    await say('节假日 11月18日、11月19日 休');
    expect(await inGroup('截止')).not.toBe(before);
    const audit = await say('审计 今天');
    expect(audit).toContain('更改节假日');
    expect(audit).toContain('没有录入 → 11月18日—19日 休');
    expect(await say('节假日 取消 11月18日至19日')).toContain('由休改为班');
    expect(await inGroup('截止')).toBe(before);
  });

  test('what was entered is taken back', async () => {
    expect(await say('节假日 取消 11月21日')).toContain('11月21日（周六） 由班改为休');
    expect(await say('节假日 取消 11月21日')).toContain('没有录入过');
    await world.to(shanghai('2026-11-20', '10:04'));
    const rules = await world.bot.core.store.rules(group);
    expect(rules.map((rule) => rule.nominalAt)).not.toContain(shanghai('2026-11-21', '08:30'));
  });

  test('single days do not make a year known: what reaches into it is still marked', async () => {
    await say('节假日 2027-01-09 班');
    expect(await inGroup('2027年1月9日上班吗')).toContain('暂按周末推算');
    expect(await inGroup('日程 2027年1月')).toContain('暂按周末推算');
    expect(await inGroup('节假日 2027')).toContain('1月9日（周六）');
    const rule = await world.ask(group, who.director, '@督导助手 提醒 新增 每月最后一个工作日 15:00 本月日程');
    expect(rule).toContain('暂按周末推算');
    await say('节假日 取消 2027-01-09');
  });

  test('the year turns by its buttons', async () => {
    const [card] = await world.say(direct, who.director, '节假日');
    if (!card) throw new Error('no card');
    await world.lark.control.press(card.messageId, who.director, { buttonText: '2027年' });
    await world.settle();
    expect(world.lark.control.message(card.messageId).text).toContain('2027年节假日');
  });

  test('the notice is pasted, shown, confirmed by its button, and then known', async () => {
    const [shown] = await world.say(direct, who.director, NOTICE);
    expect(shown?.text).toContain('2027年放假通知（待确认）');
    expect(shown?.text).toContain('2月5日—12日 休（春节）');
    expect(shown?.text).toContain('2月14日（周日） 由休改为班');
    expect(await inGroup('节假日 2027')).toContain('尚未公布');
    if (!shown) throw new Error('no preview');
    await world.lark.control.press(shown.messageId, who.director, { buttonText: '确认' });
    await world.settle();
    const year = await inGroup('节假日 2027');
    expect(year).toContain('按管理员录入的放假通知');
    expect(year).toMatch(/2月5日（周五）至2月12日（周五） \| 8 天/);
    expect(year).toMatch(/6月9日（周三） \| 1 天/);
    expect(year).not.toContain('尚未公布');
    expect(await inGroup('2027年2月14日上班吗')).not.toContain('暂按周末推算');
    expect(await say(NOTICE)).toContain('与现有安排一致');
    expect(await say('状态')).not.toContain('2027年尚未公布');
  });

  test('a confirmation after the calendar has changed writes nothing and shows the difference again', async () => {
    await say('节假日 取消 2027');
    expect(await inGroup('节假日 2027')).toContain('尚未公布');
    const [shown] = await world.say(direct, who.director, NOTICE);
    await say('节假日 2027-02-14 班');
    if (!shown) throw new Error('no preview');
    const { version } = await world.bot.core.store.calendarState();
    const line = /节假日 确认 [^"\\]+/.exec(shown.content)?.[0] ?? '';
    expect(line).toContain('全年');
    expect(await say(line)).toContain('预览之后工作日历有改动');
    expect((await world.bot.core.store.calendarState()).version).toBe(version);
    expect(await say(line.replace(/确认 \d+/, `确认 ${version}`))).toContain('已写入2027年放假通知');
  });

  test('a worked Saturday gets its push at half past eight, a Monday that rests gets none', async () => {
    await say('节假日 2026-11-21 班，2026-11-23 休');
    const morning = async (day: string) => {
      await world.downUntil(shanghai(day, '08:29'));
      world.fresh(group);
      await world.to(shanghai(day, '08:40'));
      return world.fresh(group).length;
    };
    expect([await morning('2026-11-21'), await morning('2026-11-22')]).toEqual([1, 0]);
    expect([await morning('2026-11-23'), await morning('2026-11-24')]).toEqual([0, 1]);
  });

  test('a month without a working day is refused, however it is put together', async () => {
    expect(await say('节假日 2027-07-01 至 2027-07-20 休')).toContain('由班改为休');
    expect(await say('节假日 2027-07-21 至 2027-08-10 休')).toContain('连续休息 31 天以上');
    expect(await say('节假日 取消 2027-07-01 至 2027-07-20')).toContain('由休改为班');
    expect(world.bot.warnings).toEqual([]);
  });
});
