import type { LocalTime } from '../../domain/calendar/local-date.ts';
import { readWhen as dateIn } from '../../domain/calendar/phrase.ts';
import { UserError } from '../../language/errors.ts';
import { type FormArgs, may, mayRead, type OwnContext } from '../../language/forms/form.ts';
import { refuseLabels, refuseStray } from '../../language/forms/stray.ts';
import { quoted } from '../../language/forms/unread.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { CUT, cut, pieces } from '../../language/words/cut.ts';
import { fillerOf, withoutFiller } from '../../language/words/filler.ts';
import { type NameSpan, namesIn } from '../../language/words/names.ts';
import { changesSomeMembers, type SaidPerson, takeTeam } from '../../language/words/parse-team.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { mentionsOf } from '../../language/words/unit-mentions.ts';
import { numberedSchools, unitWordAt } from '../../language/words/unit-words.ts';
import { takeUrging } from '../../language/words/urging.ts';
import { cannotWhisper, whisperIn } from '../../language/words/whisper.ts';
import { readFrom, readHours, readOn, readRange, readWhen, type SaidDay } from './visit-days.ts';
import { VISIT_NUMBER, VISIT_NUMBER_FIRST } from './visit-words.ts';

/** What a line says of a visit. What it does not say is absent. */
export interface SaidVisit {
  readonly number?: number | undefined;
  readonly confirmed: boolean;
  readonly on?: SaidDay | undefined;
  readonly when?: SaidDay | undefined;
  readonly period?: string | undefined;
  readonly starts?: LocalTime | undefined;
  readonly kind?: string | undefined;
  readonly topic?: string | undefined;
  readonly leader?: SaidPerson | undefined;
  readonly members?: readonly SaidPerson[] | undefined;
  readonly contact?: string | undefined;
  readonly phone?: string | undefined;
  readonly note?: string | undefined;
  readonly reason?: string | undefined;
  readonly unit?: UnitMention | undefined;
  readonly programId?: string | undefined;
  /** 刚才那个. */
  readonly justNow: boolean;
  /** Free words of a new visit that no label leads to. */
  readonly more?: string | undefined;
}

/** More is no cell of the officials' tables. */
const MOST = 200;

/** What a pattern finds, as its group says, and the text with the whole of it cut out. */
const taking =
  (...patterns: readonly RegExp[]) =>
  (text: string): { readonly value: string; readonly rest: string } | undefined => {
    for (const pattern of patterns) {
      const found = pattern.exec(text);
      if (!found) continue;
      const { said, quoted: inside, alone } = found.groups ?? {};
      return {
        value: (said ?? inside ?? alone ?? found[0]).replaceAll(CUT, '').trim(),
        rest: cut(text, found.index, found.index + found[0].length),
      };
    }
    return undefined;
  };

/** Free words behind their label, wherever they stand. */
const freeText = (pattern: RegExp) =>
  mayRead(
    (text) => {
      const found = taking(pattern)(text);
      return found && { ...found, value: asWritten(found.value) };
    },
    { free: true, max: MOST },
  );

/** Where a labelled text ends: at the next label, or with the line. */
const LABELS = '原因|理由|因为|由于|备注|说明|督导内容|内容|主题|组长|带队|成员|组员|联络员|联系人|电话';
const freely = (words: string): RegExp =>
  new RegExp(
    `(?<=^|[\\s,，;；。${CUT}])(?:${words}) ?[::是]? ?(?:“(?<quoted>[^”]*)”|(?<said>.+?)(?=[\\s,，;；。](?:${LABELS})|$))`,
    'u',
  );
const REASON = freely('原因|理由|因为|由于');
const NOTE = freely('备注|说明');
const TOPIC = new RegExp(
  `(?<=^|[\\s,，;；。${CUT}])(?:督导内容|内容|主题) ?[::是为]? ?(?:“(?<quoted>[^”]*)”|(?<said>[^\\s,，;；${CUT}]+))`,
  'u',
);
const CONTACT = /(?:联络员|联系人) ?[::]? ?(?<said>\p{Script=Han}{2,4})/u;
const NEXT_WORD = new RegExp(`^ ([^\\s,，;；。${CUT}]+)`);
const NEXT_LABEL = new RegExp(`^(?:${LABELS}|确认$)`, 'u');

/**
 * Of what a visit becomes the subject is one word, or stands in quotation marks: a word behind it that is nothing else would be named
 * without it.
 */
function refuseSecondWord(text: string, { today, calendar, directory }: OwnContext): undefined {
  const topic = TOPIC.exec(text);
  const word = topic?.groups?.['said'];
  const [, next = ''] = topic ? (NEXT_WORD.exec(text.slice(topic.index + topic[0].length)) ?? []) : [];
  const isOwn =
    NEXT_LABEL.test(next) ||
    VISIT_NUMBER.test(next) ||
    KIND.test(next) ||
    readHours(next) !== undefined ||
    dateIn(next, { today, calendar, bias: 'near', dotDates: true }) !== undefined ||
    namesIn(next, directory).length > 0;
  if (word !== undefined && next !== '' && !isOwn)
    throw new UserError(`没有办理。没看懂“${word} ${next}”。内容有几个词的请写：内容 “${word} ${next}”`);
}

const PHONE = /(?:电话|手机) ?[::]? ?(?<said>\d[\d-]{5,16})|(?<![\d-])(?<alone>1\d{10})(?!\d)/u;
const KIND =
  /(?<said>四不两直|飞行检查|随机抽查|明察暗访|暗访|回头看|复查|(?:综合|专项|随机|经常性|过程性|常规|常态化|开学|春季开学|秋季开学|期末|责任|挂牌|联合|专题|实地|入校|安全|食品安全)(?:督导|督查|检查|视导|抽查)(?:检查|评估)?)/u;

/** What no visit is: kept from its unit, or with some of its members more or less. */
export function refuseWhisper(text: string): undefined {
  const whispered = whisperIn(text);
  if (whispered !== undefined) throw new UserError(cannotWhisper(whispered));
  if (changesSomeMembers(withoutTexts(text)))
    throw new UserError('没有办理：不能只加、只减成员。成员请写全部，例如：日程 变更 D12 成员 张三、李四');
}

/** The line without what is said in its free texts; its length stays. */
export const withoutTexts = (text: string): string =>
  [REASON, NOTE, TOPIC, CONTACT].reduce((left, pattern) => taking(pattern)(left)?.rest ?? left, text);

/** 联络员 三楼 朱戊: who of two is meant, if somebody known stands behind a word? */
function readContact(text: string, { directory }: OwnContext) {
  const found = taking(CONTACT)(text);
  const [, next = ''] = found
    ? (/^ +(\p{Script=Han}{2,4})(?!\p{Script=Han})/u.exec(text.slice(endOf(CONTACT, text))) ?? [])
    : [];
  if (found && directory.get(next)?.people.length)
    throw new UserError(`没有办理。没看懂“${found.value} ${next}”。“联络员”后面只写一个姓名`);
  return found;
}

const endOf = (pattern: RegExp, text: string): number => {
  const found = pattern.exec(text);
  return found ? found.index + found[0].length : 0;
};

function readConfirmed(text: string) {
  const found = taking(/(?<=^|\s)确认$/)(text);
  return found && { value: true as const, rest: found.rest };
}

function readNumbers(text: string) {
  const numbers: number[] = [];
  let rest = text;
  for (let next = taking(VISIT_NUMBER)(rest); next; next = taking(VISIT_NUMBER)(rest)) {
    numbers.push(Number(next.value));
    rest = next.rest;
  }
  return numbers.length === 0 ? undefined : { value: numbers, rest };
}

export function readNumber(text: string) {
  const found = readNumbers(text);
  const [number, second] = found?.value ?? [];
  if (second !== undefined) throw new UserError('一次只能改一次督导，请分成几行发送。只有取消可以一次写几个编号。');
  return found && number !== undefined ? { value: number, rest: found.rest } : undefined;
}

function readProgram(text: string, { directory }: OwnContext) {
  const program = namesIn(text, directory).find(({ programs }) => programs.length > 0);
  const programId = program?.programs[0]?.programId;
  return program && programId !== undefined
    ? { value: programId, rest: cut(text, program.start, program.end) }
    : undefined;
}

const unitsOf = (text: string, names: readonly NameSpan[]) =>
  mentionsOf(
    text,
    names.filter(({ units }) => units.length > 0),
  );

interface Seat extends SaidPerson {
  readonly role: 'leader' | 'member';
}

/** The team, with the units that tell namesakes apart; the unit that is visited stays in the text. */
function readTeam(text: string, { directory }: OwnContext) {
  const names = namesIn(text, directory);
  const mentions = unitsOf(text, names);
  const without = mentions.reduce((left, { start, end }) => cut(left, start, end), text);
  const { leader, members, twoLeaders, used, text: left } = takeTeam(without, mentions, names);
  if (twoLeaders) throw new UserError('组长写了两位，请只写一位，其余的写成成员。');
  if (!leader && !members) return undefined;
  const value: readonly Seat[] = [
    ...(leader ? [{ ...leader, role: 'leader' } as const] : []),
    ...(members ?? []).map((member) => ({ ...member, role: 'member' }) as const),
  ];
  refuseBeforeName(value, text, names);
  const visited = mentions.filter((mention) => !used.has(mention));
  const rest = visited.reduce(
    (team, { start, end }) => team.slice(0, start) + text.slice(start, end) + team.slice(end),
    left,
  );
  return { value, rest };
}

/** 组长 三楼 韩丙: of two words the one that the address book knows is meant, and then what is the other? */
function refuseBeforeName(said: readonly SaidPerson[], text: string, names: readonly NameSpan[]): void {
  const people = names.filter((span) => span.people.length > 0);
  for (const { name } of said) {
    const next = people.find(
      ({ start, written }) =>
        new RegExp(`${name}[\\s@]+$`).test(text.slice(0, start)) && said.every((one) => one.name !== written),
    );
    if (next) throw new UserError(`没有办理。没看懂“${name} ${next.written}”。请写：组长 张三 成员 李四、王五`);
  }
}

/** Where a visit changes nobody becomes its leader unless he is called so. */
const readNamedTeam = (text: string, context: OwnContext) =>
  /组长|带队|成员|组员/.test(text) ? readTeam(text, context) : undefined;

/** Words between the facts of a sentence, at either end of what is left. */
const FILLER =
  /^(?:把|将|从|自(?![查习评检])|原定|的|去(?!年)|到(?!位|岗|校)|来(?![源访函文电信])|看(?!望)|查(?!处)|在(?![岗校职])|至|于|为(?!民)|是(?!否)|由(?!于)|和(?!谐)|与(?!会)|了|请(?!务必|[示假求勿])|那次|这次|那个|这个|一次|一个|次|个|一场|督导|日程|安排|时间|日期|对象|单位|类型|地点|改|号|[,，、;；::。.\s-])+|(?:的|了|吧|(?<!综合|专项|随机|[性规化]|开学|期末|责任|挂牌|联合|专题|实地|入校|安全)督导|日程|安排|[,，、;；::。.\s-])+$/gu;

/** The one unit; one that the directory does not know is still named in the answer. What is left loses the words between the facts. */
function readPlace(text: string, { directory }: OwnContext) {
  const mentions = unitsOf(text, namesIn(text, directory));
  const units: UnitMention[] = mentions.map(({ written, candidates }) => ({ written, candidates }));
  const left: string[] = [];
  for (const piece of pieces(mentions.reduce((cutOut, { start, end }) => cut(cutOut, start, end), text))) {
    let word = piece.replace(FILLER, '');
    const numbered = numberedSchools(word)[0];
    const unit = numbered?.start === 0 ? word.slice(0, numbered.end) : unitWordAt(word, false);
    if (unit) {
      units.push({ written: unit, candidates: [] });
      word = word.slice(unit.length).replace(FILLER, '');
    }
    if (word !== '') left.push(word);
  }
  const [value, ...others] = units;
  if (others.length > 0)
    throw new UserError(
      `没有办理。写了 ${units.length} 个单位（${units.map(({ written }) => written).join('、')}），一次督导只写一个单位。`,
    );
  return { value, rest: left.join(' ') };
}

const ASKS = fillerOf({ filler: '组长 成员 单位 类型 内容 时间 日期 督导 日程 安排 次' }, []);

/** Of a question: what it holds besides, without the words with which it asks. */
export const readLeft = (text: string): { readonly value: undefined; readonly rest: string } => ({
  value: undefined,
  rest: pieces(text)
    .flatMap((piece) => piece.split(' ').map((word) => withoutFiller(word, ASKS)))
    .filter((word) => word !== '')
    .join(' '),
});

/** 刚才那个, 上面那次: what the sender entered or changed last. */
const readJustNow = taking(/^(?:把|将)?(?:刚才|刚刚|上面|刚)(?:的|那|这)*(?:一?[个次条])?(?:督导|安排|日程)?$/);

const KIND_ALONE = new RegExp(`(?<=^|[\\s,，;；。${CUT}])${KIND.source}(?=$|[\\s,，;；。${CUT}])`, 'u');

/** 复查 综合督导: behind the kind that was taken a second one would be a reason or a subject. */
function refuseSecondKind(text: string): undefined {
  const second = KIND_ALONE.exec(text)?.groups?.['said'];
  if (second !== undefined) throw new UserError(`没有办理。督导类型写了两个（还有“${second}”），请只写一个。`);
}

const MAY_BE_NOTED = '一次督导没有这一项，要写的请写在“备注”后面';
/** 来源 市政府: a field of other tables, which would stand as the subject or the reason. */
const refuseOtherFields = (text: string): undefined => {
  refuseLabels(text, MAY_BE_NOTED);
};

/** What would go out as the reason without being called so. */
const refuseStrayWhy = (text: string, context: OwnContext): undefined => {
  refuseStray(text, context, ['share']);
};

/** Labels whose texts a form has no part for: what stands behind them would become something else. 组长外出 is a reason. */
const refuses =
  (label: RegExp) =>
  (text: string): undefined => {
    const stray = label.exec(text)?.[0].replaceAll(CUT, '').trim();
    if (stray !== undefined) throw new UserError(`没有执行。没看懂${quoted([stray])}，这里不能写。`);
  };
const OF_OTHERS = new RegExp(
  `(?<=^|[\\s,，;；。${CUT}])(?:备注|说明|督导内容|内容|主题|组长|带队|成员|组员|联络员|联系人|电话)[ ::][^${CUT}]+`,
  'u',
);

/** What no label leads to and is no free text: a person, a figure, a number, a part of the day. */
function refuseStrays(text: string, { directory }: OwnContext): undefined {
  const isStray = (word: string) =>
    (directory.get(word)?.people.length ?? 0) > 0 ||
    /^\d+%?$|^(?:上午|下午|全天|晚上|\d+:\d+)$|^第?D ?\d+$/i.test(word);
  const strays = text.split(/[\s、,，;；]+/).filter(isStray);
  if (strays.length > 0)
    throw new UserError(
      `没有执行。没看懂${quoted(strays)}。成员请写在“成员”后面，其他的写在“备注”后面，例如：日程 新增 4月9日 上午 望海区第一中学 专项督导 组长 韩丙 成员 李庚 备注 …`,
    );
}

const NUMBERED = { pattern: VISIT_NUMBER_FIRST, beforeVerb: true } as const;
const ALWAYS = { confirmed: mayRead(readConfirmed), whisper: mayRead(refuseWhisper) };
const TEXTS = { note: freeText(NOTE), topic: freeText(TOPIC) };
const CONTACTS = { contact: mayRead(readContact), phone: mayRead(taking(PHONE)) };
const reason = freeText(REASON);
const WHERE = { place: mayRead(readPlace), justNow: mayRead(readJustNow) };
/** Who puts off or cancels says why, with or without 原因: 延期 D12 4月12日 校长外出. */
const WHY = { beside: mayRead(refuseStrayWhy), why: may('text', { max: MOST }) };

/** Of each part first what holds free text, so that a day or a name in it is none of the visit's. */
export const NEW_VISIT = {
  ...ALWAYS,
  ...TEXTS,
  strange: mayRead(refuses(REASON)),
  others: mayRead(refuseOtherFields),
  urges: mayRead((text, { directory }) => takeUrging(text, directory), { free: true, max: MOST }),
  ...CONTACTS,
  when: mayRead(readWhen),
  range: mayRead(readRange),
  hours: mayRead(readHours),
  kind: mayRead(taking(KIND)),
  second: mayRead(refuseSecondKind),
  program: mayRead(readProgram),
  team: mayRead(readTeam),
  place: mayRead(readPlace),
  strays: mayRead(refuseStrays),
  more: may('text', { max: MOST }),
};

export const CHANGED_VISIT = {
  ...ALWAYS,
  reason,
  second: mayRead(refuseSecondWord),
  ...TEXTS,
  ...CONTACTS,
  others: mayRead(refuseOtherFields),
  on: mayRead(readFrom),
  when: mayRead(readWhen),
  number: mayRead(readNumber, NUMBERED),
  hours: mayRead(readHours),
  kind: mayRead(taking(KIND)),
  kinds: mayRead(refuseSecondKind),
  team: mayRead(readNamedTeam),
  ...WHERE,
};
export const POSTPONED_VISIT = { ...CHANGED_VISIT, ...WHY };

const FOUND = {
  strange: mayRead(refuses(OF_OTHERS)),
  others: mayRead(refuseOtherFields),
  on: mayRead(readOn),
  hours: mayRead(readHours),
  kind: mayRead(taking(KIND)),
};
export const CANCELLED_VISIT = {
  ...ALWAYS,
  reason,
  ...FOUND,
  numbers: mayRead(readNumbers, NUMBERED),
  ...WHERE,
  ...WHY,
};
export const RESTORED_VISIT = {
  ...ALWAYS,
  unasked: mayRead(refuses(REASON)),
  ...FOUND,
  number: mayRead(readNumber, NUMBERED),
  ...WHERE,
};

type Args = Partial<FormArgs<typeof NEW_VISIT>> & Partial<FormArgs<typeof POSTPONED_VISIT>>;

/** What the arguments of these forms say. */
export function saidVisit({
  confirmed,
  on,
  when,
  hours,
  team = [],
  place,
  program,
  justNow,
  why,
  ...args
}: Args): SaidVisit {
  const members = team.filter(({ role }) => role === 'member');
  return {
    note: [args.note, args.range, args.urges && asWritten(args.urges)].filter(Boolean).join('，') || undefined,
    topic: args.topic,
    contact: args.contact,
    phone: args.phone,
    kind: args.kind,
    number: args.number,
    confirmed: confirmed === true,
    on,
    when,
    more: args.more,
    leader: team.find(({ role }) => role === 'leader'),
    members: members.length > 0 ? members : undefined,
    period: hours?.period ?? ((when ?? on)?.allDay ? '全天' : undefined),
    starts: hours?.starts,
    unit: place,
    programId: program,
    justNow: justNow !== undefined,
    reason: args.reason ?? (why === undefined ? undefined : asWritten(why)),
  };
}
