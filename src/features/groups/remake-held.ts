import { wallClock } from '../../domain/calendar/local-date.ts';
import type { MadeAgain, Waiting } from '../../language/answer/made-again.ts';
import type { Reads } from '../../ports/store.ts';
import { heldDoc } from './groups-card.ts';
import { MOST_KEPT, viewOf, waitingForWord } from './kept-messages.ts';

/** What still waits for somebody's word. */
export async function remakeHeld(
  { store, zone }: { readonly store: Pick<Reads, 'keptMessages'>; readonly zone: string },
  { now }: Waiting,
): Promise<MadeAgain> {
  const held = waitingForWord(await store.keptMessages(MOST_KEPT));
  if (held.length === 0) return { nothing: '都已处理' };
  return { doc: heldDoc(held.map(viewOf), { zone, today: wallClock(now, zone).date }) };
}
