import { MAX_ROWS } from '../../excel/open-workbook.ts';
import { writeWorkbook } from '../../excel/write-workbook.ts';
import type { ListReader, ListRequest, Workbooks } from '../../language/workbooks.ts';
import { faultyRowsSheet } from '../imports/planning/faulty-rows.ts';
import type { Planner } from '../imports/planning/plan.ts';
import { planUndo } from '../imports/planning/undo.ts';
import { assessmentLists } from './assessment-lists.ts';
import { directoryList } from './directory-list.ts';
import { findingList } from './finding-list.ts';
import type { List, ListSource } from './list.ts';
import { noticeList } from './notice-list.ts';
import { auditList, checklistList, milestoneList, ruleList } from './office-lists.ts';
import { progressList } from './progress-list.ts';
import { rehearsalList } from './rehearsal-list.ts';
import { scheduleList } from './schedule-list.ts';
import { summaryList } from './summary-list.ts';
import { taskLists } from './tasks-lists.ts';
import { templateOf } from './templates.ts';

/** The workbooks that a handler may ask for, over what is read here and now. */
export const workbooks = (source: ListSource & Planner): Workbooks => ({
  lists: listsFrom(source),
  async undo(by) {
    const last = await source.store.lastImport();
    return last && planUndo(source, last, { by, at: source.now });
  },
  async rehearsal(request) {
    const { name, sheet } = rehearsalList(request, source.zone);
    return { name: `${name}.xlsx`, bytes: await writeWorkbook(sheet) };
  },
  async template(request, reader) {
    const list = await templateOf(source.store, request, reader);
    return list && { name: `${list.name}.xlsx`, bytes: await writeWorkbook(list.sheet) };
  },
  async faultyRows({ id, fileName }) {
    const bytes = await source.store.importFile(id);
    const sheet = bytes && (await faultyRowsSheet(source, bytes, fileName));
    return sheet && { name: `${fileName.replace(/\.\w+$/, '')}（有错误的行）.xlsx`, bytes: await writeWorkbook(sheet) };
  },
});

/** The lists alone, for whoever imports nothing. */
export const listsFrom =
  (source: ListSource): Workbooks['lists'] =>
  async (request, reader) => {
    const found = (await listsOf(source, request, reader)).filter(({ sheet }) => sheet.rows.length > 0);
    for (const { sheet, most = MAX_ROWS } of found) if (sheet.rows.length > most) return { tooMany: most };
    return Promise.all(
      found.flatMap(filesOf).map(async ({ name, sheet }) => ({
        file: { name: `${name}.xlsx`, bytes: await writeWorkbook(sheet) },
        rows: sheet.rows.length,
      })),
    );
  };

/** A long ledger as several files, each with the head of the whole. */
function filesOf(list: List): readonly List[] {
  const { name, sheet } = list;
  const parts = Math.ceil(sheet.rows.length / MAX_ROWS);
  if (parts === 1) return [list];
  return Array.from({ length: parts }, (_, at) => ({
    name: `${name}（${at + 1}）`,
    sheet: { ...sheet, rows: sheet.rows.slice(at * MAX_ROWS, (at + 1) * MAX_ROWS) },
  }));
}

async function listsOf(source: ListSource, request: ListRequest, reader: ListReader): Promise<readonly List[]> {
  switch (request.kind) {
    case 'schedule':
      return [await scheduleList(source, request, reader)];
    case 'tasks':
      return taskLists(source, request, reader);
    case 'progress':
      return [await progressList(source, request, reader)];
    case 'assessment':
      return assessmentLists(source, request, reader);
    case 'checklist':
      return [await checklistList(source, request)].filter((list) => list !== undefined);
    case 'summary':
      return [summaryList(request, reader)];
    case 'findings':
      return [await findingList(source, request, reader)];
    case 'notices':
      return [await noticeList(source, request, reader)];
    case 'directory':
      return [await directoryList(source, reader)];
    case 'milestones':
      return [await milestoneList(source, reader)];
    case 'rules':
      return [await ruleList(source, request, reader)];
    case 'audit':
      return [await auditList(source, request, reader)];
  }
}
