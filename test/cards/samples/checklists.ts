import type { Assessment, Checklist, Indicator } from '../../../src/domain/checklists/checklist.ts';
import { checklistsDoc, indicatorDoc, indicatorListDoc } from '../../../src/features/checklists/checklist-card.ts';
import { unit } from './district.ts';
import { many, type Sample, sample, turn } from './sample.ts';

const checklist = (index: number): Checklist => ({
  id: `checklist_${index}`,
  title: turn(['县域义务教育优质均衡发展督导评估办法', '校园安全专项督导清单'], index),
  source: '教督〔2017〕6号',
  edition: '2017版',
  scope: turn(['县级', '学校'], index),
  builtIn: index === 0,
  names: [turn(['优质均衡', '校园安全'], index)],
});
const indicator = (index: number): Indicator => ({
  id: `indicator_${index}`,
  checklistId: 'checklist_0',
  code: `A${1 + (index % 3)}.${index + 1}`,
  level1: turn(['资源配置', '政府保障程度', '教育质量'], index),
  level2: turn(['师资', '装备', '巩固率'], index),
  title: '每百名学生拥有高于规定学历教师数',
  standard: '小学、初中分别达到4.2人以上、5.3人以上；每所学校至少6项指标达到上述要求，余项不能低于要求的85%',
  points: index % 2 === 0 ? 5 : undefined,
  veto: index % 10 === 0,
  unverified: index % 7 === 0,
  evidence: ['教师学历花名册及证书复印件', '教育事业统计报表'],
  unitHint: '教育局人事科',
  formula: '高于规定学历教师数÷在校学生数×100',
  note: '规定学历：小学大专、初中本科',
});
const assessment = (index: number): Assessment => ({
  program: '义务教育优质均衡发展县创建',
  unit: unit(index),
  indicatorId: `indicator_${index % 30}`,
  state: turn(['met', 'unmet', 'reported', 'missing'] as const, index),
  results: [
    { stage: '小学', raw: '4.6人', met: true },
    { stage: '初中', raw: index % 2 === 0 ? '5.1人' : '', met: false },
  ],
  points: 5,
  score: index % 3 === 0 ? undefined : 4.5,
  evidence: '',
});
const list = { title: '优质均衡', checklists: [checklist(0)], cut: false, query: '清单 优质均衡' };

export const checklistSamples: readonly Sample[] = [
  sample(checklistsDoc, { 'two, one of them in use': [many(2, checklist), new Set(['checklist_1'])] }),
  sample(indicatorDoc, {
    'with all that is known': [
      {
        checklist: checklist(0),
        indicator: indicator(0),
        leads: ['望海区教育局'],
        assists: ['各学校（幼儿园）'],
        assessments: many(4, assessment),
        query: '清单 A1.1',
      },
    ],
    'with nothing but its text': [
      {
        checklist: checklist(1),
        leads: [],
        assists: [],
        assessments: [],
        query: '清单 A2.2',
        indicator: { ...indicator(1), evidence: [], unitHint: '', formula: '', note: '' },
      },
    ],
  }),
  sample(indicatorListDoc, {
    'thirty indicators with their progress': [
      { ...list, about: '望海区', indicators: many(30, indicator), assessments: many(45, assessment), cut: true },
    ],
    none: [{ ...list, title: '食堂', indicators: [], assessments: [], checklists: [] }],
  }),
];
