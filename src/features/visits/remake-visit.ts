import type { Doc } from '../../cards/views.ts';
import { wallClock } from '../../domain/calendar/local-date.ts';
import type { Waiting } from '../../language/answer/made-again.ts';
import { placeOf } from '../../language/answer/telling.ts';
import type { Reads } from '../../ports/store.ts';
import { whoHearsOfVisit } from '../recipients/concerned-by-visit.ts';
import { visitNoticeDoc } from './visit-card.ts';

/** A visit as this reader may know it now; undefined when it does not concern them any more, or may not be known to. */
export async function visitAgain(
  { store: read, zone }: { readonly store: Reads; readonly zone: string },
  number: number,
  { place, isGroup, now }: Waiting,
): Promise<Doc | undefined> {
  const visit = await read.inspectionByNumber(number);
  if (!visit) return undefined;
  const { recipients } = await whoHearsOfVisit({ read, now, except: { openId: '' } }, undefined, visit);
  const after = recipients.find(({ to }) => placeOf(to) === place)?.after;
  if (!after) return undefined;
  return visitNoticeDoc({
    event: visit.state === 'cancelled' ? 'cancelled' : 'added',
    after,
    before: visit.state === 'cancelled' ? after : undefined,
    today: wallClock(now, zone).date,
    by: '等待期间又有变化，以这一条为准',
    reader: isGroup ? 'group' : 'person',
  });
}
