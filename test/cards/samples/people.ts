import { groupsDoc, heldDoc, keptDoc } from '../../../src/features/groups/groups-card.ts';
import { handoverDoc } from '../../../src/features/people/handover-card.ts';
import { identityDoc } from '../../../src/features/people/identity-card.ts';
import { mergeChoiceDoc, type PersonView, peopleDoc } from '../../../src/features/people/people-card.ts';
import { rolesDoc } from '../../../src/features/people/roles-card.ts';
import { waitingDoc } from '../../../src/features/people/waiting-card.ts';
import { at, inDays, person, today, told, unit } from './district.ts';
import { many, type Sample, sample, turn } from './sample.ts';

const member = (index: number): PersonView => ({
  ...person(index),
  linkedBy: turn(['mobile', 'group', 'administrator'] as const, index),
  hasMobile: index % 4 !== 3,
  lookedFor: index % 2 === 0,
  ...(index % 10 === 9 && {
    left: { at: at(inDays(-30)), successor: '望海区教育局 冯癸', open: index % 20 === 9 ? 2 : 0 },
  }),
});
const request = (index: number) => ({
  id: `r${index}`,
  openId: `ou_asking${index}`,
  person: person(index),
  requestedAt: at(inDays(-1), '18:40'),
  byName: index % 2 === 1,
});
const people = { total: 46, unlinked: 12, left: 3, changes: true, query: '人员 望海区' };

const held = (index: number) => ({
  openId: `ou_person${index}`,
  role: turn(['administrator', 'supervisor', 'liaison', 'leader'] as const, index),
  unit: index % 4 === 0 ? undefined : unit(index),
  people: index % 5 === 4 ? [] : [person(index)],
  granted: { at: at(inDays(-100 + index)) },
});

const GROUP_NAMES = ['望海区教育督导工作群', '', '青山县迎检工作群（含各乡镇中心校、民办幼儿园）'];
const groupOf = (index: number) => ({
  group: {
    ...({ chatId: `oc_${index}`, name: turn(GROUP_NAMES, index), state: 'active', version: 1 } as const),
    unit: index % 4 === 3 ? undefined : { ...unit(index), sees: unit(index).id, isRoot: index === 0 },
  },
  lastSentAt: index % 5 === 4 ? undefined : at(today, '08:31'),
  kept: index % 3 === 1 ? 2 : 0,
  ...(index % 3 === 1 && {
    failing: { at: at(today, '08:32'), reason: '机器人不在群里', ...(index % 2 === 1 && { code: 230018 }) },
  }),
});
const kept = (index: number) => ({
  code: `m${index}`,
  where: index % 2 === 0 ? '望海区教育督导工作群' : '与 林乙 的单聊',
  reason: '飞书返回 230002',
  lane: index % 2 === 0 ? ('push' as const) : ('reply' as const),
  unknown: index % 4 === 3,
  at: at(today, '08:32'),
});

const duties = {
  visits: many(4, (i) => ({
    from: inDays(i),
    to: inDays(i),
    unit: unit(i).name,
    kind: '专项督导',
    withheld: i === 2,
    role: i === 0 ? ('leader' as const) : ('member' as const),
  })),
  contacts: 2,
  roles: ['联络员（望海区教育局）'],
  tasks: many(3, (i) => ({ title: `化解大班额（第${i + 1}批）`, dueText: i === 2 ? '' : '6月30日前' })),
  findings: many(2, (i) => ({
    number: i + 1,
    unit: unit(i + 1).name,
    description: '食品留样记录不全',
    due: i === 0 ? inDays(9) : undefined,
  })),
};

export const peopleSamples: readonly Sample[] = [
  sample(peopleDoc, {
    'thirty, and six who say who they are': [
      { ...people, about: '望海区', people: many(30, member), requests: many(6, request) },
      told,
    ],
    'three who may be changed': [
      { ...people, people: [member(0), member(2), member(9)], total: 2, unlinked: 0, left: 1, requests: [] },
      told,
    ],
    'nobody at all': [{ ...people, people: [], total: 0, unlinked: 0, left: 0, requests: [] }, told],
    none: [{ ...people, about: '王小二', people: [], total: 0, unlinked: 0, left: 0, requests: [] }, told],
  }),
  sample(mergeChoiceDoc, {
    'two rows': [[member(0), member(2)], '人员 合并 陈甲', told],
    'three rows': [[member(0), member(2), member(9)], '人员 合并 陈甲', told],
  }),
  sample(waitingDoc, {
    'six whose names were found': [many(6, request), told],
    'one whose name was found': [many(1, request), told],
  }),
  sample(rolesDoc, {
    'all, to an administrator': [{ ...told, held: many(20, held), all: true }],
    "one's own": [{ ...told, held: many(3, held), all: false }],
    none: [{ ...told, held: [], all: false }],
  }),
  sample(identityDoc, {
    'linked before': [
      { id: 'r1', openId: 'ou_asking', who: '望海区教育局 陈甲', linkedBefore: true, others: ['临江区教育局 冯癸'] },
    ],
  }),
  sample(groupsDoc, {
    'twelve groups, everything paused': [many(12, groupOf), { ...told, pausedAt: at(inDays(-1), '17:00') }],
    none: [[], told],
  }),
  sample(keptDoc, {
    'twelve messages, one sent again': [many(12, kept), told, '消息 m0 已重新排队发送。'],
    none: [[], told],
  }),
  sample(heldDoc, { 'twelve messages of unknown fate': [many(12, kept), told] }),
  sample(handoverDoc, {
    'before it is confirmed': [
      {
        title: '离任交接',
        sentence: '望海区教育局 陈甲 离任，由 望海区教育局 冯癸 接替。',
        today,
        duties,
        lines: ['将告知：', { mention: { name: '冯癸', openId: 'ou_fenggui' } }],
        confirm: { label: '确认离任', query: '离任 望海区教育局 陈甲 冯癸 确认' },
        note: '角色不随人转移，请另行授予。',
        query: '离任 望海区教育局 陈甲 冯癸',
      },
    ],
    'to whoever takes it over': [
      { title: '工作交接', sentence: '下列事项从 陈甲 转给您。', today, duties: { ...duties, findings: [] } },
    ],
  }),
];
