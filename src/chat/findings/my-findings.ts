import { addDays, type LocalDate } from '../../domain/calendar/local-date.ts';
import { owedStep } from '../../domain/loop/decide.ts';
import type { Finding } from '../../domain/loop/finding.ts';
import { reachOf } from '../../domain/work/rights.ts';
import type { Context } from '../command.ts';
import { rulesOf } from './findings.ts';

type Asking = Pick<Context<never>, 'actor' | 'chat' | 'scope' | 'read' | 'today' | 'zone' | 'calendar'>;

/** A lasting problem is looked at again when its day comes near. */
const AHEAD_DAYS = 14;

/** Problems that somebody is to mend: those of a unit whose liaison they are, and those for which they are responsible. */
export async function findingsToMend({ actor, chat, scope, read }: Asking): Promise<readonly Finding[]> {
  const personIds = actor.people.map(({ id }) => id);
  const liaisonOf = actor.roles.flatMap(({ role, unitId }) => (role === 'liaison' && unitId ? [unitId] : []));
  const found = await read.findings({
    ...{ unitIds: chat.type === 'p2p' ? [...scope.unitIds, ...liaisonOf] : scope.unitIds, openOnly: true },
    ...(chat.type === 'p2p' && { viewer: actor.openId }),
  });
  return found.filter(
    ({ unit, responsible }) => liaisonOf.includes(unit.id) || personIds.includes(responsible?.personId ?? ''),
  );
}

/** Problems that wait for a step of the office that this account may make, the earliest first. In a group it would be everybody's news. */
export async function findingsToDecide(
  asking: Asking,
): Promise<readonly { readonly finding: Finding; readonly until?: LocalDate | undefined }[]> {
  const { actor, chat, read, today, calendar } = asking;
  const reach = reachOf(actor, 'finding.recheck');
  if (chat.type === 'group' || reach.length === 0) return [];
  const [found, settings] = await Promise.all([
    read.findings({ unitIds: reach, openOnly: true, viewer: actor.openId }),
    read.settings(),
  ]);
  const own = actor.people.map(({ unit }) => unit.id);
  return found
    .flatMap((finding) => {
      const { profile } = rulesOf({ ...asking, settings }, finding);
      const owed = owedStep(finding, profile, calendar);
      if (owed?.by !== 'office' || own.includes(finding.unit.id)) return [];
      const isFar = finding.state === 'longTerm' && (owed.until ?? today) > addDays(today, AHEAD_DAYS);
      return isFar ? [] : [{ finding, until: owed.until }];
    })
    .toSorted((a, b) => (a.until ?? '9999').localeCompare(b.until ?? '9999'));
}
