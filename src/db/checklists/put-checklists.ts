import type { CompiledQuery } from 'kysely';
import type { Put } from '../../ports/changes.ts';
import type { AssessmentRow, ChecklistRow, IndicatorRow } from '../../ports/rows.ts';
import { deleteChildren, insertRows, putRows } from '../bulk.ts';
import type { Engine } from '../engine.ts';
import { shortCode } from '../short-code.ts';
import { flag } from '../values.ts';

/** A checklist that is put is the office's own, also when it replaces a built-in one. */
export function putChecklists(engine: Engine, rows: readonly Put<ChecklistRow>[]): CompiledQuery[] {
  const ids = rows.map((row) => row.id);
  return [
    ...putRows(engine, 'checklist', ['id'], rows, ({ id, title, source, edition, scope }) => ({
      id,
      title,
      source,
      edition,
      scope,
      built_in: 0 as const,
    })),
    ...deleteChildren(engine, 'checklist_name', 'checklist_id', ids),
    ...insertRows(
      engine,
      'checklist_name',
      rows.flatMap(({ id, names }) =>
        [...new Set(names)].map((name, position) => ({ name, checklist_id: id, position })),
      ),
    ),
  ];
}

export function putIndicators(engine: Engine, rows: readonly Put<IndicatorRow>[]): CompiledQuery[] {
  return putRows(engine, 'indicator', ['id'], rows, (row) => ({
    id: row.id,
    checklist_id: row.checklistId,
    code: row.code,
    short_code: shortCode(row.code),
    position: row.position,
    level1: row.level1,
    level2: row.level2,
    title: row.title,
    standard: row.standard,
    points: row.points ?? null,
    veto: flag(row.veto),
    unverified: flag(row.unverified),
    evidence: JSON.stringify(row.evidence),
    unit_hint: row.unitHint,
    formula: row.formula,
    note: row.note,
    thresholds: row.thresholds,
  }));
}

export function putAssessments(engine: Engine, rows: readonly Put<AssessmentRow>[]): CompiledQuery[] {
  return putRows(engine, 'assessment', ['program_id', 'unit_id', 'indicator_id'], rows, (row) => ({
    program_id: row.programId,
    unit_id: row.unitId,
    indicator_id: row.indicatorId,
    state: row.state,
    results: JSON.stringify(row.results),
    points: row.points ?? null,
    score: row.score ?? null,
    evidence: row.evidence,
    assessor: row.assessor,
    remark: row.remark,
  }));
}
