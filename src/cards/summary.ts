import { AGE_BANDS, agesOf, type FindingFigures, figuresOf, type PlacedTally, percent } from '../domain/loop/rates.ts';
import { isOpen, STATES } from '../domain/loop/states.ts';
import type { Block, Doc } from './views.ts';

/** What stands in a row of the table: a unit, or a program. */
export type By = 'unit' | 'program';

const NO_PROGRAM = '未列专项';
const nameIn = (row: PlacedTally, by: By): string => (by === 'unit' ? row.unit.name : (row.program ?? NO_PROGRAM));

/** How a unit, or the whole, stands with the problems found: figures, by unit or program, by state, and how long the open ones wait. */
export function summaryDoc(
  tallies: readonly PlacedTally[],
  asked: { readonly about: string; readonly by: By; readonly query: string },
): Doc {
  const all = figuresOf(tallies);
  const groups = [...Map.groupBy(tallies, (row) => nameIn(row, asked.by))].map(([name, rows]) => ({
    name,
    figures: figuresOf(rows),
  }));
  return {
    title: '整改汇总',
    subtitle: asked.about,
    tone: all.late > 0 ? 'late' : all.due > 0 && all.closed === all.due ? 'done' : 'normal',
    summary: `${asked.about}：应整改 ${all.due} 项，已销号 ${all.closed} 项，完成率 ${percent(all.completion)}，逾期 ${all.late} 项`,
    blocks: [
      { kind: 'fields', fields: fieldsOf(all) },
      { kind: 'heading', text: asked.by === 'unit' ? '按单位' : '按专项' },
      chartOf(groups),
      tableOf(groups, asked.by),
      { kind: 'heading', text: '按状态' },
      statesOf(tallies),
      { kind: 'heading', text: '未销号问题挂账时间' },
      {
        kind: 'table',
        columns: [
          { key: 'band', title: '挂账时间' },
          { key: 'count', title: '项数' },
        ],
        rows: agesOf(tallies).map((count, band) => ({ band: AGE_BANDS[band]?.word ?? '', count: `${count}` })),
      },
    ],
    footer:
      '完成率：已销号÷应整改（已下达的问题，长期坚持不算销号）。按期率：按期报完成并销号÷（已销号+逾期）。不含限定知悉范围的问题。',
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

interface Group {
  readonly name: string;
  readonly figures: FindingFigures;
}

const chartOf = (groups: readonly Group[]): Block => ({
  kind: 'chart',
  title: '整改情况（项）',
  parts: groups.flatMap(({ name, figures: { due, closed, late } }) => [
    { bar: name, part: '已销号', value: closed },
    { bar: name, part: '整改中', value: due - closed - late },
    { bar: name, part: '逾期', value: late },
  ]),
});

const tableOf = (groups: readonly Group[], by: By): Block => ({
  kind: 'table',
  columns: [
    { key: 'name', title: by === 'unit' ? '单位' : '专项' },
    { key: 'due', title: '应整改' },
    { key: 'closed', title: '已销号' },
    { key: 'completion', title: '完成率' },
    { key: 'late', title: '逾期' },
    { key: 'punctuality', title: '按期率' },
  ],
  rows: groups.map(({ name, figures }) => ({
    ...{ name, due: `${figures.due}`, closed: `${figures.closed}`, late: `${figures.late}` },
    ...{ completion: percent(figures.completion), punctuality: percent(figures.punctuality) },
  })),
});

function statesOf(tallies: readonly PlacedTally[]): Block {
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
export const isEmpty = (tallies: readonly PlacedTally[]): boolean =>
  !tallies.some(({ state }) => isOpen(state) || state === 'closed');
