import { plainDoc } from '../src/cards/plain.ts';
import { describeComing } from '../src/domain/calendar/describe.ts';
import { type Instant, wallClock } from '../src/domain/calendar/local-date.ts';
import { isClosed, type Notice, type NoticeReceiver, openSince } from '../src/domain/notices/notice.ts';
import { coveredBy } from '../src/features/notices/covered-pushes.ts';
import { unsentOf } from '../src/features/notices/leaving.ts';
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
import { chatUnlisted, LOOKED_AT, openNotices } from '../src/features/notices/open-notices.ts';
import { readPushTime } from '../src/features/notices/push-time.ts';
import { openFor, type Receipt, receiptOf } from '../src/features/notices/receipt.ts';
import { type Context, defineCommand, type Outcome, type Situation } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, type FormArgs } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { nameOf } from '../src/language/who/account-name.ts';
import { asWritten } from '../src/language/words/as-written.ts';

type Asked = Context<FormArgs<typeof RECEIVED_PARTS>>;

/** More do not fit on a phone. */
const MOST_BUTTONS = 5;

export default defineCommand({
  name: '收到',
  aliases: ['ack', 'received', '签收', '已阅', '已收到', '确认收到'],
  says: [SAYS_RECEIVED],
  summary: '确认收到通知或日程推送',
  usage: '收到 [编号|日期] [要说的话]',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(
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

async function received({ args: { which, words: said }, ...context }: Asked): Promise<Outcome> {
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
  const open = chat.type === 'group' ? await openHere(context) : await openNotices(context);
  const [only, ...more] = open;
  if (only && more.length === 0) return [only];
  if (only) return askWhich(context, open, words);
  const of = chat.type === 'group' ? { chatId: chat.chatId } : { receiver: actor.openId };
  const [newest] = await read.notices({ ...of, since: openSince(now), limit: 1 });
  if (newest && chat.type === 'group' && (await leavesLater(context, newest, chat.chatId)) === undefined)
    return [newest];
  const confirmed = newest ? `${noticeName(newest)} 您已经确认过了。` : '';
  throw new UserError(chat.type === 'group' ? '本群最近没有要确认的通知。' : `您没有要确认的通知。${confirmed}`);
}

/** Of this group: a notice is for whoever reads it there. */
async function openHere(context: Situation): Promise<readonly Notice[]> {
  const { read, chat, actor, now } = context;
  const open: Notice[] = [];
  for (const notice of await read.notices({ chatId: chat.chatId, since: openSince(now), limit: LOOKED_AT })) {
    if (isClosed(notice, now) || (await leavesLater(context, notice, chat.chatId)) !== undefined) continue;
    const receipt = await receiptOf(context, notice);
    const isKnown = receipt.receivers.some(({ openId }) => openId === actor.openId);
    // A push is for those whom it names.
    if (openFor(receipt, actor.openId) || (!isKnown && !notice.push)) open.push(notice);
  }
  return open;
}

/** When a notice leaves to a group that has not got it yet: what nobody has received is confirmed by nobody. */
const leavesLater = async (context: Situation, notice: Notice, chatId: string): Promise<Instant | undefined> =>
  (await unsentOf(context, noticeSubject(notice))).get(chatId);

/** The words go along with whichever button is pressed. */
function askWhich({ zone }: Situation, open: readonly Notice[], words: string): Outcome {
  const shown = open.slice(0, MOST_BUTTONS);
  const listed = shown.map((notice) => `${spokenCode(notice, { zone })} ${notice.words.slice(0, 16)}`);
  const which = shown.slice(0, 1).map((notice) => `例如：收到 ${spokenCode(notice, { zone })}`);
  const sentence = `您有 ${open.length} 条通知没有确认：${listed.join('；')}。请写编号，${which.join('')}`;
  return {
    reply: plainDoc('收到哪一条', sentence, {
      tone: 'soon',
      buttons: shown.map((notice) => ({
        label: `收到 ${spokenCode(notice, { zone })}`,
        press: { v: 1, op: 'run', query: `收到 ${noticeCode(notice, { zone })} ${words}`.trim(), page: 1 },
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
  if (own?.confirmedAt !== undefined && words === '')
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
    ...(words !== '' && { words }),
  };
  const late = notice.confirmBy !== undefined && now > notice.confirmBy;
  const receivers = [...receipt.receivers.filter((receiver) => receiver.openId !== openId), person];
  const kept = words === '' ? '' : `您说的话一并记下：${words}`;
  const news = `已记下：您收到了${noticeName(notice)}${late ? '（晚于要求的时间）' : ''}。${kept}`;
  const view = { ...context, notice, receivers, senderName: await nameOf(read, notice.sender), open: true, news };
  const card = () => {
    if (chat.type === 'p2p') return noticeDoc({ ...view, own: person });
    const inChat = { ...view, chatId: chat.chatId };
    return pushed ? receiptDoc(pushed.doc, inChat) : noticeDoc(inChat);
  };
  const all = [notice, ...also];
  return {
    // A group is not shown the whole notice again for each 收到 that is typed; its card is brought up to date anyway.
    reply: context.pressed ? card() : plainDoc('已收到', news, { tone: 'done' }),
    changes: all.map(({ id, targets }) => ({
      kind: 'notice.confirmed' as const,
      noticeId: id,
      openId,
      name: person.name,
      at: now,
      chatId: id === notice.id ? chatId : (targets[0]?.chatId ?? chatId),
      ...(id === notice.id && { words }),
    })),
    audit: all.map((one) => ({
      action: 'notice.confirmed',
      subject: one.id,
      after: `${one.push ? one.words : noticeName(one)}${words === '' || one.id !== notice.id ? '' : `：${words}`}`,
    })),
    refresh: all.map(noticeSubject),
  };
}

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
