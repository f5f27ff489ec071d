import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff, idsOf } from '../../src/features/imports/planning/diff.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly points?: number | undefined;
  readonly team: readonly { readonly role: string; readonly personId?: string | undefined }[];
  readonly version: number;
}

const reading = {
  key: ({ id }: Pick<Row, 'id'>) => id,
  label: ({ id }: Pick<Row, 'id'>) => `第${id}行`,
  words: ({ name, points }: Omit<Row, 'version'>) => ({ 名称: name, 分值: String(points ?? '') }),
};
const compare = (wanted: readonly Omit<Row, 'version'>[], standing: readonly Row[]) =>
  diff<Row>(wanted, standing, reading);

const seat = fc.record({
  role: fc.constantFrom('leader', 'member'),
  personId: fc.option(fc.string(), { nil: undefined }),
});
const row = fc.record({
  id: fc.constantFrom(...'abcdefgh'),
  name: fc.oneof(fc.constantFrom('', '甲', '乙'), fc.string()),
  points: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  team: fc.array(seat, { maxLength: 2 }),
});
const rows = fc.uniqueArray(row, { selector: ({ id }) => id });
const standingRows = rows.map((all) => all.map((each): Row => ({ ...each, version: 1 })));

/** What the store does with puts: a new row has version 1, a replaced one the next. */
const apply = (standing: readonly Row[], puts: ReturnType<typeof compare>['puts']): readonly Row[] => {
  const after = new Map(standing.map((each) => [each.id, each]));
  for (const { seen, ...put } of puts) after.set(put.id, { ...put, version: (seen ?? 0) + 1 });
  return [...after.values()];
};

describe('diff', () => {
  test('every wanted row is added, changed or unchanged, and exactly the first two are put', () => {
    fc.assert(
      fc.property(rows, standingRows, (wanted, standing) => {
        const { added, changed, unchanged, puts } = compare(wanted, standing);
        expect(added.length + changed.length + unchanged).toBe(wanted.length);
        expect(puts).toHaveLength(added.length + changed.length);
        const known = new Set(standing.map(({ id }) => id));
        expect(puts.map(({ id, seen }) => [known.has(id), seen])).toEqual(
          puts.map(({ id }) => (known.has(id) ? [true, 1] : [false, undefined])),
        );
      }),
    );
  });

  test('once the puts are applied nothing is left to do, and no row that was not wanted is gone', () => {
    fc.assert(
      fc.property(rows, standingRows, (wanted, standing) => {
        const after = apply(standing, compare(wanted, standing).puts);
        expect(compare(wanted, after)).toEqual({ added: [], changed: [], unchanged: wanted.length, puts: [] });
        expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(standing.map(({ id }) => id)));
      }),
    );
  });

  test('a change is told under the words whose text differs, old and new, and under no other', () => {
    fc.assert(
      fc.property(standingRows, fc.string({ minLength: 1 }), (standing, more) => {
        const wanted = standing.map(({ version: _, ...each }) => ({ ...each, name: each.name + more }));
        expect(compare(wanted, standing).changed).toEqual(
          standing.map(({ id, name }) => ({
            label: `第${id}行`,
            fields: [{ name: '名称', before: name, after: name + more }],
          })),
        );
      }),
    );
  });

  test('what has no words is a change too; an absent value is the same as an undefined one', () => {
    const standing: Row = { id: 'a', name: '甲', points: undefined, team: [{ role: 'leader' }], version: 4 };
    const same = { id: 'a', name: '甲', team: [{ personId: undefined, role: 'leader' }] };
    expect(compare([same], [standing]).unchanged).toBe(1);
    const other = { ...same, team: [{ role: 'leader', personId: 'p' }] };
    expect(compare([other], [standing])).toEqual({
      added: [],
      changed: [{ label: '第a行', fields: [] }],
      unchanged: 0,
      puts: [{ ...other, seen: 4 }],
    });
  });

  test('of two rows with one key the later is wanted', () => {
    const first = { id: 'a', name: '甲', team: [] };
    const second = { id: 'a', name: '乙', team: [] };
    expect(compare([first, second], []).puts).toEqual([{ ...second, seen: undefined }]);
  });

  test('a row that stands keeps its id, a new one gets a new id', () => {
    const standing: Row = { id: 'x', name: '甲', team: [], version: 1 };
    const idOf = idsOf(
      [standing],
      ({ name }: Pick<Row, 'name'>) => name,
      () => 'new',
    );
    expect([idOf({ name: '甲' }), idOf({ name: '乙' })]).toEqual(['x', 'new']);
  });
});
