import type { RegisteredCommand } from '../language/command.ts';
import type { Change } from '../ports/changes.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import type { Calendars } from './calendars.ts';

/** What every use case works with; built once by a home. */
export interface Core {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly messenger: Messenger;
  readonly time: Time;
  readonly calendars: Calendars;
  /** IANA zone of all schedules and dates. */
  readonly zone: string;
  readonly ids: Ids;
  /** From 0 up to 1: the only dice. */
  readonly chance: () => number;
  readonly log: Log;
  readonly commands: readonly RegisteredCommand[];
  /** Administrators from the start (ADMIN_OPEN_IDS). */
  readonly adminOpenIds: ReadonlySet<string>;
  /** This was committed, or something else that wants to leave: the home decides when to run what follows from it. */
  readonly wake: (changes?: readonly Change[]) => void;
  readonly count: (name: string, labels?: Readonly<Record<string, string>>) => void;
}

/** Of what must leave in its minute: a step that cannot ask Lark cannot wait for an answer. */
export type WithoutLark = Omit<Core, 'messenger'>;
