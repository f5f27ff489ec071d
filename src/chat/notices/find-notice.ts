import { type Notice, openSince } from '../../domain/work/notice.ts';
import { may } from '../../domain/work/rights.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { reachable, requireRight } from '../rights.ts';
import type { PushTime } from './push-time.ts';
import { openFor, type Receipt, receiptOf } from './receipt.ts';

type Asking = Omit<Context<never>, 'args'>;

/** A notice by its number, pushes by their day or time, or the latest that is to be confirmed. */
export interface Meant {
  readonly number?: number | undefined;
  readonly push?: PushTime | undefined;
}

/** More pushes than these nobody asks for at once: all groups of a city. */
const PUSHES = 300;

/** What the line means, in this chat; in a direct chat the pushes of several groups are one. */
export async function noticeMeant(context: Asking, { number, push }: Meant): Promise<Receipt> {
  if (push) return pushesMeant(context, push);
  const { read, chat, actor, now } = context;
  const grouped = chat.type === 'group';
  const own = grouped ? { chatId: chat.chatId } : { sender: actor.openId };
  const notice =
    number === undefined
      ? (await read.notices({ ...own, since: openSince(now), limit: 1 }))[0]
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

async function pushesMeant(context: Asking, time: PushTime): Promise<Receipt> {
  const { read, chat, actor } = context;
  const of = { kind: 'push', nominal: time, since: 0, limit: PUSHES } as const;
  if (chat.type === 'group') {
    const [newest] = await read.notices({ ...of, chatId: chat.chatId });
    if (newest) return receiptOf(context, newest);
    throw new UserError('这个时间本群没有要确认的推送，请核对日期，例如：谁没收到 4月20日');
  }
  const own = await read.notices({ ...of, receiver: actor.openId });
  const receipts = await Promise.all(own.map((notice) => receiptOf(context, notice)));
  const mine = receipts.find((receipt) => openFor(receipt, actor.openId)) ?? receipts[0];
  const all = await read.notices(of);
  if (all.length === 0) throw new UserError('这个时间没有要确认的推送，请核对日期，例如：谁没收到 4月20日');
  const nameOf = ({ targets }: Notice) => targets[0]?.group ?? '';
  const seen = await reachable(context, 'notice.unconfirmed', all, ({ targets }) => targets[0]?.unit?.id);
  const [first, ...more] = seen.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  if (!first) {
    if (mine) return mine;
    await requireRight(context, 'notice.unconfirmed', concerns(all[0]));
  }
  if (!first) throw new UserError('这个时间没有您可以看的推送。');
  const overseen = [await receiptOf(context, first)];
  for (const notice of more) overseen.push(await receiptOf(context, notice));
  return {
    notice: { ...first, targets: overseen.flatMap(({ notice }) => notice.targets) },
    receivers: overseen.flatMap(({ receivers }) => receivers),
  };
}

const concerns = (notice: Notice | undefined) => ({
  unitIds: notice?.targets.flatMap(({ unit }) => unit?.id ?? []) ?? [],
  author: notice?.sender,
});

/** Requires, in a direct chat, what a group's own members need no right for. */
export async function requireOversight(context: Asking, notice: Notice): Promise<void> {
  if (context.chat.type === 'p2p' && !(await overlooks(context, notice)))
    await requireRight(context, 'notice.unconfirmed', concerns(notice));
}

export async function overlooks({ actor, read }: Asking, notice: Notice): Promise<boolean> {
  const item = concerns(notice);
  return may(actor, 'notice.unconfirmed', { ...item, above: await read.unitsAbove(item.unitIds) });
}
