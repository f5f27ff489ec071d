import { noticeDoc, noticeSubject } from '../src/cards/notice.ts';
import { plainDoc } from '../src/cards/plain.ts';
import { nameOf } from '../src/chat/account-name.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { slots } from '../src/chat/slots.ts';
import { isClosed, type Notice, type NoticeReceiver, openSince } from '../src/domain/work/notice.ts';

const args = slots.pick({ rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;

/** More open notices than this nobody has. */
const LOOKED_AT = 20;

export default defineCommand({
  name: '收到',
  ...wordings.收到,
  summary: '确认收到通知',
  usage: '收到 [编号]',
  examples: ['收到', '收到 3'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const rest = context.args.rest.replace(/^(?:了|通知|第)+|[号条。!！,，\s]|谢谢|马上办|照办|遵照执行/g, '');
    if (rest !== '' && !/^\d{1,6}$/.test(rest))
      throw new UserError(`没有看懂“${context.args.rest.slice(0, 20)}”。确认通知请发送：收到，或 收到 编号。`);
    const notice = rest === '' ? await latest(context) : await numbered(context, Number(rest));
    return confirm(context, notice);
  },
});

async function numbered({ read }: Ask, number: number): Promise<Notice> {
  const notice = await read.notice(number);
  if (notice) return notice;
  throw new UserError(`没有编号为 ${number} 的通知，请核对通知上的编号。`);
}

/** The one that is answered, else the newest of this chat that the sender has not confirmed, else the newest. */
async function latest({ read, chat, actor, now, parentId }: Ask): Promise<Notice> {
  const answered = parentId === undefined ? undefined : await read.noticeOfMessage(parentId);
  if (answered) return answered;
  const of = chat.type === 'group' ? { chatId: chat.chatId } : { receiver: actor.openId };
  const recent = await read.notices({ ...of, since: openSince(now), limit: LOOKED_AT });
  const open: Notice[] = [];
  for (const notice of recent) {
    if (isClosed(notice, now)) continue;
    const own = (await read.noticeReceivers(notice.id)).find(({ openId }) => openId === actor.openId);
    if (own?.confirmedAt === undefined) open.push(notice);
  }
  const [only, ...more] = open;
  if (only && more.length === 0) return only;
  if (only) {
    const listed = open.slice(0, 5).map(({ number, words }) => `${number} ${words.slice(0, 16)}`);
    throw new UserError(
      `您有 ${open.length} 条通知没有确认：${listed.join('；')}。请写编号，例如：收到 ${only.number}`,
    );
  }
  const [newest] = recent;
  if (newest) return newest;
  throw new UserError(chat.type === 'group' ? '本群最近没有要确认的通知。' : '您没有要确认的通知。');
}

async function confirm(context: Ask, notice: Notice): Promise<Outcome> {
  const { read, chat, actor, now } = context;
  const receivers = await read.noticeReceivers(notice.id);
  const own = receivers.find(({ openId }) => openId === actor.openId);
  if (own?.confirmedAt !== undefined)
    return { reply: plainDoc('已经确认过', `通知 ${notice.number} 您已经确认过了，不用再确认。`, { tone: 'muted' }) };
  if (isClosed(notice, now))
    throw new UserError(
      `通知 ${notice.number} 是 ${new Date(notice.sentAt).getUTCFullYear()} 年发的，已过期，不再统计。`,
    );
  const chatId = chatOf(context, notice, own);
  const confirmed: NoticeReceiver = {
    ...(own ?? { openId: actor.openId, chatId, name: actor.people[0]?.name ?? '', linked: actor.people.length > 0 }),
    unit: own?.unit ?? actor.people[0]?.unit,
    confirmedAt: now,
  };
  const late = notice.confirmBy !== undefined && now > notice.confirmBy;
  const after = [...receivers.filter(({ openId }) => openId !== actor.openId), confirmed];
  const news = `已记下：您收到了通知 ${notice.number}${late ? '（晚于要求的时间）' : ''}。`;
  const view = {
    ...context,
    notice,
    receivers: after,
    senderName: await nameOf(read, notice.sender),
    open: true,
    news,
  };
  const card = () => noticeDoc({ ...view, ...(chat.type === 'group' ? { chatId: chat.chatId } : { own: confirmed }) });
  return {
    // A group is not shown the whole notice again for each 收到 that is typed; its card is brought up to date anyway.
    reply: context.pressed ? card() : plainDoc('已收到', news, { tone: 'done' }),
    changes: [
      { kind: 'notice.confirmed', noticeId: notice.id, openId: actor.openId, chatId, name: confirmed.name, at: now },
    ],
    audit: [{ action: 'notice.confirmed', subject: notice.id, after: `通知 ${notice.number}` }],
    refresh: [noticeSubject(notice)],
  };
}

/** Whoever is in a group that it was sent to may confirm it; elsewhere only who was in one of them, and is still in the address book. */
function chatOf({ chat, actor }: Ask, notice: Notice, own: NoticeReceiver | undefined): string {
  if (chat.type === 'group' && notice.targets.some(({ chatId }) => chatId === chat.chatId)) return chat.chatId;
  if (!own) throw new UserError(`您不在通知 ${notice.number} 的接收名单里，不用确认。`);
  if (chat.type === 'p2p' && actor.people.length === 0)
    throw new UserError(`您已不在单位通讯录里，通知 ${notice.number} 不用您确认。如有变动请联系管理员。`);
  return own.chatId;
}
