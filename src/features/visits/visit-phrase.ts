import { TIME, timeOf } from '../../domain/calendar/clock-phrase.ts';
import type { LocalDate, LocalTime } from '../../domain/calendar/local-date.ts';
import { readWhen } from '../../domain/calendar/phrase.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { CUT, cut, pieces } from '../../language/words/cut.ts';
import { candidatesOf, directoryFrom, type NameSpan, namesIn } from '../../language/words/names.ts';
import { changesSomeMembers, type SaidPerson, takeTeam } from '../../language/words/parse-team.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { mentionsOf } from '../../language/words/unit-mentions.ts';
import { numberedSchools, unitWordAt } from '../../language/words/unit-words.ts';
import { cannotWhisper, whisperIn } from '../../language/words/whisper.ts';
import { type RefusedDate, readWholeDate, type WholeDate } from '../../language/words/whole-date.ts';
import type { NameMatches } from '../../ports/store.ts';
import { type VisitVerb, verbIn } from './visit-words.ts';

/** What a line says of a visit. What it does not say is absent. */
export interface SaidVisit {
  readonly verb?: VisitVerb | undefined;
  readonly number?: number | undefined;
  /** D12、D15: all that are named, the first one too. */
  readonly numbers: readonly number[];
  readonly confirmed: boolean;
  /** The day on which it stands by now: 把4月9日…改到. */
  readonly on?: WholeDate | undefined;
  /** The day that it gets. */
  readonly when?: WholeDate | undefined;
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
  readonly units: readonly UnitMention[];
  readonly programId?: string | undefined;
  /** Words that found no place. */
  readonly rest: string;
}

interface Asked {
  readonly today: LocalDate;
  readonly calendar: Calendar;
  readonly lookup: (candidates: readonly string[]) => Promise<NameMatches>;
}

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
const PHONE = /(?:电话|手机) ?[::]? ?(?<said>\d[\d-]{5,16})|(?<![\d-])(?<alone>1\d{10})(?!\d)/u;
const NUMBER = /(?<![a-z\d])(?:第 ?)?d ?(?<said>\d{1,6})(?![\d.-])(?:号|次)?|第 ?(?<alone>\d{1,6}) ?次/iu;
const CONFIRMED = /(?<=^|\s)确认$/;
const PERIOD = /上午|下午|全天|晚上|晚间/u;
const KIND =
  /(?<said>四不两直|飞行检查|随机抽查|明察暗访|暗访|回头看|复查|(?:综合|专项|随机|经常性|过程性|常规|常态化|开学|春季开学|秋季开学|期末|责任|挂牌|联合|专题|实地|入校|安全|食品安全)(?:督导|督查|检查|视导|抽查)(?:检查|评估)?)/u;
/** Words between the facts of a sentence, at either end of what is left. */
const FILLER =
  /^(?:把|将|的|去|到|来|看|查|在|于|为|是|由|和|与|了|请|那次|这次|那个|这个|一次|一个|次|个|一场|督导|日程|安排|时间|日期|对象|单位|类型|地点|改|号|[,，、;；::。.\s-])+|(?:的|了|吧|督导|日程|安排|[,，、;；::。.\s-])+$/gu;

/** Reads a line that enters or changes a visit. The line is normalised already; the directory is asked once. */
export async function readVisitPhrase(
  line: string,
  { today, calendar, lookup }: Asked,
): Promise<SaidVisit | { readonly refused: string }> {
  let text = line;
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(text);
    if (!found) return undefined;
    text = cut(text, found.index, found.index + found[0].length);
    return (found.groups?.['said'] ?? found.groups?.['quoted'] ?? found.groups?.['alone'] ?? found[0])
      .replaceAll(CUT, '')
      .trim();
  };
  const confirmed = take(CONFIRMED) !== undefined;
  const whispered = whisperIn(text);
  if (whispered !== undefined) return { refused: cannotWhisper(whispered) };
  const reason = take(REASON);
  const note = take(NOTE);
  const topic = take(TOPIC);
  const contact = take(CONTACT);
  const phone = take(PHONE);
  if (changesSomeMembers(text)) return SOME_MEMBERS;
  const numbers: number[] = [];
  for (let next = take(NUMBER); next !== undefined; next = take(NUMBER)) numbers.push(Number(next));
  const [number] = numbers;

  const directory = directoryFrom(await lookup(candidatesOf(text)));
  const names = namesIn(text, directory);
  const found = verbIn(withoutNames(text, names));
  if (found) text = cut(text, found.start, found.end);
  const dated = takeDates(text, names, { today, calendar });
  text = dated.text;
  const byNumber = found === undefined || number !== undefined;
  const days = daysOf(dated.dates, found, byNumber);
  if ('refused' in days) return days;
  const clock = new RegExp(TIME.source).exec(text);
  const starts = clock ? timeOf(clock) : undefined;
  if (typeof starts === 'object') return starts;
  if (clock) text = cut(text, clock.index, clock.index + clock[0].length);
  const period = (clock && PERIOD.exec(clock[0])?.[0]) ?? (/全天/.test(dated.words) ? '全天' : take(PERIOD));
  const kind = take(KIND);
  const program = names.find(({ programs }) => programs.length > 0);
  if (program) text = cut(text, program.start, program.end);

  // Again, in what is left: 实验小学 was glued to its day and to 专项督导.
  const left = namesIn(text, directory);
  const mentions = mentionsOf(
    text,
    left.filter(({ units }) => units.length > 0),
  );
  for (const { start, end } of mentions) text = cut(text, start, end);
  const team = takeTeam(text, mentions, left);
  if (team.twoLeaders) return { refused: '组长写了两位，请只写一位，其余的写成成员。' };
  const unread = takeUnknownUnit(team.text);
  // 延期 D12 4月12日 校长外出: who puts off or cancels says why, with or without 原因.
  const says = number !== undefined && (found?.verb === 'postpone' || found?.verb === 'cancel');
  const why = reason ?? (says && unread.rest !== '' ? unread.rest : undefined);

  return {
    verb: found?.verb,
    number,
    numbers,
    confirmed,
    ...days,
    period: period === '晚间' ? '晚上' : period,
    starts,
    kind,
    contact,
    phone,
    topic: own(topic),
    note: own(note),
    reason: own(why),
    leader: team.leader,
    members: team.members,
    units: [...mentions.filter((mention) => !team.used.has(mention)), ...unread.units].map(
      ({ written, candidates }) => ({
        written,
        candidates,
      }),
    ),
    programId: program?.programs[0]?.programId,
    rest: says && why === unread.rest ? '' : unread.rest,
  };
}

const own = (text: string | undefined): string | undefined => text && asWritten(text);

/** A verb inside a name is none: 安排 of a unit, 恢复 of a program. */
const withoutNames = (text: string, names: readonly NameSpan[]): string =>
  names.reduce((masked, { start, end }) => cut(masked, start, end), text);

interface Dated {
  readonly at: number;
  /** As the day of a visit that stands. */
  readonly near: WholeDate | RefusedDate;
  /** As the day that a visit gets. */
  readonly coming: WholeDate | RefusedDate;
}

const SOME_MEMBERS = {
  refused: '没有办理：不能只加、只减成员。成员请写全部，例如：日程 变更 D12 成员 张三、李四',
};

/** Up to two dates that are no part of a name. */
function takeDates(line: string, names: readonly NameSpan[], { today, calendar }: Pick<Asked, 'today' | 'calendar'>) {
  let text = line;
  let searched = withoutNames(line, [
    ...names,
    ...numberedSchools(line).map((school) => ({
      ...school,
      written: '',
      everyday: false,
      units: [],
      people: [],
      programs: [],
      checklists: [],
    })),
  ]);
  const dates: Dated[] = [];
  let words = '';
  while (dates.length < 2) {
    const found = readWhen(searched, { today, calendar, bias: 'near', dotDates: true });
    const [near, coming] = (['near', 'future'] as const).map((bias) =>
      // The day that is may be looked for in a span: 把下周一中的…改到. The day that becomes is one day.
      readWholeDate(searched, { today, calendar, bias, ...(bias === 'future' && { day: true as const }) }),
    );
    if (!found || !near || !coming) break;
    // The time of day behind it is read for itself, with the half of the day that 今晚 holds.
    const clock = 'refused' in near ? undefined : near.clock?.written;
    const end = found.end - (clock !== undefined && /^[早晚]/.test(clock) && /[早晚]$/.test(found.text) ? 1 : 0);
    text = cut(text, found.start, end);
    searched = cut(searched, found.start, end);
    words += found.text;
    dates.push({ near, coming, at: found.start });
  }
  return { text, dates, words };
}

type Days = { readonly on?: WholeDate; readonly when?: WholeDate } | { readonly refused: string };

/** 把4月9日一中改到4月10日: before the verb stands the day that is, behind it the day that becomes. A cancelled visit gets no day. */
function daysOf([first, second]: readonly Dated[], verb: ReturnType<typeof verbIn>, byNumber: boolean): Days {
  if (!first) return {};
  const said = (on: Dated['near'] | undefined, when: Dated['coming'] | undefined): Days => {
    const refused = [on, when].find((date) => date && 'refused' in date);
    if (refused && 'refused' in refused) return { refused: refused.refused };
    return { ...(on && !('refused' in on) && { on }), ...(when && !('refused' in when) && { when }) };
  };
  if (verb?.verb === 'cancel' || verb?.verb === 'restore') return said(first.near, undefined);
  if (verb?.verb === 'add' && second) return 'refused' in first.coming ? first.coming : TWO_DAYS;
  if (verb?.verb === 'add' || byNumber) return said(second && first.near, (second ?? first).coming);
  if (second) return said(first.near, second.coming);
  return verb && first.at < verb.start ? said(first.near, undefined) : said(undefined, first.coming);
}

const TWO_DAYS = {
  refused: '写了两个日期。一次督导请只写一个日期，连续几天的写成 4月9日-10日；分开的几次请分成几行发送。',
};

type Mention = ReturnType<typeof mentionsOf>[number];

/** What is left: a unit that the directory does not know is still named in the answer, the rest is a topic or not understood. */
function takeUnknownUnit(text: string): { readonly units: readonly Mention[]; readonly rest: string } {
  const units: Mention[] = [];
  const rest: string[] = [];
  for (const piece of pieces(text)) {
    let word = piece.replace(FILLER, '');
    const numbered = numberedSchools(word)[0];
    const unit = numbered?.start === 0 ? word.slice(0, numbered.end) : unitWordAt(word, false);
    if (unit) {
      units.push({ start: 0, end: 0, written: unit, candidates: [] });
      word = word.slice(unit.length).replace(FILLER, '');
    }
    if (word !== '') rest.push(word);
  }
  return { units, rest: rest.join(' ') };
}
