import { beforeEach, describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, outsider, stranger } = seats();
const county = member.in('county');

describe('日程 is not for', () => {
  answers(stranger, [['日程', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['日程', '本群还没有绑定单位，请管理员发送：绑定 单位名称']]);
  answers(county, [
    ['日程 临江区', '这里不能查看“临江区人民政府”'],
    ['日程 临江区第一中学', '这里不能查看“临江区第一中学”'],
    ['日程 本周 临江区教育局', '这里不能查看'],
  ]);
  // An administrator's right does not widen what the group sees.
  answers(director.in('county'), [['日程 临江区', '这里不能查看“临江区人民政府”']]);
  answers(outsider, [['日程 望海区', '这里不能查看“望海区人民政府”']]);
});

describe('日程 with bad input', () => {
  answers(director.in('city'), [
    ['日程 2月30日', '没有“2月30日”这一天'],
    ['日程 2026-02-29', '没有“2026-02-29”这一天'],
    ['日程 4月31日 望海区', '没有“4月31日”这一天'],
    ['日程 火星区', '没有找到单位“火星区”'],
    ['日程 一中', '“一中”有 2 个单位', '望海区第一中学', '临江区第一中学'],
    ['日程 望海一种', '没有理解“望海一种”'],
    ['日程 今天 三楼', '没有理解“三楼”'],
    ['今天谁值班', '值班没有登记'],
  ]);
});

describe('日程 asked when, and for the next one, is answered by all that come', () => {
  const both = /4月20日—6月19日共 5 项督导安排.*4月20日（.*4月22日（.*5月20日/s;
  test.each(['督导组什么时候来我们学校', '下次督导是什么时候', '下一次检查哪天', '什么时候督导', '日程 下次'])(
    '“%s”',
    async (line) => {
      for (const seat of [liaison, liaison.in('school')]) {
        const answer = await seat.say(line);
        expect(answer, seat.who).toMatch(both);
        expect(answer, seat.who).not.toContain('没有理解');
      }
    },
  );
  answers(liaison, [['下周哪天督导', '4月27日']]);
});

test('日程 that finds nothing says first where it was looked for', async () => {
  expect(await member.say('日程 4月23日')).toMatch(
    /^消息列表：这里只看“.*”：.*这里只看.*请到“.*”里问。.*没有督导安排/s,
  );
});

describe('日程 of several', () => {
  const city = director.in('city');
  test.each(['日程 今天和明天', '日程 今天、明天', '今天和明天谁去哪'])(
    'days that follow one another, “%s”, is answered for all of them',
    async (line) => {
      const answer = await city.say(line);
      expect(answer).toMatch(/4月20日—21日共 3 项/);
      expect(answer).not.toContain('没有理解');
    },
  );
  answers(city, [['日程 今天和周五', '今天 4月20日', '没有理解', '周五']]);

  test('people names each of them, and who goes nowhere', async () => {
    const answer = await city.say('韩丙李庚明天各去哪里');
    expect(answer).toMatch(/韩丙、李庚 明天.*共 1 项.*韩丙明天.*没有督导安排.*临江区第一中学/s);
    expect(await city.say('日程 今天 韩丙 李庚')).toMatch(/韩丙、李庚 今天.*共 2 项/s);
    expect(await city.say('日程 4月23日 韩丙 李庚')).toMatch(/韩丙、李庚 4月23日.*没有督导安排。下一次/s);
  });
});

describe('日程 of what is not so is not answered by what is', () => {
  answers(
    director.in('city'),
    [
      '没去过的学校',
      '没有督导的',
      '日程 没去过的学校',
      '哪些学校还没督导过',
      '本月没有督导的学校有哪些',
      '日程 本月 没安排督导的单位',
      '明天谁不去督导',
      '日程 本周 除望海区以外',
      '日程 除了韩丙 本周',
      '日程 本周 不是韩丙带队的',
      '截止 没有逾期的',
      '截止 除望海区外',
      '整改 除望海区外',
      '任务 除了望海区',
    ].map((line) => [line, '没有看懂']),
  );
  test('有没有 and 是不是 are questions all the same', async () => {
    for (const line of ['明天有没有督导', '今天是不是有督导安排', '明天没有督导吧'])
      expect(await director.in('city').say(line), line).toContain('督导日程');
  });
});

describe('an unannounced visit', () => {
  beforeEach(async () => {
    await director.order('日程 新增 4月30日 上午 望海区第一中学 随机督导 组长 李庚');
  });
  const LINES = ['日程 4月30日', '日程 李庚 4月30日', '日程 望海区第一中学 4月30日', '日程 4月25日至4月30日'];

  test.each(LINES)('is listed and counted for the office in its direct chat: “%s”', async (line) => {
    expect(await director.order(line)).toMatch(/共 1 项督导安排.*望海区第一中学 · 随机督导/s);
  });
  test('is the next one where no other is', async () => {
    expect(await director.order('日程 4月29日')).toMatch(/没有督导安排。下一次：4月30日.*望海区第一中学/s);
    expect(await director.in('city').say('日程 4月29日')).toMatch(/下一次：4月30日.*督导对象到时公布/s);
  });
  test('has no row for whoever must not know, and no target in any group', async () => {
    for (const seat of [supervisor, neighbour, liaison, member, member.in('county'), director.in('county')])
      for (const line of ['日程 4月30日', '日程 李庚 4月30日'])
        expect(await seat.say(line), `${seat.who}: ${line}`).toMatch(/^(?!.*随机督导).*没有督导安排/s);
    expect(await director.in('city').say('日程 4月30日')).toMatch(/^(?!.*第一中学).*共 1 项.*督导对象到时公布/s);
  });
});
