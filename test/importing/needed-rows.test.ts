import { expect, test } from 'vitest';
import { KNOWN_POINTERS } from '../../src/db/imports/needed-rows.ts';
import { dependentText } from '../../src/features/imports/planning/obstacles.ts';
import type { Change } from '../../src/ports/changes.ts';
import { district, given, inspection, person, program, task, work } from '../db/district.ts';
import { type Home, onEveryHome, onSqlite } from '../support/homes.ts';

type Values = Readonly<Record<string, string | number>>;

const literal = (value: string | number) => (typeof value === 'number' ? String(value) : `'${value}'`);
const inserted = (table: string, values: Values) =>
  `INSERT INTO ${table} (${Object.keys(values).join()}) VALUES (${Object.values(values).map(literal).join()})`;
const deleted = (table: string, values: Values) =>
  `DELETE FROM ${table} WHERE ${Object.entries(values)
    .map(([column, value]) => `${column} = ${literal(value)}`)
    .join(' AND ')}`;

/** A row of each kind that an import brought, beside a district that stood before; none needs another. */
async function brought(home: Home): Promise<Change & { readonly kind: 'rows.removed' }> {
  const list = (id: string) => ({ id, title: id, source: '', edition: '', scope: '', names: [id] });
  const indicator = {
    id: 'new-i',
    checklistId: 'own',
    code: 'N-1',
    position: 1,
    level1: '',
    level2: '',
    title: '新指标',
    standard: '',
    veto: false,
    unverified: false,
    evidence: [],
    unitHint: '',
    formula: '',
    note: '',
    thresholds: '{}',
  };
  await given(
    home,
    district,
    {
      kind: 'units.put',
      rows: [{ id: 'new-u', name: '山口县人民政府', kind: '', parentId: 'bureau', names: ['山口县'] }],
      closure: [
        { ancestorId: 'new-u', descendantId: 'new-u', depth: 0 },
        { ancestorId: 'bureau', descendantId: 'new-u', depth: 1 },
      ],
    },
    { kind: 'people.put', rows: [person('new-p', 'bureau', '新人')] },
    { kind: 'checklists.put', rows: [list('own'), list('new-c')] },
    { kind: 'indicators.put', rows: [indicator] },
  );
  await given(home, program('old', 'bureau'), program('new', 'bureau'));
  await given(
    home,
    { kind: 'inspections.put', rows: [inspection('new-v', 'wanghai-1', '2026-04-09')] },
    { kind: 'inspections.put', rows: [inspection('old-v', 'wanghai-1', '2026-04-10')] },
    { kind: 'tasks.put', rows: [task('old', 'new'), task('old', 'old')] },
  );
  const one = (id: string) => [{ id, seen: 1 }];
  return {
    kind: 'rows.removed',
    removed: {
      units: one('new-u'),
      people: one('new-p'),
      programs: one('new'),
      checklists: one('new-c'),
      indicators: one('new-i'),
      inspections: one('new-v'),
      tasks: one('old-new'),
      milestones: [],
      assessments: [],
    },
  };
}

const VISIT = {
  id: 'v',
  number: 12,
  unit_id: 'wanghai-1',
  date_from: '2026-05-01',
  date_to: '2026-05-01',
  begins_at: 1,
  kind: '专项督导',
  unannounced: 0,
};
const TASK = {
  id: 't',
  number: 12,
  program_id: 'old',
  code: '12',
  kind: 'keyWork',
  title: '报送台账',
  veto: 0,
  due_kind: 'none',
  day_unit: 'working',
};
const FINDING = {
  id: 'f',
  number: 12,
  unit_id: 'wanghai-1',
  description: '',
  severity: 'minor',
  term: 'timeLimited',
  restricted: 0,
  found_on: '2026-04-09',
  responsible: '',
  entered_by: 'ou_1',
  state: 'registered',
  since: '2026-04-09',
  day_unit: 'working',
  extensions: 0,
  returns: 0,
  level: 0,
  drafted: 0,
  cause: '',
  files: 0,
  statements: 0,
  seq: 1,
};
const ASSESSED = { program_id: 'old', unit_id: 'wanghai-1', state: 'met', results: '[]' };
/** A built-in indicator; `new-i` is the import's. */
const BUILT_IN = 'yz:YZ-1.1';
const PERSON = { id: 'p', unit_id: 'bureau', name: '某人', position: '', office_phone: '', email: '' };
const INDICATOR = {
  id: 'i',
  code: 'Z-1',
  short_code: '1',
  position: 2,
  level1: '',
  level2: '',
  title: '某项',
  standard: '',
  veto: 0,
  unverified: 0,
  evidence: '[]',
};
const VISITS = '督导安排用到';
const TASKS = '任务用到';
const FINDINGS = '问题用到';

/** For each foreign key that an undo asks about: a row that stands by it alone, and what is said of it. */
const STANDING: Readonly<Record<string, readonly [values: Values, says: string]>> = {
  'work_group.unit_id': [
    { chat_id: 'oc_1', name: '山口群', unit_id: 'new-u', state: 'active' },
    '山口群：工作群绑定在导入的单位“山口县人民政府”上。先在群里改绑别的单位，例如：绑定 单位名称',
  ],
  'role_grant.unit_id': [
    { open_id: 'ou_9', role: 'liaison', unit_id: 'new-u', granted_by: 'ou_1', granted_at: 1 },
    '山口县人民政府：未登记的账号 ou_9是它的联络员。先发送：角色 撤销 联络员 ou_9 山口县人民政府',
  ],
  'school_period.unit_id': [
    { unit_id: 'new-u', school_year: 2026, part: 'winter', date_from: '2027-01-23', date_to: '2027-02-21' },
    '山口县人民政府：录入了校历（2026—2027学年寒假）。先发送：校历 取消 山口县人民政府 寒假 2026-2027学年',
  ],
  'program_unit.unit_id': [
    { program_id: 'old', seat: 0, unit_id: 'new-u', written: '山口县' },
    '专项 专项old：参加单位里有“山口县人民政府”。先发送：专项 单位 专项old 减 山口县人民政府',
  ],
  'milestone.program_id': [
    { program_id: 'new', name: '市级核查', due_text: '6月' },
    '专项 专项new：设了节点“市级核查”。先发送：专项 节点 专项new 删除 市级核查',
  ],
  'inspection.unit_id': [{ ...VISIT, unit_id: 'new-u' }, VISITS],
  'inspection.program_id': [{ ...VISIT, program_id: 'new' }, VISITS],
  'inspection.checklist_id': [{ ...VISIT, checklist_id: 'new-c' }, VISITS],
  'inspection_member.person_id': [
    { inspection_id: 'old-v', seat: 1, role: 'member', name: '新人', person_id: 'new-p' },
    VISITS,
  ],
  'task.program_id': [{ ...TASK, program_id: 'new' }, TASKS],
  'task.indicator_id': [{ ...TASK, indicator_id: 'new-i' }, TASKS],
  'task_unit.unit_id': [{ task_id: 'old-old', seat: 1, role: 'lead', unit_id: 'new-u', written: '山口县' }, TASKS],
  'task_person.person_id': [{ task_id: 'old-old', seat: 1, name: '新人', person_id: 'new-p' }, TASKS],
  'finding.unit_id': [{ ...FINDING, unit_id: 'new-u' }, FINDINGS],
  'finding.program_id': [{ ...FINDING, program_id: 'new' }, FINDINGS],
  'finding.indicator_id': [{ ...FINDING, indicator_id: 'new-i' }, FINDINGS],
  'finding.inspection_id': [{ ...FINDING, inspection_id: 'new-v' }, FINDINGS],
  'finding.responsible_id': [{ ...FINDING, responsible_id: 'new-p' }, FINDINGS],
  'assessment.unit_id': [{ ...ASSESSED, unit_id: 'new-u', indicator_id: BUILT_IN }, '自评 山口县人民政府 YZ-1.1：用到'],
  'assessment.program_id': [{ ...ASSESSED, program_id: 'new', indicator_id: BUILT_IN }, '自评 望海区第一小学 YZ-1.1：'],
  'assessment.indicator_id': [{ ...ASSESSED, indicator_id: 'new-i' }, '自评 望海区第一小学 N-1：用到'],
  'person.unit_id': [{ ...PERSON, unit_id: 'new-u' }, '某人：人员属于导入的单位'],
  'person.successor_id': [
    { ...PERSON, gone: 'left', gone_at: 1, successor_id: 'new-p' },
    '海州市教育局 某人：离任时由导入的人员接替。先发送：人员 返岗 海州市教育局 某人',
  ],
  'unit.parent_id': [
    { id: 'u', name: '山口县第一小学', kind: '小学', parent_id: 'new-u' },
    '山口县第一小学：单位在导入的单位之下',
  ],
  'program.unit_id': [{ id: 'pr', unit_id: 'new-u', name: '某专项' }, '专项 某专项：由导入的单位负责'],
  'program.checklist_id': [
    { id: 'pr', unit_id: 'bureau', name: '某专项', checklist_id: 'new-c' },
    '专项 某专项：由导入的单位负责，或用导入的细则',
  ],
  'indicator.checklist_id': [{ ...INDICATOR, checklist_id: 'new-c' }, '指标 Z-1 某项：属于导入的细则'],
};

/** What the account of a person who would go holds, and no foreign key says so. */
const HELD: Readonly<Record<string, readonly [values: Values, says: string]>> = {
  'role_grant.open_id': [
    { open_id: 'ou_new', role: 'supervisor', unit_id: 'wanghai-1', granted_by: 'ou_1', granted_at: 1 },
    '望海区第一小学：海州市教育局 新人是它的督导员。先发送：角色 撤销 督导员 海州市教育局 新人 望海区第一小学',
  ],
  'finding_viewer.open_id': [
    { finding_id: 'f', open_id: 'ou_new' },
    '海州市教育局 新人：账号看得到限知的问题。要去掉这个人，请改为登记离任并写接替人，例如：离任 海州市教育局 新人 接替人',
  ],
};

onSqlite('the foreign keys of the schema', (home) => {
  test('to rows that an undo may remove are all known to it', async () => {
    const keys = await home().rows(`SELECT m.name AS from_table, f."from" AS from_column
      FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f
      WHERE f."table" IN ('unit', 'person', 'program', 'milestone', 'checklist', 'indicator', 'inspection', 'task', 'assessment')`);
    const { asked, goneToo, touches } = KNOWN_POINTERS;
    expect([...asked, ...goneToo, ...touches].toSorted()).toEqual(
      keys.map((key) => `${key['from_table']}.${key['from_column']}`).toSorted(),
    );
    expect(Object.keys(STANDING).toSorted()).toEqual(asked.toSorted());
    expect(Object.keys(HELD).toSorted()).toEqual(KNOWN_POINTERS.held.toSorted());
  });
});

onEveryHome('an undo', (home) => {
  test('names whatever stands on a row that would go, with what takes it off, and nothing else holds it', async () => {
    const undo = await brought(home());
    const { store } = home();
    expect(await store.dependents(undo.removed, undo.removed)).toEqual([]);
    for (const [pointer, [values, says]] of Object.entries(STANDING)) {
      const [table = ''] = pointer.split('.');
      await home().run([inserted(table, values)]);
      const found = await store.dependents(undo.removed, undo.removed);
      const said = await Promise.all(found.map((each) => dependentText(store, each)));
      expect(said, pointer).toEqual([expect.stringContaining(says)]);
      expect(await store.commit(work({ changes: [undo] })), pointer).toBe('stale');
      await home().run([deleted(table, values)]);
    }
    // The account of the person who would go: what it holds would wait for whoever is linked to it next.
    await home().run([inserted('finding', { ...FINDING, restricted: 1 })]);
    await given(home(), { kind: 'person.linked', personId: 'new-p', openId: 'ou_new', by: 'mobile', seen: 1 });
    const { people } = undo.removed;
    const linked = { ...undo, removed: { ...undo.removed, people: people.map(({ id }) => ({ id, seen: 2 })) } };
    for (const [pointer, [values, says]] of Object.entries(HELD)) {
      const [table = ''] = pointer.split('.');
      await home().run([inserted(table, values)]);
      const found = await store.dependents(linked.removed, linked.removed);
      const said = await Promise.all(found.map((each) => dependentText(store, each)));
      expect(said, pointer).toEqual([says]);
      expect(await store.commit(work({ changes: [linked] })), pointer).toBe('stale');
      // Of somebody who serves elsewhere too, the account stays theirs.
      await home().run([inserted('person', { ...PERSON, open_id: 'ou_new', linked_by: 'mobile' })]);
      expect(await store.dependents(linked.removed, linked.removed), pointer).toEqual([]);
      await home().run([deleted('person', { id: PERSON.id }), deleted(table, values)]);
    }
    // Nobody could take the right from the last administrator, and the import could never be taken back.
    const last = { open_id: 'ou_new', role: 'administrator', granted_by: 'ou_1', granted_at: 1 };
    await home().run([inserted('role_grant', last)]);
    expect(await store.dependents(linked.removed, linked.removed)).toEqual([]);
    await home().run([inserted('role_grant', { ...last, open_id: 'ou_other' })]);
    const [second] = await store.dependents(linked.removed, linked.removed);
    expect(second && (await dependentText(store, second))).toBe(
      '海州市教育局 新人：账号是全部单位的管理员。先发送：角色 撤销 管理员 海州市教育局 新人',
    );
    await home().run([deleted('role_grant', { role: 'administrator' })]);
    // A group that the bot has left cannot be bound anew: it is let go.
    await home().run([inserted('work_group', { chat_id: 'oc_2', name: '旧群', unit_id: 'new-u', state: 'disbanded' })]);
    expect(await store.dependents(linked.removed, linked.removed)).toEqual([]);
    expect(await store.commit(work({ changes: [linked] }))).toBe('done');
    expect((await store.directory()).units.map(({ id }) => id)).not.toContain('new-u');
  });
});
