import { plainDoc } from '../../../src/cards/plain.ts';
import { LIFTED } from '../../../src/domain/settings.ts';
import { type AuditLine, auditDoc } from '../../../src/features/overview/audit-card.ts';
import { commandDoc, helpDoc } from '../../../src/features/overview/help-card.ts';
import {
  type SettingView,
  settingChangedDoc,
  settingDoc,
  settingsDoc,
} from '../../../src/features/settings/settings-card.ts';
import { liftedDoc, notLiftedDoc } from '../../../src/features/settings/urgent-card.ts';
import { at, inDays, person, today, told } from './district.ts';
import { many, type Sample, sample, turn } from './sample.ts';

const LINES: readonly Partial<AuditLine>[] = [
  {
    action: 'inspection.changed',
    subject: 'D12',
    before: '时间：4月20日（周一）上午',
    after: '时间：4月23日（周四）下午',
  },
  {
    action: 'role.granted',
    subject: 'ou_person1',
    subjectPeople: [person(1)],
    after: { role: 'liaison', unit: '望海区' },
  },
  { action: 'import.schedule', subject: '督导日程表.xlsx', after: { added: [1, 2, 3], changed: 2 } },
  {
    action: 'group.bound',
    subject: 'oc_12345678',
    subjectGroup: '望海区教育督导工作群',
    before: '望海区',
    after: '青山县',
  },
  { action: 'pushes.paused', subject: 'pushes', actor: 'heartbeat', actorPeople: [], inChat: false },
  { action: 'rule.removed', subject: '第 3 条', before: { recurrence: '每周一', name: '本周日程' }, group: undefined },
  { action: 'nobody.knows', subject: 'ou_person9', actor: 'ou_person9', actorPeople: [] },
];
const line = (index: number): AuditLine => ({
  at: at(inDays(-Math.floor(index / 8)), '10:15'),
  actor: 'ou_person0',
  actorPeople: [person(0)],
  group: '望海区教育督导工作群',
  inChat: true,
  action: '',
  subject: '',
  subjectPeople: [],
  ...turn(LINES, index),
});
const audit = { ...told, about: '4月', cut: true, query: '审计 4月' };

const setting: SettingView = {
  name: '免打扰',
  now: '22:00—07:00',
  usual: '21:00—07:30',
  from: 'group',
  meaning: '这段时间不发推送',
  range: '0:00—23:59',
  unit: '时刻',
  scope: 'group',
  example: '22:00-7:00',
};
const SETTINGS: readonly SettingView[] = [
  setting,
  {
    name: '每校每月督导次数上限',
    now: '2 次',
    usual: '2 次',
    from: 'usual',
    meaning: '超过时提示（减负）',
    range: '1—20',
    unit: '次',
    scope: 'district',
    example: '3',
  },
  {
    name: '升级次序',
    now: '约谈在前',
    usual: '通报在前',
    from: 'program',
    meaning: '督办以后先通报还是先约谈',
    range: '通报在前、约谈在前',
    unit: '无',
    scope: 'program',
    example: '约谈在前',
  },
];
const inGroup = { kind: 'group', words: '本群', prefix: '' } as const;

const COMMANDS: Parameters<typeof helpDoc>[0] = [
  {
    name: '日程',
    usage: '日程 [日期] [单位|姓名]',
    summary: '查督导日程',
    allow: 'anyone',
    examples: ['日程 明天', '日程 下周 望海区'],
  },
  {
    name: '任务',
    usage: '任务 T12 | 任务 新增 内容 牵头 单位 截止 日期',
    summary: '查任务、下达任务',
    allow: 'member',
    examples: ['任务', '任务 新增 防溺水自查 牵头 各县区 截止 3月31日'],
  },
  {
    name: '全部暂停',
    usage: '全部暂停 · 全部恢复',
    summary: '暂停所有群的推送',
    allow: 'administrator',
    examples: ['全部暂停'],
  },
  { name: '导出', usage: '导出 名称', summary: '导出表格', allow: 'export.take', examples: ['导出 问题'] },
];

export const operationSamples: readonly Sample[] = [
  sample(auditDoc, {
    'forty lines': [{ ...audit, lines: many(40, line) }],
    none: [{ ...audit, lines: [], cut: false }],
  }),
  sample(settingsDoc, {
    'of the district': [SETTINGS, { kind: 'district', words: '全部群', prefix: '' }],
    'of a group': [SETTINGS, inGroup],
    'of a program': [SETTINGS, { kind: 'program', words: '专项“两项督导”', prefix: '专项 两项督导' }],
  }),
  sample(settingDoc, {
    "the group's own": [setting, { ...inGroup, once: 'form_1' }],
    'of the district': [setting, { kind: 'district', words: '全部群', prefix: '', once: 'form_1' }],
  }),
  sample(settingChangedDoc, {
    changed: [
      setting,
      {
        before: '21:00—07:30',
        where: '本群',
        undone: false,
        effects: ['注意：1 条提醒落在免打扰时段，不会再发：', '望海区教育局第 6 条“每周五 20:00 截止提醒”'],
      },
    ],
    'taken back': [setting, { before: '21:00—07:30', where: '本群', undone: true, effects: [] }],
  }),
  sample(liftedDoc, { 'until midnight': [at(today, '23:30'), { ...told, where: '本群', reason: '台风停课' }] }),
  sample(notLiftedDoc, {
    'by day in a group': [
      { reason: '台风停课', settings: [], pausedAt: undefined },
      { ...told, now: at(today, '10:00'), chat: { type: 'group', chatId: 'oc_county' } },
    ],
    'lifted already': [
      {
        reason: '台风停课',
        settings: [{ key: LIFTED, chatId: undefined, value: String(at(inDays(1), '07:00')) }],
        pausedAt: undefined,
      },
      { ...told, now: at(today, '23:00'), chat: { type: 'p2p', chatId: 'oc_direct' } },
    ],
    'while all is paused': [
      { reason: '台风停课', settings: [], pausedAt: at(today, '09:00') },
      { ...told, now: at(today, '23:00'), chat: { type: 'p2p', chatId: 'oc_direct' } },
    ],
  }),
  sample(helpDoc, {
    'in a group': [COMMANDS, { type: 'group', about: '望海区教育局', next: '还没有登记身份，请先发送：我是 姓名' }],
    'in a direct chat': [COMMANDS, { type: 'p2p' }],
  }),
  sample(commandDoc, Object.fromEntries(COMMANDS.map((command) => [`of ${command.name}`, [command]]))),
  sample(plainDoc, {
    'with all that it may have': [
      '已记录',
      'T12 的进展已记录：60%。',
      {
        tone: 'done',
        lines: ['下一次报送：5月25日。'],
        note: '报错了请发送：进展 T12 更正 50% 原因 …',
        buttons: [{ label: '看任务', press: { v: 1, op: 'show', query: '任务 T12', page: 1 } }],
      },
    ],
    'a sentence': ['没有找到', '没有找到叫“实验小学”的单位。'],
  }),
];
