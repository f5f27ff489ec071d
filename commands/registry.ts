import type { RegisteredCommand } from '../src/language/command.ts';
import acknowledge from './acknowledge.ts';
import audit from './audit.ts';
import bind from './bind.ts';
import calendar from './calendar.ts';
import checklist from './checklist.ts';
import claim from './claim.ts';
import countdown from './countdown.ts';
import deadline from './deadline.ts';
import exportLists from './export.ts';
import finding from './finding.ts';
import groups from './groups.ts';
import handover from './handover.ts';
import help from './help.ts';
import iam from './iam.ts';
import importWorkbook from './import.ts';
import mine from './mine.ts';
import notice from './notice.ts';
import pause from './pause.ts';
import people from './people.ts';
import program from './program.ts';
import progress from './progress.ts';
import pushed from './pushed.ts';
import rectify from './rectify.ts';
import rehearse from './rehearse.ts';
import remind from './remind.ts';
import role from './role.ts';
import schedule from './schedule.ts';
import schoolCalendar from './school-calendar.ts';
import settings from './settings.ts';
import status from './status.ts';
import summary from './summary.ts';
import task from './task.ts';
import template from './template.ts';
import urgent from './urgent.ts';
import visit from './visit.ts';

/** Every command, in the order of 帮助. Static, because a Worker cannot read folders; a test compares it with the folder. */
export const registry: readonly RegisteredCommand[] = [
  schedule,
  visit,
  deadline,
  checklist,
  task,
  progress,
  notice,
  acknowledge,
  finding,
  rectify,
  summary,
  countdown,
  pushed,
  mine,
  help,
  iam,
  bind,
  claim,
  role,
  people,
  handover,
  groups,
  program,
  remind,
  calendar,
  schoolCalendar,
  rehearse,
  pause,
  urgent,
  settings,
  audit,
  importWorkbook,
  exportLists,
  template,
  status,
];
