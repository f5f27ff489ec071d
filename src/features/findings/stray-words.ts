import { COUNTED } from '../../domain/calendar/day-count.ts';
import { NUMERAL } from '../../domain/calendar/numeral.ts';
import { readWhen } from '../../domain/calendar/phrase.ts';
import type { OwnContext } from '../../language/forms/form.ts';
import { unitsIn } from '../../language/who/unit-named.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { unitWordAt } from '../../language/words/unit-words.ts';

/** Words of a free text that were meant for a part which it does not have: each stands by itself, as no sentence writes it. */

const MARKS = '\\s,，:：;；、。()（）';
const START = `(?<=^|[${MARKS}])`;
const END = `(?=$|[${MARKS}])`;

const LABELS = [
  '责任(?:人|单位|部门|科室)|负责人|整改人|检查人|联系人|联络员|联系(?:电话|方式)|电话|(?:分管|主管|包保)?领导',
  '(?:牵头|配合|主办|协办)(?:单位|部门|人)?|组长|成员|督导员|来源|依据|专项|优先级?|紧急程度|程度|级别|类别|类型|状态|进度|编号|标签',
  '(?:整改|完成|办理|截止)?(?:期限|时限)|截止(?:日期|时间)?|备注',
].join('|');
/** 联系电话 未公示 is a fact. */
const FACT = '(?![未不没无缺错空有已均都全])';
const LABELLED = new RegExp(`${START}(?:${LABELS})(?:是|为)?(?:\\s*[:：]\\s*|\\s+)${FACT}[^\\s,，;；。]+`);
const ANSWERS = new RegExp(`${START}(?:责任人|负责人|整改人)(?:是|为)?([\\p{Script=Han}·]{2,4})${END}`, 'u');

/** 责任人 张三, 来源：市政府: a label that the text has no part for, and what it says. */
export async function strayLabel(text: string, { lookup }: Pick<OwnContext, 'lookup'>): Promise<string | undefined> {
  const [labelled] = LABELLED.exec(text) ?? [];
  if (labelled !== undefined) return labelled;
  const [whole, name] = ANSWERS.exec(text) ?? [];
  return name !== undefined && (await lookup([name])).people.length > 0 ? whole : undefined;
}

const PERCENT = new RegExp(
  `(?:${START}|(?<=完成率?了?|进度|整改率?了?|改了)):?(?:约|大概|差不多|近)?(?:\\d+(?:\\.\\d+)?\\s?[%％]|百分之${NUMERAL})${END}`,
  'g',
);
/** 合格率 95% is a fact; how much of the work is done is none of a text. */
const RATE = /(?<!完成|整改|办结)(?:率|比例?|占|达到?|仅|只有|不足|不到|超过|低于|高于)[\s:：]*(?:了|为|是|约)?\s*$/;
const PARTLY = new RegExp(
  `${START}(?:约|大概|差不多|完成了?)?(?:[一二三四五六七八九1-9]成半?|一半|大半|过半|一多半|大部分)${END}`,
);

/** 50%, 八成: how much of something, with no word of what. */
export function strayShare(text: string): string | undefined {
  const [percent] = [...text.matchAll(PERCENT)].filter(({ index }) => !RATE.test(text.slice(0, index)));
  return percent?.[0] ?? PARTLY.exec(text)?.[0];
}

const isWord = (text: string, start: number, end: number): boolean =>
  new RegExp(`(?:^|[${MARKS}])$`).test(text.slice(0, start)) && new RegExp(`^(?:$|[${MARKS}])`).test(text.slice(end));

const TO_DAY = /(?:(?:延|改|推|宽限)?[到至为]|截至|截止到?|限期?|于|自|从)$/;
const COUNT = new RegExp(
  `${START}(?:延长?|宽限|再给)?(?:\\d{1,3}|${NUMERAL}) ?(?:个工作日|个?(?:自然|工作)日|${COUNTED})(?:(?:之|以)?内)?${END}`,
);

interface Day {
  readonly written: string;
  readonly start: number;
  readonly end: number;
  readonly isOver: boolean;
}

/** The days and limits that stand by themselves: 5月15日, 延到5月15日, 10个工作日. 4月18日已收到 is a sentence. */
export function strayDays(text: string, { today, calendar }: Pick<OwnContext, 'today' | 'calendar'>): readonly Day[] {
  const found: Day[] = [];
  for (let from = 0; from < text.length; ) {
    const when = readWhen(text.slice(from), { today, calendar, bias: 'near', dotDates: false });
    if (!when) break;
    const end = from + when.end;
    const start = from + when.start - (TO_DAY.exec(text.slice(0, from + when.start))?.[0].length ?? 0);
    from = end;
    if (!isWord(text, start, end)) continue;
    const isOver = !('impossible' in when) && when.span.to <= today;
    found.push({ written: text.slice(start, end).trim(), start, end, isOver });
  }
  const count = COUNT.exec(text);
  if (count && !found.some(({ start, end }) => start <= count.index && count.index < end))
    found.push({ written: count[0], start: count.index, end: count.index + count[0].length, isOver: false });
  return found;
}

/** 下达 给望海区实验小学. */
const TO_UNIT = /(?:发给|交给|[给到至向由])$/;

/** The units that stand by themselves, with their places. */
export const strayUnits = async (
  text: string,
  { lookup }: Pick<OwnContext, 'lookup'>,
): Promise<readonly (UnitMention & { readonly start: number; readonly end: number })[]> =>
  (await unitsIn(text, { names: lookup })).filter(({ start, end }) =>
    isWord(text, start - (TO_UNIT.exec(text.slice(0, start))?.[0].length ?? 0), end),
  );

/** The names of a text that is nothing but names of people. */
export async function onlyNames(text: string, { lookup }: Pick<OwnContext, 'lookup'>): Promise<boolean> {
  const words = text.split(new RegExp(`[${MARKS}]+`)).filter(Boolean);
  if (words.length === 0 || !words.every((word) => /^[\p{Script=Han}·]{2,15}$/u.test(word))) return false;
  const found = await lookup(words);
  return words.every((word) => found.people.some(({ name }) => name === word));
}

const NO_NAME = /^(?:各|全|本|该|我|你|贵|有关|相关)/;

/** 下达 火星小学: a word like a unit's that the address book does not know. */
export const strayUnitWord = (text: string): string | undefined =>
  text
    .split(new RegExp(`[${MARKS}]+`))
    .map((word) => word.replace(/^(?:发给|交给|[给到至向由])/, ''))
    .find((word) => word.length > 3 && !NO_NAME.test(word) && unitWordAt(word, false) === word);

/** 陈甲, 望海陈甲: a name, alone or behind the place. */
export async function isSomebody(word: string, { lookup }: Pick<OwnContext, 'lookup'>): Promise<boolean> {
  const names = [0, 1].includes(word.length) ? [] : [2, 3, 4].map((length) => word.slice(-length));
  const { people } = await lookup([...new Set(names)]);
  return people.some(({ name }) => word.endsWith(name) && word.length - name.length !== 1);
}

/** 已收到 朱戊: a name at the end, with no word of what about it. 门卫 朱戊 未到岗 is a sentence. */
export async function lastName(text: string, context: Pick<OwnContext, 'lookup'>): Promise<string | undefined> {
  const [, name = ''] = /[\s,，;；、。](\p{Script=Han}{2,12})[\s,，;；、。]*$/u.exec(text) ?? [];
  return (await isSomebody(name, context)) ? name : undefined;
}
