import { plainDoc } from '../src/cards/plain.ts';
import type { Doc } from '../src/cards/views.ts';
import { describeComing } from '../src/domain/calendar/describe.ts';
import { wallClock } from '../src/domain/calendar/local-date.ts';
import { isClosed, type Notice, type NoticeReceiver, openSince } from '../src/domain/notices/notice.ts';
import { commandsBeside, refusedBeside, withBeside } from '../src/features/notices/beside-receipt.ts';
import { coveredBy } from '../src/features/notices/covered-pushes.ts';
import { NOT_RECEIVED, notReceived, SAYS_NOT_RECEIVED } from '../src/features/notices/not-received.ts';
import {
  noticeCode,
  noticeDoc,
  noticeName,
  noticeSubject,
  receiptDoc,
  spokenCode,
  withdrawnText,
} from '../src/features/notices/notice-card.ts';
import { RECEIVED_PARTS, SAYS_RECEIVED, type SaidNotice } from '../src/features/notices/notice-phrase.ts';
import { chatUnlisted, LOOKED_AT, leavesLater, openForSender } from '../src/features/notices/open-notices.ts';
import { readPushTime } from '../src/features/notices/push-time.ts';
import { openFor, type Receipt, receiptOf } from '../src/features/notices/receipt.ts';
import { correctsReply, isSaidAlready, newsOfWords, wordsKept } from '../src/features/notices/reply-words.ts';
import { type Context, defineCommand, type Outcome, type Situation } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, type FormArgs, may, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { nameOf } from '../src/language/who/account-name.ts';
import { asWritten } from '../src/language/words/as-written.ts';

type Asked = Context<FormArgs<typeof RECEIVED_PARTS>>;

/** More do not fit on a phone. */
const MOST_BUTTONS = 5;

export default defineCommand({
  name: '收到',
  aliases: ['ack', 'received', '签收', '已阅', '已收到', '确认收到'],
  says: [SAYS_NOT_RECEIVED, SAYS_RECEIVED],
  summary: '确认收到通知或日程推送',
  usage: '收到 [编号|日期] [要说的话]',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [],
      when: NOT_RECEIVED,
      examples: ['还没收到', '收到不了'],
      parts: { words: may('text') },
      run: notReceived,
    }),
    deed({
      verbs: [],
      examples: ['收到', '收到 3', '收到 4月20日 08:30', '收到 3 由副主任李某代参加'],
      parts: RECEIVED_PARTS,
      takesQuestions: true,
      run: received,
    }),
  ),
  examples: ['收到', '收到 3', '收到 4月20日'],
});

async function received({ args, ...context }: Asked): Promise<Outcome> {
  const beside = commandsBeside(args.words ?? '', context.commands);
  try {
    return withBeside(await confirmSaid(args, context), beside);
  } catch (error) {
    if (beside.length === 0 || !(error instanceof UserError)) throw error;
    throw refusedBeside(error, beside);
  }
}

async function confirmSaid({ which, words: said }: Asked['args'], context: Situation): Promise<Outcome> {
  if (context.isQuestion) throw new UserError('没有确认：这是在问。看谁没有收到请发送：谁没收到');
  const words = said === undefined ? '' : asWritten(said);
  const notices = which === undefined ? await unnamed(context, words) : await meant(context, which);
  if ('reply' in notices) return notices;
  const [first, ...more] = notices;
  if (!first) throw new UserError('这个时间没有要您确认的推送，请核对日期，例如：收到 4月20日');
  return confirm(context, [first, ...more], words);
}

/** One notice, or the pushes of a day or a time. */
async function meant(context: Situation, said: SaidNotice): Promise<readonly Notice[]> {
  const { read, chat, actor } = context;
  if ('number' in said) {
    const notice = await read.notice(said.number);
    if (notice) return [notice];
    throw new UserError(`没有编号为 ${said.number} 的通知，请核对通知上的编号。`);
  }
  const nominal = readPushTime(said.push, context);
  const of = chat.type === 'group' ? { chatId: chat.chatId } : { receiver: actor.openId };
  return read.notices({ ...of, kind: 'push', nominal, since: 0, limit: LOOKED_AT });
}

/** The one that is answered, else the only one here that the sender has not confirmed; of several it is asked which, and else the newest is. */
async function unnamed(context: Situation, words: string): Promise<readonly [Notice] | Outcome> {
  const { read, chat, actor, now, parentId } = context;
  const answered = parentId === undefined ? undefined : await read.noticeOfMessage(parentId);
  if (answered) return [answered];
  const corrected = correctsReply(words) ? await correctedOf(context, words) : undefined;
  if (corrected) return corrected;
  const open = await openForSender(context);
  const [only, ...more] = open;
  if (only && more.length === 0) return [only];
  if (only) return askWhich(context, open, words);
  const of = chat.type === 'group' ? { chatId: chat.chatId } : { receiver: actor.openId };
  const [newest] = await read.notices({ ...of, since: openSince(now), limit: 1 });
  if (newest && chat.type === 'group' && (await leavesLater(context, newest, chat.chatId)) === undefined)
    return [newest];
  const confirmed = newest ? `${noticeName(newest)} 您已经确认过了。` : '';
  const lost = words === '' ? '' : `没有记下“${words}”。`;
  throw new UserError(
    `${chat.type === 'group' ? '本群最近没有要确认的通知。' : `您没有要确认的通知。${confirmed}`}${lost}`,
    newest && lost !== '' ? [{ label: `记到 ${noticeName(newest)}`, line: lineOf(context, newest, words) }] : [],
  );
}

/** A correction is of the notice that the sender has answered here; of several it is asked which. Undefined when they have answered none. */
async function correctedOf(context: Situation, words: string): Promise<readonly [Notice] | Outcome | undefined> {
  const { read, chat, actor, now } = context;
  const of = chat.type === 'group' ? { chatId: chat.chatId } : { receiver: actor.openId };
  const answered: { readonly notice: Notice; readonly own: NoticeReceiver }[] = [];
  for (const notice of await read.notices({ ...of, since: openSince(now), limit: LOOKED_AT })) {
    const own = (await read.noticeReceivers(notice.id)).find(({ openId }) => openId === actor.openId);
    if (own?.confirmedAt !== undefined && !isClosed(notice, now)) answered.push({ notice, own });
  }
  const worded = answered.filter(({ own }) => own.words);
  const [only, ...more] = (worded.length > 0 ? worded : answered).map(({ notice }) => notice);
  if (!only || more.length === 0) return only && [only];
  return {
    reply: plainDoc('更正哪一条', `没有记下“${words}”：您回过 ${more.length + 1} 条通知，请选是哪一条。`, {
      tone: 'soon',
      buttons: [only, ...more].slice(0, MOST_BUTTONS).map((notice) => ({
        label: `更正 ${noticeName(notice)}`,
        press: { v: 1, op: 'run', query: lineOf(context, notice, words), page: 1 },
      })),
    }),
  };
}

const lineOf = ({ zone }: Situation, notice: Notice, words: string): string =>
  `收到 ${noticeCode(notice, { zone })} ${words}`.trim();

/** The words go along with whichever button is pressed. */
function askWhich(context: Situation, open: readonly Notice[], words: string): Outcome {
  const { zone } = context;
  const shown = open.slice(0, MOST_BUTTONS);
  const listed = shown.map((notice) => `${spokenCode(notice, { zone })} ${notice.words.slice(0, 16)}`);
  const which = shown.slice(0, 1).map((notice) => `例如：收到 ${spokenCode(notice, { zone })}`);
  const sentence = `您有 ${open.length} 条通知没有确认：${listed.join('；')}。请写编号，${which.join('')}`;
  return {
    reply: plainDoc('收到哪一条', sentence, {
      tone: 'soon',
      buttons: shown.map((notice) => ({
        label: `收到 ${spokenCode(notice, { zone })}`,
        press: { v: 1, op: 'run', query: lineOf(context, notice, words), page: 1 },
      })),
    }),
  };
}

/** Of several pushes those that wait for the sender; what is refused is said of the newest. */
async function confirm(context: Situation, notices: readonly [Notice, ...Notice[]], words: string): Promise<Outcome> {
  const { actor, now } = context;
  const receipts = await Promise.all(notices.map((notice) => receiptOf(context, notice)));
  const waiting = receipts.filter((receipt) => openFor(receipt, actor.openId) && !isClosed(receipt.notice, now));
  const [receipt = { notice: notices[0], receivers: [] }, ...others] = waiting.length > 0 ? waiting : receipts;
  const own = receipt.receivers.find(({ openId }) => openId === actor.openId);
  const name = noticeName(receipt.notice);
  if (receipt.notice.withdrawn) throw new UserError(`${withdrawnText(receipt.notice)}，不用确认。`);
  if (own?.confirmedAt !== undefined && (words === '' || isSaidAlready(own, words)))
    return { reply: plainDoc('已经确认过', `${name} 您已经确认过了，不用再确认。`, { tone: 'muted' }) };
  await refuseOver(context, receipt.notice);
  const chatId = await chatOf(context, receipt, own);
  const leaves = await leavesLater(context, receipt.notice, chatId);
  if (leaves !== undefined) {
    const when = describeComing(wallClock(leaves, context.zone), context.today);
    throw new UserError(`${name} 还没有发出，${when} 发，收到以后再确认。`);
  }
  const also = [...(waiting.length > 0 ? others : []), ...(await coveredBy(context, receipt.notice))];
  const distinct = new Map(also.map((one) => [one.notice.id, one.notice]));
  return confirmed(context, receipt, { own, chatId, words, also: [...distinct.values()] });
}

interface Confirming {
  readonly own: NoticeReceiver | undefined;
  readonly chatId: string;
  readonly words: string;
  /** The same push in other groups, where the sender is asked as well. */
  readonly also: readonly Notice[];
}

async function confirmed(
  context: Situation,
  receipt: Receipt,
  { own, chatId, words, also }: Confirming,
): Promise<Outcome> {
  const { read, chat, actor, now } = context;
  const { openId, people } = actor;
  const { notice, pushed } = receipt;
  const person: NoticeReceiver = {
    ...(own ?? { openId, chatId, name: people[0]?.name ?? '', linked: people.length > 0 }),
    unit: own?.unit ?? people[0]?.unit,
    confirmedAt: own?.confirmedAt ?? now,
    words: wordsKept(own, words),
  };
  const late = notice.confirmBy !== undefined && now > notice.confirmBy;
  const receivers = [...receipt.receivers.filter((receiver) => receiver.openId !== openId), person];
  const news = `已记下：您收到了${noticeName(notice)}${late ? '（晚于要求的时间）' : ''}。${newsOfWords(own, words)}`;
  const waiting = correctsReply(words) ? (await openForSender(context)).filter(({ id }) => id !== notice.id) : [];
  const view = { ...context, notice, receivers, senderName: await nameOf(read, notice.sender), open: true, news };
  const card = () => {
    if (chat.type === 'p2p') return noticeDoc({ ...view, own: person });
    const inChat = { ...view, chatId: chat.chatId };
    return pushed ? receiptDoc(pushed.doc, inChat) : noticeDoc(inChat);
  };
  const all = [notice, ...also];
  return {
    // A group is not shown the whole notice again for each 收到 that is typed; its card is brought up to date anyway.
    reply: context.pressed ? card() : typedDoc(context, news, waiting),
    changes: all.map(({ id, targets }) => ({
      kind: 'notice.confirmed' as const,
      noticeId: id,
      openId,
      name: person.name,
      at: now,
      chatId: id === notice.id ? chatId : (targets[0]?.chatId ?? chatId),
      ...(id === notice.id && { words, ...(correctsReply(words) && { corrects: true as const }) }),
    })),
    audit: all.map((one) => ({
      action: 'notice.confirmed',
      subject: one.id,
      after: `${one.push ? one.words : noticeName(one)}${words === '' || one.id !== notice.id ? '' : `：${words}`}`,
    })),
    refresh: all.map(noticeSubject),
  };
}

/** What still waits beside the notice whose answer was corrected. */
const typedDoc = ({ zone }: Situation, news: string, waiting: readonly Notice[]): Doc =>
  plainDoc('已收到', news, {
    tone: 'done',
    lines: waiting.slice(0, 1).map((notice) => `${noticeName(notice)} 还没有确认。`),
    buttons: waiting.slice(0, 1).map((notice) => ({
      label: `收到 ${spokenCode(notice, { zone })}`,
      press: { v: 1, op: 'run', query: `收到 ${noticeCode(notice, { zone })}`, page: 1 },
    })),
  });

/** What is over counts no more; and whoever has left the service answers for nothing, in the group still or not. */
async function refuseOver({ actor, now, zone, read }: Situation, notice: Notice): Promise<void> {
  const name = noticeName(notice);
  if (isClosed(notice, now))
    throw new UserError(
      notice.push
        ? `${name} 是以前的推送，已经过去，不用再确认。看现在的安排请发送：日程`
        : `${name} 是 ${wallClock(notice.sentAt, zone).date.slice(0, 4)} 年发的，已过期，不再统计。`,
    );
  if (actor.people.length === 0 && (await read.hasLeft(actor.openId)))
    throw new UserError(`您已登记离任，${name} 不用您确认。如有变动请联系管理员。`);
}

/** Whoever is in a group that a notice was sent to may confirm it; elsewhere only who was in one of them, and is still in the address book. */
async function chatOf(
  context: Situation,
  { notice, pushed }: Receipt,
  own: NoticeReceiver | undefined,
): Promise<string> {
  const { chat, actor } = context;
  const name = noticeName(notice);
  const isHere = chat.type === 'group' && notice.targets.some(({ chatId }) => chatId === chat.chatId);
  if (notice.push && !own && !(isHere && pushed?.asked.includes(actor.openId)))
    throw new UserError(
      `${name} 只要卡片上点到名的人员确认，您不用确认。${actor.people.length > 0 ? '' : '如果点到了您，请先发送：我是 姓名'}`,
    );
  if (isHere) return chat.chatId;
  const unlisted = own ? undefined : await chatUnlisted(context, notice);
  if (unlisted !== undefined) return unlisted;
  if (!own) throw new UserError(`您不在${name} 的接收名单里，不用确认。`);
  if (chat.type === 'p2p' && actor.people.length === 0)
    throw new UserError(`您已不在单位通讯录里，${name} 不用您确认。如有变动请联系管理员。`);
  return own.chatId;
}
