import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import * as xlsx from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { textOf } from '../../src/excel/workbook.ts';
import { workbookParts, zip } from '../excel/make-files.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** Real milliseconds after which an answer that does not come is a fault, not slowness. */
const HUNG_MS = 20_000;

let world: World;
let who: People;
let admin: string;
let group: string;

beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '08:00'), 'journey_workbooks');
  who = people(world);
  await importDistrict(world);
  await claim(world, who);
  admin = world.lark.control.p2p(who.director);
  // A beat, in which accounts are found.
  await world.to(shanghai('2026-04-20', '08:01'));
  group = await boundGroup(world, '望海区教育工作群', '望海区人民政府', [who.wanghai, who.stranger], who);
  await world.ask(group, who.director, '@督导助手 角色 授予 联络员 @陈甲 望海区人民政府');
});
afterAll(() => world.close());

/** The messages that the bot sends to the administrator until there are so many: reading a file is no part of settling. */
async function answers(count: number): Promise<readonly MessageView[]> {
  const got: MessageView[] = [];
  for (const hungAt = performance.now() + HUNG_MS; got.length < count; await turnOfTheLoop()) {
    await world.settle();
    got.push(...world.fresh(admin));
    if (performance.now() > hungAt) throw new Error(`${got.length} of ${count} answers; ${world.bot.warnings.at(-1)}`);
  }
  return got;
}

/** Sends a file in the direct chat and gives the preview. */
async function preview(name: string, bytes: Uint8Array): Promise<MessageView> {
  world.fresh(admin);
  await world.lark.control.say(admin, who.director, '', { file: { name, bytes } }).delivered;
  const shown = (await answers(2))[1];
  return shown ?? expect.fail('no preview');
}

const pressed = async (card: MessageView, buttonText: string, openId = who.director): Promise<string> =>
  (await world.lark.control.press(card.messageId, openId, { buttonText })).toast?.content ?? '';

/** The first sheet of a file that was sent, as text. */
async function sheetOf(message: MessageView | undefined): Promise<readonly string[]> {
  const { name, bytes } = world.lark.control.file(message?.messageId ?? '');
  const workbook = await openWorkbook(bytes, name);
  if (isRefusal(workbook)) throw new Error(workbook.message);
  return (workbook.sheets[0]?.rows ?? []).map((row) => row.map((cell) => textOf(cell)).join('|'));
}

describe('导出', () => {
  test('in a group the file goes under the reply’s own question, with the visits that the group may see', async () => {
    const answers = await world.say(group, who.wanghai, '@督导助手 导出 督导日程 4月');
    expect(answers.map(({ type }) => type)).toEqual(['interactive', 'file']);
    expect(answers[0]?.text).toContain('督导日程表共 2 条');
    expect(answers[1]?.parentId).toBe(answers[0]?.parentId);
    expect(answers[1]?.text).toBe('[文件] 望海区人民政府督导日程表 2026年4月1日至2026年4月30日.xlsx');
    const rows = await sheetOf(answers[1]);
    expect(rows[1]).toBe('填报单位：望海区人民政府　　填表日期：2026年4月20日');
    expect(rows.filter((row) => row.includes('望海区第一中学'))).toHaveLength(2);
    // 随机督导 of this morning has not begun; 临江区 is another district's.
    expect(rows.join()).not.toMatch(/食堂食品安全|实验小学|临江区/);
  });

  test('an unannounced visit is in the list once it has begun', async () => {
    await world.to(shanghai('2026-04-20', '09:01'));
    world.fresh(group);
    const [, file] = await world.say(group, who.wanghai, '@督导助手 日程 今天 导出');
    expect((await sheetOf(file)).join()).toContain('食堂食品安全');
  });

  test('an administrator gets the whole district in the direct chat, a file for each program', async () => {
    const answers = await world.say(admin, who.director, '导出 任务');
    expect(answers.map(({ type }) => type)).toEqual(['interactive', 'file', 'file']);
    expect(answers.map(({ text }) => text).join()).toMatch(/临江区人民政府“两项督导”.*望海区人民政府“两项督导”/);
    const [, directory] = await world.say(admin, who.director, '导出 通讯录');
    expect((await sheetOf(directory)).join('\n')).toContain('望海区财政局|望海财政局|成员单位|王丁|科员||13900000012');
    const [, milestones] = await world.say(admin, who.director, '导出 提醒规则');
    expect((await sheetOf(milestones)).join('\n')).toContain('望海区教育工作群');
    const [, audit] = await world.say(admin, who.director, '导出 审计 今天');
    expect((await sheetOf(audit)).join('\n')).toMatch(/绑定单位.*望海区/);
  });

  test('a county’s supervisor gets the county’s address book and record, and no others', async () => {
    const direct = world.lark.control.p2p(who.linjiang);
    await world.ask(admin, who.director, '角色 授予 督导员 临江区教育局 陈甲 临江区人民政府');
    world.fresh(direct);
    const [, directory] = await world.say(direct, who.linjiang, '导出 通讯录');
    const text = (await sheetOf(directory)).join('\n');
    expect(text).toContain('临江区第一中学');
    expect(text).not.toContain('望海区');
    expect(await world.ask(direct, who.linjiang, '导出 审计 望海区')).toContain('只能查看本单位');
    const [, audit] = await world.say(direct, who.linjiang, '导出 审计');
    expect((await sheetOf(audit)).join('\n')).not.toContain('望海区');
  });

  test('the record is narrowed by kind, and an unknown kind is said', async () => {
    const [, audit] = await world.say(admin, who.director, '导出 审计 今天 工作群');
    const rows = await sheetOf(audit);
    expect(rows.slice(3).every((row) => /绑定|进群|群/.test(row))).toBe(true);
    expect(rows.join()).not.toContain('授予');
    const [, roles] = await world.say(admin, who.director, '导出 审计 角色');
    expect((await sheetOf(roles)).slice(3).every((row) => row.includes('角色'))).toBe(true);
    expect(await world.ask(admin, who.director, '导出 审计 天气')).toContain('没有看懂“天气”。类别有：');
  });

  test('problems go out as 问题整改台账, a date as a date, narrowed by state, unit and days; a restricted one to those it names only', async () => {
    await world.ask(group, who.director, '@督导助手 问题 望海区第一中学 =消防通道堆放杂物 立行立改');
    await world.ask(group, who.director, '@督导助手 问题 望海区实验小学 台账不全 10个工作日');
    const secret = await world.ask(admin, who.director, '问题 望海区第一中学 信访反映食堂问题 10个工作日');
    expect(secret).toContain('W3');
    const [reply, file] = await world.say(group, who.wanghai, '@督导助手 导出 整改台账');
    expect(reply?.text).toContain('问题整改台账共 2 条');
    const rows = await sheetOf(file);
    expect(rows[0]).toMatch(/^望海区人民政府问题整改台账/);
    expect(rows[1]).toContain('填报单位：望海区人民政府　　填表日期：2026年4月20日');
    expect(rows[2]).toMatch(/^序号\|编号\|问题来源\|督导时间\|被督导单位\|问题类别/);
    expect(rows[3]).toMatch(/^1\|W1\|.*\|2026-04-20\|望海区第一中学\|.*=消防通道堆放杂物/);
    expect(rows.join()).not.toContain('信访');
    const [, own] = await world.say(admin, who.director, '导出 问题 望海区第一中学 4月');
    expect((await sheetOf(own)).join('\n')).toMatch(/W1\|.*W3\|.*信访反映食堂问题.*限定知悉范围，勿外传/s);
    expect((await sheetOf(own)).join()).not.toContain('W2');
    const other = world.lark.control.p2p(who.wanghai);
    const [, theirs] = await world.say(other, who.wanghai, '导出 问题');
    expect((await sheetOf(theirs)).join()).not.toContain('信访');
    expect(await world.ask(group, who.wanghai, '@督导助手 导出 问题 逾期')).toContain('没有可导出的问题整改台账');
    expect(await world.ask(group, who.wanghai, '@督导助手 导出 问题 3月')).toContain('没有可导出的问题整改台账');
  });

  test('figures go out with 合计, by what is asked', async () => {
    const [reply, file] = await world.say(group, who.wanghai, '@督导助手 导出 汇总 按学段');
    expect(reply?.text).toContain('望海区人民政府整改汇总');
    const rows = await sheetOf(file);
    expect(rows[2]).toBe('序号|学段|应整改|已销号|完成率|逾期|按期率|平均销号天数');
    expect(rows.slice(3, 6)).toEqual([
      expect.stringMatching(/^1\|小学\|/),
      expect.stringMatching(/^2\|中学\|/),
      expect.stringMatching(/^\|合计\|/),
    ]);
    const [, tasks] = await world.say(group, who.wanghai, '@督导助手 任务汇总 导出');
    expect((await sheetOf(tasks)).join('\n')).toMatch(/牵头单位\|任务\|已办结.*\|合计\|5\|0\|0%/s);
    const [, pushes] = await world.say(admin, who.director, '导出 推送统计 按月');
    expect((await sheetOf(pushes)).join('\n')).toMatch(/月份\|应发\|送达.*合计/s);
  });

  test('progress goes out month by month, done tasks too when all are asked for, confidential ones in the direct chat only', async () => {
    await world.ask(group, who.director, '@督导助手 进展 T2 40% 已分流两个班');
    await world.ask(group, who.director, '@督导助手 任务 完成 T1');
    await world.ask(group, who.director, '@督导助手 任务 保密 T3 涉及个人');
    const [, file] = await world.say(group, who.wanghai, '@督导助手 导出 进展');
    const rows = await sheetOf(file);
    expect(rows[0]).toBe('望海区人民政府2026年任务进展调度表');
    expect(rows[2]).toMatch(/完成时限\|1月\|2月\|3月\|4月\|完成率（%）\|序时进度/);
    expect(rows.find((row) => row.includes('|T2|'))).toMatch(
      /化解大班额.*\|2026-04-15\|\|\|\|40%\|40\|.*红灯\|进行中\|已分流两个班\|2026-04-20/,
    );
    expect(rows.join('\n')).not.toMatch(/\|T1\||\|T3\|/);
    const [, all] = await world.say(admin, who.director, '导出 进展 全部 望海区财政局');
    expect((await sheetOf(all)).join('\n')).toMatch(/\|T3\|.*保密，勿外传/);
    const [, tasks] = await world.say(group, who.wanghai, '@督导助手 导出 任务 全部');
    const shown = (await sheetOf(tasks)).join('\n');
    expect(shown).toMatch(/报送自查报告.*\|T1\|已办结/);
    expect(shown).not.toContain('核拨公用经费');
    expect(await world.ask(group, who.wanghai, '@督导助手 导出 民生实事')).toContain('没有可导出的任务分解表');
    const [, dated] = await world.say(group, who.wanghai, '@督导助手 导出 任务 6月');
    expect((await sheetOf(dated)).slice(3)).toEqual([expect.stringContaining('归集佐证材料')]);
  });

  test('notices go out with who has confirmed them', async () => {
    expect(await world.ask(group, who.wanghai, '@督导助手 导出 通知回执')).toContain('没有可导出的通知回执表');
    await world.ask(group, who.director, '@督导助手 通知 报送校车台账 截止 明天 12:00');
    await world.ask(group, who.wanghai, '@督导助手 收到 1');
    for (const [chat, by, line] of [
      [group, who.wanghai, '@督导助手 导出 通知'],
      [admin, who.director, '导出 通知 4月'],
    ] as const) {
      const [, file] = await world.say(chat, by, line);
      expect((await sheetOf(file))[3]).toMatch(
        /^1\|1\|报送校车台账\|2026-04-20\|.*望海区教育工作群\|2026-04-21 12:00\|1\|1/,
      );
    }
    const other = world.lark.control.p2p(who.wanghai);
    expect(await world.ask(other, who.wanghai, '导出 通知')).toContain('没有可导出的通知回执表');
    expect(await world.ask(group, who.wanghai, '@督导助手 导出 通知 3月')).toContain('没有可导出的通知回执表');
  });

  test('a set of indicators goes out with its source', async () => {
    const [reply, file] = await world.say(admin, who.director, '导出 指标 优质均衡');
    expect(reply?.text).toMatch(/指标清单共 \d+ 条/);
    expect((await sheetOf(file))[1]).toMatch(/^来源：/);
  });
});

describe('模板', () => {
  test('an empty workbook of a kind comes with the units of the chat to pick from', async () => {
    const [reply, file] = await world.say(group, who.wanghai, '@督导助手 模板 任务');
    expect(reply?.text).toContain('填好以后，由管理员在单聊里把文件发给我');
    const { bytes } = world.lark.control.file(file?.messageId ?? '');
    const parts = xlsx.CFB.read(Buffer.from(bytes), { type: 'buffer' });
    const picks = Buffer.from(xlsx.CFB.find(parts, '/xl/worksheets/sheet2.xml')?.content ?? []).toString('utf8');
    expect(picks).toContain('望海区财政局');
    expect(picks).not.toContain('临江区');
    expect((await sheetOf(file))[3]).toMatch(/^示例/);
  });
});

const SCHEDULE = (unit: string) =>
  new TextEncoder().encode(
    `云溪市2026年督导日程表\n编制单位：市教育局督导室\n序号,督导日期,时段,督导类型,督导对象,督导内容,组长\n1,2026-06-02,上午,专项督导,望海区第一中学,=1+1,韩丙\n2,,下午,专项督导,${unit},校车,韩丙\n`,
  );

describe('有错误的行', () => {
  test('come as a workbook by a button of the preview, and are imported once they are mended', async () => {
    const card = await preview('6月.csv', SCHEDULE('不存在中学'));
    expect(card.text).toContain('【下载错误行】');
    expect(await pressed(card, '下载错误行')).toContain('改好后把文件发给我');
    const [file] = await answers(1);
    expect(file?.text).toBe('[文件] 6月（有错误的行）.xlsx');
    const rows = await sheetOf(file);
    expect(rows[3]).toContain('第5行：通讯录中没有单位“不存在中学”');
    expect(rows[3]).toContain('2|2026-06-02|下午');
    const mended = rows.map((row) => row.replace('不存在中学', '临江区第一中学').replaceAll('|', ',')).join('\n');
    const again = await preview('6月改.csv', new TextEncoder().encode(mended));
    expect(again.text).toMatch(/新增 1，变更 0，不变 0；有错误不导入 0 行/);
    expect(again.text).not.toContain('下载错误行');
  });
});

describe('导入 撤销', () => {
  const bring = async (name: string, bytes: Uint8Array): Promise<MessageView> => {
    await pressed(await preview(name, bytes), '确认导入');
    return (await answers(1))[0] ?? expect.fail('no result');
  };

  test('shows what it would take back, does it by a second button, and is in the record', async () => {
    const done = await bring('6月.csv', SCHEDULE('临江区第一中学'));
    expect(await world.ask(admin, who.director, '日程 6月2日 临江区第一中学')).toContain('校车');
    await pressed(done, '撤销导入');
    const card = world.lark.control.message(done.messageId);
    expect(card.text).toContain('去掉新增的 2 行。还没有改动任何内容');
    expect(await pressed(card, '确认撤销')).toContain('已经撤销');
    expect(await world.ask(admin, who.director, '日程 6月2日 临江区第一中学')).not.toContain('校车');
    expect(await world.ask(admin, who.director, '审计 今天')).toContain('撤销导入');
    // A second press finds the import before it, not this one.
    expect(await world.ask(admin, who.director, '导入 撤销')).toContain('临江区任务分解表.csv');
  });

  test('a visit that it moves back is told to its group again', async () => {
    const moved = (time: string) =>
      new TextEncoder().encode(
        `云溪市2026年督导日程表\n编制单位：市教育局督导室\n序号,督导日期,时段,督导类型,督导对象,督导内容,组长\n1,2026-05-20,上午${time},专项督导,望海区第一中学,课后服务,韩丙\n`,
      );
    await bring('改时间.csv', moved('10:30'));
    expect(world.fresh(group).map(({ text }) => text)).toEqual([expect.stringContaining('10:30')]);
    const undo = await world.ask(admin, who.director, '导入 撤销');
    await world.ask(admin, who.director, /导入 撤销 \w{8} 确认/.exec(undo)?.[0] ?? '');
    const told = world.fresh(group).map(({ text }) => text);
    expect(told).toEqual([expect.stringContaining('10:30')]);
    expect(told[0]).toContain('撤销“改时间.csv”');
  });

  test('of an address book that brought a county names the role and the term that were given to it since, and how they go', async () => {
    const book = (...rows: readonly string[]) =>
      new TextEncoder().encode(`云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n${rows.join('\n')}\n`);
    const school = '1,山口县第一中学,山口一中,中学,黄寅,主任,13900000031';
    const ask = (text: string) => world.ask(admin, who.director, text);
    expect((await bring('通讯录.csv', book(school))).text).toContain('导入成功');
    // The school was the city's for want of a county; it moves below the one that comes now.
    const county = '2,山口县人民政府,山口县,县区政府,黄卯,科长,13900000030';
    expect((await bring('通讯录补.csv', book(school, county))).text).toContain('导入成功');
    await ask('角色 授予 联络员 望海区教育局 陈甲 山口县');
    await ask('校历 山口县 寒假 2027-01-23 至 2027-02-21');
    const held = await ask('导入 撤销');
    expect(held).toContain('不能撤销');
    const ways = held.match(/(?<=先发送：).+/g) ?? [];
    expect(ways).toEqual([
      '角色 撤销 联络员 望海区教育局 陈甲 山口县人民政府',
      '校历 取消 山口县人民政府 寒假 2026-2027学年',
    ]);
    for (const way of ways) expect(await ask(way)).toMatch(/^已(?:撤销|取消)/);
    const card = await ask('导入 撤销');
    expect(await ask(/导入 撤销 \w{8} 确认/.exec(card)?.[0] ?? '')).toContain('已经撤销');
    const last = await ask('导入 撤销');
    expect(await ask(/导入 撤销 \w{8} 确认/.exec(last)?.[0] ?? '')).toContain('已经撤销');
  });

  test('says what stands in the way and who did it, and undoes nothing; nobody else may', async () => {
    await bring('6月再导.csv', SCHEDULE('临江区第一中学'));
    const number = /D\d+/.exec(await world.ask(admin, who.director, '日程 6月2日 临江区第一中学'))?.[0] ?? '';
    await world.ask(admin, who.director, `日程 取消 ${number} 学校停电`);
    const card = await world.ask(admin, who.director, '导入 撤销');
    expect(card).toContain('不能撤销');
    expect(card).toMatch(/督导安排 D\d+ 2026-06-02 专项督导：导入后有改动（.*吕壬，取消/);
    expect(await world.ask(admin, who.director, '日程 6月2日 望海区第一中学')).toContain('专项督导');
    expect(await world.ask(group, who.director, '@督导助手 导入 撤销')).toContain('请在单聊里发送');
    const direct = world.lark.control.p2p(who.wanghai);
    expect(await world.ask(direct, who.wanghai, '导入 撤销')).toContain('只有管理员');
  });
});

describe('预演 导出', () => {
  test('what would be sent comes as a workbook beside the card, a row for each message', async () => {
    const [card, file] = await world.say(admin, who.director, '预演 4月21日-22日 导出');
    expect(card?.text).toContain('将发');
    expect(file?.text).toBe('[文件] 全部工作群推送预演 2026-04-21至2026-04-22.xlsx');
    const rows = await sheetOf(file);
    expect(rows[3]).toMatch(/^1\|2026-04-21\|08:3\d\|望海区教育工作群\|望海区人民政府\|/);
    const messages = /将发 (\d+) 条/.exec(card?.text ?? '')?.[1];
    expect(rows.filter((row) => /^\d+\|2026-/.test(row))).toHaveLength(Number(messages));
    expect(world.fresh(group)).toEqual([]);
  });
});

describe('a workbook that is not what it should be', () => {
  const HEADINGS = ['序号', '督导日期', '时段', '督导类型', '督导对象', '督导内容', '组长'];
  const visit = (day: string, topic: unknown = '校园安全') => [
    1,
    day,
    '上午',
    '专项督导',
    '望海区第一中学',
    topic,
    '韩丙',
  ];
  const book = (sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>): Uint8Array => {
    const made = xlsx.utils.book_new();
    for (const [name, rows] of Object.entries(sheets))
      xlsx.utils.book_append_sheet(made, xlsx.utils.aoa_to_sheet(rows.map((row) => [...row])), name);
    const bytes: unknown = xlsx.write(made, { type: 'buffer', bookType: 'xlsx' });
    return bytes instanceof Uint8Array ? bytes : expect.fail('no bytes');
  };

  test('an unknown heading is left out; a table of unknown headings is refused with what can be read', async () => {
    const rows = [['云溪市2026年督导日程表'], [...HEADINGS, '天气'], [...visit('2026-07-01'), '晴']];
    const card = await preview('7月.xlsx', book({ 日程: rows }));
    expect(card.text).toMatch(/新增 1，变更 0/);
    const refused = await preview(
      '食谱.xlsx',
      book({
        食谱: [
          ['菜名', '价格', '口味'],
          ['豆腐', 3, '咸'],
        ],
      }),
    );
    expect(refused.text).toMatch(/没有找到认识的表头.*发送“模板”可以得到空表/);
  });

  test('of two sheets the first is read, and the card names the other', async () => {
    const sheet = (day: string) => [['云溪市2026年督导日程表'], HEADINGS, visit(day)];
    const card = await preview('7月和8月.xlsx', book({ '7月': sheet('2026-07-02'), '8月': sheet('2026-08-03') }));
    expect(card.text).toContain('没有读取的工作表：8月');
    expect(card.text).toContain('2026-07-02');
    expect(card.text).not.toContain('2026-08-03');
  });

  test('of a formula what it showed is read; a text like a formula stays a text on the way in and out', async () => {
    const formula = { t: 's', f: 'HYPERLINK("http://evil.example","x")', v: '食堂' };
    const rows = [['云溪市2026年督导日程表'], HEADINGS, visit('2026-07-06', formula), visit('2026-07-07', '=1+cmd|x')];
    await pressed(await preview('公式.xlsx', book({ 日程: rows })), '确认导入');
    expect((await answers(1))[0]?.text).toContain('新增 2');
    const [, file] = await world.say(admin, who.director, '导出 督导日程 7月');
    const { bytes } = world.lark.control.file(file?.messageId ?? '');
    const parts = xlsx.CFB.read(Buffer.from(bytes), { type: 'buffer' });
    const xml = Buffer.from(xlsx.CFB.find(parts, '/xl/worksheets/sheet1.xml')?.content ?? []).toString('utf8');
    expect(xml).not.toContain('<f');
    expect(xml).toMatch(/s="5" t="inlineStr"><is><t xml:space="preserve">=1\+cmd\|x</);
    expect((await sheetOf(file)).join()).toContain('|食堂|');
    await world.ask(admin, who.director, '导入 撤销');
  });

  test('macros, and 100,000 rows, are refused in one line, and others are answered meanwhile', async () => {
    const macro = zip([...workbookParts(''), { name: 'xl/vbaProject.bin', content: 'x' }]);
    expect((await preview('宏.xlsm', macro)).text).toContain('文件带有宏，请另存为不含宏的 .xlsx');
    const row = (at: number) => `<row r="${at}"><c r="A${at}"><v>${at}</v></c><c r="B${at}"><v>1</v></c></row>`;
    const rows = Array.from({ length: 100_000 }, (_, at) => row(at + 1)).join('');
    const reading = world.lark.control.say(admin, who.director, '', {
      file: { name: '大.xlsx', bytes: zip(workbookParts(rows)) },
    });
    expect(await world.ask(group, who.wanghai, '@督导助手 状态')).toContain('运行');
    await reading.delivered;
    const said = (await answers(2)).map(({ text }) => text).join('\n');
    expect(said).toMatch(/展开后过大|超过5000行/);
  });
});
