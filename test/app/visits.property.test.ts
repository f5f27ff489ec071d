import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import type { Core } from '../../src/app/core.ts';
import { receive } from '../../src/app/receive.ts';
import { addDays, date, wallClock } from '../../src/domain/calendar/local-date.ts';
import { whenText } from '../../src/features/visits/visit-card.ts';
import type { Change, NewMessage } from '../../src/ports/changes.ts';
import { district, person } from '../db/district.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';

const ADMINISTRATORS = ['ou_first', 'ou_second'] as const;
const SCHOOLS = ['望海区第一小学', '望海区实验幼儿园', '城关区第一小学'] as const;
const PERIODS = ['上午', '下午'] as const;
/** Each school's groups, its own and those above it. */
const CHAINS: Readonly<Record<string, readonly string[]>> = {
  望海区第一小学: ['oc_city', 'oc_wanghai', 'oc_school'],
  望海区实验幼儿园: ['oc_city', 'oc_wanghai'],
  城关区第一小学: ['oc_city', 'oc_chengguan'],
};
const GROUPS = [
  ['oc_city', 'bureau'],
  ['oc_wanghai', 'wanghai'],
  ['oc_school', 'wanghai-1'],
  ['oc_chengguan', 'chengguan'],
] as const;

let office: PostOffice;
let core: Core;
/** What was committed to be said, by the order in which it was. */
const told: (NewMessage & { readonly unit: number })[] = [];
let events = 0;
let commits = 0;

beforeAll(async () => {
  office = await openPostOffice(0, Date.UTC(2026, 2, 16, 1));
  const { store } = office.database;
  const changes: Change[] = [
    district,
    { kind: 'people.put', rows: [person('han', 'culture', '韩丙'), person('li', 'culture', '李庚')] },
    { kind: 'person.linked', personId: 'han', openId: 'ou_han', by: 'mobile', seen: 1 },
    ...GROUPS.flatMap(([chatId, unitId]): Change[] => [
      { kind: 'group.joined', chatId, name: chatId },
      { kind: 'group.bound', chatId, unitId, seen: 1 },
    ]),
  ];
  expect(await store.commit({ changes, messages: [], audit: [] })).toBe('done');
  core = {
    ...office.core,
    commands: registry,
    adminOpenIds: new Set(ADMINISTRATORS),
    wake: () => {},
    store: {
      ...store,
      async commit(work) {
        const outcome = await store.commit(work);
        commits += 1;
        if (outcome === 'done') told.push(...work.messages.map((message) => ({ ...message, unit: commits })));
        return outcome;
      },
    },
  };
});

async function say(by: string, text: string): Promise<void> {
  events += 1;
  await receive(core, {
    kind: 'message',
    eventId: `e${events}`,
    messageId: `om${events}`,
    chatId: `oc_p2p_${by}`,
    chatType: 'p2p',
    sender: { openId: by },
    text,
    readable: true,
    mentions: [],
    mentionsBot: false,
    messageType: 'text',
    at: office.time.now(),
  });
}

const day = fc.integer({ min: 1, max: 12 });
const step = fc.record({
  verb: fc.constantFrom('新增', '延期', '变更', '换校', '取消', '恢复'),
  which: fc.nat(3),
  day,
  period: fc.constantFrom(...PERIODS),
  school: fc.constantFrom(...SCHOOLS),
  kind: fc.constantFrom('专项督导', '随机督导'),
  by: fc.constantFrom(...ADMINISTRATORS),
  minutes: fc.nat(4),
});

test('whatever is done to visits, each group was told last what the row says, nothing twice, and no target before its time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      const first = await core.store.nextInspectionNumber();
      const begun = told.length;
      for (const { verb, which, day: ahead, period, school, kind, by, minutes } of steps) {
        await office.time.advanceBy(minutes * 60_000);
        const today = wallClock(office.time.now(), core.zone).date;
        const on = addDays(today, ahead);
        const known = (await core.store.nextInspectionNumber()) - first;
        const number = `D${first + (known === 0 ? 0 : which % known)}`;
        const line = {
          新增: `日程 新增 ${on} ${period} ${school} ${kind} 组长 韩丙 内容 食堂`,
          延期: `日程 延期 ${number} ${on} 原因 台风`,
          变更: `日程 变更 ${number} ${period} 组长 李庚`,
          换校: `日程 变更 ${number} ${school}`,
          取消: `日程 取消 ${number} 原因 停课`,
          恢复: `日程 恢复 ${number}`,
        }[verb];
        await say(by, line);
      }

      const said = told.slice(begun).filter(({ key }) => key.startsWith('notice:'));
      // Once: one card a chat and unit of work, and never the same card again.
      const cards = said.map(({ unit, chatId }) => `${unit} ${chatId}`);
      expect(new Set(cards).size).toBe(cards.length);
      for (const chatId of new Set(said.map((message) => message.chatId))) {
        const own = said.filter((message) => message.chatId === chatId).map(({ content }) => content);
        for (const [at, content] of own.entries()) expect(content).not.toBe(own[at - 1]);
      }

      const today = wallClock(office.time.now(), core.zone).date;
      for (let number = first; number < (await core.store.nextInspectionNumber()); number += 1) {
        const visit = await core.store.inspectionByNumber(number);
        if (!visit) throw new Error(`D${number} is gone`);
        const about = said.filter(({ content }) => new RegExp(`D${number}(?!\\d)`).test(content));
        if (visit.unannounced) {
          for (const { chatId, content } of about.filter(({ chatId }) => chatId.startsWith('oc_'))) {
            expect(chatId).toBe('oc_city');
            expect(SCHOOLS.some((school) => content.includes(school)) || /食堂|停课/.test(content)).toBe(false);
          }
          continue;
        }
        for (const chatId of CHAINS[visit.unit.name] ?? []) {
          const last = about.findLast((message) => message.chatId === chatId)?.content ?? '';
          expect(last.includes('已取消') || last.includes('督导安排取消')).toBe(visit.state === 'cancelled');
          expect(last).toContain(`D${number} ${whenText(visit, today)} ${visit.unit.name}`);
        }
      }
    }),
    { numRuns: 20 },
  );
  expect(told.length).toBeGreaterThan(100);
});

test('two administrators at one visit at the same moment: one wins, the other is told what happened', async () => {
  const number = await core.store.nextInspectionNumber();
  await office.time.advanceBy(600_000);
  await say('ou_first', `日程 新增 2026-05-12 上午 望海区第一小学 综合督导 组长 韩丙`);
  await office.time.advanceBy(600_000);
  const begun = told.length;
  await Promise.all([
    say('ou_first', `日程 延期 D${number} 2026-05-13`),
    say('ou_second', `日程 延期 D${number} 2026-05-14`),
  ]);
  const visit = await core.store.inspectionByNumber(number);
  const replies = told.slice(begun).filter(({ key }) => key.startsWith('reply:'));
  expect(replies).toHaveLength(2);
  expect(replies.filter(({ content }) => content.includes('已延期'))).toHaveLength(1);
  const loser = replies.find(({ content }) => content.includes('已经改过'));
  expect(loser?.content).toContain(whenText(visit ?? never(), date('2026-03-16')));
  // The groups heard of one change only.
  expect(told.slice(begun).filter(({ chatId }) => chatId === 'oc_school')).toHaveLength(1);
});

const never = (): never => {
  throw new Error('not there');
};
