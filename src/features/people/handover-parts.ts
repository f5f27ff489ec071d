import { UserError } from '../../language/errors.ts';
import { type FormArgs, mayRead, mustRead, type OwnReader } from '../../language/forms/form.ts';
import { cut, pieces } from '../../language/words/cut.ts';
import { candidatesOf, directoryFrom, namesIn } from '../../language/words/names.ts';
import { TITLE_AFTER, TITLE_BEFORE } from '../../language/words/people-words.ts';
import { confirmed } from '../../language/words/preview-code.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { mentionsOf } from '../../language/words/unit-mentions.ts';

/** What a line of 离任 holds: 离任 望海区教育局 冯癸 由 李子 接替. */

export const HOW = '例如：离任 望海区教育局 冯癸 李子（李子接替冯癸）';

/** Somebody as written, with the unit before the name. */
interface SaidPerson {
  readonly name: string;
  readonly unit?: UnitMention | undefined;
}

interface Named extends SaidPerson {
  /** With the unit. */
  readonly start: number;
  readonly end: number;
}

/** Words that say who follows whom, and no more than the order of the names does. */
const JOINTS = /[@由将把给是为,:、()（）→>-]|接替人?|顶替|交给|移交|离任|调离|调走|退休|工作|岗位|同志|已经?|了/g;

/** All who are named, in their order. Throws UserError for words that name nobody, and for a unit that stands beside none of them. */
async function peopleIn(line: string, lookup: Parameters<OwnReader<never>>[1]['lookup']): Promise<readonly Named[]> {
  const spans = namesIn(line, directoryFrom(await lookup(candidatesOf(line))));
  const units = mentionsOf(
    line,
    spans.filter((span) => span.units.length > 0),
  );
  const names = spans.filter((span) => span.people.length > 0 && span.units.length === 0);
  refuseOthers(line, units, names);
  const people: Named[] = [];
  let before: (UnitMention & Place) | undefined;
  for (const each of [...units, ...names].toSorted((a, b) => a.start - b.start)) {
    if ('candidates' in each) {
      if (before) throw stray(before, each);
      before = each;
      continue;
    }
    people.push({ name: each.written, unit: unitOf(before), start: before?.start ?? each.start, end: each.end });
    before = undefined;
  }
  const [only, second] = people;
  // 朱戊 望海区第一中学: of one person the unit may stand behind.
  if (before && only && !second && !only.unit) return [{ ...only, unit: unitOf(before) }];
  if (before && only) throw stray(before);
  return people;
}

const unitOf = (mention: UnitMention | undefined): UnitMention | undefined =>
  mention && { written: mention.written, candidates: mention.candidates };

const stray = (...units: readonly UnitMention[]): UserError =>
  new UserError(`没有办理。没看懂“${units.map(({ written }) => written).join(' ')}”：单位写在各人姓名的前面，${HOW}`);

interface Place {
  readonly start: number;
  readonly end: number;
}

function refuseOthers(line: string, units: readonly Place[], names: readonly Place[]): void {
  let text = line;
  for (const { start, end } of units) text = cut(text, start, end);
  for (const { start, end } of names) {
    const before = TITLE_BEFORE.exec(text.slice(0, start))?.[0].length ?? 0;
    const after = TITLE_AFTER.exec(text.slice(end))?.[0].length ?? 0;
    text = cut(text, start - before, end + after);
  }
  const left = pieces(text)
    .map((piece) => piece.replaceAll(JOINTS, ' ').trim())
    .filter(Boolean)
    .join(' ');
  if (/^(?:撤销|撤回|取消|恢复|返岗)/.test(left))
    throw new UserError('登记错了或本人回来了，请发送：人员 返岗 单位 姓名。已移交的工作不会自动还回来。');
  if (/^确认(?:\s|$)/.test(left))
    throw new UserError(`没有办理。没看懂“${line.slice(0, 60)}”。请不写“确认”再发一次，看过以后按卡片上的按钮。`);
  if (left !== '') throw new UserError(`通讯录里没有“${left.slice(0, 60)}”。请核对姓名，${HOW}`);
}

const readLeaver: OwnReader<SaidPerson> = async (line, { lookup }) => {
  const [leaver, successor, ...more] = await peopleIn(line, lookup);
  if (!leaver) return undefined;
  const all = [leaver, ...(successor ? [successor] : []), ...more].map(({ name }) => name).join('、');
  if (more.length > 0) throw new UserError(`一次只能登记一个人离任，这里写了 ${all}，${HOW}`);
  // Namesakes of two units are two people.
  if (successor?.name === leaver.name && !(leaver.unit && successor.unit))
    throw new UserError(`“${leaver.name}”写了两次。同名的人请在姓名前写上单位，${HOW}`);
  // What else the line says was read with the names.
  const rest = successor ? line.slice(successor.start, successor.end) : '';
  return { value: { name: leaver.name, unit: leaver.unit }, rest };
};

const readSuccessor: OwnReader<SaidPerson> = async (line, { lookup }) => {
  const [successor] = await peopleIn(line, lookup);
  return successor && { value: { name: successor.name, unit: successor.unit }, rest: '' };
};

const readCode: OwnReader<string> = (line) => {
  const code = confirmed(line);
  return code === undefined ? undefined : { value: code, rest: line.slice(0, line.lastIndexOf('确认')) };
};

export const HANDOVER_PARTS = {
  code: mayRead(readCode),
  leaver: mustRead(readLeaver, { asks: '请写上离任人员的单位和姓名。' }),
  successor: mayRead(readSuccessor),
} as const;
export type HandoverArgs = FormArgs<typeof HANDOVER_PARTS>;
