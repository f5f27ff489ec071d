import { describe, expect, test } from 'vitest';
import { seats } from '../commands/seats.ts';

const { director } = seats();

/** An order as somebody asks whether it was carried out; the answer shows what it is about. */
const OF_TASKS = [
  'T6完成了吗',
  'T6 完成了没',
  'T6完成了没有？',
  'T6完成了么',
  '任务 完成 T6？',
  '任务 完成 T6 了吗',
  '任务 完成 T6 对不对',
  '任务 重开 T6 了吗',
  '任务 改期 T6 5月15日了吗',
  '任务 改期 T6 5月15日 原因 停课？',
  '任务 转交 T6 望海区财政局 原因 轮岗 对吗',
  '任务 保密 T6 吗',
  '催办 T6 了吗',
  '任务 催办 T6 请本周内报数，行吗',
  'T6 60%？',
  '进展 T6 50%对吗',
  '进展 T6 60% 已经做了，是不是',
  '进展 T6吗',
];
const OF_VISITS = [
  'D5取消了吗',
  'D5 取消没',
  '日程 取消 D5 吗',
  'D5 改到5月13日了吗',
  '日程 变更 D5 组长 李庚？',
  '日程 延期 D5 5月12日 原因 台风 对吗',
  '日程 恢复 D5 了没有',
];

describe('what asks is not carried out, and what it asks about is shown', () => {
  test.each(OF_TASKS)('%s', async (line) => {
    expect(await director.say(line)).toMatch(/任务 T6\n没有办理：这是在问。\n任务：报送校车台账/);
  });

  test.each(OF_VISITS)('%s', async (line) => {
    expect(await director.say(line)).toMatch(/督导安排 D5\n没有办理：这是在问。\n时间：5月6日/);
  });

  test.each([
    '任务 新增 报招生计划 牵头 望海区教育局 截止 6月15日？',
    '日程 新增 4月30日 上午 望海区第一中学 专项督导 组长 韩丙，可以吗',
    '设置 免打扰 22:00-07:00 对吗',
    '提醒 停用 1 了吗',
    '全部暂停了吗',
    '专项 归档 望海区 两项督导 确认？',
    '角色 授予 联络员 望海区教育局 冯癸 了吗',
  ])('%s', async (line) => {
    expect(await director.say(line)).toContain('没有办理：这是在问');
  });

  test('of what is not there it is said that it is not', async () => {
    expect(await director.say('T99完成了吗')).toMatch(/没有办理：这是在问.*没有编号为 T99 的任务/s);
  });

  test('each line of a message asks for itself', async () => {
    expect(await director.say('T6完成了吗\n任务 T5')).toMatch(/没有办理：这是在问/);
    expect(await director.order('任务 完成 T4\nT6完成了吗')).toMatch(/T4.*没有办理：这是在问/s);
  });

  test('what is no question is done', async () => {
    expect(await director.order('任务 完成 T6 材料已经收齐没有遗漏')).toContain('T6');
  });
});
