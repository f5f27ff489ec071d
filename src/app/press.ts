import { parsePress } from '../cards/press.ts';
import { renderCard } from '../cards/render.ts';
import { CONTENT_WORD } from '../cards/status.ts';
import type { Doc } from '../cards/views.ts';
import { dispatch } from '../chat/dispatch.ts';
import { parseDate, wallClock } from '../domain/calendar/local-date.ts';
import type { ReminderContent } from '../domain/schedule/reminder.ts';
import type { WorkGroup } from '../domain/work/group.ts';
import type { Inbound } from '../ports/inbound.ts';
import { actorOf, chatOf } from './actor.ts';
import type { Core } from './core.ts';
import { PUSH_QUERY, pushDoc } from './push.ts';

type Press = Extract<Inbound, { kind: 'press' }>;

/** The answer to a card callback: Lark shows the toast, and replaces the card for everybody who sees it. */
export type PressAnswer =
  | Record<string, never>
  | { readonly toast: { readonly type: 'info' | 'warning' | 'error'; readonly content: string } }
  | { readonly card: { readonly type: 'raw'; readonly data: unknown } };

/**
 * Turns the page of a card: runs its query again for the chat of the callback, never for one named in the value. The new card is
 * seen by the whole chat, so in a group the group's scope holds, whoever pressed.
 */
export async function press(core: Core, event: Press): Promise<PressAnswer> {
  const value = parsePress(event.value);
  if (!value) return warning('这个按钮已经失效，请重新发送命令。');
  const group = await core.store.group(event.chatId);
  const type = group ? 'group' : 'p2p';
  const [chat, actor] = await Promise.all([chatOf(core, event.chatId, type), actorOf(core, event.operator.openId)]);
  const push =
    group && value.query.startsWith(`${PUSH_QUERY} `) ? await pushAgain(core, group, value.query) : undefined;
  if (push) return { card: { type: 'raw', data: JSON.parse(renderCard(push, value.page).json) } };

  const { calendar, zone, ids, store: read } = core;
  const now = core.time.now();
  const asker = { chat, actor, now, today: wallClock(now, zone).date, calendar, zone, ids, read };
  const decision = await dispatch(value.query, asker, core.commands);
  // A button only shows. A query that would change something was not made by us.
  if (decision.changes.length > 0) return warning('这个按钮已经失效，请重新发送命令。');
  return { card: { type: 'raw', data: JSON.parse(renderCard(decision.reply, value.page).json) } };
}

/** Another page of a push: the same day and contents, as the tables say now. */
async function pushAgain(core: Core, group: WorkGroup, query: string): Promise<Doc | undefined> {
  const [, dayText = '', list = ''] = query.split(' ');
  const day = parseDate(dayText);
  const contents = list.split(',').filter((content): content is ReminderContent => content in CONTENT_WORD);
  return day && pushDoc(core, { group, contents, day, now: core.time.now(), late: false });
}

const warning = (content: string): PressAnswer => ({ toast: { type: 'warning', content } });
