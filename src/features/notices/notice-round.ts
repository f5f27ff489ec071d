import { type Budget, each } from '../../app/budget.ts';
import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import { commitChanges } from '../../app/commit-changes.ts';
import type { Core } from '../../app/core.ts';
import { refreshed } from '../../app/live-cards.ts';
import type { Doc } from '../../cards/views.ts';
import { DAY_MS, type Instant, MINUTE_MS, wallClock } from '../../domain/calendar/local-date.ts';
import { askReadersAt, mayAskReaders, type Notice } from '../../domain/notices/notice.ts';
import { besidesPeak } from '../../domain/reminders/spread.ts';
import { waitsUntil } from '../../domain/settings.ts';
import { nameOf } from '../../language/who/account-name.ts';
import type { Change, NewMessage } from '../../ports/changes.ts';
import { lookAhead } from '../reminders/rehearse.ts';
import { noticeDoc, noticeSubject, reminderDoc, remindTitle } from './notice-card.ts';
import { type Receipt, receiptOf } from './receipt.ts';

/** A minute's work, reminders first; what is left over comes with the next. A Worker may ask its database a thousand times a call. */
const AT_A_TIME = 30;
const AGAIN_MS = 10 * MINUTE_MS;
/** After a day without an answer nobody is asked any more; confirmations count all the same. */
const GIVEN_UP_MS = DAY_MS;

/**
 * Learns whom each notice concerns and who has read it, and reminds those who have not confirmed, once. A reminder leaves whether or not Lark
 * says who is still in the group; what is asked only to know it is left to the next minutes once the budget is spent.
 */
export async function noticeRound(core: Core, now: Instant, budget: Budget): Promise<void> {
  const due = await core.store.noticesDue(now, AT_A_TIME);
  if (due.length === 0) return;
  const isPaused = (await core.store.pause()) !== undefined;
  const reminders = due.filter(({ askIn }) => askIn === undefined);
  await each({ core, round: 'notices', budget: { lasts: () => true } }, reminders, ({ notice }) =>
    remind(core, notice, now, budget),
  );
  // While everything is paused nobody waits to know who has read.
  const questions = due.filter(({ readersOf }) => readersOf === undefined || !isPaused);
  await each({ core, round: 'notices', budget }, questions, async ({ notice, askIn, readersOf }) => {
    if (askIn === undefined) return;
    if (readersOf === undefined) await ask(core, notice, askIn, now);
    else await askReaders(core, notice, askIn, readersOf, now);
  });
}

/** Of a push only those are kept whom it names. Its card is not made anew for that: it would lose its mentions for a number that is nought. */
async function ask(core: Core, notice: Notice, chatId: string, now: Instant): Promise<void> {
  const listed = await core.messenger.chatMembers(chatId);
  const askAt = now - notice.sentAt < GIVEN_UP_MS ? now + AGAIN_MS : undefined;
  const named = notice.push && listed.ok ? (await receipt(core, notice, now)).pushed?.asked : undefined;
  const isAsked = (openId: string) => (notice.push ? named?.includes(openId) === true : openId !== notice.sender);
  const members = listed.ok ? listed.value.filter(({ openId }) => isAsked(openId)) : [];
  const changes: readonly Change[] = listed.ok
    ? [
        {
          kind: 'notice.rostered',
          noticeId: notice.id,
          chatId,
          at: now,
          members,
          askReadersAt: members.length > 0 ? askReadersAt(notice, now) : undefined,
        },
        ...(notice.push ? [] : refreshed(core, [noticeSubject(notice)], now)),
      ]
    : [{ kind: 'notice.unrostered', noticeId: notice.id, chatId, askAt }];
  await commitChanges(core.store, changes);
}

/** Who has read its card, while somebody has not confirmed. What Lark refuses once it will refuse again; an empty id is a card that is not sent yet, or not kept. */
async function askReaders(core: Core, notice: Notice, chatId: string, messageId: string, now: Instant): Promise<void> {
  const { store, messenger } = core;
  const askAgainAt = askReadersAt(notice, now);
  const about = { noticeId: notice.id, chatId };
  const receivers = (await store.noticeReceivers(notice.id)).filter((receiver) => receiver.chatId === chatId);
  const missing = receivers.some(({ confirmedAt }) => confirmedAt === undefined);
  const isUseful = missing && mayAskReaders(notice, now);
  const listed = messageId === '' || !isUseful ? undefined : await messenger.readers(messageId);
  if (!listed?.ok) {
    const again = listed === undefined ? isUseful : listed.failure.kind === 'retry';
    const unknown = { kind: 'notice.readers-unknown', ...about, ...(again && { askAgainAt }) } as const;
    await commitChanges(store, [unknown]);
    return;
  }
  const isNew = receivers.some(({ openId, readAt }) => readAt === undefined && listed.value.includes(openId));
  // A push would lose its mentions (as above): it says so when somebody confirms.
  const cards = isNew && !notice.push ? refreshed(core, [noticeSubject(notice)], now) : [];
  const read = { kind: 'notice.read', ...about, at: now, openIds: listed.value, askAgainAt } as const;
  await commitChanges(store, [read, ...cards]);
}

async function receipt(core: Core, notice: Notice, now: Instant): Promise<Receipt> {
  const preview = lookAhead(await withCalendar(core), now);
  return receiptOf({ read: core.store, preview }, notice);
}

/**
 * In their direct chat whoever is linked; one line in the group for the others. One unit, so that it happens once. While everything is
 * paused it waits, and is left out when the deadline is over by then; so is a message that the quiet hours would hold until after it.
 */
async function remind(core: Core, notice: Notice, now: Instant, budget: Budget): Promise<void> {
  const { store, ids, zone } = core;
  const by = notice.confirmBy ?? now;
  if (by > now && (await store.pause()) !== undefined) return;
  const gone = await departed(core, notice, budget);
  const { receivers: known } = await receipt(core, notice, now);
  const isGone = ({ openId, chatId }: { readonly openId: string; readonly chatId: string }) =>
    gone.some((one) => one.chatId === chatId && one.openIds.includes(openId));
  const receivers = known.filter((receiver) => receiver.confirmedAt !== undefined || !isGone(receiver));
  const missing = receivers.filter(({ confirmedAt }) => confirmedAt === undefined);
  const told = { zone, today: wallClock(now, zone).date };
  const [senderName, settings] = await Promise.all([nameOf(store, notice.sender), store.settings()]);
  const [target] = notice.targets;
  const named =
    notice.number === undefined
      ? { chatId: target?.chatId ?? '', nominalAt: notice.push?.nominalAt ?? 0 }
      : { number: notice.number };
  const message = (chatId: string, doc: Doc, openId?: string): NewMessage[] => {
    const dueAt = waitsUntil(settings, chatId, now, zone) ?? besidesPeak(now);
    return dueAt > by
      ? []
      : [
          cardMessage(doc, {
            key: `notice-remind:${notice.id}:${chatId}`,
            lane: 'push',
            chatId,
            remake: { kind: 'alert', of: 'receipt', notice: named },
            openId,
            uuid: ids.next('n'),
            dueAt,
            now,
          }),
        ];
  };
  const personal = missing
    .filter(({ linked }) => linked)
    .flatMap((own) => {
      const doc = noticeDoc({ ...told, notice, receivers, senderName, own, open: true });
      return message(own.openId, { ...doc, title: remindTitle(notice), tone: 'soon' }, own.openId);
    });
  const inGroups = notice.targets.flatMap(({ chatId }) => {
    const others = missing.filter((receiver) => !receiver.linked && receiver.chatId === chatId);
    return others.length === 0 ? [] : message(chatId, reminderDoc(notice, others, by, told));
  });
  const outcome = await store.commit({
    changes: [
      { kind: 'notice.reminded', id: notice.id, seen: notice.version },
      ...gone.map((one) => ({ kind: 'notice.departed', noticeId: notice.id, ...one }) as const),
      ...(gone.length > 0 ? refreshed(core, [noticeSubject(notice)], now) : []),
    ],
    messages: [...personal, ...inGroups],
    audit: [
      {
        id: ids.next('audit'),
        at: now,
        actor: 'heartbeat',
        action: 'notice.reminded',
        subject: notice.id,
        after: `${notice.number === undefined ? notice.words : `通知 ${notice.number}`}：${missing.length} 人`,
      },
    ],
  });
  core.count('dudao_notice_reminders_total', { outcome });
}

/** Who is not in the group any more, whether or not the platform has said so when they left; as far as Lark says so within the budget. */
async function departed(
  { store, messenger }: Core,
  notice: Notice,
  budget: Budget,
): Promise<readonly { readonly chatId: string; readonly openIds: readonly string[] }[]> {
  const receivers = await store.noticeReceivers(notice.id);
  const found: { readonly chatId: string; readonly openIds: readonly string[] }[] = [];
  for (const { chatId } of notice.targets) {
    const waiting = receivers.filter((one) => one.chatId === chatId && one.confirmedAt === undefined);
    const listed = waiting.length > 0 && budget.lasts() ? await messenger.chatMembers(chatId) : undefined;
    if (!listed?.ok) continue;
    const members = new Set(listed.value.map(({ openId }) => openId));
    const openIds = waiting.flatMap(({ openId }) => (members.has(openId) ? [] : openId));
    if (openIds.length > 0) found.push({ chatId, openIds });
  }
  return found;
}
