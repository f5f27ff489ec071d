import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Platform, platform, type Reply } from './platform.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const card = (content = 'a') => JSON.stringify({ schema: '2.0', body: { elements: [{ tag: 'markdown', content }] } });
const send = (p: Platform, type: string, content: string, more: object = {}) =>
  p.text('', { msg_type: type, content, ...more });
const sent = async (reply: Promise<Reply>) => {
  const { code, data } = await reply;
  expect(code).toBe(0);
  return String(data['message_id']);
};
const aCard = (p: Platform) => sent(send(p, 'interactive', card()));
const patch = (p: Platform, id: string, content = card('b')) => p.call('PATCH', `/im/v1/messages/${id}`, { content });
const readers = (p: Platform, id: string, query = '?user_id_type=open_id') =>
  p.call('GET', `/im/v1/messages/${id}/read_users${query}`);
const reply = (p: Platform, id: string) =>
  p.call('POST', `/im/v1/messages/${id}/reply`, { msg_type: 'text', content: '{"text":"a"}' });
const upload = (p: Platform, kind: 'image' | 'file', size: number) => {
  const form = new FormData();
  form.set(`${kind}_type`, kind === 'image' ? 'message' : 'xls');
  if (kind === 'file') form.set('file_name', '日程.xlsx');
  form.set(kind, new Blob([new Uint8Array(size)]), 'a');
  return p.token().then((token) =>
    fetch(`${p.url}/open-apis/im/v1/${kind}s`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${token}` },
    }).then(async (response) => ({ status: response.status, ...(await response.json()) })),
  );
};

type Row = [
  name: string,
  act: (p: Platform) => Promise<{ status: number; code: number; msg: string }>,
  status: number,
  code: number,
  msg?: string,
];

describe('each refusal comes with its code and HTTP status', () => {
  const rows: Row[] = [
    // lark-platform 6.1
    [
      'a wrong app id',
      (p) => p.call('POST', '/auth/v3/tenant_access_token/internal', { app_id: 'cli_0', app_secret: p.appSecret }),
      200,
      10003,
    ],
    [
      'a wrong app secret',
      (p) => p.call('POST', '/auth/v3/tenant_access_token/internal', { app_id: p.appId, app_secret: 'x' }),
      200,
      10014,
    ],
    ['no token', (p) => p.call('GET', '/bot/v3/info', undefined, { authorization: '' }), 400, 99991661],
    [
      'a token that is none',
      (p) => p.call('GET', '/bot/v3/info', undefined, { authorization: 'Bearer abc' }),
      400,
      99991671,
    ],
    [
      'a token of somebody else',
      (p) => p.call('GET', '/bot/v3/info', undefined, { authorization: 'Bearer t-abc' }),
      400,
      99991663,
    ],
    [
      'a token after two hours',
      async (p) => {
        const authorization = `Bearer ${await p.token()}`;
        await p.time.advanceBy(120 * MINUTE);
        return p.call('GET', '/bot/v3/info', undefined, { authorization });
      },
      400,
      99991663,
    ],
    [
      'a revoked token',
      async (p) => {
        const authorization = `Bearer ${await p.token()}`;
        p.control.revokeTokens();
        return p.call('GET', '/bot/v3/info', undefined, { authorization });
      },
      400,
      99991663,
    ],
    [
      'a disabled app',
      async (p) => {
        const authorization = `Bearer ${await p.token()}`;
        p.control.configure({ enabled: false });
        return p.call('GET', '/bot/v3/info', undefined, { authorization });
      },
      400,
      99991662,
    ],
    [
      'a scope not granted',
      (p) => {
        p.control.configure({ scopes: [] });
        return p.text('a');
      },
      400,
      99991672,
      '[im:message:send_as_bot, im:message, im:message:send]',
    ],
    // 6.2
    ['a body that is no JSON', (p) => p.call('POST', '/im/v1/messages?receive_id_type=chat_id', '{'), 400, 99992402],
    [
      'a body without receive_id',
      (p) => p.call('POST', '/im/v1/messages?receive_id_type=chat_id', { msg_type: 'text', content: '{}' }),
      400,
      99992402,
    ],
    ['content as an object', (p) => p.text('', { content: { text: 'a' } }), 400, 99992402],
    [
      'no receive_id_type',
      (p) => p.call('POST', '/im/v1/messages', { receive_id: p.group, msg_type: 'text', content: '{"text":"a"}' }),
      400,
      99992402,
    ],
    ['a uuid of 51 characters', (p) => p.text('a', { uuid: 'u'.repeat(51) }), 400, 99992402],
    ['an unknown chat', (p) => p.text('a', { receive_id: 'oc_0' }), 400, 230001, 'ext=invalid receive_id'],
    [
      'content that is no JSON',
      (p) => p.text('', { content: 'a' }),
      400,
      230001,
      'ext=content is not a string in json format',
    ],
    ['an unknown msg_type', (p) => p.text('', { msg_type: 'card' }), 400, 230001, 'ext=invalid msg_type'],
    ['a mention of nobody', (p) => p.text('<at user_id="ou_0">x</at>'), 400, 230001, 'ext=invalid at user'],
    [
      'a bot outside the group',
      async (p) => {
        await p.control.removeBot(p.group);
        return p.text('a');
      },
      400,
      230002,
    ],
    [
      'a dissolved group',
      async (p) => {
        await p.control.disband(p.group);
        return p.text('a');
      },
      400,
      232009,
    ],
    [
      'a group where only some may speak',
      (p) => {
        p.control.mute(p.group);
        return p.text('a');
      },
      400,
      230018,
    ],
    [
      'a person outside the availability',
      (p) => {
        p.control.setAvailable(p.teacher, false);
        return p.call('POST', '/im/v1/messages?receive_id_type=open_id', {
          receive_id: p.teacher,
          msg_type: 'text',
          content: '{"text":"a"}',
        });
      },
      400,
      230013,
    ],
    [
      'the bot ability off',
      (p) => {
        p.control.configure({ botAbility: false });
        return p.text('a');
      },
      400,
      230006,
    ],
    ['a text request over 150 KB', (p) => p.text('督'.repeat(51_200)), 400, 230025],
    [
      'a post over 30 KB',
      (p) =>
        send(
          p,
          'post',
          JSON.stringify({ zh_cn: { title: '', content: [[{ tag: 'text', text: 'a'.repeat(30_720) }]] } }),
        ),
      400,
      230025,
    ],
    ['a card over 30 KB', (p) => send(p, 'interactive', card('a'.repeat(30_720))), 400, 230025],
    [
      'a card with an unknown property',
      (p) => send(p, 'interactive', '{"schema":"2.0","body":{"elements":[]},"foot":{}}'),
      400,
      230099,
      'ext=ErrCode: 200621; ',
    ],
    [
      'a card that mentions nobody',
      (p) => send(p, 'interactive', card('<at id=ou_0></at>')),
      400,
      230099,
      'ErrCode: 100290',
    ],
    [
      'a card with an image never uploaded',
      (p) =>
        send(
          p,
          'interactive',
          JSON.stringify({
            schema: '2.0',
            body: { elements: [{ tag: 'img', img_key: 'img_v3_x', alt: { tag: 'plain_text', content: '' } }] },
          }),
        ),
      400,
      230099,
      'ErrCode: 200570',
    ],
    [
      'a sixth message within a second to a group',
      async (p) => {
        for (let i = 0; i < 5; i++) await p.text('a');
        return p.text('a');
      },
      400,
      230020,
    ],
    // 6.3
    [
      'a reply to a recalled message',
      async (p) => {
        const { messageId } = p.control.say(p.group, p.teacher, 'a');
        await p.control.recall(messageId);
        return reply(p, messageId);
      },
      400,
      230011,
    ],
    [
      'a reply to a deleted message',
      (p) => {
        const { messageId } = p.control.say(p.group, p.teacher, 'a');
        p.control.delete(messageId);
        return reply(p, messageId);
      },
      400,
      231003,
    ],
    [
      'a reply after the bot was removed',
      async (p) => {
        const { messageId } = p.control.say(p.group, p.teacher, 'a');
        await p.control.removeBot(p.group);
        return reply(p, messageId);
      },
      400,
      230002,
    ],
    // 6.4
    [
      'a patch of somebody else’s message',
      (p) => patch(p, p.control.say(p.group, p.teacher, 'a').messageId),
      400,
      230012,
    ],
    // 6.6
    [
      'the readers of somebody else’s message',
      (p) => readers(p, p.control.say(p.group, p.teacher, 'a').messageId),
      400,
      230012,
    ],
    [
      'the readers of a message after seven days',
      async (p) => {
        const id = await aCard(p);
        await p.time.advanceBy(7 * DAY + 1);
        return readers(p, id);
      },
      400,
      230033,
    ],
    [
      'the readers of a message in a group that the bot has left',
      async (p) => {
        const id = await aCard(p);
        await p.control.removeBot(p.group);
        return readers(p, id);
      },
      400,
      230002,
    ],
    ['the readers without user_id_type', async (p) => readers(p, await aCard(p), ''), 400, 99992402],
    ['a patch of a text', async (p) => patch(p, await sent(p.text('a'))), 400, 230054],
    [
      'a patch of a recalled card',
      async (p) => {
        const id = await aCard(p);
        await p.call('DELETE', `/im/v1/messages/${id}`);
        return patch(p, id);
      },
      400,
      230011,
    ],
    [
      'a patch after 14 days',
      async (p) => {
        const id = await aCard(p);
        await p.time.advanceBy(14 * DAY + 1);
        return patch(p, id);
      },
      400,
      230031,
    ],
    ['a patch with a bad card', async (p) => patch(p, await aCard(p), '{}'), 400, 230099],
    [
      'a sixth patch of one message within a second',
      async (p) => {
        const id = await aCard(p);
        for (let i = 0; i < 5; i++) await patch(p, id);
        return patch(p, id);
      },
      400,
      230020,
    ],
    [
      'a 21st edit',
      async (p) => {
        const id = await sent(p.text('a'));
        const edit = () => p.call('PUT', `/im/v1/messages/${id}`, { msg_type: 'text', content: '{"text":"b"}' });
        for (let i = 0; i < 20; i++) await edit();
        return edit();
      },
      400,
      230072,
    ],
    [
      'the history of a group without the scope for it',
      (p) => p.call('GET', `/im/v1/messages?container_id_type=chat&container_id=${p.group}`),
      400,
      230027,
    ],
    // 6.6
    ['an empty upload', (p) => upload(p, 'file', 0), 400, 234010],
    ['a file over 30 MB', (p) => upload(p, 'file', 30 * 1024 * 1024 + 1), 400, 234006],
    ['an image over 10 MB', (p) => upload(p, 'image', 10 * 1024 * 1024 + 1), 400, 234006],
    [
      'sending a file that the bot did not upload',
      (p) => {
        const said = p.control.say(p.group, p.teacher, '', { file: { name: 'a', bytes: new Uint8Array(1) } });
        return send(
          p,
          'file',
          JSON.stringify({ file_key: JSON.parse(p.control.message(said.messageId).content).file_key }),
        );
      },
      400,
      230017,
    ],
    [
      'a resource of another message',
      (p) =>
        p.call(
          'GET',
          `/im/v1/messages/${p.control.say(p.group, p.teacher, 'a').messageId}/resources/file_v3_0?type=file`,
        ),
      400,
      234003,
    ],
    [
      'a resource without its type',
      (p) => p.call('GET', `/im/v1/messages/${p.control.say(p.group, p.teacher, 'a').messageId}/resources/file_v3_0`),
      400,
      234001,
    ],
    [
      'a resource of a card',
      async (p) => p.call('GET', `/im/v1/messages/${await aCard(p)}/resources/img_v3_0?type=image`),
      400,
      234043,
    ],
    // 6.7, 6.8
    ['an unknown group', (p) => p.call('GET', '/im/v1/chats/oc_0'), 400, 232006],
    [
      'the members of a group that the bot left',
      async (p) => {
        await p.control.removeBot(p.group);
        return p.call('GET', `/im/v1/chats/${p.group}/members`);
      },
      400,
      232011,
    ],
    [
      '51 mobiles at once',
      (p) => p.call('POST', '/contact/v3/users/batch_get_id', { mobiles: Array(51).fill('13800000001') }),
      400,
      99992402,
    ],
    ['an unknown person', (p) => p.call('GET', '/contact/v3/users/ou_0'), 400, 41012],
    // 7.1
    [
      '51 calls of one API within a second',
      async (p) => {
        const authorization = `Bearer ${await p.token()}`;
        const info = () => p.call('GET', '/bot/v3/info', undefined, { authorization });
        for (let i = 0; i < 50; i++) await info();
        return info();
      },
      429,
      99991400,
    ],
    // 5.3
    [
      'an update with an unknown token',
      (p) => p.call('POST', '/interactive/v1/card/update', { token: 'c-0', card: {} }),
      200,
      2200,
    ],
  ];
  test.each(rows)('%s', async (_, act, status, code, msg = '') => {
    expect(await act(await platform())).toMatchObject({ status, code, msg: expect.stringContaining(msg) });
  });
});

test('a refusal carries a log id in body and header', async () => {
  const { body, headers } = await (await platform()).text('');
  expect(body['error']).toMatchObject({ log_id: headers.get('x-tt-logid') });
});

test('429 names the limit and the seconds to wait, after which calls pass again', async () => {
  const p = await platform();
  const authorization = `Bearer ${await p.token()}`;
  const info = () => p.call('GET', '/bot/v3/info', undefined, { authorization });
  for (let second = 0; second < 20; second++) {
    for (let i = 0; i < 50; i++) await info();
    await p.time.advanceBy(1000);
  }
  const refused = await info();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-ogw-ratelimit-limit')).toBe('1000');
  expect(refused.headers.get('x-ogw-ratelimit-reset')).toBe('40');
  await p.time.advanceBy(40_000);
  expect((await info()).status).toBe(200);
});

test('the token stays the same while 30 minutes remain, its expire shrinks, and old and new both work', async () => {
  const p = await platform();
  const ask = async () => {
    const { body } = await p.call('POST', '/auth/v3/tenant_access_token/internal', {
      app_id: p.appId,
      app_secret: p.appSecret,
    });
    return [String(body['tenant_access_token']), body['expire']];
  };
  const [first] = await ask();
  await p.time.advanceBy(90 * MINUTE);
  expect(await ask()).toEqual([first, 1800]);
  await p.time.advanceBy(1000);
  const [second, expire] = await ask();
  expect(second).not.toBe(first);
  expect(expire).toBe(7200);
  for (const token of [first, second])
    expect(await p.call('GET', '/bot/v3/info', undefined, { authorization: `Bearer ${token}` })).toMatchObject({
      code: 0,
    });
});

test('a uuid sends once an hour and answers with the first message', async () => {
  const p = await platform();
  const first = await p.text('a', { uuid: 'u-1' });
  await p.time.advanceBy(59 * MINUTE);
  expect((await p.text('a', { uuid: 'u-1' })).data).toEqual(first.data);
  expect(p.control.messages(p.group)).toHaveLength(1);
  const other = p.control.addGroup({ name: '另一群', members: [p.teacher] }).chatId;
  await p.control.addBot(other, { by: p.teacher });
  expect((await p.text('a', { uuid: 'u-1', receive_id: other })).data['message_id']).not.toBe(first.data['message_id']);
  await p.time.advanceBy(MINUTE);
  expect((await p.text('a', { uuid: 'u-1' })).data['message_id']).not.toBe(first.data['message_id']);
  expect(p.control.messages(p.group)).toHaveLength(2);
});

test('pages of members hold fewer than asked for, and no bots', async () => {
  const p = await platform();
  for (let i = 0; i < 4; i++) await p.control.addMember(p.group, p.control.addPerson({ name: `教师${i}` }).openId);
  const names: unknown[] = [];
  let token = '';
  do {
    const { data } = await p.call('GET', `/im/v1/chats/${p.group}/members?page_size=3&page_token=${token}`);
    expect(data['member_total']).toBe(5);
    names.push(
      ...z
        .array(z.object({ name: z.string() }))
        .parse(data['items'])
        .map(({ name }) => name),
    );
    token = String(data['page_token']);
    expect(data['has_more']).toBe(token !== '');
  } while (token);
  expect(names).toEqual(['张三', '教师0', '教师1', '教师2', '教师3']);
});

test('a name is missing without the scope for it', async () => {
  const p = await platform();
  expect((await p.call('GET', `/contact/v3/users/${p.teacher}`)).data).toMatchObject({ user: { name: '张三' } });
  p.control.configure({ scopes: [] });
  expect((await p.call('GET', `/contact/v3/users/${p.teacher}`)).data['user']).not.toHaveProperty('name');
});

test('a domain with a trailing slash is told so', async () => {
  const p = await platform();
  const response = await fetch(`${p.url}//open-apis/bot/v3/info`);
  expect([response.status, await response.text()]).toEqual([404, 'the configured domain must not end with a slash']);
  expect(p.control.wire()).toMatchObject([{ path: '//open-apis/bot/v3/info', status: 404 }]);
});

test('the wire log holds calls with status and code, and no text, token or secret', async () => {
  const p = await platform();
  await p.text('机密内容', { uuid: 'u-1' });
  await p.text('', {});
  expect(p.control.wire().map(({ method, path, status, code }) => [method, path, status, code])).toEqual([
    ['POST', '/open-apis/auth/v3/tenant_access_token/internal', 200, 0],
    ['POST', '/open-apis/im/v1/messages', 200, 0],
    ['POST', '/open-apis/auth/v3/tenant_access_token/internal', 200, 0],
    ['POST', '/open-apis/im/v1/messages', 400, 230001],
  ]);
  const log = JSON.stringify(p.control.wire());
  for (const secret of ['机密', p.appSecret, 't-g1', p.encryptKey]) expect(log).not.toContain(secret);
});
