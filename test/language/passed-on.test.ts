import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { seats } from '../commands/seats.ts';

const { director, liaison } = seats();

describe('what a list, an editor or a heading puts before a line is no part of it', () => {
  const marks = ['1. ', '1.', '2、', '（3）', '① ', '③', '• ', '- ', '* ', '●', '一、', '➤ '];
  test.each(marks)('%s日程 明天', async (mark) => {
    expect(await director.say(`${mark}日程 明天`)).toBe(await director.say('日程 明天'));
  });
  test.each(['【日程】明天', '【日程】 明天', '「日程」明天', '1. 【日程】明天', '[日程]：明天'])(
    '%s',
    async (line) => {
      expect(await director.say(line)).toBe(await director.say('日程 明天'));
    },
  );
  test('a date at the start stays one', async () => {
    expect(await director.say('4.21 日程')).toBe(await director.say('日程 4月21日'));
    expect(await director.say('21、22日督导')).not.toBe(await director.say('22日督导'));
  });
  test('each line of a list of commands is one', async () => {
    const answer = await director.say('1. 日程 明天\n2. 截止 本周\n3. 我的');
    for (const title of ['督导日程', '截止提醒', '我的']) expect(answer).toContain(title);
    expect(answer).not.toContain('没有看懂');
  });
  test('the items below one command stay its words', async () => {
    const answer = await director.say('通知 全部群：请做好\n1. 日程安排\n2. 材料准备');
    expect(answer).toContain('1. 日程安排');
  });
});

const NOTICES: readonly string[] = [
  '【通知】明天上午9点在局三楼开会，请准时参加',
  '【紧急】各校注意防汛，今天18点前报情况',
  '【提醒】明天停电',
  '关于开展防溺水专项督导的通知\n各县区教育局：\n定于4月21日开展督导。\n二、请各单位做好准备，取消D1督导\n特此通知。',
  '各县区教育局：\n请于4月24日前报送防溺水自查报告，逾期通报。\n市教育局督导室\n2026年4月20日',
  '转发市局通知：\n各学校请于明天下午3点前上报T1进展\n收到请回复',
  '转发：请各单位今天下班前报送台账\n完成 T1\n收到',
  '各位校长：\n任务 完成 T1\n进展 T1 100%',
];

describe('what is passed on to the bot', () => {
  test.each(NOTICES)('a notice of others is answered once, and nothing of it is done: %s', async (text) => {
    const answer = await director.say(text);
    expect(answer).toMatch(/^这是一份转发的文字$[\s\S]*没有当作命令办理[\s\S]*通知 群或单位：内容/m);
    expect(answer).not.toContain('没有看懂');
  });
  test.each([
    '#接龙\n防溺水家访完成情况\n1. 一中 朱戊 已完成\n2. 二中 收到\n3. ',
    '接龙：今天到校\n1. 朱戊 收到\n2. 完成 T1',
    '【接龙】报名\n日程 取消 D1',
    '请大家接着写\n#接龙\n1. 收到',
  ])('a 接龙 is answered once: %s', async (text) => {
    expect(await liaison.in('school').say(text)).toMatch(/^这是接龙$[\s\S]*没有登记任何内容/m);
  });
  test('several commands are no document, whatever they are about', async () => {
    for (const text of ['日程 明天\n截止 本周\n我的', '今天谁没收到通知\n日程 明天', '请问：\n日程 明天'])
      expect(await director.say(text)).not.toMatch(/^这是/m);
  });
  test('whatever stands below the address of a notice, nothing is done', async () => {
    const lines = registry.flatMap(({ examples }) => examples);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...lines), fc.constantFrom(...lines), async (one, two) => {
        expect(await director.say(`各县区教育局：\n${one}\n请各单位遵照执行。\n${two}`)).toMatch(
          /^这是一份转发的文字$/m,
        );
      }),
      { numRuns: 40 },
    );
  });
});
