import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('审计 is not for', () => {
  for (const seat of [stranger, liaison, member]) answers(seat, [['审计', '只有管理员、督导员可以用，请联系管理员']]);
  answers(director.in('county'), [['审计', '请在单聊里发给督导助手']]);
  answers(supervisor, [['审计 临江区', '您的角色只管所授单位及下属单位']]);
  answers(neighbour, [['审计 望海区', '您的角色只管所授单位及下属单位']]);

  test('another county’s record: without a unit it is one’s own', async () => {
    await director.in('county').order('提醒 停用 1');
    expect(await neighbour.say('审计')).not.toContain('望海区工作群');
  });
});

describe('审计 with bad input', () => {
  answers(director, [
    ['审计 2026-03-01', '没有操作记录'],
    ['审计 2月30日', '没有“2月30日”这一天'],
    ['审计 王小二麻子', '没有找到'],
    ['审计 天气', '没有找到“天气”', '类别'],
    ['审计 火星区', '没有找到单位“火星区”'],
    ['审计 临江区教育局 朱戊', '通讯录里没有', '朱戊'],
    ['审计 删除', '只用来查看'],
  ]);
});
