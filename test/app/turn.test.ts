import { describe, expect, test } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { press } from '../../src/app/press.ts';
import { receive } from '../../src/app/receive.ts';
import { plainDoc } from '../../src/cards/plain.ts';
import type { Context } from '../../src/language/command.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Inbound } from '../../src/ports/inbound.ts';
import type { Committed, Stale } from '../../src/ports/store.ts';
import { helpThat } from './help-that.ts';
import { openPostOffice, START } from './post-office.ts';

const said = (eventId = 'e1'): Extract<Inbound, { kind: 'message' }> => ({
  kind: 'message',
  eventId,
  at: START,
  chatId: 'oc_1',
  chatType: 'p2p',
  messageId: `om_${eventId}`,
  sender: { openId: 'ou_1' },
  text: '帮助',
  mentionsBot: true,
  mentions: [],
  messageType: 'text',
  readable: true,
});
const pressed: Extract<Inbound, { kind: 'press' }> = {
  kind: 'press',
  eventId: 'e1',
  at: START,
  chatId: 'oc_1',
  messageId: 'om_1',
  updateToken: 't',
  operator: { openId: 'ou_1' },
  value: { v: 1, op: 'run', query: '帮助', page: 1 },
};
const added = { kind: 'botAdded', eventId: 'e1', at: START, chatId: 'oc_1', chatName: '群' } as const;

const MINUTES = 'importMinutes';
/** A line that counts how often it was said, in one row that all who say it write. */
const counting = (context: Pick<Context<never>, 'read'>): Promise<Change> =>
  context.read.settings().then(([row]) => ({
    kind: 'setting.changed',
    key: MINUTES,
    chatId: '',
    value: String(Number(row?.value ?? 0) + 1),
    before: undefined,
    by: 'ou_1',
    at: START,
    seen: row?.version ?? 0,
  }));

/** A rule of a group that there is not: the schema refuses it, and no decision reckons with that. */
const breaking = async (): Promise<Change> => ({ kind: 'rule.added', rule: { ...RULE, chatId: 'oc_nowhere' } });
const RULE = {
  id: 'rule_1',
  content: 'day',
  recurrence: { kind: 'workdays' },
  time: '08:30',
  nominalAt: START,
  fireAt: START,
} as const;

/** A bot whose one command decides so; the clock moves while it is at work, as clocks do. */
async function office(decides: (context: Pick<Context<never>, 'read'>) => Promise<Change>, chance = () => 0.5) {
  const opened = await openPostOffice();
  let decided = 0;
  const command = helpThat(async (context) => {
    decided += 1;
    return { reply: plainDoc('好', '好'), changes: [await decides(context)] };
  });
  const core: Core = { ...opened.core, chance, commands: [command] };
  await core.store.commit({ changes: [{ kind: 'group.joined', chatId: 'oc_1', name: '群' }], messages: [], audit: [] });
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    let open = true;
    const end = () => {
      open = false;
    };
    work.then(end, end);
    while (open) await opened.time.advanceBy(5);
    return work;
  };
  const sent = async () => {
    opened.delivery.wake();
    await opened.time.advanceBy(5_000);
    return opened.calls.map(({ content }) => content);
  };
  return { ...opened, core, during, sent, decided: () => decided };
}

/** Commits that find a guard broken, so many times. */
const overtaken = (core: Core, times: number, guard: Stale = 'moved'): Core => {
  let left = times;
  const commit: Core['store']['commit'] = (work) =>
    left-- > 0 ? Promise.resolve<Committed>(guard) : core.store.commit(work);
  return { ...core, store: { ...core.store, commit } };
};

describe('a turn', () => {
  test('that was overtaken is decided again, whatever it found otherwise than it was', async () => {
    for (const guard of ['moved', 'taken', 'last administrator'] as const) {
      const { core, during, sent, decided } = await office(counting);
      await during(receive(overtaken(core, 3, guard), said()));
      expect(decided()).toBe(4);
      expect(await sent()).toEqual([expect.stringContaining('好')]);
    }
  });

  test('of membership is decided again, not lost', async () => {
    const { core, during, sent, database } = await office(counting);
    await during(receive(overtaken(core, 3), added));
    expect(await database.store.group('oc_1')).toMatchObject({ state: 'active' });
    expect(await sent()).toHaveLength(1);
  });

  test('of each of twenty who write one row at the same moment is kept, typed or pressed', async () => {
    let dice = 7;
    const chance = () => {
      dice = (dice * 16_807) % 2_147_483_647;
      return dice / 2_147_483_647;
    };
    const { core, during, database, log, time } = await office(counting, chance);
    const turns = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? receive(core, said(`e${index}`))
        : press(core, { ...pressed, eventId: `e${index}`, messageId: `om_e${index}` }),
    );
    await during(Promise.all(turns));
    expect((await database.store.settings())[0]).toMatchObject({ value: '20', version: 20 });
    expect(log).toEqual([]);
    expect(time.now() - START).toBeLessThan(2_500);
  });

  test('that is always overtaken ends within Lark’s patience: nothing was done, and the log knows which guard', async () => {
    const { core, during, sent, log, time, decided, database } = await office(counting);
    await during(receive(overtakenTurns(core), said()));
    expect(time.now() - START).toBeGreaterThan(1_200);
    expect(time.now() - START).toBeLessThan(2_500);
    expect(decided()).toBeGreaterThan(5);
    const [content = ''] = await sent();
    expect(content).toContain('没有办成，没有改动任何内容。请稍后再试，或把错误编号 ABCDEFGH 告诉管理员');
    expect(content).not.toMatch(/有人在改|一直在变动/);
    expect(log).toEqual([expect.stringMatching(/ABCDEFGH.*each time it was moved/)]);
    expect(await database.store.settings()).toEqual([]);
  });

  test('of a button that is always overtaken says so beside the card', async () => {
    const { core, during, log } = await office(counting);
    const answer = await during(press(overtaken(core, Number.POSITIVE_INFINITY), pressed));
    expect(answer).toEqual({
      toast: {
        type: 'error',
        content: '没有办成，没有改动任何内容。请稍后再试，或把错误编号 ABCDEFGH 告诉管理员。',
      },
    });
    expect(log).toHaveLength(1);
  });

  test('that breaks what no decision reckons with is not decided again: a code, and nothing was changed', async () => {
    const { core, during, sent, log, decided, database } = await office(breaking);
    await during(receive(core, said()));
    const answer = await during(press(core, { ...pressed, eventId: 'e2' }));
    expect(decided()).toBe(2);
    expect(await sent()).toEqual([expect.stringContaining('没有办成，没有改动任何内容')]);
    expect(answer).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('没有改动任何内容') } });
    expect(log).toEqual(Array(2).fill(expect.stringContaining('UnforeseenConstraint: FOREIGN KEY')));
    expect(await database.store.rules('oc_nowhere')).toEqual([]);
  });

  test('whose answer cannot be kept either is not acknowledged', async () => {
    const { core, during } = await office(counting);
    const never = overtaken(core, Number.POSITIVE_INFINITY);
    await expect(during(receive(never, added))).rejects.toThrow('each time it was moved');
    await expect(during(receive(never, said()))).rejects.toThrow('each time it was moved');
  });
});

/** Whatever changes something is overtaken; what only answers is kept. */
const overtakenTurns = (core: Core): Core => ({
  ...core,
  store: {
    ...core.store,
    commit: (work) => (work.changes.length > 0 ? Promise.resolve<Committed>('moved') : core.store.commit(work)),
  },
});
