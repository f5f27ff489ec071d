import { describeSchoolYear, PART_WORD } from '../../../domain/calendar/school-year.ts';
import { type Inspection, visitNumber } from '../../../domain/visits/inspection.ts';
import type { Dependent } from '../../../ports/applied-imports.ts';
import type { InspectionRow } from '../../../ports/rows.ts';
import type { Reads } from '../../../ports/store.ts';
import { accountText, ROLE_WORD } from '../../people/roles-card.ts';

const ROLES: Readonly<Record<string, string>> = ROLE_WORD;
const PARTS: Readonly<Record<string, string>> = PART_WORD;

/** What stands on a row that would go, and how it is taken off where that can be done. */
export const dependentText = async (read: Pick<Reads, 'peopleByOpenId'>, dependent: Dependent): Promise<string> =>
  dependent.kind === 'role' ? roleText(read, dependent) : WORDS[dependent.kind](dependent);

async function roleText(
  read: Pick<Reads, 'peopleByOpenId'>,
  { name: unit, of, which: openId }: Dependent,
): Promise<string> {
  const people = await read.peopleByOpenId(openId);
  const who = accountText(openId, people.slice(0, 1));
  const written = people.length > 0 ? who : openId;
  const role = ROLES[of] ?? of;
  if (unit === '') return `${who}：账号是全部单位的${role}。先发送：角色 撤销 ${role} ${written}`;
  return `${unit}：${who}是它的${role}。先发送：角色 撤销 ${role} ${written} ${unit}`;
}

const WORDS: Readonly<Record<Exclude<Dependent['kind'], 'role'>, (dependent: Dependent) => string>> = {
  group: ({ name, of: unit }) =>
    `${name}：工作群绑定在导入的单位“${unit}”上。先在群里改绑别的单位，例如：绑定 单位名称`,
  viewer: ({ name, of: unit }) =>
    `${unit} ${name}：账号看得到限知的问题。要去掉这个人，请改为登记离任并写接替人，例如：离任 ${unit} ${name} 接替人`,
  term: ({ name: unit, of: part, which: year }) => {
    const period = `${PARTS[part] ?? part} ${year}-${Number(year) + 1}学年`;
    return `${unit}：录入了校历（${describeSchoolYear(Number(year))}${PARTS[part] ?? part}）。先发送：校历 取消 ${unit} ${period}`;
  },
  participant: ({ name: program, of: unit }) =>
    `专项 ${program}：参加单位里有“${unit}”。先发送：专项 单位 ${program} 减 ${unit}`,
  milestone: ({ name: program, of: step }) =>
    `专项 ${program}：设了节点“${step}”。先发送：专项 节点 ${program} 删除 ${step}`,
  inspection: ({ name }) => `D${name}：督导安排用到导入的单位、人员或专项`,
  task: ({ name }) => `${name}：任务用到导入的单位、人员、专项或指标`,
  finding: ({ name }) => `W${name}：问题用到导入的单位、人员、专项、指标或督导安排`,
  assessment: ({ name: unit, of: code }) => `自评 ${unit} ${code}：用到导入的单位、专项或指标`,
  person: ({ name }) => `${name}：人员属于导入的单位`,
  successor: ({ name, of: unit, which: gone }) =>
    gone === 'merged'
      ? `${unit} ${name}：已合并到导入的人员`
      : `${unit} ${name}：离任时由导入的人员接替。先发送：人员 返岗 ${unit} ${name}`,
  unit: ({ name }) => `${name}：单位在导入的单位之下`,
  program: ({ name }) => `专项 ${name}：由导入的单位负责，或用导入的细则`,
  indicator: ({ name }) => `指标 ${name}：属于导入的细则`,
};

/** Visits that were entered since where a visit would be put back: two of one unit, day, half-day and kind cannot stand. */
export function takenPlaces(
  restored: readonly Omit<InspectionRow, 'version'>[],
  visits: ReadonlyMap<string, Inspection>,
): readonly string[] {
  const placeOf = (unitId: string, { from, period, kind }: Pick<Inspection, 'from' | 'period' | 'kind'>) =>
    [unitId, from, period, kind].join('\n');
  const standing = new Map([...visits.values()].map((visit) => [placeOf(visit.unit.id, visit), visit]));
  return restored.flatMap((row) => {
    const there = standing.get(placeOf(row.unitId, row));
    if (!there || there.id === row.id) return [];
    const number = visitNumber(there.number);
    return [
      `督导安排 ${number}：占了 ${row.from} ${row.period} ${row.kind} 原来的位置。先改期，例如：日程 延期 ${number} 日期`,
    ];
  });
}
