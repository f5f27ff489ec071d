import { isClosed, type Notice, openSince } from '../src/domain/notices/notice.ts';
import { type Meant, noticeMeant, overseenPart, requireOversight } from '../src/features/notices/find-notice.ts';
import { unsentOf } from '../src/features/notices/leaving.ts';
import {
  missingDoc,
  noticeDoc,
  noticeName,
  noticeSubject,
  noticesDoc,
  receiptDoc,
  spokenCode,
} from '../src/features/notices/notice-card.ts';
import {
  isOfNotice,
  LIST,
  MISSING,
  OF_NOTICE_PARTS,
  ONE,
  ONE_PARTS,
  SEND_PARTS,
  type SendArgs,
} from '../src/features/notices/notice-phrase.ts';
import { DOCUMENTS } from '../src/features/notices/passed-on.ts';
import { readPushTime } from '../src/features/notices/push-time.ts';
import { receiptOf } from '../src/features/notices/receipt.ts';
import { sendNotice } from '../src/features/notices/send-notice.ts';
import { changeNotice } from '../src/features/notices/take-back.ts';
import { saidOfNotice } from '../src/features/notices/taking-back.ts';
import { type Context, defineCommand, type Outcome, type Situation } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, type FormArgs, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { nameOf } from '../src/language/who/account-name.ts';

type Asked = Context<FormArgs<typeof ONE_PARTS>>;

const LISTED = 10;
const meantBy = ({ args: { one }, ...context }: Asked): Meant =>
  one && 'push' in one ? { push: readPushTime(one.push, context) } : { number: one?.number };

export default defineCommand({
  name: '通知',
  aliases: ['notice', 'tz', '公告', '发通知'],
  says: [
    /^(?:谁|哪些人|哪些单位|哪些|哪个单位|几个单位|还有谁)(?:还|都)?(?:没有?|未)(?:有)?(?:收到|签收|回复|确认|已读|看)(?:的|通知)?[\d\-月日号今昨天:]*$/,
    /^未(?:收到|签收|确认)(?:名单|的人)?\d{0,6}$|^(?:收到|签收|确认)情况[\d\-月日号今昨天:]*$/,
    /^(?:请|把)*(?:撤回|撤销|收回|取消|作废|更正|修改|删除)(?:一下|刚才|刚刚|刚发|那|这|上|一|条|个|的|发|出)*通知(?:.{0,12}?\d{1,6}.*)?[了吧吗]?$/s,
  ],
  takesLines: () => true,
  headsDocuments: true,
  redirects: [
    ...DOCUMENTS,
    {
      about: '会议',
      words: ['会议', '开会', '调度会', '推进会', 'meeting'],
      answer: '通知开会请发送：通知 周四下午三点在区教育局三楼开调度会 截止 明天 17:00。',
    },
  ],
  summary: '发通知并统计收到；看谁没收到',
  usage: '通知 内容 [截止 时间] · 通知 群或单位：内容 · 谁没收到 [编号] · 撤回通知 编号 · 通知 更正 编号 内容',
  files: 'text',
  allow: 'member',
  where: ['group', 'p2p'],
  ...inForms(
    question({ verbs: [LIST], examples: ['通知'], parts: {}, run: list }),
    question({
      verbs: [MISSING],
      examples: ['谁没收到', '谁没收到 3'],
      parts: ONE_PARTS,
      run: async (context) => missing(context, meantBy(context)),
    }),
    question({
      verbs: [ONE],
      examples: ['通知 3', '通知 4月20日 08:30'],
      parts: ONE_PARTS,
      run: async (context) => show(context, meantBy(context)),
    }),
    deed({
      verbs: [],
      when: { test: isOfNotice },
      examples: ['撤回通知 3', '通知 取消 3 原因 会议改期', '通知 更正 3 会议改到明天10点'],
      parts: OF_NOTICE_PARTS,
      run: changeNotice,
    }),
    deed({
      verbs: [],
      examples: ['通知 明天9点在一楼开会 截止 今天 17:00', '通知 望海区、临江区：请报送校车台账 截止 4月25日'],
      parts: SEND_PARTS,
      takesQuestions: true,
      passesOn: true,
      run: send,
    }),
  ),
  examples: ['通知 明天9点在一楼开会 截止 今天 17:00', '通知', '谁没收到', '撤回通知 3'],
});

async function list(context: Situation): Promise<Outcome> {
  const { read, chat, actor, now, zone, today } = context;
  const since = openSince(now);
  const found =
    chat.type === 'group'
      ? await read.notices({ chatId: chat.chatId, kind: 'notice', since, limit: LISTED })
      : [
          ...(await read.notices({ sender: actor.openId, kind: 'notice', since, limit: LISTED })),
          ...(await read.notices({ receiver: actor.openId, kind: 'notice', since, limit: LISTED })),
        ];
  const notices = [...new Map(found.map((notice) => [notice.id, notice])).values()].slice(0, LISTED);
  const counted = await Promise.all(
    notices.map(async (notice) => {
      const receivers = await read.noticeReceivers(notice.id);
      if (chat.type === 'group') return { notice, receivers: receivers.filter(({ chatId }) => chatId === chat.chatId) };
      // Whoever only got it is told of the groups in which they got it.
      const own = receivers.flatMap(({ openId, chatId }) => (openId === actor.openId ? [chatId] : []));
      const isOwn = ({ chatId }: { readonly chatId: string }) => own.includes(chatId);
      return (
        (await overseenPart(context, { notice, receivers })) ?? {
          notice: { ...notice, targets: notice.targets.filter(isOwn) },
          receivers: receivers.filter(isOwn),
        }
      );
    }),
  );
  return { reply: noticesDoc(counted, { zone, today, chatId: chat.type === 'group' ? chat.chatId : undefined }) };
}

/** A group sees its own members, a receiver their own state, the sender and the supervision office all. */
async function show(context: Situation, said: Meant): Promise<Outcome> {
  const { read, chat, actor, now, preview, zone } = context;
  // A push that nobody has to confirm is shown again all the same: its pages are turned by this line.
  if (said.push && chat.group) {
    const [receipt] = await read.notices({ chatId: chat.chatId, kind: 'push', nominal: said.push, since: 0, limit: 1 });
    const bare = receipt ? undefined : await preview.again(chat.group, said.push.from);
    if (bare) return { reply: bare.doc };
  }
  const receipt = await noticeMeant(context, said, true);
  const { notice, receivers, pushed } = receipt;
  const open = !isClosed(notice, now);
  const [senderName, unsent] = await Promise.all([
    nameOf(read, notice.sender),
    unsentOf(context, noticeSubject(notice)),
  ]);
  const view = { ...context, notice, receivers, senderName, open, unsent };
  if (chat.type === 'group')
    return {
      reply: pushed
        ? receiptDoc(pushed.doc, { ...view, chatId: chat.chatId })
        : noticeDoc({ ...view, chatId: chat.chatId }),
    };
  const own = receivers.find(({ openId }) => openId === actor.openId);
  const asks = notice.push !== undefined && own !== undefined;
  const overseen = asks ? undefined : await overseenPart(context, receipt);
  if (overseen) return { reply: noticeDoc({ ...view, ...overseen, overseen: true }) };
  if (!own) throw new UserError(`这里没有${noticeName(notice)}（${spokenCode(notice, { zone })}）。`);
  return { reply: noticeDoc({ ...view, own }) };
}

async function missing(context: Situation, said: Meant): Promise<Outcome> {
  const { chat, now } = context;
  const { notice, receivers } = await requireOversight(context, await noticeMeant(context, said));
  const chatId = chat.type === 'group' ? chat.chatId : undefined;
  const others = chatId !== undefined && !said.push && said.number === undefined ? await alsoOpen(context, notice) : [];
  const unsent = await unsentOf(context, noticeSubject(notice));
  return { reply: missingDoc({ ...context, notice, receivers, chatId, open: !isClosed(notice, now), others, unsent }) };
}

/** What else waits for somebody in this group, when the line named nothing. */
async function alsoOpen(context: Situation, shown: Notice): Promise<readonly string[]> {
  const { read, chat, now } = context;
  const recent = await read.notices({ chatId: chat.chatId, since: openSince(now), limit: LISTED });
  const said: string[] = [];
  for (const notice of recent) {
    if (notice.id === shown.id || isClosed(notice, now)) continue;
    const { receivers } = await receiptOf(context, notice);
    const missing = receivers.filter(
      ({ chatId, confirmedAt }) => chatId === chat.chatId && confirmedAt === undefined,
    ).length;
    if (missing > 0)
      said.push(`${noticeName(notice)}还有 ${missing} 人没有收到，发送：谁没收到 ${spokenCode(notice, context)}`);
  }
  return said;
}

/** What is said of a notice is published to nobody, with groups before it or not. */
function send(context: Context<SendArgs>): Promise<Outcome> {
  const { to = [], words = '', until } = context.args;
  const said = saidOfNotice(words) ?? (context.chat.type === 'p2p' ? bareCorrection(to[0]?.name, words) : undefined);
  return said ? changeNotice({ ...context, args: { said, until, words: said.words } }) : sendNotice(context);
}

/** 更正 in a direct chat says what is wrong, and not to whom. */
const bareCorrection = (to: string | undefined, words: string) =>
  to === '更正' || (to === undefined && /^(?:更正|勘误)/.test(words))
    ? ({ does: 'correct', words: '' } as const)
    : undefined;
