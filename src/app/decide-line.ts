import { wallClock } from '../domain/calendar/local-date.ts';
import { workbooks } from '../features/exports/lists.ts';
import { lookAhead } from '../features/reminders/rehearse.ts';
import type { Actor, Chat } from '../language/command.ts';
import { type Asker, type Decision, dispatch } from '../language/dispatch.ts';
import { actorOf } from './actor.ts';
import { withCalendar } from './calendars.ts';
import type { Core } from './core.ts';

/** Whose line it is, and where. */
export interface From {
  readonly chatId: string;
  /** Undefined: nobody's, a sent card's. */
  readonly openId?: string | undefined;
  readonly foreign?: true | undefined;
  /** As Lark says it of a message; a chat that is not known to be a group is a direct one otherwise. */
  readonly chatType?: Chat['type'] | undefined;
}

/** Somebody of whom nothing is known: a group's card shows what the group may see, and nothing more. */
const NOBODY: Actor = { openId: '', people: [], roles: [], isAdministrator: false };

/** Who asks, where, and everything that a decision may know at this instant. */
export async function askerOf(
  core: Pick<Core, 'store' | 'time' | 'zone' | 'ids' | 'calendars' | 'adminOpenIds'>,
  { chatId, openId, chatType, foreign }: From,
): Promise<Asker> {
  const { zone, ids, adminOpenIds: administrators, store: read } = core;
  const [group, actor, pusher] = await Promise.all([
    chatType === 'p2p' ? undefined : read.group(chatId),
    openId === undefined ? NOBODY : actorOf(core, openId, foreign),
    withCalendar(core),
  ]);
  const chat: Chat =
    (chatType ?? (group ? 'group' : 'p2p')) === 'group' ? { chatId, type: 'group', group } : { chatId, type: 'p2p' };
  const calendar = pusher.calendar.ofUnit(group ? group.unit?.id : actor.people[0]?.unit.id);
  const now = core.time.now();
  return {
    chat,
    actor,
    now,
    today: wallClock(now, zone).date,
    calendar,
    zone,
    ids,
    numbers: read.numbers,
    read,
    preview: lookAhead(pusher, now),
    administrators,
    workbooks: workbooks({ ...pusher, calendar, now }),
  };
}

/** Decides a line that nobody typed just now, a button's or a sent card's, for its chat. Nothing is committed. */
export async function decideLine(core: Core, from: From, query: string): Promise<Decision> {
  return dispatch(query, { ...(await askerOf(core, from)), pressed: true }, core.commands);
}
