import { HOUR_MS, type Instant } from '../../domain/calendar/local-date.ts';
import { reachOf } from '../../domain/people/rights.ts';
import type { Context } from '../../language/command.ts';
import { reachable } from '../../language/who/rights.ts';
import type { KeptMessage } from '../../ports/delivery.ts';
import type { Ids } from '../../ports/ids.ts';
import type { KeptView } from './groups-card.ts';

/** More are decided on in several goes. */
export const MOST_KEPT = 500;

/** What was kept, as far as this account runs the groups. */
export async function keptFor(context: Context): Promise<readonly KeptMessage[]> {
  const { read } = context;
  const kept = await read.keptMessages(MOST_KEPT);
  if (reachOf(context.actor, 'group.read') === 'everywhere') return kept;
  const groups = await reachable(context, 'group.read', await read.activeGroups(), ({ group }) => group.unit?.id);
  const own = new Set(groups.map(({ group }) => group.chatId));
  return kept.filter(({ chatId }) => own.has(chatId));
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
