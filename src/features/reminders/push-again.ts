import { plainDoc } from '../../cards/plain.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { pushId } from '../../domain/notices/notice.ts';
import type { PushedAgain } from '../../language/preview.ts';
import { meantBy } from './occurrence.ts';
import { type Pusher, pushCard } from './push.ts';

/**
 * What was pushed at that time, as the tables say now: visits that moved are where they are now. Nobody is mentioned again, since a card
 * that is only made anew is no news. Undefined when nothing was pushed then.
 */
export async function pushAgain(
  core: Pusher,
  group: WorkGroup,
  nominalAt: Instant,
  now: Instant,
): Promise<PushedAgain | undefined> {
  const [pushed, settings] = await Promise.all([core.store.pushed(group.chatId, nominalAt), core.store.settings()]);
  if (!pushed) return undefined;
  const { contents, late } = pushed;
  const mentions = new Map(contents.map((content) => [content, 'nobody'] as const));
  const { date, time } = wallClock(nominalAt, core.zone);
  const rules = (await core.store.rules(group.chatId)).filter((rule) => rule.time === time);
  const meant = meantBy(rules, date, core.calendar.ofUnit(group.unit?.id));
  const card = await pushCard(core, { group, contents, mentions, meant, nominalAt, now, seenAt: now, late, settings });
  if (card) return card;
  const sentence = `${describeDate(date, date)}推送的安排和事项已变更或办结，现在没有要看的内容。`;
  // Still live, so that the card which showed it is updated to this.
  const live = [pushId(group.chatId, nominalAt)];
  return { doc: { ...plainDoc('推送', sentence, { tone: 'muted' }), live }, asked: [] };
}
