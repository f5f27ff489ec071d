import { daysBetween } from '../../domain/calendar/local-date.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { type Inspection, isWithheld, seatsOf, visitNumber } from '../../domain/visits/inspection.ts';
import { NothingHere, UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';
import { unknownNumber, visitByNumber } from '../visits/visit-find.ts';
import type { FindingContext } from './finding-desk.ts';

/** A visit longer ago is a slip, or an old card: an opinion letter is due thirty days after the visit. */
const MAX_AGO_DAYS = 90;
const NUMBER = /(?<![A-Za-z\d.-])[Dd] ?(\d{1,6})(?![\d.-]|号楼)/;

/** The visit that a line names (D12), and the line without it. */
export function visitSaid(line: string): { readonly number?: number; readonly text: string } {
  const found = NUMBER.exec(line);
  if (!found) return { text: line };
  return { number: Number(found[1]), text: line.replace(found[0], ' ').replace(/\s+/g, ' ').trim() };
}

export const readVisit: OwnReader<number> = (line) => {
  const { number, text } = visitSaid(line);
  return number === undefined ? undefined : { value: number, rest: text };
};

/** The visit of this number, as far as this chat may know of it, on which something can have been found by now. */
export async function visitNamed(context: FindingContext, number: number): Promise<Inspection> {
  const name = visitNumber(number);
  const seen = await visitByNumber(context, number);
  if (!seen || seen.withheld) throw new NothingHere(unknownNumber(context, number));
  const { inspection } = seen;
  if (inspection.state === 'cancelled') throw new UserError(`${name} 已经取消，没有登记问题。请核对编号。`);
  if (inspection.from > context.today) throw new UserError(`${name} 还没有开始，没有登记问题。请核对编号。`);
  if (daysBetween(inspection.to, context.today) > MAX_AGO_DAYS)
    throw new UserError(
      `${name} 是 ${inspection.to} 的督导，已经过去 ${MAX_AGO_DAYS} 天以上，没有登记问题。现在发现的问题请不写编号：问题 ${inspection.unit.name} 问题描述 期限`,
    );
  return inspection;
}

/**
 * The visit to this unit that the writer is on today: on its team, or of the visited unit and at hand (S2.20). Of several the one that began
 * last. One that is still withheld is not linked: the link would tell.
 */
export async function visitUnderWay(
  { read, actor, now, today }: FindingContext,
  unit: UnitRef,
): Promise<Inspection | undefined> {
  const visits = await read.inspections({
    scope: { unitIds: [unit.id] },
    span: { from: today, to: today },
    unitId: unit.id,
  });
  const isThere = (visit: Inspection) =>
    actor.people.some((person) => person.unit.id === unit.id || seatsOf(visit).includes(person.id));
  const own = visits.filter((visit) => visit.unit.id === unit.id && !isWithheld(visit, now) && isThere(visit));
  return own.filter(({ beginsAt }) => beginsAt <= now).at(-1) ?? own[0];
}
