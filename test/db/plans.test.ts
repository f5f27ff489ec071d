import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sqliteDialect } from '../../src/db/dialect.ts';
import type { Engine } from '../../src/db/engine.ts';
import { MIGRATIONS } from '../../src/db/migrate.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { splitStatements } from '../../src/db/split-statements.ts';
import { createStore } from '../../src/db/store.ts';
import type { Tables } from '../../src/db/tables.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import { FINDING_DIMENSIONS } from '../../src/domain/findings/rates.ts';
import { PUSH_DIMENSIONS } from '../../src/domain/reminders/push-rates.ts';
import type { Leased, Outbox } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { event, message, take, work } from './district.ts';

// What SQLite means to do with every statement of the heartbeat and of a command: nothing may read a whole table that grows.

const file = new SqliteFile(':memory:');
const asked: CompiledQuery[] = [];
let store: Store;
let outbox: Outbox;

beforeAll(() => {
  const folder = join(MIGRATIONS, 'sqlite');
  for (const name of readdirSync(folder).toSorted()) {
    for (const statement of splitStatements(readFileSync(join(folder, name), 'utf8'))) file.exec(statement);
  }
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: file }),
    log: ({ query }) => {
      asked.push(query);
    },
  });
  const engine: Engine = {
    db,
    dialect: sqliteDialect,
    unit: async (statements) => {
      for (const statement of statements) await db.executeQuery(statement);
    },
    single: async (statement) => [...(await db.executeQuery(statement)).rows],
    conflictOf: () => undefined,
  };
  store = createStore(engine);
  outbox = createOutbox(engine);
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => file.close());

/** Indexes of what is untold only, which is nothing a few seconds later. */
const UNTOLD = /^SCAN \w+ USING (?:COVERING )?INDEX to_tell_(?:next|by_chat)\b/;

/** The lines of the plans that read all of something stored. JSON lists, common tables and subqueries are small by themselves. */
function scans(): readonly string[] {
  const stored = new Set(
    file
      .prepare<unknown[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => name),
  );
  return asked.flatMap(({ sql, parameters }) => {
    const aliases = new Map(
      [...sql.matchAll(/(?:from|join) "?(\w+)"? as "?(\w+)"?/gi)].map(([, table = '', alias = '']) => [alias, table]),
    );
    return file
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .filter(({ detail }) => !UNTOLD.test(detail))
      .map(({ detail }) => /^SCAN (\w+)/.exec(detail)?.[1] ?? '')
      .filter((name) => stored.has(aliases.get(name) ?? name))
      .map((name) => `${aliases.get(name) ?? name}: ${sql}`);
  });
}

const scope = { unitIds: ['u1'], personIds: ['p1'] };
const span = { from: date('2026-04-01'), to: date('2026-04-30') };

const LEASED: Leased = {
  key: 'm',
  taker: 'a',
  api: 'send',
  to: { chatId: 'oc' },
  type: 'text',
  content: '{}',
  uuid: 'm',
  attempts: 0,
  revision: 1,
  chatKey: 'oc',
  sendAt: 1,
  createdAt: 1,
  madeAt: 1,
  basis: [
    { table: 'work_group', id: 'oc', version: 1 },
    { table: 'task', id: 't', version: 1 },
  ],
};

type Query = readonly [string, () => Promise<unknown>];
const QUERIES: readonly Query[] = [
  ['heartbeat: rules that are due', () => store.dueRules(1, 100)],
  [
    'heartbeat: an occurrence',
    () =>
      store
        .commit(
          work({ guard: { kind: 'occurrence', chatId: 'x', nominalAt: 1, outcome: 'empty', contents: [], at: 1 } }),
        )
        .catch(() => 0),
  ],
  [
    'heartbeat: advancing a rule',
    () =>
      store
        .commit(
          work({
            changes: [
              {
                kind: 'rules.followed',
                rules: [{ id: 'r', nominalAt: 1, fireAt: 1, moved: true, seen: 1 }],
                calendarVersion: 1,
              },
            ],
          }),
        )
        .catch(() => 0),
  ],
  ['heartbeat and every event: which calendar', () => store.calendarState()],
  ['heartbeat: rules that follow an older calendar', () => store.rulesBehind(2, 100)],
  ['heartbeat: pushes that have not left', () => store.unsentPushes({ from: 1, to: 2, alarm: 3, now: 4 })],
  [
    'heartbeat: a rule ends',
    () => store.commit(work({ changes: [{ kind: 'rule.ended', id: 'r', seen: 1 }] })).catch(() => 0),
  ],
  ['heartbeat: people to link', () => store.peopleToLink(1, 50)],
  ['heartbeat: groups to search for people', () => store.groupsToLink(1, 5)],
  [
    'heartbeat: people were asked about',
    () => store.commit(work({ changes: [{ kind: 'people.asked', personIds: ['p'], at: 1 }] })),
  ],
  ['heartbeat: purge', () => store.purge({ inbox: 1, sent: 1, pace: 1 }, 100, { id: 'x', at: 1 })],
  ['delivery: taking', () => take(outbox, 1_000, 50)],
  [
    'delivery: telling many',
    async () => {
      const many = Array.from({ length: 21 }, (_, i) => message(`t${i}`, { alert: true, uuid: `t${i}` }));
      await store.commit(work({ messages: many }));
      await take(outbox, 1_000, 50);
    },
  ],
  ['delivery: the last look', () => outbox.begin(LEASED, 1_000, 15_000)],
  ['delivery: renewing', () => outbox.renew(['m'], 'a', 1)],
  ['delivery: a refusal', () => outbox.refused('send', 1)],
  ['delivery: the next instant', () => outbox.nextDue(1)],
  ['delivery: sent', () => outbox.sent('m', 'om', 1)],
  ['delivery: again', () => outbox.again(LEASED, 1, 'x')],
  ['delivery: kept', () => outbox.keep('m', 'held', 1, 'x', 1)],
  ['delivery: pause', () => outbox.pauseChat('oc', 1)],
  ['delivery: a late call', () => outbox.beganLate('oc', 80, 1)],
  ['webhook: a unit', () => store.commit(work({ guard: event('e'), messages: [message('m2')] }))],
  [
    'webhook: a group goes',
    () => store.commit(work({ changes: [{ kind: 'group.gone', chatId: 'oc', state: 'left' }] })),
  ],
  ['who and where: group', () => store.group('oc')],
  ['who and where: people of an account', () => store.peopleByOpenId('ou')],
  ['who and where: a person', () => store.person('p')],
  ['who and where: people of a name', () => store.peopleByName('陈甲')],
  ['who and where: roles', () => store.roles('ou')],
  ['who and where: an administrator', () => store.hasAdministrator()],
  ['who and where: groups of a unit', () => store.boundGroups('u')],
  ['who and where: a unit', () => store.unit('u')],
  ['who and where: within', () => store.isWithin('u', ['v'])],
  ['any command: names', () => store.names(['陈甲', '一小'])],
  [
    '收到: pushes of a day in a group',
    () => store.notices({ chatId: 'oc', kind: 'push', since: 0, limit: 9, nominal: { from: 1, before: 2 } }),
  ],
  [
    '收到: pushes of a day to a person',
    () => store.notices({ receiver: 'ou', kind: 'push', since: 0, limit: 9, nominal: { from: 1, before: 2 } }),
  ],
  ['收到: what was pushed', () => store.pushed('oc', 1)],
  ['收到: who speaks for a unit', () => store.liaisons([{ unitId: 'u', name: '陈甲' }])],
  ['收到: whether somebody has left', () => store.hasLeft('ou')],
  ['谁没收到', () => store.noticeReceivers('n')],
  [
    '谁没收到: pushes of a day in all groups',
    () => store.notices({ kind: 'push', since: 0, limit: 9, nominal: { from: 1, before: 2 } }),
  ],
  ['heartbeat: notices', () => store.noticesDue(1, 50)],
  ['日程: visits', () => store.inspections({ scope, span })],
  ['日程: visits to a unit', () => store.inspections({ scope, span, unitId: 'u' })],
  ['日程: visits of a person', () => store.inspections({ scope, span, personName: '陈甲' })],
  ['日程 D12: by its number', () => store.inspectionByNumber(12)],
  ['日程 新增: the next number', () => store.numbers.take('inspection')],
  ['刚才那个: changed last', () => store.inspectionChangedBy('ou_1', 0)],
  ['日程 变更: the groups concerned', () => store.groupsAbove(['u'])],
  ['日程: the next ones', () => store.inspectionsAfter({ scope, after: span.from, limit: 1 })],
  ['截止: tasks', () => store.tasks({ scope, dueBy: span.to })],
  ['截止: tasks of a unit', () => store.tasks({ scope, unitId: 'u' })],
  ['截止: programs', () => store.programs(scope)],
  ['截止: self-assessments', () => store.assessmentDues(scope, 'u')],
  ['我的: tasks', () => store.tasks({ scope, personIds: ['p'] })],
  ['我的: visits', () => store.inspections({ scope, span, personIds: ['p'] })],
  ['清单: by code', () => store.indicators({ code: '2.11', limit: 10 })],
  ['清单: of a checklist', () => store.indicators({ checklistIds: ['yz'], vetoOnly: true, limit: 10 })],
  ['清单: where units stand', () => store.assessments({ scope, indicatorIds: ['i'], unitId: 'u' })],
  ['清单: who leads', () => store.indicatorUnits(scope, ['i'])],
  ...FINDING_DIMENSIONS.map(
    (by): Query => [
      `汇总: problems by ${by}`,
      () => store.findingTallies({ unitIds: ['u'], by, found: span, programId: 'p', today: span.to }),
    ],
  ),
  ['汇总 任务: when they were done', () => store.taskEndings(['t'])],
  ...PUSH_DIMENSIONS.map(
    (by): Query => [
      `汇总 推送 by ${by}`,
      () => store.pushTallies({ unitIds: ['u'], by, months: [{ month: '2026-04', from: 1, before: 2 }] }),
    ],
  ),
  ['整改: problems of units', () => store.findings({ unitIds: ['u'], openOnly: true, viewer: 'ou' })],
  ['整改 D12: problems of a visit', () => store.findings({ unitIds: 'everywhere', visitId: 'v' })],
  ['整改 专项: problems of a program', () => store.findings({ unitIds: ['u'], programId: 'p' })],
  ['整改 文号: problems of a letter', () => store.findings({ unitIds: 'everywhere', letter: '5号' })],
  ['heartbeat: problems to look at', () => store.findingsToWatch(1, 50)],
  ['heartbeat: what a unit was raised to', () => store.escalated('u', 2, span.from)],
  ['导出 问题', () => store.findingLedger({ unitIds: ['u'], found: span, viewer: 'ou', today: span.to, limit: 9 })],
  ['导出 问题 逾期', () => store.findingLedger({ unitIds: ['u'], state: 'overdue', today: span.to, limit: 9 })],
  ['状态: figures of a scope', () => store.figures(scope)],
  ['状态: a group’s rules', () => store.rules('oc')],
  ['我是: an open request', () => store.linkRequest('l')],
];

/** Rows are deleted once settled; there are as many as administrators have not answered. */
const SMALL = /^link_request:/;

test('reading the whole directory, as an import does, is seen as such', async () => {
  await store.directory();
  expect(scans()).toHaveLength(3);
});

test.each(QUERIES)('%s reads no whole table', async (_name, ask) => {
  await ask();
  expect(asked.length).toBeGreaterThan(0);
  expect(scans().filter((scan) => !SMALL.test(scan))).toEqual([]);
});

test('the next of thousands that are told is found without sorting them', async () => {
  const many = Array.from({ length: 21 }, (_, i) => message(`s${i}`, { alert: true, uuid: `s${i}` }));
  await store.commit(work({ messages: many }));
  await take(outbox, 1_000, 50);
  const steps = asked.filter(({ sql }) => sql.includes('FROM to_tell WHERE told_at IS NULL ORDER BY'));
  const plans = steps.flatMap(({ sql, parameters }) =>
    file.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters),
  );
  expect(plans.filter(({ detail }) => detail.includes('to_tell_next'))).toHaveLength(4);
});
