import { expect, test } from 'vitest';
import { onEveryHome } from '../support/homes.ts';
import { CLOSURE, district, given, inspection, person, program, task, UNITS, work } from './district.ts';

onEveryHome('directory', (home) => {
  test('a unit knows its names, its parent and whether it is the root', async () => {
    await given(home(), district);
    expect(await home().store.unit('wanghai')).toEqual({
      id: 'wanghai',
      name: '望海区教育局',
      kind: '县区教育局',
      parentId: 'bureau',
      names: ['望海区', '望海区教育局'],
      isRoot: false,
    });
    expect(await home().store.unit('bureau')).toMatchObject({ isRoot: true });
    expect(await home().store.unit('nowhere')).toBeUndefined();
  });

  test('a unit is within itself and all above it, and within nothing else', async () => {
    await given(home(), district);
    expect(await home().store.isWithin('wanghai-1', ['bureau'])).toBe(true);
    expect(await home().store.isWithin('wanghai-1', ['chengguan', 'wanghai'])).toBe(true);
    expect(await home().store.isWithin('wanghai', ['wanghai'])).toBe(true);
    expect(await home().store.isWithin('wanghai', ['wanghai-1'])).toBe(false);
    expect(await home().store.isWithin('wanghai', [])).toBe(false);
    expect(await home().store.unitsAbove(['wanghai-1'])).toEqual(['bureau', 'wanghai', 'wanghai-1']);
    expect(await home().store.unitsAbove(['wanghai-1', 'chengguan'])).toEqual([
      'bureau',
      'chengguan',
      'wanghai',
      'wanghai-1',
    ]);
    expect(await home().store.unitsAbove([])).toEqual([]);
  });

  test('units come and go in any order, in as many statements as they need', async () => {
    await given(home(), district);
    const name = (at: number) => `${'长'.repeat(900)}${at}`;
    // Children before the parent that comes with them; a unit that stands moves below it.
    const ids = [...Array.from({ length: 800 }, (_, at) => `child-${at}`), 'parent'];
    const rows = ids.map((id, at) => ({
      id,
      name: name(at),
      kind: '',
      names: [id],
      parentId: id === 'parent' ? 'bureau' : 'parent',
    }));
    const below = (id: string, ...above: string[]) =>
      [id, ...above].map((ancestorId, depth) => ({ ancestorId, descendantId: id, depth }));
    const moved = UNITS.filter(({ id }) => id === 'culture').map((unit) => ({ ...unit, parentId: 'parent', seen: 1 }));
    await given(home(), {
      kind: 'units.put',
      rows: [...moved, ...rows],
      closure: [
        ...['culture', ...ids.slice(0, -1)].flatMap((id) => below(id, 'parent', 'bureau')),
        ...below('parent', 'bureau'),
      ],
    });
    expect(await home().store.unitsAbove(['child-1', 'culture'])).toEqual(['bureau', 'child-1', 'culture', 'parent']);
    await given(
      home(),
      {
        kind: 'units.put',
        rows: moved.map((unit) => ({ ...unit, parentId: 'bureau', seen: 2 })),
        closure: below('culture', 'bureau'),
      },
      {
        kind: 'rows.removed',
        removed: {
          units: rows.toReversed().map((row) => ({ ...row, seen: 1 })),
          people: [],
          programs: [],
          milestones: [],
          checklists: [],
          indicators: [],
          inspections: [],
          tasks: [],
          assessments: [],
        },
      },
    );
    expect((await home().store.directory()).units).toHaveLength(UNITS.length);
  });

  test('the directory comes back as it was put, with the versions that an import compares', async () => {
    await given(home(), district, {
      kind: 'people.put',
      rows: [
        person('p', 'wanghai', '陈甲', {
          mobile: '13800000000',
          officePhone: '010',
          email: 'a@b.cn',
          position: '科长',
        }),
      ],
    });
    const { units, people } = await home().store.directory();
    const byId = <T extends { readonly id: string }>(rows: readonly T[]) =>
      rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(units).toEqual(byId(UNITS).map((unit) => ({ ...unit, names: unit.names.toSorted(), version: 1 })));
    expect(people).toEqual([
      {
        id: 'p',
        unitId: 'wanghai',
        name: '陈甲',
        position: '科长',
        mobile: '13800000000',
        officePhone: '010',
        email: 'a@b.cn',
        version: 1,
      },
    ]);
  });

  test('a unit that is put again loses the names it no longer has and moves with all below it', async () => {
    await given(home(), district);
    const moved = {
      id: 'wanghai',
      name: '望海新区教育局',
      kind: '县区教育局',
      parentId: 'culture',
      names: ['新区'],
      seen: 1,
    };
    const closure = [
      ...CLOSURE.filter(
        (row) => ['wanghai', 'wanghai-1', 'wanghai-k'].includes(row.descendantId) && row.ancestorId !== 'bureau',
      ),
      ...['bureau', 'culture'].map((ancestorId) => ({
        ancestorId,
        descendantId: 'wanghai',
        depth: ancestorId === 'bureau' ? 2 : 1,
      })),
      { ancestorId: 'culture', descendantId: 'wanghai-1', depth: 2 },
    ];
    await given(home(), { kind: 'units.put', rows: [moved], closure });
    expect(await home().store.unit('wanghai')).toMatchObject({
      name: '望海新区教育局',
      parentId: 'culture',
      names: ['新区'],
    });
    expect(await home().store.isWithin('wanghai-1', ['culture'])).toBe(true);
    expect(await home().store.isWithin('wanghai-1', ['bureau'])).toBe(false);
    expect(await home().store.isWithin('chengguan-1', ['bureau'])).toBe(true);
    const again = work({ changes: [{ kind: 'units.put', rows: [moved], closure: [] }] });
    expect(await home().store.commit(again)).toBe('stale');
  });

  test('a second unit of the same full name is stale, and leaves nothing', async () => {
    await given(home(), district);
    const twin = { id: 'twin', name: '望海区教育局', kind: '县区教育局', names: ['双胞'] };
    expect(await home().store.commit(work({ changes: [{ kind: 'units.put', rows: [twin], closure: [] }] }))).toBe(
      'stale',
    );
    expect(await home().store.unit('twin')).toBeUndefined();
  });

  test('a short name that two units share finds both', async () => {
    await given(home(), district);
    const { units } = await home().store.names(['一小', '望海区', '没有的']);
    expect(units).toEqual([
      { name: '一小', unit: { id: 'chengguan-1', name: '城关区第一小学' } },
      { name: '一小', unit: { id: 'wanghai-1', name: '望海区第一小学' } },
      { name: '望海区', unit: { id: 'wanghai', name: '望海区教育局' } },
    ]);
  });

  test('people are found by name with their unit, and also when only a schedule or a task names them', async () => {
    await given(home(), district, program('p', 'bureau'), {
      kind: 'people.put',
      rows: [person('chen', 'wanghai', '陈甲'), person('chen2', 'chengguan', '陈甲')],
    });
    const team = [
      { role: 'leader', name: '陈甲', personId: 'chen' },
      { role: 'member', name: '周丙' },
    ] as const;
    await given(home(), { kind: 'inspections.put', rows: [inspection('i', 'wanghai-1', '2026-04-09', { team })] });
    await given(home(), {
      kind: 'tasks.put',
      rows: [task('p', '1', { people: [{ name: '吴丁' }, { name: '周丙' }] })],
    });
    expect((await home().store.names(['陈甲', '周丙', '吴丁', '郑戊'])).people).toEqual([
      { name: '陈甲', personId: 'chen2', unit: { id: 'chengguan', name: '城关区教育局' } },
      { name: '陈甲', personId: 'chen', unit: { id: 'wanghai', name: '望海区教育局' } },
      { name: '吴丁' },
      { name: '周丙' },
    ]);
  });

  test('programs and checklists are found by their names, one name may mean two checklists', async () => {
    await given(home(), district, program('p', 'bureau', 'yz'), program('q', 'wanghai'));
    const found = await home().store.names(['专项p', '专项q', '两创', '优质均衡']);
    expect(found.programs).toEqual([
      { name: '专项p', programId: 'p', checklistId: 'yz' },
      { name: '专项q', programId: 'q' },
    ]);
    expect(found.checklists).toEqual([
      { name: '两创', checklistId: 'ph' },
      { name: '两创', checklistId: 'yz' },
      { name: '优质均衡', checklistId: 'yz' },
    ]);
  });

  test('ten thousand candidate names are one query', async () => {
    await given(home(), district);
    const candidates = Array.from({ length: 10_000 }, (_, index) => `名称${index}`);
    expect((await home().store.names([...candidates, '文明办'])).units).toHaveLength(1);
    expect((await home().store.names([])).units).toEqual([]);
  });
});
