import { become } from './chat-list.ts';
import type { Store } from './store.ts';

/** For onlookers (`/?follow`): the page goes where something happens, as whoever speaks there, and shows a long card from its beginning. */
export function follow(store: Store): void {
  document.body.classList.add('reading');
  store.on(['message'], (message) => {
    const chat = store.whole?.chats.find(({ chatId }) => chatId === message?.chatId);
    if (!message || !chat) return;
    const who = message.from === 'bot' ? store.me : message.from;
    const there = chat.members.includes(who) ? who : chat.members[0];
    if (there !== undefined && there !== store.me) void become(store, there);
    if (store.chatId !== chat.chatId) store.open(chat.chatId);
    const newest = document.querySelector('#log > :last-child');
    const asked = message.from === 'bot' && message.parentId !== undefined;
    (asked ? newest?.previousElementSibling : newest)?.scrollIntoView({ block: 'start' });
  });
}
