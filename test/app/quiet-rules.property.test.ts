import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import type { Core } from '../../src/app/core.ts';
import { receive } from '../../src/app/receive.ts';
import { tick } from '../../src/app/tick.ts';
import { date, instantAt, type LocalTime } from '../../src/domain/calendar/local-date.ts';
import type { Change, NewMessage } from '../../src/ports/changes.ts';
import { district, inspection, program } from '../db/district.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';

const ZONE = 'Asia/Shanghai';
const MINUTE = 60_000;
const TODAY = '2026-03-16';

let office: PostOffice;
let core: Core;
const committed: NewMessage[] = [];
let events = 0;

beforeAll(async () => {
  office = await openPostOffice(0, instantAt(date(TODAY), '04:30', ZONE));
  const { store } = office.database;
  const visits = [TODAY, '2026-03-17'].map((day) => inspection(`i${day}`, 'wanghai', day));
  const changes: Change[] = [district, program('p', 'wanghai'), { kind: 'inspections.put', rows: visits }];
  expect(await store.commit({ changes, messages: [], audit: [] })).toBe('done');
  core = {
    ...office.core,
    commands: registry,
    adminOpenIds: new Set(['ou_first']),
    wake: () => {},
    store: {
      ...store,
      async commit(work) {
        const outcome = await store.commit(work);
        if (outcome === 'done') committed.push(...work.messages);
        return outcome;
      },
    },
  };
});

async function say(chatId: string, text: string): Promise<string> {
  events += 1;
  await receive(core, {
    kind: 'message',
    eventId: `e${events}`,
    messageId: `om${events}`,
    chatId,
    chatType: 'group',
    mentionsBot: true,
    sender: { openId: 'ou_first' },
    text,
    readable: true,
    mentions: [],
    messageType: 'text',
    at: office.time.now(),
  });
  const card = committed.findLast(({ key }) => key === `reply:e${events}`)?.content ?? '';
  return card.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

const clock = (minutes: number): LocalTime => {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` as LocalTime;
};
const instant = (day: string, time: string) => instantAt(date(day), time as LocalTime, ZONE);

/** Quiet hours as 设置 takes them, and a time near one of their ends, or anywhere. */
const asked = fc
  .record({ from: fc.integer({ min: 1080, max: 1439 }), to: fc.integer({ min: 300, max: 600 }), off: fc.nat(9) })
  .chain(({ from, to, off }) =>
    fc.record({
      quiet: fc.constant(off === 0 ? '关闭' : `${clock(from)}-${clock(to)}`),
      time: fc
        .oneof(fc.integer({ min: from - 14, max: from + 2 }), fc.integer({ min: to - 10, max: to + 2 }), fc.nat(1439))
        .map((minutes) => clock(Math.min(1439, minutes))),
      /** Which of the six minutes a group has follows from its id. */
      group: fc.uuid().map((id) => `oc_${id}`),
    }),
  );

test('what 提醒 promises of an accepted rule is when the beat sends it, whatever the group and its quiet hours', async () => {
  const seen = { promised: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(asked, async ({ quiet, time, group }) => {
      // Shrinking asks again for what has happened: each time is another group.
      const chatId = `${group}${events}`;
      const changes: Change[] = [
        { kind: 'group.joined', chatId, name: chatId },
        { kind: 'group.bound', chatId, unitId: 'wanghai', seen: 1 },
      ];
      await core.store.commit({ changes, messages: [], audit: [] });
      await say(chatId, `设置 免打扰 ${quiet}`);
      const answer = await say(chatId, `提醒 新增 每天 ${time} 今日日程`);
      const [, at = '', month = '', day = ''] = /（(\d\d:\d\d) 送出）：(\d+)月(\d+)日/.exec(answer) ?? [];
      if (at === '') {
        seen.refused += 1;
        expect(answer).toContain('免打扰时段');
        return;
      }
      seen.promised += 1;
      const promised = instant(`2026-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, at);
      const begun = committed.length;
      for (let beat = promised - 9 * MINUTE; beat <= promised + MINUTE; beat += MINUTE) await tick(core, beat);
      const pushes = committed.slice(begun).filter((message) => message.chatId === chatId && message.lane === 'push');
      expect(pushes.map(({ dueAt }) => dueAt)).toEqual([promised]);
      await say(chatId, '提醒 删除 1');
    }),
    {
      numRuns: 60,
      examples: [
        [{ quiet: '18:00-07:00', time: '17:58', group: 'oc_a' }],
        [{ quiet: '22:00-07:00', time: '21:59', group: 'oc_b' }],
      ],
    },
  );
  expect(Math.min(seen.promised, seen.refused)).toBeGreaterThan(5);
});
