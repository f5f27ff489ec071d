import type { Action } from '../../domain/people/rights.ts';
import type { ListRequest } from '../../language/workbooks.ts';

export interface ExportKind {
  readonly kind: ListRequest['kind'];
  readonly name: string;
  readonly words: RegExp;
  /** What it needs beside the right to export. */
  readonly right?: Action;
  /** Holds more than a group may know. */
  readonly direct?: true;
  /** What 导入 takes back. */
  readonly imported?: true;
}

/** Of two words that fit the upper one is meant: 自评指标 is the self-assessment, 任务清单 the tasks, 审计 问题 the record, 任务汇总 the figures. */
export const EXPORT_KINDS: readonly ExportKind[] = [
  {
    kind: 'audit',
    name: '操作记录',
    words: /审计|操作记录|操作日志|^日志/,
    right: 'audit.read',
    direct: true,
  },
  { kind: 'summary', name: '汇总表', words: /汇总|统计/ },
  { kind: 'rules', name: '提醒规则', words: /提醒|推送规则/, right: 'reminder.change' },
  {
    kind: 'directory',
    name: '单位通讯录',
    words: /通讯录|联络员|单位名单/,
    right: 'people.read',
    direct: true,
    imported: true,
  },
  { kind: 'notices', name: '通知回执表', words: /通知|回执/ },
  { kind: 'milestones', name: '专项节点', words: /节点|倒计时/ },
  { kind: 'assessment', name: '自评表', words: /自评/, imported: true },
  { kind: 'progress', name: '进展调度表', words: /(?<!整改)进[展度]|调度|亮灯/ },
  { kind: 'findings', name: '问题整改台账', words: /问题|整改|(?<!任务)台账/ },
  { kind: 'tasks', name: '任务分解表', words: /任务|分解|重点工作|重大决策|民生实事|截止|到期|待办/, imported: true },
  { kind: 'checklist', name: '指标清单', words: /指标|细则|清单|评估标准/ },
  { kind: 'schedule', name: '督导日程表', words: /督导|日程|行程|安排/, imported: true },
];
