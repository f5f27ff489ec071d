import type { Span } from '../../domain/calendar/span.ts';
import { visibleTo } from '../../domain/visits/inspection.ts';
import { VISIT_COLUMNS, type VisitLine } from '../../domain/visits/visit-columns.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { type List, type ListSource, statements, tableOf, writtenDay } from './list.ts';

/** The schedule under the headings by which 导入 knows it. What is withheld from the chat is left out altogether. */
export async function scheduleList(
  { store, now }: ListSource,
  { span, unitId }: ListRequest<'schedule'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const { scope, viewer, about } = reader;
  const [visits, rows, checklists] = await Promise.all([
    store.inspections({ scope, span, unitId }),
    store.importedInspections(span),
    store.checklists(),
  ]);
  const checklistOf = new Map(rows.map(({ id, checklistId }) => [id, checklistId]));
  // Only a built-in checklist is named: an office's own one follows from its program.
  const titles = new Map(checklists.filter(({ builtIn }) => builtIn).map(({ id, title }) => [id, title]));
  const lines = visibleTo(viewer, visits, now).flatMap((visit): VisitLine[] => {
    if (visit.withheld) return [];
    const { unit, program = '', ...shown } = visit.inspection;
    const checklist = titles.get(checklistOf.get(shown.id) ?? '') ?? '';
    return [{ ...shown, unit: unit.name, program, checklist }];
  });
  return [
    {
      name: `${about.name}督导日程表 ${spanText(span)}`,
      sheet: {
        title: `${about.name}督导日程表（${spanText(span)}）`,
        statements: statements(reader),
        ...tableOf<VisitLine>(VISIT_COLUMNS, lines),
      },
    },
  ];
}

const spanText = ({ from, to }: Span): string =>
  from === to ? writtenDay(from) : `${writtenDay(from)}至${writtenDay(to)}`;
