import type { Instant } from '../domain/calendar/local-date.ts';
import type { ImportPreview } from '../domain/imports/import-preview.ts';

/**
 * fetching: acknowledged, the file is not read yet. ready: previewed, waits for its sender. confirmed: to be applied as soon as the data is
 * seen to be what the preview said. The others are final.
 */
type ImportState = 'fetching' | 'ready' | 'confirmed' | 'done' | 'dropped' | 'expired' | 'failed';

/** A workbook that an administrator sent, on its way from the chat into the tables. */
export interface PendingImport {
  /** Also the code by which its buttons name it. */
  readonly id: string;
  readonly state: ImportState;
  /** The message that holds the file, and the one to answer under; they differ in a group, where the file itself is answered. */
  readonly messageId: string;
  readonly replyTo?: string | undefined;
  /** Unknown until the message was looked up, when somebody pointed at it. */
  readonly fileKey?: string | undefined;
  readonly fileName: string;
  readonly chatId: string;
  readonly sender: string;
  readonly requestedAt: Instant;
  /** How often it was taken up in its state. */
  readonly attempts: number;
  /** What was previewed, and what stands for it: the same rows added and changed give the same digest. */
  readonly preview?: ImportPreview | undefined;
  readonly digest?: string | undefined;
  /** Not confirmed any more from this instant. */
  readonly expiresAt: Instant;
  readonly version: number;
}

export interface ImportReads {
  pendingImport(id: string): Promise<PendingImport | undefined>;
  /** To be read or applied and under nobody's lease, or past its time; the oldest first. */
  dueImports(now: Instant, limit: number): Promise<readonly PendingImport[]>;
  /** The file as it was downloaded; undefined once the import is settled. */
  importFile(id: string): Promise<Uint8Array | undefined>;
}

/** Each but the first is stale when the row has moved since `seen`. */
export type ImportChange =
  | {
      readonly kind: 'import.requested';
      readonly request: Pick<
        PendingImport,
        'id' | 'messageId' | 'replyTo' | 'fileKey' | 'fileName' | 'chatId' | 'sender' | 'requestedAt'
      >;
      /** Of a table that came as text: there is no file to be fetched. */
      readonly bytes?: Uint8Array | undefined;
    }
  /** Taken up until this instant; a crash gives it back. */
  | { readonly kind: 'import.leased'; readonly id: string; readonly until: Instant; readonly seen: number }
  /** The file is kept, and its sender has until `expiresAt`. `bytes` is absent for a file that is kept already. */
  | {
      readonly kind: 'import.previewed';
      readonly id: string;
      readonly fileName: string;
      readonly bytes?: Uint8Array | undefined;
      readonly preview: ImportPreview;
      readonly digest: string;
      readonly expiresAt: Instant;
      readonly seen: number;
    }
  | { readonly kind: 'import.confirmed'; readonly id: string; readonly seen: number }
  /** The end; the file is thrown away. */
  | {
      readonly kind: 'import.settled';
      readonly id: string;
      readonly state: Extract<ImportState, 'done' | 'dropped' | 'expired' | 'failed'>;
      readonly seen: number;
    };
