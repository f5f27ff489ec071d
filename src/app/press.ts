import { parsePress } from '../cards/press.ts';
import { renderCard } from '../cards/render.ts';
import type { Doc } from '../cards/views.ts';
import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import { type Asker, dispatch } from '../language/dispatch.ts';
import type { Inbound } from '../ports/inbound.ts';
import type { CardChange } from '../ports/live-cards.ts';
import { answerRemake, cardMessage, liveCard } from './card-message.ts';
import type { Core } from './core.ts';
import { chosenIn, formLine, parseSubmit, type Submit } from './form-line.ts';
import { faultCode, takeTurn } from './turn.ts';

type Press = Extract<Inbound, { kind: 'press' }>;

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
    if (!(await isPlaced(core, event))) return WORN_OUT;
    if (form) return await submit(core, event, form);
    if (!value) return WORN_OUT;
    const { query } = value;
    if (value.op === 'run') return await run(core, event, { query, saidOn: value.saidOn, guard: event.eventId });
    return value.op === 'open' ? await open(core, event, query) : await show(core, event, query, value.page);
  } catch (error) {
    // The database: of its answer nothing is known, and Lark asks only once.
    const code = faultCode(core, event.eventId, error);
    return { toast: { type: 'error', content: `出错了，请重新发送命令，或把错误编号 ${code} 告诉管理员。` } };
  }
}

/**
 * A chat that is no known group is direct only where our message went to whoever presses: a card that was forwarded into a group without the
 * bot would else show there what one person may see.
 */
const isPlaced = async ({ store }: Core, { chatId, messageId, operator }: Press): Promise<boolean> =>
  (await store.group(chatId)) !== undefined || (await store.wentTo(messageId, operator.openId));

const failed = (code: string): PressAnswer => ({
  toast: { type: 'error', content: `没有办成，没有改动任何内容。请稍后再试，或把错误编号 ${code} 告诉管理员。` },
});

/** The turn of a button: its line, for the chat of the callback, by the presser's own right. */
const turnOf = (core: Core, { eventId, chatId, operator }: Press, query: string, saidOn?: LocalDate) => ({
  eventId,
  from: { chatId, ...operator },
  decide: (asker: Asker) => dispatch(query, { ...asker, pressed: true, saidOn }, core.commands),
});

/**
 * Another page of the card, or what it leads to, in its place. A query that would change something was not made by us. A push in a group is
 * everybody's and stays as it is: its other pages come as a copy below it, once, which is turned in its place.
 */
async function show(core: Core, event: Press, query: string, page: number): Promise<PressAnswer> {
  const isEverybodys = page > 1 && (await core.store.isEverybodys(event.messageId));
  if (isEverybodys && (await core.store.group(event.chatId))) return open(core, event, query, page);
  const taken = await takeTurn(core, { ...turnOf(core, event, query), answer: () => undefined });
  if (taken.kind === 'failed') return failed(taken.code);
  if (taken.kind !== 'shown' || taken.decision.changes.length > 0) return WORN_OUT;
  const { reply } = taken.decision;
  if (isRefusal(reply)) return { toast: { type: 'warning', content: reply.summary } };
  await (hasForm(reply) ? formOpened(core, event, reply) : formClosed(core, event));
  return shown(reply, page);
}

/** The answer as a message under the card, once; a refusal is said beside it. */
async function open(core: Core, event: Press, query: string, page = 1): Promise<PressAnswer> {
  const { eventId, chatId, messageId, operator } = event;
  const taken = await takeTurn(core, {
    ...turnOf(core, event, query),
    answer: ({ reply, changes }, { chat, now }) => {
      if (changes.length > 0 || reply.blocks.every(({ kind }) => kind === 'text' || kind === 'note')) return undefined;
      const card = cardMessage(reply, {
        key: `press:${eventId}`,
        lane: 'reply',
        chatId,
        uuid: core.ids.next('r'),
        remake: answerRemake(reply, false, operator.openId),
        now,
        page,
        ...(chat.type === 'group' ? { replyTo: messageId } : { openId: operator.openId }),
      });
      return { once: { eventId }, messages: [card], place: card, changes: [] };
    },
  });
  if (taken.kind === 'failed') return failed(taken.code);
  if (taken.kind === 'kept') return { toast: { type: 'success', content: '已打开，请看下面的新卡片。' } };
  const { reply, changes } = taken.decision;
  return changes.length > 0 ? WORN_OUT : { toast: { type: 'warning', content: reply.summary } };
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
  readonly saidOn?: LocalDate | undefined;
  /** The key that makes it happen once. */
  readonly guard: string;
  readonly isForm?: boolean;
}

/** Does what the line says. A press that changes nothing (no right, settled already) leaves the card as it is and says why. */
async function run(core: Core, event: Press, { query, saidOn, guard, isForm = false }: Order): Promise<PressAnswer> {
  const { eventId, chatId, messageId, operator } = event;
  const taken = await takeTurn(core, {
    ...turnOf(core, event, query, saidOn),
    answer: ({ reply, changes, files }, { chat, now }) =>
      changes.length === 0 && files.length === 0
        ? undefined
        : {
            once: { eventId: guard },
            messages: [],
            place: {
              key: `press:${eventId}`,
              chatId,
              ...(chat.type === 'group' ? { replyTo: messageId } : { person: operator.openId }),
            },
            // The pressed card too: a press at the same moment may have changed what it is answered with.
            changes: changes.length === 0 ? [] : [cardShown(event, reply, now)],
          },
  });
  if (taken.kind === 'failed') return failed(taken.code);
  const { reply, changes } = taken.decision;
  if (taken.kind === 'shown') return answered(core, event, reply, isForm);
  if (taken.outcome === 'already' && isForm) return SUBMITTED;
  const toast = { type: 'success', content: reply.summary } as const;
  // What only sends a file leaves the card as it is.
  return changes.length === 0 ? { toast } : { ...shown(reply, 1), toast };
}

/** What a press that changed nothing is answered with: the words that its line lacks are asked for; a form may lead to a card that asks further. */
async function answered(core: Core, event: Press, reply: Doc, isForm: boolean): Promise<PressAnswer> {
  if (!(isForm && goesOn(reply)) && !hasForm(reply)) return { toast: { type: 'warning', content: reply.summary } };
  await formOpened(core, event, reply);
  return shown(reply, 1);
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

/** Words without a line that makes them again: said to whoever pressed, for in the card's place all would read them. */
const isRefusal = ({ query, blocks }: Doc): boolean =>
  query === undefined && blocks.every(({ kind }) => kind === 'text' || kind === 'note');

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
