import { CUT, cut } from './cut.ts';
import type { NameSpan } from './names.ts';
import type { UnitMention } from './slots.ts';
import type { mentionsOf } from './unit-mentions.ts';

/** What is done to some of the members, where a line can only say all of them. */
const ADD = '加上|加入|增加|增补|增添|补充|补上|添加|添上|加进|新增';
const REMOVE = '去掉|去除|减去|减掉|减少|删掉|删除|删去|除去|除掉|撤下|撤掉|撤出|移除|移出|剔除|取消|不要|换下';
const SOME_MEMBERS = new RegExp(
  [
    `(?:成员(?!单位)|组员)[ ::里中内再还又也另需要请把将]*(?:${ADD}|${REMOVE}|[加增补添减删去])`,
    `(?:成员(?!单位)|组员) ?[::]? ?[\\p{Script=Han}、]{0,20}(?:${ADD}|${REMOVE})`,
    `(?:${REMOVE}|加上|加入|增加|增补|补充|[加增补添减删去])了?(?:[一二两三1-3]?[名位个])? ?(?<!新增 )(?:成员|组员)(?!单位)`,
  ].join('|'),
  'u',
);

/** Some of the members added or taken away: understood as all of them it would throw the others out. */
export const changesSomeMembers = (text: string): boolean => SOME_MEMBERS.test(text);

/** What is written where a name belongs and begins or ends as a deed. No family name is written with these. */
const DEED = new RegExp(`^(?:[改换加增减删去补添撤]|不[变动])|(?:${ADD}|${REMOVE}|改为|改成|换成|担任|不变)`, 'u');

export const isNoName = (name: string): boolean => DEED.test(name);

/** A person as said: the name, and the unit before it where one tells namesakes apart. */
export interface SaidPerson {
  readonly name: string;
  readonly unit?: UnitMention | undefined;
}

type Mention = ReturnType<typeof mentionsOf>[number];

const SERVE = '(?:来?(?:担任|当)|出任)';
const NAME = `(?:${CUT}* ?)@?(?<name>\\p{Script=Han}{2,4}?)${SERVE}?(?=[\\s、,，;；。和及${CUT}]|组长|成员|组员|联络员|$)`;
const BECOMES = '(?:(?:改|换|更换|调整|变更|更改|修改|调)(?:为|成|由|到)|[是为由有])';
/** Words between a role and its name: 组长改为, 组长由李庚换成, 成员是. */
const LINK = ` ?(?:[由从] ?\\p{Script=Han}{2,4}? ?(?=[改换更调变修]))?${BECOMES}? ?[::]? ?`;
const LEADER = new RegExp(`(?:组长|带队人?)${LINK}${NAME}`, 'u');
const LEADER_BEFORE = new RegExp(`(?:由|改为|换成?|让|请) ?${CUT}*(?<name>\\p{Script=Han}{2,4}?)${SERVE}组长`, 'u');
/** 督导员 韩丙、李庚: who goes there, without who leads. */
const PLAIN = /(?<![\p{Script=Han}])(?:督导员|督学|督导人员|参加人员|人员)[ ::]*/u;
const MEMBERS = new RegExp(`(?:成员|组员)${LINK}${NAME}`, 'u');
const NEXT_NAME = new RegExp(`^(?<gap> ?[、,，和及] ?| )${NAME}`, 'u');

interface SaidTeam {
  readonly text: string;
  readonly leader?: SaidPerson | undefined;
  readonly members?: readonly SaidPerson[] | undefined;
  /** 组长 was said twice. */
  readonly twoLeaders?: boolean;
  /** Units that stand before a name; they are not the one visited. */
  readonly used: ReadonlySet<Mention>;
}

/**
 * The team behind 组长 and 成员. Names need not be in the address book: schedules name people in plain text. Without these words the people
 * whom the directory knows are the team, the first one leading it.
 */
export function takeTeam(line: string, mentions: readonly Mention[], known: readonly NameSpan[]): SaidTeam {
  let text = line.replace(PLAIN, (label) => CUT.repeat(label.length));
  const used = new Set<Mention>();
  const said = (name: string, at: number): SaidPerson => {
    const unit = mentions.find(({ end }) => end <= at && /^[ @]*$/.test(line.slice(end, at)));
    if (unit) used.add(unit);
    return { name, unit: unit && { written: unit.written, candidates: unit.candidates } };
  };
  const takeName = (pattern: RegExp, from: number) => {
    const found = pattern.exec(text.slice(from));
    const { name, gap } = found?.groups ?? {};
    if (!found || name === undefined) return undefined;
    // Between two spaces may stand anything; only a known name goes on with the list.
    if (gap === ' ' && known.every(({ written }) => written !== name)) return undefined;
    const start = from + found.index;
    const end = start + found[0].length;
    const person = said(name, start + found[0].lastIndexOf(name));
    text = cut(text, start, end);
    return { person, end };
  };
  const leader = (takeName(LEADER_BEFORE, 0) ?? takeName(LEADER, 0))?.person;
  const members: SaidPerson[] = [];
  // A form says 成员 for those who were chosen and again for those who were typed.
  for (let next = takeName(MEMBERS, 0); next; next = takeName(NEXT_NAME, next.end) ?? takeName(MEMBERS, 0))
    members.push(next.person);
  const twoLeaders = leader !== undefined && takeName(LEADER, 0) !== undefined;
  if (leader || members.length > 0)
    return { text, leader, members: members.length > 0 ? members : undefined, twoLeaders, used };

  const [first, ...others] = known
    .filter(({ start, people, units }) => people.length > 0 && units.length === 0 && text.charAt(start) !== CUT)
    .map(({ start, end, written }) => {
      const person = said(written, start);
      text = cut(text, start, end);
      return person;
    });
  return { text, leader: first, members: others.length > 0 ? others : undefined, used };
}
