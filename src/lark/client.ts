import * as z from 'zod';
import type { ChatMember, Messenger, OutgoingMessage, Result } from '../ports/messenger.ts';
import { download, fileOf, upload } from './message-file.ts';
import { type LarkApp, larkSession, type Session } from './session.ts';

/** The SDK puts ids into paths unencoded: '../../contact/v3/users' would walk to another API with the bot's token. */
const ID = /^(om|oc|ou|on)_[A-Za-z0-9_-]+$/;

/** The message that a reply should hang under was recalled, deleted, or its topic is gone. */
const PARENT_GONE: ReadonlySet<number> = new Set([230011, 230019, 230050, 230110, 230111, 231003]);

const PER_PAGE = 100;
/** Lark's largest groups hold 100,000; more pages mean a listing that turns in circles. */
const MAX_PAGES = 1_000;
const MAX_MOBILES = 50;

const sentShape = z.object({ data: z.object({ message_id: z.string().min(1) }) });
const botShape = z.object({ bot: z.object({ open_id: z.string().min(1) }) });
const membersShape = z.object({
  data: z.object({
    items: z
      .array(
        z.object({
          member_id: z.string(),
          name: z.string().default(''),
          tenant_key: z.string().optional().catch(undefined),
        }),
      )
      .nullish(),
    has_more: z.boolean().default(false),
    page_token: z.string().optional(),
  }),
});
const readersShape = z.object({
  data: z.object({
    items: z.array(z.object({ user_id: z.string() })).nullish(),
    has_more: z.boolean().default(false),
    page_token: z.string().optional(),
  }),
});
const usersShape = z.object({
  data: z.object({
    user_list: z.array(z.object({ user_id: z.string().optional(), mobile: z.string().optional() })).nullish(),
  }),
});

/** The messenger on Lark's REST API, through the official SDK. Construction costs nothing; the first call loads the SDK. */
export function larkMessenger(app: LarkApp): Messenger {
  const session = larkSession(app);
  return {
    send: (message) => send(session, message),
    update: (messageId, content) => update(session, messageId, content),
    botOpenId: async () => {
      const info = await session.call('bot.info', botShape, (client, authorised) =>
        client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }, authorised),
      );
      return info.ok ? { ok: true, value: info.value.bot.open_id } : info;
    },
    chatMembers: (chatId) => chatMembers(session, chatId),
    readers: (messageId) => readers(session, messageId),
    openIdsByMobile: (mobiles) => openIdsByMobile(session, mobiles),
    upload: (name, bytes) => upload(session, name, bytes),
    fileOf: (messageId) => fileOf(session, messageId),
    download: (messageId, fileKey, maxBytes) => download(session, { messageId, fileKey, maxBytes }),
  };
}

async function send(session: Session, message: OutgoingMessage): Promise<Result<{ readonly messageId: string }>> {
  const { to, type, content, uuid } = message;
  const bad = [to.chatId, ...(to.replyTo === undefined ? [] : [to.replyTo])].find((id) => !ID.test(id));
  if (bad !== undefined) return notAnId();
  const body = { msg_type: type, content, uuid };
  const replyTo = to.replyTo;
  if (replyTo !== undefined) {
    const replied = await session.call('message.reply', sentShape, (client, authorised) =>
      client.im.v1.message.reply({ path: { message_id: replyTo }, data: body }, authorised),
    );
    // Said anew in the chat it leaves by another API, which has its own slots.
    if (!replied.ok && replied.failure.kind === 'refused' && PARENT_GONE.has(replied.failure.code))
      return { ok: false, failure: { ...replied.failure, kind: 'orphaned' } };
    return messageIdOf(replied);
  }
  const created = await session.call('message.create', sentShape, (client, authorised) =>
    client.im.v1.message.create(
      {
        params: { receive_id_type: to.chatId.startsWith('ou_') ? 'open_id' : 'chat_id' },
        data: { receive_id: to.chatId, ...body },
      },
      authorised,
    ),
  );
  return messageIdOf(created);
}

async function update(session: Session, messageId: string, content: string): Promise<Result<undefined>> {
  if (!ID.test(messageId)) return notAnId();
  const patched = await session.call('message.patch', z.unknown(), (client, authorised) =>
    client.im.v1.message.patch({ path: { message_id: messageId }, data: { content } }, authorised),
  );
  return patched.ok ? { ok: true, value: undefined } : patched;
}

const messageIdOf = (result: Result<z.infer<typeof sentShape>>): Result<{ readonly messageId: string }> =>
  result.ok ? { ok: true, value: { messageId: result.value.data.message_id } } : result;

/** By hand: the SDK's iterator swallows errors, so that a failed listing looks like an empty group. */
async function chatMembers(session: Session, chatId: string): Promise<Result<readonly ChatMember[]>> {
  if (!ID.test(chatId)) return notAnId();
  const members = new Map<string, ChatMember>();
  let pageToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = {
      member_id_type: 'open_id' as const,
      page_size: PER_PAGE,
      ...(pageToken === undefined ? {} : { page_token: pageToken }),
    };
    const listed = await session.call('chat.members', membersShape, (client, authorised) =>
      client.im.v1.chatMembers.get({ path: { chat_id: chatId }, params }, authorised),
    );
    if (!listed.ok) return listed;
    const { items, has_more, page_token } = listed.value.data;
    for (const { member_id, name, tenant_key } of items ?? [])
      members.set(member_id, { openId: member_id, name, tenantKey: tenant_key });
    if (!has_more || !page_token) return { ok: true, value: [...members.values()] };
    pageToken = page_token;
  }
  return { ok: false, failure: { kind: 'retry', unknown: false, reason: 'chat.members: the listing does not end' } };
}

async function readers(session: Session, messageId: string): Promise<Result<readonly string[]>> {
  if (!ID.test(messageId)) return notAnId();
  const found = new Set<string>();
  let pageToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = {
      user_id_type: 'open_id' as const,
      page_size: PER_PAGE,
      ...(pageToken === undefined ? {} : { page_token: pageToken }),
    };
    const listed = await session.call('message.readers', readersShape, (client, authorised) =>
      client.im.v1.message.readUsers({ path: { message_id: messageId }, params }, authorised),
    );
    if (!listed.ok) return listed;
    const { items, has_more, page_token } = listed.value.data;
    for (const { user_id } of items ?? []) found.add(user_id);
    if (!has_more || !page_token) return { ok: true, value: [...found] };
    pageToken = page_token;
  }
  return { ok: false, failure: { kind: 'retry', unknown: false, reason: 'message.readers: the listing does not end' } };
}

async function openIdsByMobile(
  session: Session,
  mobiles: readonly string[],
): Promise<Result<ReadonlyMap<string, string>>> {
  if (mobiles.length > MAX_MOBILES) throw new RangeError(`${mobiles.length} mobile numbers; Lark takes ${MAX_MOBILES}`);
  if (mobiles.length === 0) return { ok: true, value: new Map() };
  const found = await session.call('user.batch_get_id', usersShape, (client, authorised) =>
    client.contact.v3.user.batchGetId(
      { params: { user_id_type: 'open_id' }, data: { mobiles: [...mobiles] } },
      authorised,
    ),
  );
  if (!found.ok) return found;
  const known = (found.value.data.user_list ?? []).flatMap(({ mobile, user_id }): [string, string][] =>
    mobile && user_id ? [[mobile, user_id]] : [],
  );
  return { ok: true, value: new Map(known) };
}

const notAnId = (): Result<never> => ({
  ok: false,
  failure: { kind: 'refused', code: 0, reason: 'an id that Lark did not give' },
});
