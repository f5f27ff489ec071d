import { plainDoc } from '../cards/plain.ts';
import type { Doc } from '../cards/views.ts';
import { type Instant, wallClock } from '../domain/calendar/local-date.ts';
import { isClosed, openSince } from '../domain/notices/notice.ts';
import { workbooks } from '../features/exports/lists.ts';
import { greeting } from '../features/groups/greeting.ts';
import { noticeSubject } from '../features/notices/notice-card.ts';
import { lookAhead } from '../features/reminders/rehearse.ts';
import type { Actor, Chat } from '../language/command.ts';
import { type Decision, dispatch } from '../language/dispatch.ts';
import type { Change, Guard, NewMessage, UnitOfWork } from '../ports/changes.ts';
import type { Inbound } from '../ports/inbound.ts';
import type { Reads } from '../ports/store.ts';
import { actorOf, chatOf } from './actor.ts';
import { noticeMessages } from './address-notices.ts';
import { withCalendar } from './calendars.ts';
import { cardMessage } from './card-message.ts';
import type { Core } from './core.ts';
import { fileMessages } from './file-messages.ts';
import { refreshed } from './live-cards.ts';
import { evidenceQuestion, spokenWith } from './receive-evidence.ts';
import { fileDecision } from './receive-file.ts';
import { stackOf } from './stack-of.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** More notices than these nobody has open in one group. */
const MAX_NOTICES = 50;
/** A decision is made again when what it saw has moved; after that the official is asked to repeat it. */
const MAX_DECISIONS = 3;

/**
 * Takes one event. When this resolves, the event's id, its effects and its reply are committed together, or nothing had to be;
 * only then may the webhook answer 200. Throws when the database fails: the answer is then 5xx and Lark comes again.
 */
export async function receive(core: Core, inbound: Exclude<Inbound, { kind: 'press' }>): Promise<void> {
  switch (inbound.kind) {
    case 'message':
      if (inbound.chatType === 'group' && inbound.mentionsBot === false) return;
      return answer(core, inbound);
    case 'botAdded':
      return commitOnce(
        core,
        inbound,
        [{ kind: 'group.joined', chatId: inbound.chatId, name: inbound.chatName }],
        greeting(await core.store.hasAdministrator()),
      );
    case 'botRemoved':
      return commitOnce(core, inbound, [{ kind: 'group.gone', chatId: inbound.chatId, state: 'left' }]);
    case 'chatDisbanded':
      return commitOnce(core, inbound, [{ kind: 'group.gone', chatId: inbound.chatId, state: 'disbanded' }]);
    case 'chatRenamed':
      return commitOnce(core, inbound, [{ kind: 'group.renamed', chatId: inbound.chatId, name: inbound.name }]);
    case 'membersGone':
      return membersGone(core, inbound);
    case 'unhandled':
      core.count('dudao_events_unhandled_total', { type: inbound.type, why: inbound.why });
      return;
  }
}

/** Whoever is out of the group is asked there for nothing that is still open; the cards that counted them are brought up to date. */
async function membersGone(core: Core, event: Extract<Inbound, { kind: 'membersGone' }>): Promise<void> {
  const { chatId, openIds } = event;
  const now = core.time.now();
  const asked = await Promise.all(
    openIds.map((receiver) => core.store.notices({ receiver, chatId, since: openSince(now), limit: MAX_NOTICES })),
  );
  const open = new Map(
    asked
      .flat()
      .filter((notice) => !isClosed(notice, now))
      .map((notice) => [notice.id, notice]),
  );
  if (open.size === 0) return;
  return commitOnce(core, event, [
    ...[...open.keys()].map((noticeId) => ({ kind: 'notice.departed', noticeId, chatId, openIds }) as const),
    ...refreshed(core, [...open.values()].map(noticeSubject), now),
  ]);
}

/** What Lark says of a group. */
type Membership = Extract<
  Change,
  { readonly kind: 'group.joined' | 'group.gone' | 'group.renamed' | 'notice.departed' | 'cards.refreshed' }
>;

/** A membership event: it changes the group and may greet it. */
async function commitOnce(
  core: Core,
  event: { readonly eventId: string; readonly chatId: string },
  changes: readonly Membership[],
  hello?: Doc,
): Promise<void> {
  const now = core.time.now();
  const work: UnitOfWork = {
    guard: { kind: 'event', eventId: event.eventId, at: now },
    changes,
    messages: hello ? [replyMessage(core, event, hello)] : [],
    audit: changes
      .filter((change) => change.kind !== 'cards.refreshed')
      .map((change) => ({
        id: core.ids.next('audit'),
        at: now,
        actor: 'lark',
        chatId: event.chatId,
        action: change.kind,
        subject: event.chatId,
      })),
  };
  if (!(await kept(core, async () => work))) throw new Error('the group is being changed by others all the time');
}

/** A message is known by its own id beside the event's: it may come again under another event id. */
const guardOf = ({ eventId, messageId }: Message, at: Instant): Guard => ({ kind: 'event', eventId, messageId, at });

async function answer(core: Core, message: Message): Promise<void> {
  if (await kept(core, () => decide(core, message))) return;
  const again = plainDoc('请再发一次', '同一时间有人在改同样的内容，这次没有改成，请再发一次。', { tone: 'muted' });
  const now = core.time.now();
  const work: UnitOfWork = {
    guard: guardOf(message, now),
    changes: [],
    messages: [replyMessage(core, message, again, message.sender.openId)],
    audit: [],
  };
  if (!(await kept(core, async () => work))) throw new Error('the reply could not be kept');
}

/** Decides and commits until nothing that was seen has moved meanwhile. False when it always had. */
async function kept(core: Core, decide: () => Promise<UnitOfWork>): Promise<boolean> {
  for (let round = 1; round <= MAX_DECISIONS; round += 1) {
    const work = await decide();
    const outcome = await core.store.commit(work);
    core.count('dudao_commits_total', { outcome });
    if (outcome === 'stale') continue;
    core.wake(work.changes);
    return true;
  }
  return false;
}

/** The unit of work that answers a message. A handler's own bug still commits the event, with an apology and a code for the log. */
async function decide(core: Core, message: Message): Promise<UnitOfWork> {
  const now = core.time.now();
  const [chat, actor] = await Promise.all([
    chatOf(core, message.chatId, message.chatType),
    actorOf(core, message.sender.openId),
  ]);
  let decision: Decision;
  let reply: NewMessage;
  try {
    decision = await decisionOn(core, message, { chat, actor, now, read: core.store });
    reply = replyMessage(core, message, decision.reply, message.sender.openId);
  } catch (error) {
    // No bug of a handler: Lark shall come again instead of the official getting an apology.
    if (core.store.isFailure(error)) throw error;
    decision = apology(core, message.eventId, error);
    reply = replyMessage(core, message, decision.reply, message.sender.openId);
  }
  const unknownGroup: Change[] =
    message.chatType === 'group' && chat.group?.state !== 'active'
      ? [{ kind: 'group.joined', chatId: message.chatId, name: chat.group?.name ?? '' }]
      : [];
  return {
    guard: guardOf(message, now),
    seen: decision.seen,
    changes: [...unknownGroup, ...decision.changes, ...refreshed(core, decision.refresh, now)],
    messages: [
      reply,
      ...fileMessages(core, reply, decision.files),
      ...noticeMessages(core, message.eventId, decision.notices, now),
    ],
    audit: decision.audit.map((entry) => ({
      ...entry,
      id: core.ids.next('audit'),
      at: now,
      actor: message.sender.openId,
      chatId: message.chatId,
    })),
  };
}

async function decisionOn(
  core: Core,
  message: Message,
  asked: { readonly chat: Chat; readonly actor: Actor; readonly now: Instant; readonly read: Reads },
): Promise<Decision> {
  const question = await evidenceQuestion(message, asked);
  if (question) return question;
  const file = fileDecision(core, message, asked);
  if (file) return file;
  const { zone, ids, commands, adminOpenIds: administrators } = core;
  const pusher = await withCalendar(core);
  const calendar = pusher.calendar.ofUnit(asked.chat.group?.unit?.id);
  const today = wallClock(asked.now, zone).date;
  const { mentions, parentId } = message;
  const preview = lookAhead(pusher, asked.now);
  const books = workbooks({ ...pusher, calendar, now: asked.now });
  const { text, brought } = await spokenWith(core.store, message);
  if (message.readable || text !== '')
    return dispatch(
      text,
      { ...asked, brought, today, calendar, zone, ids, mentions, parentId, preview, administrators, workbooks: books },
      commands,
    );
  const apology = '目前只能读文字消息。请用文字再发一次，发送“帮助”看写法。';
  return { ...NOTHING, reply: plainDoc('只能读文字', apology, { tone: 'muted' }) };
}

const NOTHING = { changes: [], seen: [], audit: [], files: [], notices: [], refresh: [], commands: [] } as const;

function apology(core: Core, eventId: string, error: unknown): Decision {
  const code = core.ids.code();
  core.log.error({ code, eventId, error: stackOf(error) }, 'a handler failed');
  core.count('dudao_handler_failures_total');
  return {
    ...NOTHING,
    reply: plainDoc('出错了', `处理时出错了，没有改动任何内容。请稍后再试，或把错误编号 ${code} 告诉管理员。`, {
      tone: 'late',
    }),
  };
}

function replyMessage(
  core: Core,
  to: { readonly eventId: string; readonly chatId: string; readonly messageId?: string; readonly chatType?: string },
  reply: Doc,
  openId?: string,
): NewMessage {
  return cardMessage(reply, {
    key: `reply:${to.eventId}`,
    lane: 'reply',
    chatId: to.chatId,
    openId,
    replyTo: to.chatType === 'group' ? to.messageId : undefined,
    uuid: core.ids.next('r'),
    now: core.time.now(),
  });
}
