import type { Notice, NoticeReceiver } from '../../domain/notices/notice.ts';
import type { Preview, PushedAgain } from '../../language/preview.ts';
import type { Reads } from '../../ports/store.ts';

interface Asking {
  readonly read: Pick<Reads, 'group' | 'noticeReceivers'>;
  readonly preview: Pick<Preview, 'again'>;
}

export interface Receipt {
  readonly notice: Notice;
  /** Who has confirmed, and who is asked and has not. */
  readonly receivers: readonly NoticeReceiver[];
  /** Of a push: its card as it is now. */
  readonly pushed?: PushedAgain | undefined;
}

/** How far a notice is confirmed. Of a push nobody is missing who is not named in it any more: the visit was cancelled, or has another team. */
export async function receiptOf({ read, preview }: Asking, notice: Notice): Promise<Receipt> {
  const receivers = await read.noticeReceivers(notice.id);
  const [target] = notice.targets;
  const group = notice.push && target && (await read.group(target.chatId));
  const pushed = notice.push && group && (await preview.again(group, notice.push.nominalAt));
  if (!pushed) return { notice, receivers };
  const { asked } = pushed;
  return {
    notice,
    pushed,
    receivers: receivers.filter(({ openId, confirmedAt }) => confirmedAt !== undefined || asked.includes(openId)),
  };
}

/** What has to be asked of `openId`; undefined when they have confirmed or are not asked. */
export const openFor = ({ receivers }: Receipt, openId: string): NoticeReceiver | undefined =>
  receivers.find((receiver) => receiver.openId === openId && receiver.confirmedAt === undefined);
