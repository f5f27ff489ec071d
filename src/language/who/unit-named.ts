import type { UnitRef } from '../../domain/people/unit.ts';
import type { Reads } from '../../ports/store.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { candidatesOf, type Directory, directoryFrom, namesIn } from '../words/names.ts';
import { mentionsOf } from '../words/unit-mentions.ts';
import { resolveUnit, unknownUnit } from './resolve.ts';

/** The units that a text names. */
export const unitsIn = async (text: string, read: Pick<Reads, 'names'>): Promise<ReturnType<typeof mentionsOf>> =>
  unitsAmong(text, directoryFrom(await read.names(candidatesOf(text))));

/** The units that a text names, by a directory that has been asked already. */
export const unitsAmong = (text: string, directory: Directory): ReturnType<typeof mentionsOf> =>
  mentionsOf(
    text,
    namesIn(text, directory).filter(({ units }) => units.length > 0),
  );

/** The unit of which a text is the name and nothing else: 望海区第一中学, 一中, 望海一中. */
export async function unitNamed(text: string, context: Pick<Context, 'read' | 'scope'>): Promise<UnitRef> {
  const [mention, second] = await unitsIn(text, context.read);
  const whole = mention && !second && mention.start === 0 && mention.end === text.length ? [mention] : [];
  const unit = await resolveUnit(whole, context);
  if (!unit) throw new UserError(await unknownUnit(text, context.read));
  return unit;
}
