import type { FindingFacts } from '../../domain/findings/finding.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { UserError } from '../../language/errors.ts';
import { candidatesOf, directoryFrom, namesIn } from '../../language/words/names.ts';
import type { Desk } from './finding-desk.ts';

const BEFORE = /(?<=^|[\s,，、])专项\s*[:：]?\s*[“"「]?$/;
const AFTER = /^[”"」]/;

interface SaidProgram {
  readonly programIds: readonly string[];
  readonly name: string;
  readonly text: string;
}

/** 专项 两项督导: the program that a line names, and the line without it. 专项 before other words is part of the problem. */
export async function programSaid({ read }: Pick<Desk, 'read'>, line: string): Promise<SaidProgram> {
  const none = { programIds: [], name: '', text: line };
  if (!line.includes('专项')) return none;
  const names = namesIn(line, directoryFrom(await read.names(candidatesOf(line))));
  for (const { programs, start, end, written } of names) {
    const before = programs.length > 0 ? BEFORE.exec(line.slice(0, start))?.[0] : undefined;
    if (before === undefined) continue;
    const text = `${line.slice(0, start - before.length)} ${line.slice(end).replace(AFTER, '')}`;
    return {
      programIds: programs.map(({ programId }) => programId),
      name: programs[0]?.name ?? written,
      text: text.replace(/ +/g, ' ').trim(),
    };
  }
  return none;
}

/** The one of that name that concerns the unit; none when no program is named. */
export async function programOf(
  { read }: Pick<Desk, 'read'>,
  { programIds, name }: SaidProgram,
  unit: UnitRef,
): Promise<FindingFacts['program']> {
  if (programIds.length === 0) return undefined;
  const here = await read.programs({ unitIds: [unit.id] });
  const [only, second] = here.filter(({ id }) => programIds.includes(id));
  if (!only) throw new UserError(`专项“${name}”没有${unit.name}参加，或者已经归档。请核对，或者不写专项。`);
  if (second) throw new UserError(`${unit.name}参加的专项里有几个叫“${name}”，请改写督导编号，例如 D12。`);
  return { id: only.id, name: only.name };
}
