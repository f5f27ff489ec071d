import type { Core } from '../../app/core.ts';
import type { Block, Doc } from '../../cards/views.ts';
import { describeDate, describeSpan } from '../../domain/calendar/describe.ts';
import { alertsOn } from '../../domain/calendar/due.ts';
import {
  addDays,
  daysBetween,
  endOfMonth,
  type Instant,
  type LocalDate,
  startOfMonth,
  startOfWeek,
  wallClock,
} from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import { firstWorkdayOnOrAfter, isProvisional } from '../../domain/calendar/working-days.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { countdown, countedOn, nearness } from '../../domain/programs/program.ts';
import { CONTENT_KEYS, CONTENTS, type ReminderContent } from '../../domain/reminders/contents.ts';
import type { RuleMention } from '../../domain/reminders/reminder.ts';
import { type SettingValue, settingOf } from '../../domain/settings.ts';
import { type Deadline, deadlines } from '../../domain/tasks/deadline.ts';
import { isReportedWhole } from '../../domain/tasks/progress.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { type VisibleInspection, visibleTo, visitSubject } from '../../domain/visits/inspection.ts';
import type { Program } from '../../ports/programs.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Reads } from '../../ports/store.ts';
import { countdownBlocks, countdownLine } from '../programs/countdown-card.ts';
import { askedBy, type NamedByPush, NOBODY_NAMED, namedInDeadlines, namedInVisits } from '../recipients/answers-for.ts';
import { collectionSection } from '../tasks/collection.ts';
import { deadlineBlocks, toneOf } from '../tasks/deadline-card.ts';
import { briefBlock, foundButtons, PROVISIONAL_MARK, visitBlocks } from '../visits/schedule-card.ts';

/** What a push is made from; it writes nothing. */
export interface Pusher extends Pick<Core, 'zone'> {
  readonly store: Reads;
  readonly calendar: WorkCalendar;
}

export interface PushRequest {
  readonly group: WorkGroup;
  /** Which reminders came due together; they make one card. */
  readonly contents: readonly ReminderContent[];
  /** Whom each calls; those who are responsible, where nothing is said. */
  readonly mentions?: ReadonlyMap<ReminderContent, RuleMention>;
  /** Of contents that were moved back from a rest day (提前): the day that their rule means, whose week or month they bring. */
  readonly meant?: ReadonlyMap<ReminderContent, LocalDate>;
  /** The time that the rules name; what is pushed late is still that day's. */
  readonly nominalAt: Instant;
  readonly now: Instant;
  /** An unannounced visit that has not begun by then is withheld. */
  readonly seenAt: Instant;
  /** Sent after its time because the bot was down: marked 补发. */
  readonly late: boolean;
  readonly settings: readonly SettingValue[];
}

interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly summary: string;
  readonly tone: Doc['tone'];
  readonly provisional: boolean;
  /** Who is asked for 收到. */
  readonly named: NamedByPush;
  /** The last day of what it announces. */
  readonly until: LocalDate;
  /** Today's visits: the card is updated when one of these changes. What is due changes all day long, and is told once a day. */
  readonly live?: readonly string[];
}

/** A push before `withEveryoneOnFirstPage`, and who is asked to confirm it until when. */
export interface PushCard {
  readonly doc: Doc;
  /** Open ids; empty when it names nobody who has an account. */
  readonly asked: readonly string[];
  readonly until: LocalDate;
}

/** The one card of a group's reminders; undefined when none of them has anything to say (S0.1: no message then). */
export async function pushCard(core: Pusher, asked: PushRequest): Promise<PushCard | undefined> {
  const { group, contents, nominalAt, late } = asked;
  const { date: day, time } = wallClock(nominalAt, core.zone);
  const request = { ...asked, day };
  if (!group.unit) return undefined;
  const scope: Scope = { unitIds: [group.unit.sees] };
  // Several sections ask for them.
  let read: ReturnType<Reads['programs']> | undefined;
  const programs = () => (read ??= core.store.programs(scope));
  let seen: ReturnType<typeof visibleIn> | undefined;
  const visits = () => (seen ??= visibleIn(core, request, scope, longestSpan(core, request)));
  const sections: Section[] = [];
  for (const content of CONTENT_KEYS) {
    if (!contents.includes(content)) continue;
    const section = await SECTIONS[content](core, { request, scope, programs, visits });
    if (section) sections.push(section);
  }
  const [first] = sections;
  if (!first) {
    const isSaid = settingOf(request.settings, 'emptyPushes', group.chatId) === 'say';
    return isSaid ? { doc: nothingDoc(group.unit.name, request), asked: [], until: day } : undefined;
  }
  const doc: Doc = {
    title: `${late ? '【补发】' : ''}${sections.map(({ title }) => title).join(' · ')}`,
    subtitle: `${group.unit.name}　${describeDate(day, day)}`,
    tone: worst(sections.map(({ tone }) => tone)),
    ...(late && { tags: [{ text: '补发', tone: 'soon' }] }),
    summary: `${late ? '补发：' : ''}${sections.map(({ summary }) => summary).join('；')}`,
    blocks: [
      ...(contents.some((content) => request.mentions?.get(content) === 'everyone') ? [EVERYONE] : []),
      ...sections.flatMap((section) => [
        ...(sections.length > 1 ? [{ kind: 'section', text: section.title } as const] : []),
        ...section.blocks,
      ]),
    ],
    footer: ['发送“日程”“截止”可随时查看', sections.some(({ provisional }) => provisional) && PROVISIONAL_MARK]
      .filter(Boolean)
      .join('　'),
    query: `通知 ${day} ${time}`,
    live: sections.flatMap(({ live = [] }) => live).slice(0, MOST_LIVE),
  };
  const [until = day] = sections.map((section) => section.until).toSorted((a, b) => daysBetween(a, b));
  return {
    doc,
    asked: await askedBy(
      core.store,
      sections.map(({ named }) => named),
    ),
    until,
  };
}

/** What was looked through is named: 没有 is said of nothing else. */
function nothingDoc(unit: string, { contents, day, late }: OnDay): Doc {
  const words = CONTENT_KEYS.filter((content) => contents.includes(content)).map((content) => CONTENTS[content].word);
  const sentence = `没有事项：${unit}及下属单位的${words.join('、')}。`;
  return {
    title: `${late ? '【补发】' : ''}${words.join(' · ')}`,
    subtitle: `${unit}　${describeDate(day, day)}`,
    tone: 'muted',
    summary: sentence,
    blocks: [{ kind: 'text', text: [sentence] }],
    footer: '不要这一句，请管理员发送：设置 没有事项时 不发',
  };
}

/** Each is a row beside the message; a group with more is told of changes as well. */
const MOST_LIVE = 40;

/** Nobody confirms that progress was collected: the answer is the progress. */
const unconfirmed = (section: Omit<Section, 'named' | 'until'> | undefined, until: LocalDate): Section | undefined =>
  section && { ...section, named: NOBODY_NAMED, until };

/** A request on its day. */
type OnDay = PushRequest & { readonly day: LocalDate };

const EVERYONE: Block = { kind: 'text', text: [{ mention: { name: '所有人', everyone: true } }] };

/** Whether the people in a section are called: 不提及人 leaves them as plain names. */
const calls = ({ mentions }: PushRequest, content: ReminderContent): boolean => mentions?.get(content) !== 'nobody';

interface Sought {
  readonly request: OnDay;
  readonly scope: Scope;
  /** The programs of the scope, read once for all sections. */
  readonly programs: () => ReturnType<Reads['programs']>;
  /** The visits of all days that the card may show. */
  readonly visits: () => Promise<readonly VisibleInspection[]>;
}

type MakeSection = (core: Pusher, sought: Sought) => Promise<Section | undefined>;

const visitsOf =
  (content: keyof typeof TITLE): MakeSection =>
  (core, { request, visits }) =>
    scheduleSection(core, request, visits, content);
const progressOf =
  (content: 'collect' | 'collected'): MakeSection =>
  async (core, { request, scope }) => {
    const { day } = request;
    return unconfirmed(await collectionSection(core, { scope, day, content, calls: calls(request, content) }), day);
  };

/** What each content has to say; undefined: nothing today. */
const SECTIONS: Readonly<Record<ReminderContent, MakeSection>> = {
  day: visitsOf('day'),
  deadline: (core, { request, scope, programs }) => deadlineSection(core, scope, request, programs),
  countdown: async (core, { request, programs }) => countdownSection(core, await programs(), request.day),
  collect: progressOf('collect'),
  collected: progressOf('collected'),
  week: visitsOf('week'),
  month: visitsOf('month'),
};

const TITLE = { day: '今日督导', week: '本周督导', month: '本月督导' } as const;

const worst = (tones: readonly Doc['tone'][]): Doc['tone'] =>
  (['late', 'soon', 'normal'] as const).find((tone) => tones.includes(tone)) ?? 'normal';

async function scheduleSection(
  core: Pusher,
  request: OnDay,
  readVisits: Sought['visits'],
  content: keyof typeof TITLE,
): Promise<Section | undefined> {
  const { day } = request;
  const span = spanOf(content, request);
  const next = workdayAfter(core, request);
  if (span.from > span.to) return undefined;
  const alsoNext = showsNext(request, content);
  const read = await readVisits();
  const within = ({ from, to }: Span) =>
    read.filter(({ inspection }) => inspection.from <= to && inspection.to >= from);
  const visits = within(span);
  const coming = alsoNext ? within({ from: addDays(day, 1), to: next }) : [];
  if (visits.length === 0 && coming.length === 0) return undefined;
  const counted = visits.length > 0 ? `${visits.length} 项` : '没有督导安排';
  // A day's card calls people; the week's and the month's only inform, else one visit would call them three times.
  const blocks =
    visits.length > 0
      ? visitBlocks(visits, span, day, content === 'day' && calls(request, content) ? 'pushed' : 'group')
      : [{ kind: 'text', text: ['今天没有督导安排。'] } as const];
  const title = titleOf(content, span, day);
  return {
    title,
    summary: `${title}${counted}`,
    tone: 'normal',
    named: namedInVisits(visits),
    ...(content === 'day' && { live: visits.map(({ inspection }) => visitSubject(inspection)) }),
    until: span.to,
    provisional: isProvisional(core.calendar, content === 'day' ? { from: day, to: next } : span),
    blocks: [
      ...(content === 'day' ? [] : [{ kind: 'note', text: describeSpan(span, day) } as const]),
      ...blocks,
      ...(content === 'day' ? foundButtons(visits, day, request.group.unit?.id) : []),
      ...comingBlocks(coming, { day, next }),
    ],
  };
}

const workdayAfter = ({ calendar }: Pusher, { day }: OnDay): LocalDate =>
  firstWorkdayOnOrAfter(calendar, addDays(day, 1));

const showsNext = ({ contents }: OnDay, content: keyof typeof TITLE): boolean =>
  content === 'day' && !contents.includes('week');

/** From the first day of any section of visits to the last one; a section that has no days left is none. */
function longestSpan(core: Pusher, request: OnDay): Span {
  const days = (['day', 'week', 'month'] as const)
    .filter((content) => request.contents.includes(content))
    .flatMap((content) => {
      const { from, to } = spanOf(content, request);
      return [...(from > to ? [] : [from, to]), ...(showsNext(request, content) ? [workdayAfter(core, request)] : [])];
    })
    .toSorted();
  return { from: days[0] ?? request.day, to: days.at(-1) ?? request.day };
}

/** Of a week or month that was moved back from a rest day (提前), that day's. What one card says already is not said again in it. */
function spanOf(content: keyof typeof TITLE, request: Pick<OnDay, 'day' | 'contents' | 'meant'>): Span {
  const { day, contents, meant } = request;
  const on = meant?.get(content) ?? day;
  const afterToday = contents.includes('day') ? addDays(day, 1) : day;
  const later = (a: LocalDate, b: LocalDate) => (a > b ? a : b);
  switch (content) {
    case 'day':
      return { from: day, to: day };
    case 'week':
      return { from: later(afterToday, startOfWeek(on)), to: addDays(startOfWeek(on), 6) };
    case 'month': {
      const from = later(afterToday, startOfMonth(on));
      const week = contents.includes('week') ? spanOf('week', request) : undefined;
      return { from: week && week.from <= from && week.to >= from ? addDays(week.to, 1) : from, to: endOfMonth(on) };
    }
  }
}

function titleOf(content: keyof typeof TITLE, { to }: Span, day: LocalDate): string {
  const isNext = content === 'week' ? addDays(startOfWeek(day), 6) < to : content === 'month' && endOfMonth(day) < to;
  return isNext ? TITLE[content].replace('本', '下') : TITLE[content];
}

/** What comes until the next working day, rest days between included: nothing is pushed on those. */
function comingBlocks(
  coming: readonly VisibleInspection[],
  { day, next }: { readonly day: LocalDate; readonly next: LocalDate },
): readonly Block[] {
  const days = Array.from({ length: daysBetween(day, next) }, (_, n) => addDays(day, n + 1));
  return days.flatMap((on) => {
    const own = coming.filter(({ inspection }) => inspection.from <= on && on <= inspection.to);
    const name = on === addDays(day, 1) ? '明天' : on === next ? '下一个工作日' : '';
    const rest = on === next ? '' : '，休息日';
    return own.length === 0
      ? []
      : [{ kind: 'heading', text: `${name} ${describeDate(on, day)}${rest}`.trim() } as const, briefBlock(own)];
  });
}

async function visibleIn(
  core: Pusher,
  { group, seenAt }: PushRequest,
  scope: Scope,
  span: Span,
): Promise<readonly VisibleInspection[]> {
  const viewer = { kind: 'group', isRoot: group.unit?.isRoot === true } as const;
  return visibleTo(viewer, await core.store.inspections({ scope, span }), seenAt);
}

/** Only what is alerted today: 7, 3, 1 days before or as it is set, on the day, and each working day once overdue. */
async function deadlineSection(
  core: Pusher,
  scope: Scope,
  request: OnDay,
  readPrograms: () => ReturnType<Reads['programs']>,
): Promise<Section | undefined> {
  const { group, day, settings } = request;
  const alertDays = settingOf(settings, 'alertDays', group.chatId);
  const [tasks, findings, assessments, programs] = await Promise.all([
    core.store.tasks({ scope }),
    core.store.findings({ unitIds: scope.unitIds, openOnly: true }),
    core.store.assessmentDues(scope),
    readPrograms(),
  ]);
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const expected = new Map(programs.map((program) => [program.id, program.expected]));
  const due = deadlines({ tasks, findings, assessments, milestones, expected }, day, core.calendar).filter(
    ({ date, dayUnit }) => date !== undefined && alertsOn(core.calendar, day, date, dayUnit, alertDays) !== undefined,
  );
  const reported = await reportedWhole(core.store, tasks, due);
  const alerted = due.filter(({ number }) => number === undefined || !reported.has(number));
  if (alerted.length === 0) return undefined;
  const overdue = alerted.filter(({ left }) => (left ?? 0) < 0).length;
  return {
    title: '截止提醒',
    summary: `截止提醒 ${alerted.length} 项${overdue > 0 ? `，逾期 ${overdue} 项` : ''}`,
    tone: toneOf(alerted),
    provisional: alerted.some(({ provisional }) => provisional),
    named: namedInDeadlines(alerted),
    until: day,
    blocks: deadlineBlocks(alerted, day, calls(request, 'deadline')),
  };
}

/** Numbers of the tasks among these that are reported as done: they wait for the office, which was told, and no unit is alerted to them. */
async function reportedWhole(
  store: Pick<Reads, 'progress'>,
  tasks: readonly Task[],
  among: readonly Pick<Deadline, 'number'>[],
): Promise<ReadonlySet<number>> {
  const numbers = new Set(among.map(({ number }) => number));
  const asked = tasks.filter(({ number }) => numbers.has(number));
  const latest = new Map((await store.progress(asked.map(({ id }) => id))).map((report) => [report.taskId, report]));
  return new Set(asked.filter(({ id }) => isReportedWhole(latest.get(id))).map(({ number }) => number));
}

/** What is near: daily within the last ten working days, else with the week's first push (S2.2). */
function countdownSection({ calendar }: Pusher, programs: readonly Program[], day: LocalDate): Section | undefined {
  const counted = programs
    .flatMap(({ name, steps }) =>
      steps
        .filter((step) => countedOn(step, day, calendar))
        .map((step) => ({ program: name, step, left: countdown(step, day, calendar) })),
    )
    .toSorted((a, b) => nearness(a.left) - nearness(b.left));
  const [first, ...more] = counted;
  if (!first) return undefined;
  const near = counted.some(({ left }) => left.kind === 'day' && left.workdays <= 3);
  return {
    title: '倒计时',
    summary: `${countdownLine(first)}${more.length > 0 ? `等 ${counted.length} 个节点` : ''}`,
    tone: near ? 'soon' : 'normal',
    provisional: counted.some(({ left }) => 'provisional' in left && left.provisional),
    named: NOBODY_NAMED,
    until: day,
    blocks: countdownBlocks(counted, day),
  };
}
