import { addDays, type LocalDate } from '../../domain/calendar/local-date.ts';
import { owedStep } from '../../domain/findings/decide.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { rungOf } from '../../domain/findings/ladder.ts';
import { STATES } from '../../domain/findings/states.ts';
import { reachOf } from '../../domain/people/rights.ts';
import type { Situation } from '../../language/command.ts';
import { ownUnitIds } from '../../language/who/own-work.ts';
import { rulesOf } from './finding-desk.ts';

/** A problem, what it waits for, and until when that is to be done. */
interface Waiting {
  readonly finding: Finding;
  readonly what: string;
  readonly until?: LocalDate | undefined;
}

/** A lasting problem is looked at again when its day comes near. */
const AHEAD_DAYS = 14;

interface ToMend {
  /** Those for which somebody is responsible, and those of a unit whose liaison they are. */
  readonly named: readonly Finding[];
  /** The others of their own unit. */
  readonly unit: readonly Finding[];
  /** How many others can be seen here. */
  readonly others: number;
}

/** Problems that somebody is to mend, or their unit. */
export async function findingsToMend(context: Situation): Promise<ToMend> {
  const { actor, chat, scope, read } = context;
  const personIds = actor.people.map(({ id }) => id);
  const liaisonOf = actor.roles.flatMap(({ role, unitId }) => (role === 'liaison' && unitId ? [unitId] : []));
  const found = await read.findings({
    unitIds: scope.unitIds,
    openOnly: true,
    ...(chat.type === 'p2p' && { viewer: actor.openId }),
  });
  const named = found.filter(
    ({ unit, responsible }) => liaisonOf.includes(unit.id) || personIds.includes(responsible?.personId ?? ''),
  );
  const ownUnits = ownUnitIds(context);
  const unit = found.filter((finding) => !named.includes(finding) && ownUnits.includes(finding.unit.id));
  return { named, unit, others: found.length - named.length - unit.length };
}

/** Problems that wait for a step of the office that this account may make, the earliest first; a drafted 督办 waits for a word too. In a group it would be everybody's news. */
export async function findingsToDecide(context: Situation): Promise<readonly Waiting[]> {
  const { actor, chat, read, today, calendar } = context;
  const reach = reachOf(actor, 'finding.recheck');
  if (chat.type === 'group' || reach.length === 0) return [];
  const [found, settings] = await Promise.all([
    read.findings({ unitIds: reach, openOnly: true, viewer: actor.openId }),
    read.settings(),
  ]);
  const own = actor.people.map(({ unit }) => unit.id);
  return found
    .flatMap((finding): readonly Waiting[] => {
      if (own.includes(finding.unit.id)) return [];
      const { profile, ladder } = rulesOf({ ...context, settings }, finding);
      const { drafted, level, state } = finding;
      const draft = drafted > level && STATES[state].dueRuns ? rungOf(ladder, drafted)?.word : undefined;
      if (draft) return [{ finding, what: `待确认${draft}` }];
      const owed = owedStep(finding, profile, calendar);
      if (owed?.by !== 'office') return [];
      const isFar = state === 'longTerm' && (owed.until ?? today) > addDays(today, AHEAD_DAYS);
      return isFar ? [] : [{ finding, what: STATES[state].word, until: owed.until }];
    })
    .toSorted((a, b) => (a.until ?? '').localeCompare(b.until ?? ''));
}
