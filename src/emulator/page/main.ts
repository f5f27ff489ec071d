import { become, chatList } from './chat-list.ts';
import { clockBar } from './clock-bar.ts';
import { composer } from './composer.ts';
import { conversation } from './conversation.ts';
import { part } from './dom.ts';
import { follow } from './follow.ts';
import { sidePanel } from './side-panel.ts';
import { Store } from './store.ts';
import { listen } from './stream.ts';
import { toast } from './toast.ts';

const store = new Store();
const { replyTo } = composer(store);
chatList(store);
conversation(store, replyTo);
clockBar(store);
sidePanel(store);

/** Who was nobody yet becomes whoever sees the most. */
store.on(['whole', 'around'], () => {
  const { whole, me } = store;
  if (!whole || whole.people.some(({ openId }) => openId === me)) return;
  const groups = (openId: string) => whole.chats.filter(({ members }) => members.includes(openId)).length;
  const [first] = [...whole.people].sort((a, b) => groups(b.openId) - groups(a.openId));
  if (first) void become(store, first.openId);
});
store.on(['whole'], () => {
  if (store.me !== '' && !store.chat) void become(store, store.me);
});
store.on(['whole', 'caption'], () => {
  const bar = part('caption', HTMLElement);
  bar.textContent = store.whole?.caption ?? '';
  bar.hidden = bar.textContent === '';
});
if (new URLSearchParams(location.search).has('follow')) follow(store);
store.on(['whole', 'online'], () => {
  part('offline', HTMLElement).hidden = store.online;
  document.body.dataset['live'] = String(store.online);
});
part('back', HTMLButtonElement).addEventListener('click', () => {
  document.body.classList.remove('reading');
  document.querySelector<HTMLElement>('.chat[aria-current]')?.focus();
});
window.addEventListener('storage', ({ key }) => {
  if (key?.endsWith(' read')) store.readElsewhere();
});
window.addEventListener('error', () => toast('error', '页面出了差错。刷新一下，什么也不会丢。'));
window.addEventListener('unhandledrejection', () => toast('error', '页面出了差错。刷新一下，什么也不会丢。'));
listen(store);
