import { type Notice, openSince } from '../../domain/notices/notice.ts';
import { reachOf } from '../../domain/people/rights.ts';
import type { Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { reachable, requireRight } from '../../language/who/rights.ts';
import type { PushTime } from './push-time.ts';
import { openFor, type Receipt, receiptOf } from './receipt.ts';

/** A notice by its number, pushes by their day or time, or the latest that is to be confirmed. */
export interface Meant {
  readonly number?: number | undefined;
  readonly push?: PushTime | undefined;
}

/** More pushes than these nobody asks for at once: all groups of a city. */
const PUSHES = 300;

/** What the line means, in this chat; `own`: what concerns the sender comes first. */
export async function noticeMeant(context: Situation, { number, push }: Meant, own = false): Promise<Receipt> {
  if (push) return pushesMeant(context, push, own);
  const { read, chat, actor, now } = context;
  const grouped = chat.type === 'group';
  const ofChat = grouped ? { chatId: chat.chatId } : { sender: actor.openId };
  const notice =
    number === undefined
      ? (await read.notices({ ...ofChat, since: openSince(now), limit: 1 }))[0]
      : await read.notice(number);
  const here =
    notice &&
    (!grouped || notice.targets.some(({ chatId }) => chatId === chat.chatId) || notice.sender === actor.openId);
  if (!notice || !here)
    throw new UserError(
      number === undefined
        ? '最近没有发过要确认的通知。发送“通知”看写法。'
        : `这里没有编号为 ${number} 的通知。发送“通知”看最近的通知。`,
    );
  return receiptOf(context, notice);
}

/** In a direct chat one's own push, where the sender's own state is asked for; else those of all groups that they oversee, as one. */
async function pushesMeant(context: Situation, time: PushTime, own: boolean): Promise<Receipt> {
  const { read, chat, actor } = context;
  const of = { kind: 'push', nominal: time, since: 0, limit: PUSHES } as const;
  if (chat.type === 'group') {
    const [newest] = await read.notices({ ...of, chatId: chat.chatId });
    if (newest) return receiptOf(context, newest);
    throw new UserError('这个时间本群没有要确认的推送，请核对日期，例如：谁没收到 4月20日');
  }
  const mine = own ? await read.notices({ ...of, receiver: actor.openId }) : [];
  const receipts = await Promise.all(mine.map((notice) => receiptOf(context, notice)));
  const [first] = receipts;
  if (first) return receipts.find((receipt) => openFor(receipt, actor.openId)) ?? first;
  return overseen(context, await read.notices(of));
}

async function overseen(context: Situation, pushes: readonly Notice[]): Promise<Receipt> {
  const [any] = pushes;
  if (!any) throw new UserError('这个时间没有要确认的推送，请核对日期，例如：谁没收到 4月20日');
  const seen = await reachable(context, 'notice.unconfirmed', pushes, ({ targets }) => targets[0]?.unit?.id);
  // Refused with the sentence of the table of rights.
  if (seen.length === 0) await requireRight(context, 'notice.unconfirmed', concerns(any));
  const nameOf = ({ targets }: Notice) => targets[0]?.group ?? '';
  const inOrder = seen.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const receipts = await Promise.all(inOrder.map((notice) => receiptOf(context, notice)));
  return {
    notice: { ...(inOrder[0] ?? any), targets: receipts.flatMap(({ notice }) => notice.targets) },
    receivers: receipts.flatMap(({ receivers }) => receivers),
  };
}

const concerns = (notice: Notice) => ({
  unitIds: notice.targets.flatMap(({ unit }) => unit?.id ?? []),
  author: notice.sender,
});

/** As much of it as somebody may see who asks for it in a direct chat; a group's own members need no right. */
export async function requireOversight(context: Situation, receipt: Receipt): Promise<Receipt> {
  if (context.chat.type === 'group') return receipt;
  const seen = await overseenPart(context, receipt);
  if (!seen) await requireRight(context, 'notice.unconfirmed', concerns(receipt.notice));
  return seen ?? receipt;
}

/** All of it for whoever sent it or oversees all units, else what was sent to the units that the asker's roles reach. */
export async function overseenPart(context: Situation, receipt: Receipt): Promise<Receipt | undefined> {
  const { notice, receivers } = receipt;
  const { actor } = context;
  if (notice.sender === actor.openId || reachOf(actor, 'notice.unconfirmed') === 'everywhere') return receipt;
  const targets = await reachable(context, 'notice.unconfirmed', notice.targets, ({ unit }) => unit?.id);
  const chatIds = targets.map(({ chatId }) => chatId);
  return targets.length > 0
    ? {
        ...receipt,
        notice: { ...notice, targets },
        receivers: receivers.filter(({ chatId }) => chatIds.includes(chatId)),
      }
    : undefined;
}
