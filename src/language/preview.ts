import type { Doc } from '../cards/views.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { WorkGroup } from '../domain/groups/group.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { ReminderRule } from '../ports/reminders.ts';

/** A message that the heartbeat would send, as things stand now. */
export interface PlannedPush {
  readonly group: WorkGroup;
  readonly nominalAt: Instant;
  /** When it would leave: the nominal time and the group's own minutes of spreading. */
  readonly sendAt: Instant;
  readonly doc: Doc;
}

/** A push as the tables say now, and the accounts that are asked to confirm it. */
export interface PushedAgain {
  readonly doc: Doc;
  readonly asked: readonly string[];
}

/** Looks ahead with the code that sends; it writes and sends nothing. */
export interface Preview {
  /**
   * What would be sent to one group, or to all (undefined), on these days; in the order of sending. Of what is over, nothing. An unannounced
   * visit is told by a message that leaves once it has begun: `as sent` is for whoever may know it today, to anybody else it is withheld
   * as of now.
   */
  pushes(chatId: string | undefined, span: Span, told: 'as sent' | 'as of now'): Promise<readonly PlannedPush[]>;
  /** The next message of one rule alone, with what is withheld as of now; undefined when it would have nothing to say then. */
  next(group: WorkGroup, rule: ReminderRule): Promise<PlannedPush | undefined>;
  /** What today's reminders bring to the group, or would bring: of these contents, or of all that its rules bring today. Undefined when that is nothing. */
  today(group: WorkGroup, contents: readonly ReminderContent[]): Promise<Doc | undefined>;
  /** What was pushed to the group at that time; undefined when nothing was. */
  again(group: WorkGroup, nominalAt: Instant): Promise<PushedAgain | undefined>;
}
