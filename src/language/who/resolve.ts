import type { UnitRef } from '../../domain/people/unit.ts';
import type { Reads, Scope } from '../../ports/store.ts';
import { UserError } from '../errors.ts';
import { nearestWords } from '../words/nearest.ts';
import type { UnitMention } from '../words/slots.ts';
import { noSuchDay } from '../words/whole-date.ts';

/** At most four names in a question; nobody reads more on a phone. */
const SHOWN = 4;

/**
 * The one unit that is meant, if a unit is named at all. A short name that several units share is settled by the chat's own scope
 * or asked back, never guessed; an unknown one is said to be unknown.
 */
export async function resolveUnit(
  mentions: readonly UnitMention[],
  { read, scope }: { readonly read: Reads; readonly scope: Scope },
): Promise<UnitRef | undefined> {
  const [mention, second] = mentions;
  if (!mention) return undefined;
  if (second) throw new UserError(`一次只能查一个单位，请只写“${mention.written}”或“${second.written}”。`);
  const { written, candidates } = mention;
  if (candidates.length === 0) throw new UserError(await unknownUnit(written, read));
  const [only] = candidates;
  if (only && candidates.length === 1) return only;

  const own: UnitRef[] = [];
  for (const unit of candidates) if (await read.isWithin(unit.id, scope.unitIds)) own.push(unit);
  const [ownOnly] = own;
  if (ownOnly && own.length === 1) return ownOnly;
  const asked = own.length > 0 ? own : candidates;
  const named = asked
    .map(({ name }) => name)
    .toSorted((a, b) => a.localeCompare(b, 'zh'))
    .slice(0, SHOWN);
  const more = asked.length > SHOWN ? '等' : '';
  throw new UserError(`“${written}”有 ${asked.length} 个单位：${named.join('、')}${more}。请写全称再发一次。`);
}

/** Said of a word that names no unit, with the names most like it. */
export async function unknownUnit(written: string, read: Pick<Reads, 'directory'>): Promise<string> {
  const { units } = await read.directory();
  const near = nearestWords(
    written,
    units.flatMap(({ names }) => names),
  );
  const next = near.length > 0 ? `是不是：${near.join('、')}？` : '请写单位全称或通讯录里的简称。';
  return `没有找到单位“${written.slice(0, 20)}”。${next}`;
}

/** Asks back where a word that was not understood is a part of a unit's name: the answer would be about all of them. */
export async function refusePartOfName(word: string, read: Pick<Reads, 'directory'>): Promise<void> {
  if (!/^\p{Script=Han}{2,}$/u.test(word)) return;
  const { units } = await read.directory();
  if (units.some(({ names }) => names.some((name) => name.includes(word))))
    throw new UserError(await unknownUnit(word, read));
}

/** As `resolveUnit`, refusing a unit that the chat may not see. */
export async function resolveOwnUnit(
  mentions: readonly UnitMention[],
  context: { readonly read: Reads; readonly scope: Scope },
): Promise<UnitRef | undefined> {
  const unit = await resolveUnit(mentions, context);
  await refuseUnseen(unit, context);
  return unit;
}

/**
 * Refuses a unit that the chat may not see. What is shared with such a unit may be shown; where nothing is found, this is said: it was not
 * looked through.
 */
export async function refuseUnseen(
  unit: UnitRef | undefined,
  { read, scope }: { readonly read: Reads; readonly scope: Scope },
): Promise<void> {
  if (unit && !(await read.isWithin(unit.id, scope.unitIds)))
    throw new UserError(`这里不能查看“${unit.name}”：只能查看本单位及下属单位。`);
}

/** Refuses a date that the calendar does not have. */
export function refuseImpossible(impossibleDate: string | undefined): void {
  if (impossibleDate) throw new UserError(noSuchDay({ impossible: impossibleDate }));
}
