import { registry } from '../commands/registry.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import { addDays, date, instantAt } from '../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../src/domain/calendar/statutory.ts';
import { randomIds } from '../src/homes/ids.ts';
import { dispatch } from '../src/language/dispatch.ts';
import type { Preview } from '../src/language/preview.ts';
import type { Workbooks } from '../src/language/workbooks.ts';
import type { Change } from '../src/ports/changes.ts';
import { unit } from './unit.ts';

const COUNTIES = 100;
const SCHOOLS = 30;
const TASKS = 12_000;
const ROUNDS = 9;
const PAGES = ['截止', '任务', '汇总 任务', '日程'];
const [today, zone] = [date('2026-04-20'), 'Asia/Shanghai'];

/** None of the pages asks for a file or a push. */
const NO_FILES: Workbooks = {
  lists: async () => [],
  faultyRows: async () => undefined,
  template: async () => undefined,
  undo: async () => undefined,
  rehearsal: async () => ({ name: '', bytes: new Uint8Array() }),
};
const NO_PUSHES: Preview = {
  pushes: async () => [],
  next: async () => undefined,
  today: async () => undefined,
  again: async () => undefined,
};

/** A province: 100 counties, 3,000 schools, 12,000 tasks of four units each. */
async function province() {
  const database = openSqlite(':memory:');
  await database.migrate();
  const counties = Array.from({ length: COUNTIES }, (_, at) => unit(`c${at}`, `第${at}县教育局`, '县区教育局', 'root'));
  const schools = counties.flatMap((county, c) =>
    Array.from({ length: SCHOOLS }, (_, at) => unit(`s${c}-${at}`, `第${c}县第${at}小学`, '小学', county.id)),
  );
  const tasks = Array.from({ length: TASKS }, (_, at) => {
    const c = at % COUNTIES;
    const units = [`c${c}`, `s${c}-${at % SCHOOLS}`, `s${c}-${(at + 7) % SCHOOLS}`, `s${c}-${(at + 13) % SCHOOLS}`];
    const due = addDays(today, (at % 60) - 10);
    return {
      id: `t${at}`,
      programId: 'p',
      code: String(at + 1),
      kind: 'keyWork' as const,
      title: `第 ${at} 项工作`,
      level1: '',
      level2: '',
      requirement: '',
      evidence: '',
      note: '',
      veto: false,
      due: { kind: 'date' as const, date: due },
      dueText: due,
      dayUnit: 'working' as const,
      units: units.map((unitId, seat) => ({
        role: seat === 0 ? ('lead' as const) : ('assist' as const),
        unitId,
        written: unitId,
      })),
      people: [],
    };
  });
  const changes: Change[] = [
    { kind: 'units.put', rows: [unit('root', '省教育厅', '教育厅'), ...counties, ...schools] },
    { kind: 'programs.put', rows: [{ id: 'p', unitId: 'root', name: '重点工作' }] },
    { kind: 'tasks.put', rows: tasks },
  ];
  if ((await database.store.commit({ changes, messages: [], audit: [] })) !== 'done') throw new Error('not kept');
  return database;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Each page's CPU for the root ÷ for a county, medians. */
export async function rootPages(): Promise<readonly (readonly [string, number])[]> {
  const database = await province();
  const page = async (line: string, unitId: string, name: string): Promise<number> => {
    const unit = { id: unitId, name, sees: unitId, isRoot: unitId === 'root' };
    const before = process.cpuUsage();
    await dispatch(
      line,
      {
        chat: {
          chatId: `oc_${unitId}`,
          type: 'group',
          group: { chatId: `oc_${unitId}`, name, state: 'active', version: 1, unit },
        },
        actor: { openId: 'ou_1', people: [], roles: [], isAdministrator: true },
        administrators: new Set(),
        now: instantAt(today, '09:00', zone),
        today,
        zone,
        calendar: statutoryCalendar(),
        ids: randomIds,
        read: database.store,
        numbers: database.store.numbers,
        workbooks: NO_FILES,
        preview: NO_PUSHES,
      },
      registry,
    );
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const found: (readonly [string, number])[] = [];
  for (const line of PAGES) {
    const root: number[] = [];
    const county: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      root.push(await page(line, 'root', '省教育厅'));
      county.push(await page(line, 'c1', '第1县教育局'));
    }
    found.push([line, median(root) / median(county)]);
  }
  await database.close();
  return found;
}
