import { boundGroup, claim, importDistrict, people } from '../../journeys/district.ts';
import { shanghai, type World } from '../world.ts';
import type { Place, Setting } from './step.ts';

/** A step that cannot be done: nobody of that name, no such button. Said in the words of whoever wrote it. */
export class StepError extends Error {}

export interface Member {
  /** What a play calls this person; differs from the name where two have the same. */
  readonly label: string;
  readonly name: string;
  readonly openId: string;
}

/** Who and what is in the world, by the names that a play uses. */
export interface Cast {
  readonly people: Member[];
  readonly groups: Map<string, string>;
}

/** Bindings are made this long before the play begins: the heartbeats in between learn who people are. */
const PREPARING_MS = 15 * 60_000;
export const openedAt = ({ day, time }: Setting): number => shanghai(day, time) - PREPARING_MS;

const GROUPS = [
  { name: '市局群', unit: '云溪市', members: ['周丙', '韩丙', '李庚', '望海陈甲', '临江陈甲'] },
  { name: '望海群', unit: '望海区', members: ['望海陈甲', '朱戊', '过路人'] },
  { name: '临江群', unit: '临江区', members: ['临江陈甲'] },
  { name: '一中群', unit: '望海区第一中学', members: ['朱戊', '过路人'] },
] as const;

/** Who is who in the district of the journeys, for somebody who reads it for the first time. */
export const WHO: Readonly<Record<string, string>> = {
  吕壬: '市教育局督导室主任',
  周丙: '市教育局科长',
  韩丙: '督学，督导组组长',
  李庚: '督学，督导组组长',
  望海陈甲: '望海区教育局联络员',
  临江陈甲: '临江区教育局联络员',
  朱戊: '望海区第一中学联络员',
  过路人: '不在通讯录里',
};

/**
 * 样区: the district of the journeys, its tables imported, 吕壬 administrator, four groups bound. 空: the same people on Lark, and a bot that
 * knows nobody.
 */
export async function settle(world: World, setting: Setting): Promise<Cast> {
  const who = people(world);
  const { director, bureau, leader, second, wanghai, linjiang, school, stranger } = who;
  const openIds: Readonly<Record<string, string>> = {
    吕壬: director,
    周丙: bureau,
    韩丙: leader,
    李庚: second,
    望海陈甲: wanghai,
    临江陈甲: linjiang,
    朱戊: school,
    过路人: stranger,
  };
  const idOf = (label: string) => openIds[label] ?? '';
  const names = new Map(world.lark.control.people().map(({ openId, name }) => [openId, name]));
  const cast: Cast = {
    people: Object.entries(openIds).map(([label, openId]) => ({ label, name: names.get(openId) ?? label, openId })),
    groups: new Map(),
  };
  if (setting.scene === '样区') {
    await claim(world, who);
    await importDistrict(world);
    for (const { name, unit, members } of GROUPS)
      cast.groups.set(name, await boundGroup(world, name, unit, members.map(idOf), who));
  }
  await world.to(shanghai(setting.day, setting.time));
  return cast;
}

/** Of namesakes the one who is in the group is meant; where both are, or in a direct chat, the label has to say. */
export function memberOf({ people: all }: Cast, name: string, inside?: ReadonlySet<string>): Member {
  const exact = all.find(({ label }) => label === name);
  if (exact) return exact;
  const namesakes = all.filter((one) => one.name === name);
  const here = namesakes.filter(({ openId }) => inside?.has(openId));
  const [found, another] = here.length > 0 ? here : namesakes;
  if (!found) throw new StepError(`没有“${name}”这个人；有：${all.map(({ label }) => label).join('、')}`);
  if (another) throw new StepError(`有两个${name}，请写：${namesakes.map(({ label }) => label).join('、')}`);
  return found;
}

export function chatOf(world: World, cast: Cast, place: Place): string {
  if ('direct' in place) return world.lark.control.p2p(memberOf(cast, place.direct).openId);
  const chatId = cast.groups.get(place.group);
  const known = [...cast.groups.keys()].join('、') || '还没有群，先写：建群 群名：人、人';
  if (chatId === undefined) throw new StepError(`没有“${place.group}”这个群；有：${known}`);
  return chatId;
}

export const membersOf = (world: World, chatId: string): ReadonlySet<string> =>
  new Set(world.lark.control.chats().find((chat) => chat.chatId === chatId)?.members);

/** What a chat is called in a play. */
export function placeName(world: World, { people: all, groups }: Cast, chatId: string): string {
  for (const [name, id] of groups) if (id === chatId) return name;
  const inside = membersOf(world, chatId);
  return `${all.find(({ openId }) => inside.has(openId))?.label ?? ''} 私聊`;
}
