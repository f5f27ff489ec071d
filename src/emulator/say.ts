import type { LarkApp } from './lark-app.ts';
import type { MentionOnWire, Message } from './messages.ts';
import type { Person } from './people.ts';

export interface Spoken {
  readonly content: string;
  readonly mentions: readonly MentionOnWire[];
}

/**
 * A person's words as the wire carries them: each @name that is meant becomes `@_user_N`, numbered in the order of the text, and
 * @所有人 becomes `@_all` without an entry. The bot's name and the names of `people` are meant; longer names are tried first. Whoever
 * of `must` is not named in the text is put before it.
 */
export function spoken(
  text: string,
  type: 'text' | 'post',
  app: LarkApp,
  people: readonly Person[],
  must: readonly string[],
): Spoken {
  const bot = { openId: app.botOpenId, name: app.botName };
  const whole = [...must]
    .reverse()
    .map((openId) => [bot, ...people].find((who) => who.openId === openId))
    .reduce((out, who) => (who && !out.includes(`@${who.name}`) ? `@${who.name} ${out}` : out), text)
    .replaceAll('@所有人', '@_all');
  const meant = new Map([...people, bot].map((who) => [who.name, who]));
  for (const who of people) if (must.includes(who.openId)) meant.set(who.name, who);
  const names = [...meant.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const mentions: MentionOnWire[] = [];
  const placed = whole.replace(new RegExp(`@(${names.join('|')})`, 'gu'), (at, name: string) => {
    const who = meant.get(name);
    if (!who) return at;
    const key = `@_user_${mentions.length + 1}`;
    mentions.push({ key, openId: who.openId, name, bot: who === bot });
    return key;
  });
  return { content: JSON.stringify(type === 'text' ? { text: placed } : post(placed, mentions)), mentions };
}

function post(text: string, mentions: readonly MentionOnWire[]) {
  const node = (part: string) => {
    const mention = mentions.find(({ key }) => key === part);
    return mention ? { tag: 'at', user_id: part, user_name: mention.name } : { tag: 'text', text: part, style: [] };
  };
  const line = (words: string) =>
    words
      .split(/(@_user_\d+)/)
      .filter((part) => part !== '')
      .map(node);
  return { title: '', content: text.split('\n').map(line) };
}

/** The `event` of im.message.receive_v1, and of im.message.updated_v1, which tells the message as it is now. */
export function receiveEvent(
  message: Message,
  mode: 'group' | 'p2p',
  sender: Person,
  app: LarkApp,
  people: ReadonlyMap<string, Person>,
) {
  const { parentId, rootId, mentions } = message;
  const mention = ({ key, openId, name, bot }: MentionOnWire) => {
    const person = people.get(openId);
    const id = { union_id: person?.unionId ?? `on_${openId.slice(3)}`, user_id: person?.userId ?? '', open_id: openId };
    return { key, id, mentioned_type: bot ? 'bot' : 'user', name, tenant_key: app.tenantKey };
  };
  return {
    sender: {
      sender_id: { union_id: sender.unionId, user_id: sender.userId, open_id: sender.openId },
      sender_type: 'user',
      tenant_key: sender.tenantKey ?? app.tenantKey,
    },
    message: {
      message_id: message.messageId,
      ...(rootId !== undefined && { root_id: rootId }),
      ...(parentId !== undefined && { parent_id: parentId }),
      create_time: String(message.createdAt),
      update_time: String(message.updatedAt ?? message.createdAt),
      chat_id: message.chatId,
      chat_type: mode,
      message_type: message.type,
      content: message.content,
      ...(mentions.length > 0 && { mentions: mentions.map(mention) }),
      user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Feishu/7.30',
    },
  };
}
