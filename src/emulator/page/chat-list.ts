import { Failed, tell } from './api.ts';
import { avatar } from './card-text.ts';
import { fill, h, part } from './dom.ts';
import { isObject, string } from './json.ts';
import type { Chat, Store } from './store.ts';
import { dayOf, dayText, timeOf } from './time.ts';
import { toast } from './toast.ts';

/** Left: who I am, and my chats with what I have not read. */
export function chatList(store: Store): void {
  const who = part('who', HTMLSelectElement);
  const face = part('face', HTMLElement);
  const place = part('chats', HTMLElement);

  const people = () => {
    const names = (store.whole?.people ?? []).map((person) => {
      const group = store.whole?.chats.find(({ mode, members }) => mode === 'group' && members.includes(person.openId));
      const more = person.title ?? group?.name;
      return h('option', { value: person.openId }, more ? `${person.name}　${more}` : person.name);
    });
    fill(who, ...names);
    who.value = store.me;
    fill(face, avatar(store.nameOf(store.me), store.me));
  };
  const chats = () => {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['chat'] : undefined;
    fill(place, ...store.myChats().map((chat) => h('li', {}, entry(chat, store))));
    if (focused) place.querySelector<HTMLElement>(`[data-chat="${focused}"]`)?.focus();
    const unread = store.myChats().reduce((sum, { chatId }) => sum + store.unread(chatId), 0);
    document.title = unread > 0 ? `(${unread}) 督导助手 · 演示` : '督导助手 · 演示';
  };

  who.addEventListener('change', () => become(store, who.value));
  store.on(['whole', 'around', 'me'], people);
  store.on(['whole', 'around', 'me', 'message', 'chat', 'read', 'clock'], chats);
}

/** The single chat with the bot exists for everybody on Lark; here it comes into being when somebody looks. */
export async function become(store: Store, openId: string): Promise<void> {
  store.become(openId);
  const mine = store.myChats();
  if (!mine.some(({ chatId }) => chatId === store.chatId)) store.open(mine[0]?.chatId ?? '');
  try {
    const answer = await tell('/p2p', { openId });
    if (store.chatId === '' && isObject(answer)) store.open(string(answer['chatId']));
  } catch (error) {
    if (error instanceof Failed) toast('error', error.message);
  }
}

function entry(chat: Chat, store: Store): HTMLElement {
  const messages = store.inChat(chat.chatId);
  const last = messages.at(-1);
  const unread = store.unread(chat.chatId);
  const title = store.titleOf(chat);
  const now = store.whole?.clock.now ?? 0;
  const when =
    last && (dayOf(last.createdAt) === dayOf(now) ? timeOf(last.createdAt) : dayText(last.createdAt).split(' ')[0]);
  const sender = last && chat.mode === 'group' && last.from !== store.me ? `${last.fromName}：` : '';
  const preview = last && (last.recalled ? '撤回了一条消息' : `${sender}${summary(last)}`);
  const chosen = chat.chatId === store.chatId;
  return h(
    'button',
    {
      type: 'button',
      class: 'chat',
      'data-chat': chat.chatId,
      'aria-current': chosen ? 'true' : undefined,
      onclick: () => {
        store.open(chat.chatId);
        document.body.classList.add('reading');
      },
    },
    chat.mode === 'p2p'
      ? h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, '督')
      : h('span', { class: 'avatar group', 'aria-hidden': 'true' }, [...title].slice(0, 2).join('')),
    h(
      'span',
      { class: 'chat-name' },
      h('span', { class: 'cut' }, title),
      chat.mode === 'p2p' && h('span', { class: 'tag hue-yellow' }, '机器人'),
    ),
    h('time', {}, when ?? ''),
    h('span', { class: 'preview cut' }, preview ?? '还没有消息'),
    unread > 0 &&
      h('span', { class: 'unread', 'aria-label': `${unread} 条未读` }, unread > 99 ? '99+' : String(unread)),
  );
}

/** Of a card, the words that Lark shows in its list. */
function summary({ card, text }: { card: unknown; text: string }): string {
  const config = isObject(card) && isObject(card['config']) ? card['config'] : {};
  const words = isObject(config['summary']) ? string(config['summary']['content']) : '';
  return (words || text).slice(0, 80).replaceAll('\n', ' ');
}
