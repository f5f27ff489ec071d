import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { BookedPerson } from '../../ports/people.ts';
import type { Reads, Scope } from '../../ports/store.ts';
import { UserError } from '../errors.ts';
import type { UnitMention } from '../words/slots.ts';
import { resolveUnit } from './resolve.ts';

/** Nobody shares a name with more people of one district than this. */
const NAMESAKES = 50;
const SHOWN = 4;

interface Asked {
  readonly today: LocalDate;
  readonly read: Reads;
  readonly scope: Scope;
}

/** Everybody of this name, those who have left too; of the unit, or below it, when one is named. */
export async function namesakes(
  { read, scope, today }: Asked,
  name: string,
  mention?: UnitMention,
): Promise<readonly BookedPerson[]> {
  const unit = mention && (await resolveUnit([mention], { read, scope }));
  const { people } = await read.addressBook({ name, today, limit: NAMESAKES });
  const exact = people.filter((person) => person.unit.id === unit?.id);
  if (!unit || exact.length > 0) return unit ? exact : people;
  const below: BookedPerson[] = [];
  for (const person of people) if (await read.isWithin(person.unit.id, [unit.id])) below.push(person);
  return below;
}

/** The one row that is meant: among namesakes the one of `near`, when no unit is written; nothing is guessed beyond that. */
export async function onePerson(
  asked: Asked,
  name: string,
  { mention, near }: { readonly mention?: UnitMention | undefined; readonly near?: UnitRef | undefined } = {},
): Promise<BookedPerson> {
  const all = await namesakes(asked, name, mention);
  const serving = all.filter(({ left }) => !left);
  const among = serving.length > 0 ? serving : all;
  const close = among.filter(({ unit }) => unit.id === near?.id);
  const [only, second] = close.length > 0 ? close : among;
  if (!only)
    throw new UserError(`通讯录里没有“${[mention?.written, name].filter(Boolean).join(' ')}”，请核对单位和姓名。`);
  if (second) {
    const units = among.slice(0, SHOWN).map(({ unit }) => unit.name);
    throw new UserError(`叫“${name}”的有 ${among.length} 人（${units.join('、')}），请在姓名前写上单位全称。`);
  }
  return only;
}

/** 望海区教育局 陈甲. */
export const called = ({ unit, name }: Pick<BookedPerson, 'unit' | 'name'>): string => `${unit.name} ${name}`;
