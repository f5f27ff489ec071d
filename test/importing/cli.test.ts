import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import SqliteFile from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, wallClock } from '../../src/domain/calendar/local-date.ts';
import { openDatabase } from '../../src/homes/database.ts';
import { bytesOf } from '../excel/fixture-files.ts';
import { heavyFiles } from '../excel/heavy-files.ts';
import { oleFile, repeated, workbookParts, zip } from '../excel/make-files.ts';
import { COMPILED } from '../support/compiled.ts';
import { FILES } from './desk.ts';
import { edited } from './edit-workbook.ts';

const CLI = fileURLToPath(new URL('../../src/homes/cli.ts', import.meta.url));
/** At exit the child writes its peak memory, in KiB, to a fourth pipe. */
const MEASURED = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));",
)}`;

const folder = mkdtempSync(join(tmpdir(), 'dudao-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `npm run dudao -- …` in the temporary folder, as an operator runs it. */
async function dudao(database: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', MEASURED, CLI, ...args], {
    cwd: folder,
    env: { ...COMPILED, PATH: process.env['PATH'], DATABASE_URL: `file:${database}` },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  const [, out, err, peak] = child.stdio;
  const [stdout, stderr, kib, code] = await Promise.all([
    textOf(readable(out)),
    textOf(readable(err)),
    textOf(readable(peak)),
    ended,
  ]);
  return { code, stdout, stderr, megabytes: Number(kib) / 1024 };
}

function readable(pipe: unknown): Readable {
  if (pipe instanceof Readable) return pipe;
  throw new Error('not a pipe');
}

/** A file of the temporary folder, by its name there. */
function given(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes);
  return name;
}
const fixtureAt = (name: string) => fileURLToPath(new URL(`../fixtures/workbooks/${name}`, import.meta.url));

const rowsIn = (database: string, table: string): number => {
  const file = new SqliteFile(join(folder, database), { readonly: true });
  const row = file.prepare<[], { n: number }>(`SELECT COUNT(*) AS n FROM ${table}`).get();
  file.close();
  return row?.n ?? 0;
};

describe('a preview', () => {
  test('says what would be added and what is faulty, row by row with the reason, and writes nothing', async () => {
    const { code, stdout, stderr } = await dudao('preview.db', 'import', fixtureAt(FILES['05']));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('05-单位通讯录.xlsx（单位通讯录）云溪市教育督导工作通讯录\n');
    expect(stdout).toContain('读取 91 行：新增 181，变更 0，不变 0；有错误未导入 1 行\n');
    expect(stdout).toContain('\n+ 望海区第一中学\n');
    expect(stdout).toContain('\n错误 第100行：与第37行重复，不再导入\n');
    expect(stdout).toContain('\n提示 第9行：手机号是数字格式，已按文本读取\n');
    expect(stdout).toMatch(/（预览，未写入。确认无误后加上 --apply 再运行。）\n$/);
    expect(['unit', 'person', 'audit'].map((table) => rowsIn('preview.db', table))).toEqual([0, 0, 0]);
  });

  test('after an import shows what changed, old and new, and counts the rest as unchanged', async () => {
    const first = await dudao('changed.db', 'import', fixtureAt(FILES['05']), fixtureAt(FILES['01']), '--apply');
    expect([first.code, first.stderr, first.stdout.match(/已写入。/g)]).toEqual([0, '', ['已写入。', '已写入。']]);
    expect(rowsIn('changed.db', 'inspection')).toBe(46);

    const again = await dudao('changed.db', 'import', fixtureAt(FILES['01']), '--apply');
    expect(again.stdout).toContain('读取 58 行：新增 0，变更 0，不变 46；有错误未导入 12 行\n');
    expect([again.code, again.stdout.endsWith('\n没有变动。\n')]).toEqual([0, true]);
    expect(rowsIn('changed.db', 'audit')).toBe(2);

    const file = given('改.xlsx', edited('01', { cells: { G4: '秋季开学工作' } }).bytes);
    const preview = await dudao('changed.db', 'import', file);
    expect(preview.stdout).toContain('新增 0，变更 1，不变 45');
    expect(preview.stdout).toContain(
      '\n~ 2026-04-01 上午 临江区第一中学 专项督导：督导内容 春季开学工作 → 秋季开学工作\n',
    );
    expect(preview.stdout).toContain('\n错误 第63行：没有“2026.4.31”这一天，请改正\n');
  });

  test('an export writes a list that an import finds unchanged, and says what it cannot write', async () => {
    const file = join(folder, '日程.xlsx');
    await dudao('export.db', 'import', fixtureAt(FILES['05']), fixtureAt(FILES['01']), '--apply');
    const days = ['--from', '2026-01-01', '--to', '2026-12-31'];
    const out = await dudao('export.db', 'export', 'schedule', file, ...days);
    expect([out.code, out.stderr, out.stdout]).toEqual([0, '', `${file}：46 行\n`]);
    expect((await dudao('export.db', 'import', file)).stdout).toContain('新增 0，变更 0，不变 46');
    const bad = await dudao('export.db', 'export', 'everything', file);
    expect([bad.code, bad.stderr.includes('schedule, tasks')]).toEqual([1, true]);
  });

  test('of a visit that moves tells its groups, as an import in the chat does', async () => {
    const directory = '序号,单位名称,简称,类别,联络员,职务,手机\n1,望海区第一中学,一中,中学,朱戊,主任,13900000013\n';
    // Visits that are over move nobody; the command reads the machine's clock.
    const today = wallClock(Date.now(), 'Asia/Shanghai').date;
    const on = (days: number) =>
      given('日程.csv', `日期,督导对象,督导类型,组长\n${addDays(today, days)},望海区第一中学,复查,韩丙\n`);
    await dudao('told.db', 'import', given('通讯录.csv', directory), '--apply');
    const { store, close } = await openDatabase(`file:${join(folder, 'told.db')}`);
    const unit = (await store.directory()).units.find(({ name }) => name === '望海区第一中学');
    const bound = { kind: 'group.bound', chatId: 'oc_1', unitId: unit?.id ?? '', seen: 1 } as const;
    for (const change of [{ kind: 'group.joined', chatId: 'oc_1', name: '一中群' } as const, bound])
      expect(await store.commit({ changes: [change], messages: [], audit: [] })).toBe('done');
    await close();
    expect((await dudao('told.db', 'import', on(40), '--apply')).stdout).toMatch(/\n已写入。\n$/);
    expect((await dudao('told.db', 'import', on(41))).stdout).toContain('变更 1');
    expect(rowsIn('told.db', 'outbox')).toBe(0);
    const moved = await dudao('told.db', 'import', on(41), '--apply');
    expect(moved.stdout).toContain('已写入。有 1 条督导变动通知，由运行中的机器人发出。');
    expect(rowsIn('told.db', 'outbox')).toBe(1);
  });

  test('of several files goes on after a refused one, and the exit code tells of it', async () => {
    const bad = given('说明.xlsx', 'hello world');
    const { code, stdout, stderr } = await dudao('several.db', 'import', bad, fixtureAt(FILES['05']), '--apply');
    expect([code, stderr.split('\n').length, stdout.includes('已写入。')]).toEqual([1, 2, true]);
    expect(rowsIn('several.db', 'unit')).toBeGreaterThan(90);
  });

  test('of a district’s workbook follows --under', async () => {
    const file = given('名单.csv', '单位名称,简称,类别\n区教育局,教育局,区直部门\n');
    await dudao('under.db', 'import', fixtureAt(FILES['05']), '--apply');
    const under = await dudao('under.db', 'import', file, '--under', '望海区');
    expect(under.stdout).toContain('~ 望海区教育局：');
    expect(under.stdout).toContain('区教育局');
    const unknown = await dudao('under.db', 'import', file, '--under', '望山区');
    expect([unknown.code, unknown.stdout, unknown.stderr]).toEqual([
      1,
      '',
      '名单.csv：通讯录中没有单位“望山区”，请核对名称，或先导入包含它的单位通讯录。\n',
    ]);
  });
});

const cut = () => bytesOf(FILES['01']).subarray(0, 9_000);
const REFUSED: readonly (readonly [string, () => string, RegExp])[] = [
  ['03', () => fixtureAt('03-问题整改台账.xlsx'), /：这是“问题整改台账”，暂不支持导入。/],
  ['06', () => fixtureAt('06-责任督学挂牌一览表.xlsx'), /：这是“责任督学挂牌一览表”，暂不支持导入。/],
  ['07', () => fixtureAt('07-满意度调查进度表.xlsx'), /：这是“满意度调查进度表”，暂不支持导入。/],
  ['08', () => fixtureAt('08-重大决策和民生实事月调度表.xlsx'), /：这是“重大决策和民生实事月调度表”，暂不支持导入。/],
  ['a damaged workbook', () => given('损坏.xlsx', cut()), /文件已损坏/],
  ['an encrypted workbook', () => given('加密.xlsx', oleFile('EncryptedPackage')), /打开密码/],
  ['50 MB', () => given('大.xlsx', heavyFiles['50 MB'].make()), /文件超过10 MB/],
  ['a zip bomb', () => given('炸弹.xlsx', heavyFiles['zip bomb'].make()), /展开后过大/],
  ['plain text named .xlsx', () => given('文本.xlsx', 'hello world'), /内容不是 Excel 工作簿/],
  ['a workbook of no known kind', () => given('工资.csv', '姓名,岗位工资,绩效\n陈甲,1,2\n'), /没有找到认识的表头/],
  [
    'a big workbook of no known kind',
    () => given('杂.xlsx', zip(workbookParts(`<row r="1">${repeated('<c><v>1</v></c>', 2_200_000)}</row>`))),
    /没有找到认识的表头/,
  ],
  ['a file that is not there', () => '没有.xlsx', /文件读不到/],
  ['a folder', () => '.', /文件读不到/],
  ['a table before any directory', () => fixtureAt(FILES['02']), /请先导入单位通讯录/],
];

describe('refused with one Chinese line and exit code 1, nothing written, within 100 MB above idle', () => {
  let idle = 0;
  beforeAll(async () => {
    idle = (await dudao('bad.db', 'import', given('小.csv', '单位名称,简称,类别\n某市教育局,市教育局,市直部门\n')))
      .megabytes;
  });

  test.each(REFUSED)('%s', async (_what, file, reason) => {
    const { code, stdout, stderr, megabytes } = await dudao('bad.db', 'import', file(), '--apply');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]+。\n$/);
    expect(stderr).toMatch(reason);
    expect(['unit', 'audit'].map((table) => rowsIn('bad.db', table))).toEqual([0, 0]);
    expect(idle).toBeGreaterThan(0);
    expect(megabytes - idle).toBeLessThan(100);
  });
});

test('a command that does not exist shows the usage, and exit code 1', async () => {
  const { code, stderr } = await dudao('usage.db', 'imprt', 'a.xlsx');
  expect([code, stderr.includes('import FILE…')]).toEqual([1, true]);
});

test('a rehearsal without two days in order says how to ask, and one of an empty database says that nothing comes', async () => {
  for (const days of [
    [],
    ['--from', '2026-02-30', '--to', '2026-03-02'],
    ['--from', '2027-01-02', '--to', '2027-01-01'],
  ]) {
    const { code, stderr } = await dudao('rehearsal.db', 'rehearse', ...days);
    expect([code, stderr]).toEqual([1, 'rehearse needs --from and --to as YYYY-MM-DD, the earlier day first\n']);
  }
  const { code, stdout } = await dudao('rehearsal.db', 'rehearse', '--from', '2027-01-01', '--to', '2027-01-10');
  expect([code, stdout]).toEqual([0, '共 0 条，没有发送任何消息。\n']);
});

test('a rehearsal prints each message of a bound group, and sends and changes nothing', async () => {
  await dudao('coming.db', 'migrate');
  const file = new SqliteFile(join(folder, 'coming.db'));
  file.exec(`
    INSERT INTO unit (id, name, kind) VALUES ('u', '望海区', '');
    INSERT INTO unit_closure (ancestor_id, descendant_id, depth) VALUES ('u', 'u', 0);
    INSERT INTO work_group (chat_id, name, unit_id, state) VALUES ('oc_1', '望海区教育工作群', 'u', 'active');
    INSERT INTO inspection (id, unit_id, date_from, date_to, begins_at, kind, unannounced)
      VALUES ('i', 'u', '2190-01-05', '2190-01-05', 6942758400000, '专项督导', 0);
    INSERT INTO reminder_rule (id, chat_id, number, content, recurrence, at_time, nominal_at, fire_at)
      VALUES ('r', 'oc_1', 1, 'day', '{"kind":"daily"}', '09:00', 1, 1);
  `);
  file.close();
  const { code, stdout } = await dudao('coming.db', 'rehearse', '--from', '2190-01-05', '--to', '2190-01-05');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^2190年1月5日（周二） 09:0\d　望海区教育工作群\n今日督导\n不@任何人\n/);
  expect(stdout).toContain('专项督导');
  expect(stdout).toMatch(/共 1 条，没有发送任何消息。\n$/);
  expect(['outbox', 'notification'].map((table) => rowsIn('coming.db', table))).toEqual([0, 0]);
});
