import type { ListKind } from '../../language/workbooks.ts';
import { FINDINGS_EXPORT } from '../findings/finding-export.ts';
import { NOTICES_EXPORT } from '../notices/notice-export.ts';
import { SUMMARY_EXPORT } from '../overview/summary-export.ts';
import { MILESTONES_EXPORT } from '../programs/milestone-export.ts';
import { RULES_EXPORT } from '../reminders/rule-export.ts';
import { PROGRESS_EXPORT, TASKS_EXPORT } from '../tasks/task-export.ts';
import { SCHEDULE_EXPORT } from '../visits/schedule-export.ts';
import { ASSESSMENT_EXPORT, CHECKLIST_EXPORT } from './assessment-exports.ts';
import { AUDIT_EXPORT } from './audit-export.ts';
import { DIRECTORY_EXPORT } from './directory-export.ts';
import type { ExportKind } from './export-kind.ts';

/**
 * Each subject's list. Of two words that fit the upper one is meant: 自评指标 is the self-assessment, 任务清单 the tasks, 审计 问题 the
 * record, 任务汇总 the figures.
 */
export const EXPORT_KINDS: { readonly [Kind in ListKind]: ExportKind<Kind> } = {
  audit: AUDIT_EXPORT,
  summary: SUMMARY_EXPORT,
  rules: RULES_EXPORT,
  directory: DIRECTORY_EXPORT,
  notices: NOTICES_EXPORT,
  milestones: MILESTONES_EXPORT,
  assessment: ASSESSMENT_EXPORT,
  progress: PROGRESS_EXPORT,
  findings: FINDINGS_EXPORT,
  tasks: TASKS_EXPORT,
  checklist: CHECKLIST_EXPORT,
  schedule: SCHEDULE_EXPORT,
};
