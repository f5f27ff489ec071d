import { describe, expect, test } from 'vitest';
import { moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, outsider, stranger, to } = seats();
const county = director.in('county');

describe('通知 is not sent by', () => {
  answers(stranger, [['通知 望海区：明天开会', '还不知道您是谁，请先发送：我是 姓名']]);
  for (const seat of [member, member.in('county'), stranger.in('county'), liaison.in('school')])
    answers(seat, [['通知 明天下午3点开调度会', '只有管理员、督导员可以发通知']]);
  answers(supervisor, [['通知 临江区：明天开会', '这里不能发通知']]);
  answers(neighbour.in('county'), [['通知 明天开会', '这里不能发通知']]);
});

describe('通知 that is half said', () => {
  answers(county, [['通知', '最近没有通知', '发通知：通知']]);
  answers(director, [
    ['通知', '最近没有通知'],
    ['通知 开会', '请先写发给哪个群或单位'],
    ['通知 望海区：', '请先写发给哪个群或单位'],
    ['谁没收到', '没有'],
  ]);
});

describe('通知 with bad input', () => {
  answers(director, [
    ['通知 火星区：开会', '没有找到单位'],
    ['通知 望海一种：开会', '是不是：望海区第一中学'],
    ['通知 望海区财政局：开会', '没有'],
    ['通知 全部群：周五停电', '将发到 4 个群', '请确认后发送'],
    ['通知 999', '没有编号为 999 的通知'],
    ['谁没收到 999', '没有编号为 999 的通知'],
    ['谁没收到 4月19日', '没有要确认的推送'],
    [`通知 望海区：${'长'.repeat(2_000)}`, '写得太长了', '最多 1000 字'],
  ]);
  answers(county, [
    ['通知 开会 截止 昨天', '已经过了'],
    ['通知 开会 截止 2月30日', '没有“2月30日”这一天'],
    ['通知 开会 截止 随便', '没有看懂截止时间'],
    ['通知 开会 截止 五月初五 17:00', '像是农历'],
    ['通知 开会 截止 4月15日', '是明年的话'],
    [`通知 ${'长'.repeat(2_000)}`, '写得太长了'],
  ]);
});

describe('a notice that was sent', () => {
  test('is not another chat’s, and who has it is not everybody’s to know', async () => {
    await county.order('通知 报送校车台账');
    expect(await outsider.in('neighbours').say('通知 1')).toContain('没有编号为 1 的通知');
    expect(await outsider.say('通知 1')).toContain('没有');
    expect(await outsider.say('谁没收到 1')).toContain('看谁没收到');
    expect(await neighbour.say('谁没收到 1')).toContain('看谁没收到');
  });

  test('from last year is over', async () => {
    await county.order('通知 报送校车台账');
    to(moment('2027-04-22', '12:30'));
    expect(await member.in('county').say('收到 1')).toMatch(/是 2026 年发的，已过期/);
  });
});
