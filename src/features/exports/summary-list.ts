import { sheetOf } from '../../cards/summary-table.ts';
import type { Summary } from '../../domain/overview/summary.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { findingTable } from '../findings/finding-summary-card.ts';
import { pushTable } from '../reminders/push-summary-card.ts';
import { taskTable } from '../tasks/task-summary-card.ts';
import { type List, type ListSource, statements } from './list.ts';

/** 汇总 as it is sent upward: the table of the card, with 合计. */
export async function summaryList(
  _source: ListSource,
  { summary }: ListRequest<'summary'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const { what, table } = figuresOf(summary, reader);
  const title = `${summary.about}${what}汇总`;
  return [{ name: title, sheet: { title, statements: statements(reader), ...sheetOf(table) } }];
}

function figuresOf(summary: Summary, { today }: ListReader) {
  switch (summary.of) {
    case 'findings':
      return { what: '整改', table: findingTable(summary.tallies, summary.by) };
    case 'tasks':
      return { what: summary.what, table: taskTable(summary.tasks, summary.by, today) };
    case 'pushes':
      return { what: '推送', table: pushTable(summary.tallies, summary.by) };
  }
}
