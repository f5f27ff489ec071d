import { Failed, tell } from './api.ts';
import { fill, h, part } from './dom.ts';
import { isObject } from './json.ts';
import type { Store } from './store.ts';
import { sizeText } from './time.ts';
import { toast } from './toast.ts';

/** Lark's limits: of a text message's request, and of a file. */
const MAX_TEXT_BYTES = 150 * 1024;
const MAX_FILE_BYTES = 30 * 1024 * 1024;
const HISTORY = 50;

export interface Composer {
  /** The next message answers this one. */
  replyTo(messageId: string): void;
}

/** Where one writes: Enter sends, Shift+Enter breaks the line, the arrow up brings back what one said before. */
export function composer(store: Store): Composer {
  const box = part('text', HTMLTextAreaElement);
  const send = part('send', HTMLButtonElement);
  const at = part('at', HTMLButtonElement);
  const attach = part('attach', HTMLButtonElement);
  const picker = part('file', HTMLInputElement);
  const answering = part('answering', HTMLElement);
  let parent: string | undefined;

  const write = (text: string) => {
    box.value = text;
    store.draft = text;
    box.setSelectionRange(text.length, text.length);
  };
  const answer = (messageId: string | undefined) => {
    parent = messageId;
    const message = messageId === undefined ? undefined : store.messages.get(messageId);
    const cancel = h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': '取消回复', onclick: () => answer(undefined) },
      '×',
    );
    fill(
      answering,
      message && h('span', { class: 'cut' }, `回复 ${message.fromName}：${message.text.slice(0, 80)}`),
      message && cancel,
    );
    answering.hidden = message === undefined;
    if (message) box.focus();
  };
  const history = historyOf(store, write);
  const say = async () => {
    const text = box.value.trim();
    if (text === '' || store.chatId === '') return;
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > MAX_TEXT_BYTES) {
      toast(
        'error',
        `这段文字有 ${sizeText(bytes)}，超过一条消息的上限 150 KB，没有发送。请分几条发，或作为文件发送。`,
      );
      return;
    }
    const order = { chatId: store.chatId, openId: store.me, text, ...(parent !== undefined && { replyTo: parent }) };
    history.add(text);
    write('');
    answer(undefined);
    if (!(await sent(order, store))) write(text);
  };

  send.addEventListener('click', () => void say());
  box.addEventListener('input', () => {
    store.draft = box.value;
    history.forget();
  });
  box.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter chooses a word.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void say();
    } else if (history.key(event.key, box)) event.preventDefault();
  });
  at.addEventListener('click', () => {
    const name = `@${store.nameOf('bot')} `;
    if (!box.value.includes(name.trim())) write(name + box.value);
    box.focus();
  });
  attach.addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => {
    const [file] = picker.files ?? [];
    picker.value = '';
    if (file) void sendFile(file, store);
  });
  const dropped = part('conversation', HTMLElement);
  dropped.addEventListener('dragover', (event) => event.preventDefault());
  dropped.addEventListener('drop', (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void sendFile(file, store);
  });
  store.on(['whole', 'chat'], () => {
    write(store.draft);
    answer(undefined);
    const direct = store.chat?.mode === 'p2p';
    at.hidden = direct;
    box.placeholder = direct ? '发给督导助手，如：我的' : '如：@督导助手 截止 本周';
  });
  return { replyTo: answer };
}

/** Whether it went out; a word when the bot will not see it. */
async function sent(order: object, store: Store): Promise<boolean> {
  try {
    const answer = await tell('/say', order);
    const heard = isObject(answer) && answer['eventId'] !== undefined;
    if (!heard && store.chat?.mode === 'group') toast('info', '这条消息没有 @ 机器人，机器人看不到。');
    else if (!heard) toast('info', '平台没有把这条消息推送给机器人。');
    return true;
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    toast('error', error.message);
    return false;
  }
}

async function sendFile(file: File, store: Store): Promise<void> {
  const size = sizeText(file.size);
  if (store.chatId === '') return;
  if (file.size === 0) return toast('error', `“${file.name}”是空文件，没有发送。`);
  if (file.size > MAX_FILE_BYTES)
    return toast('error', `“${file.name}”有 ${size}，超过 30 MB 的上限，没有发送。请拆成几个小文件。`);
  const base64 = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(new Failed(`读不了文件“${file.name}”。`)));
    reader.readAsDataURL(file);
  }).catch((error: unknown) => {
    toast('error', error instanceof Failed ? error.message : `读不了文件“${file.name}”。`);
  });
  if (base64 === undefined) return;
  await sent({ chatId: store.chatId, openId: store.me, file: { name: file.name, base64 } }, store);
}

/** What this person said before, in this tab. The arrows move in it only from the first or last line, so that they still move in a text. */
function historyOf(store: Store, write: (text: string) => void) {
  const said = new Map<string, string[]>();
  let place = 0;
  const mine = () => {
    const kept =
      said.get(store.me) ??
      [...store.messages.values()]
        .filter(({ from, type }) => from === store.me && type === 'text')
        .map(({ text }) => text)
        .slice(-HISTORY);
    said.set(store.me, kept);
    return kept;
  };
  return {
    add(text: string) {
      const all = mine();
      if (all.at(-1) !== text) all.push(text);
      place = 0;
    },
    forget() {
      place = 0;
    },
    key(key: string, box: HTMLTextAreaElement): boolean {
      const all = mine();
      const before = box.value.slice(0, box.selectionStart);
      const up = key === 'ArrowUp' && !before.includes('\n') && (box.value === '' || place > 0) && place < all.length;
      const down = key === 'ArrowDown' && place > 0;
      if (!up && !down) return false;
      place += up ? 1 : -1;
      write(place === 0 ? '' : (all[all.length - place] ?? ''));
      return true;
    },
  };
}
