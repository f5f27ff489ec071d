import { expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { Put } from '../../src/ports/changes.ts';
import type { AssessmentRow } from '../../src/ports/rows.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, program, work } from './district.ts';

const assessment = (
  unitId: string,
  indicatorId: string,
  state: AssessmentRow['state'],
  more: Partial<Put<AssessmentRow>> = {},
) => ({
  programId: 'p',
  unitId,
  indicatorId,
  state,
  results: [],
  evidence: '',
  assessor: '',
  remark: '',
  ...more,
});
const put = (...rows: Put<AssessmentRow>[]) => ({ kind: 'assessments.put', rows }) as const;

onEveryHome('checklists', (home) => {
  const codes = async (query: Partial<Parameters<ReturnType<typeof home>['store']['indicators']>[0]>) =>
    (await home().store.indicators({ limit: 100, ...query })).map(({ code }) => code);

  test('the built-in checklists carry source, edition and their names, first the one that the bot uses', async () => {
    const checklists = await home().store.checklists();
    expect(checklists.map(({ id }) => id)).toEqual(['bj', 'dz', 'jc', 'ph', 'wc', 'yp', 'yz']);
    expect(checklists.at(-1)).toEqual({
      id: 'yz',
      title: '县域义务教育优质均衡发展督导评估',
      source: '教督〔2017〕6号《县域义务教育优质均衡发展督导评估办法》（教育部，2017）',
      edition: '教督〔2017〕6号',
      scope: '7+15+9+1项，另列达标规则3条、否决6条',
      builtIn: true,
      names: ['优质均衡', '义务教育优质均衡', '两创', '优均', '县域义务教育优质均衡发展督导评估'],
    });
    expect(checklists.find(({ id }) => id === 'wc')?.edition).toBe('2016年版');
  });

  test('an indicator comes with its standard, its evidence and what is unverified about it', async () => {
    const [indicator] = await home().store.indicators({ code: 'YZ-1.1', limit: 1 });
    expect(indicator).toMatchObject({
      id: 'yz:YZ-1.1',
      standard: '小学≥4.2人；初中≥5.3人',
      evidence: ['教师学历花名册及证书复印件', '教育事业统计报表'],
      veto: false,
      unverified: false,
    });
    const [detail] = await home().store.indicators({ code: 'PH-2.1', limit: 1 });
    expect(detail).toMatchObject({ unverified: true });
    expect(detail?.note).toContain('未逐字核对');
  });

  test('a code is found whole or without its letters, and in every checklist that has it', async () => {
    expect(await codes({ code: 'YZ-2.11' })).toEqual(['YZ-2.11']);
    expect(await codes({ code: '2.11' })).toEqual(['YZ-2.11']);
    expect(await codes({ code: '1.1' })).toEqual(['BJ-1.1', 'PH-1.1', 'WC-1.1', 'YP-1.1', 'YZ-1.1']);
    expect(await codes({ code: '1.1', checklistIds: ['ph'] })).toEqual(['PH-1.1']);
    expect(await codes({ code: '9.9' })).toEqual([]);
  });

  test('veto items come first, then the order of the regulation', async () => {
    const all = await codes({ checklistIds: ['yz'] });
    expect(all).toHaveLength(41);
    expect(all.slice(1, 8)).toEqual(['YZ-V1', 'YZ-V2', 'YZ-V3', 'YZ-V4', 'YZ-V5', 'YZ-V6', 'YZ-1.1']);
    expect(all.indexOf('YZ-2.9')).toBeLessThan(all.indexOf('YZ-2.10'));
    expect(await codes({ checklistIds: ['yz'], vetoOnly: true })).toEqual(all.slice(0, 7));
    expect(await codes({ checklistIds: ['yz'], limit: 3 })).toEqual(all.slice(0, 3));
    expect(await codes({ checklistIds: [] })).toEqual([]);
  });

  test('a keyword of any length is found in title, standard, level and code, whatever its letter case', async () => {
    expect(await codes({ keyword: '骨干' })).toContain('YZ-1.2');
    expect(await codes({ keyword: 'yz-1.2' })).toEqual(['YZ-1.2']);
    expect(await codes({ keyword: '每百名学生拥有体育、艺术（美术、音乐）专任教师数' })).toEqual(['YZ-1.3']);
    expect(await codes({ keyword: '校际资源', checklistIds: ['yz'] })).toContain('YZ-1.1');
    expect(await codes({ keyword: '没有这样的话' })).toEqual([]);
  });

  test('percent and underscore in a keyword are themselves', async () => {
    expect(await codes({ keyword: '85%' })).toContain('PH-1.1');
    expect(await codes({ keyword: '8%5' })).toEqual([]);
    expect(await codes({ keyword: 'YZ_1' })).toEqual([]);
  });

  test('a level is a first- or second-level name exactly', async () => {
    expect(await codes({ level: '普及普惠水平' })).toEqual(['PH-1.1', 'PH-1.2', 'PH-1.3']);
    expect(await codes({ level: '普及普惠' })).toEqual(['PH-1.1', 'PH-1.2', 'PH-1.3']);
    expect(await codes({ level: '普及' })).toEqual([]);
  });

  test('an office’s own checklist is put, replaced from the version seen, and keeps only its last names', async () => {
    const own = {
      id: 'own',
      title: '平安校园',
      source: '局发1号',
      edition: '2026年版',
      scope: '2项',
      names: ['平安', '平安校园'],
    };
    const item = {
      id: 'own:A-1',
      checklistId: 'own',
      code: 'A-1',
      level1: '安全',
      level2: '消防',
      title: '灭火器',
      standard: '有效',
      points: 2.5,
      veto: true,
      unverified: false,
      evidence: ['台账'],
      unitHint: '总务处',
      formula: '',
      note: '',
      position: 1,
      thresholds: '{"全部":{"op":">=","value":1,"unit":"具"}}',
    };
    await given(home(), { kind: 'checklists.put', rows: [own] }, { kind: 'indicators.put', rows: [item] });
    expect(await home().store.importedIndicators('own')).toEqual([{ ...item, version: 1 }]);
    expect(await codes({ code: '1', checklistIds: ['own'] })).toEqual(['A-1']);
    await given(home(), { kind: 'checklists.put', rows: [{ ...own, names: ['新平安'], seen: 1 }] });
    await given(home(), { kind: 'indicators.put', rows: [{ ...item, title: '消防栓', points: undefined, seen: 1 }] });
    expect((await home().store.checklists()).find(({ id }) => id === 'own')?.names).toEqual(['新平安']);
    expect(await home().store.importedIndicators('own')).toMatchObject([
      { title: '消防栓', points: undefined, version: 2 },
    ]);
    const again = work({ changes: [{ kind: 'indicators.put', rows: [{ ...item, seen: 1 }] }] });
    expect(await home().store.commit(again)).toBe('stale');
  });

  test('thresholds are kept by stage for the import to judge by', async () => {
    const rows = await home().store.importedIndicators('yz');
    const thresholds = JSON.parse(rows.find(({ code }) => code === 'YZ-1.1')?.thresholds ?? '');
    expect(thresholds).toEqual({
      小学: { op: '>=', value: 4.2, unit: '人/百生' },
      初中: { op: '>=', value: 5.3, unit: '人/百生' },
    });
  });

  test('where the units of a scope stand comes by unit, and can be narrowed to one', async () => {
    await given(home(), district, program('p', 'bureau', 'yz'));
    const results = [
      { stage: '小学', raw: '4.86', met: true },
      { stage: '初中', raw: '未测' },
    ];
    const row = assessment('wanghai', 'yz:YZ-1.1', 'met', {
      results,
      points: 2,
      score: 1.5,
      evidence: '目录',
      assessor: '陈甲',
      remark: '可',
    });
    await given(
      home(),
      put(row, assessment('chengguan', 'yz:YZ-1.1', 'unmet'), assessment('wanghai', 'yz:YZ-1.2', 'reported')),
    );
    const standing = async (unitIds: string[], unitId?: string) =>
      (await home().store.assessments({ scope: { unitIds }, indicatorIds: ['yz:YZ-1.1'], unitId })).map(
        ({ unit, state }) => [unit.id, state],
      );
    expect(await standing(['bureau'])).toEqual([
      ['chengguan', 'unmet'],
      ['wanghai', 'met'],
    ]);
    expect(await standing(['wanghai'])).toEqual([['wanghai', 'met']]);
    expect(await standing(['bureau'], 'chengguan')).toEqual([['chengguan', 'unmet']]);
    expect(await standing(['wanghai'], 'chengguan')).toEqual([]);
    expect(await home().store.assessments({ scope: { unitIds: ['wanghai'] }, indicatorIds: ['yz:YZ-1.1'] })).toEqual([
      {
        program: '专项p',
        unit: { id: 'wanghai', name: '望海区教育局' },
        indicatorId: 'yz:YZ-1.1',
        state: 'met',
        results,
        points: 2,
        score: 1.5,
        evidence: '目录',
      },
    ]);
    expect(await home().store.importedAssessments('p', 'wanghai')).toMatchObject([
      { ...row, version: 1 },
      { version: 1 },
    ]);
    await given(home(), put({ ...row, state: 'unmet', seen: 1 }));
    expect(await standing(['wanghai'])).toEqual([['wanghai', 'unmet']]);
    expect(await home().store.commit(work({ changes: [put({ ...row, seen: 1 })] }))).toBe('stale');
    expect(await home().store.commit(work({ changes: [put(row)] }))).toBe('stale');
  });

  test('what is missing of a self-assessment is due at the program’s own milestone', async () => {
    await given(home(), district, program('p', 'bureau', 'yz'));
    await given(
      home(),
      put(
        assessment('wanghai', 'yz:YZ-1.1', 'missing'),
        assessment('wanghai', 'yz:YZ-1.2', 'met'),
        assessment('wanghai', 'yz:YZ-1.3', 'missing'),
        assessment('chengguan', 'yz:YZ-1.1', 'met'),
      ),
    );
    const owed = { program: '专项p', unit: { id: 'wanghai', name: '望海区教育局' }, total: 3, missing: 2 };
    expect(await home().store.assessmentDues({ unitIds: ['bureau'] })).toMatchObject([{ ...owed, dueText: '' }]);
    await given(home(), {
      kind: 'milestones.put',
      rows: [
        { programId: 'p', name: '市级核查', due: date('2026-04-01'), dueText: '4月1日' },
        { programId: 'p', name: '自评截止', due: date('2026-04-10'), dueText: '4月10日前' },
      ],
    });
    expect(await home().store.assessmentDues({ unitIds: ['bureau'] })).toMatchObject([
      { ...owed, due: '2026-04-10', dueText: '4月10日前' },
    ]);
    expect(await home().store.assessmentDues({ unitIds: ['bureau'] }, 'wanghai')).toHaveLength(1);
    expect(await home().store.assessmentDues({ unitIds: ['bureau'] }, 'chengguan')).toEqual([]);
    expect(await home().store.assessmentDues({ unitIds: ['chengguan'] })).toEqual([]);
  });
});
