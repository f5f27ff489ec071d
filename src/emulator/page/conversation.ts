import { fill, h, part } from './dom.ts';
import { messageItem } from './message.ts';
import type { Store } from './store.ts';
import { dayOf, dayText } from './time.ts';

const NEAR_END = 120;

/** Middle: the messages of the chosen chat. A message is drawn once, and again when it changes: what is typed into another card stays. */
export function conversation(store: Store, reply: (messageId: string) => void): void {
  const name = part('chat-name', HTMLElement);
  const about = part('chat-about', HTMLElement);
  const log = part('log', HTMLElement);
  const scroll = part('scroll', HTMLElement);
  const newer = part('newer', HTMLButtonElement);
  let lastDay = '';
  // What scrolls must be reachable by keyboard.
  scroll.tabIndex = 0;

  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END;
  const toEnd = () => {
    scroll.scrollTop = scroll.scrollHeight;
    newer.hidden = true;
  };
  const draw = (message: Parameters<typeof messageItem>[0]) =>
    messageItem(message, store, () => reply(message.messageId));
  const welcome = () =>
    h('li', { class: 'notice welcome' }, '还没有消息。可以试试：帮助、日程 今天、截止 本周、我的。');
  const append = (message: Parameters<typeof messageItem>[0]) => {
    const day = dayOf(message.createdAt);
    if (day !== lastDay) log.append(h('li', { class: 'notice day' }, dayText(message.createdAt)));
    lastDay = day;
    log.querySelector('.welcome')?.remove();
    log.append(draw(message));
  };
  const title = () => {
    const { chat } = store;
    name.textContent = chat ? store.titleOf(chat) : '请选择一个群或单聊';
    const members = chat?.members.map((openId) => store.nameOf(openId)) ?? [];
    const bot = chat?.bot === false ? '；机器人不在群里' : '';
    const gone = chat?.status === 'dissolved' ? '（已解散）' : '';
    about.textContent =
      chat?.mode === 'group' ? `${members.length} 人：${members.join('、')}${bot}${gone}` : '单聊，不用 @';
    about.title = about.textContent;
  };
  const whole = () => {
    title();
    lastDay = '';
    fill(log);
    const all = store.inChat(store.chatId);
    for (const message of all) append(message);
    if (all.length === 0 && store.chat) fill(log, welcome());
    toEnd();
    store.markRead();
  };

  store.on(['whole', 'me', 'chat'], whole);
  store.on(['around'], title);
  store.on(['message'], (message) => {
    if (!message || message.chatId !== store.chatId) return;
    const stay = atEnd() || message.from === store.me;
    const old = log.querySelector(`[data-message="${message.messageId}"]`);
    if (old) old.replaceWith(draw(message));
    else append(message);
    if (stay) toEnd();
    else if (!old) newer.hidden = false;
    store.markRead();
  });
  scroll.addEventListener('scroll', () => {
    if (atEnd()) newer.hidden = true;
  });
  newer.addEventListener('click', toEnd);
  // Charts and unfolding panels grow after they were placed.
  new ResizeObserver(() => {
    if (newer.hidden && atEnd()) toEnd();
  }).observe(log);
  document.addEventListener('visibilitychange', () => store.markRead());
}
