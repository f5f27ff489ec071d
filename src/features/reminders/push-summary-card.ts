import { type SummaryTable, tableOf } from '../../cards/summary-table.ts';
import type { Doc } from '../../cards/views.ts';
import { percent } from '../../domain/findings/rates.ts';
import {
  type PushDimension,
  type PushFigures,
  type PushTally,
  pushFiguresOf,
} from '../../domain/reminders/push-rates.ts';

const nameOf = (by: PushDimension, group: string): string =>
  by === 'unit' ? group : `${group.slice(0, 4)}年${Number(group.slice(5))}月`;

interface Group {
  readonly name: string;
  readonly figures: PushFigures;
}

const groupsOf = (tallies: readonly PushTally[], by: PushDimension): readonly Group[] =>
  [...Map.groupBy(tallies, ({ group }) => nameOf(by, group))].map(([name, rows]) => ({
    name,
    figures: pushFiguresOf(rows),
  }));

/** A row for each unit or month. */
export function pushTable(tallies: readonly PushTally[], by: PushDimension): SummaryTable {
  const row = ({ name, figures }: Group) => [
    name,
    figures.due,
    figures.delivered,
    percent(figures.delivery),
    figures.late,
    percent(figures.punctuality),
    figures.undelivered,
    figures.missed,
  ];
  return {
    headings: [by === 'unit' ? '单位' : '月份', '应发', '送达', '送达率', '补发', '准时率', '未送达', '漏发'],
    rows: groupsOf(tallies, by).map(row),
    total: row({ name: '合计', figures: pushFiguresOf(tallies) }),
    note: '送达率：送达÷应发。准时率：没有迟发的送达÷应发。当天没有内容的不算应发；暂停期间的不算应发。',
  };
}

/** How many of the pushes arrived, and in time. */
export function pushSummaryDoc(
  tallies: readonly PushTally[],
  asked: { readonly about: string; readonly by: PushDimension; readonly query: string },
): Doc {
  const all = pushFiguresOf(tallies);
  const table = pushTable(tallies, asked.by);
  const lost = all.undelivered + all.missed;
  return {
    title: '推送汇总',
    subtitle: asked.about,
    tone: lost > 0 ? 'late' : 'done',
    summary: `${asked.about}：应发 ${all.due} 次，送达 ${all.delivered} 次，送达率 ${percent(all.delivery)}，准时率 ${percent(all.punctuality)}`,
    blocks: [
      {
        kind: 'fields',
        fields: [
          ['应发', `${all.due} 次${all.paused > 0 ? `（另有 ${all.paused} 次因暂停没有发）` : ''}`],
          ['送达', `${all.delivered} 次，送达率 ${percent(all.delivery)}`],
          ['准时', `准时率 ${percent(all.punctuality)}，补发 ${all.late} 次`],
          ['没有送到', `${lost} 次（未送达 ${all.undelivered}，漏发 ${all.missed}）`],
        ].map(([label = '', value = '']) => ({ label, value: [value] })),
      },
      {
        kind: 'chart',
        title: '推送（次）',
        parts: groupsOf(tallies, asked.by).flatMap(({ name, figures }) => [
          { bar: name, part: '准时', value: figures.delivered - figures.late },
          { bar: name, part: '补发', value: figures.late },
          { bar: name, part: '没有送到', value: figures.undelivered + figures.missed },
        ]),
      },
      tableOf(table),
    ],
    footer: table.note,
    query: asked.query,
  };
}
