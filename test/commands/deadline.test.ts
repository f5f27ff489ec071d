import { describe, expect, test } from 'vitest';
import { moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, member, outsider, stranger, to } = seats();

describe('截止 is not for', () => {
  answers(stranger, [['截止', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['截止', '本群还没有绑定单位']]);
  answers(director.in('neighbours'), [['截止 5月 望海区', '这里不能查看“望海区人民政府”']]);
  answers(member.in('county'), [['截止 本周 临江区', '这里不能查看“临江区人民政府”']]);
  answers(outsider, [['截止 逾期 望海区教育局', '这里不能查看“望海区教育局”']]);
});

describe('截止 asked of a task by words of its title', () => {
  answers(member.in('county'), [
    ['自查报告什么时候交？', '“自查报告”共 1 项', 'T1'],
    ['归集佐证材料什么时候到期', '“归集佐证”共 1 项', 'T4', '6月15日'],
    ['截止 化解大班额', '“化解大班额”共 1 项', 'T2'],
    ['火箭什么时候交', '没有理解“火箭”'],
  ]);
});

describe('截止 asked of a day without its year', () => {
  answers(director, [
    ['截止 3月1日', '3月1日（周日）没有到期还没办结的事项'],
    ['截止 3月1日前', '3月1日（周日）前没有到期还没办结的事项'],
    ['截止 12月31日', '12月31日（周四）'],
  ]);
  test('shows the year where it is not this one', async () => {
    to(moment('2026-12-10', '09:00'));
    expect(await director.say('截止 1月5日')).toContain('2027年1月5日（周二）');
  });
  test('finds what is overdue since then', async () => {
    await director.order('任务 新增 报送自查报告 牵头 望海区教育局 截止 4月24日');
    to(moment('2026-06-01', '09:00'));
    expect(await director.say('截止 4月24日')).toMatch(/4月24日（周五）共 1 项，逾期 1 项.*报送自查报告/s);
    expect(await director.say('截止 4月')).toContain('报送自查报告');
  });
});

test('what is due on one day stands by number, T2 before T10, and what is overdue before it, the longest first', async () => {
  const given: number[] = [];
  for (const [at, what] of ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'].entries()) {
    const day = { 2: 27, 3: 26 }[at] ?? 28;
    const answer = await director.order(`任务 新增 报送${what}表 牵头 望海区教育局 截止 5月${day}日`);
    given.push(Number(/T(\d+)/.exec(answer)?.[1]));
  }
  const [a = 0, b = 0, c = 0, d = 0, ...more] = given;
  expect(`T${more.at(-1)}` < `T${a}`).toBe(true);
  to(moment('2026-05-28', '09:00'));
  for (const line of ['截止 5月28日前', '任务 报送', '进展 报送']) {
    const read = [...(await director.say(line)).matchAll(/T(\d+)/g)].map(([, number]) => Number(number));
    const listed = [...new Set(read)].filter((number) => given.includes(number));
    expect(listed, line).toEqual([d, c, a, b, ...more]);
  }
});

describe('截止 with bad input', () => {
  answers(director, [
    ['截止 2月30日', '没有“2月30日”这一天'],
    ['截止 2月30日前', '2月30日', '这一天'],
    ['截止 火星区', '没有找到单位“火星区”'],
    ['截止 一中', '“一中”有 2 个单位'],
    ['截止 本周 三楼', '没有理解“三楼”'],
    ['截止 新增', '只用来查看'],
  ]);
});

describe('截止 of what is not delivered', () => {
  for (const line of ['哪些县区没交', '未报的', '全市还有几项没完成', '截止 未完成'])
    answers(director.in('city'), [
      [line, '没有完成的共 6 项', '望海区教育局 4 项、', '临江区教育局 1 项', '归集佐证材料'],
    ]);
  answers(director.in('city'), [
    ['逾期的有哪些单位', '逾期共 1 项', '望海区教育局 1 项'],
    ['本周没交的', '4月20日—26日'],
  ]);
});
