import type { Core } from '../../app/core.ts';
import { wallClock } from '../../domain/calendar/local-date.ts';
import { isClosed, type Notice } from '../../domain/notices/notice.ts';
import type { MadeAgain, Waiting } from '../../language/answer/made-again.ts';
import type { Preview } from '../../language/preview.ts';
import { nameOf } from '../../language/who/account-name.ts';
import type { AlertRemake, NoticeRemake } from '../../ports/remake.ts';
import type { Reads } from '../../ports/store.ts';
import { noticeDoc, reminderDoc, remindTitle } from './notice-card.ts';
import { openFor, receiptOf } from './receipt.ts';

type Remaking = Pick<Core, 'zone'> & { readonly store: Reads; readonly preview: Pick<Preview, 'again'> };

/** 通知, with who has confirmed it by now. */
export async function remakeNotice(core: Remaking, { number }: NoticeRemake, waiting: Waiting): Promise<MadeAgain> {
  const { store } = core;
  const notice = await store.notice(number);
  if (!notice?.targets.some(({ chatId }) => chatId === waiting.chatId)) return { nothing: '通知已不发给这里' };
  if (notice.withdrawn) return { nothing: '通知已撤回或更正' };
  const [receivers, senderName] = await Promise.all([store.noticeReceivers(notice.id), nameOf(store, notice.sender)]);
  const open = !isClosed(notice, waiting.now);
  return { doc: noticeDoc({ ...toldAt(core, waiting), notice, receivers, senderName, chatId: waiting.chatId, open }) };
}

/** Whoever has not confirmed by now: in the direct chat themselves, in the group those whom nothing else reaches. */
export async function remakeReceipt(
  core: Remaking,
  { notice: named }: Extract<AlertRemake, { readonly of: 'receipt' }>,
  waiting: Waiting,
): Promise<MadeAgain> {
  const { store } = core;
  const found = await noticeNamed(store, named);
  if (!found || found.withdrawn || isClosed(found, waiting.now)) return { nothing: '通知已过期' };
  const receipt = await receiptOf({ read: store, preview: core.preview }, found);
  const { notice, receivers } = receipt;
  const told = toldAt(core, waiting);
  if (waiting.isGroup) {
    const others = receivers.filter(
      ({ linked, chatId, confirmedAt }) => !linked && chatId === waiting.chatId && confirmedAt === undefined,
    );
    if (others.length === 0) return { nothing: '都已确认' };
    return { doc: reminderDoc(notice, others, notice.confirmBy ?? waiting.now, told) };
  }
  const own = openFor(receipt, waiting.place);
  if (!own) return { nothing: '已确认' };
  const senderName = await nameOf(store, notice.sender);
  const doc = noticeDoc({ ...told, notice, receivers, senderName, own, open: true });
  return { doc: { ...doc, title: remindTitle(notice), tone: 'soon' } };
}

const toldAt = ({ zone }: Remaking, { now }: Waiting) => ({ zone, today: wallClock(now, zone).date });

async function noticeNamed(
  read: Pick<Reads, 'notice' | 'notices'>,
  named: Extract<AlertRemake, { readonly of: 'receipt' }>['notice'],
): Promise<Notice | undefined> {
  if ('number' in named) return read.notice(named.number);
  const { chatId, nominalAt } = named;
  const nominal = { from: nominalAt, before: nominalAt + 1 };
  return (await read.notices({ chatId, kind: 'push', nominal, since: 0, limit: 1 }))[0];
}
