import { endOfMonth, type Instant, startOfMonth, wallClock } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { settingOf } from '../../domain/settings.ts';
import { type Clash, deadlineClashes, pushClashes, visitClashes } from '../../domain/work/clashes.ts';
import { deadlines } from '../../domain/work/deadline.ts';
import { type Inspection, type Viewer, visibleTo } from '../../domain/work/inspection.ts';
import type { Reads, Scope } from '../../ports/store.ts';
import type { Context } from '../command.ts';
import type { PlannedPush } from '../preview.ts';
import { knows } from './visit-find.ts';

interface Foreseeing {
  readonly read: Reads;
  readonly calendar: Calendar;
  readonly zone: string;
  readonly now: Instant;
  readonly scope: Scope;
  /** Whoever reads the warnings; undefined for the one who runs the bot. */
  readonly viewer?: Viewer | undefined;
}

const months = ({ from, to }: Span): Span => ({ from: startOfMonth(from), to: endOfMonth(to) });

/** What to look at on these days: visits, deadlines and the messages that would be sent. What is withheld from the reader takes no part. */
export async function foreseeClashes(
  { read, calendar, zone, now, scope, viewer }: Foreseeing,
  span: Span,
  pushes: readonly PlannedPush[],
): Promise<readonly Clash[]> {
  const [all, tasks, assessments, programs, settings] = await Promise.all([
    read.inspections({ scope, span: months(span) }),
    read.tasks({ scope }),
    read.assessmentDues(scope),
    read.programs(scope),
    read.settings(),
  ]);
  const visits = viewer ? seenBy(viewer, all, now) : all;
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const sent = pushes.map(({ group, sendAt }) => ({
    chatId: group.chatId,
    group: group.name || (group.unit?.name ?? ''),
    day: wallClock(sendAt, zone).date,
  }));
  return [
    ...visitClashes(visits, span, { calendar, monthlyVisits: settingOf(settings, 'monthlyVisits') }),
    ...deadlineClashes(
      deadlines({ tasks, assessments, milestones, findings: [] }, span.from, calendar),
      span,
      calendar,
    ),
    ...pushClashes(sent, settingOf(settings, 'dailyPushes')),
  ];
}

/** What one visit, as it becomes, clashes with. */
export async function clashesOf(context: Context<unknown>, visit: Inspection): Promise<readonly Clash[]> {
  const { read, calendar, chat, scope, viewer, now } = context;
  const span = { from: visit.from, to: visit.to };
  const [all, settings] = await Promise.all([read.inspections({ scope, span: months(span) }), read.settings()]);
  const known = chat.type === 'group' ? seenBy(viewer, all, now) : all.filter((other) => knows(context, other));
  const others = known.filter(({ id }) => id !== visit.id);
  const clashes = visitClashes([...others, visit], span, {
    calendar,
    monthlyVisits: settingOf(settings, 'monthlyVisits'),
  });
  return clashes.filter((clash) => {
    if (clash.kind === 'restDay') return clash.visit.id === visit.id;
    return 'visits' in clash && clash.visits.some(({ id }) => id === visit.id);
  });
}

const seenBy = (viewer: Viewer, visits: readonly Inspection[], now: Instant): readonly Inspection[] =>
  visibleTo(viewer, visits, now).flatMap((each) => (each.withheld ? [] : [each.inspection]));
