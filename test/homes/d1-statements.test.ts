import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshed } from '../../src/app/live-cards.ts';
import { openD1 } from '../../src/db/d1.ts';
import { fireAt } from '../../src/domain/reminders/spread.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { randomIds } from '../../src/homes/ids.ts';
import { worker } from '../../src/homes/worker.ts';
import { at, district, MINUTE } from '../app/morning.ts';
import { countedD1 } from '../support/counted-d1.ts';
import { migratedD1, startD1 } from '../support/d1.ts';
import { patientTurn, type VirtualTime, virtualTime } from '../support/virtual-time.ts';

const GROUPS = 50;

/** The Worker's home over a D1 in workerd that counts what each invocation asks of it. */
describe('an invocation of the cron trigger', () => {
  let time: VirtualTime;
  let lark: Emulator;
  let d1: Awaited<ReturnType<typeof startD1>>;
  let folder: string;
  let chats: readonly string[];
  let home: ReturnType<typeof worker>;
  const settings = () => ({
    LARK_APP_ID: lark.appId,
    LARK_APP_SECRET: lark.appSecret,
    LARK_ENCRYPT_KEY: lark.encryptKey,
    LARK_VERIFICATION_TOKEN: lark.verificationToken,
    LARK_DOMAIN: lark.url,
    LOG_LEVEL: 'error',
  });
  const told = (chatId: string) => lark.control.messages(chatId).filter(({ from }) => from === 'bot');
  const have = () => chats.filter((chatId) => told(chatId).length > 0);

  /** What the next minute's beat asks of D1. */
  async function beat(): Promise<number> {
    await time.advanceTo((Math.floor(time.now() / MINUTE) + 1) * MINUTE);
    const { binding, statements } = countedD1(d1.binding);
    let open = true;
    const beating = home.scheduled({}, { ...settings(), DB: binding }).finally(() => {
      open = false;
    });
    while (open) {
      for (let turn = 0; turn < 3 && open; turn += 1) await patientTurn();
      const next = time.nextWaiter();
      if (open && next !== undefined) await time.advanceTo(Math.min(next, time.now() + 20));
    }
    await beating;
    return statements.length;
  }

  beforeAll(async () => {
    time = virtualTime(at('08:28'));
    lark = await startEmulator({ time });
    folder = await migratedD1();
    d1 = await startD1(folder, []);
    const member = lark.control.addPerson({ name: '陈甲' }).openId;
    chats = Array.from({ length: GROUPS }, (_, i) => {
      const { chatId } = lark.control.addGroup({ name: `群${i}`, members: [member] });
      void lark.control.addBot(chatId, { by: member });
      return chatId;
    });
    const opened = { ...openD1(d1.binding), migrate: async () => {} };
    await district(GROUPS, '08:30', opened, (i) => chats[i] ?? '');
    home = worker(time);
  });
  afterAll(async () => {
    await lark.close();
    await d1.stop();
    rmSync(folder, { recursive: true });
  });

  test('asks little when nothing is due', async () => {
    await beat();
    expect(await beat()).toBeLessThanOrEqual(9);
  });

  test('asks at most 900 statements when more is due than that allows; the oldest are told first, the rest a minute later', async () => {
    await time.advanceTo(at('08:39'));
    const asked = await beat();
    const first = have();
    expect(asked).toBeLessThanOrEqual(900);
    expect(first.length).toBeLessThan(GROUPS);
    expect(asked / first.length).toBeLessThanOrEqual(22);
    const byAge = chats.toSorted((a, b) => fireAt(at('08:30'), a) - fireAt(at('08:30'), b));
    expect(first.toSorted()).toEqual(byAge.slice(0, first.length).toSorted());
    expect(await beat()).toBeLessThanOrEqual(900);
    expect(chats.map((chatId) => told(chatId).length)).toEqual(chats.map(() => 1));
  });

  test('nor more when every sent card is to be made again', async () => {
    const subjects = chats.map((_, i) => `visit:${i + 1}`);
    const changes = refreshed({ ids: randomIds }, subjects, time.now());
    await openD1(d1.binding).store.commit({ changes, messages: [], audit: [] });
    const isUpdated = (chatId: string) => told(chatId)[0]?.updatedAt !== undefined;
    const asked = [await beat()];
    expect(chats.every(isUpdated)).toBe(false);
    for (let minutes = 0; minutes < 4 && !chats.every(isUpdated); minutes += 1) asked.push(await beat());
    expect(chats.every(isUpdated)).toBe(true);
    expect(Math.max(...asked)).toBeLessThanOrEqual(900);
  });
});
