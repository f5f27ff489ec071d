import { type Instant, type LocalTime, wallClock } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { contentWord } from '../../domain/reminders/contents.ts';
import { describeRecurrence, describeRule } from '../../domain/reminders/describe-rule.ts';
import { heldUntil, leavesAt } from '../../domain/reminders/leaving.ts';
import type { QuietHours } from '../../domain/reminders/quiet-hours.ts';
import { nextOccurrences } from '../../domain/reminders/recurrence.ts';
import { fireAt, sentAt } from '../../domain/reminders/spread.ts';
import { UserError } from '../../language/errors.ts';
import type { ReminderRule } from '../../ports/reminders.ts';
import type { SaidRule } from './recurrence-phrase.ts';

const TIMES_SHOWN = 5;

/** Where and when a rule is asked about: the group has its own place in the spread, and may have its own quiet hours. */
export interface InGroup {
  readonly chatId: string;
  /** 本群, 群“望海区工作群”. */
  readonly where: string;
  readonly quiet: QuietHours | undefined;
  readonly now: Instant;
  readonly zone: string;
  /** Of the group's unit. */
  readonly calendar: Calendar;
}

/** The next five nominal times of a rule; a rule that would never say a word is refused with the mend. */
function timesOf(rule: SaidRule, { now, zone, calendar }: InGroup): readonly [Instant, ...Instant[]] {
  const [first, ...more] = nextOccurrences(rule, now, zone, calendar, TIMES_SHOWN);
  if (first === undefined) {
    const days = describeRecurrence(rule.recurrence);
    throw new UserError(
      rule.until === undefined
        ? `“${days}”以后几年里一次也不会发（总是遇到休息日或假期），请改成遇休息日顺延、提前或照发，或改哪些天发。`
        : `“${days}”到 ${rule.until} 为止一次也不会发，请改到期日（例如：至 2026-12-31，或 不限期），或改哪些天发。`,
    );
  }
  const works = (at: Instant) => calendar.isWorkday(wallClock(at, zone).date);
  if (rule.content === 'deadline' && ![first, ...more].some(works))
    throw new UserError(
      `截止提醒只在工作日发，“${describeRecurrence(rule.recurrence)}”一次也不会发。请写“遇休息日提前”或“顺延”。`,
    );
  return [first, ...more];
}

/** When a rule comes next in this group. */
export function nextTime(rule: SaidRule, group: InGroup) {
  const [nominalAt] = timesOf(rule, group);
  return { nominalAt, fireAt: fireAt(nominalAt, group.chatId) };
}

/** Of a rule that is made or changed: none of its next times may come to lie in the group's quiet hours by the group's minutes of spreading. */
export function refuseQuiet(rule: SaidRule, group: InGroup): void {
  const { chatId, where, quiet, zone } = group;
  const held = timesOf(rule, group).find((nominal) => heldUntil({ nominal, chatId, quiet, zone }) !== undefined);
  if (held === undefined || !quiet) return;
  const { time } = wallClock(sentAt(fireAt(held, chatId)), zone);
  throw new UserError(
    `${where}错峰发送，${rule.time} 的提醒要到 ${time} 才发出，已是免打扰时段（${quiet.from} 至次日 ${quiet.to}），不会发。请改到 ${timeBeforeQuiet(quiet)} 或更早，或改免打扰时段。`,
  );
}

/** A nominal time that is early enough for every group. */
export const timeBeforeQuiet = ({ from }: QuietHours): LocalTime => {
  const [hour = 0, minute = 0] = from.split(':').map(Number);
  const early = hour * 60 + minute - 10;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(early / 60))}:${two(early % 60)}` as LocalTime;
};

/** When a rule really leaves the next times; fewer than five when quiet hours silence it. */
export const leavingTimes = (rule: SaidRule, group: InGroup): readonly Instant[] =>
  timesOf(rule, group).flatMap((nominal) => leavesAt({ ...group, nominal, content: rule.content }) ?? []);

/** When a standing rule leaves next; undefined when quiet hours silence it. What they hold already has its time. */
export const nextLeaving = (rule: ReminderRule, group: Omit<InGroup, 'where'>): Instant | undefined =>
  rule.nominalAt <= group.now
    ? sentAt(Math.max(rule.fireAt, group.now))
    : leavesAt({ ...group, nominal: rule.nominalAt, content: rule.content });

interface Numbered extends SaidRule {
  readonly number: number;
  readonly enabled: boolean;
}

/** A month shows each rule that is worth its name. */
const LOOKED_AHEAD = 31;

/** Of a rule that stands beside another with the same content: that they bring the same twice on one day, which nobody may have meant. */
export function twiceADay(rules: readonly Numbered[], rule: SaidRule, group: InGroup): string | undefined {
  const { now, zone, calendar, where } = group;
  const daysOf = (of: SaidRule) =>
    nextOccurrences(of, now, zone, calendar, LOOKED_AHEAD).map((at) => wallClock(at, zone).date);
  const days = new Set(daysOf(rule));
  const other = rules.find(
    (each) =>
      each.enabled &&
      each.content === rule.content &&
      each.time !== rule.time &&
      daysOf(each).some((day) => days.has(day)),
  );
  if (!other) return undefined;
  const words = contentWord(rule.content);
  return `${where}第 ${other.number} 条也发${words}（${describeRule(other)}）：同一天会发两次。只要一次，请发送：提醒 停用 ${other.number}`;
}

/** Two equal rules would only make one card, and leave the second to puzzle over. */
export function refuseTwin(rules: readonly Numbered[], rule: SaidRule, where: string): void {
  const words = describeRule(rule);
  const twin = rules.find((each) => describeRule(each) === words);
  if (twin)
    throw new UserError(
      `${where}第 ${twin.number} 条已经是：${words}${twin.enabled ? '' : `。它停用了，要恢复请发送：提醒 启用 ${twin.number}`}`,
    );
}
