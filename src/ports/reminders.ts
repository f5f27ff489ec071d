import type { Instant, LocalDate, LocalTime } from '../domain/calendar/local-date.ts';
import type { WorkGroup } from '../domain/groups/group.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { Recurrence, RuleMention } from '../domain/reminders/reminder.ts';
import type { Scope } from './scope.ts';

export interface ReminderRule {
  readonly id: string;
  readonly chatId: string;
  /** From 1, its own in the group; what administrators call it. */
  readonly number: number;
  readonly content: ReminderContent;
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  /** Those who are responsible, unless it says otherwise. */
  readonly mention?: RuleMention | undefined;
  /** The last day on which it comes. */
  readonly until?: LocalDate | undefined;
  /** A rule that is switched off keeps its place and never comes. */
  readonly enabled: boolean;
  readonly nominalAt: Instant;
  readonly fireAt: Instant;
  /** The calendar that these times were computed with; 0 is none, and the next beat computes them. */
  readonly calendarVersion: number;
  readonly version: number;
}

/** The rules of the groups, and what they have brought. */
export interface ReminderReads {
  /** By number, those that are switched off included. */
  rules(chatId: string): Promise<readonly ReminderRule[]>;
  /** A rule of 进展催报 or 进展汇总 is switched on somewhere. */
  isCollecting(): Promise<boolean>;
  /** Rules whose time has come, whole groups at a time, oldest first; `stateAt` is since when the bot is in the group. */
  dueRules(
    now: Instant,
    groups: number,
  ): Promise<
    readonly { readonly group: WorkGroup; readonly stateAt: Instant; readonly rules: readonly ReminderRule[] }[]
  >;
  /** The next pushes, by group. */
  nextPushes(
    scope: Scope | undefined,
    limit: number,
  ): Promise<readonly { readonly group: string; readonly content: ReminderContent; readonly nominalAt: Instant }[]>;
  /** What the push of this time brought to the group, and whether it came late; undefined when nothing was sent. */
  pushed(
    chatId: string,
    nominalAt: Instant,
  ): Promise<{ readonly contents: readonly ReminderContent[]; readonly late: boolean } | undefined>;
}

/** What becomes of reminder rules. */
export type ReminderChange =
  /** Gets the next number of its group, and is switched on. */
  | {
      readonly kind: 'rule.added';
      readonly rule: Omit<ReminderRule, 'number' | 'enabled' | 'calendarVersion' | 'version'>;
    }
  | {
      readonly kind: 'rule.changed';
      readonly rule: Omit<ReminderRule, 'number' | 'calendarVersion' | 'version'>;
      readonly seen: number;
    }
  | { readonly kind: 'rule.removed'; readonly id: string; readonly seen: number }
  /** Its last day is over: it is switched off. */
  | { readonly kind: 'rule.ended'; readonly id: string; readonly seen: number }
  /** A push that waited has left late, or had lost its sense before it could. */
  | {
      readonly kind: 'occurrence.delayed';
      readonly chatId: string;
      readonly nominalAt: Instant;
      readonly outcome: 'late' | 'missed';
    }
  /** An occurrence that its rule's change has left out, after the change; nothing when another rule of the group still brings it. */
  | {
      readonly kind: 'occurrence.left';
      readonly chatId: string;
      readonly nominalAt: Instant;
      readonly contents: readonly ReminderContent[];
      readonly at: Instant;
    };
