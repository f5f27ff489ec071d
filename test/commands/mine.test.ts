import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, neighbour, liaison, member, outsider, stranger } = seats();

describe('我的 is not for', () => {
  answers(stranger, [['我的', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('county'), [['我的', '我是 姓名']]);
  answers(stranger.in('unbound'), [['我的', '本群还没有绑定单位']]);
});

describe('我的 with bad input', () => {
  answers(director, [['我的 新增', '只用来查看']]);
});

describe('我的 shows what names a person, then what the unit answers for', () => {
  answers(liaison, [
    ['我的', '望海区第一中学 · 综合督导', '望海区第一中学 · 复查', '本单位的到期事项', '配合（2 项）', 'T1'],
    ['要我报什么', '报送自查报告'],
    ['截止 我', '报送自查报告'],
    ['日程 我 本周', '共 2 项'],
    ['我的任务', '共 2 项'],
    ['进展 我的', '共 2 项'],
  ]);
  answers(liaison.in('school'), [
    ['我的', '望海区第一中学 · 综合督导', '报送自查报告'],
    ['要我报什么', '报送自查报告'],
  ]);
  answers(liaison.in('county'), [['我的', '望海区第一中学 · 综合督导', '报送自查报告']]);
  answers(member, [['我的', '到期事项', '牵头（4 项）', '本单位的到期事项', '核拨公用经费']]);
  answers(outsider, [['我的', '报送校车台账', '没有您的督导安排，也没有到本单位的']]);
  answers(neighbour, [
    ['我的', '没有您的，也没有本单位的到期事项。其他单位有任务 1 项，请发送：任务', '其他单位有 1 项，请发送：日程'],
  ]);

  test('with a button to report on what one may report on, and on nothing else', async () => {
    expect(await liaison.say('我的')).not.toContain('【报进展');
    await director.in('county').order('任务 新增 校舍排查 牵头 望海区第一中学 截止 4月24日');
    const answer = await liaison.say('我的');
    expect(answer).toContain('【报进展 T7】');
    expect(answer).not.toContain('【报进展 T1】');
    const own = await member.say('我的');
    expect(own).toContain('【报进展 T2】');
    expect(own).not.toContain('【报进展 T3】');
  });

  test('what was just given to the unit, and a problem that it must mend', async () => {
    await director.in('county').order('任务 新增 校舍排查 牵头 望海区教育局 截止 4月24日');
    await director.in('county').order('问题 望海区教育局 台账不全 立行立改');
    for (const seat of [member, member.in('county')]) {
      const answer = await seat.say('我的');
      for (const word of ['T7', '校舍排查', 'W1 台账不全']) expect(answer).toContain(word);
    }
    expect(await liaison.say('我的')).not.toContain('校舍排查');
  });

  test('an unannounced visit to the unit is withheld until it begins', async () => {
    await director.order('日程 新增 4月23日 望海区第一中学 随机督导 食堂 组长 李庚');
    for (const seat of [liaison, liaison.in('school')])
      for (const line of ['我的', '日程 我 本周']) expect(await seat.say(line)).not.toContain('随机督导');
  });
});
