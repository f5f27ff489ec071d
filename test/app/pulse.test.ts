import { describe, expect, test } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { type Pulse, pulseOf } from '../../src/app/pulse.ts';
import type { AskingRound } from '../../src/app/tick.ts';
import type { Instant } from '../../src/domain/calendar/local-date.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Messenger, Result } from '../../src/ports/messenger.ts';
import { person } from '../db/district.ts';
import { at, district, MINUTE, withStore } from './morning.ts';
import type { PostOffice } from './post-office.ts';

const group = (index: number) => `oc_${index.toString(36).padStart(8, 'x')}`;
const AWAY = { ok: false, failure: { kind: 'retry', unknown: true, reason: 'timed out' } } as const;

/** Notices to these groups, whose members nobody has asked for yet. */
async function notices({ database }: PostOffice, count: number, sentAt: Instant, remindAt?: Instant): Promise<void> {
  const changes = Array.from({ length: count }, (_, n): Change => {
    const notice = { id: `n${n}`, number: n + 1, words: '请知悉', sender: 'ou_sender', sentAt, confirmBy: at('18:00') };
    return {
      kind: 'notice.sent',
      notice,
      remindAt,
      chatIds: [group(n)],
    };
  });
  expect(await database.store.commit({ changes, messages: [], audit: [] })).toBe('done');
}

/** Every question takes ten seconds and has no answer, as when Lark is away. */
function hanging({ core, time }: PostOffice): { readonly core: Core; readonly asked: Record<string, number> } {
  const asked: Record<string, number> = {};
  const hang = (name: string) => async (): Promise<Result<never>> => {
    asked[name] = (asked[name] ?? 0) + 1;
    await time.until(time.now() + 10_000);
    return AWAY;
  };
  const messenger: Messenger = {
    ...core.messenger,
    chatMembers: hang('chatMembers'),
    readers: hang('readers'),
    openIdsByMobile: hang('openIdsByMobile'),
    fileOf: hang('fileOf'),
  };
  return { core: { ...core, messenger }, asked };
}

/** Beats each minute, whether or not the beat before is over. */
async function live({ time }: PostOffice, pulse: Pulse, until: Instant): Promise<void> {
  for (let next = time.now() + MINUTE - (time.now() % MINUTE); next <= until; next += MINUTE) {
    await time.advanceTo(next);
    void pulse.beat(next);
  }
  await time.advanceTo(until + MINUTE - 1);
}

describe('while Lark does not answer', () => {
  test.each([3, 30])('%i notices delay no push', async (count) => {
    const office = await district(40);
    const plain = await district(40);
    await notices(office, count, at('08:00'));
    const { core, asked } = hanging(office);
    await live(office, pulseOf(core), at('08:50'));
    await live(plain, pulseOf(plain.core), at('08:50'));
    const leaving = ({ calls }: PostOffice) => calls.map((call) => [call.chatId, Math.floor(call.at / MINUTE)]).sort();
    expect(leaving(office)).toEqual(leaving(plain));
    expect(asked['chatMembers']).toBeGreaterThan(count);
  });

  test('reminders of notices leave in their minute or the next, and only the first of them wait for an answer', async () => {
    const office = await district(30);
    await notices(office, 30, at('08:00'), at('09:20'));
    const { core } = hanging(office);
    await office.time.advanceTo(at('09:19'));
    const rostered = Array.from({ length: 30 }, (_, n): Change => {
      const members = [{ openId: `ou_${n}`, name: '王芳' }];
      return { kind: 'notice.rostered', noticeId: `n${n}`, chatId: group(n), at: at('08:01'), members };
    });
    await office.database.store.commit({ changes: rostered, messages: [], audit: [] });
    const before = office.calls.length;
    await live(office, pulseOf(core), at('09:22'));
    expect(office.calls.slice(before).filter(({ content }) => content.includes('请知悉'))).toHaveLength(30);
  });

  test('a group that Lark never lists keeps none of the others from being asked', async () => {
    const office = await district(12);
    const rows = Array.from({ length: 12 }, (_, n) => person(`p${n}`, `u${n}`, `王芳${n}`));
    await office.database.store.commit({ changes: [{ kind: 'people.put', rows }], messages: [], audit: [] });
    const listed = new Set<string>();
    const messenger: Messenger = {
      ...office.core.messenger,
      chatMembers: async (chatId) => {
        if (chatId < group(6)) return AWAY;
        listed.add(chatId);
        return { ok: true, value: [] };
      },
    };
    await live(office, pulseOf({ ...office.core, messenger }), at('08:08'));
    expect(listed.size).toBe(6);
  });
});

describe('a round that asks Lark', () => {
  const counted = (office: PostOffice) => {
    const failures: string[] = [];
    const count: Core['count'] = (name, labels) => failures.push(`${name} ${labels?.['round'] ?? ''}`);
    return { failures, core: { ...office.core, count } };
  };

  test('and breaks down is counted under its name, and stops no other', async () => {
    const office = await district(5);
    const { core, failures } = counted(office);
    const broken = () => Promise.reject(new Error('no such table'));
    let identified = 0;
    const identity: AskingRound = {
      name: 'identity',
      everyMinutes: 1,
      kind: 'ask',
      run: async () => {
        identified += 1;
      },
    };
    const store = { ...core.store, dueImports: broken, peopleToLink: broken, noticesDue: broken };
    await live(office, pulseOf({ ...core, store }, [identity]), at('08:50'));
    expect(identified).toBe(50);
    expect(office.calls).toHaveLength(5);
    const failed = new Set(failures.filter((line) => line.startsWith('dudao_round_failures_total')));
    expect([...failed].map((line) => line.split(' ').at(-1)).sort()).toEqual(['accounts', 'imports', 'notices']);
  });

  test('asks at most a hundred times in a run, and begins no item after its time', async () => {
    const office = await district(1);
    let asked = 0;
    const messenger: Messenger = {
      ...office.core.messenger,
      botOpenId: async () => {
        asked += 1;
        return { ok: true, value: 'ou_bot' };
      },
    };
    const greedy: AskingRound = {
      name: 'greedy',
      everyMinutes: 1,
      kind: 'ask',
      run: async (core, _, budget) => {
        while (budget.lasts()) await core.messenger.botOpenId();
      },
    };
    await live(office, pulseOf({ ...office.core, messenger }, [greedy]), at('08:01'));
    expect(asked).toBe(100);

    const begun: Instant[] = [];
    const slow: AskingRound = {
      name: 'slow',
      everyMinutes: 10,
      minute: 0,
      kind: 'ask',
      run: async ({ time }, _, budget) => {
        while (budget.lasts()) {
          begun.push(time.now());
          await time.until(time.now() + 7_000);
        }
      },
    };
    await live(office, pulseOf(office.core, [slow]), at('08:11'));
    expect(begun).toHaveLength(7);
  });
});

describe('a beat that hangs', () => {
  /** One question of the store is never answered, as often as told. */
  const deaf = (core: Core, times: number): Core => {
    let left = times;
    const { calendarState } = core.store;
    return withStore(core, {
      calendarState: (...given) => {
        left -= 1;
        return left < 0 ? calendarState(...given) : new Promise(() => {});
      },
    });
  };

  test('is abandoned: the next minute beats, and every group gets its card once', async () => {
    const office = await district(20);
    await office.time.advanceTo(at('08:30') + 30_000);
    await live(office, pulseOf(deaf(office.core, 1)), at('08:50'));
    expect(office.calls).toHaveLength(20);
    expect(office.log.filter((line) => line.includes('a beat is overdue'))).toHaveLength(1);
  });

  test('every time keeps no other round from its turn', async () => {
    const office = await district(2);
    const core = deaf(office.core, Number.POSITIVE_INFINITY);
    let [looked, purged] = [0, 0];
    const watched = withStore(core, {
      findingsToWatch: async () => {
        looked += 1;
        return [];
      },
      purge: async () => {
        purged += 1;
      },
    });
    await live(office, pulseOf(watched), at('09:30'));
    expect(looked).toBeGreaterThan(30);
    expect(purged).toBeGreaterThan(3);
  });

  test('is told after three minutes, and no more once a beat has come to its end', async () => {
    const office = await district(2);
    const pulse = pulseOf(deaf(office.core, 6));
    expect(pulse.fault()).toBeUndefined();
    await live(office, pulse, at('08:05'));
    expect(pulse.fault()).toBe('the heartbeat hangs');
    await live(office, pulse, at('08:30'));
    expect(pulse.fault()).toBeUndefined();
  });
});
