import { plainDoc } from '../../../cards/plain.ts';
import { type Instant, wallClock } from '../../../domain/calendar/local-date.ts';
import { visitSubject } from '../../../domain/visits/inspection.ts';
import { mergePerRecipient } from '../../../language/answer/merge-replies.ts';
import type { Notice } from '../../../language/command.ts';
import type { Reads } from '../../../ports/store.ts';
import { whoHearsOfVisit } from '../../recipients/concerned-by-visit.ts';
import { visitNoticeDoc } from '../../visits/visit-card.ts';
import type { ImportPlan } from './plan.ts';

/** More changes than fit a card are not read there; the schedule has them. */
const SHOWN = 15;

/** What groups and teams are told when many visits come to stand elsewhere at once; `sender` knows it already. */
export async function movedNotices(
  { store, zone }: { readonly store: Reads; readonly zone: string },
  rescheduled: NonNullable<ImportPlan['rescheduled']>,
  { by, sender, now }: { readonly by: string; readonly sender: string; readonly now: Instant },
): Promise<readonly Notice[]> {
  const today = wallClock(now, zone).date;
  const notices: Notice[] = [];
  const counts = new Map<string, number>();
  for (const { before, after } of rescheduled) {
    const asking = { read: store, now, except: { openId: sender } };
    const { recipients } = await whoHearsOfVisit(asking, before, after);
    for (const told of recipients) {
      const recipient = 'openId' in told.to ? told.to.openId : told.to.chatId;
      const count = (counts.get(recipient) ?? 0) + 1;
      counts.set(recipient, count);
      if (count > SHOWN) continue;
      const event = after.from > before.from ? 'postponed' : 'changed';
      const reader = 'openId' in told.to ? 'person' : 'group';
      const about = told.after && { about: [visitSubject(after)] };
      notices.push({ to: told.to, ...about, doc: visitNoticeDoc({ ...told, event, today, reader, by }) });
    }
  }
  const more = notices
    .filter(({ to }, at) => notices.findIndex((other) => sameTo(other.to, to)) === at)
    .flatMap(({ to }): Notice[] => {
      const left = (counts.get('openId' in to ? to.openId : to.chatId) ?? 0) - SHOWN;
      const doc = plainDoc('其余变更', `另有 ${left} 项变更没有列出，发送“日程 本月”查看。`);
      return left > 0 ? [{ to, doc }] : [];
    });
  return mergePerRecipient([...notices, ...more]);
}

const sameTo = (a: Notice['to'], b: Notice['to']): boolean =>
  'openId' in a ? 'openId' in b && a.openId === b.openId : 'chatId' in b && a.chatId === b.chatId;
