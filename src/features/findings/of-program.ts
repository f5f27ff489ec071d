import type { FindingFacts } from '../../domain/findings/finding.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';
import { candidatesOf, directoryFrom, namesIn } from '../../language/words/names.ts';
import type { FindingContext } from './finding-desk.ts';

const BEFORE = /(?<=^|[\s,，、])专项\s*[:：]?\s*[“"「]?$/;
const AFTER = /^[”"」]/;
const UNKNOWN = /(?<=^|[\s,，、])专项\s*(?:[:：]\s*|\s)([^\s,，、]+)/;
const BETWEEN = /(?<=^|[\s,，、])专项\s+(\S+\s+)$/;

interface SaidProgram {
  readonly programIds: readonly string[];
  readonly name: string;
}

/** 专项 两项督导: the program that a line names. 专项 before other words is part of the problem. Throws UserError for words between. */
export const readProgram: OwnReader<SaidProgram> = async (line, { lookup }) => {
  if (!line.includes('专项')) return undefined;
  const names = namesIn(line, directoryFrom(await lookup(candidatesOf(line))));
  for (const { programs, start, end, written } of names) {
    if (programs.length === 0) continue;
    const before = BEFORE.exec(line.slice(0, start))?.[0];
    const apart = BETWEEN.exec(line.slice(0, start))?.[1];
    if (before === undefined && apart !== undefined)
      throw new UserError(`没有登记。没看懂“专项 ${apart.trim()} ${written}”，请写：专项 ${written}`);
    if (before === undefined) continue;
    const rest = `${line.slice(0, start - before.length)} ${line.slice(end).replace(AFTER, '')}`;
    return {
      value: { programIds: programs.map(({ programId }) => programId), name: programs[0]?.name ?? written },
      rest: rest.replace(/ +/g, ' ').trim(),
    };
  }
  // 专项经费未到位 is a problem, 专项 优质均衡 names what is not there.
  const unknown = UNKNOWN.exec(line)?.[1];
  if (unknown !== undefined)
    throw new UserError(
      `没有登记。没有叫“${unknown}”的专项。发送“专项”看名称；是问题里的话，请写成“专项${unknown}”，中间不空格。`,
    );
  return undefined;
};

/** The one of that name that concerns the unit; none when no program is named. */
export async function programOf(
  { read }: Pick<FindingContext, 'read'>,
  said: SaidProgram | undefined,
  unit: UnitRef,
): Promise<FindingFacts['program']> {
  if (!said) return undefined;
  const { programIds, name } = said;
  const here = await read.programs({ unitIds: [unit.id] });
  const [only, second] = here.filter(({ id }) => programIds.includes(id));
  if (!only) throw new UserError(`专项“${name}”没有${unit.name}参加，或者已经归档。请核对，或者不写专项。`);
  if (second) throw new UserError(`${unit.name}参加的专项里有几个叫“${name}”，请改写督导编号，例如 D12。`);
  return { id: only.id, name: only.name };
}
