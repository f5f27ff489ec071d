import { describeSpan } from '../../domain/calendar/describe.ts';
import { wallClock } from '../../domain/calendar/local-date.ts';
import type { ListColumn } from '../../domain/imports/workbook-column.ts';
import type { PlannedPush } from '../../language/preview.ts';
import type { RehearsalRequest } from '../../language/workbooks.ts';
import { rehearsedLines } from '../reminders/rehearsal-card.ts';
import { clashText } from '../visits/clashes-card.ts';
import { column, type List, NUMBER, tableOf, writtenDay } from './list.ts';

/** 预演 as a workbook: a row for each message with its whole text, for whoever checks a week on paper. Clashes stand below. */
export function rehearsalList({ pushes, clashes, span, about, today }: RehearsalRequest, zone: string): List {
  const name = `${about}推送预演 ${span.from}至${span.to}`;
  return {
    name,
    sheet: {
      title: `${about}推送预演（${describeSpan(span, today)}）`,
      statements: [`推算日期：${writtenDay(today)}`, '按现有数据和规则推算，没有发送任何消息'],
      ...tableOf(columns(today, zone), pushes),
      notes: clashes.map((clash) => `注：${clashText(clash, today)}`),
    },
  };
}

const columns = (today: RehearsalRequest['today'], zone: string): readonly ListColumn<PlannedPush>[] => {
  /** Title, whom it calls and its text, as 预演 writes them. */
  const said = (push: PlannedPush) => {
    const [, title = '', called = '', ...lines] = rehearsedLines(push, today, zone);
    return { title, called, text: lines.join('\n') };
  };
  return [
    NUMBER,
    column('日期', 14, ({ sendAt }) => ({ date: wallClock(sendAt, zone).date })),
    column('时间', 8, ({ sendAt }) => wallClock(sendAt, zone).time),
    column('工作群', 26, ({ group }) => group.name),
    column('单位', 22, ({ group }) => group.unit?.name),
    column('标题', 22, (push) => said(push).title),
    column('会@谁', 24, (push) => said(push).called),
    column('内容', 80, (push) => said(push).text),
  ];
};
