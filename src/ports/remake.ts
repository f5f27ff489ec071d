import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { ReminderContent } from '../domain/reminders/contents.ts';
import type { Recurrence, RuleMention } from '../domain/reminders/reminder.ts';

/**
 * What makes a message again that has waited and was never tried. The kinds are closed: each has its maker (app/remakes.ts), or it does not
 * compile.
 */
export type Remake = AnswerRemake | PushRemake | AlertRemake | NewsRemake | NoticeRemake;

/** To whoever asked. A question is asked again (`query`); what was done is told as it was, as long as they may know of it. */
export interface AnswerRemake {
  readonly kind: 'answer';
  readonly query?: string | undefined;
  readonly about?: readonly string[] | undefined;
  readonly openId?: string | undefined;
}

/** What the reminders of a group brought at this time. */
export interface PushRemake {
  readonly kind: 'push';
  /** The unit that the group was bound to. */
  readonly unitId: string | undefined;
  readonly nominalAt: Instant;
  readonly rules: readonly {
    readonly content: ReminderContent;
    readonly mention?: RuleMention | undefined;
    readonly recurrence: Recurrence;
  }[];
}

/** What the clock has led to. */
export type AlertRemake =
  | {
      readonly kind: 'alert';
      readonly of: 'tasks';
      readonly says: 'urged' | 'due' | 'unreached' | 'drafted';
      readonly numbers: readonly number[];
    }
  | {
      readonly kind: 'alert';
      readonly of: 'finding';
      readonly says: 'urged' | 'drafted' | 'unreached' | 'waiting';
      readonly number: number;
      readonly level: number;
    }
  /** Whoever has not reported progress is asked for it; the office hears what is missing. */
  | { readonly kind: 'alert'; readonly of: 'progress'; readonly unitIds: readonly string[]; readonly day: LocalDate }
  | { readonly kind: 'alert'; readonly of: 'missing'; readonly unitIds: readonly string[]; readonly day: LocalDate }
  /** Whoever has not confirmed; of a push by its group and time. */
  | {
      readonly kind: 'alert';
      readonly of: 'receipt';
      readonly notice: { readonly number: number } | { readonly chatId: string; readonly nominalAt: Instant };
    }
  /** Which day a vague milestone is on. */
  | { readonly kind: 'alert'; readonly of: 'milestone'; readonly programId: string; readonly name: string }
  /** What is held for somebody's word. */
  | { readonly kind: 'alert'; readonly of: 'held' }
  /** What is a fact for good: a push that was not out in time. */
  | { readonly kind: 'alert'; readonly of: 'bot' };

/** Something has happened to what it tells of. */
export interface NewsRemake {
  readonly kind: 'news';
  readonly title: string;
  /** What it tells of, as `Doc.live` names it. */
  readonly about: readonly string[];
  /** Asks for what it shows, when it shows one thing as it stands. */
  readonly query?: string | undefined;
}

/** 通知. */
export interface NoticeRemake {
  readonly kind: 'notice';
  readonly number: number;
}

/** A row that a message was made of, and which of its versions; 0 while there was none. */
export interface BasisRow {
  readonly table: 'work_group' | 'person' | 'role_grant' | 'task' | 'finding' | 'inspection' | 'notice';
  readonly id: string;
  readonly version: number;
}
