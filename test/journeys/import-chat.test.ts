import { readFileSync } from 'node:fs';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';

const MINUTE = 60_000;
/** Real milliseconds after which an answer that does not come is a fault, not slowness. */
const HUNG_MS = 20_000;
const fixture = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../fixtures/workbooks/${name}`, import.meta.url))),
});
const csv = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const directory = (...rows: readonly string[]) =>
  csv('单位通讯录.csv', `云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n${rows.join('\n')}\n`);
const BUREAU = '1,市教育局,教育局,成员单位,周丙,科长,13900000001';
const SCHOOL = '2,望海区第一中学,一中,中学,朱戊,主任,13900000014';

/** The messages that the bot sends to a chat until there are so many: reading a file is no part of settling. */
async function answers(world: World, chatId: string, count: number): Promise<readonly MessageView[]> {
  const got: MessageView[] = [];
  for (const hungAt = performance.now() + HUNG_MS; got.length < count; await turnOfTheLoop()) {
    await world.settle();
    got.push(...world.fresh(chatId));
    if (performance.now() > hungAt) throw new Error(`${got.length} of ${count} answers; ${world.bot.warnings.at(-1)}`);
  }
  return got;
}

const codeOf = (text: string): string => /导入 确认 ([0-9A-Z]{8})/.exec(text)?.[1] ?? '';

interface Office {
  readonly world: World;
  readonly admin: string;
  readonly chat: string;
  /** The preview of a file sent in the direct chat. */
  preview(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<MessageView>;
  press(card: MessageView, openId: string, buttonText: string): Promise<string>;
  /** Sends, confirms, and gives the result's text. */
  bring(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<string>;
}

async function openOffice(home: World['home'], subject: string): Promise<Office> {
  const world = await openWorld(home, shanghai('2026-04-01', '08:00'), subject);
  const admin = world.person('吕壬', '13900000002');
  const chat = world.lark.control.p2p(admin);
  await world.ask(chat, admin, `认领 ${world.bot.claimCode}`);
  const office: Office = {
    world,
    admin,
    chat,
    async preview(file) {
      world.fresh(chat);
      await world.lark.control.say(chat, admin, '', { file }).delivered;
      const [received, preview] = await answers(world, chat, 2);
      expect(received?.text).toContain('正在读取');
      if (!preview) throw new Error('no preview');
      return preview;
    },
    async press(card, openId, buttonText) {
      const { toast } = await world.lark.control.press(card.messageId, openId, { buttonText });
      return toast?.content ?? '';
    },
    async bring(file) {
      const card = await office.preview(file);
      await office.press(card, admin, '确认导入');
      const [result] = await answers(world, chat, 1);
      return result?.text ?? '';
    },
  };
  return office;
}

const units = async ({ world }: Office) => (await world.bot.core.store.directory()).units.map(({ name }) => name);

describe.each(HOMES)('a workbook in the chat on %s', (home) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(home, 'journey_import');
  });
  afterAll(() => office.world.close());

  test('the four workbooks of an office are previewed, confirmed by button and written, and a second time change nothing', async () => {
    const files = ['05-单位通讯录.xlsx', '01-督导日程表.xlsx', '02-任务分解表.xlsx', '04-评估指标自评表.xlsx'];
    for (const name of files) {
      const card = await office.preview(fixture(name));
      expect(card.text).toContain('导入预览');
      expect(card.text).toMatch(/新增 [1-9]\d*，变更 \d+，不变 \d+；有错误不导入 \d+ 行/);
      expect(await office.press(card, office.admin, '确认导入')).toContain('正在核对并写入');
      const [result] = await answers(office.world, office.chat, 1);
      expect(result?.text).toContain('导入成功');
    }
    const again = await office.preview(fixture('01-督导日程表.xlsx'));
    expect(again.text).toContain('没有要写入的内容');
    expect(again.text).not.toContain('确认导入');
  });

  test('what was imported goes out as a workbook that changes nothing when it comes back, and the last import is taken back', async () => {
    const { world, admin, chat } = office;
    world.fresh(chat);
    const [, sent] = await world.say(chat, admin, '导出 督导日程');
    const { name, bytes } = world.lark.control.file(sent?.messageId ?? '');
    expect((await office.preview({ name, bytes })).text).toContain('没有要写入的内容');
    const undo = await world.ask(chat, admin, '导入 撤销');
    expect(undo).toContain('04-评估指标自评表.xlsx');
    expect(await world.ask(chat, admin, undo.match(/导入 撤销 \w{8} 确认/)?.[0] ?? '')).toContain('已经撤销');
    expect(await world.ask(chat, admin, '导入 撤销')).toContain('02-任务分解表.xlsx');
  });

  test('nothing is written before the confirm, and never after a drop', async () => {
    const before = await units(office);
    const card = await office.preview(directory('1,望海区新办学校,新校,中学,何丁,主任,13900000999'));
    expect(await units(office)).toEqual(before);
    expect(await office.press(card, office.admin, '放弃')).toContain('没有写入任何内容');
    expect(await units(office)).toEqual(before);
    const late = await office.world.ask(office.chat, office.admin, `导入 确认 ${codeOf(card.text)}`);
    expect(late).toContain('已经放弃');
  });
});

describe('a workbook in the chat', () => {
  let office: Office;
  let world: World;
  beforeAll(async () => {
    office = await openOffice('SQLite', 'journey_import_more');
    ({ world } = office);
    expect(await office.bring(directory(BUREAU, SCHOOL))).toContain('导入成功');
  });
  afterAll(() => office.world.close());

  test('a confirm 30 minutes later is refused, and nothing is written', async () => {
    const before = await units(office);
    const card = await office.preview(directory(BUREAU, '3,望海区甲学校,甲校,小学,冯甲,主任,13900000021'));
    await world.to(world.time.now() + 30 * MINUTE);
    const late = await world.ask(office.chat, office.admin, `导入 确认 ${codeOf(card.text)}`);
    expect(late).toContain('已过确认时间');
    expect(await units(office)).toEqual(before);
  });

  test('a second confirm is told, whether it comes at once or later', async () => {
    const card = await office.preview(directory(BUREAU, '3,望海区乙学校,乙校,小学,冯乙,主任,13900000022'));
    const { control } = world.lark;
    const presses = await Promise.all(
      [1, 2].map(() => control.press(card.messageId, office.admin, { buttonText: '确认导入' })),
    );
    expect(presses.map(({ toast }) => toast?.type).toSorted()).toEqual(['success', 'warning']);
    const [result] = await answers(world, office.chat, 1);
    expect(result?.text).toContain('导入成功');
    const again = await world.ask(office.chat, office.admin, `导入 确认 ${codeOf(card.text)}`);
    expect(again).toContain('已经导入过');
    expect((await units(office)).filter((name) => name.includes('乙学校'))).toHaveLength(1);
  });

  test('a confirm after the data changed is refused with the difference, writes nothing, and the new preview can be confirmed', async () => {
    const card = await office.preview(
      directory('2,望海区第一中学,一中,中学,朱戊,副校长,13900000014', '3,望海区丙学校,丙校,小学,冯丙,主任,13900000023'),
    );
    expect(card.text).toContain('主任 → 副校长');
    await world.importTable(
      '单位通讯录.csv',
      '云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n2,望海区第一中学,一中,中学,朱戊,书记,13900000014\n',
    );
    await office.press(card, office.admin, '确认导入');
    const [refused] = await answers(world, office.chat, 1);
    expect(refused?.text).toContain('数据有变动，没有导入');
    expect(refused?.text).toContain('书记 → 副校长');
    expect(await units(office)).not.toContain('望海区丙学校');
    if (!refused) throw new Error('no answer');
    await office.press(refused, office.admin, '确认导入');
    const [done] = await answers(world, office.chat, 1);
    expect(done?.text).toContain('导入成功');
    expect((await units(office)).some((name) => name.includes('丙学校'))).toBe(true);
  });

  test('bad files get one clear line each', async () => {
    const refusals: readonly (readonly [ReturnType<typeof csv>, string])[] = [
      [csv('说明.docx', 'hello'), '只能读取 .xlsx 和 .csv 文件'],
      [csv('假的.xlsx', 'hello world'), '内容不是 Excel 工作簿'],
      [csv('空.csv', ''), '文件是空的'],
      [csv('旧.xls', '\u0000'), '不是 Excel 工作簿'],
      [csv('别的.csv', '苹果,梨\n1,2\n'), '没有找到认识的表头'],
      [fixture('07-满意度调查进度表.xlsx'), '暂不支持导入'],
      [{ name: '大.csv', bytes: new Uint8Array(10 * 1024 * 1024 + 1).fill(65) }, '文件超过10 MB'],
    ];
    for (const [file, line] of refusals) {
      const { text } = await office.preview(file);
      expect(text).toContain('没有导入');
      expect(text).toContain(line);
    }
  });

  test('somebody who is no administrator is told so, and their file is not even fetched', async () => {
    const stranger = world.person('过路人');
    const chat = world.lark.control.p2p(stranger);
    const [answer, ...more] = await world.say(chat, stranger, '', { file: directory(BUREAU) });
    expect(answer?.text).toContain('只有管理员可以导入');
    expect(more).toEqual([]);
    expect(await world.ask(chat, stranger, '导入')).toContain('只有管理员');
  });

  test('in a group the file is answered with 导入; another member cannot confirm it, its sender can', async () => {
    const stranger = world.person('过路人');
    const group = await world.group('教育局工作群', [office.admin, stranger]);
    const file = directory(BUREAU, '3,望海区丁学校,丁校,小学,冯丁,主任,13900000024');
    const { messageId } = world.lark.control.say(group, office.admin, '', { file });
    world.fresh(group);
    await world.lark.control.say(group, office.admin, '@督导助手 导入', { replyTo: messageId }).delivered;
    const [received, card] = await answers(world, group, 2);
    expect(received?.text).toContain('正在读取');
    if (!card) throw new Error('no preview');
    expect(card.text).toContain('单位通讯录.csv');
    expect(await office.press(card, stranger, '确认导入')).toContain('只有管理员可以用');
    await office.press(card, office.admin, '确认导入');
    const [done] = await answers(world, group, 1);
    expect(done?.text).toContain('导入成功');
  });

  test('another administrator does not confirm what somebody else sent, and a code says nothing in another chat', async () => {
    const other = world.person('周丙', '13900000001');
    await world.bot.core.store.commit({
      changes: [{ kind: 'role.granted', openId: other, role: 'administrator', by: 'test', at: world.time.now() }],
      messages: [],
      audit: [],
    });
    const group = await world.group('管理员群', [office.admin, other]);
    const file = directory(BUREAU, '3,望海区戊学校,戊校,小学,冯戊,主任,13900000025');
    const { messageId } = world.lark.control.say(group, office.admin, '', { file });
    world.fresh(group);
    await world.lark.control.say(group, office.admin, '@督导助手 导入', { replyTo: messageId }).delivered;
    const [, card] = await answers(world, group, 2);
    if (!card) throw new Error('no preview');
    expect(await office.press(card, other, '确认导入')).toContain('只能由发送人确认');
    const elsewhere = await world.ask(office.chat, office.admin, `导入 确认 ${codeOf(card.text)}`);
    expect(elsewhere).toContain('本聊天里没有');
    expect(await units(office)).not.toContain('望海区戊学校');
  });

  test('a message that is no file is said to be none', async () => {
    const group = await world.group('文字群', [office.admin]);
    const { messageId } = world.lark.control.say(group, office.admin, '看这个');
    world.fresh(group);
    await world.lark.control.say(group, office.admin, '@督导助手 导入', { replyTo: messageId }).delivered;
    const [, answer] = await answers(world, group, 2);
    expect(answer?.text).toContain('不是文件');
  });

  test('a download that fails is tried again after its lease; one that Lark refuses is said', async () => {
    const file = directory(BUREAU, '3,望海区己学校,己校,小学,冯己,主任,13900000026');
    const path = '/resources/';
    const fails = async (fault: Parameters<typeof world.lark.control.fault>[0]) => {
      world.fresh(office.chat);
      const armed = world.lark.control.fault({ match: { method: 'GET', path }, ...fault });
      await world.lark.control.say(office.chat, office.admin, '', { file }).delivered;
      await armed.reached;
    };
    await fails({ kind: 'status', status: 502 });
    await world.to(world.time.now() + 4 * MINUTE);
    const [, preview] = await answers(world, office.chat, 2);
    expect(preview?.text).toContain('导入预览');

    await fails({ kind: 'code', code: 234003 });
    const [, refused] = await answers(world, office.chat, 2);
    expect(refused?.text).toContain('文件取不到');
  });

  test('a confirmed import whose writer died is written by the next one, once', async () => {
    const card = await office.preview(directory(BUREAU, '3,望海区庚学校,庚校,小学,冯庚,主任,13900000027'));
    const id = codeOf(card.text);
    const { store } = world.bot.core;
    const seen = (await store.pendingImport(id))?.version ?? 0;
    // As a process leaves it that took the import up and was killed.
    const until = world.time.now() + 2 * MINUTE;
    const changes = [
      { kind: 'import.confirmed', id, seen },
      { kind: 'import.leased', id, until, seen: seen + 1 },
    ] as const;
    expect(await store.commit({ changes, messages: [], audit: [] })).toBe('done');
    await world.to(world.time.now() + 4 * MINUTE);
    const results = await answers(world, office.chat, 1);
    await world.to(world.time.now() + 4 * MINUTE);
    expect(results.map(({ text }) => text.includes('导入成功'))).toEqual([true]);
    expect(world.fresh(office.chat)).toEqual([]);
    expect((await units(office)).filter((name) => name.includes('庚学校'))).toHaveLength(1);
  });

  test('a table pasted as text is previewed, confirmed and taken back as a workbook is', async () => {
    const { chat, admin, press } = office;
    const heading = ['序号', '单位名称', '简称', '类别', '联络员', '职务', '手机'].join('\t');
    const row = ['3', '望海区辛学校', '辛校', '小学', '冯辛', '主任', '13900000028'].join('\t');
    const paste = async (text: string) => {
      world.fresh(chat);
      await world.lark.control.say(chat, admin, text).delivered;
      const [received, preview] = await answers(world, chat, 2);
      expect(received?.text).toContain('收到粘贴的表格');
      return preview;
    };
    const card = await paste(`导入 单位通讯录\n${heading}\n${row}\n4\t\t\t小学\t冯壬\t主任\t13900000029`);
    if (!card) throw new Error('no preview');
    expect(card.text).toContain('新增 2，变更 0');
    expect(card.text).toContain('第4行');
    expect(await units(office)).not.toContain('望海区辛学校');
    await press(card, admin, '确认导入');
    const [done] = await answers(world, chat, 1);
    expect(done?.text).toContain('“粘贴的表格”（单位通讯录）已写入');
    expect(await units(office)).toContain('望海区辛学校');
    expect((await paste(`导入\n${heading}\n${row}`))?.text).toContain('没有要写入的内容');
    const undo = await world.ask(chat, admin, '导入 撤销');
    expect(await world.ask(chat, admin, undo.match(/导入 撤销 \w{8} 确认/)?.[0] ?? '')).toContain(
      '“粘贴的表格”已经撤销',
    );
    expect(await units(office)).not.toContain('望海区辛学校');
    expect((await paste('导入\n苹果\t梨\n1\t2'))?.text).toContain('没有找到认识的表头');

    const long = await world.ask(chat, admin, `导入\n${heading}\n${'长'.repeat(51_200)}`);
    expect(long).toContain('超过150 KB');
    const stranger = world.person('过路人');
    const refused = await world.ask(world.lark.control.p2p(stranger), stranger, `导入\n${heading}\n${row}`);
    expect(refused).toContain('只有管理员可以导入表格');
  });
});
