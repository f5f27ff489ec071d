import type { Finding, ToldEvent } from '../../../src/domain/findings/finding.ts';
import { LADDER_DAYS, ladderOf } from '../../../src/domain/findings/ladder.ts';
import type { GroupedTally } from '../../../src/domain/findings/rates.ts';
import type { FindingRules } from '../../../src/domain/findings/rules.ts';
import type { FindingState } from '../../../src/domain/findings/states.ts';
import { PROFILES } from '../../../src/domain/findings/time-limits.ts';
import { evidenceQuestionDoc } from '../../../src/features/findings/evidence-card.ts';
import {
  draftDoc,
  findingCards,
  findingsDoc,
  unheardDoc,
  urgeDoc,
  waitingDoc,
} from '../../../src/features/findings/finding-card.ts';
import { entryFormDoc, stepFormDoc } from '../../../src/features/findings/finding-form-card.ts';
import { findingSummaryDoc } from '../../../src/features/findings/finding-summary-card.ts';
import { at, calendar, inDays, named, person, told, unit } from './district.ts';
import { many, type Sample, sample, turn } from './sample.ts';

const LADDER = ladderOf('bulletinFirst', LADDER_DAYS);
const rules: FindingRules = { ...told, calendar, profile: PROFILES.national, ladder: LADDER };

const DESCRIPTIONS = [
  '消防通道堆放杂物，疏散指示灯损坏3处',
  '食品留样记录不全',
  '校车例检台账缺2026年3月，且无随车照管员签字；驾驶员从业资格证临近到期未换发',
];
const STATES: readonly FindingState[] = ['fixing', 'issued', 'submitted', 'registered', 'closed', 'extensionAsked'];

export const finding = (index: number, more: Partial<Finding> = {}): Finding => ({
  id: `finding_${index}`,
  number: index + 1,
  unit: unit(index + 1),
  description: turn(DESCRIPTIONS, index),
  severity: turn(['minor', 'veto', 'major', 'grave'] as const, index),
  term: 'timeLimited',
  viewers: [],
  foundOn: inDays(-20),
  responsible: named(index),
  enteredBy: 'ou_lvren',
  restricted: false,
  state: turn(STATES, index),
  since: inDays(-9),
  limit: { kind: 'days', days: 10, unit: 'working' },
  due: inDays(index * 2 - 6),
  dayUnit: 'working',
  extensions: 0,
  returns: 0,
  level: 0,
  drafted: 0,
  cause: '',
  files: 0,
  statements: 0,
  version: 3,
  ...more,
});

const FULL = finding(0, {
  program: { id: 'program_1', name: '校园安全专项督导' },
  visit: { id: 'inspection_1', number: 12 },
  indicator: { id: 'indicator_1', code: 'YZ-2.9', title: '校园安全管理' },
  severity: 'veto',
  restricted: true,
  viewers: ['ou_a', 'ou_b'],
  asked: inDays(10),
  level: 2,
  drafted: 2,
  cause: '值班制度没有落实到人',
  files: 3,
  document: '云教督〔2026〕3号',
  state: 'rechecking',
});

const CLOSED = finding(4, {
  cause: '留样员更换后没有交接',
  files: 2,
  statements: 1,
  submittedBy: 'ou_zhuwu',
  checkedBy: 'ou_lvren',
  closedOn: inDays(-1),
});

const EVENTS: readonly Partial<ToldEvent>[] = [
  { move: 'enter', to: 'registered', text: '随机督导时发现' },
  { move: 'issue', to: 'issued', document: '云教督〔2026〕3号', due: inDays(-6), dayUnit: 'working' },
  { move: 'sign', to: 'acknowledged' },
  { move: 'askExtension', to: 'extensionAsked', text: '需更换门禁主机', asked: inDays(10) },
  { move: 'escalate', to: 'fixing', text: '逾期未整改', level: 2 },
  { move: 'submit', to: 'submitted', text: '通道已清理，指示灯已更换', cause: '值班制度没有落实到人', files: 3 },
];
const history: readonly ToldEvent[] = EVENTS.map((event, index) => ({
  seq: index + 1,
  at: at(inDays(index * 3 - 20), '15:30'),
  on: inDays(index * 3 - 20),
  by: index === 4 ? 'heartbeat' : 'ou_person1',
  actors: index === 2 ? [] : [person(index)],
  move: 'enter',
  to: 'registered',
  text: '',
  ...event,
}));

const tally = (index: number, group: string): GroupedTally => ({
  state: turn(['closed', 'fixing', 'longTerm', 'registered'] as const, index),
  late: index % 4 === 1,
  group,
  onTime: index % 8 === 0,
  band: index % 5,
  count: index + 1,
  days: index % 4 === 0 ? 20 * (index + 1) : 0,
});
const draftOf = (level: 1 | 2) => turn(LADDER, level);

export const findingSamples: readonly Sample[] = [
  sample(findingCards.card, {
    'rechecked, with its whole life': [FULL, history, rules, { lead: '已报整改完成，等督导室复查。', once: 'form_1' }],
    'being mended': [finding(6), history.slice(0, 3), rules, { once: 'form_1' }],
    'struck off': [CLOSED, history, rules],
    'not given to the unit yet': [finding(3), history.slice(0, 1), rules, { once: 'form_1' }],
    'kept for long': [finding(2, { state: 'longTerm', term: 'immediate', due: inDays(130) }), history, rules],
    'not taken up': [finding(3, { state: 'dropped' }), history, rules],
  }),
  sample(findingCards.told, {
    'what was done, in one line': [FULL, '已报整改完成', findingCards.card(FULL, history, rules)],
  }),
  sample(findingsDoc, {
    'thirty problems': [
      { about: '望海区', findings: many(30, (i) => finding(i)), all: false, cut: true, query: '整改 望海区' },
      rules,
    ],
    none: [{ about: '', findings: [], all: true, cut: false, query: '问题' }, rules],
  }),
  sample(urgeDoc, { late: [finding(0), rules], 'not signed for': [finding(13, { state: 'issued' }), rules] }),
  sample(unheardDoc, {
    late: [finding(0), '望海区第一中学（没有工作群，联络员未关联）', rules],
    'without anybody': [finding(0), '', rules],
  }),
  sample(waitingDoc, { 'since long': [finding(2), 4, rules] }),
  sample(draftDoc, {
    'with a button': [finding(0), draftOf(1), rules],
    'with a document': [finding(0), draftOf(2), rules],
  }),
  sample(stepFormDoc, {
    'to give it to the unit': [
      finding(3, { limit: undefined }),
      'issue',
      '整改 W4 下达 文号 云教督〔2026〕3号 10个工作日',
      'form_1',
    ],
    'to ask for time': [finding(0), 'askExtension', '整改 W1 延期 6月30日 理由', 'form_1'],
  }),
  sample(entryFormDoc, {
    'on a visit, in a direct chat': [
      { unit: '望海区第一中学', visit: 12, secret: true, once: 'form_1', people: ['朱戊', '何辛'] },
    ],
    'of nothing in particular': [{ secret: false, once: 'form_1' }],
  }),
  sample(findingSummaryDoc, {
    'by unit': [
      many(24, (i) => tally(i, unit(i).name)),
      { about: '望海区', by: 'unit', query: '汇总 整改 望海区 按单位' },
    ],
    'by stage': [
      many(8, (i) => tally(i, turn(['小学', '初级中学', '幼儿园', '科室'], i))),
      { about: '云州市', by: 'stage', query: '汇总 整改 按学段' },
    ],
    'by category': [
      many(6, (i) => tally(i, turn(['安全管理', '', '办学条件'], i))),
      { about: '云州市', by: 'category', query: '汇总 整改 按类别' },
    ],
    'by severity': [
      many(8, (i) => tally(i, turn(['minor', 'veto', 'major', 'grave'], i))),
      { about: '云州市', by: 'severity', query: '汇总 整改 按程度' },
    ],
    'by month': [
      many(6, (i) => tally(i, `2026-0${i + 1}`)),
      { about: '云州市', by: 'month', query: '汇总 整改 按月份' },
    ],
  }),
  sample(evidenceQuestionDoc, {
    'for one of three': [
      [
        { name: 'W12', what: '消防通道堆放杂物', where: '望海区第一中学　整改中', query: '整改 W12 佐证' },
        { name: 'W15', what: '食品留样记录不全', where: '望海区第一中学　已下达', query: '整改 W15 佐证' },
        { name: 'T3', what: '化解义务教育学校大班额', where: '截止 4月30日', query: '进展 T3 佐证' },
      ],
      2,
    ],
  }),
];
