import { makeDate, wallClock, yearOf } from '../../domain/calendar/local-date.ts';
import { eachField } from '../../domain/imports/workbook-column.ts';
import type { NamedPerson } from '../../domain/people/person.ts';
import { mayAnywhere } from '../../domain/people/rights.ts';
import { collectiveOf, type UnitRef } from '../../domain/people/unit.ts';
import { hasStep } from '../../domain/programs/program.ts';
import { NOT_PURSUED } from '../../domain/tasks/pursuit.ts';
import { leadUnitIds, type Task, type TaskUnit } from '../../domain/tasks/task.ts';
import { TASK_TEXTS } from '../../domain/tasks/task-columns.ts';
import type { Context, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import type { FormArgs } from '../../language/forms/form.ts';
import { requireRight } from '../../language/who/rights.ts';
import { unitNamed } from '../../language/who/unit-named.ts';
import { wrongDateWithin } from '../../language/words/dates-within.ts';
import { onlyConfidential, whisperAbout } from '../../language/words/whisper.ts';
import type { Change } from '../../ports/changes.ts';
import type { Program } from '../../ports/programs.ts';
import type { NewTask } from '../../ports/tasks.ts';
import { unitOver, unitsMeant } from '../recipients/who-hears.ts';
import { clockNote, dueOfSaid } from './due-phrase.ts';
import { type NEW_TASK, type SaidTask, saidTask } from './new-task-parts.ts';

/** Tasks that nobody assigned to a program belong to this one of the unit that gives them. */
const OWN_PROGRAM = '交办任务';
const TOLD = { to: '有关的群和单位', seen: '只有责任人和督导室在单聊里看得到' };
const HOW = '例如：任务 新增 报送自查报告 牵头 望海区教育局 配合 财政局 截止 6月15日';

/**
 * A task given in one line: understood whole, or asked back. `programs` is what must exist before it, `runner` the unit that runs its
 * program, `note` what is to be said besides.
 */
export async function newTask(
  args: FormArgs<typeof NEW_TASK>,
  context: Situation,
): Promise<{
  readonly task: Task;
  readonly put: NewTask;
  readonly programs: readonly Change[];
  readonly runner: string;
  readonly note: string;
}> {
  const { ids, numbers, today, actor, read, scope } = context;
  const said = saidTask(args, {
    calendar: context.calendar,
    today: context.saidOn ?? today,
    at: wallClock(context.now, context.zone),
  });
  if (said.title === '') throw new UserError(`请写任务内容，${HOW}`);
  const wrong = wrongDateWithin(said.title, { ...context, today: context.saidOn ?? today });
  if (wrong !== undefined) throw new UserError(`没有下达。任务内容里的${wrong}`);
  const whispered = said.restricted ? undefined : whisperAbout(`${said.title} ${said.requirement}`);
  if (whispered !== undefined) throw new UserError(onlyConfidential(whispered, TOLD));
  const units = [...(await seats(said.lead, 'lead', context)), ...(await seats(said.assist, 'assist', context))];
  // Whoever assists is told as well: a task goes to nobody whom the sender may give none.
  const named = units.flatMap(({ unit }) => unit?.id ?? []);
  if (named.length > 0 || !mayAnywhere(actor, 'task.create'))
    await requireRight(context, 'task.create', { unitIds: named, shown: true });
  const { program, runner, added } = await programOf(said, units, context);
  // 各学校 of a program are all schools of the unit that runs it.
  if (units.some(({ collective }) => collective !== undefined))
    await requireRight(context, 'task.create', { unitIds: [runner], shown: true });
  const people = await Promise.all(said.people.map((name) => personOf(name, units, context)));
  if (said.restricted) refuseOpen(people, context);
  if (actor.people.length === 0 && context.chat.type === 'p2p')
    throw new UserError('还不知道您是谁，请先发送：我是 姓名');
  const number = await numbers.take('task');
  const { day, due, dayUnit, note } = dueFor(said, program, await read.programs(scope));
  const annual = said.kind !== 'keyWork' && day !== undefined;
  const task: Task = {
    // As a row of no table it is known by its own number; a program has each code once.
    code: `T${number}`,
    id: ids.next('task'),
    programId: program.id,
    program: program.name,
    kind: said.kind,
    title: said.title,
    ...eachField(TASK_TEXTS, () => ''),
    requirement: said.requirement,
    level1: '',
    level2: '',
    veto: false,
    dueText: said.due?.written ?? '',
    units,
    people,
    number,
    due,
    dayUnit,
    restricted: said.restricted,
    pursuit: NOT_PURSUED,
    steps: [],
    ownRole: 'lead',
    state: 'open',
    target: said.target?.target,
    measure: said.target?.measure ?? '',
    version: 1,
    // A yearly matter is counted over its year, anything else from today.
    starts: annual ? (makeDate(yearOf(day), 1, 1) ?? today) : today,
  };
  const {
    program: _name,
    units: _units,
    people: _people,
    ownRole: _role,
    state: _state,
    version: _version,
    pursuit: _pursuit,
    steps: _steps,
    restricted,
    ...row
  } = task;
  const put: NewTask = {
    row: {
      ...row,
      units: units.map(({ role, unit, collective, written }) => ({ role, unitId: unit?.id, collective, written })),
      people: people.map(({ name, personId }) => ({ name, personId })),
    },
    number,
    target: task.target,
    measure: task.measure,
    starts: task.starts ?? today,
    restricted,
  };
  return { task, put, programs: added, runner, note };
}

/** When it is due: on a day, or by a milestone, which must be one of the program that it belongs to, for on that day it depends. */
function dueFor({ due: said }: SaidTask, program: Pick<Program, 'id' | 'name'>, programs: readonly Program[]) {
  if (!said || !('milestone' in said))
    return {
      day: said?.day,
      due: said ? dueOfSaid(said) : ({ kind: 'none' } as const),
      dayUnit: said?.natural ? ('natural' as const) : ('working' as const),
      note: clockNote(said ?? {}),
    };
  const { milestone, written } = said;
  const having = programs.filter((each) => hasStep(each, milestone));
  if (having.some(({ id }) => id === program.id))
    return { day: undefined, due: milestone, dayUnit: 'working' as const, note: `（随“${program.name}”的节点）` };
  const [first] = having;
  if (!first)
    throw new UserError(
      `没有看懂截止时间“${written}”：专项里没有叫“${milestone.event}”的节点。请写公历日期或期限，例如：6月30日、下周五、10个工作日内。`,
    );
  const names = [...new Set(having.map(({ name }) => name))];
  throw new UserError(
    `没有下达。“${milestone.event}”是专项${names.map((name) => `“${name}”`).join('、')}的节点，任务要归到这个专项，才会跟着它的日期走。请写上专项，例如：截止 ${written} 专项 ${first.name}`,
    names.length === 1
      ? [{ label: `归到${first.name}`, words: written, instead: `${written} 专项 ${first.name}` }]
      : [],
  );
}

/** A confidential task is known to those who answer for it and to the office: it needs somebody, and no group may read it. */
function refuseOpen(people: readonly NamedPerson[], { chat }: Situation): void {
  if (chat.type === 'group')
    throw new UserError(
      '涉及举报、信访、涉密的任务和保密任务不在群里下达，也没有保存。请在单聊里发给督导助手；确实可以公开的，请在内容前写“公开”再发。',
    );
  if (people.every(({ personId }) => personId === undefined))
    throw new UserError(
      '保密任务要写责任人，而且要是牵头单位通讯录里的人，例如：任务 新增 保密 信访件办理 牵头 望海区教育局 责任人 陈甲',
    );
}

async function seats(
  names: readonly string[],
  role: TaskUnit['role'],
  context: Situation,
): Promise<readonly TaskUnit[]> {
  const found: TaskUnit[] = [];
  for (const written of names) {
    const bureaus = await bureausMeant(written, context);
    if (bureaus.length > 0) {
      found.push(...bureaus.map((unit) => ({ role, unit, written: unit.name })));
      continue;
    }
    const collective = collectiveOf(written);
    if (collective) {
      found.push({ role, collective, written });
      continue;
    }
    const unit = await unitNamed(written, context);
    found.push({ role, unit, written: unit.name });
  }
  return found;
}

/** 各区教育局: the education bureaus of the counties, one by one. As counties their governments would be meant as well. */
const BUREAUS = /^(?:全市|全县|全区)?(?:各|所有|全部)(?:个)?(?:县区|区县|市县|县市区|县|区)?教育局$/;

async function bureausMeant(written: string, { read, chat, actor }: Situation): Promise<readonly UnitRef[]> {
  if (!BUREAUS.test(written)) return [];
  const own = chat.group?.unit?.id ?? actor.people[0]?.unit.id;
  const over = own === undefined ? undefined : await unitOver(read, ['counties'], own);
  const counties = over === undefined ? [] : await unitsMeant(read, 'counties', over);
  return counties.filter(({ name }) => name.endsWith('教育局')).map(({ id, name }) => ({ id, name }));
}

/** Of namesakes the one that is run by the leading units or above them: two counties may each have one. */
async function nearest(read: Context['read'], programs: readonly Program[], units: readonly TaskUnit[]) {
  const above = await read.unitsAbove(leadUnitIds({ units }));
  const near = programs.filter(({ unit }) => above.includes(unit.id));
  return near.length > 0 ? near : programs;
}

/**
 * A name is not a person: of the leading units' people, if exactly one is called so; where they have none of the name, of the assisting
 * ones'; and else only a name. A namesake in a unit that only assists is no reason to doubt who is meant.
 */
async function personOf(name: string, units: readonly TaskUnit[], { read }: Situation) {
  const namesakes = await read.peopleByName(name);
  const of = (role: TaskUnit['role']) =>
    namesakes.filter(({ unit }) => units.some((seat) => seat.role === role && seat.unit?.id === unit.id));
  const leading = of('lead');
  const [only, ...more] = leading.length > 0 ? leading : of('assist');
  return only && more.length === 0 ? { name, personId: only.id, openId: only.openId } : { name };
}

/** `runner`: the unit that runs it. */
async function programOf(
  { program: name }: SaidTask,
  units: readonly TaskUnit[],
  { chat, actor, ids, read, scope }: Situation,
): Promise<{
  readonly program: Pick<Program, 'id' | 'name'>;
  readonly runner: string;
  readonly added: readonly Change[];
}> {
  if (name !== undefined) {
    const all = await read.programs(scope);
    const known = all.filter((each) => each.name.includes(name));
    const exact = known.filter((each) => each.name === name);
    const [only, ...more] = await nearest(read, exact.length > 0 ? exact : known, units);
    if (only && more.length === 0) return { program: only, runner: only.unit.id, added: [] };
    const asked = (known.length > 0 ? known : all).slice(0, 4).map((each) => `${each.unit.name}的${each.name}`);
    throw new UserError(
      `${known.length === 0 ? '没有' : '不止一个'}叫“${name}”的专项${asked.length > 0 ? `：${asked.join('、')}` : ''}。请写全名。`,
    );
  }
  const unitId = chat.group?.unit?.id ?? actor.people[0]?.unit.id;
  if (unitId === undefined) throw new UserError('还不知道您是谁，请先发送：我是 姓名');
  const runner = await unitOver(
    read,
    units.flatMap(({ collective }) => collective ?? []),
    unitId,
  );
  const own = (await read.programsByName(OWN_PROGRAM)).find(({ unit }) => unit.id === runner);
  if (own) return { program: own, runner, added: [] };
  const id = ids.next('program');
  return {
    program: { id, name: OWN_PROGRAM },
    runner,
    added: [{ kind: 'programs.put', rows: [{ id, unitId: runner, name: OWN_PROGRAM }] }],
  };
}
