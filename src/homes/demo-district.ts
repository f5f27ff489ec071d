import { readFile } from 'node:fs/promises';
import { withCalendar } from '../app/calendars.ts';
import type { Core } from '../app/core.ts';
import type { Emulator } from '../emulator/server.ts';
import { faultyRows, type Issue, reasonOf, severityOf } from '../excel/issue.ts';
import { applyImport, planImport } from '../features/imports/planning/import-workbook.ts';

/** The workbooks as the offices of the fictitious 云溪市 keep them, in the order in which an administrator would import them. */
const WORKBOOKS = ['单位通讯录', '评估指标自评表', '督导日程表', '任务分解表'];
const SHOWN_ISSUES = 3;

/**
 * Who is on Lark in 云溪市. Those with a mobile number are in the address book with it; inspectors (督导室's own) are known by name from the
 * bureau's group. `title` is what the page shows beside the name. 冯癸 are two, as the address book has them; 吕壬 of 望海区实验小学 has a new number, so that only 我是 can tell.
 */
const PEOPLE = {
  director: { name: '吕壬', mobile: '13900002018', title: '市督导室主任' },
  bureau: { name: '周丙', mobile: '13900002002', title: '市教育局处长' },
  culture: { name: '冯癸', mobile: '13900002009', title: '市文旅局科长' },
  leader: { name: '方甲', title: '督学' },
  second: { name: '程乙', title: '督学' },
  third: { name: '彭丁', title: '督学' },
  fourth: { name: '田戊', title: '督学' },
  county: { name: '冯癸', mobile: '13900002029', title: '望海区教育局督导科科长' },
  government: { name: '钱壬', mobile: '13900002028', title: '望海区政府办副主任' },
  primary: { name: '吕壬', mobile: '13700001234', title: '望海区实验小学' },
  school: { name: '朱戊', mobile: '13900002054', title: '望海区第一中学副校长' },
} as const;
type Who = keyof typeof PEOPLE;

const GROUPS: readonly { readonly name: string; readonly unit: string; readonly members: readonly Who[] }[] = [
  {
    name: '云溪市教育局工作群',
    unit: '云溪市',
    members: ['bureau', 'director', 'culture', 'leader', 'second', 'third', 'fourth'],
  },
  { name: '望海区教育工作群', unit: '望海区', members: ['county', 'government', 'primary', 'director'] },
  { name: '望海区第一中学工作群', unit: '望海区第一中学', members: ['school', 'director'] },
];

export interface DemoGroup {
  readonly chatId: string;
  readonly name: string;
  /** The unit that it will be bound to, as an official would write it. */
  readonly unit: string;
  /** Open id of the member who speaks when nobody is named. */
  readonly speaker: string;
}

export interface District {
  readonly people: Readonly<Record<Who, string>>;
  /** The bureau's, a county's and a school's. */
  readonly groups: readonly [DemoGroup, DemoGroup, DemoGroup];
}

/** People and groups in the emulator; the bot is in none of them yet. */
export function settle({ control }: Emulator): District {
  const openIds = new Map(Object.entries(PEOPLE).map(([who, person]) => [who, control.addPerson(person).openId]));
  const idOf = (who: string | undefined) => openIds.get(who ?? '') ?? '';
  const people = {
    director: idOf('director'),
    bureau: idOf('bureau'),
    culture: idOf('culture'),
    leader: idOf('leader'),
    second: idOf('second'),
    third: idOf('third'),
    fourth: idOf('fourth'),
    county: idOf('county'),
    government: idOf('government'),
    primary: idOf('primary'),
    school: idOf('school'),
  };
  const [bureau, county, school] = GROUPS.map(({ name, unit, members }) => ({
    name,
    unit,
    speaker: idOf(members[0]),
    chatId: control.addGroup({ name, members: members.map(idOf) }).chatId,
  }));
  if (!bureau || !county || !school) throw new Error('three groups are the demo');
  return { people, groups: [bureau, county, school] };
}

/** Imports the sample district's workbooks and says, for each, what came of it: counts, and a few of the complaints. */
export async function importDistrict(running: Core, say: (lines: readonly string[]) => void): Promise<void> {
  const core = await withCalendar(running);
  for (const name of WORKBOOKS) {
    const file = `${name}.xlsx`;
    const bytes = await readFile(new URL(`./sample-district/${file}`, import.meta.url));
    const plan = await planImport(core, bytes, file);
    if (plan.kind === 'refused') throw new Error(plan.message);
    if ((await applyImport(core, plan, file, 'operator')) !== 'done') throw new Error(`${file} was not imported`);
    say([
      `${file}　${plan.title}`,
      `  读取 ${plan.rows} 行：新增 ${plan.added.length} 项，变更 ${plan.changed.length} 项；有错误未导入 ${faultyRows(plan.issues).size} 行`,
      ...complaints(plan.issues),
    ]);
  }
}

/** Errors first: what kept a row out matters more than what was merely said of it. */
function complaints(issues: readonly Issue[]): readonly string[] {
  const serious = [
    ...issues.filter((issue) => severityOf(issue) === 'error'),
    ...issues.filter((issue) => severityOf(issue) === 'warning'),
  ];
  const shown = serious.slice(0, SHOWN_ISSUES);
  const rest = issues.length - shown.length;
  return [
    ...shown.map((issue) => `  ${severityOf(issue) === 'error' ? '错误' : '警告'} ${reasonOf(issue)}`),
    ...(rest > 0 ? [`  另有 ${rest} 条警告和提示`] : []),
  ];
}
