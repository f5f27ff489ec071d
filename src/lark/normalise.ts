import * as z from 'zod';
import type { Inbound, Mentioned, Sender } from '../ports/inbound.ts';
import { attachmentsIn } from './attachments.ts';
import { fileIn } from './message-file.ts';
import { messageText } from './message-text.ts';
import { moment } from './moment.ts';
import type { Envelope } from './verify.ts';

export interface Self {
  /** The bot's own open id, once bot/v3/info has told it. */
  readonly botOpenId?: string | undefined;
}

const id = z.string().min(1).max(200);
const tenant = z.string().optional().catch(undefined);
const person = z.object({ open_id: id });

const messageShape = z.object({
  sender: z.object({
    sender_id: z.object({ open_id: z.string().nullish() }).nullish(),
    sender_type: z.string(),
    tenant_key: tenant,
  }),
  message: z.object({
    message_id: id,
    parent_id: z.string().optional(),
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string(),
    create_time: moment,
    update_time: moment.optional().catch(undefined),
    content: z.string(),
    mentions: z
      .array(
        z.object({
          key: z.string().min(1),
          id: z.object({ open_id: z.string().nullish() }),
          mentioned_type: z.string().optional(),
          name: z.string(),
        }),
      )
      .nullish(),
  }),
});
const chatShape = z.object({ chat_id: id, operator_id: person.nullish().catch(undefined), name: z.string().nullish() });
const membersShape = z.object({
  chat_id: id,
  users: z.array(z.object({ user_id: z.object({ open_id: z.string().nullish() }).nullish() })),
});
const renamedShape = z.object({
  chat_id: id,
  before_change: z.object({ name: z.string().optional() }).nullish(),
  after_change: z.object({ name: z.string().optional() }).nullish(),
});
const pressShape = z.object({
  operator: person.extend({ tenant_key: tenant }),
  token: z.string(),
  action: z.object({
    value: z.record(z.string(), z.unknown()).default({}),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
});

type Mention = NonNullable<z.infer<typeof messageShape>['message']['mentions']>[number];
type Unhandled = Extract<Inbound, { kind: 'unhandled' }>;

/** An authentic event in the bot's words. Never throws: what it cannot read is `unhandled`, to be acknowledged and counted. */
export function normalise(envelope: Envelope, self: Self): Inbound {
  switch (envelope.eventType) {
    case 'im.message.receive_v1':
    case 'im.message.updated_v1':
      return message(envelope, self);
    case 'im.chat.member.bot.added_v1':
      return chatEvent(envelope, (chat) => ({
        kind: 'botAdded',
        ...chat.where,
        chatName: chat.name,
        ...chat.operator,
      }));
    case 'im.chat.member.bot.deleted_v1':
      return chatEvent(envelope, (chat) => ({ kind: 'botRemoved', ...chat.where, ...chat.operator }));
    case 'im.chat.disbanded_v1':
      return chatEvent(envelope, (chat) => ({ kind: 'chatDisbanded', ...chat.where, ...chat.operator }));
    case 'im.chat.member.user.deleted_v1':
    case 'im.chat.member.user.withdrawn_v1':
      return membersGone(envelope);
    case 'im.chat.updated_v1':
      return renamed(envelope);
    case 'card.action.trigger':
      return press(envelope);
    default:
      return unhandled(envelope, 'unknownType');
  }
}

function message(envelope: Envelope, self: Self): Inbound {
  const parsed = messageShape.safeParse(envelope.event);
  if (!parsed.success) return unhandled(envelope, 'malformed');
  const { sender, message } = parsed.data;
  const openId = sender.sender_id?.open_id;
  // Bots that answer bots never stop.
  if (sender.sender_type !== 'user') return unhandled(envelope, 'notFromAPerson');
  if (!openId) return unhandled(envelope, 'malformed');
  if (openId === self.botOpenId) return unhandled(envelope, 'notFromAPerson');

  const mentions = (message.mentions ?? []).filter(({ key }) => key !== '@_all');
  const isBot = ownMention(self);
  const shown = mentions.map((m) => [m, isBot(m) === true ? ' ' : `@${m.name}`] as const);
  const placeholders = {
    keys: new Map(shown.map(([{ key }, text]) => [key, text])),
    accounts: new Map(shown.flatMap(([{ id: who }, text]) => (who.open_id ? [[who.open_id, text] as const] : []))),
  };
  const text = messageText(message.message_type, message.content, placeholders);
  const edited = envelope.eventType === 'im.message.updated_v1';
  const file = fileIn(message.message_type, message.content);
  const attachments = attachmentsIn(message.message_type, message.content);
  return {
    kind: 'message',
    eventId: envelope.eventId,
    at: edited ? (message.update_time ?? envelope.createTime) : message.create_time,
    ...(edited && { edited }),
    chatId: message.chat_id,
    // Documents and clients disagree on the word for topic groups; only a single chat is certain.
    chatType: message.chat_type === 'p2p' ? 'p2p' : 'group',
    messageId: message.message_id,
    ...(message.parent_id ? { parentId: message.parent_id } : {}),
    sender: accountOf(envelope, openId, sender.tenant_key),
    text: text ?? '',
    mentionsBot: any(mentions.map(isBot)),
    mentions: mentions.filter((m) => isBot(m) !== true).flatMap(mentioned),
    messageType: message.message_type,
    readable: text !== undefined,
    ...(attachments.length > 0 && { attachments }),
    ...(file && { file }),
  };
}

/** By open id, never by name; before the open id is known, by Lark's own mark (absent in older payloads). */
const ownMention =
  ({ botOpenId }: Self) =>
  (mention: Mention): boolean | 'unknown' => {
    if (botOpenId !== undefined) return mention.id.open_id === botOpenId;
    return mention.mentioned_type === undefined ? 'unknown' : mention.mentioned_type === 'bot';
  };

const any = (answers: readonly (boolean | 'unknown')[]): boolean | 'unknown' =>
  answers.includes(true) || (answers.includes('unknown') ? 'unknown' : false);

const mentioned = ({ id, name }: Mention): Mentioned[] => (id.open_id ? [{ openId: id.open_id, name }] : []);

interface ChatEvent {
  readonly where: { readonly eventId: string; readonly at: number; readonly chatId: string };
  readonly name: string;
  readonly operator: { readonly operator?: Sender };
}

function chatEvent(envelope: Envelope, build: (chat: ChatEvent) => Inbound): Inbound {
  const parsed = chatShape.safeParse(envelope.event);
  if (!parsed.success) return unhandled(envelope, 'malformed');
  const { chat_id, operator_id, name } = parsed.data;
  return build({
    where: { ...arrived(envelope), chatId: chat_id },
    name: name ?? '',
    operator: operator_id ? { operator: { openId: operator_id.open_id } } : {},
  });
}

function membersGone(envelope: Envelope): Inbound {
  const parsed = membersShape.safeParse(envelope.event);
  if (!parsed.success) return unhandled(envelope, 'malformed');
  const openIds = parsed.data.users.flatMap(({ user_id }) => user_id?.open_id || []);
  return { kind: 'membersGone', ...arrived(envelope), chatId: parsed.data.chat_id, openIds };
}

function renamed(envelope: Envelope): Inbound {
  const parsed = renamedShape.safeParse(envelope.event);
  if (!parsed.success) return unhandled(envelope, 'malformed');
  const { chat_id, before_change, after_change } = parsed.data;
  const name = after_change?.name;
  if (name === undefined || name === before_change?.name) return unhandled(envelope, 'noNewName');
  return { kind: 'chatRenamed', ...arrived(envelope), chatId: chat_id, name };
}

function press(envelope: Envelope): Inbound {
  const parsed = pressShape.safeParse(envelope.event);
  if (!parsed.success) return unhandled(envelope, 'malformed');
  const { operator, token, action, context } = parsed.data;
  return {
    kind: 'press',
    ...arrived(envelope),
    chatId: context.open_chat_id,
    messageId: context.open_message_id,
    operator: accountOf(envelope, operator.open_id, operator.tenant_key),
    value: action.value,
    ...(action.form_value && { form: action.form_value }),
    updateToken: token,
  };
}

/** In a group with people from outside, somebody of another company writes too. */
const accountOf = ({ tenantKey }: Envelope, openId: string, own: string | undefined): Sender =>
  own === undefined || tenantKey === undefined || own === tenantKey ? { openId } : { openId, foreign: true };

const arrived = ({ eventId, createTime, tenantKey }: Envelope) => ({
  eventId,
  at: createTime,
  ...(tenantKey !== undefined && { tenantKey }),
});
const unhandled = (envelope: Envelope, why: Unhandled['why']): Unhandled => ({
  kind: 'unhandled',
  ...arrived(envelope),
  type: envelope.eventType,
  why,
});
