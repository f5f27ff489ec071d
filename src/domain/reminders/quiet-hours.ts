import { addDays, type Instant, instantAt, type LocalTime, wallClock } from '../calendar/local-date.ts';

/** 免打扰: from the evening until the morning after, in the zone of the schedules. `to` itself is outside. */
export interface QuietHours {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

export const isQuiet = ({ from, to }: QuietHours, time: LocalTime): boolean => time >= from || time < to;

/** When the quiet hours end in which the instant lies; undefined outside them. */
export function quietEnd(quiet: QuietHours, at: Instant, zone: string): Instant | undefined {
  const { date, time } = wallClock(at, zone);
  if (!isQuiet(quiet, time)) return undefined;
  return instantAt(time < quiet.to ? date : addDays(date, 1), quiet.to, zone);
}
