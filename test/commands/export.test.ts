import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('导出 is not for', () => {
  for (const seat of [stranger, stranger.in('county')])
    answers(seat, [
      ['导出 督导日程', '只有管理员、督导员、督学、领导、联络员可以用'],
      ['导出 任务', '请联系管理员'],
    ]);
  answers(liaison, [
    ['导出 通讯录', '只有管理员、督导员可以'],
    ['导出 审计', '只有管理员、督导员可以'],
  ]);
  answers(liaison.in('school'), [
    ['导出 提醒规则', '请联系管理员'],
    ['导出 督导日程 临江区第一中学', '只能查看本单位'],
  ]);
  // Of the city's office: sees the county, and has no right there.
  answers(supervisor, [['导出 审计 临江区', '这里不能看操作记录']]);
  answers(member.in('neighbours'), [['导出 任务', '这里不能导出表格']]);
  answers(director.in('county'), [
    ['导出 通讯录', '请在单聊里发送'],
    ['导出 审计', '请在单聊里发送'],
    ['导出 督导日程 临江区', '只能查看本单位'],
  ]);
});

describe('导出 that is half said, or of nothing', () => {
  answers(director, [
    ['导出', '可以导出', '例如：导出 督导日程 4月'],
    ['导出 督导日程 12月', '没有可导出的督导日程表'],
    ['导出 问题', '没有可导出的问题整改台账'],
    ['导出 通知回执', '没有可导出的通知回执表'],
    ['导出 民生实事', '没有可导出的任务分解表'],
    ['导出 节点', '没有可导出的'],
  ]);
});

describe('导出 with bad input', () => {
  answers(director, [
    ['导出 督导日程 2月30日', '没有“2月30日”这一天'],
    ['导出 任务 火星区', '没有看懂“火星区”'],
    ['导出 督导日程 2026年 火星小学', '没有找到单位“火星小学”'],
    ['导出 审计 天气', '没有看懂“天气”。类别有：'],
    ['导出 问题 一中', '“一中”有 2 个单位'],
  ]);

  test.each([
    '导出 督导日程 4月',
    '导出 本月的督导日程安排表',
    '导出任务分解表',
    '导出 望海区的任务清单',
    '导出 全部提醒规则',
    '导出 通讯录',
    '导出 操作记录 今天',
  ])('“%s” is understood', async (line) => {
    expect(await director.order(line)).toContain('文件随后发出');
  });
});

describe('导出 sends no more than was asked for', () => {
  answers(director, [
    ['导出 通讯录 4月', '通讯录不能按时间缩小，只能按单位'],
    ['导出 提醒规则 4月', '不能按时间缩小，只能全部导出'],
    ['导出 节点 逾期', '没有看懂“逾期”'],
    ['导出 督导日程 逾期', '没有看懂“逾期”'],
    ['导出 督导日程 已销号', '没有看懂“已销号”'],
    ['导出 任务 已销号', '没有看懂“已销号”'],
    ['导出 任务 逾期 已办结', '只能按一种情况导出'],
    ['导出 任务 逾期 5月', '只能按一种情况导出'],
  ]);
});

describe('a list is as wide as the right for that list', () => {
  const ofWanghai = /何辛|朱戊|望海区第一中学|139000000(?:10|11|12|13)/;

  test('whoever runs one county and is liaison of the next gets the mobiles and rules of the one', async () => {
    await director.order('角色 授予 联络员 临江区人民政府 李己 望海区');
    expect(await neighbour.files('导出 任务')).toMatch(/化解大班额.*报送校车台账|报送校车台账.*化解大班额/s);
    const book = await neighbour.files('导出 通讯录');
    expect(book).toContain('13900000023');
    expect(book).not.toMatch(ofWanghai);
    expect(await neighbour.files('导出 提醒')).toMatch(/^(?!.*望海区).*临江区工作群/s);
    expect(await neighbour.files('导出 审计')).not.toMatch(/望海区工作群/);
    expect(await neighbour.say('导出 通讯录 望海区')).toContain('您的角色只管所授单位及下属单位');
  });

  test('what somebody only reads is not exported beside what they may export', async () => {
    await director.order('角色 授予 观察员 临江区人民政府 李己 望海区第一中学');
    expect(await neighbour.say('日程 4月22日 望海区第一中学')).toContain('望海区第一中学');
    expect(await neighbour.files('导出 督导日程 4月')).toMatch(/^(?!.*望海区).*临江区第一中学/s);
  });
});
