import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** Friday, 20 November 2026. Tests follow one another in one world. */
describe('school terms and vacations in the chat', () => {
  let world: World;
  let who: People;
  let county: string;
  let school: string;

  beforeAll(async () => {
    world = await openWorld('SQLite', shanghai('2026-11-20', '10:00'), 'school_calendar');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    county = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    school = await boundGroup(world, '望海一中群', '望海区第一中学', [who.school], who);
  });
  afterAll(() => world.close());

  const say = (text: string, chat = county) => world.ask(chat, who.director, `@督导助手 ${text}`);
  const nextOf = async (chat: string) => {
    const rules = await world.bot.core.store.rules(chat);
    return rules.map((rule) => rule.nominalAt);
  };

  test('nothing is entered at first, and a reminder of 学期内 comes', async () => {
    expect(await say('校历')).toContain('望海区人民政府还没有录入校历');
    const nominalAt = shanghai('2026-12-10', '09:00');
    expect(await say('提醒 新增 学期内每月10日 9:00 本月日程', school)).toContain('学期内每月10日');
    await world.to(shanghai('2026-11-20', '10:01'));
    expect(await say('提醒', school)).toContain('学期内每月10日');
    expect(await nextOf(school)).toContain(nominalAt);
  });

  test('terms and vacations are entered by part, repeated in words, and hold for the units below', async () => {
    expect(await say('校历 第一学期 2026-09-01 至 2027-01-22')).toContain(
      '望海区人民政府2026—2027学年第一学期：2026年9月1日—2027年1月22日（144 天）',
    );
    expect(await say('校历 望海区 2026-2027学年 寒假 1月23日至2月21日')).toContain('2026—2027学年寒假');
    const shown = await world.ask(school, who.school, '@督导助手 校历');
    expect(shown).toContain('现在是第一学期');
    expect(shown).toContain('2026—2027学年寒假');
    expect(shown).toContain('望海区人民政府');
    expect(await say('校历 望海区教育局 寒假 2027-01-23 至 2027-02-20')).toContain('要对望海区人民政府的各单位都有效');
    expect(await say('校历 取消 望海区教育局 寒假')).toContain('已取消');
    expect(await world.ask(school, who.school, '@督导助手 什么时候放寒假')).toContain('2027年1月23日—2月21日');
  });

  test('a school’s own vacation wins, the reminder of 学期内 moves, and the answer says so', async () => {
    const answer = await say('校历 望海区第一中学 寒假 11月21日至12月20日');
    expect(answer).toContain('寒假不会从 2026-11-21 开始');
    const early = await say('校历 望海区第一中学 第一学期 2026-08-24 至 2026-11-22', school);
    expect(early).toContain('望海区第一中学2026—2027学年第一学期');
    const moved = await say('校历 望海区第一中学 寒假 2026-12-01 至 2027-01-10', school);
    expect(moved).toContain('1 条提醒规则的下一次时间改变');
    // 10 January is a Sunday and vacation; its Monday is neither.
    expect(moved).toContain('12月10日（周四） → 2027年1月11日（周一）');
    await world.to(shanghai('2026-11-20', '10:02'));
    expect(await nextOf(school)).toContain(shanghai('2027-01-11', '09:00'));
    // Said in the direct chat, it is still the vacation of the school whose group is meant.
    const direct = world.lark.control.p2p(who.director);
    const line = '提醒 新增 学期内每月11日 9:00 截止提醒 发到“望海一中群”';
    expect(await world.ask(direct, who.director, line)).toContain('2027年1月11日（周一）');
    expect(await say('校历 取消 望海区第一中学 寒假', school)).toContain('2027年1月11日（周一） → 12月10日（周四）');
    await world.to(shanghai('2026-11-20', '10:03'));
    expect(await nextOf(school)).toContain(shanghai('2026-12-10', '09:00'));
  });

  test('a unit is in one part at a time', async () => {
    expect(await say('校历 寒假 2027-01-20 至 2027-02-21')).toContain('与2026—2027学年第一学期');
    expect(await say('校历 第二学期 2027-02-15 至 2027-07-02')).toContain('与2026—2027学年寒假');
    expect(await say('校历 第二学期 2027-02-22 至 2027-07-02')).toContain('已录入校历');
    expect(await say('校历 第二学期 2027-02-22 至 2027-07-02')).toContain('没有变化');
  });

  test('what was entered and withdrawn is in the record', async () => {
    const audit = await world.ask(world.lark.control.p2p(who.director), who.director, '审计 今天');
    expect(audit).toContain('录入校历');
    expect(audit).toContain('取消校历');
    expect(world.bot.warnings).toEqual([]);
  });
});
