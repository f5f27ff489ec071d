import { plainDoc } from '../../cards/plain.ts';
import type { Doc } from '../../cards/views.ts';
import { describeSpan } from '../../domain/calendar/describe.ts';
import { daysBetween, type LocalDate } from '../../domain/calendar/local-date.ts';
import { describeSchoolYear, PART_WORD, type SchoolPeriod } from '../../domain/calendar/school-year.ts';

/** A period that holds for a unit, with the name of the unit that it is entered for. */
interface HeldPeriod extends SchoolPeriod {
  readonly of: string;
}

export const periodWords = (period: Pick<SchoolPeriod, 'schoolYear' | 'part'>): string =>
  `${describeSchoolYear(period.schoolYear)}${PART_WORD[period.part]}`;

/** 校历: what holds for a unit, its own entries and those that it follows. */
export function schoolCalendarDoc(view: {
  readonly unit: string;
  readonly periods: readonly HeldPeriod[];
  readonly today: LocalDate;
  readonly mayEnter: boolean;
}): Doc {
  const { unit, periods, today, mayEnter } = view;
  const how = `录入：校历 ${unit} 寒假 2027-01-23 至 2027-02-21；取消：校历 取消 ${unit} 寒假 2026-2027学年。`;
  if (periods.length === 0) {
    const sentence = `${unit}还没有录入校历，“学期内”的提醒按都在学期内发。`;
    return plainDoc('校历', sentence, { tone: 'muted', ...(mayEnter && { note: how }) });
  }
  const now = periods.find(({ from, to }) => from <= today && today <= to);
  return {
    title: '校历',
    subtitle: unit,
    tone: 'normal',
    summary: now
      ? `${unit}现在是${periodWords(now)}，到 ${describeSpan({ from: now.to, to: now.to }, today)}为止`
      : `${unit}录入了 ${periods.length} 段`,
    blocks: [
      ...(now
        ? [
            {
              kind: 'text',
              text: [
                { strong: `现在是${PART_WORD[now.part]}` },
                `，到 ${describeSpan({ from: now.to, to: now.to }, today)}为止。`,
              ],
            } as const,
          ]
        : []),
      {
        kind: 'table',
        columns: [
          { key: 'part', title: '学期、假期' },
          { key: 'days', title: '起止' },
          { key: 'count', title: '天数' },
          { key: 'of', title: '由谁录入' },
        ],
        rows: periods.map((period) => ({
          part: periodWords(period),
          days: describeSpan(period, today),
          count: `${daysBetween(period.from, period.to) + 1} 天`,
          of: period.of,
        })),
      },
      ...(mayEnter ? [{ kind: 'note', text: how } as const] : []),
    ],
    footer: '本单位没有录入的，按上级单位的校历。',
    query: `校历 ${unit}`,
  };
}
