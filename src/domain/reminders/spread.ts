import type { Instant } from '../calendar/local-date.ts';

const MINUTE_MS = 60_000;
/** Minutes over which the groups of one nominal time are spread, one sixth of them in each. */
const SPREAD_MINUTES = 6;
/** The seventh minute is used when one of the six is skipped. */
export const LATEST_JITTER_MS = (SPREAD_MINUTES + 2) * MINUTE_MS - 1;

/**
 * When a group's push of a nominal time (a whole minute) leaves: in one of the six minutes after it, the same for a group every time. The
 * minutes :00 and :30 are left out, because the platform throttles them (error 11232); the spread then reaches into the seventh.
 */
export function fireAt(nominal: Instant, chatId: string): Instant {
  const slot = fnv1a(chatId) % (SPREAD_MINUTES * MINUTE_MS);
  const nominalMinute = Math.floor(nominal / MINUTE_MS);
  const allowed = Array.from({ length: SPREAD_MINUTES + 1 }, (_, n) => nominalMinute + 1 + n).filter(
    (minute) => minute % 30 !== 0,
  );
  const minute = allowed[Math.floor(slot / MINUTE_MS)] ?? nominalMinute + 1;
  return minute * MINUTE_MS + (slot % MINUTE_MS);
}

/** The instant itself, or the next minute's beginning when it lies in one that the platform throttles: a tick may come a minute late. */
export function besidesPeak(at: Instant): Instant {
  const minute = Math.floor(at / MINUTE_MS);
  return minute % 30 === 0 ? (minute + 1) * MINUTE_MS : at;
}

/** When what is due at `due` leaves: the beat of the next whole minute finds it, and it goes beside the peak. */
export const sentAt = (due: Instant): Instant => besidesPeak(Math.ceil(due / MINUTE_MS) * MINUTE_MS);

/** 32-bit FNV-1a over UTF-16 code units: not secret, only even and the same in every process. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
