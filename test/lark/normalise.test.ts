import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../src/lark/normalise.ts';
import type { Envelope } from '../../src/lark/verify.ts';
import { NOW } from './envelopes.ts';

const BOT = 'ou_b0tb0tb0tb0tb0tb0tb0tb0tb0tb0t';
const SENDER = 'ou_84aad35d084aa403a838cf73ee18467';
const LISI = 'ou_7d8a6e6df7621556ce0d21922b676706';
const CHAT = 'oc_5ce6d572455d361153b7xx51da133945';

const envelope = (eventType: string, event: Envelope['event']): Envelope => ({
  eventId: 'e-1',
  eventType,
  createTime: NOW,
  event,
});
const mention = (key: string, openId: string, name: string, type?: string) => ({
  key,
  id: { union_id: 'on_x', user_id: '', open_id: openId },
  ...(type === undefined ? {} : { mentioned_type: type }),
  name,
  tenant_key: '736588c9260f175e',
});
const atBot = mention('@_user_1', BOT, '督导助手', 'bot');
const atLisi = mention('@_user_2', LISI, '李四', 'user');

/** The platform's own sample with what the test changes. */
const received = (message: object = {}, sender: object = {}) =>
  envelope('im.message.receive_v1', {
    sender: {
      sender_id: { union_id: 'on_8ed6aa67826108097d9ee143816345', user_id: 'e33ggbyz', open_id: SENDER },
      sender_type: 'user',
      tenant_key: '736588c9260f175e',
      ...sender,
    },
    message: {
      message_id: 'om_5ce6d572455d361153b7cb51da133945',
      chat_id: CHAT,
      chat_type: 'group',
      message_type: 'text',
      create_time: '1763711999000',
      update_time: '1763711999000',
      content: '{"text":"@_user_1 日程 明天 @_user_2"}',
      mentions: [atBot, atLisi],
      user_agent: 'Mozilla/5.0 Feishu/7.30',
      ...message,
    },
  });
const read = (message: object, sender: object = {}, botOpenId: string | undefined = BOT) =>
  normalise(received(message, sender), { botOpenId });
const text = (content: string, mentions: object[] = [atBot, atLisi]) =>
  read({ content: JSON.stringify({ text: content }), mentions });

test("the platform's sample of a group message", () => {
  expect(normalise(received(), { botOpenId: BOT })).toEqual({
    kind: 'message',
    eventId: 'e-1',
    at: 1_763_711_999_000,
    chatId: CHAT,
    chatType: 'group',
    messageId: 'om_5ce6d572455d361153b7cb51da133945',
    sender: { openId: SENDER },
    text: '日程 明天 @李四',
    mentionsBot: true,
    mentions: [{ openId: LISI, name: '李四' }],
    messageType: 'text',
    readable: true,
  });
});

describe('the text of a message', () => {
  const eleven = Array.from({ length: 11 }, (_, i) => mention(`@_user_${i + 1}`, `ou_${i + 1}`, `人${i + 1}`, 'user'));
  test.each<[string, string, object[] | undefined, string]>([
    ['needs no space after the mention', '@_user_1日程', undefined, '日程'],
    ['keeps full-width spaces inside and line breaks', '@_user_1　日程\n明天', undefined, '日程\n明天'],
    ['is not glued together where the mention stood', '日程@_user_1明天', undefined, '日程 明天'],
    ['may be nothing but the mention', '@_user_1', undefined, ''],
    ['replaces longer keys first', '@_user_1@_user_10@_user_11', eleven, '@人1@人10@人11'],
    ['does not replace in names', '@_user_2', [mention('@_user_2', LISI, '@_user_1', 'user'), atBot], '@@_user_1'],
    ['takes keys literally', 'a.c abc', [mention('a.c', LISI, '李四', 'user')], '@李四 abc'],
    ['shows @所有人', '@_all 日程', [], '@所有人 日程'],
  ])('%s', (_, content, mentions, expected) => {
    expect(text(content, mentions)).toMatchObject({ text: expected, readable: true });
  });

  const post = (value: unknown) => read({ message_type: 'post', content: JSON.stringify(value) });
  const paragraphs = [
    [
      { tag: 'at', user_id: '@_user_1', user_name: '督导助手' },
      { tag: 'text', text: '日程 ', style: [] },
      { tag: 'a', href: 'https://example.org', text: '台账' },
    ],
    [
      { tag: 'img', image_key: 'img_v3_x' },
      { tag: 'md', text: '明天' },
      { tag: 'emotion', emoji_type: 'OK' },
    ],
    [
      { tag: 'at', user_id: '@_user_2', user_name: '李四' },
      { tag: 'at', user_id: '@_user_9', user_name: '外人' },
      { tag: 'at', user_id: '@_all' },
      { tag: 'hr' },
    ],
  ];
  test('joins the pieces of a post and keeps its lines', () => {
    expect(post({ title: '', content: paragraphs })).toMatchObject({
      text: '日程 台账\n明天\n@李四@外人@所有人',
      readable: true,
      messageType: 'post',
      mentionsBot: true,
    });
  });
  test('reads what a newer client puts into content_v2, with its mentions and pictures', () => {
    const md = [
      [{ tag: 'md', text: '<at user_id="@_user_1">督导助手</at> **日程** [明天](https://example.org/a)' }],
      [
        { tag: 'md', text: `<at user_id="${LISI}"></at>参加` },
        { tag: 'img', image_key: 'img_v3_y' },
      ],
    ];
    expect(post({ title: '', content: [], content_v2: md })).toMatchObject({
      text: '日程 明天\n@李四参加',
      readable: true,
      attachments: [{ kind: 'image', key: 'img_v3_y' }],
    });
    expect(post({ content_v2: md })).toMatchObject({ readable: true });
    const both = [[{ tag: 'text', text: '日程' }]];
    expect(post({ content: both, content_v2: md })).toMatchObject({ text: '日程' });
  });
  test('keeps the words of an element that it does not know', () => {
    const unknown = [[{ tag: 'quote', text: '日程 明天' }], [{ tag: 'hologram', angle: 3 }]];
    expect(post({ content: unknown })).toMatchObject({ text: '日程 明天' });
  });
  test('begins with the title of a post', () => {
    expect(post({ title: '督导', content: [[{ tag: 'text', text: '日程' }]] })).toMatchObject({ text: '督导\n日程' });
  });
  test.each([
    ['zh_cn', { en_us: { title: '', content: [] }, zh_cn: { content: [[{ tag: 'text', text: '日程' }]] } }],
    ['another language', { ja_jp: { title: '', content: [[{ tag: 'text', text: '日程' }]] } }],
  ])('reads a post wrapped in %s', (_, value) => {
    expect(post(value)).toMatchObject({ text: '日程', readable: true });
  });
  test('keeps what somebody typed in a post, even when it looks like a key', () => {
    expect(post({ content: [[{ tag: 'text', text: '@_user_2' }]] })).toMatchObject({ text: '@_user_2' });
  });

  test.each([
    ['image', '{"image_key":"img_v3_x"}'],
    ['file', '{"file_key":"file_v3_x","file_name":"附件.xlsx"}'],
    ['audio', '{"file_key":"file_v3_x","duration":2000}'],
    ['media', '{"file_key":"file_v3_x","image_key":"img_v3_x"}'],
    ['sticker', '{"file_key":"x"}'],
    ['interactive', '{"text":"日程"}'],
    ['share_chat', '{"chat_id":"oc_x"}'],
    ['text', 'no JSON'],
    ['text', '{"text":1}'],
    ['text', `{"text":${'['.repeat(5000)}`],
    ['post', '[]'],
    ['post', '{"content":"x"}'],
  ])('a message of type %s with %.30s is not readable', (messageType, content) => {
    expect(read({ message_type: messageType, content })).toMatchObject({
      kind: 'message',
      messageType,
      readable: false,
      text: '',
    });
  });
});

test.each([
  ['milliseconds', '1763711999000'],
  ['seconds', '1763711999'],
  ['microseconds', '1763711999000000'],
])('the moment of a message may come in %s', (_, create_time) => {
  expect(read({ create_time })).toMatchObject({ kind: 'message', at: 1_763_711_999_000 });
});

describe('whether the bot is meant', () => {
  const unmarked = mention('@_user_1', BOT, '督导助手');
  test.each<[string, object[] | null | undefined, string | undefined, boolean | 'unknown']>([
    ['by its open id', [atBot], BOT, true],
    ['not by a name that somebody else bears', [mention('@_user_1', LISI, '督导助手', 'user')], BOT, false],
    ['not by another bot', [mention('@_user_1', 'ou_other', '督导助手', 'bot')], BOT, false],
    ['by the mark while the open id is unknown', [atBot], undefined, true],
    ['not by a person while the open id is unknown', [atLisi], undefined, false],
    ['unknown when neither tells', [unmarked], undefined, 'unknown'],
    ['one mark is enough', [unmarked, mention('@_user_2', 'ou_b', 'b', 'bot')], undefined, true],
    ['nobody is mentioned', undefined, undefined, false],
    ['a null list mentions nobody', null, BOT, false],
    ['@所有人 is not the bot', [mention('@_all', '', '所有人')], undefined, false],
  ])('%s', (_, mentions, botOpenId, expected) => {
    expect(normalise(received({ mentions }), { botOpenId })).toMatchObject({ mentionsBot: expected });
  });

  test('a mention without an open id keeps its name and is nobody', () => {
    expect(text('@_user_1 @_user_3', [atBot, mention('@_user_3', '', '外部人员', 'user')])).toMatchObject({
      text: '@外部人员',
      mentions: [],
    });
  });
});

test.each([
  ['p2p', 'p2p'],
  ['group', 'group'],
  ['topic_group', 'group'],
])('chat type %s is a %s', (chat_type, expected) => {
  expect(read({ chat_type })).toMatchObject({ chatType: expected });
});

test('a reply names the message that it answers', () => {
  expect(read({ parent_id: 'om_parent', root_id: 'om_root' })).toMatchObject({ parentId: 'om_parent' });
  expect(read({ parent_id: '' })).not.toHaveProperty('parentId');
});

test.each([
  ['an app', { sender_type: 'app' }],
  ['a bot', { sender_type: 'bot' }],
  ['the bot itself', { sender_id: { open_id: BOT } }],
])('a message sent by %s is not handled', (_, sender) => {
  expect(read({}, sender)).toEqual({
    kind: 'unhandled',
    eventId: 'e-1',
    at: NOW,
    type: 'im.message.receive_v1',
    why: 'notFromAPerson',
  });
});

describe('the life of a group', () => {
  const operator_id = { union_id: 'on_x', user_id: 'u', open_id: SENDER };
  const chat = { chat_id: CHAT, operator_id, external: false, operator_tenant_key: 't', name: '岱山县教育局工作群' };
  const base = { eventId: 'e-1', at: NOW, chatId: CHAT };
  const operator = { openId: SENDER };
  test.each<[string, Envelope['event'], object]>([
    ['im.chat.member.bot.added_v1', chat, { kind: 'botAdded', ...base, chatName: '岱山县教育局工作群', operator }],
    ['im.chat.member.bot.added_v1', { chat_id: CHAT }, { kind: 'botAdded', ...base, chatName: '' }],
    ['im.chat.member.bot.deleted_v1', chat, { kind: 'botRemoved', ...base, operator }],
    ['im.chat.disbanded_v1', { ...chat, operator_id: { open_id: null } }, { kind: 'chatDisbanded', ...base }],
    [
      'im.chat.member.user.deleted_v1',
      {
        ...chat,
        users: [
          { name: '甲', user_id: { open_id: 'ou_1' } },
          { name: '外', user_id: { open_id: null } },
        ],
      },
      { kind: 'membersGone', ...base, openIds: ['ou_1'] },
    ],
    [
      'im.chat.member.user.withdrawn_v1',
      { chat_id: CHAT, users: [{ user_id: { open_id: 'ou_2' } }] },
      { kind: 'membersGone', ...base, openIds: ['ou_2'] },
    ],
    [
      'im.chat.updated_v1',
      { chat_id: CHAT, operator_id, before_change: { name: '旧' }, after_change: { name: '新' }, moderator_list: {} },
      { kind: 'chatRenamed', ...base, name: '新' },
    ],
    [
      'im.chat.updated_v1',
      { chat_id: CHAT, before_change: { owner_id: operator_id }, after_change: { owner_id: operator_id } },
      { kind: 'unhandled', eventId: 'e-1', at: NOW, type: 'im.chat.updated_v1', why: 'noNewName' },
    ],
    [
      'im.chat.updated_v1',
      { chat_id: CHAT, before_change: { name: '同' }, after_change: { name: '同' } },
      { kind: 'unhandled', eventId: 'e-1', at: NOW, type: 'im.chat.updated_v1', why: 'noNewName' },
    ],
  ])('%s', (type, event, expected) => {
    expect(normalise(envelope(type, event), { botOpenId: BOT })).toEqual(expected);
  });
});

describe('a pressed button', () => {
  const event = {
    operator: { tenant_key: 't', user_id: '867b7f1e', open_id: SENDER, union_id: 'on_574' },
    token: 'c-295ee57216a5dc9de90fefd0aadb4b1d7d30ca8f',
    action: { tag: 'button', value: { v: 1, op: 'ack', id: 'dl_42' }, timezone: 'Asia/Shanghai' },
    host: 'im_message',
    context: { open_message_id: 'om_574d639e4a44e4dd646eaf628e2d0d10', open_chat_id: CHAT },
  };
  const pressed = (change: object) => normalise(envelope('card.action.trigger', { ...event, ...change }), {});
  test('names who pressed it, where, and what it carries', () => {
    expect(pressed({})).toEqual({
      kind: 'press',
      eventId: 'e-1',
      at: NOW,
      chatId: CHAT,
      messageId: 'om_574d639e4a44e4dd646eaf628e2d0d10',
      operator: { openId: SENDER },
      value: { v: 1, op: 'ack', id: 'dl_42' },
      updateToken: 'c-295ee57216a5dc9de90fefd0aadb4b1d7d30ca8f',
    });
  });
  test.each([
    ['a value that is text', { action: { tag: 'button', value: 'ack' } }],
    ['a value that is a list', { action: { tag: 'button', value: [] } }],
    ['no chat', { context: {} }],
    ['no operator', { operator: {} }],
  ])('is malformed with %s', (_, change) => {
    expect(pressed(change)).toMatchObject({ kind: 'unhandled', why: 'malformed' });
  });
  test('without a value carries nothing', () => {
    expect(pressed({ action: { tag: 'select_static', option: 'a' } })).toMatchObject({ kind: 'press', value: {} });
  });
});

test('an unknown event is named', () => {
  expect(normalise(envelope('im.message.reaction.created_v1', {}), {})).toEqual({
    kind: 'unhandled',
    eventId: 'e-1',
    at: NOW,
    type: 'im.message.reaction.created_v1',
    why: 'unknownType',
  });
});

test('no content of a known event makes it throw', () => {
  const types = [
    'im.message.receive_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.member.bot.deleted_v1',
    'im.chat.disbanded_v1',
    'im.chat.updated_v1',
    'card.action.trigger',
  ];
  const event = fc.dictionary(
    fc.constantFrom('sender', 'message', 'chat_id', 'operator_id', 'action', 'context', 'after_change'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.constantFrom(...types), event, (type, content) => {
      expect(normalise(envelope(type, content), {}).eventId).toBe('e-1');
    }),
  );
  fc.assert(
    fc.property(fc.constantFrom('text', 'post'), fc.json(), (message_type, content) => {
      expect(read({ message_type, content })).toMatchObject({ kind: 'message' });
    }),
  );
});
