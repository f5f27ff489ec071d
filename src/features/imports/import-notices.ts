import { noticeMessages } from '../../app/address-notices.ts';
import type { Core } from '../../app/core.ts';
import type { Doc } from '../../cards/views.ts';
import type { Instant } from '../../domain/calendar/local-date.ts';
import { address, withTold } from '../../language/answer/telling.ts';
import type { NewMessage } from '../../ports/changes.ts';
import type { PendingImport } from '../../ports/imports.ts';
import { movedNotices } from './planning/moved-notices.ts';
import type { ImportPlan } from './planning/plan.ts';

/** What groups and teams are told of the visits that a table puts elsewhere: one card each, in the unit that writes the table. */
export async function importNotices(
  core: Pick<Core, 'ids' | 'store' | 'zone'>,
  { rescheduled = [] }: ImportPlan,
  { id, version, fileName, sender }: Pick<PendingImport, 'id' | 'version' | 'fileName' | 'sender'>,
  now: Instant,
): Promise<{ readonly messages: readonly NewMessage[]; readonly said: (reply: Doc) => Doc }> {
  const telling = { read: core.store, zone: core.zone, now, actor: { openId: sender, isAdministrator: true } };
  const notices = await movedNotices(core, rescheduled, { by: `按“${fileName}”`, sender, now });
  const addressed = await address(notices, telling);
  return {
    messages: noticeMessages(core, `import:${id}:${version}`, addressed, now),
    said: (reply) => withTold(reply, undefined, addressed, telling),
  };
}
