import { scheduleDoc } from '../src/cards/schedule.ts';
import { type Context, defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { refuseImpossible, resolveOwnUnit } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import { seenEarly } from '../src/chat/visits/visit-find.ts';
import { managedScope } from '../src/chat/visits/visit-scope.ts';
import { addDays, type LocalDate } from '../src/domain/calendar/local-date.ts';
import type { Span } from '../src/domain/calendar/span.ts';
import { isProvisional } from '../src/domain/calendar/working-days.ts';
import { visibleTo } from '../src/domain/work/inspection.ts';
import { mayAnywhere } from '../src/domain/work/rights.ts';

/** Asked about a school or a person without a date, people mean what is coming. */
const AHEAD_DAYS = 60;

const args = slots.pick({
  when: true,
  until: true,
  impossibleDate: true,
  units: true,
  people: true,
  me: true,
  asks: true,
  rest: true,
});

export default defineCommand({
  name: '日程',
  ...wordings.日程,
  summary: '查督导日程：谁、什么时候、去哪个单位',
  usage: '日程 [日期] [单位或姓名]',
  examples: ['日程', '日程 明天', '日程 下周', '日程 4月上旬 望海区', '日程 我'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const { args, chat, viewer, actor, today, now, calendar, read } = context;
    refuseImpossible(args.impossibleDate);
    const scope = await managedScope(context);
    const unit = await resolveOwnUnit(args.units, { read, scope });
    const personName = args.me ? undefined : args.people[0];
    if (args.me && actor.people.length === 0) throw new UserError('还不知道您是谁。请先发送：我是 姓名');

    const who = args.me ? { personIds: actor.people.map(({ id }) => id) } : { personName };
    const about = args.me ? '我的' : (unit?.name ?? personName);
    const span = spanOf(args, today, about !== undefined);
    const query = { scope, unitId: unit?.id, ...who };
    // Filtered by unit, a withheld visit would tell its target: those are left out before anything is counted.
    const seen = (list: ReturnType<typeof visibleTo>) => list.filter((visit) => !(visit.withheld && unit));
    const all = seen(visibleTo(viewer, await read.inspections({ ...query, span, cancelled: true }), now));
    const isPlanned = ({ inspection }: (typeof all)[number]) => inspection.state === 'planned';
    const visits = all.filter(isPlanned);
    const [next] =
      visits.length > 0
        ? []
        : seen(visibleTo(viewer, await read.inspectionsAfter({ ...query, after: span.to, limit: 20 }), now));

    return {
      audit: seenEarly([...all, ...(next ? [next] : [])], now),
      reply: scheduleDoc({
        about,
        span,
        today,
        visits,
        // What is withheld and cancelled concerns nobody any more.
        cancelled: all.filter((visit) => !isPlanned(visit) && !visit.withheld),
        numbered: mayAnywhere(actor, 'visit.change'),
        next: span.to >= today ? next : undefined,
        provisional: isProvisional(calendar, span),
        unrecorded: args.asks,
        unused: args.rest,
        reader: chat.type === 'p2p' ? 'person' : 'group',
        query: ['日程', `${span.from}至${span.to}`, args.me ? '我' : (unit?.name ?? personName)]
          .filter(Boolean)
          .join(' '),
      }),
    };
  },
});

type Asked = Context<ReturnType<(typeof args)['parse']>>['args'];

function spanOf({ when, until }: Asked, today: LocalDate, narrowed: boolean): Span {
  if (when && until) return { from: when.to < today ? when.from : today, to: when.to };
  return when ?? { from: today, to: narrowed ? addDays(today, AHEAD_DAYS) : today };
}
