import type { Doc, FormField } from '../../cards/views.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { type Inspection, visitNumber } from '../../domain/visits/inspection.ts';
import { visitLine } from './visit-card.ts';

const choices = (...values: readonly string[]) => values.map((value) => ({ value }));

const PERIODS = choices('上午', '下午', '全天', '晚上');
const KINDS = choices('专项督导', '综合督导', '经常性督导', '过程性督导', '随机督导', '复查', '回头看');

/** 日程 新增 and 日程 变更 D12 without more words: the words of the line, to be filled in. What is left as it is changes nothing. */
export function visitFormDoc(form: {
  readonly line: string;
  readonly once: string;
  readonly visit?: Inspection;
  readonly today?: LocalDate;
  /** Accounts of those who inspect, the most frequent first. */
  readonly inspectors: readonly string[];
}): Doc {
  const { line, once, visit, today, inspectors } = form;
  const isNew = visit === undefined;
  const fields: readonly FormField[] = [
    { kind: 'date', name: 'day', label: isNew ? '日期' : '改到哪天', required: isNew },
    { kind: 'select', name: 'period', label: '时段', options: PERIODS },
    { kind: 'time', name: 'starts', label: '几点开始（可不填）' },
    ...(isNew
      ? ([
          {
            kind: 'text',
            name: 'unit',
            label: '单位',
            required: true,
            placeholder: '单位全称或通讯录里的简称',
            maxLength: 40,
          },
          { kind: 'select', name: 'kind', label: '类型', required: true, options: KINDS, initial: '专项督导' },
        ] as const)
      : []),
    { kind: 'text', name: 'topic', label: '督导内容', as: '内容 “{}”', maxLength: 100 },
    ...teamFields(isNew, inspectors),
    ...(isNew
      ? ([{ kind: 'text', name: 'contact', label: '联络员', as: '联络员 {}', maxLength: 40 }] as const)
      : ([{ kind: 'text', name: 'reason', label: '原因', as: '原因 “{}”', maxLength: 100 }] as const)),
  ];
  const example = isNew
    ? '日程 新增 4月9日 上午 望海区第一中学 专项督导 组长 张三'
    : `日程 变更 ${visitNumber(visit.number)} 4月10日 下午`;
  return {
    title: isNew ? '新增督导安排' : `变更 ${visitNumber(visit.number)}`,
    ...(visit && today && { subtitle: visitLine({ withheld: false, inspection: visit }, today) }),
    tone: 'normal',
    summary: `填表${isNew ? '新增督导安排' : '变更督导安排，只填要改的'}，也可以打字：${example}`,
    blocks: [
      ...(isNew ? [] : [{ kind: 'text', text: ['只填要改的，其余不变。'] } as const]),
      { kind: 'form', line, once, fields, submit: isNew ? '新增' : '变更' },
    ],
    footer: `也可以打字，例如：${example}`,
  };
}

/** Chosen or typed: most of those who inspect have an account, others stand in the schedules by name only. */
function teamFields(isNew: boolean, candidates: readonly string[]): readonly FormField[] {
  const typed = { kind: 'text', maxLength: 100 } as const;
  const leader = { as: '组长 {}', placeholder: '同名时写单位：望海区教育局陈甲' };
  const members = { as: '成员 {}', placeholder: '用顿号分开：林乙、周丙' };
  if (candidates.length === 0)
    return [
      { ...typed, ...leader, name: 'leader', label: '组长', required: isNew },
      { ...typed, ...members, name: 'members', label: '成员' },
    ];
  return [
    { kind: 'person', name: 'leader_chosen', label: '组长', as: leader.as, candidates },
    { ...typed, ...leader, name: 'leader', label: '组长（上面没有的，写姓名）' },
    { kind: 'people', name: 'members_chosen', label: '成员', as: members.as, candidates },
    { ...typed, ...members, name: 'members', label: '其他成员（上面没有的，写姓名）' },
  ];
}
