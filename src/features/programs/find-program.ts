import type { Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { requireRight } from '../../language/who/rights.ts';
import type { Program } from '../../ports/programs.ts';
import type { SaidProgram } from './program-parts.ts';

/** A program found at the start of a line, and what the line says after it. */
export interface Found {
  readonly program: Program;
  readonly rest: string;
}

const SHOWN = 6;

/** What may be named here, the archived ones too. */
export const programsHere = ({ scope, read }: Situation): Promise<readonly Program[]> =>
  read.programs(scope, 'archived too');

/**
 * The program that the line begins with, its unit before it or not: 两项督导 …, 望海区 两项督导 …, 望海区两项督导 …. Two units may each run one of
 * that name: the asker's own is meant, or it is asked back.
 */
async function programAt(context: Situation, line: string): Promise<Found | undefined> {
  const programs = await programsHere(context);
  const text = line.trim();
  for (const name of [...new Set(programs.map((program) => program.name))].toSorted((a, b) => b.length - a.length)) {
    const at = text.indexOf(name);
    if (at < 0) continue;
    const before = text.slice(0, at).replace(/的?[“"「\s]*$/, '');
    const rest = text.slice(at + name.length).replace(/^[”"」]?[\s:,，、]*/, '');
    const namesakes = programs.filter((program) => program.name === name);
    const meant = before === '' ? namesakes : await runBy(context, namesakes, before);
    if (meant.length > 0) return { program: await theOne(context, meant), rest };
  }
  return undefined;
}

/** The same, asking for a name that is known, or a part of it that no other has; a wrong one is never guessed. */
export async function mustFind(context: Situation, line: string): Promise<Found> {
  const found = await programAt(context, line);
  if (found) return found;
  const running = (await programsHere(context)).filter(({ archivedAt }) => archivedAt === undefined);
  if (running.length === 0) throw new UserError('还没有专项。管理员可以发送：专项 新增 专项名称 [单位]');
  const names = [...new Set(running.map(({ name }) => name))];
  const [asked = '', ...more] = line.trim().split(' ');
  const meant = await partlyNamed(context, asked);
  if (meant) return { program: meant, rest: more.join(' ') };
  const near = names.filter((name) => pairsOf(asked).some((pair) => name.includes(pair)));
  const list = (near.length > 0 ? near : names).slice(0, SHOWN).join('、');
  throw new UserError(
    asked === ''
      ? `请写专项名称：${list}。`
      : `没有找到专项“${asked.slice(0, 40)}”。${near.length > 0 ? `您要找的是不是：${list}？` : `现有：${list}。`}`,
  );
}

/** 优质均衡 of 优质均衡创建: as the other commands find it, where only one running program here has it in its name. */
async function partlyNamed(context: Situation, asked: string): Promise<Program | undefined> {
  if (asked.length < 2) return undefined;
  const fitting = (await programsHere(context)).filter(
    ({ name, archivedAt }) => archivedAt === undefined && name.includes(asked),
  );
  return fitting.length === 0 || new Set(fitting.map(({ name }) => name)).size > 1
    ? undefined
    : theOne(context, fitting);
}

/** The program that is to be changed; refused without the right. */
export async function mustManage(context: Situation, said: SaidProgram): Promise<Program> {
  const { program } = await mustFind(context, [said.runBy, said.program].filter(Boolean).join(' '));
  await requireRight(context, 'program.change', { unitIds: [program.unit.id] });
  return program;
}

/** Who only looks may write a part of the names: 岱山县 两创. Undefined when none or several fit. */
export async function looselyMeant(context: Situation, line: string): Promise<Program | undefined> {
  const words = line.split(' ').filter((word) => word.length > 1);
  const fitting = (await programsHere(context)).filter(
    ({ name, unit, archivedAt }) =>
      archivedAt === undefined && words.every((word) => name.includes(word) || unit.name.includes(word)),
  );
  return words.length > 0 && fitting.length === 1 ? fitting[0] : undefined;
}

/** Two characters in a row that a mistyped name still has right. */
const pairsOf = (word: string): readonly string[] =>
  Array.from({ length: Math.max(word.length - 1, 0) }, (_, at) => word.slice(at, at + 2));

/** Those that the unit of this name runs. */
async function runBy({ read }: Situation, programs: readonly Program[], written: string): Promise<readonly Program[]> {
  const name = written.replaceAll(' ', '');
  const { units } = await read.names([name]);
  const ids = units.map(({ unit }) => unit.id);
  return programs.filter(({ unit }) => ids.includes(unit.id) || (name.length > 1 && unit.name.startsWith(name)));
}

async function theOne({ chat, actor, read, scope }: Situation, programs: readonly Program[]): Promise<Program> {
  const running = programs.filter(({ archivedAt }) => archivedAt === undefined);
  const alive = running.length > 0 ? running : programs;
  const ownIds = chat.type === 'group' ? scope.unitIds : actor.people.map(({ unit }) => unit.id);
  const own: Program[] = [];
  for (const program of alive) if (await read.isWithin(program.unit.id, ownIds)) own.push(program);
  const meant = own.length > 0 ? own : alive;
  const [only] = meant;
  if (only && meant.length === 1) return only;
  const units = meant.map(({ unit }) => unit.name).join('、');
  throw new UserError(
    `叫“${only?.name}”的专项有 ${meant.length} 个：${units}。请在名称前写上单位，例如：专项 ${only?.unit.name} ${only?.name}`,
  );
}
