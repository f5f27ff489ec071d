import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('设置 is not for', () => {
  for (const seat of [stranger, liaison, supervisor, member.in('county')])
    answers(seat, [
      ['设置', '只有管理员可以用'],
      ['设置 免打扰 关闭', '只有管理员可以用'],
      ['设置 撤回', '只有管理员可以用'],
    ]);
  answers(neighbour, [['设置 免打扰 关闭', '只有管理全部单位的管理员可以用']]);
});

describe('设置 that is half said', () => {
  answers(director, [
    ['设置 免打扰', '22:00–次日07:00', '范围'],
    ['设置 撤回', '还没有改过设置'],
    ['撤回刚才的设置', '还没有改过设置'],
    ['设置 专项', '没有“专项”这个设置'],
  ]);
});

describe('设置 with bad input', () => {
  answers(director, [
    ['设置 免打扰 22:00-07:00 三楼', '不能作为“免打扰”'],
    ['设置 截止提醒天数 7、3、1 三楼', '不能作为'],
    ['设置 截止提醒天数 恢复默认 三楼', '不能作为'],
    ['设置 撤回 三楼', '没有执行。没看懂“三楼”'],
    ['设置 三楼 免打扰 关闭', '没有“三楼 免打扰 关闭”这个设置'],
    ['设置 截止提醒天数 7、3、1 90', '不能作为'],
    ['设置 截止提醒天数 7、3、1 5', '不能作为“截止提醒天数”'],
    ['设置 专项 望海区 两项督导 三楼 升级天数 1、2、3、4', '没有“三楼 升级天数 1、2、3、4”这个设置'],
    ['设置 专项 望海区 临江区 两项督导 升级天数 1、2、3、4', '写了 2 个单位（望海区、临江区）'],
    ['设置 专项 两项督导 三楼', '三楼'],
    ['设置 专项 望海区 两项督导 升级天数 1、2、3、4 三楼', '不能作为'],
    ['设置 免打扰 25:00-07:00', '不能作为“免打扰”'],
    ['设置 免打扰 上午', '范围：晚上 18:00–23:59 开始'],
    ['设置 截止提醒天数 90', '范围：0 到 60'],
    ['设置 推送自检 3点', '08:00 到 17:55'],
    ['设置 提示音 响', '没有“提示音 响”这个设置', '可以设置：免打扰、截止提醒天数'],
    ['设置 免打扰 22:00-07:00', '全部群的“免打扰”本来就是“22:00–次日07:00”'],
    ['设置 导入确认时间 恢复默认', '没有变化'],
    ['设置 专项 三项督导 升级天数 1、2、3、4', '没有找到专项“三项督导”'],
    ['设置 专项 望海区 两项督导 升级天数 5、2、3、4', '不能作为'],
    ['设置 专项 望海区 两项督导 免打扰 关闭', '不能按专项设'],
  ]);

  test('twice the same is said to be so already, and a change is taken back once', async () => {
    expect(await director.order('设置 每群每天消息数 6')).toContain('已修改设置');
    expect(await director.say('设置 每群每天消息数 6')).toContain('没有变化');
    await director.order('设置 撤回');
    expect(await director.say('设置 撤回')).toContain('已经撤回过了');
  });

  test.each(['望海区“两项督导”', '望海区的两项督导', '望海区两项督导'])('专项 %s is named so too', async (program) => {
    expect(await director.order(`设置 专项 ${program} 升级天数 2、5、10、20`)).toContain('改为“2、5、10、20”');
  });
});

test('进展报送日 says what it still lacks, and nothing once it works', async () => {
  const lacking = await director.order('设置 进展报送日 20');
  expect(lacking).toContain('要起作用，还缺：还没有群在催报：请在工作群发送“提醒 新增 每月20日 9:00 进展催报”');
  await director.in('county').order('提醒 新增 每月20日 9:00 进展催报');
  expect(await director.order('设置 进展报送日 21')).not.toContain('还缺');
  expect(await director.order('设置 进展报送日 关闭')).not.toContain('还缺');
});
