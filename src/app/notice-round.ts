import { noticeDoc, noticeSubject, reminderDoc } from '../cards/notice.ts';
import { renderCard } from '../cards/render.ts';
import type { Doc } from '../cards/views.ts';
import { nameOf } from '../chat/account-name.ts';
import { type Instant, wallClock } from '../domain/calendar/local-date.ts';
import { besidesPeak } from '../domain/schedule/spread.ts';
import type { Notice } from '../domain/work/notice.ts';
import type { NewMessage } from '../ports/changes.ts';
import type { Core } from './core.ts';
import { liveCard, refreshed } from './live-cards.ts';
import { stackOf } from './stack-of.ts';

/** A minute's work; what is left over comes with the next. */
const AT_A_TIME = 20;
const AGAIN_MS = 10 * 60_000;
/** After a day without an answer nobody is asked any more; confirmations count all the same. */
const GIVEN_UP_MS = 24 * 3_600_000;

/** Learns whom each notice concerns, and reminds those who have not confirmed, once. Never rejects. */
export async function noticeRound(core: Core, now: Instant): Promise<void> {
  try {
    for (const { notice, askIn } of await core.store.noticesDue(now, AT_A_TIME))
      await (askIn === undefined ? remind(core, notice, now) : ask(core, notice, askIn, now));
  } catch (error) {
    core.log.error({ error: stackOf(error) }, 'notices were not looked at; the next minute tries again');
  }
}

async function ask(core: Core, notice: Notice, chatId: string, now: Instant): Promise<void> {
  const listed = await core.messenger.chatMembers(chatId);
  const askAt = now - notice.sentAt < GIVEN_UP_MS ? now + AGAIN_MS : undefined;
  await core.store.commit({
    changes: listed.ok
      ? [
          {
            ...{ kind: 'notice.rostered', noticeId: notice.id, chatId, at: now },
            members: listed.value.filter(({ openId }) => openId !== notice.sender),
          },
          ...refreshed(core, [noticeSubject(notice)], now),
        ]
      : [{ kind: 'notice.unrostered', noticeId: notice.id, chatId, askAt }],
    messages: [],
    audit: [],
  });
}

/** In their direct chat whoever is linked; one line in the group for the others. One unit, so that it happens once. */
async function remind(core: Core, notice: Notice, now: Instant): Promise<void> {
  const { store, ids, zone } = core;
  const told = { zone, today: wallClock(now, zone).date };
  const receivers = await store.noticeReceivers(notice.id);
  const missing = receivers.filter(({ confirmedAt }) => confirmedAt === undefined);
  const senderName = await nameOf(store, notice.sender);
  const message = (chatId: string, doc: Doc, openId?: string): NewMessage => ({
    ...{ key: `notice-remind:${notice.id}:${chatId}`, lane: 'push', chatId, type: 'interactive' },
    ...{ content: renderCard(doc).json, uuid: ids.next('n'), dueAt: besidesPeak(now), createdAt: now },
    ...liveCard(doc, openId),
  });
  const personal = missing
    .filter(({ linked }) => linked)
    .map((own) => {
      const doc = noticeDoc({ ...told, notice, receivers, senderName, own, open: true });
      return message(own.openId, { ...doc, title: `请确认通知 ${notice.number}`, tone: 'soon' }, own.openId);
    });
  const inGroups = notice.targets.flatMap(({ chatId }) => {
    const others = missing.filter((receiver) => !receiver.linked && receiver.chatId === chatId);
    return others.length === 0 ? [] : [message(chatId, reminderDoc(notice, others, notice.confirmBy ?? now, told))];
  });
  const outcome = await store.commit({
    changes: [{ kind: 'notice.reminded', id: notice.id, seen: notice.version }],
    messages: [...personal, ...inGroups],
    audit: [
      {
        ...{ id: ids.next('audit'), at: now, actor: 'heartbeat', action: 'notice.reminded', subject: notice.id },
        after: `通知 ${notice.number}：${missing.length} 人`,
      },
    ],
  });
  core.count('dudao_notice_reminders_total', { outcome });
}
