import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** The days follow one another on one clock, so each test opens at its own day: earlier days are slept through. */
describe.each(HOMES)('working days, holidays and lost time, on %s', (home) => {
  let world: World;
  let who: People;
  let group: string;

  beforeAll(async () => {
    world = await openWorld(home, shanghai('2026-04-29', '07:50'), 'journey_calendar');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    group = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
  });
  afterAll(() => world.close());

  /** Without the urging of T3, whose one responsible person has no account: it goes to the group. */
  const pushed = () => world.fresh(group).filter(({ text }) => !text.startsWith('催办：'));
  /** What the group gets on a morning; the bot sleeps until 08:29 and has nothing to catch up with. */
  const morning = async (day: string) => {
    await world.downUntil(shanghai(day, '08:29'));
    const lateNews = pushed();
    await world.leap(shanghai(day, '08:40'));
    const onTime = pushed();
    return [...lateNews, ...onTime].map(({ text }) => text);
  };

  test('the weeks around 五一: pushes follow the statutory calendar', async () => {
    // Wednesday and Thursday are working days; something is overdue each day.
    expect(await morning('2026-04-29')).toHaveLength(1);
    expect(await morning('2026-04-30')).toHaveLength(1);
    // 1 to 5 May is holiday, though 1, 4 and 5 May are weekdays.
    for (const day of ['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05'])
      expect(await morning(day)).toEqual([]);

    // Wednesday 6 May is the first working day of its week and of the month: one card holds day, week, month and deadlines.
    const [first, ...more] = await morning('2026-05-06');
    expect(more).toEqual([]);
    for (const title of ['今日督导', '本周督导', '本月督导', '截止提醒']) expect(first).toContain(title);
    expect(first).toContain('望海区第一中学 · 专项督导');

    expect((await morning('2026-05-07'))[0]).not.toContain('本周督导');
    expect((await morning('2026-05-08'))[0]).toMatch(/明天 5月9日（周六）/);
    // Saturday 9 May is worked (调休), the Sunday after it is not.
    const [saturday] = await morning('2026-05-09');
    expect(saturday).toContain('上午 望海区第一中学 · 经常性督导');
    expect(await morning('2026-05-10')).toEqual([]);
    // 化解大班额 was due on 15 April: 11 working days in April and 3 in May, the Saturday among them.
    expect(saturday).toContain('逾期 15 个工作日 化解大班额');
    expect(saturday).not.toContain('暂按周末推算');

    // So is Sunday 20 September.
    expect(await morning('2026-09-20')).toHaveLength(1);

    // A bot that was down at 08:30 sends late once, and says so.
    await world.downUntil(shanghai('2026-09-21', '11:20'));
    const [late, ...again] = pushed();
    expect(again).toEqual([]);
    expect(late?.text).toMatch(/^【补发】/);
    expect(late?.createdAt).toBeLessThan(shanghai('2026-09-21', '11:22'));
    await world.to(shanghai('2026-09-21', '11:40'));
    expect(pushed()).toEqual([]);

    // What has lost its sense is recorded as missed and not sent: a whole day, and the day's push at 19:00.
    await world.downUntil(shanghai('2026-09-23', '19:00'));
    expect(pushed()).toEqual([]);
    // The administrators are told that evening, once, which it was.
    const director = world.lark.control.p2p(who.director);
    world.fresh(director);
    await world.to(shanghai('2026-09-23', '19:07'));
    const alarm = () => world.fresh(director).filter(({ text }) => text.startsWith('推送自检'));
    expect(alarm().map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /已经过时，不再补发.*望海区.*9月22日（周二） 08:30　今日日程、截止提醒.*9月23日（周三） 08:30/s,
      ),
    ]);
    expect(await morning('2026-09-24')).toHaveLength(1);
    expect(alarm().filter(({ text }) => text.includes('不再补发'))).toEqual([]);

    // 2027 is not announced: its days follow the weekends and say so.
    const [newYear] = await morning('2027-03-08');
    expect(newYear).toContain('暂按周末推算');
    expect(await world.ask(group, who.wanghai, '@督导助手 日程 下周')).toContain('暂按周末推算');
    // The bot was down over some mornings, which it says once it is back.
    expect(world.bot.warnings.filter((line) => !line.includes('pushes are not out'))).toEqual([]);
  });
});
