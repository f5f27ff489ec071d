import type { Finding, ToldEvent } from '../../domain/loop/finding.ts';
import { type Move, moveRule, type StateMove } from '../../domain/loop/moves.ts';
import type { FindingRow } from '../../ports/findings.ts';
import type { Notice } from '../command.ts';
import { type Desk, rulesOf, withoutRecords } from './finding-desk.ts';
import { leaderAccounts, officeAccounts, unitAccounts } from './finding-readers.ts';

/** Steps beside the state machine, by who hears of them; those of the machine say it themselves. */
const OFFICE_HEARS: readonly Move[] = ['attach'];
const UNIT_HEARS: readonly Move[] = ['amend', 'escalate', 'lower', 'restrict', 'lift'];

/** Who is told of a step beside the chat in which it was made. */
export async function readersOf(
  desk: Desk,
  finding: FindingRow,
  history: readonly ToldEvent[],
  move: Move,
): Promise<{ readonly readers: readonly Notice['to'][]; readonly unreached: readonly string[] }> {
  const only = (openIds: readonly string[]) => ({ readers: others(desk, accounts(openIds)), unreached: [] });
  const tells = tellsOf(move, finding);
  // What the unit may not read it is not told of.
  const isRecord = withoutRecords(rulesOf(desk, finding), history).at(-1) !== history.at(-1);
  if (isRecord || tells === 'nobody') return only([]);
  if (finding.restricted) return only(finding.viewers);
  if (tells === 'office') return only(await officeReaders(desk, finding, history));
  const [groups, people] = await Promise.all([
    desk.read.boundGroups(finding.unit.id),
    unitAccounts(desk.read, finding),
  ]);
  const unitSide = [...groups.map(({ chatId }) => ({ chatId })), ...accounts(people)];
  const leaders = move === 'escalate' ? await leaderAccounts(desk.read, finding) : [];
  const all = [...unitSide, ...accounts(leaders.filter((each) => !people.includes(each)))];
  const text = `${finding.unit.name}没有绑定的群，也没有已关联的联络员和责任人，请另行告知。`;
  return { readers: others(desk, all), unreached: unitSide.length === 0 ? [text] : [] };
}

const accounts = (openIds: readonly string[]): readonly Notice['to'][] => openIds.map((openId) => ({ openId }));

/** Whoever entered it and whoever last decided on it; a draft is news to the whole office. */
async function officeReaders(
  { read }: Desk,
  finding: FindingRow,
  history: readonly ToldEvent[],
): Promise<readonly string[]> {
  if (finding.state === 'draft') return officeAccounts(read, finding, []);
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

/** Whoever acts reads it in the answer. */
const others = ({ actor, chat }: Desk, readers: readonly Notice['to'][]): readonly Notice['to'][] =>
  readers.filter((to) => ('openId' in to ? to.openId !== actor.openId : to.chatId !== chat.chatId));
