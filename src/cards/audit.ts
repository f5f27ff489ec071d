import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Person, Role } from '../domain/work/person.ts';
import { momentText } from './groups.ts';
import { plainDoc } from './plain.ts';
import { accountText, ROLE_WORD } from './roles.ts';
import type { Doc, Entry, Inline } from './views.ts';

/** What an action is called by those who do it. An action that is not here is shown as it is written down. */
const ACTION_WORD: Readonly<Record<string, string>> = {
  'group.joined': '督导助手进群',
  'group.renamed': '群改名',
  'group.gone': '督导助手离群',
  'group.bound': '绑定单位',
  'person.linked': '关联飞书账号',
  'link.requested': '登记身份，等待确认',
  'link.refused': '没有确认身份',
  'inspection.added': '新增督导安排',
  'inspection.changed': '变更督导安排',
  'inspection.postponed': '延期督导安排',
  'inspection.cancelled': '取消督导安排',
  'inspection.restored': '恢复督导安排',
  'person.unlinked': '解除飞书账号关联',
  'person.left': '登记离任',
  'person.returned': '恢复在岗',
  'people.merged': '合并人员',
  'role.granted': '授予角色',
  'role.revoked': '撤销角色',
  'message.again': '重发消息',
  'message.withdrawn': '撤下还没有发出的消息',
  'pushes.paused': '全部暂停推送',
  'pushes.resumed': '全部恢复推送',
  'calendar.changed': '更改节假日',
  'schoolPeriod.entered': '录入校历',
  'schoolPeriod.withdrawn': '取消校历',
  'rule.added': '新增提醒',
  'rule.changed': '修改提醒',
  'rule.enabled': '启用提醒',
  'rule.disabled': '停用提醒',
  'rule.removed': '删除提醒',
  'rule.sampled': '试发提醒',
  'setting.changed': '修改设置',
  'setting.undone': '撤回设置',
  'quiet.lifted': '紧急解除免打扰',
  'notice.sent': '发通知',
  'notice.confirmed': '收到通知',
  'notice.reminded': '提醒确认通知',
  'notice.departed': '离群后不再要求确认',
  'task.added': '下达任务',
  'task.due': '任务改期',
  'task.target': '改任务目标',
  'task.handed': '转交任务',
  'task.closedOff': '任务转为保密',
  'task.openedUp': '任务解除保密',
  'task.urged': '催办任务',
  'task.step': '任务节点',
  'task.limited': '任务限期整改',
  'task.censured': '通报任务',
  'task.drafted': '任务待确认限期整改或通报',
  'task.eased': '任务赶上进度',
  'task.done': '办结任务',
  'task.reopened': '重开任务',
  'progress.reported': '报进展',
  'progress.corrected': '更正进展',
  'program.added': '新增专项',
  'program.renamed': '专项改名',
  'program.archived': '归档专项',
  'program.restored': '恢复专项',
  'program.checklist': '选定专项的评估细则',
  'program.participants': '更改专项的参加单位',
  'milestone.set': '设置专项节点',
  'milestone.removed': '删除专项节点',
  'import.requested': '发来工作簿',
  'import.confirmed': '确认导入',
  'import.dropped': '放弃导入',
  'import.directory': '导入通讯录',
  'import.schedule': '导入日程表',
  'import.tasks': '导入任务分解表',
  'import.assessment': '导入自评表',
  'export.schedule': '导出督导日程',
  'export.findings': '导出问题整改台账',
  'export.summary': '导出汇总表',
  'export.progress': '导出进展调度表',
  'export.notices': '导出通知回执表',
  'export.tasks': '导出任务',
  'export.assessment': '导出自评',
  'export.checklist': '导出指标清单',
  'export.directory': '导出通讯录',
  'export.milestones': '导出专项节点',
  'export.rules': '导出提醒规则',
  'export.audit': '导出操作记录',
  'import.undone': '撤销导入',
  'finding.enter': '登记问题',
  'finding.register': '认定问题',
  'finding.dispute': '申辩',
  'finding.issue': '下达整改',
  'finding.sign': '签收问题',
  'finding.plan': '报整改方案',
  'finding.returnPlan': '退回整改方案',
  'finding.acceptPlan': '同意整改方案',
  'finding.start': '开始整改',
  'finding.submit': '报整改完成',
  'finding.askExtension': '申请延期',
  'finding.grantExtension': '同意延期',
  'finding.refuseExtension': '不同意延期',
  'finding.recheck': '复查',
  'finding.return': '退回整改',
  'finding.close': '销号',
  'finding.keep': '转为长期坚持',
  'finding.reopen': '重新挂账',
  'finding.drop': '不予认定',
  'finding.attach': '补充佐证',
  'finding.amend': '更改整改期限',
  'finding.urge': '催办',
  'finding.draft': '拟稿督办、通报',
  'finding.escalate': '督办、通报、约谈等',
  'finding.lower': '降低督办层级',
  'finding.restrict': '问题设为限知',
  'finding.lift': '问题解除限知',
  'inspection.seen': '查看未公布的督导对象',
  'refused.privilege': '企图越权，已拒绝',
  'refused.destructive': '企图删除数据，已拒绝',
};

/** Who acts when no account does. */
const ACTOR_WORD: Readonly<Record<string, string>> = {
  lark: '飞书',
  heartbeat: '督导助手（自动）',
  delivery: '督导助手（自动）',
  import: '部署人员（导入）',
  operator: '部署人员',
};

/** An id says nothing to a reader. */
const ID = /^(?:[a-z]+_[\w-]{6,}|pushes)$/;

export interface AuditLine {
  readonly at: Instant;
  readonly actor: string;
  readonly actorPeople: readonly Person[];
  /** In which group; none for a direct chat and for what nobody said. */
  readonly group?: string | undefined;
  readonly inChat: boolean;
  readonly action: string;
  readonly subject: string;
  readonly subjectGroup?: string | undefined;
  readonly subjectPeople: readonly Person[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The answer to 审计, the newest first. `cut`: there are more than these. */
export function auditDoc(view: {
  readonly about: string;
  readonly lines: readonly AuditLine[];
  readonly cut: boolean;
  readonly zone: string;
  readonly today: LocalDate;
  readonly query: string;
}): Doc {
  const { about, lines, cut, query } = view;
  if (lines.length === 0) return plainDoc('操作记录', `${about}没有操作记录。`, { tone: 'muted' });
  return {
    title: '操作记录',
    ...(about && { subtitle: about }),
    tone: 'normal',
    summary: `${cut ? '最近' : '共'} ${lines.length} 条操作记录`,
    blocks: [
      { kind: 'entries', entries: lines.map((line) => entryOf(line, view)) },
      ...(cut ? [{ kind: 'note', text: `只列最近 ${lines.length} 条，更早的请加日期，例如：审计 3月` } as const] : []),
    ],
    query,
  };
}

function entryOf(line: AuditLine, told: { readonly zone: string; readonly today: LocalDate }): Entry {
  const subject = subjectText(line);
  const changed = changeText(line);
  const where = line.group ? `群：${line.group}` : line.inChat ? '单聊' : '';
  const lines: Inline[][] = [
    [`${momentText(line.at, told)}　${actorText(line)}${where ? `　${where}` : ''}`],
    ...(changed ? [[changed]] : []),
  ];
  return { head: [{ strong: ACTION_WORD[line.action] ?? line.action }, subject ? `　${subject}` : ''], lines };
}

/** An entry in words, for a list of its own. */
export const auditWords = (line: AuditLine) => ({
  actor: actorText(line),
  action: ACTION_WORD[line.action] ?? line.action,
  subject: subjectText(line),
  where: line.group ?? (line.inChat ? '单聊' : ''),
  changed: changeText(line),
});

const actorText = ({ actor, actorPeople }: AuditLine): string =>
  ACTOR_WORD[actor] ?? (actor.startsWith('ou_') ? accountText(actor, actorPeople) : actor);

function subjectText({ subject, subjectGroup, subjectPeople }: AuditLine): string {
  if (subjectPeople.length > 0) return accountText(subject, subjectPeople);
  if (subject.startsWith('ou_')) return accountText(subject, []);
  return subjectGroup ?? (ID.test(subject) ? '' : subject);
}

/** Old → new; only what a reader understands. */
function changeText({ before, after }: AuditLine): string {
  const [old, now] = [valueText(before), valueText(after)];
  return old && now ? `${old} → ${now}` : now || (old ? `原为：${old}` : '');
}

/** An import writes down how many rows it added, and of the changed ones what they were. */
function importText({ added, changed }: { readonly added: unknown; readonly changed: unknown }): string {
  const count = (rows: unknown) => (Array.isArray(rows) ? rows.length : Number(rows));
  return `新增 ${count(added)} 条，修改 ${count(changed)} 条`;
}

const isRole = (value: string): value is Role => Object.hasOwn(ROLE_WORD, value);

function valueText(value: unknown): string {
  if (typeof value === 'string') return ID.test(value) ? '' : isRole(value) ? ROLE_WORD[value] : value;
  if (typeof value !== 'object' || value === null) return '';
  if ('added' in value && 'changed' in value) return importText(value);
  return Object.entries(value)
    .filter(([key]) => ['role', 'unit', 'name', 'reason', 'recurrence'].includes(key))
    .map(([, part]) => valueText(part))
    .filter((part) => part !== '')
    .join('　');
}
