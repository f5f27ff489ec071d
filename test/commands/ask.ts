import { registry } from '../../commands/registry.ts';
import { actorOf, chatOf } from '../../src/app/actor.ts';
import { calendarsOver, withCalendar } from '../../src/app/calendars.ts';
import { type Instant, wallClock } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { workbooks } from '../../src/features/exports/lists.ts';
import { lookAhead } from '../../src/features/reminders/rehearse.ts';
import { randomIds } from '../../src/homes/ids.ts';
import { type Decision, dispatch } from '../../src/language/dispatch.ts';
import type { Mentioned } from '../../src/ports/inbound.ts';
import type { Store } from '../../src/ports/store.ts';

/** A store, and what time it is. */
export interface Desk {
  readonly store: Store;
  readonly now: Instant;
}

interface Asked {
  readonly openId: string;
  readonly chatId: string;
  readonly type: 'group' | 'p2p';
  readonly line: string;
  readonly mentions: readonly Mentioned[];
}

const zone = 'Asia/Shanghai';
const BASE = statutoryCalendar();

export const coreAt = ({ store, now }: Desk) => ({
  store,
  zone,
  ids: randomIds,
  calendars: calendarsOver(BASE),
  adminOpenIds: new Set<string>(),
  time: { now: () => now, until: async () => {} },
});

/** What a typed line would do: the asker is put together as in app/receive.ts. */
export async function decide(desk: Desk, { openId, chatId, type, line, mentions }: Asked): Promise<Decision> {
  const { store: read, now } = desk;
  const core = await withCalendar(coreAt(desk));
  const [chat, actor] = await Promise.all([chatOf(core, chatId, type), actorOf(core, openId)]);
  const calendar = core.calendar.ofUnit(chat.group?.unit?.id);
  return dispatch(
    line,
    {
      chat,
      actor,
      now,
      calendar,
      zone,
      ids: core.ids,
      read,
      mentions,
      administrators: core.adminOpenIds,
      today: wallClock(now, zone).date,
      preview: lookAhead(core, now),
      workbooks: workbooks({ ...core, calendar, now }),
    },
    registry,
  );
}

/** What a decision leaves behind. That an attempt was refused is written down, and changes nothing. */
export const tracesOf = ({ changes, notices, files, refresh, audit }: Decision): readonly string[] => [
  ...changes.map(({ kind }) => kind),
  ...notices.map(({ to }) => `a message to ${Object.values(to)}`),
  ...files.map(({ name }) => name),
  ...refresh.map((subject) => `the cards of ${subject}`),
  ...audit.map(({ action }) => action).filter((action) => !action.startsWith('refused.')),
];

export async function commit(
  { store, now: at }: Desk,
  { openId: actor, chatId }: Pick<Asked, 'openId' | 'chatId'>,
  { changes, seen, audit }: Decision,
): Promise<void> {
  const rows = audit.map((entry) => ({ ...entry, id: randomIds.next('audit'), at, actor, chatId }));
  const outcome = await store.commit({ changes, seen, audit: rows, messages: [] });
  if (outcome !== 'done') throw new Error(`not written: ${outcome}`);
}
