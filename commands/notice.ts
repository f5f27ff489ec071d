import { missingDoc, noticeDoc, noticesDoc } from '../src/cards/notice.ts';
import { plainDoc } from '../src/cards/plain.ts';
import { nameOf } from '../src/chat/account-name.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { noticeGroups } from '../src/chat/notices/notice-groups.ts';
import { type NoticePhrase, readNoticePhrase } from '../src/chat/notices/notice-phrase.ts';
import { wordings } from '../src/chat/phrases.ts';
import { requireRight } from '../src/chat/rights.ts';
import { slots } from '../src/chat/slots.ts';
import type { WorkGroup } from '../src/domain/work/group.ts';
import { isClosed, type Notice, openSince, remindAt } from '../src/domain/work/notice.ts';
import { may, mayAnywhere } from '../src/domain/work/rights.ts';

const args = slots.pick({ rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;
type Sending = Extract<NoticePhrase, { verb: 'send' }>;

const MAX_WORDS = 1_000;
const LISTED = 10;
/** What a button can carry. */
const MAX_QUERY = 500;

export default defineCommand({
  name: '通知',
  ...wordings.通知,
  summary: '发通知并统计收到；看谁没收到',
  usage: '通知 内容 [截止 时间] · 通知 群或单位：内容 · 谁没收到 [编号]',
  examples: ['通知 明天9点在一楼开会 截止 今天 17:00', '通知', '谁没收到'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const { args, chat } = context;
    const phrase = readNoticePhrase(args.rest, chat.type === 'group', context);
    switch (phrase.verb) {
      case 'list':
        return list(context);
      case 'show':
        return show(context, await meant(context, phrase.number));
      case 'missing':
        return missing(context, await meant(context, phrase.number));
      case 'send':
        return send(context, phrase);
    }
  },
});

/** The notice of the number, or the latest of this chat, or of this sender. */
async function meant({ read, chat, actor, now }: Ask, number: number | undefined): Promise<Notice> {
  const grouped = chat.type === 'group';
  const notice =
    number === undefined
      ? (
          await read.notices({
            ...(grouped ? { chatId: chat.chatId } : { sender: actor.openId }),
            since: openSince(now),
            limit: 1,
          })
        )[0]
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
  return notice;
}

async function list({ read, chat, actor, now, zone, today }: Ask): Promise<Outcome> {
  const since = openSince(now);
  const found =
    chat.type === 'group'
      ? await read.notices({ chatId: chat.chatId, since, limit: LISTED })
      : [
          ...(await read.notices({ sender: actor.openId, since, limit: LISTED })),
          ...(await read.notices({ receiver: actor.openId, since, limit: LISTED })),
        ];
  const notices = [...new Map(found.map((notice) => [notice.number, notice])).values()].slice(0, LISTED);
  const counted = await Promise.all(
    notices.map(async (notice) => ({
      notice,
      receivers: (await read.noticeReceivers(notice.id)).filter(
        ({ chatId }) => chat.type === 'p2p' || chatId === chat.chatId,
      ),
    })),
  );
  return { reply: noticesDoc(counted, { zone, today }) };
}

/** A group sees its own members, a receiver their own state, the sender and the supervision office all. */
async function show(context: Ask, notice: Notice): Promise<Outcome> {
  const { read, chat, actor, now } = context;
  const receivers = await read.noticeReceivers(notice.id);
  const view = {
    ...context,
    notice,
    receivers,
    senderName: await nameOf(read, notice.sender),
    open: !isClosed(notice, now),
  };
  if (chat.type === 'group') return { reply: noticeDoc({ ...view, chatId: chat.chatId }) };
  if (await overlooks(context, notice)) return { reply: noticeDoc({ ...view, open: false }) };
  const own = receivers.find(({ openId }) => openId === actor.openId);
  if (!own) throw new UserError(`这里没有编号为 ${notice.number} 的通知。`);
  return { reply: noticeDoc({ ...view, own }) };
}

async function missing(context: Ask, notice: Notice): Promise<Outcome> {
  const { read, chat, now } = context;
  if (chat.type === 'p2p' && !(await overlooks(context, notice)))
    await requireRight(context, 'notice.unconfirmed', await concerns(notice));
  const receivers = await read.noticeReceivers(notice.id);
  const chatId = chat.type === 'group' ? chat.chatId : undefined;
  return { reply: missingDoc({ ...context, notice, receivers, chatId, open: !isClosed(notice, now) }) };
}

const concerns = async (notice: Notice) => ({
  unitIds: notice.targets.flatMap(({ unit }) => unit?.id ?? []),
  author: notice.sender,
});

async function overlooks({ actor, read }: Ask, notice: Notice): Promise<boolean> {
  const item = await concerns(notice);
  return may(actor, 'notice.unconfirmed', { ...item, above: await read.unitsAbove(item.unitIds) });
}

async function send(context: Ask, said: Sending): Promise<Outcome> {
  const { chat, actor, read, ids, now, zone } = context;
  if (!mayAnywhere(actor, 'notice.send')) await requireRight(context, 'notice.send');
  if (said.words === '') throw new UserError('请写通知内容，例如：通知 明天9点在一楼开会 截止 今天 17:00');
  if (said.words.length > MAX_WORDS)
    throw new UserError(`通知写得太长了：${said.words.length} 字，最多 ${MAX_WORDS} 字。长的材料请另发文件。`);
  const { groups, expanded } = await receiving(context, said);
  for (const { unit } of groups) await requireRight(context, 'notice.send', unit && { unitIds: [unit.id] });
  if (expanded && !said.confirmed) return { reply: previewDoc(said, groups) };
  const notice = {
    ...{ id: ids.next('notice'), number: await read.nextNoticeNumber(), words: said.words },
    ...{ sender: actor.openId, sentAt: now, confirmBy: said.confirmBy },
  };
  const targets = groups.map(({ chatId, name, unit }) => ({ chatId, group: name, unit, known: false }));
  const view = {
    ...context,
    ...{
      notice: { ...notice, targets, version: 1 },
      receivers: [],
      senderName: await nameOf(read, actor.openId),
      open: true,
    },
  };
  const doc = (chatId: string) => noticeDoc({ ...view, chatId });
  const names = groups.map(({ name, unit }) => name || unit?.name || '').join('、');
  return {
    reply:
      chat.type === 'group'
        ? doc(chat.chatId)
        : plainDoc('已发通知', `通知 ${notice.number} 已发到 ${groups.length} 个群：${names}。`, {
            tone: 'done',
            lines: [`看确认情况请发送：谁没收到 ${notice.number}`],
          }),
    changes: [
      {
        kind: 'notice.sent',
        notice,
        remindAt: said.confirmBy === undefined ? undefined : remindAt(now, said.confirmBy, zone),
        chatIds: groups.map(({ chatId }) => chatId),
      },
    ],
    audit: [{ action: 'notice.sent', subject: notice.id, after: `通知 ${notice.number}：${said.words}` }],
    notices: groups
      .filter(({ chatId }) => chatId !== chat.chatId)
      .map(({ chatId }) => ({ to: { chatId }, doc: doc(chatId) })),
  };
}

/** In a group the group itself; in a direct chat the groups that are written before the colon. */
async function receiving(
  context: Ask,
  said: Sending,
): Promise<{ readonly groups: readonly WorkGroup[]; readonly expanded: boolean }> {
  const { chat } = context;
  if (chat.type === 'group') return { groups: chat.group ? [chat.group] : [], expanded: false };
  if (said.to.length === 0)
    throw new UserError('请先写发给哪个群或单位，例如：通知 望海区：明天9点开会；发给全部：通知 全部群：内容');
  return noticeGroups(said.to, context);
}

/** 各县区 and 全部群 are shown before anything is sent. */
function previewDoc(said: Sending, groups: readonly WorkGroup[]) {
  const names = groups.map(({ name, unit }) => name || unit?.name || '').join('、');
  return plainDoc('请确认后发送', `将发到 ${groups.length} 个群：${names}。`, {
    tone: 'soon',
    lines: [said.words],
    ...(said.again.length <= MAX_QUERY
      ? {
          buttons: [
            {
              label: '发送',
              style: 'primary' as const,
              press: { v: 1, op: 'run', query: said.again, page: 1 } as const,
            },
          ],
        }
      : {}),
    note: '也可以在“通知”后面加上“确认”再发一次。',
  });
}
