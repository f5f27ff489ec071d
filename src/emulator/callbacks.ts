import * as z from 'zod';
import { type CardPress, findPress } from './card-press.ts';
import type { Clock } from './clock.ts';
import { checkCardMessage, type Known } from './content.ts';
import { type Events, readJson } from './events.ts';
import type { Ids, LarkApp } from './lark-app.ts';
import { CARD_LIFE_MS, type Message, type Messages } from './messages.ts';
import { type Answer, post } from './post.ts';
import { Refusal } from './refusals.ts';
import type { WireLog } from './wire-log.ts';

const CALLBACK_LIMIT_MS = 3000;
const TOKEN_LIFE_MS = 1_800_000;
const TOKEN_USES = 2;

const answerShape = z.strictObject({
  toast: z
    .strictObject({
      type: z.enum(['info', 'success', 'warning', 'error']).optional(),
      content: z.string(),
      i18n: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  card: z.strictObject({ type: z.literal('raw'), data: z.record(z.string(), z.unknown()) }).optional(),
});

export interface PressResult {
  /**
   * done: answered. opened: the button only opens `url`. failed: late, not 200, or an answer that the client cannot use (it shows
   * 200340). expired: the card is older than 14 days. incomplete: a required field is empty, which the client alone checks.
   */
  readonly status: 'done' | 'opened' | 'failed' | 'expired' | 'incomplete';
  readonly toast?: { readonly type: string; readonly content: string };
  /** The card that replaced the message's, for everybody. */
  readonly card?: Readonly<Record<string, unknown>>;
  readonly url?: string;
  readonly reason?: string;
  /** The update token of this press (延时更新). */
  readonly token?: string;
}

interface UpdateToken {
  readonly messageId: string;
  readonly issuedAt: number;
  usable: boolean;
  uses: number;
}

/** card.action.trigger: synchronous, within 3 s, never pushed again. */
export class Callbacks {
  readonly #of: { app: LarkApp; clock: Clock; ids: Ids; log: WireLog; events: Events; messages: Messages } & Known;
  readonly #tokens = new Map<string, UpdateToken>();

  constructor(of: { app: LarkApp; clock: Clock; ids: Ids; log: WireLog; events: Events; messages: Messages } & Known) {
    this.#of = of;
  }

  async press(message: Message, openId: string, what: CardPress): Promise<PressResult> {
    const { clock } = this.#of;
    if (message.recalled || message.deleted) throw new RangeError('the message is gone');
    const found = findPress(JSON.parse(message.content), what);
    if (clock.now() - message.createdAt > CARD_LIFE_MS) return { status: 'expired' };
    if (found.missing.length > 0) return { status: 'incomplete', reason: found.missing.join(', ') };
    if (!found.action) return { status: 'opened', url: found.url ?? '' };
    const token = `c-${this.#of.ids()}${this.#of.ids().slice(0, 8)}`;
    const issued: UpdateToken = { messageId: message.messageId, issuedAt: clock.now(), usable: false, uses: 0 };
    this.#tokens.set(token, issued);
    const answer = await this.#send(message, openId, found.action, token);
    issued.usable = true;
    return { ...this.#apply(message, answer), token };
  }

  async #send(message: Message, openId: string, action: object, token: string): Promise<Answer> {
    const { app, clock, events, people, log } = this.#of;
    const person = people.need(openId);
    const envelope = events.envelope('card.action.trigger', {
      operator: {
        tenant_key: person.tenantKey ?? app.tenantKey,
        user_id: person.userId,
        open_id: openId,
        union_id: person.unionId,
      },
      token,
      action: { ...action, timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: message.messageId, open_chat_id: message.chatId },
    });
    const url = app.callbacksUrl ?? app.eventsUrl;
    if (url === undefined) return { status: 0, body: '', error: 'no address' };
    const at = clock.now();
    const { body, headers } = events.seal(envelope);
    const answer = await post(url, headers, body, { clock, ms: CALLBACK_LIMIT_MS });
    log.add({
      kind: 'callback',
      at,
      ms: clock.now() - at,
      method: 'POST',
      path: new URL(url).pathname,
      status: answer.status,
      eventId: envelope.eventId,
      eventType: envelope.eventType,
    });
    return answer;
  }

  #apply(message: Message, answer: Answer): PressResult {
    if (answer.status !== 200) return { status: 'failed', reason: answer.error ?? `HTTP ${answer.status}` };
    const parsed = answerShape.safeParse(readJson(answer.body));
    if (!parsed.success) return { status: 'failed', reason: `not an answer: ${parsed.error.issues[0]?.message}` };
    const { toast, card } = parsed.data;
    if (card) {
      const content = JSON.stringify(card.data);
      try {
        checkCardMessage(content, this.#of);
      } catch (error) {
        if (error instanceof Refusal) return { status: 'failed', reason: error.message };
        throw error;
      }
      this.#of.messages.replace(message, content);
    }
    return {
      status: 'done',
      ...(toast && { toast: { type: toast.type ?? 'info', content: toast.content } }),
      ...(card && { card: card.data }),
    };
  }

  /** 延时更新消息卡片: after our answer, within 30 minutes, at most twice. No page names the codes of its refusals. */
  update(token: string, card: unknown): void {
    const { messages, clock } = this.#of;
    const known = this.#tokens.get(token);
    const message = known && messages.get(known.messageId);
    if (!known || !message) throw new Refusal(2200, { ext: 'unknown token' });
    if (!known.usable) throw new Refusal(2200, { ext: 'the callback is not answered yet' });
    if (known.uses >= TOKEN_USES) throw new Refusal(2200, { ext: 'token used up' });
    if (clock.now() - known.issuedAt > TOKEN_LIFE_MS) throw new Refusal(2200, { ext: 'token expired' });
    const content = JSON.stringify(card);
    checkCardMessage(content, this.#of);
    known.uses += 1;
    messages.replace(message, content);
  }
}
