import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { systemTime } from '../../src/homes/system-time.ts';
import { startPostgres } from '../support/postgres.ts';
import { postgresRows, type Row, sqliteRows } from '../support/side-door.ts';
import { Bot, openDoor, type Sent, watchedWay } from './fleet.ts';
import type { Ordered } from './pushes.ts';
import { nominals } from './pushes.ts';

export interface Official {
  readonly openId: string;
  readonly chatId: string;
}

export interface Scene {
  readonly lark: Emulator;
  readonly bots: readonly Bot[];
  readonly officials: readonly Official[];
  readonly databaseUrl: string;
  /** What the bots have sent, each by its own way. */
  readonly sent: Sent[];
  rows(...statements: readonly string[]): Promise<readonly (readonly Row[])[]>;
  /** The bots are dead. */
  close(): Promise<void>;
}

/** Lark, a database, one bot on SQLite or two on PostgreSQL, and officials with a group each. */
export async function openScene(isPostgres: boolean, count: number, draw: () => number): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-soak-'));
  const postgres = isPostgres ? await startPostgres() : undefined;
  const databaseUrl = (await postgres?.url('soak')) ?? `file:${join(folder, 'dudao.db')}`;
  const lark = await startEmulator({ time: systemTime });
  const officials = Array.from({ length: count }, (_, at) => {
    const { openId } = lark.control.addPerson({ name: `干部${at + 1}` });
    // Answers in a group name the message that they answer.
    const chatId = lark.control.addGroup({ name: `工作群${at + 1}`, members: [openId] }).chatId;
    return { openId, chatId };
  });
  const sent: Sent[] = [];
  const ways = await Promise.all(
    Array.from({ length: isPostgres ? 2 : 1 }, (_, bot) => watchedWay(lark.url, { bot, now: systemTime.now, sent })),
  );
  const env = {
    LARK_APP_ID: lark.appId,
    LARK_APP_SECRET: lark.appSecret,
    LARK_ENCRYPT_KEY: lark.encryptKey,
    LARK_VERIFICATION_TOKEN: lark.verificationToken,
    DATABASE_URL: databaseUrl,
    ADMIN_OPEN_IDS: officials.map(({ openId }) => openId).join(','),
  };
  const bots = ways.map(({ url }) => new Bot({ ...env, LARK_DOMAIN: url }));
  for (const bot of bots) await bot.live();
  const door = await openDoor(bots, draw);
  lark.control.pushEventsTo(`${door.url}/lark/events`);
  const side = isPostgres ? postgresRows(databaseUrl) : sqliteRows(join(folder, 'dudao.db'));
  return {
    lark,
    bots,
    officials,
    databaseUrl,
    sent,
    rows: (...statements) => side.rows(...statements),
    async close() {
      door.close();
      for (const way of ways) way.close();
      await side.close();
      await lark.close();
      await postgres?.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const TABLE = `云溪市单位通讯录
序号,单位名称,类别,上级单位,联络员,手机
1,市教育局,成员单位,,周丙,13900000001
2,第一小学,小学,市教育局,朱戊,13900000002
`;

/** The office's table, in a direct chat; then a group for each of them, with a push every two minutes. */
export async function prepare({ lark: { control }, officials }: Scene, minutes: number): Promise<readonly Ordered[]> {
  const { openId = '' } = officials[0] ?? {};
  const office = control.p2p(openId);
  const shown = (chatId: string, words: string) =>
    control.messages(chatId).find(({ from, text }) => from === 'bot' && text.includes(words));
  const say = async (line: string, answer: string) => {
    control.say(office, openId, line);
    await control.when(() => shown(office, answer) !== undefined);
  };
  control.say(office, openId, '', { file: { name: '单位通讯录.csv', bytes: new TextEncoder().encode(TABLE) } });
  await control.when(() => shown(office, '确认导入') !== undefined);
  await control.press(shown(office, '确认导入')?.messageId ?? '', openId, { buttonText: '确认导入' });
  await control.when(() => shown(office, '导入成功') !== undefined);
  // Whatever the hour at which this runs.
  await say('设置 免打扰 关闭', '关闭');
  for (const { openId: by, chatId } of officials) {
    await control.addBot(chatId, { by });
    control.say(chatId, by, '绑定 云溪市', { mentionBot: true });
  }
  await control.when(() => officials.every(({ chatId }) => shown(chatId, '已绑定') !== undefined));
  await say('日程 新增 今天 23:50 第一小学 专项督导 组长 周丙', '第一小学');
  const times = nominals(systemTime.now() + 45_000, minutes);
  for (const { word } of times)
    for (const { openId: by, chatId } of officials)
      await control.say(chatId, by, `提醒 新增 每天 ${word} 今日日程`, { mentionBot: true }).delivered;
  return times.flatMap(({ at }) => officials.map(({ chatId }) => ({ chatId, nominalAt: at })));
}
