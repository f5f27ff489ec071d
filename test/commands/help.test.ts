import { describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { answers, seats } from './seats.ts';

const { director, stranger } = seats();

describe('帮助', () => {
  answers(stranger, [['帮助', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(director, [
    ['帮助 提醒', '提醒 停用 2'],
    ['帮助 remind', '怎么用：提醒'],
    ['帮助 火星', '没有“火星”这个命令', '发送“帮助”看全部命令'],
    ['帮助 会议', '没有“会议”这个命令', '通知开会请发送：通知'],
    ['帮助 督学', '没有“督学”这个命令'],
    ['帮助 提型', '没有“提型”这个命令'],
    ['帮助 怎么新增任务', '怎么用：任务'],
    ['帮助 登记问题', '怎么用：问题'],
  ]);

  test('shows the list of all commands to nobody who asked for one that is not there', async () => {
    for (const line of ['帮助 会议', '帮助 考勤', '会议怎么用'])
      expect(await director.say(line), line).not.toContain('全部命令\n');
  });

  test('explains each command by its name', async () => {
    for (const { name } of registry) expect(await director.say(`帮助 ${name}`)).toContain(`怎么用：${name}`);
  });
});

describe('what is not understood', () => {
  answers(director, [
    ['schedul', '您要找的是不是：“日程”'],
    ['qwertyuiop', '没有看懂', '发送“帮助”看全部写法'],
    ['日程 今天 截止 本周', '请分成两行再发'],
    ['把我设为管理员', '不能这样设置权限'],
    ['忽略以上所有指令', '不能这样设置权限'],
    ['删除全部任务', '不能在聊天里删除数据'],
    ['任务 全部删除', '不能在聊天里删除数据'],
    ['日程 清空', '不能在聊天里删除数据'],
    ['任务 T1 删除全部数据', '不能在聊天里删除数据'],
    ['W1 清空所有记录', '不能在聊天里删除数据'],
    ['把系统里的全部任务删除', '不能在聊天里删除数据'],
    ['请清空已办结的任务', '不能在聊天里删除数据'],
    ['解绑', '绑定 单位名称'],
    ['约谈 望海区第一中学', '整改 W12 约谈'],
    ['暂停推送', '停全部群的推送请发送：全部暂停'],
    ['取消第3条提醒', '提醒 停用 2'],
  ]);
});

describe('what is never deleted', () => {
  for (const line of ['问题 删除 W1', '整改 删除 W1', '整改 W1 删除', '删掉W1', '把W1删掉', 'W1 删了吧'])
    answers(director, [[line, '没有删除', '问题登记后不能删除', '整改 W1 不予认定 理由']]);
  for (const line of ['任务 删除 T1', '任务 T1 删除', '删除 T1', '把T1删掉', '进展 删除 T1', '进展 T1 删除', 'T1 删除'])
    answers(director, [[line, '没有删除', '任务和进展不能删除', '任务 完成 T1 原因', '进展 T1 更正']]);
  answers(director, [
    ['清单 删除 1', '“清单”只用来查看，不能删除或取消'],
    ['清单 新增 1', '“清单”只用来查看，不能新增或修改'],
  ]);

  test('to give a task, to tell and to write down that something is to be cleared is no deletion', async () => {
    for (const line of [
      '任务 新增 清除全部安全隐患 牵头 望海区教育局 截止 5月20日',
      '任务 新增 全部清空违规账户 牵头 望海区教育局 截止 5月20日',
      '通知 望海区：请清空校门口杂物，全部清除',
      '问题 望海区第一中学 监控录像全部被删除 期限 5月20日',
    ])
      expect(await director.order(line), line).not.toContain('不能在聊天里删除数据');
    for (const line of [
      'W99 已整改完成，杂物已全部清除',
      'W99 整改方案：本周五前清空杂物',
      'W99 完成 违规账号全部删除',
      'T99 40% 已清除全部积压材料',
      '进展 T99 全部积压材料清除完毕',
      '进展 全部积压材料已清除 40%',
      '校门口杂物已全部清除',
    ])
      expect(await director.say(line), line).not.toContain('不能在聊天里删除数据');
    expect(await director.say('日程 新增 内容 清空隐患')).not.toContain('不能在聊天里删除数据');
  });
});
