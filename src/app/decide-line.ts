import { wallClock } from '../domain/calendar/local-date.ts';
import { workbooks } from '../features/exports/lists.ts';
import { lookAhead } from '../features/reminders/rehearse.ts';
import type { Actor, Chat } from '../language/command.ts';
import { type Decision, dispatch } from '../language/dispatch.ts';
import { actorOf } from './actor.ts';
import { withCalendar } from './calendars.ts';
import type { Core } from './core.ts';

/** Somebody of whom nothing is known: a group's card shows what the group may see, and nothing more. */
const NOBODY: Actor = { openId: '', people: [], roles: [], isAdministrator: false };

/** Decides a line that nobody typed just now, a button's or a sent card's, for its chat. Nothing is committed. */
export async function decideLine(
  core: Core,
  { chatId, openId }: { readonly chatId: string; readonly openId?: string | undefined },
  query: string,
): Promise<Decision> {
  const group = await core.store.group(chatId);
  const chat: Chat = { chatId, ...(group ? { type: 'group', group } : { type: 'p2p' }) };
  const actor = openId === undefined ? NOBODY : await actorOf(core, openId);
  const { zone, ids, commands, adminOpenIds: administrators, store: read } = core;
  const pusher = await withCalendar(core);
  const calendar = pusher.calendar.ofUnit(group?.unit?.id);
  const now = core.time.now();
  const today = wallClock(now, zone).date;
  const preview = lookAhead(pusher, now);
  const books = workbooks({ ...pusher, calendar, now });
  const asker = {
    chat,
    actor,
    now,
    today,
    calendar,
    zone,
    ids,
    read,
    preview,
    administrators,
    workbooks: books,
    pressed: true,
  } as const;
  return dispatch(query, asker, commands);
}
