import { addDays, instantAt, wallClock } from '../../domain/calendar/local-date.ts';
import { isClosed, type Notice } from '../../domain/notices/notice.ts';
import type { Situation } from '../../language/command.ts';
import { openFor, type Receipt, receiptOf } from './receipt.ts';

/** Nobody sits in more groups that are told of one day. */
const GROUPS = 20;

/**
 * The same day's pushes in groups of the same unit or of units below it, of contents that the confirmed card has too: whoever has read
 * the wider card has read them. From the narrower one nothing follows for the wider.
 */
export async function coveredBy(context: Situation, confirmed: Notice): Promise<readonly Receipt[]> {
  const { read, actor, now, zone } = context;
  const [target] = confirmed.targets;
  if (!confirmed.push || !target?.unit) return [];
  const { date } = wallClock(confirmed.push.nominalAt, zone);
  const nominal = { from: instantAt(date, '00:00', zone), before: instantAt(addDays(date, 1), '00:00', zone) };
  const wider = await read.pushed(target.chatId, confirmed.push.nominalAt);
  const covered: Receipt[] = [];
  for (const notice of await read.notices({
    receiver: actor.openId,
    kind: 'push',
    nominal,
    since: 0,
    limit: GROUPS,
  })) {
    const [other] = notice.targets;
    if (notice.id === confirmed.id || !notice.push || !other?.unit || isClosed(notice, now)) continue;
    if (!(await read.isWithin(other.unit.id, [target.unit.id]))) continue;
    const narrower = await read.pushed(other.chatId, notice.push.nominalAt);
    if (!narrower?.contents.every((content) => wider?.contents.includes(content))) continue;
    const receipt = await receiptOf(context, notice);
    if (openFor(receipt, actor.openId)) covered.push(receipt);
  }
  return covered;
}
