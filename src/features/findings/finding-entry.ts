import type { Indicator } from '../../domain/checklists/checklist.ts';
import { isConfidential, type Limit, type Severity } from '../../domain/findings/finding.ts';
import type { NamedPerson } from '../../domain/people/person.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { type Inspection, visitNumber } from '../../domain/visits/inspection.ts';
import { UserError } from '../../language/errors.ts';
import { resolveUnit, unknownUnit } from '../../language/who/resolve.ts';
import { called, namesakes } from '../../language/who/resolve-person.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { nearestWords } from '../../language/words/nearest.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { onlyConfidential, whisperAbout } from '../../language/words/whisper.ts';
import type { Mentioned } from '../../ports/inbound.ts';
import type { EntryArgs } from './entry-parts.ts';
import type { FindingContext } from './finding-desk.ts';
import { accountsOf } from './finding-viewers.ts';
import { noFinding } from './no-finding.ts';
import { refuseJoined } from './second-unit.ts';

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

/** The problem that a line means, with the unit, the indicator and the people that the tables know. Throws UserError. */
export async function findingOf(
  context: FindingContext,
  args: EntryArgs,
  known: Place | undefined,
): Promise<SaidFinding> {
  const { description = '', viewers, limit } = args;
  const unit = await unitOf(context, args, known);
  const indicator = args.code === undefined ? undefined : await indicatorOf(context, args.code);
  const words = description.replace(/^[\s,，:;、-]+|[\s,，:;、-]+$/g, '');
  const none = noFinding(words, unit, context.isQuestion === true);
  if (none !== undefined) throw new UserError(none);
  const restricted = viewers !== undefined || isConfidential(words);
  const whispered = restricted ? undefined : whisperAbout(words);
  if (whispered !== undefined) throw new UserError(onlyConfidential(whispered, TOLD));
  if (words.length < 2) throw new UserError(`请写明是什么问题。${HOW}`);
  return {
    unit,
    indicator,
    description: asWritten(words),
    limit: limit?.limit,
    immediate: limit?.immediate === true,
    severity: args.severity ?? (indicator?.veto ? 'veto' : 'minor'),
    responsible: await responsibleOf(context, unit, args.responsible, args.mentioned ?? []),
    restricted,
    viewers: restricted ? await accountsOf(context, viewers ?? [], unit) : [],
  };
}

/** The unit that is named, or that of the place which is known already. */
async function unitOf(
  context: FindingContext,
  { place, description = '' }: EntryArgs,
  known: Place | undefined,
): Promise<UnitRef> {
  if (place) await refuseJoined(place, place.joined, context.read);
  if (known) return place ? unitAt(context, known, place) : known.unit;
  const unit = await resolveUnit(place ? [place] : [], context);
  if (unit) return unit;
  const [word = ''] = description.split(/[\s,，:;、]+/);
  throw new UserError(word === '' ? HOW : await unknownUnit(word, context.read));
}

/** Of a visit to a unit one of those that are below it may be named; another is refused. */
async function unitAt(
  { read }: FindingContext,
  { unit, refuse }: Place,
  { written, candidates }: UnitMention,
): Promise<UnitRef> {
  if (candidates.some(({ id }) => id === unit.id)) return unit;
  const below: UnitRef[] = [];
  for (const each of candidates) if (await read.isWithin(each.id, [unit.id])) below.push(each);
  const [only, second] = below;
  if (only && !second) return only;
  throw new UserError(`${refuse(written)}。`);
}

async function indicatorOf(context: FindingContext, typed: string): Promise<Indicator> {
  const code = typed.toUpperCase().replace(/^([A-Z]{2,3})(?=[VX]?\d)/, '$1-');
  const found = await context.read.indicators({ code, limit: 10 });
  const [only, second] = found;
  if (!only) throw new UserError(await unknownCode(context, typed, code));
  if (second)
    throw new UserError(`“${typed}”在几套细则里都有：${found.map((each) => each.code).join('、')}。请写全编号。`);
  return only;
}

/** Codes of one set look alike; more than these are not looked through. */
const MOST_CODES = 2_000;

async function unknownCode({ read }: FindingContext, typed: string, code: string): Promise<string> {
  const all = await read.indicators({ limit: MOST_CODES });
  const near = nearestWords(
    code,
    all.map((each) => each.code),
  );
  return `没有指标“${typed}”。${near.length > 0 ? `是不是：${near.join('、')}？` : '发送“清单”看全部编号。'}`;
}

/** Somebody of the unit, or an account that is mentioned. A name that several people bear stays a name. */
async function responsibleOf(
  context: FindingContext,
  unit: UnitRef,
  name: string | undefined,
  mentions: readonly Mentioned[],
): Promise<NamedPerson | undefined> {
  if (name) {
    const here = (await namesakes(context, name)).filter((person) => person.unit.id === unit.id);
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
  const [person] = await context.read.peopleByOpenId(mention.openId);
  return { name: person?.name ?? mention.name, personId: person?.id, openId: mention.openId };
}
