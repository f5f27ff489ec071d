import type { Person } from '../../domain/people/person.ts';
import type { TeamSeat } from '../../domain/visits/inspection.ts';
import { UserError } from '../../language/errors.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { isNoName, type SaidPerson } from '../../language/words/parse-team.ts';
import type { Reads, Scope } from '../../ports/store.ts';

interface Asking {
  readonly read: Reads;
  readonly scope: Scope;
  /** In a change: who is in no address book is asked back first, unless that was confirmed; a slip would put somebody out of the team. */
  readonly onlyKnown?: boolean;
}

const SHOWN = 4;

/**
 * The seats that a line names, a role that it leaves out as it was. Namesakes are asked back, never guessed; a name that the address book
 * does not have is kept as plain text, as in the schedules. A change takes such a name when it stood already, or once it is confirmed.
 */
export async function resolveTeam(
  said: { readonly leader?: SaidPerson | undefined; readonly members?: readonly SaidPerson[] | undefined },
  standing: readonly TeamSeat[],
  asking: Asking,
): Promise<readonly TeamSeat[]> {
  const old = (role: TeamSeat['role']) => standing.filter((seat) => seat.role === role);
  const leader = said.leader ? [await seatOf('leader', said.leader, standing, asking)] : old('leader');
  const members = said.members
    ? await Promise.all(said.members.map((person) => seatOf('member', person, standing, asking)))
    : old('member');
  const twice = [...leader, ...members].find((seat, at, all) => all.findIndex((other) => isSame(other, seat)) !== at);
  if (twice && (said.leader ?? said.members)) {
    if (said.members === undefined) return [...leader, ...members.filter((seat) => !isSame(seat, twice))];
    throw new UserError(`“${twice.name}”写了两次，请只写一次。`);
  }
  return [...leader, ...members];
}

const isSame = (a: TeamSeat, b: TeamSeat): boolean =>
  a.name === b.name && (a.personId ?? b.personId) === (b.personId ?? a.personId);

async function seatOf(
  role: TeamSeat['role'],
  { name, unit }: SaidPerson,
  standing: readonly TeamSeat[],
  asking: Asking,
): Promise<TeamSeat> {
  const namesakes = await asking.read.peopleByName(name);
  const of = unit && (await resolveUnit([unit], asking));
  const there = of ? namesakes.filter((person) => person.unit.id === of.id) : namesakes;
  const [person, second] = there;
  if (of && !person) throw new UserError(`通讯录里${of.name}没有“${name}”，请核对姓名和单位。`);
  if (!person && isNoName(name)) throw new UserError(`“${name}”不像姓名，没有办理。请写：组长 张三 成员 李四、王五`);
  if (!person && asking.onlyKnown && standing.every((seat) => seat.name !== name))
    throw new UserError(`通讯录里没有“${name}”，请核对姓名。确实请通讯录以外的人，请在末尾加上“确认”再发一次。`);
  if (second) throw new UserError(askedBack(name, there));
  return { role, name, personId: person?.id, openId: person?.openId };
}

const askedBack = (name: string, people: readonly Person[]): string => {
  const units = people.slice(0, SHOWN).map(({ unit }) => unit.name);
  return `叫“${name}”的有 ${people.length} 人：${units.join('、')}。请在姓名前写上单位，例如：组长 ${units[0]}${name}`;
};
