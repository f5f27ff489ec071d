import { addDays, type LocalDate, startOfWeek } from '../calendar/local-date.ts';
import { addWorkdays, type Calendar } from '../calendar/working-days.ts';

/** 5 natural days: a month's plan that comes later tells what is over. */
const MONTH_DAYS = 5;
/** 3 working days: past the middle of the week, the daily pushes say the rest. */
const WEEK_WORKDAYS = 3;

/** What a reminder brings (提醒内容). */
interface Content {
  /** What lists and rules call it. */
  readonly word: string;
  /** How a line of 提醒 names it: the source of a regular expression, tried in the order of `spokenOrder`. */
  readonly spoken: string;
  /** What it says has lost its sense after this day, when it should have come on `day`. */
  readonly lastDay: (day: LocalDate, calendar: Calendar) => LocalDate;
}

const PLAN = '的?(?:督导)?(?:日程安排|日程表?|安排|计划|行程|督导)';

const sameDay = (day: LocalDate): LocalDate => day;
const midweek = (day: LocalDate, calendar: Calendar): LocalDate => addWorkdays(calendar, day, WEEK_WORKDAYS - 1);
/** A week's plan never lives beyond its Sunday. */
function midweekOrSunday(day: LocalDate, calendar: Calendar): LocalDate {
  const [third, sunday] = [midweek(day, calendar), addDays(startOfWeek(day), 6)];
  const thirdIsNextWeek = third > sunday;
  return thirdIsNextWeek ? sunday : third;
}

/**
 * In the order in which one card brings them: what concerns today comes first, since a card notifies only those whom its first page
 * mentions. Stored by key, so that a released one keeps it.
 */
export const CONTENTS = {
  day: {
    word: '今日日程',
    spoken: `(?:今日|今天|当日|当天)${PLAN}|督导日程|日程(?!表)`,
    lastDay: sameDay,
  },
  deadline: {
    word: '截止提醒',
    spoken: '(?:截止|到期|逾期)(?:日期|事项|任务)?的?(?:提醒|预警|催报|清单)?',
    lastDay: sameDay,
  },
  countdown: { word: '倒计时', spoken: '(?:节点|专项)?倒计时(?:提醒|推送)?', lastDay: sameDay },
  /** Asks for this month's progress whoever has not reported it. */
  collect: {
    word: '进展催报',
    spoken: '(?:月度?)?进展(?:催报|填报|收集|上报|调度)|催报进展',
    lastDay: midweek,
  },
  /** Tells who has reported and who has not. */
  collected: { word: '进展汇总', spoken: '(?:月度?)?进展(?:填报)?(?:汇总|通报|小结)', lastDay: midweek },
  week: { word: '本周日程', spoken: `(?:本周|当周|这周|全周)${PLAN}`, lastDay: midweekOrSunday },
  month: {
    word: '本月日程',
    spoken: `(?:本月|当月|这个月|全月)${PLAN}`,
    lastDay: (day) => addDays(day, MONTH_DAYS - 1),
  },
} as const satisfies Record<string, Content>;

export type ReminderContent = keyof typeof CONTENTS;

export const CONTENT_KEYS = Object.keys(CONTENTS) as readonly ReminderContent[];

export const contentWord = (content: ReminderContent): string => CONTENTS[content].word;
