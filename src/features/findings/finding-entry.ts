import type { Indicator } from '../../domain/checklists/checklist.ts';
import { limitRefusal } from '../../domain/findings/decide.ts';
import type { Limit, Severity } from '../../domain/findings/finding.ts';
import type { NamedPerson } from '../../domain/people/person.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { type Inspection, visitNumber } from '../../domain/visits/inspection.ts';
import { UserError } from '../../language/errors.ts';
import { resolveUnit, unknownUnit } from '../../language/who/resolve.ts';
import { called, namesakes } from '../../language/who/resolve-person.ts';
import { unitsIn } from '../../language/who/unit-named.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { nearestWords } from '../../language/words/nearest.ts';
import { onlyConfidential, whisperAbout } from '../../language/words/whisper.ts';
import type { Mentioned } from '../../ports/inbound.ts';
import type { Desk } from './finding-desk.ts';
import { accountsOf, readSecrecy } from './finding-viewers.ts';
import { readLimit } from './limit-phrase.ts';
import { noFinding } from './no-finding.ts';
import { refuseSecondUnit } from './second-unit.ts';

/** A problem as it was typed: 问题 一中 A2.3 消防通道堆放杂物 10个工作日 责任人朱戊. */
export interface SaidFinding {
  readonly unit: UnitRef;
  readonly indicator?: Indicator | undefined;
  readonly description: string;
  readonly severity: Severity;
  readonly immediate: boolean;
  readonly limit?: Limit | undefined;
  readonly responsible?: NamedPerson | undefined;
  readonly restricted: boolean;
  /** Accounts that are named as those who may see it. */
  readonly viewers: readonly string[];
}

const HOW = '写法：问题 单位 [指标编号] 问题描述 [程度] 期限，例如：问题 一中 A2.3 消防通道堆放杂物 10个工作日';
/** As a word of its own: 严重超载 is a description. */
const SEVERITIES: readonly (readonly [pattern: RegExp, severity: Severity])[] = [
  [/(?<=^|[\s,，、])(?:一票否决项?|否决项)(?=$|[\s,，、。])/, 'veto'],
  [/(?<=^|[\s,，、])(?:程度)?严重(?:问题)?(?=$|[\s,，、。])/, 'grave'],
  [/(?<=^|[\s,，、])(?:程度)?较重(?:问题)?(?=$|[\s,，、。])/, 'major'],
  [/(?<=^|[\s,，、])(?:程度)?一般(?:问题)?(?=$|[\s,，、。])/, 'minor'],
];
/** As a word of its own: 安全责任人未到岗 is a description. */
const RESPONSIBLE = /(?<=^|[\s,，;；、。])责任人(?:是|为)?\s*[:：]?\s*([\p{Script=Han}·]{2,})/u;
/** 买买提·吐尔逊; what is longer without a dot is no name. */
const NAME = /^(?:\p{Script=Han}{2,4}|(?=.*·)[\p{Script=Han}·]{3,15})$/u;
const CODE = /^[A-Za-z]{0,3}-?[VXvx]?\d+(?:\.\d+)*$/;
const MAX_DESCRIPTION = 500;
const TOLD = { to: '有关的群和责任单位', seen: '只有指定的人在单聊里看得到（保密 可见 姓名）' };

/** Where it is known to have been found: the unit need not be named, and another one is refused. */
interface Place {
  readonly unit: UnitRef;
  readonly refuse: (written: string) => string;
}

export const visitedPlace = ({ unit, number }: Inspection): Place => ({
  unit,
  refuse: (written) => `${visitNumber(number)} 是到${unit.name}的督导，不是到${written}的。请核对编号，或者不写编号`,
});

export async function readFinding(
  desk: Desk,
  line: string,
  mentions: readonly Mentioned[],
  place: Place | undefined,
): Promise<SaidFinding> {
  const secrecy = readSecrecy(line);
  const said = readLimit(secrecy.text, desk);
  if (said.refused) throw new UserError(said.refused);
  const tooFar = said.limit && !said.immediate && limitRefusal(said.limit, desk.today);
  if (tooFar) throw new UserError(`${tooFar}。`);
  const { severity, text } = readSeverity(said.text);
  const person = RESPONSIBLE.exec(text)?.[1];
  if (person && !NAME.test(person))
    throw new UserError(`没有看懂责任人“${person.slice(0, 20)}”，请在“责任人”后面只写姓名，前后空格隔开。`);
  const { unit, rest } = await readUnit(desk, person ? text.replace(RESPONSIBLE, ' ') : text, place);
  const coded = await readIndicator(desk, rest);
  const description = coded.rest.replace(/^[\s,，:;、-]+|[\s,，:;、-]+$/g, '');
  const none = noFinding(description, unit, desk.isQuestion === true);
  if (none !== undefined) throw new UserError(none);
  const whispered = secrecy.restricted ? undefined : whisperAbout(description);
  if (whispered !== undefined) throw new UserError(onlyConfidential(whispered, TOLD));
  if (description.length < 2) throw new UserError(`请写明是什么问题。${HOW}`);
  if (description.length > MAX_DESCRIPTION) throw new UserError(`问题描述最多 ${MAX_DESCRIPTION} 字，请写短一些。`);
  return {
    unit,
    indicator: coded.indicator,
    description: asWritten(description),
    limit: said.limit,
    immediate: said.immediate === true,
    severity: severity ?? (coded.indicator?.veto ? 'veto' : 'minor'),
    responsible: await responsibleOf(desk, unit, person, mentions),
    restricted: secrecy.restricted,
    viewers: secrecy.restricted ? await accountsOf(desk, secrecy.names, unit) : [],
  };
}

/** The line names a unit and says nothing else: what is wrong there is to be filled in. */
export async function onlyPlace(desk: Desk, line: string): Promise<UnitRef | undefined> {
  const [mention, ...more] = await unitsIn(line, desk.read);
  const whole =
    mention && more.length === 0 && line.slice(0, mention.start).trim() + line.slice(mention.end).trim() === '';
  return whole ? resolveUnit([mention], desk) : undefined;
}

function readSeverity(text: string): { readonly severity?: Severity; readonly text: string } {
  for (const [pattern, severity] of SEVERITIES)
    if (pattern.test(text)) return { severity, text: text.replace(pattern, ' ').trim() };
  return { text };
}

/**
 * The first unit named; what comes after it is the problem, in which other units may be named. Where a visit is named, the unit may be left
 * out, and one of those that were visited is meant.
 */
async function readUnit(
  desk: Desk,
  text: string,
  place: Place | undefined,
): Promise<{ readonly unit: UnitRef; readonly rest: string }> {
  const mentions = await unitsIn(text, desk.read);
  const [mention] = mentions;
  if (!place || mention?.start === 0) await refuseSecondUnit(text, mentions, desk.read);
  if (place) return unitAt(desk, text, place, mention);
  const [word = ''] = text.split(/[\s,，:;、]+/);
  if (!mention) throw new UserError(word === '' ? HOW : await unknownUnit(word, desk.read));
  const unit = await resolveUnit([mention], desk);
  if (!unit) throw new UserError(HOW);
  return { unit, rest: `${text.slice(0, mention.start)} ${text.slice(mention.end)}`.trim() };
}

async function unitAt(
  { read }: Desk,
  text: string,
  { unit, refuse }: Place,
  mention: Awaited<ReturnType<typeof unitsIn>>[number] | undefined,
): Promise<{ readonly unit: UnitRef; readonly rest: string }> {
  if (mention?.start !== 0) return { unit, rest: text };
  const rest = text.slice(mention.end).trim();
  if (mention.candidates.some(({ id }) => id === unit.id)) return { unit, rest };
  const below: UnitRef[] = [];
  for (const each of mention.candidates) if (await read.isWithin(each.id, [unit.id])) below.push(each);
  const [only] = below;
  if (only && below.length === 1) return { unit: only, rest };
  throw new UserError(`${refuse(mention.written)}。`);
}

async function readIndicator(
  desk: Desk,
  text: string,
): Promise<{ readonly indicator?: Indicator | undefined; readonly rest: string }> {
  const words = text.split(' ');
  const at = words.slice(0, 2).findIndex((word) => CODE.test(word) && /\d/.test(word) && /[A-Za-z.]/.test(word));
  const typed = words[at];
  if (typed === undefined) return { rest: text };
  const code = typed.toUpperCase().replace(/^([A-Z]{2,3})(?=[VX]?\d)/, '$1-');
  const found = await desk.read.indicators({ code, limit: 10 });
  const [only, second] = found;
  if (!only) throw new UserError(await unknownCode(desk, typed, code));
  if (second)
    throw new UserError(`“${typed}”在几套细则里都有：${found.map((each) => each.code).join('、')}。请写全编号。`);
  return { indicator: only, rest: words.toSpliced(at, 1).join(' ') };
}

/** Codes of one set look alike; more than these are not looked through. */
const MOST_CODES = 2_000;

async function unknownCode({ read }: Desk, typed: string, code: string): Promise<string> {
  const all = await read.indicators({ limit: MOST_CODES });
  const near = nearestWords(
    code,
    all.map((each) => each.code),
  );
  return `没有指标“${typed}”。${near.length > 0 ? `是不是：${near.join('、')}？` : '发送“清单”看全部编号。'}`;
}

/** Somebody of the unit, or an account that is mentioned. A name that several people bear stays a name. */
async function responsibleOf(
  desk: Desk,
  unit: UnitRef,
  name: string | undefined,
  mentions: readonly Mentioned[],
): Promise<NamedPerson | undefined> {
  if (name) {
    const here = (await namesakes(desk, name)).filter((person) => person.unit.id === unit.id);
    const [only, second] = here.filter(({ left }) => !left);
    const [gone] = here;
    if (!only && gone?.left) {
      const successor = gone.left.successor ? `，由${gone.left.successor}接替` : '';
      throw new UserError(`${called(gone)}已登记离任${successor}，不能作责任人。请换一个责任人再发。`);
    }
    return only && !second ? { name, personId: only.id, openId: only.openId } : { name };
  }
  const [mention] = mentions;
  if (!mention) return undefined;
  const [person] = await desk.read.peopleByOpenId(mention.openId);
  return { name: person?.name ?? mention.name, personId: person?.id, openId: mention.openId };
}
