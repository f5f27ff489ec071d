import type { Instant } from '../domain/calendar/local-date.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { AuditEntry } from './audit.ts';
import type { LiveCard } from './live-cards.ts';
import type { Remake } from './remake.ts';
import type { SubjectChange } from './subjects.ts';

/** Everything that can happen to the state, in domain words. Each subject has its part, here and in db/, where what is missing does not compile. */
export type Change = SubjectChange;

/**
 * What makes a unit happen once: the event that caused it, or the occurrence of a group's reminders. Of a message both ids are kept: Lark may
 * push one message under two event ids, and says so.
 */
export type Guard =
  | {
      readonly kind: 'event';
      readonly eventId: string;
      /** Of a message, and of the change of one. */
      readonly messageIds?: readonly string[] | undefined;
      /** The message by which something was done, not only answered. */
      readonly didBy?: string | undefined;
      readonly at: Instant;
    }
  | {
      readonly kind: 'occurrence';
      readonly chatId: string;
      readonly nominalAt: Instant;
      readonly outcome: 'sent' | 'late' | 'missed' | 'empty';
      /** Missed because everything was paused, not because the bot was down. */
      readonly reason?: 'paused' | undefined;
      readonly contents: readonly ReminderContent[];
      readonly at: Instant;
    };

/** A row that the decision relied on without writing it. */
export interface Seen {
  readonly table: 'work_group' | 'person' | 'unit' | 'program' | 'task' | 'inspection' | 'indicator' | 'calendar';
  readonly id: string;
  readonly version: number;
}

/** A file that the bot sends: 1 byte to 30 MB (lark-platform: upload). */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface NewMessage {
  /** Unique: reply:<event id>, push:<chat>:<nominal time>. A second unit with the same key is `already`. */
  readonly key: string;
  /** A push waits while everything is paused. */
  readonly lane: 'reply' | 'push';
  /** It tells of something that has happened: after answers that somebody waits for, before what the clock pushes. */
  readonly alert?: boolean | undefined;
  readonly chatId: string;
  /** In a direct chat: whose, by open id, when the chat is named by its own. What goes to one person is paced as one. */
  readonly person?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly type: 'interactive' | 'text' | 'file';
  /** Of a file empty: its key is not known before it is uploaded. */
  readonly content: string;
  /** What a message of type file carries; kept with the unit, uploaded when it is sent. */
  readonly file?: SentFile | undefined;
  /** At most 50 characters. */
  readonly uuid: string;
  readonly dueAt: Instant;
  readonly createdAt: Instant;
  /** Of a card that is updated when what it shows changes. */
  readonly live?: LiveCard | undefined;
  /** What makes it again when it has waited; without it nothing does. */
  readonly remake?: Remake | undefined;
}

/** Statements that become true together, or not at all. */
export interface UnitOfWork {
  readonly guard?: Guard | undefined;
  readonly seen?: readonly Seen[] | undefined;
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
  readonly audit: readonly AuditEntry[];
}
