import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import SqliteFile from 'better-sqlite3';
import { date, instantAt } from '../../src/domain/calendar/local-date.ts';
import { demonstration } from './demonstration.ts';
import { hashesOf, releaseFolder } from './releases.ts';

/**
 * node test/support/dump-release.ts v0.2.0: keeps what a database of this release holds; run once, when a release is made. Tests bring each
 * kept release up to date on every home (test/db/releases.test.ts). The rows are the demonstration's and those of the lines below, so that
 * each table has some; which have none is printed.
 */
const [release] = process.argv.slice(2);
if (!release) throw new Error('node test/support/dump-release.ts v0.2.0');

const { stage, file, close } = await demonstration();
await fillTheRest();
const database = new SqliteFile(file, { readonly: true });
const tables = database
  .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
  .all()
  .map(({ name }) => name)
  .filter((name) => !name.startsWith('kysely_'));
const folder = releaseFolder(release);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('rows.sql.gz', folder), gzipSync(`${tables.flatMap(inserts).join('\n')}\n`, { level: 9 }));
writeFileSync(new URL('migrations.json', folder), `${JSON.stringify(hashesOf(), undefined, 2)}\n`);
const empty = tables.filter((table) => database.prepare(`SELECT 1 FROM ${table}`).get() === undefined);
console.log(`without a row: ${empty.join(', ') || 'none'}`);
database.close();
await close();

/** What the demonstration leaves out. */
async function fillTheRest(): Promise<void> {
  const { emulator, clock, district, talk } = stage;
  const { people, groups } = district;
  const [, county] = groups;
  const direct = (openId: string) => emulator.control.p2p(openId);
  const tell = (openId: string, text: string) => talk.say(direct(openId), openId, text);
  const send = async (openId: string, file: { name: string; bytes: Uint8Array }, type: string, answer: string) => {
    emulator.control.say(direct(openId), openId, '', { file, type });
    await emulator.control.when(() => talk.newest(direct(openId)).includes(answer));
  };

  await tell(people.director, readFileSync(new URL('../fixtures/notices/2027.txt', import.meta.url), 'utf8'));
  await talk.press(direct(people.director), people.director, '确认');
  for (const line of [
    '设置 截止提醒天数 5、3、1、0',
    '节假日 11月18日 休',
    '校历 望海区 寒假 2027-01-23 至 2027-02-21',
    '专项 单位 两项督导 加 望海区',
    '问题 望海区第一中学 财务账目不清 10个工作日 保密',
    '问题 望海一中 灭火器过期 4月21日 责任人朱戊',
    '整改 W3 下达',
  ]) {
    await tell(people.director, line);
  }
  await tell(people.director, '任务 新增 新建公办幼儿园 牵头 望海区教育局 目标 9 所 截止 6月15日');
  const task = /T\d+/.exec(talk.newest(direct(people.director)))?.[0];
  await tell(people.director, `任务 节点 ${task} 主体封顶 5月20日`);
  await tell(people.county, `进展 ${task} 完成 8 所`);
  await tell(people.director, '人员 解除 望海区实验小学 吕壬');
  await talk.say(county.chatId, people.primary, '@督导助手 我是 望海区实验小学 吕壬');
  const photo = { name: '现场.jpg', bytes: new TextEncoder().encode('jpg') };
  await send(people.county, photo, 'image', '作为哪一项');
  await talk.press(direct(people.county), people.county, 'T3');
  await send(people.school, photo, 'image', '作为哪一项');
  await talk.press(direct(people.school), people.school, 'W3');
  const schedule = new TextEncoder().encode(
    '云溪市2026年督导日程表\n序号,督导日期,督导对象,督导内容,组长\n1,2026-06-01,望海区第一中学,招生收费,方甲\n',
  );
  await send(people.director, { name: '6月日程.csv', bytes: schedule }, 'file', '新增 1');
  await clock.advanceTo(instantAt(date('2026-04-23'), '10:00', 'Asia/Shanghai'));
}

function inserts(table: string): readonly string[] {
  const rows = database.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
  return rows.map((row) => {
    const columns = Object.keys(row).map((column) => `"${column}"`);
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')});`;
  });
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}
