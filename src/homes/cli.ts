import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { calendarsOver } from '../app/calendars.ts';
import { parseDate, wallClock } from '../domain/calendar/local-date.ts';
import { statutoryCalendar } from '../domain/calendar/statutory.ts';
import { MAX_FILE_BYTES } from '../excel/open-workbook.ts';
import { importNotices } from '../features/imports/import-notices.ts';
import { applyImport, planImport } from '../features/imports/planning/import-workbook.ts';
import type { Importer, ImportPlan } from '../features/imports/planning/plan.ts';
import { issueClaim } from '../features/people/claim.ts';
import { rehearsedLines } from '../features/reminders/rehearsal-card.ts';
import { lookAhead } from '../features/reminders/rehearse.ts';
import { clashText } from '../features/visits/clashes-card.ts';
import { foreseeClashes } from '../features/visits/find-clashes.ts';
import type { Store } from '../ports/store.ts';
import { exportList } from './cli-export.ts';
import { previewOf } from './cli-preview.ts';
import { ConfigError, readConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { randomIds } from './ids.ts';
import { systemTime } from './system-time.ts';

const OPERATOR = 'operator';

const USAGE = `npm run dudao -- <command>

  import FILE… [--apply] [--under 单位]   read the officials' workbooks (.xlsx, .csv); without --apply only show what would change
  migrate                                bring the database's schema up to date
  export KIND FILE [--from DATE] [--to DATE] [--unit 单位]
                                         write a list as a workbook; KIND: findings, schedule, tasks, progress, assessment, directory, milestones, rules, audit
  rehearse --from DATE --to DATE         print what would be sent on these days; nothing is sent
  claim                                  print a new one-time code for the first administrator
`;

/** The database commands need no Lark app; whatever is missing of it is filled in and never used. */
const OFFLINE = {
  LARK_APP_ID: 'cli_offline',
  LARK_APP_SECRET: '-',
  LARK_ENCRYPT_KEY: '-',
  LARK_VERIFICATION_TOKEN: '-',
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      apply: { type: 'boolean', default: false },
      under: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      unit: { type: 'string' },
    },
  });
  const [command, ...files] = positionals;
  if (
    !command ||
    !['import', 'migrate', 'claim', 'rehearse', 'export'].includes(command) ||
    (command === 'export' && files.length !== 2) ||
    (command === 'import' && files.length === 0)
  ) {
    process.stderr.write(USAGE);
    return 1;
  }
  const config = readConfig({ ...OFFLINE, ...process.env });
  const database = await openDatabase(config.DATABASE_URL);
  try {
    if (command === 'claim') process.stdout.write(`认领 ${await issueClaim(database.store, randomIds)}\n`);
    if (command === 'rehearse') return await rehearse(database.store, config.TIME_ZONE, values);
    if (command === 'export') return await exportList(database.store, config.TIME_ZONE, files, values);
    if (command !== 'import') return 0;
    const importer: Importer = {
      store: database.store,
      ids: randomIds,
      time: systemTime,
      calendar: await calendarOf(database.store),
      zone: config.TIME_ZONE,
    };
    return await importFiles(importer, files, values);
  } finally {
    await database.close();
  }
}

const calendarOf = async (store: Store) => (await calendarsOver(statutoryCalendar()).now(store)).calendar;

/** The messages of these days as plain text, one after another; the same look-ahead as 预演. */
async function rehearse(
  store: Store,
  zone: string,
  days: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<number> {
  const [from, to] = [parseDate(days.from ?? ''), parseDate(days.to ?? days.from ?? '')];
  if (!from || !to || from > to) {
    process.stderr.write('rehearse needs --from and --to as YYYY-MM-DD, the earlier day first\n');
    return 1;
  }
  const now = systemTime.now();
  const today = wallClock(now, zone).date;
  const calendar = await calendarOf(store);
  const pushes = await lookAhead({ store, calendar, zone }, now).pushes(undefined, { from, to }, 'as sent');
  const clashes = await foreseeClashes(
    { read: store, calendar, zone, scope: { unitIds: await store.roots() }, told: (visits) => visits },
    { from, to },
    pushes,
  );
  for (const clash of clashes) process.stdout.write(`请核对：${clashText(clash, today)}\n`);
  for (const push of pushes) process.stdout.write(`${rehearsedLines(push, today, zone).join('\n')}\n\n`);
  const paused = (await store.pause()) ? '现在是全部暂停，恢复之前一条也不会发。' : '';
  process.stdout.write(`共 ${pushes.length} 条，没有发送任何消息。${paused}\n`);
  return 0;
}

/** One file is one unit; a file that is refused does not keep the others from being read, and makes the exit code 1. */
async function importFiles(
  importer: Importer,
  files: readonly string[],
  { apply, under }: { readonly apply: boolean; readonly under?: string | undefined },
): Promise<number> {
  let failed = 0;
  for (const file of files) {
    const name = basename(file);
    const bytes = await readWorkbook(file);
    const plan =
      typeof bytes === 'string'
        ? ({ kind: 'refused', message: `${name}：${bytes}` } as const)
        : await planImport(importer, bytes, name, under);
    if (plan.kind === 'refused') {
      process.stderr.write(`${plan.message}\n`);
      failed = 1;
      continue;
    }
    process.stdout.write(previewOf(name, plan));
    if (!apply) process.stdout.write('（预览，未写入。确认无误后加上 --apply 再运行。）\n');
    else if (plan.changes.length === 0) process.stdout.write('没有变动。\n');
    else if (await written(importer, plan, name)) failed = 1;
  }
  return failed;
}

/** Groups and teams are told of moved visits as by an import in the chat; the running bot sends it. The exit code. */
async function written(importer: Importer, plan: ImportPlan, name: string): Promise<0 | 1> {
  const of = { id: importer.ids.code(), version: 1, fileName: name, sender: OPERATOR };
  const { messages: told } = await importNotices(importer, plan, of, importer.time.now());
  if ((await applyImport(importer, plan, name, OPERATOR, told)) === 'done') {
    process.stdout.write(
      told.length > 0 ? `已写入。有 ${told.length} 条督导变动通知，由运行中的机器人发出。\n` : '已写入。\n',
    );
    return 0;
  }
  process.stderr.write(`${name}：写入前数据已有变动，没有写入，请再运行一次。\n`);
  return 1;
}

/** The size is asked before the bytes are read: a huge file never reaches the memory. */
async function readWorkbook(file: string): Promise<Uint8Array | string> {
  try {
    const { size } = await stat(file);
    return size > MAX_FILE_BYTES ? '文件超过10 MB，请拆分，或删除图片和空白行后重新发送。' : await readFile(file);
  } catch {
    return '文件读不到，请核对路径。';
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof ConfigError ? error.message : error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
