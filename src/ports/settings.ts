import type { Instant } from '../domain/calendar/local-date.ts';
import type { SettingKey, SettingValue } from '../domain/settings.ts';

/** A setting that was changed once, with what its last change replaced. */
export interface SettingRow extends SettingValue {
  /** Undefined when there is nothing to take back. */
  readonly before?: { readonly value?: string | undefined } | undefined;
  readonly changedBy: string;
  readonly changedAt: Instant;
  readonly version: number;
}

export interface SettingReads {
  /** All that were ever changed, the latest change first; few. */
  settings(): Promise<readonly SettingRow[]>;
}

export type SettingChange =
  /** Stale when the row has moved since `seen`, 0 for one that is not there. Without a value the default holds again. */
  | {
      readonly kind: 'setting.changed';
      readonly key: SettingKey;
      /** None for the district. */
      readonly chatId: string | undefined;
      readonly value?: string | undefined;
      readonly before?: { readonly value?: string | undefined } | undefined;
      readonly by: string;
      readonly at: Instant;
      readonly seen: number;
    }
  /** The quiet hours of one group, or of all (no chat), do not hold until then: what waits for their end leaves at once. */
  | {
      readonly kind: 'quiet.lifted';
      readonly chatId: string | undefined;
      readonly until: Instant;
      readonly by: string;
      readonly at: Instant;
    }
  /** They hold again; no chat: those of the district. */
  | {
      readonly kind: 'quiet.restored';
      readonly chatId: string | undefined;
    };
