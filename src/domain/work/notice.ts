import { addDays, type Instant, instantAt, wallClock } from '../calendar/local-date.ts';
import type { UnitRef } from './unit.ts';

/** 通知: something said to groups that is to be confirmed (收到). */
export interface Notice {
  readonly id: string;
  /** Unique in the district; what officials call it: 收到 3. */
  readonly number: number;
  readonly words: string;
  /** An open id. */
  readonly sender: string;
  readonly sentAt: Instant;
  /** Until when it is to be confirmed, as the sender chose. */
  readonly confirmBy?: Instant | undefined;
  readonly targets: readonly NoticeTarget[];
  readonly version: number;
}

export interface NoticeTarget {
  readonly chatId: string;
  readonly group: string;
  readonly unit?: UnitRef | undefined;
  /** Whether the members of the group are known: before that nobody is missing. */
  readonly known: boolean;
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
}

const HOUR_MS = 3_600_000;
/** Two hours are enough to catch up on a notice, and late enough to spare those who would have done it anyway. */
const AHEAD_MS = 2 * HOUR_MS;
/** Nobody is rung before office hours; the reminder then comes on the afternoon before. */
const EARLIEST = '08:00';
const AFTERNOON = '16:00';

/** When those who have not confirmed are reminded, once: before the deadline, in the day time. */
export function remindAt(sentAt: Instant, confirmBy: Instant, zone: string): Instant {
  const wished = confirmBy - AHEAD_MS;
  const { date, time } = wallClock(wished, zone);
  const daily = time < EARLIEST ? instantAt(addDays(date, -1), AFTERNOON, zone) : wished;
  // A short deadline has its reminder half way, whatever the hour: the sender chose it so.
  return daily > sentAt ? daily : sentAt + Math.floor((confirmBy - sentAt) / 2);
}

const KEPT_MS = 30 * 24 * HOUR_MS;

/** Nobody counts any more who has seen it: a month after it was sent or was to be confirmed. */
export const isClosed = ({ sentAt, confirmBy }: Pick<Notice, 'sentAt' | 'confirmBy'>, now: Instant): boolean =>
  now > Math.max(sentAt, confirmBy ?? 0) + KEPT_MS;
/** The earliest sending of what may still be open. */
export const openSince = (now: Instant): Instant => now - 3 * KEPT_MS;
