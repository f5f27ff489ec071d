import { type Collective, collectivesOf, type Unit, type UnitRef } from '../../domain/people/unit.ts';
import type { Actor, Chat, Notice, Owed } from '../../language/command.ts';
import type { Reads } from '../../ports/store.ts';

/** Who says it, and where: they know it already. The heartbeat is nobody and speaks in no chat. */
export interface Saying {
  readonly read: Pick<Reads, 'groupsOver' | 'speakersOf'>;
  readonly chat?: Pick<Chat, 'chatId'> | undefined;
  readonly actor?: Pick<Actor, 'openId'> | undefined;
}

/** Whom a change is said to, and what the answer says of those whom it does not reach. */
export interface Hearers extends Required<Pick<Owed, 'present' | 'covered' | 'unreached'>> {
  readonly to: readonly Notice['to'][];
}

/**
 * Whom the heartbeat urges: those who answer for it, each directly; the groups, which read of it each morning in their 截止提醒, only where
 * nobody else can hear it.
 */
export function whomToUrge({ to }: Pick<Hearers, 'to'>): Hearers['to'] {
  const people = to.filter((one) => 'openId' in one);
  return people.length > 0 ? people : to;
}

/** A unit that a word for many names: it counts as heard when one of those hears that stand for the same, 望海区教育局 for 望海区. */
export interface MeantUnit extends UnitRef {
  readonly standsFor?: UnitRef;
}

export type Named = readonly {
  readonly name: string;
  readonly openId?: string | undefined;
  readonly personId?: string | undefined;
}[];

/**
 * Who hears of what concerns these units: each unit's own groups, else the nearest group of a unit above it (a county's group reads for its
 * offices and schools), and the linked people who speak for it. `people` hear of it besides, as named in the item. Never the chat in which
 * it was said, nor whoever did it: they read the answer.
 */
export async function whoHears(
  { read, chat, actor }: Saying,
  units: readonly MeantUnit[],
  people: Named = [],
): Promise<Hearers> {
  const each = [...new Map(units.map((unit) => [unit.id, unit])).values()];
  const ids = each.map(({ id }) => id);
  const [over, speakers] = ids.length > 0 ? await Promise.all([read.groupsOver(ids), read.speakersOf(ids)]) : [[], []];
  const [overUnit, speaking] = [
    Map.groupBy(over, ({ unitId }) => unitId),
    Map.groupBy(speakers, ({ unitId }) => unitId),
  ];
  const reached = each.map((unit) => {
    const all = overUnit.get(unit.id) ?? [];
    const own = speaking.get(unit.id) ?? [];
    const groups = all.filter(({ distance }) => distance === all[0]?.distance);
    return { unit, groups, hasSpeaker: own.length > 0, openIds: own.flatMap(({ openId }) => openId ?? []) };
  });
  const chatIds = new Set(reached.flatMap(({ groups }) => groups.map(({ group }) => group.chatId)));
  const openIds = new Set(
    [...people, ...reached.flatMap(({ openIds }) => openIds.map((openId) => ({ openId })))].flatMap(
      ({ openId }) => openId ?? [],
    ),
  );
  return {
    to: [
      ...[...chatIds].filter((chatId) => chatId !== chat?.chatId).map((chatId) => ({ chatId })),
      ...[...openIds].filter((openId) => openId !== actor?.openId).map((openId) => ({ openId })),
    ],
    present: [
      ...(chat && chatIds.has(chat.chatId) ? ['本群'] : []),
      ...(actor && openIds.has(actor.openId) ? ['您本人'] : []),
    ],
    covered: reached.flatMap(({ unit, groups }) =>
      unit.standsFor === undefined && groups[0] && groups[0].distance > 0
        ? [{ unit: unit.name, group: groups.map(({ group }) => group.name || group.unit?.name).join('、') }]
        : [],
    ),
    unreached: [...unheard(reached), ...unknown(people)],
  };
}

type Reached = {
  readonly unit: MeantUnit;
  readonly groups: readonly unknown[];
  readonly hasSpeaker: boolean;
  readonly openIds: readonly string[];
};

function unheard(reached: readonly Reached[]): Hearers['unreached'] {
  const same = Map.groupBy(reached, ({ unit }) => (unit.standsFor ?? unit).id);
  return [...same.values()].flatMap((all) => {
    if (all[0] === undefined || all.some(({ groups, openIds }) => groups.length + openIds.length > 0)) return [];
    const { unit } = all[0];
    const why = all.some(({ hasSpeaker }) => hasSpeaker) ? '联络员未关联' : '没有联络员';
    return [{ name: (unit.standsFor ?? unit).name, why: `没有工作群，${why}` }];
  });
}

const unknown = (people: Named): Hearers['unreached'] =>
  people
    .filter(({ openId }) => openId === undefined)
    .map(({ name, personId }) => ({
      name,
      why: personId === undefined ? '没有认出是通讯录里的哪一位' : '未关联飞书账号',
    }));

/** The units of a collective (各学校), all of them or those below one unit, itself included; but whoever asks 各单位 does not ask itself. */
export async function unitsMeant(
  read: Pick<Reads, 'directory'>,
  collective: Collective,
  below?: string,
): Promise<readonly MeantUnit[]> {
  const { units } = await read.directory();
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const isMeant = ({ kind }: Unit) => collectivesOf(kind).includes(collective);
  const chainOf = (unit: Unit | undefined): readonly Unit[] =>
    unit ? [unit, ...chainOf(unit.parentId === undefined ? undefined : byId.get(unit.parentId))] : [];
  return units
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((unit) => isMeant(unit) && (below === undefined || chainOf(unit).some(({ id }) => id === below)))
    .filter(({ id }) => collective !== 'units' || id !== below)
    .map((unit) => {
      const [own] = collectivesOf(unit.kind);
      const same = own === 'units' ? [] : chainOf(unit).filter(({ kind }) => collectivesOf(kind)[0] === own);
      const { id, name } = same.at(-1) ?? unit;
      return { id: unit.id, name: unit.name, standsFor: { id, name } };
    });
}

/**
 * The unit for which an office speaks to collectives (各学校): 督导室 and 教育局 have no schools below them and mean those of their city or
 * county, which is the nearest unit at or above them that has some of each. Rooms of a bureau are no 各单位: those are below whoever has schools.
 */
export async function unitOver(
  read: Pick<Reads, 'directory'>,
  collectives: readonly Collective[],
  from: string,
): Promise<string> {
  let over = from;
  for (const collective of new Set(collectives.map((each) => (each === 'units' ? 'schools' : each)))) {
    const { units } = await read.directory();
    const parentOf = new Map(units.map(({ id, parentId }) => [id, parentId]));
    for (let at: string | undefined = over; at !== undefined; at = parentOf.get(at)) {
      if (!(await unitsMeant(read, collective, at)).some(({ id }) => id !== from)) continue;
      over = at;
      break;
    }
  }
  return over;
}
