import { describeSpan } from '../../domain/calendar/describe.ts';
import { wallClock } from '../../domain/calendar/local-date.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import type { RehearsalRequest } from '../../language/workbooks.ts';
import { rehearsedLines } from '../reminders/rehearsal-card.ts';
import { clashText } from '../visits/clashes-card.ts';
import { column, type List, NUMBER, writtenDay } from './list.ts';

/** 预演 as a workbook: a row for each message with its whole text, for whoever checks a week on paper. Clashes stand below. */
export function rehearsalList({ pushes, clashes, span, about, today }: RehearsalRequest, zone: string): List {
  const rows = pushes.map((push, at): SheetCell[] => {
    const { date, time } = wallClock(push.sendAt, zone);
    const [, title = '', called = '', ...lines] = rehearsedLines(push, today, zone);
    return [at + 1, { date }, time, push.group.name, push.group.unit?.name, title, called, lines.join('\n')];
  });
  const columns = [
    NUMBER,
    column('日期', 14),
    column('时间', 8),
    column('工作群', 26),
    column('单位', 22),
    column('标题', 22),
    column('会@谁', 24),
    column('内容', 80),
  ];
  const name = `${about}推送预演 ${span.from}至${span.to}`;
  return {
    name,
    sheet: {
      title: `${about}推送预演（${describeSpan(span, today)}）`,
      statements: [`推算日期：${writtenDay(today)}`, '按现有数据和规则推算，没有发送任何消息'],
      columns,
      rows,
      notes: clashes.map((clash) => `注：${clashText(clash, today)}`),
    },
  };
}
