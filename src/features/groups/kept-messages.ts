import { HOUR_MS, type Instant } from '../../domain/calendar/local-date.ts';
import { reachOf } from '../../domain/people/rights.ts';
import type { Context } from '../../language/command.ts';
import { listable } from '../../language/who/rights.ts';
import type { KeptMessage } from '../../ports/delivery.ts';
import type { ActiveGroup } from '../../ports/groups.ts';
import type { Ids } from '../../ports/ids.ts';
import type { KeptView } from './groups-card.ts';

/** More are decided on in several goes. */
export const MOST_KEPT = 500;

/** What was kept, as far as this account runs the groups. */
export async function keptFor(context: Context): Promise<readonly KeptMessage[]> {
  const { read, chat } = context;
  const kept = await read.keptMessages(MOST_KEPT);
  // Those of direct chats and of groups that it has left are for whoever runs everything, and for no group to read.
  if (chat.type === 'p2p' && reachOf(context.actor, 'group.read') === 'everywhere') return kept;
  const groups = await groupsHere(context, await read.activeGroups());
  const own = new Set(groups.map(({ group }) => group.chatId));
  return kept.filter(({ chatId }) => own.has(chatId));
}

/** Those of the groups that may be listed in this chat; a group that is bound to nothing is told of itself. */
export async function groupsHere<Group extends ActiveGroup>(
  context: Context,
  all: readonly Group[],
): Promise<readonly Group[]> {
  const listed = await listable(context, 'group.read', all, ({ group }) => group.unit?.id);
  return context.chat.type === 'p2p'
    ? listed
    : all.filter((each) => listed.includes(each) || each.group.chatId === context.chat.chatId);
}

/** What waits for somebody's word: Lark has not refused it, and it does not leave by itself. */
export const waitingForWord = (kept: readonly KeptMessage[]): readonly KeptMessage[] =>
  kept.filter(({ state, leaves }) => state === 'held' && !leaves);

/** The end of the uuid: a code that stays the message's own until it is sent again. */
export const codeOf = ({ uuid }: Pick<KeptMessage, 'uuid'>): string => uuid.slice(-6).toUpperCase();

/** Lark honours a uuid for an hour: within it the same one cannot arrive twice, after it it would be refused or forgotten. */
export const uuidAgain = ({ uuid, firstSentAt }: KeptMessage, now: Instant, ids: Ids): string =>
  firstSentAt === undefined || now - firstSentAt < HOUR_MS ? uuid : ids.next('again');

export const whereOf = ({ group, person }: KeptMessage): string => group ?? (person ? `${person}的单聊` : '单聊');

export const viewOf = (message: KeptMessage): KeptView => ({
  code: codeOf(message),
  where: whereOf(message),
  lane: message.lane,
  reason: message.reason,
  unknown: message.state === 'held' && message.firstSentAt !== undefined,
  leaves: message.leaves,
  at: message.at,
});
