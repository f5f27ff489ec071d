import type { Finding, ToldEvent } from '../../domain/findings/finding.ts';
import { type Move, moveRule, type StateMove } from '../../domain/findings/moves.ts';
import { type Hearers, whoHears } from '../../language/who/who-hears.ts';
import type { FindingRow } from '../../ports/findings.ts';
import type { Reads } from '../../ports/store.ts';
import { type Desk, rulesOf, withoutRecords } from './finding-desk.ts';
import { leaderAccounts, officeAccounts, unitAccounts } from './finding-readers.ts';

/** Steps beside the state machine, by who hears of them; those of the machine say it themselves. */
const OFFICE_HEARS: readonly Move[] = ['attach'];
const UNIT_HEARS: readonly Move[] = ['amend', 'escalate', 'lower', 'restrict', 'lift'];

/** Who is told of a step beside the chat in which it was made; `whom` is who should be, nobody when undefined. */
export async function readersOf(
  desk: Desk,
  finding: FindingRow,
  history: readonly ToldEvent[],
  move: Move,
): Promise<Hearers & { readonly whom?: string }> {
  const tells = tellsOf(move, finding);
  // What the unit may not read it is not told of.
  const isRecord = withoutRecords(rulesOf(desk, finding), history).at(-1) !== history.at(-1);
  if (isRecord || tells === 'nobody') return whoHears(desk, []);
  const people = (openIds: readonly string[]) =>
    whoHears(
      desk,
      [],
      openIds.map((openId) => ({ name: '', openId })),
    );
  if (finding.restricted) return { ...(await people(finding.viewers)), whom: '人' };
  if (tells === 'office') return { ...(await people(await officeReaders(desk, finding, history))), whom: '人' };
  const leaders = move === 'escalate' ? await leaderAccounts(desk.read, finding) : [];
  const { responsible } = finding;
  const named = [...(responsible ? [responsible] : []), ...leaders.map((openId) => ({ name: '', openId }))];
  return { ...(await whoHears(desk, [finding.unit], named)), whom: '单位' };
}

/** Who hears that a problem is urged: as of a step that the unit hears of. Of a restricted one only those named who answer for it. */
export async function urgeHearers(
  asking: Parameters<typeof whoHears>[0] & { readonly read: Pick<Reads, 'roleHolders'> },
  finding: FindingRow,
): Promise<Hearers> {
  const { unit, responsible, restricted } = finding;
  if (!restricted) return whoHears(asking, [unit], responsible ? [responsible] : []);
  const accounts = await unitAccounts(asking.read, finding);
  const named = accounts.map((openId) => ({ name: '', openId }));
  return whoHears(
    asking,
    [],
    named.length > 0 ? named : responsible ? [{ name: responsible.name, personId: responsible.personId }] : [],
  );
}

/** Whoever entered it and whoever last decided on it; a draft is news to the whole office. */
async function officeReaders(
  { read, administrators }: Desk,
  finding: FindingRow,
  history: readonly ToldEvent[],
): Promise<readonly string[]> {
  if (finding.state === 'draft') return officeAccounts(read, finding, administrators);
  const decided = history.findLast(({ move }) => isState(move) && moveRule(move).tells === 'unit');
  return [...new Set([finding.enteredBy, ...(decided ? [decided.by] : [])])];
}

function tellsOf(move: Move, finding: Finding): 'unit' | 'office' | 'nobody' {
  if (move === 'enter') return finding.state === 'draft' ? 'office' : 'unit';
  if (OFFICE_HEARS.includes(move)) return 'office';
  if (UNIT_HEARS.includes(move)) return 'unit';
  return isState(move) ? moveRule(move).tells : 'nobody';
}

export const isState = (move: Move): move is StateMove =>
  !['enter', 'attach', 'amend', 'urge', 'draft', 'escalate', 'lower', 'restrict', 'lift'].includes(move);
