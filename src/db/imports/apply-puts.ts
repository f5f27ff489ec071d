import type { PutChange } from '../../ports/changes.ts';
import type { Appliers } from '../appliers.ts';
import { calendarMoved } from '../calendars/apply-calendar.ts';
import { putAssessments, putChecklists, putIndicators } from '../checklists/put-checklists.ts';
import { putMilestones, putPeople, putPrograms, putUnits } from '../people/put-directory.ts';
import { putInspections, putTasks } from './put-work.ts';

/** Rows of an import. */
export const putAppliers = {
  // A unit that came or moved may have other terms and vacations above it.
  'units.put': (engine, change) => [...putUnits(engine, change), calendarMoved(engine)],
  'people.put': (engine, { rows }) => putPeople(engine, rows),
  'programs.put': (engine, { rows }) => putPrograms(engine, rows),
  'milestones.put': (engine, { rows }) => putMilestones(engine, rows),
  'checklists.put': (engine, { rows }) => putChecklists(engine, rows),
  'indicators.put': (engine, { rows }) => putIndicators(engine, rows),
  'inspections.put': (engine, { rows }) => putInspections(engine, rows),
  'tasks.put': (engine, { rows }) => putTasks(engine, rows),
  'assessments.put': (engine, { rows }) => putAssessments(engine, rows),
} satisfies Appliers<PutChange>;
