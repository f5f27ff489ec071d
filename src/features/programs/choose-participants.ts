import { plainDoc } from '../../cards/plain.ts';
import { type Collective, collectiveOf, collectivesOf } from '../../domain/people/unit.ts';
import type { Participant } from '../../domain/programs/program.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { requireRight } from '../../language/who/rights.ts';
import { unitsIn } from '../../language/who/unit-named.ts';
import type { Program } from '../../ports/programs.ts';
import { archivedSentence } from './archive-program.ts';
import { mustManage } from './find-program.ts';
import type { Change, SaidProgram } from './program-parts.ts';

const SEPARATOR = /[、,，;；\s]+|和|及(?!时)/;
const MOST = 200;

/** 专项 单位 名称 加 望海区、一中 | 减 一中 | 全部. */
export async function chooseParticipants(
  context: Situation,
  said: SaidProgram,
  { change, units = '' }: { readonly change?: Change | undefined; readonly units?: string | undefined },
): Promise<Outcome> {
  const program = await mustManage(context, said);
  const standing = await context.read.participants(program.id);
  if (change === undefined && units === '') return { reply: listed(program, standing) };
  if (program.archivedAt !== undefined) throw new UserError(archivedSentence(program));
  const how = `写法：专项 单位 ${program.name} 加 望海区、各学校；减、全部也可以。`;
  if (change === undefined || (change === 'all' && units !== '')) throw new UserError(`没有看懂“${units}”。${how}`);
  if (change === 'all') return changed(program, standing, []);
  const named = await participantsIn(context, program, units);
  if (named.length === 0) throw new UserError(`请写上单位。${how}`);
  // Whoever takes part is told of it in their own groups: a program's own unit reaches no further than its people's roles.
  const joining = change === 'remove' ? [] : named.flatMap(({ unit }) => unit?.id ?? []);
  if (joining.length > 0) await requireRight(context, 'program.change', { unitIds: joining, shown: true });
  if (change === 'only') return changed(program, standing, named);
  const isNamed = (each: Participant) => named.some((other) => keyOf(other) === keyOf(each));
  if (change === 'add') {
    const added = named.filter((each) => !standing.some((other) => keyOf(other) === keyOf(each)));
    return changed(program, standing, [...standing, ...added]);
  }
  const missing = named.filter((each) => !standing.some((other) => keyOf(other) === keyOf(each)));
  if (missing.length > 0)
    throw new UserError(
      `${missing.map(wordOf).join('、')}不在“${program.name}”的参加单位中。${listOf(program, standing)}`,
    );
  return changed(
    program,
    standing,
    standing.filter((each) => !isNamed(each)),
  );
}

const keyOf = ({ unit, collective }: Participant): string => unit?.id ?? collective ?? '';
const wordOf = ({ unit, written }: Participant): string => unit?.name ?? written;

const listOf = ({ unit }: Program, participants: readonly Participant[]): string =>
  participants.length > 0
    ? `参加单位 ${participants.length} 个：${participants.map(wordOf).join('、')}。`
    : `参加单位：${unit.name}及下属全部单位。`;

const listed = (program: Program, participants: readonly Participant[]) =>
  plainDoc('专项的参加单位', `“${program.name}”${listOf(program, participants)}`, {
    note: `写法：专项 单位 ${program.name} 加 望海区、各学校；减；全部。下级单位随上级单位参加。`,
  });

function changed(program: Program, before: readonly Participant[], after: readonly Participant[]): Outcome {
  const [old, now] = [listOf(program, before), listOf(program, after)];
  if (old === now) return { reply: plainDoc('没有变化', `“${program.name}”${now}`, { tone: 'muted' }) };
  if (after.length > MOST) throw new UserError(`参加单位最多 ${MOST} 个，请写“各学校”“各乡镇”等统称。`);
  return {
    reply: plainDoc('已更改参加单位', `“${program.name}”${now}`, {
      tone: 'done',
      lines: [
        ...(before.length === 0 ? ['此前是全部单位，现在只有这些单位（及其下属单位）看到这个专项和倒计时。'] : []),
        ...(after.length === 0 ? ['名单已清空，按全部单位参加。'] : []),
      ],
      note: '已有任务或自评的单位，仍会收到自己的提醒。',
    }),
    changes: [{ kind: 'program.participants', id: program.id, participants: after, seen: program.version }],
    audit: [{ action: 'program.participants', subject: program.name, before: old, after: now }],
  };
}

/** A collective means units below the one that runs the program; where there are none, nobody would take part. */
async function hasBelow({ read }: Situation, { unit }: Program, collective: Collective): Promise<boolean> {
  const fitting = (await read.directory()).units.filter(({ kind }) => collectivesOf(kind).includes(collective));
  for (const { id } of fitting) if (await read.isWithin(id, [unit.id])) return true;
  return false;
}

/** Each part of the list is a collective or one unit; a part that is neither is said, and nothing of the list is taken. */
async function participantsIn(context: Situation, program: Program, list: string): Promise<readonly Participant[]> {
  const found = new Map<string, Participant>();
  for (const part of list.split(SEPARATOR).filter(Boolean)) {
    const collective = collectiveOf(part);
    const mentions = await unitsIn(part, context.read);
    const whole = mentions.length === 1 && mentions[0]?.written === part ? mentions[0] : undefined;
    if (!whole && !collective)
      throw new UserError(`没有找到单位“${part}”，名单没有改动。请写单位全称或通讯录里的简称。`);
    const unit = whole && (await resolveUnit([whole], context));
    if (!unit && collective && !(await hasBelow(context, program, collective)))
      throw new UserError(`“${program.unit.name}”下属没有“${part}”，请写具体单位。`);
    const participant: Participant = unit ? { unit, written: unit.name } : { collective, written: part };
    found.set(keyOf(participant), participant);
  }
  return [...found.values()];
}
