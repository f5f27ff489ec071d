import { describe, expect, test } from 'vitest';
import { seats } from '../commands/seats.ts';

const { director } = seats();

describe('a question for a day on which nobody works', () => {
  test('says so and shows the visits of the next working day', async () => {
    const answer = await director.say('日程 5月1日');
    expect(answer).toContain('5月1日（周五）劳动节放假，下一个工作日是5月6日（周三）。');
    expect(answer).toMatch(/5月6日（周三）\s+1\. /);
    expect(await director.say('日程 五一')).toContain('5月1日（周五）到5月5日（周二）劳动节放假');
    expect(await director.say('日程 4月25日')).toContain('4月25日（周六）休息，下一个工作日是4月27日（周一）。');
    expect(await director.say('日程 4月21日')).not.toContain('下一个工作日');
  });

  test('says so of deadlines as well', async () => {
    await director.order('任务 新增 报材料 牵头 望海区教育局 截止 5月6日');
    expect(await director.say('截止 5月1日')).toMatch(/劳动节放假，下一个工作日是5月6日（周三）。.*报材料/s);
    expect(await director.say('截止 4月25日')).toContain('4月27日（周一）没有到期事项');
  });
});

describe('words for a day', () => {
  test('暑假前 is what 校历 has, and is asked for where it has none', async () => {
    const task = '任务 新增 报总结 牵头 望海区教育局 截止 暑假前';
    expect(await director.say(task)).toContain('“暑假前”要看校历，这里的校历还没有录入暑假');
  });

  test('节后第一天, 下个月第一周 and 五天内 are understood', async () => {
    expect(await director.say('日程 节后第一天')).toContain('5月6日（周三）');
    expect(await director.say('日程 下个月第一周')).toContain('5月4日—10日');
    expect(await director.in('city').say('日程 五天内')).toContain('4月20日—25日');
    expect(await director.order('任务 新增 报总结 牵头 望海区教育局 截止 下个月第一周')).toContain('5月9日（周六）');
  });
});
