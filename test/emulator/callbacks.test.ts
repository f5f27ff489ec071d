import { expect, test } from 'vitest';
import { listener, type Platform, platform } from './platform.ts';

const plain = (content: string) => ({ tag: 'plain_text', content });
const card = (...elements: unknown[]) => ({ schema: '2.0', body: { elements } });
const button = (content: string, value: object, more: object = {}) => ({
  tag: 'button',
  text: plain(content),
  behaviors: [{ type: 'callback', value }],
  ...more,
});
const form = {
  tag: 'form',
  name: 'f',
  elements: [
    { tag: 'input', name: 'note', required: true },
    { tag: 'date_picker', name: 'due', initial_date: '2026-12-01' },
    button('提交', { op: 'rectify' }, { name: 'submit', form_action_type: 'submit' }),
  ],
};
const shown = async (p: Platform, ...elements: unknown[]) => {
  const sent = await p.text('', { msg_type: 'interactive', content: JSON.stringify(card(...elements)) });
  return String(sent.data['message_id']);
};
const answering = async (p: Platform, answer: string | (() => Promise<never>)) => {
  const { url, received } = await listener(p.time, () => (typeof answer === 'string' ? { body: answer } : answer()));
  p.control.pushCallbacksTo(url);
  return received;
};
const plainPlatform = () => platform({ encryptKey: '' });

test('a button is found by its words or its value, and its value travels back', async () => {
  const p = await plainPlatform();
  const received = await answering(p, '{}');
  const id = await shown(p, button('上一页', { page: 1 }), button('下一页', { page: 3 }));
  expect(await p.control.press(id, p.teacher, { buttonText: '下一页' })).toMatchObject({ status: 'done' });
  expect(await p.control.press(id, p.teacher, { value: { page: 1 } })).toMatchObject({ status: 'done' });
  const events = received.map(({ body }) => JSON.parse(body));
  expect(events.map(({ event }) => event.action)).toEqual([
    { tag: 'button', value: { page: 3 }, timezone: 'Asia/Shanghai' },
    { tag: 'button', value: { page: 1 }, timezone: 'Asia/Shanghai' },
  ]);
  expect(events[0]).toMatchObject({
    header: { event_type: 'card.action.trigger', token: p.verificationToken },
    event: {
      operator: { open_id: p.teacher },
      host: 'im_message',
      context: { open_message_id: id, open_chat_id: p.group },
      token: expect.stringMatching(/^c-[0-9a-f]{40}$/),
    },
  });
  expect(events[0].header.event_id).not.toBe(events[1].header.event_id);
});

test('a button that is not shown, is disabled, or is seen by nobody else cannot be pressed', async () => {
  const p = await plainPlatform();
  await answering(p, '{}');
  const id = await shown(p, button('收到', {}), button('重置', {}, { disabled: true }));
  const stranger = p.control.addPerson({ name: '李四' }).openId;
  expect(() => p.control.press(id, stranger, { buttonText: '收到' })).toThrow(RangeError);
  await expect(p.control.press(id, p.teacher, { buttonText: '没有' })).rejects.toThrow('the card shows: 收到 重置');
  await expect(p.control.press(id, p.teacher, { buttonText: '重置' })).rejects.toThrow('disabled');
});

test('a form sends each field, presets included, and the client keeps back what is incomplete', async () => {
  const p = await plainPlatform();
  const received = await answering(p, '{}');
  const id = await shown(p, form);
  expect(await p.control.press(id, p.teacher, { buttonText: '提交' })).toEqual({
    status: 'incomplete',
    reason: 'note',
  });
  await p.control.press(id, p.teacher, { buttonText: '提交', formValue: { note: '已完成整改' } });
  expect(received.map(({ body }) => JSON.parse(body).event.action)).toEqual([
    {
      tag: 'button',
      name: 'submit',
      value: { op: 'rectify' },
      timezone: 'Asia/Shanghai',
      form_value: { note: '已完成整改', due: '2026-12-01 +0800' },
    },
  ]);
  await expect(p.control.press(id, p.teacher, { buttonText: '提交', formValue: { zork: 1 } })).rejects.toThrow('zork');
});

test('a link button opens its link and calls nobody', async () => {
  const p = await plainPlatform();
  const received = await answering(p, '{}');
  const open = {
    tag: 'button',
    text: plain('打开'),
    behaviors: [{ type: 'open_url', default_url: 'https://example.org/' }],
  };
  const id = await shown(p, open);
  expect(await p.control.press(id, p.teacher, { buttonText: '打开' })).toEqual({
    status: 'opened',
    url: 'https://example.org/',
  });
  expect(received).toEqual([]);
});

const bad: [name: string, answer: string][] = [
  ['what is no JSON', 'ok'],
  ['an unknown field', '{"message":"ok"}'],
  ['an unknown toast type', '{"toast":{"type":"fatal","content":"a"}}'],
  ['a card that Lark refuses', '{"card":{"type":"raw","data":{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}}}'],
  ['a card outside its envelope', JSON.stringify(card())],
];
test.each(bad)('%s as an answer fails on the client, and the card stays', async (_, answer) => {
  const p = await plainPlatform();
  await answering(p, answer);
  const id = await shown(p, button('收到', {}));
  const before = p.control.message(id);
  expect(await p.control.press(id, p.teacher, { buttonText: '收到' })).toMatchObject({ status: 'failed' });
  expect(p.control.message(id)).toEqual(before);
});

test('an answer after 3 s is lost, and nothing is pushed again', async () => {
  const p = await plainPlatform();
  const received = await answering(p, () => new Promise(() => {}));
  const id = await shown(p, button('收到', {}));
  const pressed = p.control.press(id, p.teacher, { buttonText: '收到' });
  await p.time.advanceBy(24 * 3_600_000);
  expect(await pressed).toMatchObject({ status: 'failed', reason: 'no answer within 3000 ms' });
  expect(received).toHaveLength(1);
});

test('a card older than 14 days answers no press', async () => {
  const p = await plainPlatform();
  await answering(p, '{}');
  const id = await shown(p, button('收到', {}));
  await p.time.advanceBy(14 * 24 * 3_600_000 + 1);
  expect(await p.control.press(id, p.teacher, { buttonText: '收到' })).toEqual({ status: 'expired' });
});

test('the update token serves twice within 30 minutes, and only after the answer', async () => {
  const p = await plainPlatform();
  const update = (token: string, text: string) =>
    p.call('POST', '/interactive/v1/card/update', { token, card: card({ tag: 'markdown', content: text }) });
  const { url } = await listener(p.time, () => ({}));
  p.control.pushCallbacksTo(url);
  const id = await shown(p, button('收到', {}));
  const { token = '' } = await p.control.press(id, p.teacher, { buttonText: '收到' });
  expect((await update(token, '一')).code).toBe(0);
  expect((await update(token, '二')).code).toBe(0);
  expect((await update(token, '三')).code).toBe(2200);
  expect(p.control.message(id).text).toBe('二');

  const other = await shown(p, button('收到', {}));
  const late = await p.control.press(other, p.teacher, { buttonText: '收到' });
  await p.time.advanceBy(1_800_001);
  expect((await update(late.token ?? '', '迟')).code).toBe(2200);

  const codes: number[] = [];
  const hasty = await listener(p.time, async ({ body }) => {
    codes.push((await update(JSON.parse(body).event.token, '早')).code);
    return {};
  });
  p.control.pushCallbacksTo(hasty.url);
  await p.control.press(await shown(p, button('收到', {})), p.teacher, { buttonText: '收到' });
  expect(codes).toEqual([2200]);
});
