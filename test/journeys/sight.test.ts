import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { textOf } from '../../src/excel/workbook.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let county: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'journey_sight');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  county = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.leader], who);
  await boundGroup(world, '望海实小群', '望海区实验小学', [who.school], who);
  // The next heartbeats learn who people are.
  await world.to(shanghai('2026-04-20', '07:15'));
  await privately(who.director, '角色 授予 督导员 望海区教育局 陈甲 望海区');
  await privately(who.director, '角色 授予 领导 临江区教育局 陈甲 望海区');
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const privately = (openId: string, text: string) => world.ask(direct(openId), openId, text);
const inCounty = (text: string) => world.ask(county, who.director, `@督导助手 ${text}`);

describe('the same seat sees the same width, whatever it asks', () => {
  test('the office over all units reads every county’s deadlines, lists and dates in the direct chat', async () => {
    expect(await privately(who.director, '截止 逾期')).toContain('化解大班额');
    expect(await privately(who.director, '截止')).toMatch(/核拨公用经费.*报送校车台账|报送校车台账.*核拨公用经费/s);
    expect(await privately(who.director, '截止 望海区')).toContain('化解大班额');
    expect(await privately(who.director, '清单 望海区 未完成')).not.toContain('不能查看');
    expect(await privately(who.director, '日程 望海区')).toContain('望海区第一中学');
    expect(await privately(who.director, '专项 两项督导')).toMatch(/请在名称前写上单位|路线图/);
  });

  test('a leader reads what the role reaches and their own unit, and no question gives more or less', async () => {
    for (const line of ['截止 逾期', '任务', '进展', '汇总 任务'])
      expect(await privately(who.linjiang, line), line).toMatch(/化解大班额|望海区/);
    expect(await privately(who.linjiang, '截止')).toContain('报送校车台账');
    expect(await privately(who.linjiang, '日程 4月22日')).toContain('望海区第一中学');
    expect(await privately(who.linjiang, '清单 望海区 未完成')).not.toContain('不能查看');
    const [exported] = await world.say(direct(who.linjiang), who.linjiang, '导出 任务');
    expect(exported?.text).toMatch(/共 6 条.*临江区.*望海区/s);
  });

  test('a unit that may not be looked through is refused, never called free of anything', async () => {
    for (const line of [
      '截止 临江区',
      '任务 临江区',
      '进展 临江区',
      '汇总 任务 临江区',
      '整改 临江区',
      '倒计时 临江区',
    ])
      expect(await inCounty(line), line).toContain('这里不能查看“临江区');
  });

  test('nothing is said of units and days that were looked through, by name', async () => {
    expect(await inCounty('截止 2026年3月2日')).toContain('望海区人民政府 3月2日（周一）没有到期还没办结的事项');
  });
});

describe('what comes after an empty range', () => {
  test('is looked for from today on when the range is over', async () => {
    expect(await inCounty('日程 上周')).toMatch(/没有督导安排。下一次：4月20日（周一）.*望海区第一中学/);
    expect(await inCounty('日程 5月7日')).toMatch(/没有督导安排。下一次：5月9日/);
    expect(await inCounty('日程 8月')).toContain('没有督导安排，之后也没有已登记的安排');
    expect(await inCounty('日程 上周 望海区实验小学')).toContain('没有督导安排，从今天起也没有已登记的安排');
  });
});

describe('an unannounced visit before it begins', () => {
  /** To 望海区实验小学 at nine, and again tomorrow with a teacher of another school of the county on the team. */
  let betrays: RegExp;
  const sheetOf = async (message: MessageView | undefined): Promise<string> => {
    const { name, bytes } = world.lark.control.file(message?.messageId ?? '');
    const workbook = await openWorkbook(bytes, name);
    if (isRefusal(workbook)) throw new Error(workbook.message);
    return (workbook.sheets[0]?.rows ?? []).flatMap((row) => row.map((cell) => textOf(cell))).join('|');
  };

  beforeAll(async () => {
    await privately(who.director, '角色 授予 管理员 望海区教育局 陈甲 望海区');
    await privately(who.director, '日程 新增 4月21日 上午 望海区实验小学 随机督导 组长 韩丙 成员 朱戊');
    await inCounty('提醒 新增 每个工作日 10点 当日督导');
    await inCounty('提醒 新增 每个工作日 11点 本周督导');
    expect(await privately(who.school, '日程 4月21日')).toContain('望海区实验小学');
    const { store } = world.bot.core;
    const span = { from: date('2026-04-20'), to: date('2026-04-21') };
    const visits = await store.inspections({ scope: { unitIds: await store.roots() }, span });
    const numbers = visits.flatMap(({ unannounced, number }) => (unannounced ? [number] : []));
    expect(numbers).toHaveLength(2);
    betrays = new RegExp(`望海区实验小学|食堂|D(?:${numbers.join('|')})(?!\\d)`);
  });

  test('is in no answer to the visited side: no name, no number, no count', async () => {
    const lines = ['预演', '预演 4月20日-24日', '日程 4月20日', '我的', '专项 望海区 两项督导'];
    for (const line of lines) expect(await privately(who.wanghai, line), line).not.toMatch(betrays);
    for (const line of ['预演', '日程 4月20日', '日程 本周']) expect(await inCounty(line), line).not.toMatch(betrays);
    expect(await privately(who.wanghai, '日程 本周')).toContain('共 2 项');
    // 朱戊 has looked at the target of tomorrow.
    expect(await privately(who.wanghai, '审计')).not.toContain('未公布的督导对象');
    expect(await privately(who.director, '审计')).toContain('未公布的督导对象');
  });

  test('is not told by a clash with it, on the card or in the file', async () => {
    const [, file] = await world.say(direct(who.wanghai), who.wanghai, '预演 4月20日-24日 导出');
    const rows = await sheetOf(file);
    expect(rows).toContain('今日督导');
    expect(rows).not.toMatch(betrays);
    const entered = await privately(who.wanghai, '日程 新增 4月21日 上午 望海区第一中学 专项督导 组长 韩丙');
    expect(entered).toContain('D10');
    expect(entered).not.toMatch(betrays);
    expect(await privately(who.director, '预演 4月20日')).toMatch(/韩丙.*D\d 望海区实验小学/);
  });

  test('is no open duty that a county is told of when somebody leaves, and is handed over all the same', async () => {
    expect(await privately(who.wanghai, '离任 望海区第一中学 朱戊')).not.toMatch(/督导 1 次|随机督导/);
    expect(await privately(who.director, '离任 望海区第一中学 朱戊')).toContain('督导 1 次');
    expect(await privately(who.wanghai, '离任 望海区实验小学 何辛')).not.toContain('迎检联络');
    expect(await privately(who.director, '离任 望海区实验小学 何辛')).toContain('迎检联络 1 次');
  });

  test('is told by nothing withheld once it has begun', async () => {
    await world.downUntil(shanghai('2026-04-20', '09:30'));
    // What comes late leaves a minute after the others.
    await world.to(shanghai('2026-04-20', '09:32'));
    expect(await privately(who.wanghai, '日程 今天')).toContain('望海区实验小学');
    expect(await privately(who.wanghai, '预演')).toMatch(/D\d 望海区实验小学/);
  });
});

describe('限知 by the supervised side', () => {
  const line = 'W1';
  beforeAll(async () => {
    await privately(who.wanghai, '问题 望海区第一中学 教师培训台账不全 10个工作日');
  });

  test('leaves the office outside the unit among those who see it, and tells it', async () => {
    world.fresh(direct(who.director));
    expect(await privately(who.wanghai, `整改 ${line} 限知 涉及学生隐私`)).toMatch(
      /2 个指定的账号.*督导室仍能看到：市教育局督导室 吕壬/s,
    );
    expect(world.fresh(direct(who.director)).map(({ text }) => text)).toEqual([
      expect.stringMatching(/W1.*教师培训台账不全/s),
    ]);
    expect(await privately(who.director, `整改 ${line}`)).toContain('教师培训台账不全');
    expect(await privately(who.director, '整改')).toContain('教师培训台账不全');
    expect(await privately(who.director, '整改 望海区第一中学')).toContain('教师培训台账不全');
    const [exported] = await world.say(direct(who.director), who.director, '导出 问题');
    expect(exported?.text).toContain('共 1 条');
    for (const answer of [
      await inCounty('整改'),
      await privately(who.school, '整改'),
      await privately(who.linjiang, '整改'),
    ])
      expect(answer).not.toContain('教师培训');
  });

  test('is lifted by the office, and by nobody of the unit', async () => {
    expect(await privately(who.director, `整改 ${line} 解除限知 不涉及个人`)).toContain('解除限知');
    expect(await inCounty('整改')).toContain('教师培训台账不全');
  });

  test('is refused for a problem of one’s own unit', async () => {
    await privately(who.director, '问题 望海区人民政府 经费拨付不及时 10个工作日');
    expect(await privately(who.wanghai, '整改 W2 限知 内部事项')).toContain('不能对本单位的问题“设为限知”');
    expect(await privately(who.director, '整改 W2')).not.toContain('限知：只有');
  });

  test('is no way around it for a new problem either, unless its writer names somebody of the office', async () => {
    const [asked] = await world.say(
      direct(who.wanghai),
      who.wanghai,
      '问题 望海区第一中学 财务账目不清 10个工作日 保密',
    );
    expect(asked?.text).toMatch(/还没有登记.*请选督导室由谁看到.*【市教育局督导室 吕壬】/s);
    world.fresh(direct(who.director));
    await world.lark.control.press(asked?.messageId ?? '', who.wanghai, { buttonText: '市教育局督导室 吕壬' });
    await world.settle();
    expect(world.fresh(direct(who.director)).map(({ text }) => text)).toEqual([
      expect.stringContaining('财务账目不清'),
    ]);
    expect(await privately(who.director, '整改 W3')).toContain('财务账目不清');
  });
});

describe('what waits for the end of the quiet hours', () => {
  let lower: string;
  /** What the group got since the last look. */
  const arrived = () => world.fresh(lower).map(({ text }) => text);
  const toSchool = () =>
    world
      .fresh(direct(who.school))
      .map(({ text }) => text)
      .join('\n');
  /** The night passes; what waited leaves. */
  const morning = async (day: string) => {
    world.fresh(lower);
    await world.downUntil(shanghai(day, '07:20'));
    await world.to(shanghai(day, '07:22'));
    return arrived().join('\n');
  };
  beforeAll(async () => {
    lower = await boundGroup(world, '望海一中群', '望海区第一中学', [who.stranger], who);
  });

  test('is withdrawn when it shows a problem that has become 限知; the rest arrives', async () => {
    await world.downUntil(shanghai('2026-04-20', '22:30'));
    await privately(who.director, '问题 望海区第一中学 心理咨询档案外泄 10个工作日');
    await privately(who.director, '问题 望海区第一中学 灭火器过期 10个工作日');
    await world.say(direct(who.director), who.director, '整改 W4 下达\n整改 W5 下达');
    expect(await privately(who.director, '整改 W4 限知 涉及学生隐私')).toContain(
      '还没有发出的 4 条消息已撤下，不再发送。其中也写有 W5，请另行告知。',
    );
    expect(await privately(who.director, '审计 今天')).toMatch(/撤下还没有发出的消息　W4.*4 条（望海一中群）/s);
    world.fresh(direct(who.school));
    const got = await morning('2026-04-21');
    for (const text of [got, toSchool()]) {
      expect(text).toContain('W5');
      expect(text).not.toMatch(/W4|心理咨询/);
    }
  });

  test('is withdrawn when it shows a task that has become 保密, its bulletin too', async () => {
    await world.downUntil(shanghai('2026-04-21', '22:30'));
    const given = await privately(who.director, '任务 新增 核对招生计划 牵头 望海区第一中学 责任人 朱戊 截止 5月20日');
    const [name = ''] = /T\d+/.exec(given) ?? [];
    await privately(who.director, `任务 通报 ${name} 文号 云教督〔2026〕9号 招生计划核对不力`);
    expect(await privately(who.director, `任务 保密 ${name} 涉及举报人`)).toContain('还没有发出的 2 条消息已撤下');
    world.fresh(direct(who.school));
    expect(await morning('2026-04-22')).not.toMatch(/招生计划|通报/);
    // Who answers for it reads on.
    expect(toSchool()).toMatch(/核对招生计划.*通报：任务 T\d+.*核对不力/s);
    expect(await privately(who.school, '任务')).toContain('核对招生计划');
  });

  test('is withdrawn when the group is bound to another unit, and stays when it is bound further up', async () => {
    await world.downUntil(shanghai('2026-04-22', '22:30'));
    await privately(who.director, '问题 望海区第一中学 校门监控损坏 10个工作日');
    const bind = (unit: string) => world.ask(lower, who.director, `@督导助手 绑定 ${unit}`);
    expect(await bind('望海区')).not.toContain('已撤下');
    expect(await bind('临江区第一中学')).toContain('原来绑定“望海区人民政府”，还没有发出的 1 条消息已撤下');
    expect(await morning('2026-04-23')).not.toContain('校门监控');
    expect(await bind('望海区')).not.toContain('已撤下');
  });

  test('a card that was sent before says no more of it where it may not be seen any more', async () => {
    await world.downUntil(shanghai('2026-04-23', '09:00'));
    await bindBack();
    await privately(who.director, '问题 望海区第一中学 宿舍用电混乱 10个工作日');
    await world.to(shanghai('2026-04-23', '09:02'));
    const card = world.fresh(lower).at(-1);
    expect(card?.text).toContain('宿舍用电混乱');
    const shown = (message: MessageView | undefined) => world.lark.control.message(message?.messageId ?? '').text;
    expect(await privately(who.director, '整改 W7 限知 涉及举报人')).toMatch(/已发出的 \d+ 张卡片收回/);
    await privately(who.director, '整改 W7 下达');
    await world.to(shanghai('2026-04-23', '09:05'));
    expect(shown(card)).toMatch(/^(?!.*(?:宿舍用电|已下达|W7)).*内容已收回/s);
    await privately(who.director, '整改 W7 解除限知 不涉及个人');
    await world.to(shanghai('2026-04-23', '09:08'));
    expect(shown(card)).toContain('宿舍用电混乱');
  });

  test('a card that was sent says no more once the group is another unit’s', async () => {
    world.fresh(lower);
    await privately(who.director, '问题 望海区第一中学 消防器材过期 10个工作日');
    await privately(who.director, '任务 新增 清查危险药品 牵头 望海区第一中学 责任人 朱戊 截止 5月20日');
    await world.to(shanghai('2026-04-23', '09:12'));
    const cards = world.fresh(lower);
    const shown = () => cards.map(({ messageId }) => world.lark.control.message(messageId).text).join('\n');
    expect(shown()).toMatch(/消防器材.*清查危险药品/s);
    expect(await world.ask(lower, who.director, '@督导助手 绑定 临江区第一中学')).toMatch(/已发出的 \d+ 张卡片收回/);
    await world.to(shanghai('2026-04-23', '09:15'));
    expect(shown()).toMatch(/^(?!.*(?:消防器材|危险药品)).*内容已收回.*没有这项任务/s);
    await bindBack();
  });
  const bindBack = () => world.ask(lower, who.director, '@督导助手 绑定 望海区第一中学');

  test('is said to nobody who has left by then, and the record says why', async () => {
    await world.downUntil(shanghai('2026-04-23', '22:10'));
    await privately(who.director, '任务 新增 核对食堂台账 牵头 望海区教育局 责任人 陈甲 截止 5月20日');
    const [, code = ''] = /确认 (\w{6})/.exec(await privately(who.director, '离任 望海区教育局 陈甲')) ?? [];
    expect(await privately(who.director, `离任 望海区教育局 陈甲 确认 ${code}`)).toContain('离任');
    for (const place of [direct(who.wanghai), county]) world.fresh(place);
    await morning('2026-04-24');
    expect(world.fresh(direct(who.wanghai)).map(({ text }) => text)).toEqual([expect.stringMatching(/^已登记离任/)]);
    expect(
      world
        .fresh(county)
        .map(({ text }) => text)
        .join(),
    ).toContain('核对食堂台账');
    const [dropped = []] = await world.bot.rows("SELECT after FROM audit WHERE action = 'message.dropped'");
    expect(dropped.map(({ after }) => JSON.parse(String(after)))).toEqual(['收件人已不在通讯录里']);
    expect(await privately(who.director, '审计 今天')).toContain('收件人已不在通讯录里');
  });

  test('is withdrawn when the account is the person no more', async () => {
    await world.downUntil(shanghai('2026-04-24', '22:10'));
    await privately(who.director, '任务 新增 核对信访件 保密 牵头 望海区第一中学 责任人 朱戊 截止 5月20日');
    world.fresh(direct(who.school));
    const answer = await privately(who.director, '人员 解除 望海区第一中学 朱戊');
    expect(answer).toContain('还没有发出的 1 条消息已撤下，不再发送');
    await morning('2026-04-25');
    expect(toSchool()).toMatch(/^(?!.*信访件).*解除关联/s);
  });
});
