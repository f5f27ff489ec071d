import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Finding, FindingEvent, FindingFacts, Level, Progress, ToldEvent } from '../domain/findings/finding.ts';

/** A problem with the number of its steps; the next step is one more. */
export type FindingRow = Finding & { readonly seq: number };

/** A photo or file that stays with Lark; `message` is one of which only the message is known. */
export interface Evidence {
  readonly kind: 'image' | 'file' | 'message';
  readonly messageId: string;
  readonly fileKey?: string | undefined;
  readonly name: string;
}

interface FindingQuery {
  /** Problems of these units and all below them; all when 'everywhere'. */
  readonly unitIds: readonly string[] | 'everywhere';
  /** Only problems of this unit and those below it. */
  readonly unitId?: string | undefined;
  /** Only problems of this program, found on this visit, issued under this 文号. */
  readonly programId?: string | undefined;
  readonly visitId?: string | undefined;
  readonly letter?: string | undefined;
  /** Only those that are neither struck off nor dropped. */
  readonly openOnly?: boolean | undefined;
  /** Who asks, in a direct chat: restricted problems in which this account is named are among the answers. In a group they never are. */
  readonly viewer?: string | undefined;
  readonly limit?: number | undefined;
}

export interface FindingReads {
  finding(number: number): Promise<FindingRow | undefined>;
  /** The one after the highest that was ever given. */
  nextFindingNumber(): Promise<number>;
  /** By due day, those without one last; then by number. */
  findings(query: FindingQuery): Promise<readonly FindingRow[]>;
  /** The life of a problem, the oldest first, with who acted as far as it is known. */
  findingEvents(id: string): Promise<readonly ToldEvent[]>;
  evidence(id: string): Promise<readonly (Evidence & { readonly seq: number })[]>;
  /** What a sent message of ours shows (`Doc.live`); undefined for a message that is not ours. */
  messageSubjects(messageId: string): Promise<readonly string[] | undefined>;
  /** The last day on which it was reminded of this level. */
  lastReminded(id: string, level: Level): Promise<LocalDate | undefined>;
  /** Unrestricted problems of this very unit that a person raised to this level since that day, the oldest first. */
  escalated(
    unitId: string,
    level: Level,
    since: LocalDate,
  ): Promise<readonly { readonly findingId: string; readonly on: LocalDate }[]>;
  /** Those at which escalation has to look, the longest waiting first. */
  findingsToWatch(now: Instant, limit: number): Promise<readonly FindingRow[]>;
}

export type FindingChange =
  /** Stale when the number was given away meanwhile. */
  | {
      readonly kind: 'finding.entered';
      readonly facts: FindingFacts;
      readonly events: readonly FindingEvent[];
      readonly progress: Progress;
      readonly evidence: readonly Evidence[];
      readonly watchAt: Instant | undefined;
    }
  /** `seen` is the row that was decided on. */
  | {
      readonly kind: 'finding.moved';
      readonly id: string;
      readonly events: readonly FindingEvent[];
      readonly progress: Progress;
      readonly evidence: readonly Evidence[];
      readonly watchAt: Instant | undefined;
      readonly seen: { readonly version: number; readonly seq: number };
      /** Accounts that may see it from now on, besides those that may already. */
      readonly viewers?: readonly string[] | undefined;
    }
  /** The rules have changed, for one program or for all: the heartbeat looks at their open problems again. */
  | { readonly kind: 'findings.watched'; readonly at: Instant; readonly programId?: string | undefined }
  /** Stale when it was reminded of this level on this day. */
  | { readonly kind: 'finding.reminded'; readonly id: string; readonly level: Level; readonly day: LocalDate };
