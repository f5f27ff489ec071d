import type { Instant } from '../../domain/calendar/local-date.ts';
import { isClosed, type Notice, openSince } from '../../domain/notices/notice.ts';
import type { Context, Situation } from '../../language/command.ts';
import { unsentOf } from './leaving.ts';
import { noticeSubject } from './notice-card.ts';
import { openFor, receiptOf } from './receipt.ts';

/** More open notices than this nobody has. */
export const LOOKED_AT = 20;

/** What waits for the sender where the line is said: in a group its own, for a notice is for whoever reads it there. */
export const openForSender = (context: Situation): Promise<readonly Notice[]> =>
  context.chat.type === 'group' ? openHere(context) : openNotices(context);

async function openHere(context: Situation): Promise<readonly Notice[]> {
  const { read, chat, actor, now } = context;
  const open: Notice[] = [];
  for (const notice of await read.notices({ chatId: chat.chatId, since: openSince(now), limit: LOOKED_AT })) {
    if (isClosed(notice, now) || (await leavesLater(context, notice, chat.chatId)) !== undefined) continue;
    const receipt = await receiptOf(context, notice);
    const isKnown = receipt.receivers.some(({ openId }) => openId === actor.openId);
    // A push is for those whom it names.
    if (openFor(receipt, actor.openId) || (!isKnown && !notice.push)) open.push(notice);
  }
  return open;
}

/** When a notice leaves to a group that has not got it yet: what nobody has received is confirmed by nobody. */
export const leavesLater = async (context: Situation, notice: Notice, chatId: string): Promise<Instant | undefined> =>
  (await unsentOf(context, noticeSubject(notice))).get(chatId);

/** What somebody has not confirmed, in whichever of their groups, the newest first; asked in a group only what that group has got. */
export async function openNotices(context: Situation): Promise<readonly Notice[]> {
  const { chat } = context;
  const all = await openEverywhere(context);
  return chat.type === 'p2p' ? all : all.filter(({ targets }) => targets.some(({ chatId }) => chatId === chat.chatId));
}

async function openEverywhere(context: Situation): Promise<readonly Notice[]> {
  const { actor, now, read } = context;
  const known = await read.notices({ receiver: actor.openId, since: openSince(now), limit: LOOKED_AT });
  const open: Notice[] = [];
  for (const notice of known)
    if (!isClosed(notice, now) && openFor(await receiptOf(context, notice), actor.openId)) open.push(notice);
  return [...open, ...(await unlisted(context, known))].toSorted((a, b) => b.sentAt - a.sentAt);
}

/**
 * Of a group in which they are known to be, what was sent before its members were asked for: for a minute, and longer when Lark does not
 * say. A push is for those whom it names.
 */
async function unlisted({ actor, now, read }: Situation, known: readonly Notice[]): Promise<readonly Notice[]> {
  const chats = await chatsOf({ actor, read }, known);
  const sent = await Promise.all(
    chats.map((chatId) => read.notices({ chatId, kind: 'notice', since: openSince(now), limit: LOOKED_AT })),
  );
  const others = new Map(sent.flat().map((notice) => [notice.id, notice]));
  for (const { id } of known) others.delete(id);
  return [...others.values()].filter(
    (notice) => notice.sender !== actor.openId && !isClosed(notice, now) && unlistedChat(notice, chats) !== undefined,
  );
}

const unlistedChat = ({ targets }: Notice, chats: readonly string[]): string | undefined =>
  targets.find(({ chatId, known }) => !known && chats.includes(chatId))?.chatId;

async function chatsOf({ actor, read }: Pick<Context, 'actor' | 'read'>, known: readonly Notice[]) {
  const rows = await Promise.all(known.map(({ id }) => read.noticeReceivers(id)));
  return [...new Set(rows.flat().flatMap(({ openId, chatId }) => (openId === actor.openId ? [chatId] : [])))];
}

/** The group in which they have got a notice whose receivers are not known yet. */
export async function chatUnlisted({ actor, now, read }: Situation, notice: Notice): Promise<string | undefined> {
  if (notice.push) return undefined;
  const known = await read.notices({ receiver: actor.openId, since: openSince(now), limit: LOOKED_AT });
  return unlistedChat(notice, await chatsOf({ actor, read }, known));
}
