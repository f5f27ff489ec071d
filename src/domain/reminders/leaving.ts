import type { Instant } from '../calendar/local-date.ts';
import type { Calendar } from '../calendar/working-days.ts';
import { catchUp } from './catch-up.ts';
import type { ReminderContent } from './contents.ts';
import { type QuietHours, quietEnd } from './quiet-hours.ts';
import { fireAt, sentAt } from './spread.ts';

interface Occurrence {
  readonly nominal: Instant;
  readonly chatId: string;
  readonly quiet: QuietHours | undefined;
  readonly zone: string;
}

/**
 * When the quiet hours end that hold an occurrence; undefined when none do. Not its nominal minute counts but the one in which its group's
 * turn comes: 17:58 comes after 18:00. Who makes a rule, who shows it and who sends it ask here.
 */
export const heldUntil = ({ nominal, chatId, quiet, zone }: Occurrence): Instant | undefined =>
  quiet && quietEnd(quiet, sentAt(fireAt(nominal, chatId)), zone);

/** The minute in which an occurrence leaves, after the quiet hours when they hold it; undefined when it has lost its sense by then. */
export function leavesAt(
  occurrence: Occurrence & { readonly content: ReminderContent; readonly calendar: Calendar },
): Instant | undefined {
  const { nominal, chatId, zone, content, calendar } = occurrence;
  const free = heldUntil(occurrence);
  if (free === undefined) return sentAt(fireAt(nominal, chatId));
  const now = sentAt(fireAt(free, chatId));
  return catchUp({ nominal, free, now, content, zone, calendar }) === 'missed' ? undefined : now;
}
