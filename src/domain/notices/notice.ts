import { addDays, DAY_MS, HOUR_MS, type Instant, instantAt, wallClock } from '../calendar/local-date.ts';
import { type Calendar, lastWorkdayOnOrBefore } from '../calendar/working-days.ts';
import type { UnitRef } from '../people/unit.ts';

/** What is to be confirmed (收到): a 通知 that somebody said to groups, or a push that names people. */
export interface Notice {
  readonly id: string;
  /** Of a 通知; unique in the district; what officials call it: 收到 3. */
  readonly number?: number | undefined;
  /** Of a push, which is known by its group and the time that its rules name: 收到 2026-04-20 08:30. */
  readonly push?: { readonly nominalAt: Instant; readonly closesAt: Instant } | undefined;
  readonly words: string;
  /** An open id; of a push HEARTBEAT. */
  readonly sender: string;
  readonly sentAt: Instant;
  /** Until when it is to be confirmed, as the sender chose. */
  readonly confirmBy?: Instant | undefined;
  /** Taken back, or corrected by the notice of this number: nobody has to confirm it any more. */
  readonly withdrawn?: { readonly at: Instant; readonly by?: number | undefined } | undefined;
  readonly targets: readonly NoticeTarget[];
  readonly version: number;
}

export interface NoticeTarget {
  readonly chatId: string;
  readonly group: string;
  readonly unit?: UnitRef | undefined;
  /** Whether the members of the group are known: before that nobody is missing. */
  readonly known: boolean;
  /** When Lark last said who has read it there; before that nobody is said not to have. */
  readonly readersAt?: Instant | undefined;
}

/** 回执: one of those whom a notice concerns, and when they confirmed it. */
export interface NoticeReceiver {
  readonly openId: string;
  readonly chatId: string;
  /** The address book's name for who is linked, else as the group shows it. */
  readonly name: string;
  readonly unit?: UnitRef | undefined;
  /** Linked to the address book: reached in the direct chat. */
  readonly linked: boolean;
  readonly confirmedAt?: Instant | undefined;
  /** When the bot learnt that they have read it in the group, which confirms nothing. */
  readonly readAt?: Instant | undefined;
  /** What they said with 收到, as typed; what was said later stands behind it. */
  readonly words?: string | undefined;
}

/** Who sends what nobody typed. */
export const HEARTBEAT = 'heartbeat';

/** The push of a group at the time that its rules name; a group has one at a time. */
export const pushId = (chatId: string, nominalAt: Instant): string => `push:${chatId}:${nominalAt}`;

/** Two hours are enough to catch up on a notice, and late enough to spare those who would have done it anyway. */
const AHEAD_MS = 2 * HOUR_MS;
/** Nobody is rung before office hours; the reminder then comes on the afternoon before. */
const EARLIEST = '08:00';
const AFTERNOON = '16:00';

/**
 * When those who have not confirmed are reminded, once: before the deadline, in the day time of a working day. Where none lies between, the
 * sender chose so, and it is half way at the latest.
 */
export function remindAt(sentAt: Instant, confirmBy: Instant, zone: string, calendar: Calendar): Instant {
  const wished = confirmBy - AHEAD_MS;
  const { date, time } = wallClock(wished, zone);
  const isEarly = time < EARLIEST;
  const due = wallClock(confirmBy, zone).date;
  const working = [
    ...(!isEarly && calendar.isWorkday(date) ? [wished] : []),
    instantAt(lastWorkdayOnOrBefore(calendar, isEarly ? addDays(date, -1) : date), AFTERNOON, zone),
    ...(calendar.isWorkday(due) ? [instantAt(due, EARLIEST, zone)] : []),
  ].find((at) => at > sentAt && at < confirmBy);
  if (working !== undefined) return working;
  const daily = isEarly ? instantAt(addDays(date, -1), AFTERNOON, zone) : wished;
  return daily > sentAt ? daily : sentAt + Math.floor((confirmBy - sentAt) / 2);
}

const KEPT_MS = 30 * DAY_MS;

type Lasting = Pick<Notice, 'sentAt' | 'confirmBy' | 'push' | 'withdrawn'>;

/** Nobody counts any more who has seen it: a month after it was sent or was to be confirmed, or once it is taken back; a push, once its days are over. */
export const isClosed = ({ sentAt, confirmBy, push, withdrawn }: Lasting, now: Instant): boolean =>
  withdrawn !== undefined || (push ? now >= push.closesAt : now > Math.max(sentAt, confirmBy ?? 0) + KEPT_MS);
/** The earliest sending of what may still be open. */
export const openSince = (now: Instant): Instant => now - 3 * KEPT_MS;

const READ_EVERY_MS = HOUR_MS / 2;
/** Lark says who has read a message for seven days (230033). */
const READ_KNOWN_MS = 7 * DAY_MS;

/** Whether Lark would still say who has read it, and whether that is still of use: a bot that was down for weeks asks no more. */
export const mayAskReaders = (notice: Lasting, at: Instant): boolean =>
  at < notice.sentAt + READ_KNOWN_MS && !isClosed(notice, at);

/** When Lark is asked next who has read it: after half an hour, ever more rarely, and not once it is over. */
export function askReadersAt(notice: Lasting, now: Instant): Instant | undefined {
  const next = now + Math.max(READ_EVERY_MS, Math.floor((now - notice.sentAt) / 4));
  return mayAskReaders(notice, next) ? next : undefined;
}
