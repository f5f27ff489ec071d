import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCalendar } from '../../src/app/calendars.ts';
import { deliverer } from '../../src/app/deliver.ts';
import { renderCard } from '../../src/cards/render.ts';
import { DAY_MS, date } from '../../src/domain/calendar/local-date.ts';
import { pushCard } from '../../src/features/reminders/push.ts';
import type { Change } from '../../src/ports/changes.ts';
import { inspection, task } from '../db/district.ts';
import { at, beatUntil, district, MINUTE, withStore } from './morning.ts';
import { failing, openPostOffice, type PostOffice, push, START, sentBy } from './post-office.ts';

const unreachable = failing({ kind: 'retry', unknown: false, reason: 'ECONNREFUSED' });
const vanished = failing({ kind: 'retry', unknown: true, reason: 'timed out' });
const GROUPS = 3;
const chatOf = (group: number) => `oc_${group.toString(36).padStart(8, 'x')}`;

type Deed =
  | { readonly do: 'visit' | 'cancel' | 'task' | 'done'; readonly group: number }
  | { readonly do: 'bind'; readonly group: number };
const deed: fc.Arbitrary<Deed> = fc.record({
  do: fc.constantFrom('visit' as const, 'cancel' as const, 'task' as const, 'done' as const, 'bind' as const),
  group: fc.integer({ min: 0, max: GROUPS - 1 }),
});

/** What somebody enters while nothing leaves; it may be that there is nothing of the kind any more. */
async function happen({ core }: PostOffice, { do: what, group }: Deed, index: number): Promise<void> {
  const { store } = core;
  const change = async (): Promise<Change | undefined> => {
    const unitId = `u${group}`;
    if (what === 'visit')
      return {
        kind: 'inspections.put',
        rows: [inspection(`more${index}`, unitId, '2026-03-16', { kind: `第${index}次督导` })],
      };
    if (what === 'cancel') {
      const [row] = await store.importedInspections({ from: date('2026-03-16'), to: date('2026-03-16') });
      if (!row) return undefined;
      const { version: seen, ...rest } = row;
      return { kind: 'inspections.put', rows: [{ ...rest, from: date('2026-04-20'), to: date('2026-04-20'), seen }] };
    }
    const due = { kind: 'date', date: date('2026-03-16') } as const;
    if (what === 'task') {
      const units = [{ role: 'lead', unitId, written: unitId }] as const;
      return { kind: 'tasks.put', rows: [task('p', `t${index}`, { due, dueText: '3月16日', units })] };
    }
    if (what === 'done') {
      const [row] = await store.importedTasks('p');
      if (!row) return undefined;
      const { version: seen, ...rest } = row;
      return { kind: 'tasks.put', rows: [{ ...rest, due: { kind: 'none' }, seen }] };
    }
    const bound = await store.group(chatOf(group));
    return { kind: 'group.bound', chatId: chatOf(group), unitId: 'u0', seen: bound?.version ?? 0 };
  };
  const made = await change();
  if (made) expect(await store.commit({ changes: [made], messages: [], audit: [] })).toBe('done');
}

/** The push of a group as the tables say at this very moment; undefined when there is nothing to say, or it is another unit's by now. */
async function saidNow(
  office: PostOffice,
  chatId: string,
  unitId: string,
  now = office.time.now(),
): Promise<string | undefined> {
  const pusher = await withCalendar(office.core);
  const group = await office.core.store.group(chatId);
  if (!group || group.unit?.id !== unitId) return undefined;
  const rules = await office.core.store.rules(chatId);
  const brought = rules.filter(({ content }) => content !== 'month');
  const card = await pushCard(pusher, {
    group,
    contents: brought.map(({ content }) => content),
    nominalAt: at('08:30'),
    now,
    seenAt: now,
    late: now > at('08:46'),
    settings: await office.core.store.settings(),
  });
  return card && renderCard(card.doc).json;
}

describe('what waited', () => {
  test('says, whenever it leaves and whatever was entered meanwhile, what the tables say at that moment', async () => {
    const deeds = fc.array(deed, { minLength: 1, maxLength: 6 });
    const minutes = fc.integer({ min: 1, max: 150 });
    await fc.assert(
      fc.asyncProperty(deeds, minutes, async (entered, outage) => {
        const office = await district(GROUPS);
        const units = new Map(Array.from({ length: GROUPS }, (_, i) => [chatOf(i), `u${i}`]));
        let away = true;
        const sent = new Map<string, string>();
        office.answerWith(async ({ to, content }) => {
          if (away) return unreachable;
          expect(sent.has(to.chatId)).toBe(false);
          sent.set(to.chatId, content);
          const unitId = units.get(to.chatId) ?? '';
          // What was made less than a minute ago is not made again: it may just have become late since.
          const made = [office.time.now(), office.time.now() - MINUTE];
          expect(await Promise.all(made.map((now) => saidNow(office, to.chatId, unitId, now)))).toContain(content);
          return sentBy;
        });
        await beatUntil(office, at('08:40'));
        for (const [index, each] of entered.entries()) await happen(office, each, index);
        await office.time.advanceBy(outage * MINUTE);
        away = false;
        await office.time.advanceBy(10 * MINUTE);
        for (const [chatId, unitId] of units)
          expect(sent.has(chatId), chatId).toBe((await saidNow(office, chatId, unitId)) !== undefined);
        expect((await office.core.store.figures(undefined)).waitingMessages).toBe(0);
        expect(office.log.filter((line) => line.startsWith('error'))).toEqual([]);
        await office.delivery.close();
      }),
      { numRuns: 5 },
    );
  });

  test('and was tried says what it said then: its bytes may be with Lark already', async () => {
    const office = await district(1);
    office.answerWith(() => vanished);
    await beatUntil(office, at('08:40'));
    await happen(office, { do: 'visit', group: 0 }, 1);
    await office.time.advanceBy(10 * MINUTE);
    office.answerWith(() => sentBy);
    await office.time.advanceBy(10 * MINUTE);
    expect(office.calls.length).toBeGreaterThan(3);
    expect(new Set(office.calls.map(({ content }) => content)).size).toBe(1);
  });

  test('to ask for the day of a milestone is asked on a rest day too, and not any more once somebody has entered it', async () => {
    const office = await district(1);
    const ask = async (key: string) => {
      const remake = { kind: 'alert', of: 'milestone', programId: 'p', name: '市级核查' } as const;
      const asked = { ...push(key, 'ou_a', office.time.now()), type: 'interactive' as const, remake };
      await office.put(asked);
      await office.time.advanceBy(2 * MINUTE);
      const delivery = deliverer({ ...office.core, adminOpenIds: new Set(['ou_a']) });
      delivery.wake();
      await office.time.advanceBy(MINUTE);
      await delivery.close();
      return office.calls.filter(({ key: sent }) => sent === key).map(({ content }) => content);
    };
    const step = { programId: 'p', name: '市级核查', dueText: '3月下旬' };
    const period = { from: date('2026-03-20'), to: date('2026-03-31') };
    const enter = async (change: Change) =>
      expect(await office.core.store.commit({ changes: [change], messages: [], audit: [] })).toBe('done');
    await enter({ kind: 'milestones.put', rows: [{ ...step, period }] });
    await office.time.advanceTo(at('08:00') + 5 * DAY_MS);
    expect(await ask('saturday')).toEqual([expect.stringContaining('从现在起随时可能开始')]);
    await office.time.advanceTo(at('08:00') + 17 * DAY_MS);
    expect(await ask('over')).toEqual([expect.stringContaining('时段已过')]);
    await enter({ kind: 'milestones.put', rows: [{ ...step, due: date('2026-04-08'), seen: 1 }] });
    expect(await ask('entered')).toEqual([]);
  });

  test('less than a minute says what it said', async () => {
    const office = await openPostOffice();
    const about = { kind: 'news', title: '', about: ['task:99'] } as const;
    await office.put({ ...push('a', 'oc_1'), remake: about });
    await office.time.advanceTo(START + 59_000);
    office.delivery.wake();
    await office.time.advanceBy(MINUTE);
    expect(office.calls.map(({ content }) => content)).toEqual(['{}']);
  });

  test('does not leave while a fault of ours keeps it from being looked at, and is kept with its reason after a day', async () => {
    const office = await openPostOffice();
    const broken = withStore(office.core, { group: () => Promise.reject(new TypeError('ours')) });
    const delivery = deliverer(broken);
    await office.put({
      ...push('a', 'oc_1'),
      remake: { kind: 'push', unitId: undefined, nominalAt: START, rules: [] },
    });
    await office.time.advanceBy(2 * MINUTE);
    delivery.wake();
    await office.time.advanceBy(60 * MINUTE);
    expect(await office.fates()).toEqual({});
    await office.time.advanceBy(24 * 60 * MINUTE);
    expect(office.calls).toEqual([]);
    expect(await office.fates()).toEqual({ a: '内容没有能重新生成' });
    await delivery.close();
  });
});

describe('in a chat', () => {
  test('what an outage has put off leaves in the order of the decisions', async () => {
    const order = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 2, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 90 }), async (pauses, outage) => {
        const office = await openPostOffice();
        let away = true;
        const sent: string[] = [];
        office.answerWith(({ uuid }) => {
          if (away) return unreachable;
          sent.push(uuid);
          return sentBy;
        });
        for (const [index, pause] of pauses.entries()) {
          await office.put(push(`m${index}`, 'oc_1', office.time.now()));
          office.delivery.wake();
          await office.time.advanceBy(pause * 1_000);
        }
        await office.time.advanceBy(outage * MINUTE);
        away = false;
        await office.time.advanceBy(10 * MINUTE);
        expect(sent).toEqual(pauses.map((_, index) => `m${index}`));
        await office.delivery.close();
      }),
      { numRuns: 6 },
    );
  });

  test('once Lark is reached again nothing waits for the end of its own pause', async () => {
    const office = await openPostOffice();
    office.answerWith(() => unreachable);
    await office.put(...Array.from({ length: 20 }, (_, i) => push(`m${i}`, `oc_${i}`)));
    office.delivery.wake();
    await office.time.advanceBy(60 * MINUTE);
    office.answerWith(() => sentBy);
    const before = office.calls.length;
    await office.time.advanceBy(8 * MINUTE);
    const times = office.calls.slice(before).map((call) => call.at);
    expect(times).toHaveLength(20);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(5_000);
  });
});

describe('when the credentials are wrong', () => {
  const wrong = failing({ kind: 'misconfigured', code: 10014, reason: 'app secret invalid' });
  const beats = (office: PostOffice, minutes: number) => beatUntil(office, office.time.now() + minutes * MINUTE);

  test('what was held for it leaves by itself once they are right, and one message a minute tries', async () => {
    const office = await openPostOffice();
    office.answerWith(() => wrong);
    await office.put(...Array.from({ length: 30 }, (_, i) => push(`m${i}`, `oc_${i}`)));
    office.delivery.wake();
    await office.time.advanceBy(59_000);
    expect(await office.core.store.keptMessages(50)).toHaveLength(30);
    const before = office.calls.length;
    await beats(office, 30);
    expect(office.calls.length - before).toBeLessThanOrEqual(30);
    expect(office.calls.length - before).toBeGreaterThan(10);
    office.answerWith(() => sentBy);
    await beats(office, 4);
    expect(await office.fates()).toEqual({});
    expect((await office.core.store.figures(undefined)).waitingMessages).toBe(0);
  });

  test('what may have arrived before they were wrong stays held', async () => {
    const office = await openPostOffice();
    office.answerWith(() => (office.calls.length === 1 ? vanished : wrong));
    await office.put(push('a', 'oc_1'));
    office.delivery.wake();
    await beats(office, 3);
    office.answerWith(() => sentBy);
    await beats(office, 10);
    expect(office.calls).toHaveLength(2);
    expect(await office.fates()).toEqual({ a: 'app secret invalid' });
  });
});

describe('an upload', () => {
  const file = (key: string, chatId: string) => ({
    ...push(key, chatId),
    lane: 'reply' as const,
    type: 'file' as const,
    content: '',
    file: { name: `${key}.xlsx`, bytes: Uint8Array.of(1) },
  });

  test('has a lane of its own: its limit shuts no message, nor theirs an upload', async () => {
    const office = await openPostOffice();
    const limit = { kind: 'retry', unknown: false, afterMs: 20_000, limit: 'api', reason: '99991400' } as const;
    const tried: number[] = [];
    const { upload } = office.core.messenger;
    Object.assign(office.core.messenger, {
      upload: (name: string, bytes: Uint8Array) => {
        tried.push(office.time.now());
        return tried.length === 1 ? failing(limit) : upload(name, bytes);
      },
    });
    await office.put(file('f', 'oc_f'), file('g', 'oc_g'));
    office.delivery.wake();
    await office.time.advanceBy(1_000);
    await office.put(push('m', 'oc_m', office.time.now()));
    office.delivery.wake();
    await office.time.advanceBy(10_000);
    expect(office.calls.map(({ key }) => key)).toContain('m');
    // In flight when the limit came, and then nothing until it is over.
    expect(tried.filter((instant) => instant > (tried[0] ?? 0) + 100 && instant < (tried[0] ?? 0) + 20_000)).toEqual(
      [],
    );
    await office.time.advanceBy(30_000);
    expect(office.calls.map(({ key }) => key).toSorted()).toEqual(['f', 'g', 'm']);
  });

  test('in great number keeps Lark’s pace', async () => {
    const office = await openPostOffice();
    const at: number[] = [];
    Object.assign(office.core.messenger, {
      upload: async () => {
        at.push(office.time.now());
        return { ok: true, value: 'file_1' };
      },
    });
    await office.put(...Array.from({ length: 150 }, (_, i) => file(`f${i}`, `oc_${i}`)));
    office.delivery.wake();
    await office.time.advanceBy(MINUTE);
    expect(at).toHaveLength(150);
    for (const from of at) expect(at.filter((t) => t >= from && t < from + 1_000).length).toBeLessThanOrEqual(50);
    expect(office.calls).toHaveLength(150);
  });
});
