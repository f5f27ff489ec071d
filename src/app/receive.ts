import { plainDoc } from '../cards/plain.ts';
import type { Doc } from '../cards/views.ts';
import { type Instant, wallClock } from '../domain/calendar/local-date.ts';
import { isClosed, openSince } from '../domain/notices/notice.ts';
import { greeting } from '../features/groups/greeting.ts';
import { noticeSubject } from '../features/notices/notice-card.ts';
import { askedBack } from '../language/answer/late-line.ts';
import type { Chat } from '../language/command.ts';
import { type Asker, type Decision, dispatch } from '../language/dispatch.ts';
import type { Change, NewMessage, UnitOfWork } from '../ports/changes.ts';
import type { Inbound } from '../ports/inbound.ts';
import { answerRemake, cardMessage } from './card-message.ts';
import type { Core } from './core.ts';
import { refreshed } from './live-cards.ts';
import { isOvertaken } from './membership.ts';
import { evidenceQuestion, spokenWith } from './receive-evidence.ts';
import { fileDecision } from './receive-file.ts';
import { keep, takeTurn } from './turn.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** More notices than these nobody has open in one group. */
const MAX_NOTICES = 50;

/**
 * Takes one event. When this resolves, the event's id, its effects and its reply are committed together, or nothing had to be;
 * only then may the webhook answer 200. Throws when the database fails: the answer is then 5xx and Lark comes again.
 */
export async function receive(core: Core, inbound: Exclude<Inbound, { kind: 'press' }>): Promise<void> {
  switch (inbound.kind) {
    case 'message':
      if (inbound.chatType === 'group' && inbound.mentionsBot === false) return;
      await (inbound.edited ? answerEdited(core, inbound) : answer(core, inbound));
      return;
    case 'botAdded':
      return commitOnce(
        core,
        inbound,
        [
          { kind: 'group.joined', chatId: inbound.chatId, name: inbound.chatName, at: inbound.at },
          ...ofTenant(inbound.tenantKey),
        ],
        greeting(await core.store.hasAdministrator(), (await core.store.group(inbound.chatId))?.unit?.name),
      );
    case 'botRemoved':
      return commitOnce(core, inbound, [{ kind: 'group.gone', chatId: inbound.chatId, state: 'left', at: inbound.at }]);
    case 'chatDisbanded':
      return commitOnce(core, inbound, [
        { kind: 'group.gone', chatId: inbound.chatId, state: 'disbanded', at: inbound.at },
      ]);
    case 'chatRenamed':
      return commitOnce(core, inbound, [
        { kind: 'group.renamed', chatId: inbound.chatId, name: inbound.name, at: inbound.at },
      ]);
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
    ...[...open.keys()].map(
      (noticeId) => ({ kind: 'notice.departed', noticeId, chatId, openIds, at: event.at }) as const,
    ),
    ...refreshed(core, [...open.values()].map(noticeSubject), now),
  ]);
}

/** What Lark says of a group. */
type Membership = Extract<
  Change,
  {
    readonly kind:
      | 'group.joined'
      | 'group.gone'
      | 'group.renamed'
      | 'notice.departed'
      | 'cards.refreshed'
      | 'tenant.known';
  }
>;

/** A membership event: it changes the group and may greet it. */
async function commitOnce(
  core: Core,
  event: { readonly eventId: string; readonly chatId: string; readonly at: Instant },
  told: readonly Membership[],
  hello?: Doc,
): Promise<void> {
  const now = core.time.now();
  const isLate = await isOvertaken(core.store, event, told);
  const changes = isLate ? [] : told;
  const work: UnitOfWork = {
    guard: { kind: 'event', eventId: event.eventId, at: now },
    changes,
    messages: hello && !isLate ? [replyMessage(core, event, hello)] : [],
    audit: changes
      .filter((change) => change.kind !== 'cards.refreshed' && change.kind !== 'tenant.known')
      .map((change) => ({
        id: core.ids.next('audit'),
        at: now,
        actor: 'lark',
        chatId: event.chatId,
        action: change.kind,
        subject: event.chatId,
      })),
  };
  await keep(core, async () => ({ work }));
}

/**
 * A message as it was changed. It is taken as if it had been sent so, as long as its former words did nothing: they were not understood, they only
 * asked, or nobody named the bot. Else its sender is told that the change did nothing.
 */
async function answerEdited(core: Core, message: Message): Promise<void> {
  const { eventId, messageId, at } = message;
  const brought = await core.store.broughtBy(messageId);
  const anew = `${messageId}@${at}`;
  if (brought === 'done') return sayOnce(core, message, editedDoc(), { eventId, messageIds: [anew] });
  const messageIds = brought === 'unknown' ? [messageId, anew] : [anew];
  const outcome = await answer(core, message, { eventId, messageIds });
  // The former words were taken in meanwhile, or the event came before.
  if (outcome === 'already' && brought === 'unknown') return answerEdited(core, message);
}

async function answer(
  core: Core,
  message: Message,
  once = { eventId: message.eventId, messageIds: [message.messageId] },
): Promise<'done' | 'already'> {
  const { eventId, messageId, chatId, chatType, sender } = message;
  const taken = await takeTurn(core, {
    eventId,
    from: { chatId, chatType, ...sender },
    decide: (asker) => decisionOn(core, message, asker),
    answer: ({ reply, changes }, { chat }) => {
      const card = replyMessage(core, message, reply, { openId: sender.openId, changed: changes.length > 0 });
      return { once, words: messageId, messages: [card], place: card, changes: unknownGroup(chat, message) };
    },
  });
  if (taken.kind === 'kept') return taken.outcome;
  if (taken.kind === 'failed') await sayOnce(core, message, apologyDoc(taken.code), once);
  return 'done';
}

/** An answer that follows from nothing in the tables. */
async function sayOnce(
  core: Core,
  message: Message,
  doc: Doc,
  once: { readonly eventId: string; readonly messageIds: readonly string[] },
): Promise<void> {
  const guard = { kind: 'event', ...once, at: core.time.now() } as const;
  const messages = [replyMessage(core, message, doc, { openId: message.sender.openId, changed: false })];
  await keep(core, async () => ({ work: { guard, changes: [], messages, audit: [] } }));
}

const unknownGroup = ({ chatId, type, group }: Chat, { at, tenantKey }: Message): readonly Change[] =>
  type === 'group' && group?.state !== 'active'
    ? [{ kind: 'group.joined', chatId, name: group?.name ?? '', at }, ...ofTenant(tenantKey)]
    : [];

/** Whose app it is: a name in a group is never an account of somebody else's. */
const ofTenant = (tenantKey: string | undefined) =>
  tenantKey === undefined ? [] : [{ kind: 'tenant.known', tenantKey } as const];

async function decisionOn(core: Core, message: Message, asker: Asker): Promise<Decision> {
  const special = (await evidenceQuestion(message, asker)) ?? fileDecision(core, message, asker);
  if (special) return special;
  const { mentions, parentId } = message;
  const { text, brought } = await spokenWith(core.store, message);
  if (message.readable || text !== '') {
    const sentOn = wallClock(message.at, asker.zone).date;
    const saidOn = sentOn < asker.today ? sentOn : undefined;
    const decision = await dispatch(text, { ...asker, saidOn, brought, mentions, parentId }, core.commands);
    if (saidOn === undefined || !changesAnything(decision)) return decision;
    const isWhole = mentions.length === 0 && brought.attachments.length === 0 && brought.answers === undefined;
    return askedBack({ ...asker, text, sentAt: message.at, saidOn, isWhole });
  }
  const apology = '目前只能读文字消息。请用文字再发一次，发送“帮助”看写法。';
  return { ...NOTHING, reply: plainDoc('只能读文字', apology, { tone: 'muted' }) };
}

const changesAnything = ({ changes, notices, files }: Decision): boolean =>
  changes.length > 0 || notices.length > 0 || files.length > 0;

const NOTHING = { changes: [], seen: [], audit: [], files: [], notices: [], refresh: [], commands: [] } as const;

const editedDoc = (): Doc =>
  plainDoc('已收到修改，请重新发送', '这条消息原来的话已经办过，改了字不会再办。要办修改后的，请另发一条。', {
    tone: 'soon',
  });

const apologyDoc = (code: string): Doc =>
  plainDoc('没有办成', `这件事没有办成，没有改动任何内容。请稍后再试，或把错误编号 ${code} 告诉管理员。`, {
    tone: 'late',
  });

function replyMessage(
  core: Core,
  to: { readonly eventId: string; readonly chatId: string; readonly messageId?: string; readonly chatType?: string },
  reply: Doc,
  { openId, changed }: { readonly openId?: string; readonly changed: boolean } = { changed: false },
): NewMessage {
  return cardMessage(reply, {
    key: `reply:${to.eventId}`,
    lane: 'reply',
    chatId: to.chatId,
    openId,
    replyTo: to.chatType === 'group' ? to.messageId : undefined,
    uuid: core.ids.next('r'),
    remake: answerRemake(reply, changed, openId),
    now: core.time.now(),
  });
}
