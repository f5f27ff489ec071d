import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/db/sqlite.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { Change } from '../../src/ports/changes.ts';
import { district, inspection, person, program, task, work } from './district.ts';

// Random people of random units with random duties are merged and replaced in random order. A simple model says who must have what: whatever
// was open is somebody's exactly once, and what is over is still whose it was, unless two rows were one person.

const database = openSqlite(':memory:');
const { store } = database;
const TODAY = date('2026-04-20');
const PEOPLE = [0, 1, 2, 3, 4, 5];
const UNIT_OF = ['wanghai', 'wanghai', 'wanghai', 'chengguan', 'chengguan', 'culture'];

const someone = fc.constantFrom(...PEOPLE);
const few = fc.uniqueArray(someone, { minLength: 1, maxLength: 4 });
const duty = fc.record({ people: few, isOpen: fc.boolean() });
const step = fc.record({ do: fc.constantFrom('merge' as const, 'replace' as const), from: someone, to: someone });
const world = fc.record({
  visits: fc.array(duty, { maxLength: 8 }),
  tasks: fc.array(few, { maxLength: 8 }),
  linked: fc.uniqueArray(someone, { maxLength: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
});

beforeAll(async () => {
  await database.migrate();
  await commit([district, program('p', 'bureau')]);
});
afterAll(() => database.close());

async function commit(changes: readonly Change[]): Promise<void> {
  expect(await store.commit(work({ changes }))).toBe('done');
}

let run = 0;

test('nothing that is open is lost or doubled, whoever is merged with or replaced by whom', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ visits, tasks, linked, steps }) => {
      run += 1;
      const id = (who: number) => `${run}:${who}`;
      const seats = (people: readonly number[]) => people.map((who) => ({ name: id(who), personId: id(who) }));
      const day = `2030-${String((run % 12) + 1).padStart(2, '0')}-01`;
      await commit([
        { kind: 'people.put', rows: PEOPLE.map((who) => person(id(who), UNIT_OF[who] ?? '', id(who))) },
        {
          kind: 'inspections.put',
          rows: visits.map(({ people, isOpen }, at) =>
            inspection(`${run}:v${at}`, 'wanghai-1', isOpen ? day : '2026-04-19', {
              kind: `${run}:${at}`,
              team: seats(people).map((seat, place) => ({ ...seat, role: place === 0 ? 'leader' : 'member' })),
            }),
          ),
        },
        { kind: 'tasks.put', rows: tasks.map((people, at) => task('p', `${run}-${at}`, { people: seats(people) })) },
        ...linked.map((who): Change => {
          return { kind: 'person.linked', personId: id(who), openId: `ou_${run}_${who}`, by: 'group', seen: 1 };
        }),
      ]);

      // The model: a list of people a duty, the leader first.
      const move = (people: readonly number[], from: number, to: number) => [
        ...new Set(people.map((who) => (who === from ? to : who))),
      ];
      const leaderMoves = (people: readonly number[], from: number, to: number) =>
        people[0] === from ? [to, ...people.slice(1).filter((who) => who !== to)] : move(people, from, to);
      const gone = new Set<number>();
      const accounts = new Set(linked);
      let [visitsNow, tasksNow] = [visits, tasks];
      for (const { do: what, from, to } of steps) {
        if (from === to || gone.has(from) || gone.has(to)) continue;
        if (what === 'merge' && accounts.has(from) && accounts.has(to)) continue;
        const [leaver, taker] = [await store.person(id(from)), await store.person(id(to))];
        const seen = { kept: taker?.version ?? 0, dropped: leaver?.version ?? 0 };
        if (what === 'merge') {
          await commit([{ kind: 'people.merged', keptId: id(to), droppedId: id(from), seen, at: run }]);
          if (accounts.delete(from)) accounts.add(to);
        } else {
          const open = await store.duties(id(from), TODAY);
          await commit([
            {
              kind: 'duties.handed',
              fromId: id(from),
              toId: id(to),
              today: TODAY,
              seen: seen.kept,
              visitIds: open.visits.map((each) => each.id),
              contactIds: open.contacts.map((each) => each.id),
              taskIds: open.tasks.map((each) => each.id),
              findingIds: open.findings.map((each) => each.id),
              sightIds: [],
            },
            { kind: 'person.left', personId: id(from), successorId: id(to), at: run, seen: seen.dropped },
          ]);
          accounts.delete(from);
        }
        gone.add(from);
        visitsNow = visitsNow.map((each) =>
          each.isOpen || what === 'merge' ? { ...each, people: leaderMoves(each.people, from, to) } : each,
        );
        tasksNow = tasksNow.map((people) => move(people, from, to));
      }

      const found = await store.importedInspections({ from: date('2026-04-01'), to: date('2030-12-31') });
      const own = new Map(found.map((visit) => [visit.id, visit.team]));
      visitsNow.forEach(({ people }, at) => {
        const team = own.get(`${run}:v${at}`) ?? [];
        expect(team.map(({ personId }) => personId).toSorted()).toEqual(people.map(id).toSorted());
        expect(team.filter(({ role }) => role === 'leader').map(({ name }) => name)).toEqual(
          people.slice(0, 1).map(id),
        );
        for (const { name, personId } of team) expect(name).toBe(personId);
      });
      const taken = (await store.importedTasks('p')).filter(({ code }) => code.startsWith(`${run}-`));
      expect(taken.map(({ code, people }) => [code, people.map(({ personId }) => personId).toSorted()])).toEqual(
        tasksNow
          .map((people, at) => [`${run}-${at}`, people.map(id).toSorted()] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      );
      for (const who of gone) {
        const { visits: left, tasks: also } = await store.duties(id(who), TODAY);
        expect([left, also]).toEqual([[], []]);
      }
      for (const who of accounts) if (!gone.has(who)) expect((await store.person(id(who)))?.openId).toBeDefined();
    }),
    { numRuns: 60 },
  );
});

test('a person with a thousand duties is replaced in one unit', async () => {
  const team = [{ role: 'leader' as const, name: '忙人', personId: 'busy' }];
  await commit([
    { kind: 'people.put', rows: [person('busy', 'bureau', '忙人'), person('heir', 'bureau', '接手')] },
    {
      kind: 'inspections.put',
      rows: Array.from({ length: 500 }, (_, at) =>
        inspection(`busy:${at}`, 'chengguan-1', '2031-01-02', { kind: `第${at}次`, team }),
      ),
    },
    {
      kind: 'tasks.put',
      rows: Array.from({ length: 500 }, (_, at) =>
        task('p', `busy${at}`, { people: [{ name: '忙人', personId: 'busy' }] }),
      ),
    },
  ]);
  const open = await store.duties('busy', TODAY);
  expect([open.visits.length, open.tasks.length]).toEqual([500, 500]);
  await commit([
    {
      kind: 'duties.handed',
      fromId: 'busy',
      toId: 'heir',
      today: TODAY,
      seen: 1,
      contactIds: [],
      findingIds: [],
      sightIds: [],
      visitIds: open.visits.map(({ id }) => id),
      taskIds: open.tasks.map(({ id }) => id),
    },
    { kind: 'person.left', personId: 'busy', successorId: 'heir', at: 1, seen: 1 },
  ]);
  const taken = await store.duties('heir', TODAY);
  expect([taken.visits.length, taken.tasks.length]).toEqual([500, 500]);
});
