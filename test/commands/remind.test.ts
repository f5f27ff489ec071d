import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();
const county = director.in('county');

describe('提醒 is not for', () => {
  for (const seat of [stranger, member, liaison, member.in('county')])
    answers(seat, [
      ['提醒', '只有管理员、督导员可以用'],
      ['提醒 新增 每天 9:00 今日日程', '只有管理员、督导员可以用'],
      ['提醒 删除 1', '只有管理员、督导员可以用'],
      ['每天9点推送今日日程', '只有管理员、督导员可以用'],
    ]);
  answers(supervisor.in('neighbours'), [['提醒 停用 1', '您的角色只管所授单位及下属单位，这里不能设置提醒']]);
  answers(neighbour.in('county'), [['提醒 停用 1', '您的角色只管所授单位及下属单位，这里不能设置提醒']]);
  answers(neighbour, [['提醒 停用 1 在“望海区工作群”', '没有叫“望海区工作群”的已绑定的群']]);
  answers(director.in('unbound'), [['提醒', '本群还没有绑定单位，请先发送：绑定 单位名称']]);
});

describe('提醒 that is half said', () => {
  answers(county, [
    ['提醒 新增', '新增提醒', '哪些天发（必填）'],
    ['提醒 停用', '请写上编号', '提醒 停用 2'],
    ['提醒 删除', '请写上编号', '提醒 删除 2'],
    ['提醒 删除规则', '请写上编号', '提醒 删除 2'],
    ['提醒 修改 2', '修改第 2 条提醒'],
    ['提醒 新增 每周 9:00 今日日程', '请写明每周哪一天'],
    ['提醒 新增 每月 9:00 今日日程', '请写明每月哪一天'],
  ]);
  answers(director, [
    ['提醒 停用 5', '请写明哪个群'],
    ['提醒 停用', '请写'],
  ]);
});

describe('提醒 of what no reminder brings names it, and says what they bring', () => {
  const contents = '可以发：今日日程、截止提醒、倒计时、进展催报、进展汇总、本周日程、本月日程';
  for (const [line, what] of [
    ['每周五 16:00 下周日程', '下周日程'],
    ['每天 17:00 明日督导安排', '明日督导安排'],
    ['16:00 每周五 问题清单', '问题清单'],
    ['每周一、三 9:00 考勤', '考勤'],
    ['每月10日 9:00 上个月安排', '上个月安排'],
    ['每个工作日 9:00 天气 遇休息日顺延', '天气'],
  ] as const)
    for (const seat of [county, director]) answers(seat, [[`提醒 新增 ${line}`, `没有“${what}”这种内容。${contents}`]]);
  answers(county, [['提醒 新增 每隔三天 9:00 今日日程', '每隔三天']]);
});

test('a rule beside one that brings the same on the same day says so; other days and contents do not', async () => {
  const twice = '第 1 条也发今日日程（每个工作日 08:30 今日日程）：同一天会发两次。只要一次，请发送：提醒 停用 1';
  expect(await county.order('提醒 新增 每周一 14:00 今日日程')).toContain(`本群${twice}`);
  expect(await director.order('提醒 新增 每周二 15:00 今日日程 发到“望海区工作群”')).toContain(twice);
  const only = async (line: string) => expect(await county.order(line)).not.toContain('会发两次');
  await only('提醒 新增 每周六 9:00 今日日程 遇休息日照发 至2026-05-03');
  await only('提醒 停用 1');
  await only('提醒 修改 1 09:30');
  expect(await county.order('提醒 启用 1')).toContain('会发两次');
});

describe('提醒 with bad input', () => {
  answers(county, [
    ['提醒 新增 每周一 25:00 本周日程', '没有“25:00”这个时间'],
    ['提醒 新增 2月30日 9:00 今日日程', '没有“2月30日”这一天'],
    ['提醒 新增 每天 21:59 今日日程', '已是免打扰时段（22:00 至次日 07:00），不会发。请改到 21:50 或更早'],
    ['提醒 修改 1 21:59', '请改到 21:50 或更早'],
    ['提醒 新增 每天 22:00 今日日程', '22:00 在免打扰时段（22:00 至次日 07:00）'],
    ['提醒 新增 每年10月1日 9:00 今日日程 遇休息日跳过', '以后几年里一次也不会发'],
    ['提醒 新增 每年10月1日 9:00 截止提醒 遇休息日照发', '截止提醒只在工作日发'],
    ['提醒 新增 每周一 9:00 本周日程 至2026-04-19', '已经过去'],
    ['提醒 新增 每周五 9:00 本周日程 至2026-04-21', '到 2026-04-21 为止一次也不会发'],
    ['提醒 新增 每周一 9:00 本周日程 发到“没有的群”', '没有叫“没有的群”的已绑定的群'],
    ['提醒 新增 每周日 9:00 截止提醒', '一次也不会发'],
    ['提醒 新增 每周六、日 9:00 今日日程 遇休息日跳过', '几乎一次也不会发'],
    ['提醒 新增 每个工作日 9:00 今日日程 遇休息日照发', '不落在休息日'],
    ['提醒 新增 每个工作日 08:30 今日日程', '第 1 条已经是'],
    ['提醒 改为提前7天3天1天', '到期前 7、3、1 天'],
    ['提醒 停用 9', '没有编号为 9 的提醒规则'],
    ['提醒 停用 999', '没有编号为 999 的提醒规则'],
    ['提醒 停用 1 明天', '没有执行。没看懂“明天”'],
    ['提醒 停用 三楼 1', '没看懂“三楼 1”'],
    ['提醒 停用 1 2', '写了两个编号（1、2）'],
    ['提醒 停用 1、2', '写了两个编号（1、2）'],
    ['提醒 把第1条提醒停用 明天', '没看懂“明天”'],
    ['提醒 列表 三楼', '没有看懂“列表三楼”'],
    ['提醒 新增 每周一 7 9:00 本周日程', '没有看懂“每周一 7”'],
    ['提醒 新增 每周一 9点 7 本周日程', '没有看懂“每周一7”'],
    ['提醒 新增 每周一 9点 本周日程 今日日程', '写了今日日程、本周日程'],
    ['提醒 新增 每周一 9点 10点 本周日程', '写了 2 个时间（09:00、10:00）'],
    ['提醒 启用 1', '本来就是启用的'],
    ['把第77条提醒改到9点', '没有编号为 77 的提醒规则'],
    ['停用第77条提醒', '没有编号为 77 的提醒规则'],
    ['提醒 改 77 9点', '没有编号为 77 的提醒规则'],
  ]);

  test('leaves the rules as they were', async () => {
    await county.say('提醒 新增 每周日 9:00 截止提醒');
    expect(await county.say('提醒')).toContain('共 5 条，启用 5 条');
  });

  test('of a group that has twenty rules: the twenty-first is refused', async () => {
    for (let minute = 10; minute < 25; minute += 1) await county.order(`提醒 新增 每周五 9:${minute} 截止提醒`);
    expect(await county.say('提醒 新增 每周五 10:30 截止提醒')).toContain('已有 20 条规则');
  });
});

describe('提醒 is said in any order', () => {
  test.each(['提醒 在“望海区工作群” 停用 1', '提醒 停用 1 在“望海区工作群”', '提醒 停用 在“望海区工作群” 1'])(
    '%s',
    async (line) => {
      expect(await director.order(line)).toContain('第 1 条提醒已停用');
    },
  );

  test.each(['提醒 在“望海区工作群” 新增 每天 9点 30 今日日程', '提醒 新增 每天9点 30分 今日日程 发到“望海区工作群”'])(
    '%s',
    async (line) => {
      expect(await director.order(line)).toContain('09:30 今日日程');
    },
  );

  test.each(['把第1条提醒停用', '提醒 停用规则 1', '停用第1条提醒', '提醒 第1条停用'])('%s', async (line) => {
    expect(await county.order(line)).toContain('第 1 条提醒已停用');
  });
});

test('a changed rule is answered with what it was and what it is; one that says the same is not', async () => {
  const answer = await county.order('提醒 修改 1 09:45');
  expect(answer).toMatch(/由“[^”]*08:30[^”]*”改为“[^”]*09:45[^”]*”/);
});
