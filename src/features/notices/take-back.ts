import { run } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Doc } from '../../cards/views.ts';
import { isClosed, type Notice, openSince } from '../../domain/notices/notice.ts';
import type { Context, Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import type { FormArgs } from '../../language/forms/form.ts';
import { requireRight } from '../../language/who/rights.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { refuseCommand } from './commanding.ts';
import { leavesFor, refuseOverBefore } from './leaving.ts';
import { noticeName, noticeSubject, withdrawnText } from './notice-card.ts';
import { confirmBy, type OF_NOTICE_PARTS } from './notice-phrase.ts';
import { groupsOf, sent } from './send-notice.ts';

type Asked = Context<FormArgs<typeof OF_NOTICE_PARTS>>;

/** 撤回通知 3, 通知 更正 3 …: whoever got it is told; where it has not left yet it never does. */
export async function changeNotice({ args, ...context }: Asked): Promise<Outcome> {
  const { does, number } = args.said;
  const { words = '' } = args;
  refuseCommand(words);
  if (number === undefined) return { reply: await whichDoc(context, does) };
  const notice = await noticeOf(context, number);
  if (does === 'back') return takeBack(context, notice, asWritten(words));
  if (words === '') throw new UserError(`没有更正。请写正确的内容，例如：通知 更正 ${number} 会议改到明天10点`);
  const until = args.until && confirmBy(args.until, context);
  return correct(context, notice, { words: asWritten(words), until });
}

/** A notice that is still to be confirmed, and that the sender may change: their own, or of units that they send notices to. */
async function noticeOf(context: Situation, number: number): Promise<Notice> {
  const { read, actor, now } = context;
  const notice = await read.notice(number);
  if (!notice) throw new UserError(`没有编号为 ${number} 的通知。发送“通知”看最近的通知和编号。`);
  if (notice.sender !== actor.openId)
    await requireRight(context, 'notice.send', { unitIds: notice.targets.flatMap(({ unit }) => unit?.id ?? []) });
  if (notice.withdrawn) throw new UserError(`${withdrawnText(notice)}，没有再改。`);
  if (isClosed(notice, now)) throw new UserError(`${noticeName(notice)} 已过期，不用撤回或更正。`);
  return notice;
}

interface Reached {
  /** Messages that have not left. */
  readonly waiting: readonly string[];
  /** Groups that have it or may have it. */
  readonly told: readonly string[];
}

/** What has not left is taken back unseen, unless the message says other things as well. */
async function reachedBy({ read, now }: Situation, notice: Notice): Promise<Reached> {
  const messages = await read.waitingMessages({ subject: noticeSubject(notice) });
  const waiting = messages.filter(({ dueAt, subjects }) => dueAt > now && subjects.length === 1);
  const unseen = waiting.flatMap(({ group, chatId }) => (group === undefined ? [] : [chatId]));
  return {
    waiting: waiting.map(({ key }) => key),
    told: notice.targets.map(({ chatId }) => chatId).filter((chatId) => !unseen.includes(chatId)),
  };
}

/** What both do: nobody confirms it any more, and what waits of it is not sent. */
const closing = (context: Situation, notice: Notice, { waiting }: Reached, by?: number) => ({
  changes: [
    { kind: 'notice.withdrawn', id: notice.id, at: context.now, by, seen: notice.version } as const,
    ...(waiting.length > 0
      ? [{ kind: 'message.withdrawn', keys: waiting, at: context.now, reason: '通知已撤回或更正' } as const]
      : []),
  ],
  refresh: [noticeSubject(notice)],
});

async function takeBack(context: Situation, notice: Notice, why: string): Promise<Outcome> {
  const { chat } = context;
  const reached = await reachedBy(context, notice);
  const name = noticeName(notice);
  const doc = takenBackDoc(notice, why);
  const here = reached.told.includes(chat.chatId);
  const others = (await groupsOf(context, reached.told)).filter(({ chatId }) => chatId !== chat.chatId);
  const { changes, refresh } = closing(context, notice, reached);
  return {
    reply:
      reached.told.length === 0
        ? plainDoc(`${name} 已撤回`, `${name} 已撤回：还没有发出，不会再发。`, { tone: 'done' })
        : doc,
    ...(reached.told.length > 0 && {
      owed: { standing: `${name} 已撤回`, ...(here && { present: ['本群'] }) },
    }),
    changes,
    refresh,
    audit: [{ action: 'notice.withdrawn', subject: notice.id, before: notice.words, after: `${name} 撤回。${why}` }],
    notices: others.map(({ chatId }) => ({ to: { chatId }, doc })),
  };
}

const EXCERPT = 60;

function takenBackDoc(notice: Notice, why: string): Doc {
  const name = noticeName(notice);
  return plainDoc(`${name} 已撤回`, `${name} 已撤回，不用办理。`, {
    tone: 'late',
    lines: [...(why === '' ? [] : [`原因：${why}`]), `原通知：${excerpt(notice)}`],
  });
}

/** In one line; of a correction what it says itself. */
const excerpt = ({ words }: Notice): string => {
  const own = words.split('\n原通知：')[0]?.replaceAll('\n', ' ') ?? '';
  return own.length > EXCERPT ? `${own.slice(0, EXCERPT)}…` : own;
};

/** A new notice with a number of its own, so that the right words are confirmed and not the wrong ones; it goes where the old one went. */
async function correct(
  context: Situation,
  notice: Notice,
  { words, until }: { readonly words: string; readonly until: number | undefined },
): Promise<Outcome> {
  const name = noticeName(notice);
  const groups = await groupsOf(
    context,
    notice.targets.map(({ chatId }) => chatId),
  );
  if (groups.length === 0) throw new UserError(`没有更正：${name} 发到的群里已经没有督导助手。`);
  const leaves = await leavesFor(context, groups);
  const last = Math.max(context.now, ...leaves.values());
  const by = until ?? (notice.confirmBy !== undefined && notice.confirmBy > last ? notice.confirmBy : undefined);
  if (until !== undefined) refuseOverBefore(context, until, leaves);
  const sending = {
    groups,
    expanded: false,
    covered: [],
    unreached: [],
    words: `更正${name}：${words}\n原通知：${notice.words}`,
    confirmBy: by,
  };
  const { number, ...outcome } = await sent(sending, leaves, context);
  const { changes, refresh } = closing(context, notice, await reachedBy(context, notice), number);
  return {
    ...outcome,
    changes: [...(outcome.changes ?? []), ...changes],
    refresh,
    audit: [
      ...(outcome.audit ?? []),
      { action: 'notice.withdrawn', subject: notice.id, before: notice.words, after: `${name} 更正为通知 ${number}` },
    ],
  };
}

/** More do not fit on a phone. */
const MOST_BUTTONS = 3;

/** Which notice is meant is asked, never guessed: what was taken back by mistake was read by everybody. */
async function whichDoc(context: Situation, does: 'back' | 'correct'): Promise<Doc> {
  const { read, chat, actor, now } = context;
  const of = chat.type === 'group' ? { chatId: chat.chatId } : { sender: actor.openId };
  const recent = await read.notices({ ...of, kind: 'notice', since: openSince(now), limit: MOST_BUTTONS * 2 });
  const open = recent.filter((notice) => !isClosed(notice, now) && notice.number !== undefined).slice(0, MOST_BUTTONS);
  const what = does === 'back' ? '没有撤回，也没有发送。' : '没有更正，也没有发送。';
  const number = open[0]?.number;
  if (number === undefined) return plainDoc('通知', `${what}最近没有可以撤回或更正的通知。`, { tone: 'muted' });
  return plainDoc(
    '哪一条通知',
    `${what}请写编号，例如：撤回通知 ${number}；要改内容请发送：通知 更正 ${number} 正确的内容`,
    {
      tone: 'soon',
      lines: open.map((notice) => `${noticeName(notice)}：${excerpt(notice)}`),
      buttons: open.map((notice) => ({
        label: `撤回通知 ${notice.number}`,
        press: run(`撤回通知 ${notice.number}`),
      })),
    },
  );
}
