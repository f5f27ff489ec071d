import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { planUndo } from '../../src/features/imports/planning/undo.ts';
import { given, UNITS, work } from '../db/district.ts';
import { type Home, onEveryHome } from '../support/homes.ts';
import { applied, type File, imported, planned, refusalOf } from './desk.ts';

const csv = (name: string, text: string): File => ({ name, bytes: new TextEncoder().encode(text) });
const book = (...rows: readonly string[]) =>
  csv(
    '单位通讯录.csv',
    `云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n${rows.map((row, at) => `${at + 1},${row}`).join('\n')}\n`,
  );
const OFFICE = '市教育局,教育局,成员单位,周丙,科长,13900000001';
const SCHOOL = '山口县第一中学,山口一中,中学,朱戊,主任,13900000013';
const BRANCH = '山口县第一中学南校区,南校区,中学,何辛,主任,13900000014';
const PRIMARY = '山口县第一小学,山口一小,小学,沈乙,主任,13900000015';
const COUNTY = '山口县人民政府,山口县,县区政府,钱壬,科长,13900000010';
const schedule = (leader: string, more = '') =>
  csv(
    '督导日程表.csv',
    `云溪市2026年督导日程表\n编制单位：市教育局\n督导日期,时段,督导类型,督导对象,督导内容,组长,专项\n2026-04-20,上午,综合督导,山口县第一中学,食堂,${leader},${more}\n`,
  );

const unitOf = async ({ store }: Home, name: string) =>
  (await store.directory()).units.find((unit) => unit.name === name) ?? expect.fail(`no ${name}`);
const personOf = async ({ store }: Home, name: string) =>
  (await store.directory()).people.find((person) => person.name === name) ?? expect.fail(`no ${name}`);
const visitsOf = ({ store }: Home) => store.importedInspections({ from: date('2026-04-01'), to: date('2026-04-30') });

/** One row of the address book becomes another's. */
async function merged(home: Home, dropped: string, kept: string) {
  const [keptRow, droppedRow] = [await personOf(home, kept), await personOf(home, dropped)];
  const seen = { kept: keptRow.version, dropped: droppedRow.version };
  await given(home, { kind: 'people.merged', keptId: keptRow.id, droppedId: droppedRow.id, seen, at: 1 });
  return keptRow;
}

onEveryHome('imports that were planned side by side', (home) => {
  for (const first of ['the move', 'the addition'] as const) {
    test(`leave no unit outside its district’s scope: ${first} comes first`, async () => {
      await imported(home(), book(OFFICE, SCHOOL));
      const move = book(OFFICE, SCHOOL, COUNTY);
      const addition = book(OFFICE, SCHOOL, BRANCH, PRIMARY);
      const [now, then] = first === 'the move' ? [move, addition] : [addition, move];
      const [one, other] = [await planned(home(), now), await planned(home(), then)];
      expect([await applied(home(), one), await applied(home(), other)]).toEqual(['done', 'moved']);
      await imported(home(), then);
      const county = await unitOf(home(), '山口县人民政府');
      // What a later table does not list stays where it was guessed to be.
      const listed = first === 'the move' ? ['山口县第一小学'] : [];
      for (const name of ['山口县第一中学', '山口县第一中学南校区', ...listed]) {
        const { id } = await unitOf(home(), name);
        expect(await home().store.isWithin(id, [county.id]), name).toBe(true);
      }
    });
  }

  test('and applied at the same moment: one is done, the other has moved', async () => {
    await imported(home(), book(OFFICE, SCHOOL));
    const plans = [
      await planned(home(), book(OFFICE, SCHOOL, COUNTY)),
      await planned(home(), book(OFFICE, SCHOOL, PRIMARY)),
    ];
    expect((await Promise.all(plans.map((plan) => applied(home(), plan)))).toSorted()).toEqual(['done', 'moved']);
  });

  test('with a merge in between seat nobody who is gone', async () => {
    await imported(home(), book(OFFICE, `${OFFICE.replace('周丙', '周炳')}`, SCHOOL));
    const plan = await planned(home(), schedule('周炳'));
    const kept = await merged(home(), '周炳', '周丙');
    expect(await applied(home(), plan)).toBe('moved');
    await imported(home(), schedule('周炳'));
    expect((await visitsOf(home())).map(({ team }) => team)).toEqual([
      [{ role: 'leader', name: '周丙', personId: kept.id }],
    ]);
  });

  test('with a program that is archived in between write nothing into it', async () => {
    await imported(home(), book(OFFICE, SCHOOL), schedule('周丙', '春季督导'));
    const later = schedule('周丙', '春季督导');
    const other = csv(later.name, new TextDecoder().decode(later.bytes).replace('2026-04-20', '2026-04-21'));
    const plan = await planned(home(), other);
    const [program] = await home().store.programsByName('春季督导');
    await given(home(), { kind: 'program.archived', id: program?.id ?? '', at: 1, seen: program?.version ?? 0 });
    expect(await applied(home(), plan)).toBe('moved');
    expect(await refusalOf(home(), other)).toContain('已归档');
  });
});

onEveryHome('the tree', (home) => {
  test('is what the rows say, whoever wrote last: a unit is added below one that moves at the same moment', async () => {
    await given(home(), { kind: 'units.put', rows: UNITS });
    const wanghai = UNITS.find(({ id }) => id === 'wanghai') ?? expect.fail();
    const moved = { kind: 'units.put', rows: [{ ...wanghai, parentId: 'culture', seen: 1 }] } as const;
    const added = {
      kind: 'units.put',
      rows: [{ id: 'new', name: '望海区第二小学', kind: '小学', parentId: 'wanghai-1', names: [] }],
    } as const;
    const both = [moved, added].map((change) => home().store.commit(work({ changes: [change] })));
    expect(await Promise.all(both)).toEqual(['done', 'done']);
    expect(await home().store.unitsAbove(['new'])).toEqual(['bureau', 'culture', 'new', 'wanghai', 'wanghai-1']);
    expect(await home().store.isWithin('chengguan-1', ['culture'])).toBe(false);
  });
});

onEveryHome('an undo', (home) => {
  test('seats whoever stands for a person that was merged since', async () => {
    await imported(home(), book(OFFICE, `${OFFICE.replace('周丙', '周炳')}`, SCHOOL), schedule('周炳'));
    await imported(home(), schedule('李庚'));
    const kept = await merged(home(), '周炳', '周丙');
    const last = (await home().store.lastImport()) ?? expect.fail();
    const undo = await planUndo({ store: home().store, zone: 'Asia/Shanghai' }, last, { by: 'ou_a', at: 9 });
    expect(undo?.obstacles).toEqual([]);
    expect(await home().store.commit(work({ changes: undo?.changes ?? [] }))).toBe('done');
    expect((await visitsOf(home())).map(({ team }) => team)).toEqual([
      [{ role: 'leader', name: '周丙', personId: kept.id }],
    ]);
  });
});
