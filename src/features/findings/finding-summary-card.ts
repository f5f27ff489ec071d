import { heading } from '../../cards/kit.ts';
import { type SummaryTable, tableOf } from '../../cards/summary-table.ts';
import type { Block, Doc } from '../../cards/views.ts';
import { SEVERITY_WORD, type Severity } from '../../domain/findings/finding.ts';
import {
  AGE_BANDS,
  agesOf,
  type FindingDimension,
  type FindingFigures,
  figuresOf,
  type GroupedTally,
  percent,
} from '../../domain/findings/rates.ts';
import { isOpen, STATES } from '../../domain/findings/states.ts';
import { STAGES, stageOf } from '../../domain/people/unit.ts';

const FINDING_DIMENSION_WORD: Readonly<Record<FindingDimension, string>> = {
  unit: '单位',
  program: '专项',
  stage: '学段',
  category: '类别',
  severity: '程度',
  month: '月份',
};

const SEVERITIES: Readonly<Record<string, string>> = SEVERITY_WORD satisfies Record<Severity, string>;

/** What a group is called. */
function nameOf(by: FindingDimension, group: string): string {
  switch (by) {
    case 'unit':
      return group;
    case 'program':
      return group || '未列专项';
    case 'stage':
      return stageOf(group);
    case 'category':
      return group || '未对应指标';
    case 'severity':
      return SEVERITIES[group] ?? group;
    case 'month':
      return `${group.slice(0, 4)}年${Number(group.slice(5))}月`;
  }
}

/** In the order in which they are read: stages and severities in their own, what belongs to none last, the rest as counted. */
function placeOf(by: FindingDimension, { group }: GroupedTally): number {
  if (by === 'stage') return STAGES.indexOf(stageOf(group));
  if (by === 'severity') return Object.keys(SEVERITIES).indexOf(group);
  return group === '' ? 1 : 0;
}

interface Group {
  readonly name: string;
  readonly figures: FindingFigures;
}

const groupsOf = (tallies: readonly GroupedTally[], by: FindingDimension): readonly Group[] =>
  [
    ...Map.groupBy(
      tallies.toSorted((a, b) => placeOf(by, a) - placeOf(by, b)),
      ({ group }) => nameOf(by, group),
    ),
  ].map(([name, rows]) => ({ name, figures: figuresOf(rows) }));

/** How a unit, or the whole, stands with the problems found: figures, by a dimension, by state, and how long the open ones wait. */
export function findingSummaryDoc(
  tallies: readonly GroupedTally[],
  asked: { readonly about: string; readonly by: FindingDimension; readonly query: string },
): Doc {
  const all = figuresOf(tallies);
  const table = findingTable(tallies, asked.by);
  return {
    title: '整改汇总',
    subtitle: asked.about,
    tone: all.late > 0 ? 'late' : all.due > 0 && all.closed === all.due ? 'done' : 'normal',
    summary: `${asked.about}：应整改 ${all.due} 项，已销号 ${all.closed} 项，完成率 ${percent(all.completion)}，逾期 ${all.late} 项`,
    blocks: [
      { kind: 'fields', fields: fieldsOf(all) },
      heading(`按${FINDING_DIMENSION_WORD[asked.by]}`),
      chartOf(groupsOf(tallies, asked.by)),
      tableOf(table),
      heading('按状态'),
      statesOf(tallies),
      heading('未销号问题挂账时间'),
      {
        kind: 'table',
        columns: [
          { key: 'band', title: '挂账时间' },
          { key: 'count', title: '项数' },
        ],
        rows: agesOf(tallies).map((count, band) => ({ band: AGE_BANDS[band]?.word ?? '', count: `${count}` })),
      },
    ],
    footer: table.note,
    query: asked.query,
  };
}

const fieldsOf = (figures: FindingFigures) =>
  [
    ['应整改', `${figures.due} 项${figures.waiting > 0 ? `（另有 ${figures.waiting} 项待下达）` : ''}`],
    ['已销号', `${figures.closed} 项，完成率 ${percent(figures.completion)}`],
    ['逾期未整改', `${figures.late} 项，按期率 ${percent(figures.punctuality)}`],
    ...(figures.longTerm > 0 ? [['长期坚持', `${figures.longTerm} 项`]] : []),
    ...(figures.meanDays === undefined ? [] : [['平均销号用时', `${Math.round(figures.meanDays)} 天`]]),
  ].map(([label = '', value = '']) => ({ label, value: [value] }));

const chartOf = (groups: readonly Group[]): Block => ({
  kind: 'chart',
  title: '整改情况（项）',
  parts: groups.flatMap(({ name, figures: { due, closed, late } }) => [
    { bar: name, part: '已销号', value: closed },
    { bar: name, part: '整改中', value: due - closed - late },
    { bar: name, part: '逾期', value: late },
  ]),
});

/** A row for each unit, program, stage, category, severity or month. */
export function findingTable(tallies: readonly GroupedTally[], by: FindingDimension): SummaryTable {
  const row = ({ name, figures }: Group) => [
    name,
    figures.due,
    figures.closed,
    percent(figures.completion),
    figures.late,
    percent(figures.punctuality),
    figures.meanDays === undefined ? '—' : Math.round(figures.meanDays),
  ];
  return {
    headings: [FINDING_DIMENSION_WORD[by], '应整改', '已销号', '完成率', '逾期', '按期率', '平均销号天数'],
    rows: groupsOf(tallies, by).map(row),
    total: row({ name: '合计', figures: figuresOf(tallies) }),
    note: '完成率：已销号÷应整改（已下达的问题，长期坚持不算销号）。按期率：按期报完成并销号÷（已销号+逾期）。不含限定知悉范围的问题。',
  };
}

function statesOf(tallies: readonly GroupedTally[]): Block {
  const counts = new Map<string, number>();
  for (const { state, count } of tallies) counts.set(state, (counts.get(state) ?? 0) + count);
  const known = Object.entries(STATES).filter(([state]) => counts.has(state));
  return {
    kind: 'table',
    columns: [
      { key: 'state', title: '状态' },
      { key: 'count', title: '项数' },
    ],
    rows: known.map(([state, { word }]) => ({ state: word, count: `${counts.get(state)}` })),
  };
}

/** Whether anything open or done is counted; dropped ones alone are nothing to sum up. */
export const isEmpty = (tallies: readonly GroupedTally[]): boolean =>
  !tallies.some(({ state }) => isOpen(state) || state === 'closed');
