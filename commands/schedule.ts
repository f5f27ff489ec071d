import { addDays, type LocalDate } from '../src/domain/calendar/local-date.ts';
import { restingOn } from '../src/domain/calendar/rest-days.ts';
import type { Span } from '../src/domain/calendar/span.ts';
import { isProvisional } from '../src/domain/calendar/working-days.ts';
import { mayAnywhere } from '../src/domain/people/rights.ts';
import type { Inspection, VisibleInspection } from '../src/domain/visits/inspection.ts';
import { scheduleDoc } from '../src/features/visits/schedule-card.ts';
import { seenEarly, toldHere } from '../src/features/visits/visit-find.ts';
import { type ContextOf, defineCommand, parts } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { isOwnVisit } from '../src/language/who/own-work.ts';
import { refuseImpossible, resolveOwnUnit } from '../src/language/who/resolve.ts';
import { refuseUnreadTime } from '../src/language/words/unread-time.ts';
import type { InspectionQuery } from '../src/ports/visits.ts';

/** Asked when, or about a school or a person without a date, people mean what is coming. */
const AHEAD_DAYS = 60;

const line = parts({
  dates: 'near',
  names: true,
  people: true,
  coming: true,
  asks: true,
  me: true,
  filler: '督导组 督导 督查 检查 视导 入校 安排 计划 工作 日程 行程 带队 组长 哪支 学校 单位 人 上午 下午 下校',
});

export default defineCommand({
  name: '日程',
  aliases: ['schedule', 'rc', '督导日程表', '督导日程', '督导安排', '督导计划', '日程安排', '日程表', '行程'],
  says: [
    /谁(要|会|都)?(去|到|来|带队|值班|督导)/,
    /(去|到|来)(了|过)?(哪|几所|什么)/,
    /(哪|几)(些|个|几|所|几所|几个)?(人|组|督导组|专家)(去|到|来)/,
    /(什么时候|何时|哪天|几号|几点|多久).{0,6}(督导|检查|视导|来|去|到|集合|出发)/,
    /(督导|检查|视导).{0,4}(是|在)?(什么时候|何时|哪天|几号|几点)/,
    /(有|有没有|还有)(哪些|什么|几个|几次)?.{0,4}(督导|检查|视导|入校)(吗|么|没有)?$/,
    /(去|到)\S{2,12}(督导|检查|视导)(的)?(是谁|有谁|是哪些人)$/,
    /安排$|^督导$/,
    /值班|集合|(车辆|派车|坐什么车|食宿|住宿|住哪|路线(?!图)).{0,4}$/,
  ],
  line,
  also: { atEnd: true, mine: true, bare: ['date', 'name'], exports: 'always' },
  single: true,
  summary: '查督导日程：谁、什么时候、去哪个单位',
  usage: '日程 [日期] [单位或姓名]',
  examples: ['日程', '日程 明天', '日程 下周', '日程 4月上旬 望海区', '日程 我'],
  allow: 'member',
  where: ['group', 'p2p'],
  async run(context) {
    const { args, chat, scope, actor, today, now, calendar, read } = context;
    refuseImpossible(args.impossibleDate);
    refuseUnreadTime(args.rest, args.when);
    const unit = await resolveOwnUnit(args.units, { read, scope });
    const people = args.me ? [] : args.people;
    if (args.me && actor.people.length === 0) throw new UserError('还不知道您是谁。请先发送：我是 姓名');

    const named = people.join('、') || undefined;
    const about = args.me ? '我的' : [unit?.name, named].filter(Boolean).join(' ') || undefined;
    const span = spanOf(args, today, about !== undefined || args.coming === true);
    const query = { scope, unitId: unit?.id };
    // Filtered by unit, a withheld visit would tell its target: those are left out before anything is counted.
    const seen = (list: Seen) =>
      list.filter((visit) => !(visit.withheld && unit) && (!args.me || isOwnVisit(context, visit)));
    const visitsIn = async (within: Span) => {
      const lists = await Promise.all(
        ofEach(people, (personName) => read.inspections({ ...query, personName, span: within, cancelled: true })),
      );
      return seen(toldHere(context, inOrder(lists.flat())));
    };
    const all = await visitsIn(span);
    const isPlanned = ({ inspection }: (typeof all)[number]) => inspection.state === 'planned';
    const visits = all.filter(isPlanned);
    const resting = args.when && !args.until ? restingOn(span, today, calendar) : undefined;
    const after = resting ? (await visitsIn({ from: resting.next, to: resting.next })).filter(isPlanned) : [];
    const next = visits.length > 0 ? undefined : await nextOf(context, query, span, people, seen);

    return {
      nothing: visits.length === 0,
      audit: seenEarly([...all, ...after, ...(next ? [next] : [])], now),
      reply: scheduleDoc({
        about,
        // Of several who were asked for, who goes nowhere is said by name.
        free: people.length > 1 && visits.length > 0 ? people.filter((name) => !visits.some(goes(name))) : [],
        span,
        today,
        visits,
        // What is withheld and cancelled concerns nobody any more.
        cancelled: all.filter((visit) => !isPlanned(visit) && !visit.withheld),
        numbered: mayAnywhere(actor, 'visit.change'),
        next,
        resting: resting && { ...resting, visits: after },
        provisional: isProvisional(calendar, span),
        unrecorded: args.asks,
        unused: args.rest,
        reader: chat.type === 'p2p' ? 'person' : 'group',
        query: ['日程', `${span.from}至${span.to}`, args.me ? '我' : about].filter(Boolean).join(' '),
      }),
    };
  },
});

type Context = ContextOf<typeof line>;
type Args = Context['args'];
type Seen = readonly VisibleInspection[];

/** What is read for each of the people named, or once for everybody. */
const ofEach = <Found>(
  people: readonly string[],
  readFor: (personName: string | undefined) => Found,
): readonly Found[] => (people.length === 0 ? [readFor(undefined)] : people.map(readFor));

/** Each visit once, by day. */
const inOrder = <Visit extends Pick<Inspection, 'id' | 'beginsAt'>>(visits: readonly Visit[]): readonly Visit[] =>
  [...new Map(visits.map((visit) => [visit.id, visit])).values()].toSorted((a, b) => a.beginsAt - b.beginsAt);

const goes =
  (name: string) =>
  ({ inspection: { team } }: VisibleInspection): boolean =>
    team.some((seat) => seat.name === name);

/** More than these are withheld in a row only where a great many are: then it is looked further. */
const LOOKED_AT = 20;

/** The first visit after the span that may be shown here; after days that are over, from today on. */
async function nextOf(
  context: Context,
  query: Pick<InspectionQuery, 'scope'>,
  span: Span,
  people: readonly string[],
  seen: (list: Seen) => Seen,
): Promise<VisibleInspection | undefined> {
  const { read, today } = context;
  const after = span.to < today ? addDays(today, -1) : span.to;
  for (let limit = LOOKED_AT; ; limit *= 10) {
    const lists = await Promise.all(
      ofEach(people, (personName) => read.inspectionsAfter({ ...query, personName, after, limit })),
    );
    const [next] = seen(toldHere(context, inOrder(lists.flat())));
    if (next || lists.every(({ length }) => length < limit)) return next;
  }
}

function spanOf({ when, until }: Args, today: LocalDate, narrowed: boolean): Span {
  if (when && until) return { from: when.to < today ? when.from : today, to: when.to };
  return when ?? { from: today, to: narrowed ? addDays(today, AHEAD_DAYS) : today };
}
