import { describe, expect, test } from 'vitest';
import { answers, seats } from '../commands/seats.ts';

const { director, neighbour, liaison, member, clerk } = seats(async (seated) => {
  await seated.director.in('county').order('问题 一中 教师培训台账不全 10个工作日');
});

const WHERE = '这里只看“望海区财政局”；望海区人民政府的请到“望海区工作群”里问';

describe('nothing is said of what was looked through alone', () => {
  answers(clerk, [
    ['整改', '没有未销号问题', WHERE],
    ['整改 W1', '这里没有问题 W1', WHERE],
    ['问题 W1', '这里没有问题 W1', WHERE],
    ['日程 本周', '没有督导安排', WHERE],
    ['日程 4月25日', '没有督导安排', WHERE],
    ['日程 D1', 'D1', WHERE],
    ['任务 红灯 民生实事', '没有这样的任务', WHERE],
    ['任务 T6', '没有编号为 T6 的任务', WHERE],
    ['进展 T6 60%', '没有编号为 T6 的任务', WHERE],
    ['进展 民生实事', '没有这样的任务', WHERE],
    ['汇总', '还没有登记的问题', WHERE],
    ['汇总 民生实事', '没有民生实事', WHERE],
  ]);
  answers(liaison, [
    ['任务 T6', '这里只看“望海区第一中学”；望海区人民政府的请到“望海区工作群”里问'],
    ['截止 逾期', '逾期没有到期事项', '这里只看“望海区第一中学”'],
  ]);
  answers(neighbour, [['任务 T2', '这里只看“临江区人民政府”；云溪市的请到“市局工作群”里问']]);

  test.each(['整改', '日程 本周', '任务'])('what is found needs no such word: %s', async (line) => {
    expect(await liaison.say(line)).not.toContain('这里只看');
  });

  test('nor does a group, or who sees everything', async () => {
    expect(await member.in('county').say('任务 T6')).not.toContain('这里只看');
    expect(await director.say('任务 T99')).not.toContain('这里只看');
  });
});
