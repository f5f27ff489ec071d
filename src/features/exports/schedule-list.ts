import { weekday } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import { type Inspection, isUnannounced, visibleTo } from '../../domain/visits/inspection.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { InspectionRow } from '../../ports/rows.ts';
import { column, type List, type ListSource, NUMBER, statements, writtenDay } from './list.ts';

/** The schedule under the headings by which 导入 knows it. What is withheld from the chat is left out altogether. */
export async function scheduleList(
  { store, now }: ListSource,
  { span, unitId }: Extract<ListRequest, { kind: 'schedule' }>,
  reader: ListReader,
): Promise<List> {
  const { scope, viewer, about } = reader;
  const [visits, rows, checklists] = await Promise.all([
    store.inspections({ scope, span, unitId }),
    store.importedInspections(span),
    store.checklists(),
  ]);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const shown = visibleTo(viewer, visits, now).flatMap((visit) => (visit.withheld ? [] : [visit.inspection]));
  // Only a built-in checklist is named: an office's own one follows from its program.
  const titles = new Map(checklists.filter(({ builtIn }) => builtIn).map(({ id, title }) => [id, title]));
  const name = `${about.name}督导日程表 ${spanText(span)}`;
  return {
    name,
    sheet: {
      title: `${about.name}督导日程表（${spanText(span)}）`,
      statements: statements(reader),
      columns: SCHEDULE_COLUMNS,
      rows: shown.map((visit, at) => scheduleCells(visit, at + 1, titles.get(checklistId(rowOf.get(visit.id))) ?? '')),
    },
  };
}

export const SCHEDULE_COLUMNS = [
  NUMBER,
  { ...column('日期', 14), date: true } as const,
  column('星期', 9),
  column('时段', 12),
  column('督导类型', 14),
  column('督导对象', 28),
  column('督导内容', 36),
  column('组长', 10),
  column('成员', 20),
  column('联络员', 10),
  column('联系电话', 15),
  column('所属专项', 20),
  column('评估细则', 26),
  column('不预先通知', 12),
  column('备注', 20),
];

const checklistId = (row: InspectionRow | undefined): string => row?.checklistId ?? '';

const WEEKDAYS = '一二三四五六日';

function scheduleCells(visit: Inspection, at: number, checklist: string): readonly SheetCell[] {
  const {
    from,
    to,
    dateText,
    period,
    starts,
    kind,
    unit,
    topic,
    team,
    contact,
    contactPhone,
    program = '',
    note,
  } = visit;
  const single = from === to && dateText === '';
  const names = (role: 'leader' | 'member') =>
    team
      .filter((seat) => seat.role === role)
      .map(({ name }) => name)
      .join('、');
  // Said in words of its own only where no other column says it.
  const secret = visit.unannounced && !isUnannounced(kind, topic, note);
  return [
    at,
    single ? { date: from } : dateText || `${from}至${to}`,
    single ? `星期${WEEKDAYS.charAt(weekday(from) - 1)}` : '',
    `${period}${starts ?? ''}`,
    kind,
    unit.name,
    topic,
    names('leader'),
    names('member'),
    contact,
    contactPhone,
    program,
    checklist,
    secret ? '是' : '',
    note,
  ];
}

const spanText = ({ from, to }: Span): string =>
  from === to ? writtenDay(from) : `${writtenDay(from)}至${writtenDay(to)}`;
