import { plainDoc } from '../../cards/plain.ts';
import type { Person } from '../../domain/people/person.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { type Task, type TaskUnit, taskName } from '../../domain/tasks/task.ts';
import type { Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnContext } from '../../language/forms/form.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { requireRight } from '../../language/who/rights.ts';
import { unitsAmong, unitsIn } from '../../language/who/unit-named.ts';
import { entryOf, refuseClosed, reportChange, requireLead, type TaskContext } from './task-desk.ts';

const REASON = /[\s,，;；。]*(?:原因|理由|因为|因|由于)\s*[:：]?\s*/;
const FILLER = /^(?:给|到|至|由|为|让|请)+|(?:牵头|负责|办理|承办|跟进|处理)$/g;
const LABELS = /(?:牵头单位|责任单位|责任人|负责人|牵头)\s*[:：]?/g;

/**
 * 望海区财政局 责任人 王丁 原因 职能调整; 给林乙,因为轮岗: names that the address book knows, and as the rest the reason. Which unit somebody
 * is of is for whoever knows the task.
 */
export function readReceivers(
  words: string,
  { directory }: OwnContext,
): { readonly value: readonly string[]; readonly rest: string } | undefined {
  const at = REASON.exec(words);
  const rest = at ? words.slice(at.index + at[0].length).replace(/[\s。]+$/, '') : '';
  const names = (at ? words.slice(0, at.index) : words)
    .replace(LABELS, ' ')
    .split(/[\s、,，;；]+/)
    .map((name) => name.replace(FILLER, '').replace(FILLER, ''))
    .filter((name) => name !== '');
  const units = names.filter((name) => unitsAmong(name, directory).some(({ written }) => written === name));
  const strange = names.find((name) => !units.includes(name) && !directory.get(name)?.people.length);
  if (strange !== undefined)
    throw new UserError(`没有执行。没有找到“${strange}”：不是通讯录里的单位，也不是人员。${HOW}`);
  if (units.length > 1) throw new UserError(`一次只能转交给一个牵头单位，写了：${units.join('、')}。`);
  return names.length === 0 ? undefined : { value: names, rest };
}

const HOW = '例如：任务 转交 T12 望海区财政局 原因 职能调整；任务 转交 T12 林乙 原因 轮岗';

/**
 * 转交: another unit leads, or another person answers for it. Who leads is the office's to say; the leading unit itself names another of its
 * own people. The old and the new side are told, with the reason.
 */
export async function handOver(
  context: TaskContext,
  task: Task,
  names: readonly string[],
  reason: string,
): Promise<Outcome> {
  const name = taskName(task);
  await requireLead(context, 'task.assign', task);
  await refuseClosed(context, task, '不用转交');
  const { unit, people } = await receivers(context, task, names);
  if (unit) {
    await requireLead(context, 'task.change', task);
    // Who receives it reads it in their group.
    await requireRight(context, 'task.create', { unitIds: [unit.id], shown: true });
  }
  if (task.restricted && people.length === 0)
    throw new UserError(
      `${name} 是保密任务，要连责任人一起写：任务 转交 ${name} ${names.join(' ')} 责任人 姓名 原因 ${reason}`,
    );
  const now: Task = {
    ...task,
    units: unit ? ledBy(task, unit) : task.units,
    people: people.map(({ id, name: called, openId }) => ({ name: called, personId: id, openId })),
  };
  const [before, after] = [sideOf(task), sideOf(now)];
  if (before === after) return { reply: plainDoc('没有变化', `${name} 本来就由${after}负责。`, { tone: 'muted' }) };
  const entry = entryOf(context, task, { kind: 'handed', before, after, reason });
  return reportChange(context, now, {
    entry,
    news: `${name} 已转交：${before} → ${after}，原因：${reason}`,
    changes: [{ kind: 'task.handed', id: task.id, units: now.units, people: now.people, entry, seen: task.version }],
    audit: [
      task.restricted
        ? { action: 'task.handed', subject: task.id, after: name }
        : { action: 'task.handed', subject: task.id, before, after: `${name} ${after}（${reason}）` },
    ],
    tell: { title: `任务转交 ${name}`, also: task },
  });
}

/** A new unit takes all leading seats; it no longer assists. */
const ledBy = ({ units }: Task, unit: UnitRef): readonly TaskUnit[] => [
  { role: 'lead', unit, written: unit.name },
  ...units.filter((seat) => seat.role === 'assist' && seat.unit?.id !== unit.id),
];

const sideOf = ({ units, people }: Task): string =>
  [
    units
      .filter(({ role }) => role === 'lead')
      .map(({ written }) => written)
      .join('、'),
    people.map(({ name }) => name).join('、'),
  ]
    .filter(Boolean)
    .join(' ') || '未登记';

/** A unit, or people, or both; the people are of the unit that leads from now on. */
async function receivers(context: TaskContext, task: Task, names: readonly string[]) {
  const mentions = await Promise.all(
    names.map(async (name) => (await unitsIn(name, context.read)).find(({ written }) => written === name)),
  );
  const found = mentions.flatMap((mention) => mention ?? []);
  const named = found.map(({ written }) => written);
  const unit = await resolveUnit(found, context);
  const leads = unit ? [unit] : task.units.flatMap((seat) => (seat.role === 'lead' && seat.unit ? [seat.unit] : []));
  const people: Person[] = [];
  for (const name of names.filter((written) => !named.includes(written)))
    people.push(await memberOf(context, name, leads, task));
  return { unit, people };
}

async function memberOf({ read }: TaskContext, name: string, leads: readonly UnitRef[], task: Task): Promise<Person> {
  const all = await read.peopleByName(name);
  const [only, second] = all.filter(({ unit }) => leads.some(({ id }) => id === unit.id));
  if (only && !second) return only;
  const of = leads.map((unit) => unit.name).join('、');
  if (only) throw new UserError(`${of} 有几个“${name}”，请管理员先在通讯录里分清。`);
  const [elsewhere] = all;
  if (!elsewhere) throw new UserError(`没有找到“${name}”：不是通讯录里的单位，也不是${of || '牵头单位'}的人员。${HOW}`);
  throw new UserError(
    `${name} 是${elsewhere.unit.name}的，${taskName(task)} 由${of || '别的单位'}牵头。要连单位一起转交，请发送：任务 转交 ${taskName(task)} ${elsewhere.unit.name} 责任人 ${name} 原因 …`,
  );
}
