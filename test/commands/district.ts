import { rmSync } from 'node:fs';
import { openSqlite } from '../../src/db/sqlite.ts';
import { date, instantAt, type LocalTime } from '../../src/domain/calendar/local-date.ts';
import type { Role } from '../../src/domain/people/person.ts';
import type { Change } from '../../src/ports/changes.ts';
import { importDistrict } from '../journeys/district.ts';
import { importFile } from '../support/import-table.ts';
import { migratedSqlite } from '../support/migrated-sqlite.ts';
import { onceAProcess } from '../support/once-a-process.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { commit, coreAt, type Desk, decide } from './ask.ts';

/** The moment at which Shanghai's clocks show this. */
export const moment = (day: string, time: LocalTime) => instantAt(date(day), time, 'Asia/Shanghai');
/** Monday, before the pushes of the day. */
export const MORNING = moment('2026-04-20', '07:30');

interface Sitter {
  readonly name: string;
  readonly unit?: string;
  /** Stands in no row of the address book's table. */
  readonly unlisted?: true;
  readonly role?: Role;
  /** The unit of the role; without one it is for everything. */
  readonly of?: string;
}

/** Who of the journeys' district sits where. 过路人 stands in no address book. */
const PEOPLE = {
  director: { name: '吕壬', unit: '市教育局督导室', role: 'administrator' },
  /** Goes on visits, too. */
  supervisor: { name: '韩丙', unit: '市教育局督导室', role: 'supervisor', of: '望海区人民政府' },
  /** Administrator of the county beside it. */
  neighbour: { name: '李己', unit: '临江区人民政府', role: 'administrator', of: '临江区人民政府' },
  liaison: { name: '朱戊', unit: '望海区第一中学', role: 'liaison', of: '望海区第一中学' },
  /** Answers for tasks; liaison by the address book, without a grant. */
  member: { name: '陈甲', unit: '望海区教育局' },
  /** The namesake in the county beside it. */
  outsider: { name: '陈甲', unit: '临江区教育局' },
  /** Beside the liaison: of the unit, without a role. */
  colleague: { name: '邹己', unit: '望海区教育局', unlisted: true },
  /** Of an office beside the bureau, without a role. */
  clerk: { name: '邬丁', unit: '望海区财政局', unlisted: true },
  /** Of the city's bureau, without a grant. */
  bureau: { name: '周丙', unit: '市教育局' },
  stranger: { name: '过路人' },
} as const satisfies Readonly<Record<string, Sitter>>;

interface Bound {
  readonly name: string;
  readonly unit?: string;
}
const GROUPS = {
  city: { name: '市局工作群', unit: '云溪市' },
  county: { name: '望海区工作群', unit: '望海区人民政府' },
  school: { name: '望海一中群', unit: '望海区第一中学' },
  neighbours: { name: '临江区工作群', unit: '临江区人民政府' },
  unbound: { name: '还没绑定的群' },
} as const satisfies Readonly<Record<string, Bound>>;

export type Person = keyof typeof PEOPLE;
export type Group = keyof typeof GROUPS;

/** Written so that the types of the keys are kept. */
const people = Object.entries(PEOPLE) as readonly (readonly [Person, Sitter])[];
const groups = Object.entries(GROUPS) as readonly (readonly [Group, Bound])[];

export const accountOf = (person: Person): string => `ou_${person}`;
export const chatOf = (person: Person, group: Group | undefined): string =>
  group ? `oc_${group}` : `oc_with_${person}`;

/** Who is named by @陈甲 and the like; of namesakes the first. */
export const mentionsIn = (line: string) =>
  [...line.matchAll(/@(\p{Script=Han}+)/gu)].flatMap(([, written = '']) => {
    const found = people.find(([, { name }]) => name === written);
    return found ? [{ openId: accountOf(found[0]), name: written }] : [];
  });

/** The database file of the district: imported, people linked, groups bound, once for all files of a process. */
export const district = onceAProcess(
  async () => {
    const folder = scratchFolder('dudao-district-');
    const file = (await migratedSqlite(folder)).slice('file:'.length);
    const database = openSqlite(file);
    const desk = { store: database.store, now: MORNING };
    await importDistrict({ importTable: (name, text) => importFile(coreAt(desk), name, text) });
    await seat(desk);
    await bind(desk);
    await database.close();
    return { folder, file };
  },
  async ({ folder }) => rmSync(folder, { recursive: true }),
);

async function seat({ store, now }: Desk): Promise<void> {
  const { units } = await store.directory();
  const unlisted = people.flatMap(([key, { name, unit, unlisted }]) => {
    const unitId = units.find((each) => each.name === unit)?.id;
    return unlisted && unitId ? [{ id: `p_${key}`, unitId, name, position: '', officePhone: '', email: '' }] : [];
  });
  await store.commit({ changes: [{ kind: 'people.put', rows: unlisted }], messages: [], audit: [] });
  const changes: Change[] = groups.map(([key, { name }]) => ({
    kind: 'group.joined',
    chatId: chatOf('director', key),
    name,
  }));
  for (const [key, { name, unit, role, of }] of people) {
    const openId = accountOf(key);
    const person = (await store.peopleByName(name)).find((each) => each.unit.name === unit);
    if (person)
      changes.push({ kind: 'person.linked', personId: person.id, openId, by: 'mobile', seen: person.version });
    const unitId = units.find((each) => each.name === of)?.id;
    if (role) changes.push({ kind: 'role.granted', openId, role, unitId, by: 'test', at: now });
  }
  await store.commit({ changes, messages: [], audit: [] });
}

async function bind(desk: Desk): Promise<void> {
  for (const [key, { unit }] of groups) {
    const asked = { openId: accountOf('director'), chatId: chatOf('director', key), type: 'group' } as const;
    if (unit) await commit(desk, asked, await decide(desk, { ...asked, line: `绑定 ${unit}`, mentions: [] }));
  }
}
