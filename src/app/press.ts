import { parsePress } from '../cards/press.ts';
import { renderCard } from '../cards/render.ts';
import type { Doc } from '../cards/views.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Inbound } from '../ports/inbound.ts';
import type { CardChange } from '../ports/live-cards.ts';
import { noticeMessages } from './address-notices.ts';
import { cardMessage, liveCard } from './card-message.ts';
import type { Core } from './core.ts';
import { decideLine } from './decide-line.ts';
import { fileMessages } from './file-messages.ts';
import { chosenIn, formLine, parseSubmit, type Submit } from './form-line.ts';
import { refreshed } from './live-cards.ts';
import { stackOf } from './stack-of.ts';

type Press = Extract<Inbound, { kind: 'press' }>;

/** As with a message: a decision is made again when what it saw has moved. */
const MAX_DECISIONS = 3;

/** The answer to a card callback: Lark shows the toast, and replaces the card for everybody who sees it. */
export type PressAnswer =
  | Record<string, never>
  | {
      readonly toast?: { readonly type: 'success' | 'warning' | 'error'; readonly content: string };
      readonly card?: { readonly type: 'raw'; readonly data: unknown };
    };

/**
 * Answers a button: its line is understood and decided for the chat of the callback, never for one named in the value. The new card is
 * seen by the whole chat, so in a group the group's scope holds, whoever pressed. Lark asks only once, so that every
 * failure is answered with a toast.
 */
export async function press(core: Core, event: Press): Promise<PressAnswer> {
  const form = parseSubmit(event.value);
  const value = parsePress(event.value);
  try {
    if (form) return await submit(core, event, form);
    if (!value) return WORN_OUT;
    if (value.op === 'run') return await run(core, event, { query: value.query, guard: event.eventId });
    const doc = await pageOf(core, event, value.query);
    if (!doc) return WORN_OUT;
    if (value.op === 'open') return await opened(core, event, doc);
    await (hasForm(doc) ? formOpened(core, event, doc) : formClosed(core, event));
    return shown(doc, value.page);
  } catch (error) {
    const code = core.ids.code();
    core.log.error({ code, eventId: event.eventId, error: stackOf(error) }, 'a button failed');
    core.count('dudao_handler_failures_total');
    return { toast: { type: 'error', content: `出错了，请重新发送命令，或把错误编号 ${code} 告诉管理员。` } };
  }
}

/** The answer as a message under the card, once; a refusal is said beside it. */
async function opened(core: Core, { eventId, chatId, messageId, operator }: Press, doc: Doc): Promise<PressAnswer> {
  if (doc.blocks.every(({ kind }) => kind === 'text' || kind === 'note'))
    return { toast: { type: 'warning', content: doc.summary } };
  const at = core.time.now();
  const isGroup = (await core.store.group(chatId)) !== undefined;
  await core.store.commit({
    guard: { kind: 'event', eventId, at },
    changes: [],
    messages: [
      cardMessage(doc, {
        key: `press:${eventId}`,
        lane: 'reply',
        chatId,
        uuid: core.ids.next('r'),
        now: at,
        ...(isGroup ? { replyTo: messageId } : { openId: operator.openId }),
      }),
    ],
    audit: [],
  });
  core.wake();
  return { toast: { type: 'success', content: '已打开，请看下面的新卡片。' } };
}

async function pageOf(core: Core, { chatId, operator }: Press, query: string): Promise<Doc | undefined> {
  const decision = await decideLine(core, { chatId, openId: operator.openId }, query);
  // This button only shows. A query that would change something was not made by us.
  return decision.changes.length > 0 ? undefined : decision.reply;
}

/**
 * Does what a filled form says, once: the form's id and the message are the guard, since a second press has another event id. What is
 * refused is said beside the card, so that nothing that was filled in is lost.
 */
async function submit(core: Core, event: Press, form: Submit): Promise<PressAnswer> {
  const filled = event.form ?? {};
  const found = await Promise.all(chosenIn(form, filled).map((openId) => core.store.peopleByOpenId(openId)));
  const chosen = new Map(found.flatMap(([person]) => (person?.openId ? [[person.openId, person] as const] : [])));
  const said = formLine(form, filled, chosen);
  if ('refused' in said) return { toast: { type: 'warning', content: said.refused } };
  return run(core, event, { query: said.line, guard: `form:${event.messageId}:${form.once}`, isForm: true });
}

interface Order {
  readonly query: string;
  /** The key that makes it happen once. */
  readonly guard: string;
  readonly isForm?: boolean;
}

/** Does what the line says. A press that changes nothing (no right, settled already) leaves the card as it is and says why. */
async function run(core: Core, event: Press, { query, guard, isForm = false }: Order): Promise<PressAnswer> {
  const { eventId, chatId, messageId, operator } = event;
  const isGroup = (await core.store.group(chatId)) !== undefined;
  for (let round = 1; round <= MAX_DECISIONS; round += 1) {
    const at = core.time.now();
    const decision = await decideLine(core, { chatId, openId: operator.openId }, query);
    const { reply, changes, seen, audit, files, notices, refresh } = decision;
    // A form may lead to a card that asks further; anything else that changes nothing is a refusal.
    if (changes.length === 0 && files.length === 0 && isForm && goesOn(reply)) {
      await formOpened(core, event, reply);
      return shown(reply, 1);
    }
    // The line lacks the words for what it names: they are asked for.
    if (changes.length === 0 && files.length === 0 && hasForm(reply)) {
      await formOpened(core, event, reply);
      return shown(reply, 1);
    }
    if (changes.length === 0 && files.length === 0) return { toast: { type: 'warning', content: reply.summary } };
    const answer = {
      key: `press:${eventId}`,
      chatId,
      ...(isGroup ? { replyTo: messageId } : { person: operator.openId }),
      dueAt: at,
      createdAt: at,
    };
    const outcome = await core.store.commit({
      guard: { kind: 'event', eventId: guard, at },
      seen,
      // The pressed card too: a press at the same moment may have changed what it is answered with.
      changes: changes.length === 0 ? [] : [...changes, cardShown(event, reply, at), ...refreshed(core, refresh, at)],
      messages: [...fileMessages(core, answer, files), ...noticeMessages(core, eventId, notices, at)],
      audit: audit.map((entry) => ({ ...entry, id: core.ids.next('audit'), at, actor: operator.openId, chatId })),
    });
    core.count('dudao_commits_total', { outcome });
    if (outcome === 'stale') continue;
    if (outcome === 'already' && isForm) return SUBMITTED;
    core.wake(changes);
    // What only sends a file leaves the card as it is.
    if (changes.length === 0) return { toast: { type: 'success', content: reply.summary } };
    return { ...shown(reply, 1), toast: { type: 'success', content: reply.summary } };
  }
  return { toast: { type: 'warning', content: '同一时间有人在改同样的内容，这次没有改成，请再按一次。' } };
}

/** From now on the message shows this answer: a live one is updated, any other is not any more. */
const cardShown = ({ messageId, operator }: Press, reply: Doc, at: Instant): CardChange => ({
  kind: 'card.shown',
  messageId,
  at,
  card: liveCard(reply, operator.openId)?.live,
});

/** Nobody fills in a form for longer; a card whose form was left so is brought up to date by the next change. */
const FORM_MS = 10 * 60_000;

/**
 * While somebody fills in a form, an update of what the card showed before would take it away. A live card that has a form among other
 * things is no opened form: it goes on being updated.
 */
function formOpened(core: Core, event: Press, doc: Doc) {
  const at = core.time.now();
  const { messageId } = event;
  const change: CardChange = liveCard(doc)
    ? cardShown(event, doc, at)
    : { kind: 'card.form', messageId, until: at + FORM_MS };
  return core.store.commit({ changes: [change], messages: [], audit: [] });
}

/** By a button that leads back from a form to what the card shows. */
const formClosed = (core: Core, { messageId }: Press) =>
  core.store.commit({ changes: [{ kind: 'card.form', messageId, until: 0 }], messages: [], audit: [] });

const hasForm = (doc: Doc): boolean => doc.blocks.some(({ kind }) => kind === 'form');

const shown = (doc: Doc, page: number): PressAnswer => ({
  card: { type: 'raw', data: JSON.parse(renderCard(doc, page).json) },
});

const goesOn = (doc: Doc): boolean => hasForm(doc) || doc.blocks.some(({ kind }) => kind === 'buttons');

const SUBMITTED: PressAnswer = {
  toast: { type: 'warning', content: '这张表已经提交过，没有重复提交。要再办一次，请重新打开表单。' },
};

const WORN_OUT: PressAnswer = {
  toast: { type: 'warning', content: '这个按钮已经失效，请重新发送命令。' },
};
