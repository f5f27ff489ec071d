import { addDays } from '../../domain/calendar/local-date.ts';
import { findingName } from '../../domain/findings/finding.ts';
import type { Inspection } from '../../domain/visits/inspection.ts';
import { UserError } from '../../language/errors.ts';
import { ANOTHER } from './another-problem.ts';
import type { FindingContext } from './finding-desk.ts';
import type { SaidFinding } from './finding-entry.ts';

/** More problems no unit has open. */
const LOOKED_THROUGH = 500;

/** The same words about the same unit within a day: entered twice by one who is in doubt, or by two of the team. Throws UserError. */
export async function refuseSame(
  context: FindingContext,
  { unit, description }: Pick<SaidFinding, 'unit' | 'description'>,
  visit: Inspection | undefined,
  another: true | undefined,
): Promise<void> {
  if (another) return;
  const { read, chat, actor, today, command, line } = context;
  const viewer = chat.type === 'p2p' ? { viewer: actor.openId } : {};
  const known = await read.findings({ unitIds: [unit.id], unitId: unit.id, ...viewer, limit: LOOKED_THROUGH });
  const same = known.find(
    (each) =>
      each.unit.id === unit.id &&
      each.description === description &&
      each.visit?.id === visit?.id &&
      each.foundOn >= addDays(today, -1),
  );
  if (!same) return;
  const isOne = command !== undefined && line !== undefined && !line.includes('\n');
  throw new UserError(
    `没有登记：${findingName(same)} 就是这个问题，${same.foundOn === today ? '今天' : '昨天'}登记的。确实是另一个，请在后面加上“${ANOTHER}”再发。`,
    isOne ? [{ label: `是${ANOTHER}`, line: `${command} ${line} ${ANOTHER}` }] : [],
  );
}
