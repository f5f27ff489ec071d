import type { MessageView } from '../message-view.ts';
import { Failed, tell } from './api.ts';
import { card } from './card.ts';
import type { PressOrder } from './card-context.ts';
import { avatar } from './card-text.ts';
import { type Child, h } from './dom.ts';
import { isObject, string } from './json.ts';
import type { Store } from './store.ts';
import { timeOf } from './time.ts';
import { toast, toneOf } from './toast.ts';

/** Longer texts are folded: they would bury the chat. */
const FOLDED_BEYOND = 1500;

export function messageItem(message: MessageView, store: Store, reply: () => void): HTMLElement {
  const { from, fromName, createdAt, updatedAt, recalled } = message;
  const mine = from === store.me;
  const bot = from === 'bot';
  if (recalled)
    return h('li', { class: 'notice', 'data-message': message.messageId }, `${mine ? '您' : fromName}撤回了一条消息`);
  const face = bot ? h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, '督') : avatar(fromName, from);
  const parent = message.parentId === undefined ? undefined : store.messages.get(message.parentId);
  return h(
    'li',
    { class: `message${mine ? ' mine' : ''}`, 'data-message': message.messageId },
    face,
    h(
      'div',
      { class: 'message-body' },
      h(
        'p',
        { class: 'meta' },
        h('span', { class: 'sender' }, fromName),
        bot && h('span', { class: 'tag hue-yellow' }, '机器人'),
        h('time', {}, timeOf(createdAt)),
        updatedAt !== undefined && h('span', {}, '已更新'),
        h('button', { type: 'button', class: 'quiet reply', onclick: reply, 'aria-label': `回复${fromName}` }, '回复'),
      ),
      parent &&
        h('p', { class: 'quoted cut' }, `回复 ${parent.fromName}：${parent.text.slice(0, 120).replaceAll('\n', ' ')}`),
      content(message, store),
    ),
  );
}

function content(message: MessageView, store: Store): HTMLElement {
  if (message.card) return cardOf(message, message.card, store);
  if (message.type === 'file')
    return h(
      'a',
      { class: 'bubble file', href: `/control/files/${message.messageId}`, download: '' },
      h('span', { 'aria-hidden': 'true' }, '📄'),
      message.text.replace('[文件] ', ''),
    );
  if (message.type === 'text' || message.type === 'post')
    return h('div', { class: 'bubble' }, ...foldable(message.text, store));
  return h('div', { class: 'bubble' }, message.text);
}

function foldable(text: string, store: Store): Child[] {
  if (text.length <= FOLDED_BEYOND) return withMentions(text, store);
  const short = h('span', {}, ...withMentions(`${text.slice(0, 600)}…`, store));
  const more = h('button', { type: 'button', class: 'quiet link' }, `展开全文（${text.length} 字）`);
  more.addEventListener('click', () => {
    short.replaceChildren(text);
    more.remove();
  });
  return [short, more];
}

/** The names of the chat's members after an @, mine the more visible. Longer names first. */
function withMentions(text: string, store: Store): Child[] {
  const me = store.nameOf(store.me);
  const members = (store.chat?.members ?? []).map((openId) => store.nameOf(openId));
  const names = [...new Set([store.nameOf('bot'), '所有人', ...members])].filter((name) => name !== '');
  const pattern = names.sort((a, b) => b.length - a.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return text
    .split(new RegExp(`(@(?:${pattern.join('|')}))`, 'u'))
    .map((part, index) =>
      index % 2 === 0 ? part : h('span', { class: part === `@${me}` || part === '@所有人' ? 'at me' : 'at' }, part),
    );
}

function cardOf(message: MessageView, json: NonNullable<MessageView['card']>, store: Store): HTMLElement {
  return card(json, {
    me: store.me,
    members: store.chat?.members ?? [],
    nameOf: store.nameOf.bind(store),
    press: (order) => press(message.messageId, order, store),
  });
}

async function press(messageId: string, order: PressOrder, store: Store): Promise<void> {
  try {
    const answer = await tell('/press', { messageId, openId: store.me, ...order });
    if (!isObject(answer)) return;
    const reason = string(answer['reason']);
    if (answer['status'] === 'failed')
      toast('error', `操作失败（200340）：机器人没有在 3 秒内给出可用的回答。${reason}`);
    if (answer['status'] === 'expired') toast('warning', '这张卡片已经超过 14 天，不能再操作了。请重新查询。');
    if (answer['status'] === 'incomplete') toast('warning', `还有必填项没有填：${reason}`);
    const said = answer['toast'];
    if (isObject(said)) toast(toneOf(string(said['type'])), string(said['content']));
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    toast('error', error.message);
  }
}
