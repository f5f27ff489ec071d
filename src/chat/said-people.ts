import { CUT, cut } from './cut.ts';
import type { NameSpan } from './names.ts';
import type { UnitMention } from './slots.ts';
import type { mentionsOf } from './unit-mentions.ts';

/** A person as said: the name, and the unit before it where one tells namesakes apart. */
export interface SaidPerson {
  readonly name: string;
  readonly unit?: UnitMention | undefined;
}

type Mention = ReturnType<typeof mentionsOf>[number];

const NAME = `(?:${CUT}* ?)@?(?<name>\\p{Script=Han}{2,4}?)(?=[\\s、,，;；。和及${CUT}]|组长|成员|组员|联络员|$)`;
const LEADER = new RegExp(`(?:组长|带队人?) ?[::是为]? ?${NAME}`, 'u');
const MEMBERS = new RegExp(`(?:成员|组员) ?[::是为有]? ?${NAME}`, 'u');
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
  let text = line;
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
    const person = said(name, end - name.length);
    text = cut(text, start, end);
    return { person, end };
  };
  const leader = takeName(LEADER, 0)?.person;
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
