import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Issue } from './issue.ts';

/** What decides whether two visits need the same person at the same time. */
export interface Visit {
  readonly row: number;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly period: string;
  readonly leader: string;
  readonly members: readonly string[];
}

/** Of a person who is on every row of a long table, a complaint names no more rows than these. */
const MOST_NAMED = 5;

/**
 * The same name on two teams at one time. The later row gets the complaint, one for each earlier row that it meets. Days overlap when the
 * ranges do; 全天 meets every half, a half meets itself; a period that is not known (待定, blank) meets nothing.
 */
export function personConflicts(visits: readonly Visit[]): readonly Issue[] {
  const byPerson = new Map<string, Visit[]>();
  const issues: Issue[] = [];
  for (const visit of visits) {
    for (const person of new Set([visit.leader, ...visit.members])) {
      if (person === '') continue;
      const earlier = byPerson.get(person) ?? [];
      const met = earlier.filter((candidate) => overlap(candidate, visit)).slice(0, MOST_NAMED);
      for (const { row: rowRef } of met) issues.push({ row: visit.row, type: 'person_conflict', person, rowRef });
      earlier.push(visit);
      byPerson.set(person, earlier);
    }
  }
  return issues;
}

const HALVES: Readonly<Record<string, readonly string[]>> = {
  上午: ['上午', '全天'],
  下午: ['下午', '全天'],
  晚上: ['晚上'],
  全天: ['上午', '下午', '全天'],
};

function overlap(a: Visit, b: Visit): boolean {
  if (!a.from || !a.to || !b.from || !b.to) return false;
  return a.from <= b.to && b.from <= a.to && (HALVES[a.period]?.includes(b.period) ?? false);
}
