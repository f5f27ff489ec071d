import { plainDoc } from '../src/cards/plain.ts';
import type { Block, Doc } from '../src/cards/views.ts';
import { describeDue } from '../src/domain/calendar/describe.ts';
import type { Instant } from '../src/domain/calendar/local-date.ts';
import type { WorkGroup } from '../src/domain/groups/group.ts';
import { isClosed, type Notice, openSince, remindAt } from '../src/domain/notices/notice.ts';
import { mayAnywhere } from '../src/domain/people/rights.ts';
import { refuseCommand } from '../src/features/notices/commanding.ts';
import { type Meant, noticeMeant, overseenPart, requireOversight } from '../src/features/notices/find-notice.ts';
import { leavesFor, refuseOverBefore, unsentOf } from '../src/features/notices/leaving.ts';
import {
  confirmByText,
  missingDoc,
  noticeDoc,
  noticeName,
  noticeSubject,
  noticesDoc,
  receiptDoc,
  spokenCode,
} from '../src/features/notices/notice-card.ts';
import { type NoticeGroups, noticeGroups } from '../src/features/notices/notice-groups.ts';
import {
  confirmBy,
  LIST,
  MISSING,
  ONE,
  ONE_PARTS,
  SEND_PARTS,
  type SendArgs,
} from '../src/features/notices/notice-phrase.ts';
import { DOCUMENTS } from '../src/features/notices/passed-on.ts';
import { readPushTime } from '../src/features/notices/push-time.ts';
import { receiptOf } from '../src/features/notices/receipt.ts';
import { takesBack } from '../src/features/notices/taking-back.ts';
import { listed } from '../src/language/answer/telling.ts';
import { type Context, defineCommand, type Outcome, type Situation } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, type FormArgs, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { nameOf } from '../src/language/who/account-name.ts';
import { requireRight } from '../src/language/who/rights.ts';
import { asWritten } from '../src/language/words/as-written.ts';
import { deadlinesWithin, wrongDateWithin } from '../src/language/words/dates-within.ts';

type Asked = Context<FormArgs<typeof ONE_PARTS>>;

const LISTED = 10;
/** What a button can carry. */
const MAX_QUERY = 500;

const meantBy = ({ args: { one }, ...context }: Asked): Meant =>
  one && 'push' in one ? { push: readPushTime(one.push, context) } : { number: one?.number };

export default defineCommand({
  name: '通知',
  aliases: ['notice', 'tz', '公告', '发通知'],
  says: [
    /^(?:谁|哪些人|哪些单位|哪些|哪个单位|几个单位|还有谁)(?:还|都)?(?:没有?|未)(?:有)?(?:收到|签收|回复|确认|已读|看)(?:的|通知)?[\d\-月日号今昨天:]*$/,
    /^未(?:收到|签收|确认)(?:名单|的人)?\d{0,6}$|^(?:收到|签收|确认)情况[\d\-月日号今昨天:]*$/,
    /^(?:撤回|撤销|收回|取消|作废|更正|修改|删除)(?:一下|刚才|刚刚|刚发|那|这|上|一|条|个|的|发|出)*通知(?:第?\d{1,6}号?)?[了吧吗]?$/,
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
  usage: '通知 内容 [截止 时间] · 通知 群或单位：内容 · 谁没收到 [编号]',
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
      examples: ['通知 明天9点在一楼开会 截止 今天 17:00', '通知 望海区、临江区：请报送校车台账 截止 4月25日'],
      parts: SEND_PARTS,
      takesQuestions: true,
      passesOn: true,
      run: send,
    }),
  ),
  examples: ['通知 明天9点在一楼开会 截止 今天 17:00', '通知', '谁没收到'],
});

async function list({ read, chat, actor, now, zone, today }: Situation): Promise<Outcome> {
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
    notices.map(async (notice) => ({
      notice,
      receivers: (await read.noticeReceivers(notice.id)).filter(
        ({ chatId }) => chat.type === 'p2p' || chatId === chat.chatId,
      ),
    })),
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

/** A notice as it is to be sent. */
interface Sending {
  readonly words: string;
  readonly confirmBy: Instant | undefined;
  readonly to: readonly string[];
  readonly confirmed: boolean;
  /** The line again, to be sent after it was looked at. */
  readonly again: string;
}

/** In a group, which is then whom it is sent to, what stands before a colon is part of the words. */
function sendingOf({ args, chat, now, zone }: Context<SendArgs>): Sending {
  const { to = [], until, words = '', confirmed } = args;
  const before = to.map(({ written }) => written).join('');
  return {
    words: asWritten(chat.type === 'group' ? `${before}${words}` : words),
    confirmBy: until && confirmBy(until, { now, zone }),
    to: chat.type === 'group' ? [] : to.map(({ name }) => name),
    confirmed: confirmed === true,
    again: `通知 确认 ${before}${words}${until?.written ?? ''}`,
  };
}

async function send({ args, ...context }: Context<SendArgs>): Promise<Outcome> {
  const said = sendingOf({ args, ...context });
  const { chat, actor, read, ids, numbers, now, zone } = context;
  if (takesBack(said.words) || (chat.type === 'p2p' && isBareCorrection(said))) throw new UserError(notTakenBack(chat));
  refuseCommand(said.words);
  if (!mayAnywhere(actor, 'notice.send')) await requireRight(context, 'notice.send');
  if (said.words === '') throw new UserError('请写通知内容，例如：通知 明天9点在一楼开会 截止 今天 17:00');
  const { groups, expanded, unreached } = await receiving(context, said);
  const unitIds = groups.flatMap(({ unit }) => unit?.id ?? []);
  if (unitIds.length < groups.length) await requireRight(context, 'notice.send');
  if (unitIds.length > 0) await requireRight(context, 'notice.send', { unitIds });
  const wrong = said.confirmed ? undefined : wrongDateWithin(said.words, saidDays(context));
  if (wrong !== undefined) return { reply: wrongDateDoc(wrong, said, context) };
  const leaves = await leavesFor(context, groups);
  if (said.confirmBy !== undefined) refuseOverBefore(context, said.confirmBy, leaves);
  if (expanded && !said.confirmed) return { reply: previewDoc(said, groups, unreached, context) };
  const notice = {
    id: ids.next('notice'),
    number: await numbers.take('notice'),
    words: said.words,
    sender: actor.openId,
    sentAt: now,
    confirmBy: said.confirmBy,
  };
  const targets = groups.map(({ chatId, name, unit }) => ({ chatId, group: name, unit, known: false }));
  const view = {
    ...context,
    notice: { ...notice, targets, version: 1 },
    receivers: [],
    senderName: await nameOf(read, actor.openId),
    open: true,
  };
  const inGroup = chat.type === 'group';
  // Nobody has confirmed anything yet: it looks the same in every group, and is drawn once.
  const [sample] = targets;
  const doc = noticeDoc({ ...view, notice: { ...view.notice, targets: targets.slice(0, 1) }, chatId: sample?.chatId });
  return {
    reply: inGroup
      ? withNote(doc, untrackedNote(said, context))
      : {
          title: `通知 ${notice.number}`,
          tone: 'done',
          summary: `通知 ${notice.number}：${notice.words}`,
          blocks: [
            ...(said.confirmBy === undefined
              ? []
              : [{ kind: 'text', text: [confirmByText(said.confirmBy, context)] } as const]),
            ...untrackedNote(said, context),
            { kind: 'note', text: `看确认情况请发送：谁没收到 ${notice.number}` },
          ],
        },
    ...(!inGroup && {
      owed: { standing: `通知 ${notice.number} 已登记`, verb: `通知 ${notice.number} 已发到`, unreached },
    }),
    changes: [
      {
        kind: 'notice.sent',
        notice,
        remindAt:
          said.confirmBy === undefined ? undefined : remindAt(Math.min(...leaves.values()), said.confirmBy, zone),
        chatIds: groups.map(({ chatId }) => chatId),
      },
    ],
    audit: [{ action: 'notice.sent', subject: notice.id, after: `通知 ${notice.number}：${said.words}` }],
    notices: groups.filter(({ chatId }) => chatId !== chat.chatId).map(({ chatId }) => ({ to: { chatId }, doc })),
  };
}

/** 更正 in a direct chat says what is wrong, and not to whom. */
const isBareCorrection = ({ words, to }: Sending): boolean =>
  to[0] === '更正' || (to.length === 0 && /^(?:更正|勘误)/.test(words));

const notTakenBack = ({ type }: Situation['chat']): string =>
  `没有发送。已发出的通知现在还不能撤回或修改，请另发一条更正：通知 ${type === 'group' ? '' : '望海区：'}更正：会议改到明天10点`;

/** In a group the group itself; in a direct chat the groups that are written before the colon. */
async function receiving(context: Situation, said: Sending): Promise<NoticeGroups> {
  const { chat } = context;
  if (chat.type === 'group') return { groups: chat.group ? [chat.group] : [], expanded: false, unreached: [] };
  if (said.to.length === 0)
    throw new UserError('请先写发给哪个群或单位，例如：通知 望海区：明天9点开会；发给全部：通知 全部群：内容');
  return noticeGroups(said.to, context);
}

const withNote = (doc: Doc, note: readonly Block[]): Doc => ({ ...doc, blocks: [...doc.blocks, ...note] });

/** Its words are counted from today on, whenever it is pressed: 截止 明天. */
const pressOf = ({ again }: Sending, context: Situation) =>
  ({ v: 1, op: 'run', query: again, page: 1, saidOn: saidDays(context).today }) as const;

const saidDays = ({ saidOn, today, calendar }: Situation) => ({ today: saidOn ?? today, calendar });

/** Said before anybody else reads it; whoever means it so sends it all the same. */
const wrongDateDoc = (wrong: string, said: Sending, context: Situation) =>
  plainDoc('还没有发送', wrong, {
    tone: 'soon',
    lines: [said.words],
    ...(said.again.length <= MAX_QUERY && { buttons: [{ label: '照发', press: pressOf(said, context) }] }),
    note: '要改的，请改好再发一次；确实没有写错的，在“通知”后面加上“确认”。',
  });

/** A notice is confirmed and not tracked: until when something is to be done is in its words only. */
function untrackedNote({ words }: Sending, context: Situation): readonly Block[] {
  const { today, calendar } = context;
  const found = deadlinesWithin(words, saidDays(context));
  if (found.length === 0) return [];
  const said = found.map(
    ({ written, day }) => `“${written}”（${describeDue(day, undefined, today, !calendar.isWorkday(day))}）`,
  );
  return [{ kind: 'note', text: `文中的${said.join('、')}不会到期提醒；要提醒、要办结的，请发送：任务 新增 …` }];
}

/** 各县区 and 全部群 are shown before anything is sent. */
function previewDoc(
  said: Sending,
  groups: readonly WorkGroup[],
  unreached: NoticeGroups['unreached'],
  context: Situation,
) {
  const names = listed(groups.map(({ name, unit }) => name || unit?.name || ''));
  return plainDoc('请确认后发送', `将发到 ${groups.length} 个群：${names}。`, {
    tone: 'soon',
    lines: [
      ...(unreached.length > 0 ? [`没有工作群、发不到：${listed(unreached.map(({ name }) => name))}。`] : []),
      said.words,
      ...(said.confirmBy === undefined ? [] : [`${confirmByText(said.confirmBy, context)}。`]),
    ],
    ...(said.again.length <= MAX_QUERY
      ? {
          buttons: [
            {
              label: '发送',
              style: 'primary' as const,
              press: pressOf(said, context),
            },
          ],
        }
      : {}),
    note: '也可以在“通知”后面加上“确认”再发一次。',
  });
}
