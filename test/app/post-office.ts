import { calendarsOver } from '../../src/app/calendars.ts';
import type { Core } from '../../src/app/core.ts';
import { type Deliverer, deliverer } from '../../src/app/deliver.ts';
import type { MigratingDatabase } from '../../src/db/database.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import type { NewMessage } from '../../src/ports/changes.ts';
import type { Messenger, OutgoingMessage, Result } from '../../src/ports/messenger.ts';
import { type VirtualTime, virtualTime } from '../support/virtual-time.ts';
import { keptLog } from '../support/world.ts';

export const START = Date.UTC(2026, 2, 16, 0, 0);

type Answer = Result<{ readonly messageId: string }>;

export interface Call {
  readonly key: string;
  readonly chatId: string;
  readonly content: string;
  readonly at: number;
}

/** A real outbox with a messenger that answers as told, on a clock that moves when told. */
export interface PostOffice {
  readonly time: VirtualTime;
  readonly core: Core;
  readonly database: MigratingDatabase;
  readonly delivery: Deliverer;
  /** Every call to the messenger, as it began; the key of a message is its uuid here. */
  readonly calls: readonly Call[];
  readonly log: readonly string[];
  /** How often the outbox was asked for messages. */
  looks(): number;
  /** Names of the files that were put with Lark, as often as they were. */
  readonly uploads: readonly string[];
  /** Every update of a sent card, as it began. */
  readonly updates: readonly { readonly messageId: string; readonly at: number }[];
  answerUpdatesWith(answer: (messageId: string) => Promise<Answer> | Answer): void;
  /** What the next calls are answered; the default is success after `latencyMs`. */
  answerWith(answer: (message: OutgoingMessage) => Promise<Answer> | Answer): void;
  put(...messages: readonly NewMessage[]): Promise<void>;
  /** What became of each message: its state, and the reason that was kept. */
  fates(): Promise<Readonly<Record<string, string>>>;
}

export const sentBy: Answer = { ok: true, value: { messageId: 'om_1' } };

export const failing = (failure: Extract<Answer, { ok: false }>['failure']): Answer => ({ ok: false, failure });

export const push = (key: string, chatId: string, dueAt = START): NewMessage => ({
  key,
  uuid: key,
  lane: 'push',
  chatId,
  type: 'text',
  content: '{}',
  dueAt,
  createdAt: dueAt,
});

export const reply = (key: string, chatId: string, dueAt = START): NewMessage => ({
  ...push(key, chatId, dueAt),
  lane: 'reply',
});

export async function openPostOffice(
  latencyMs = 120,
  start = START,
  database: MigratingDatabase = openSqlite(':memory:'),
): Promise<PostOffice> {
  await database.migrate();
  const time = virtualTime(start);
  const calls: Call[] = [];
  let answer: (message: OutgoingMessage) => Promise<Answer> | Answer = async () => {
    await time.until(time.now() + latencyMs);
    return sentBy;
  };
  let looks = 0;
  const log = keptLog();
  const unused = () => Promise.reject(new Error('not part of this test'));
  const uploads: string[] = [];
  const updates: { readonly messageId: string; readonly at: number }[] = [];
  let answerUpdate: (messageId: string) => Promise<Answer> | Answer = () => sentBy;
  const messenger: Messenger = {
    upload: async (name) => {
      uploads.push(name);
      return { ok: true, value: `file_${uploads.length}` };
    },
    update: async (messageId) => {
      updates.push({ messageId, at: time.now() });
      const answered = await answerUpdate(messageId);
      return answered.ok ? { ok: true, value: undefined } : answered;
    },
    send: async (message) => {
      calls.push({ key: message.uuid, chatId: message.to.chatId, content: message.content, at: time.now() });
      return answer(message);
    },
    botOpenId: unused,
    chatMembers: unused,
    readers: unused,
    openIdsByMobile: unused,
    fileOf: unused,
    download: unused,
  };
  let ids = 0;
  const core: Core = {
    store: database.store,
    outbox: {
      ...database.outbox,
      take: (...asked) => {
        looks += 1;
        return database.outbox.take(...asked);
      },
    },
    messenger,
    time,
    log,
    zone: 'Asia/Shanghai',
    calendars: calendarsOver(statutoryCalendar()),
    commands: [],
    ids: { next: (prefix) => `${prefix}_${++ids}`, code: () => 'ABCDEFGH' },
    chance: () => 0.5,
    adminOpenIds: new Set(),
    wake: () => delivery.wake(),
    count: () => {},
  };
  const delivery = deliverer(core);
  return {
    time,
    core,
    database,
    delivery,
    calls,
    uploads,
    updates,
    log: log.lines,
    looks: () => looks,
    answerWith: (given) => {
      answer = given;
    },
    answerUpdatesWith: (given) => {
      answerUpdate = given;
    },
    async put(...messages) {
      await database.store.commit({ changes: [], messages, audit: [] });
    },
    async fates() {
      const figures = await database.store.figures(undefined);
      return Object.fromEntries(figures.keptMessages.map(({ key, reason }) => [key, reason]));
    },
  };
}
