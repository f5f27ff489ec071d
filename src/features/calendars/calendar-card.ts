import type { Block, Button, Doc } from '../../cards/views.ts';
import { type ChangedDay, type EditedCalendar, runsOf } from '../../domain/calendar/calendar-edit.ts';
import { describeDate, describeSpan, weekdayName } from '../../domain/calendar/describe.ts';
import {
  daysBetween,
  type Instant,
  type LocalDate,
  wallClock,
  weekday,
  yearOf,
} from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { EnteredDay } from '../../domain/calendar/work-calendar.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { holidaysOfYear, workedWeekends } from '../../domain/calendar/year-arrangement.ts';
import type { ReminderContent } from '../../domain/reminders/contents.ts';
import { describeRule } from '../../domain/reminders/describe-rule.ts';
import type { Recurrence } from '../../domain/reminders/reminder.ts';

const KIND_WORD = { rest: '休', work: '班' } as const;

export interface YearView {
  readonly year: number;
  readonly today: LocalDate;
  readonly calendar: Calendar;
  /** The package has this year. */
  readonly published: boolean;
  /** Administrators entered its whole arrangement. */
  readonly announced: boolean;
  /** What was entered, of this year. */
  readonly entered: readonly EnteredDay[];
  readonly isAdministrator: boolean;
}

/** 节假日: the year's holidays with their swapped days; what was entered is marked, and a year that is not announced says so. */
export function calendarDoc(view: YearView): Doc {
  const { year, today, calendar, published, announced, entered } = view;
  const known = published || announced;
  const holidays = holidaysOfYear(calendar, year);
  const worked = workedWeekends(calendar, year);
  const isEntered = ({ from, to }: Span) => entered.some(({ day }) => from <= day && day <= to);
  const source = published
    ? '国务院办公厅已公布'
    : announced
      ? '按管理员录入的放假通知'
      : '放假安排尚未公布，以下按法定节日和周末推算';
  return {
    title: `${year}年节假日`,
    subtitle: source,
    tone: known ? 'normal' : 'soon',
    summary: known
      ? `${year}年放假 ${holidays.length} 段，调休上班 ${worked.length} 天`
      : `${year}年放假安排尚未公布，暂按法定节日和周末推算`,
    blocks: [
      ...(known
        ? []
        : [
            {
              kind: 'text',
              text: [{ text: `${year}年放假安排尚未公布，与它有关的日期都会注明“暂按周末推算”。`, tone: 'soon' }],
            } as const,
          ]),
      {
        kind: 'table',
        columns: [
          { key: 'name', title: '节日' },
          { key: 'rest', title: '放假' },
          { key: 'count', title: '天数' },
        ],
        rows: holidays.map((run) => ({
          name: `${run.names.join('、')}${published && isEntered(run) ? '（有更正）' : ''}`,
          rest: spanText(run, year),
          count: `${daysBetween(run.from, run.to) + 1} 天`,
        })),
      },
      ...(worked.length > 0
        ? [
            {
              kind: 'text',
              text: [{ strong: '调休上班：' }, worked.map((day) => describeDate(day, today)).join('、')],
            } as const,
          ]
        : known
          ? [{ kind: 'text', text: ['没有调休上班的周末。'] } as const]
          : []),
      ...(entered.length > 0 && !announced ? enteredBlocks(entered, today) : []),
      ...(view.isAdministrator
        ? [
            {
              kind: 'note',
              text: `录入或更正：节假日 ${year}-02-05 至 ${year}-02-12 休；节假日 ${year}-02-14 班；节假日 取消 ${year}-02-14。通知正文可以直接粘贴。`,
            } as const,
          ]
        : []),
      {
        kind: 'buttons',
        buttons: [year - 1, year + 1].map(
          (other): Button => ({
            label: `${other}年`,
            press: { v: 1, op: 'show', query: `节假日 ${other}`, page: 1 },
          }),
        ),
      },
    ],
    query: `节假日 ${year}`,
  };
}

const spanText = ({ from, to }: Span, year: number): string => {
  const words = (day: LocalDate) =>
    `${yearOf(day) === year ? '' : `${yearOf(day)}年`}${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（${weekdayName(day)}）`;
  return from === to ? words(from) : `${words(from)}至${words(to)}`;
};

function enteredBlocks(entered: readonly EnteredDay[], today: LocalDate): readonly Block[] {
  return [
    { kind: 'heading', text: '管理员录入或更正的日子' },
    { kind: 'entries', entries: runWords(entered, today).map((text) => ({ head: [text] })) },
  ];
}

/** 2月5日—12日 休（春节）, 2月14日（周日） 班. */
export const runWords = (days: readonly EnteredDay[], today: LocalDate): readonly string[] =>
  runsOf(days, (a, b) => a.kind === b.kind && a.name === b.name).map(
    ({ first, ...span }) =>
      `${describeSpan(span, today)} ${KIND_WORD[first.kind]}${first.name ? `（${first.name}）` : ''}`,
  );

/** Days that change, as administrators say it: 2月14日（周日）由休改为班. */
export const changedWords = (changed: readonly ChangedDay[], today: LocalDate): readonly string[] =>
  runsOf(changed, (a, b) => a.to === b.to).map(
    ({ first, ...span }) => `${describeSpan(span, today)} 由${KIND_WORD[first.from]}改为${KIND_WORD[first.to]}`,
  );

/** 10月8日上班吗: one day, in one sentence. */
export function daySentence(calendar: Calendar, day: LocalDate, today: LocalDate): string {
  const name = calendar.holidayName(day);
  const written = describeDate(day, today);
  if (!calendar.isWorkday(day)) {
    const why = name ? `放假（${name}）` : weekday(day) > 5 ? '是周末，休息' : '休息';
    return `${written}${why}。`;
  }
  return weekday(day) > 5 ? `${written}是调休工作日，要上班。` : `${written}是工作日，照常上班。`;
}

/** Several days: the working days counted, the rest days by name. */
export function spanSentence(calendar: Calendar, span: Span, days: readonly LocalDate[], today: LocalDate): string {
  const rest = days.filter((day) => !calendar.isWorkday(day));
  const words = describeSpan(span, today);
  if (rest.length === 0) return `${words}都是工作日，共 ${days.length} 天。`;
  const names = [...new Set(rest.flatMap((day) => calendar.holidayName(day) ?? []))];
  const called = names.length > 0 ? `（${names.join('、')}）` : '';
  if (rest.length === days.length) return `${words}放假${called}，共 ${days.length} 天。`;
  const restWords = runsOf(
    rest.map((day) => ({ day })),
    () => true,
  ).map((run) => describeSpan(run, today));
  return `${words}共 ${days.length} 天：工作日 ${days.length - rest.length} 天，休息 ${rest.length} 天${called}：${restWords.join('、')}。`;
}

/** Rules in the words of 提醒, with old → new. */
export interface MovedView {
  readonly group: string;
  readonly rule: {
    readonly recurrence: Recurrence;
    readonly time: `${number}:${number}`;
    readonly content: ReminderContent;
  };
  readonly from: Instant;
  readonly to: Instant;
}

const MOVED_SHOWN = 10;

/** Which next times move: no group is told, so that the administrator reads it here. */
export function movedBlocks(moved: readonly MovedView[], zone: string, today: LocalDate): readonly Block[] {
  if (moved.length === 0) return [{ kind: 'text', text: ['提醒规则的下一次时间都不变。'] }];
  const date = (at: Instant) => describeDate(wallClock(at, zone).date, today);
  return [
    { kind: 'heading', text: `${moved.length} 条提醒规则的下一次时间改变` },
    {
      kind: 'entries',
      entries: moved.slice(0, MOVED_SHOWN).map(({ group, rule, from, to }) => ({
        head: [{ strong: group }, `　${describeRule(rule)}`],
        lines: [[`${date(from)} → ${date(to)}`]],
      })),
    },
    ...(moved.length > MOVED_SHOWN
      ? [{ kind: 'note', text: `其余 ${moved.length - MOVED_SHOWN} 条没有列出。` } as const]
      : []),
  ];
}

/** The pasted notice before it counts: what would change, and the button that makes it so. */
export function noticePreviewDoc(view: {
  readonly year: number;
  readonly days: readonly EnteredDay[];
  readonly missing: readonly string[];
  readonly edited: EditedCalendar;
  readonly confirm: string;
  /** The calendar has changed since the preview that was confirmed. */
  readonly again: boolean;
  readonly today: LocalDate;
}): Doc {
  const { year, days, missing, edited, confirm, again, today } = view;
  const { changed, edit } = edited;
  const words = (kind: EnteredDay['kind']) =>
    runWords(
      days.filter((day) => day.kind === kind),
      today,
    ).join('；') || '没有';
  const summary =
    changed.length > 0
      ? `${year}年放假通知：与现有安排不同的有 ${changed.length} 天，确认后生效`
      : `${year}年放假通知：没有哪天的休、班改变，确认后按已公布处理`;
  return {
    title: `${year}年放假通知（待确认）`,
    tone: 'soon',
    summary,
    blocks: [
      ...(again
        ? [{ kind: 'text', text: [{ text: '预览之后工作日历有改动，没有写入，请再看一遍。', tone: 'late' }] } as const]
        : []),
      { kind: 'text', text: [`${summary}。`] },
      {
        kind: 'fields',
        fields: [
          { label: '通知里的放假', value: [words('rest')] },
          { label: '通知里的上班', value: [words('work')] },
          ...(changed.length > 0
            ? [{ label: '与现有安排不同', value: [changedWords(changed, today).join('；')] }]
            : []),
        ],
      },
      ...(missing.length > 0
        ? [
            {
              kind: 'note',
              text: `没有写到：${missing.join('、')}。${edit.announced === undefined ? `${year}年其余日子不变。` : ''}`,
            } as const,
          ]
        : []),
      {
        kind: 'buttons',
        buttons: [{ label: '确认', style: 'primary', press: { v: 1, op: 'run', query: confirm, page: 1 } }],
      },
      { kind: 'note', text: '确认之前不会改动任何日子；不需要就不用理会。' },
    ],
  };
}
