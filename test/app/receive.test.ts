import { describe, expect, test } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { press } from '../../src/app/press.ts';
import { receive } from '../../src/app/receive.ts';
import { plainDoc } from '../../src/cards/plain.ts';
import type { Inbound } from '../../src/ports/inbound.ts';
import { helpThat } from './help-that.ts';
import { openPostOffice, START } from './post-office.ts';

const said = (text: string, eventId = 'e1'): Extract<Inbound, { kind: 'message' }> => ({
  kind: 'message',
  eventId,
  at: START,
  chatId: 'oc_1',
  chatType: 'p2p',
  messageId: 'om_1',
  sender: { openId: 'ou_1' },
  text,
  mentionsBot: true,
  mentions: [],
  messageType: 'text',
  readable: true,
});

const added = { kind: 'botAdded', eventId: 'e1', at: START, chatId: 'oc_1', chatName: '群' } as const;

const commandThat = (run: (read: Core['store']) => Promise<unknown>) =>
  helpThat(async ({ read }) => {
    await run(read as Core['store']);
    return { reply: plainDoc('好', '好') };
  });

async function office(over: Partial<Core> = {}, store: Partial<Core['store']> = {}) {
  const opened = await openPostOffice();
  const core = { ...opened.core, ...over, store: { ...opened.core.store, ...store } };
  const sent = async () => {
    opened.delivery.wake();
    await opened.time.advanceBy(5_000);
    return opened.calls;
  };
  return { ...opened, core, sent };
}

describe('an event', () => {
  test('of membership that comes hours late changes nothing, greets nobody and is not in the record', async () => {
    const { core, database, sent } = await office();
    const at = (hours: number) => START + hours * 3_600_000;
    const event = { eventId: 'e', chatId: 'oc_1' } as const;
    await receive(core, { ...added, at: at(0) });
    await receive(core, { ...event, kind: 'chatRenamed', eventId: 'e2', name: '新名', at: at(3) });
    await receive(core, { ...event, kind: 'botRemoved', eventId: 'e3', at: at(4) });
    const greeted = (await sent()).length;
    await receive(core, { ...added, eventId: 'e4', at: at(1) });
    await receive(core, { ...event, kind: 'chatRenamed', eventId: 'e5', name: '旧名', at: at(2) });
    // What was said in the group before, too: it does not bring the bot back.
    await receive(core, { ...said('帮助', 'e6'), chatType: 'group', at: at(2) });
    expect(await database.store.group('oc_1')).toMatchObject({ state: 'left', name: '新名' });
    const record = await database.store.audit({ limit: 20 });
    expect(record.map(({ action }) => action).filter((action) => action.startsWith('group.'))).toHaveLength(3);
    expect((await sent()).filter(({ content }) => content.includes('认领'))).toHaveLength(greeted);
  });

  test('that a handler’s bug meets is answered with a code that the log knows, once', async () => {
    const bug = commandThat(() => Promise.reject(new TypeError('ours')));
    const { core, log, sent } = await office({ commands: [bug] });
    await receive(core, said('帮助'));
    await receive(core, said('帮助'));
    const calls = await sent();
    expect(calls.map(({ content }) => content.includes('ABCDEFGH'))).toEqual([true]);
    expect(log[0]).toMatch(/a handler failed.*ABCDEFGH.*TypeError: ours/);
  });

  test('that meets a failing database is not answered: Lark shall come again', async () => {
    const { core, database } = await office();
    const reading = commandThat(async (read) => {
      await database.close();
      await read.checklists();
    });
    await expect(receive({ ...core, commands: [reading] }, said('帮助'))).rejects.toThrow('not open');
  });

  test('without the bot’s mention, or of an unknown type, changes nothing', async () => {
    const { core, sent } = await office();
    await receive(core, { ...said('大家好'), chatType: 'group', mentionsBot: false });
    await receive(core, { kind: 'unhandled', eventId: 'e2', at: START, type: 'x', why: 'unknownType' });
    expect(await sent()).toEqual([]);
  });
});

describe('a button', () => {
  const pressed = (value: Record<string, unknown>): Extract<Inbound, { kind: 'press' }> => ({
    kind: 'press',
    eventId: 'e1',
    at: START,
    chatId: 'oc_1',
    messageId: 'om_1',
    updateToken: 't',
    operator: { openId: 'ou_1' },
    value,
  });

  test('that nobody made, or that is worn out, says so', async () => {
    const { core } = await office();
    const elsewhere = pressed({ v: 1, op: 'show', query: '帮助', page: 2 });
    const unknown = await press(core, { ...elsewhere, chatId: 'oc_forwarded', messageId: 'om_forwarded' });
    expect(unknown).toMatchObject({ toast: { type: 'warning', content: expect.stringContaining('已经失效') } });
    expect(await press(core, pressed({ v: 99 }))).toMatchObject({ toast: { type: 'warning' } });
  });

  test('that fails answers with a code instead of leaving the official alone', async () => {
    const { core } = await office({}, { group: () => Promise.reject(new Error('gone')) });
    const answer = await press(core, pressed({ v: 1, op: 'show', query: '帮助', page: 2 }));
    expect(answer).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('ABCDEFGH') } });
  });
});
