import { endOfMonth, startOfMonth, wallClock } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { settingOf } from '../../domain/settings.ts';
import { deadlines } from '../../domain/tasks/deadline.ts';
import { type Clash, deadlineClashes, pushClashes, visitClashes } from '../../domain/visits/clashes.ts';
import type { Inspection } from '../../domain/visits/inspection.ts';
import type { Situation } from '../../language/command.ts';
import type { PlannedPush } from '../../language/preview.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Reads } from '../../ports/store.ts';
import { wholeHere } from './visit-find.ts';

interface Foreseeing {
  readonly read: Reads;
  readonly calendar: Calendar;
  readonly zone: string;
  readonly scope: Scope;
  /** Of visits those that whoever reads the warnings may be told of. */
  readonly told: (visits: readonly Inspection[]) => readonly Inspection[];
}

const months = ({ from, to }: Span): Span => ({ from: startOfMonth(from), to: endOfMonth(to) });

/** What to look at on these days: visits, deadlines and the messages that would be sent. What is withheld from the reader takes no part. */
export async function foreseeClashes(
  { read, calendar, zone, scope, told }: Foreseeing,
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
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const sent = pushes.map(({ group, sendAt }) => ({
    chatId: group.chatId,
    group: group.name || (group.unit?.name ?? ''),
    day: wallClock(sendAt, zone).date,
  }));
  return [
    ...visitClashes(told(all), span, { calendar, monthlyVisits: settingOf(settings, 'monthlyVisits') }),
    ...deadlineClashes(
      deadlines({ tasks, assessments, milestones, findings: [] }, span.from, calendar),
      span,
      calendar,
    ),
    ...pushClashes(sent, settingOf(settings, 'dailyPushes')),
  ];
}

/** What one visit, as it becomes, clashes with. */
export async function clashesOf(context: Situation, visit: Inspection): Promise<readonly Clash[]> {
  const { read, calendar, scope } = context;
  const span = { from: visit.from, to: visit.to };
  const [all, settings] = await Promise.all([read.inspections({ scope, span: months(span) }), read.settings()]);
  const others = wholeHere(context, all).filter(({ id }) => id !== visit.id);
  const clashes = visitClashes([...others, visit], span, {
    calendar,
    monthlyVisits: settingOf(settings, 'monthlyVisits'),
  });
  return clashes.filter((clash) => {
    if (clash.kind === 'restDay') return clash.visit.id === visit.id;
    return 'visits' in clash && clash.visits.some(({ id }) => id === visit.id);
  });
}
