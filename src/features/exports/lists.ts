import { MAX_ROWS } from '../../excel/open-workbook.ts';
import { writeWorkbook } from '../../excel/write-workbook.ts';
import type { ListKind, ListReader, ListRequest, Workbooks } from '../../language/workbooks.ts';
import { faultyRowsSheet } from '../imports/planning/faulty-rows.ts';
import type { Planner } from '../imports/planning/plan.ts';
import { planUndo } from '../imports/planning/undo.ts';
import { assessmentLists } from './assessment-lists.ts';
import { directoryList } from './directory-list.ts';
import { findingList } from './finding-list.ts';
import type { List, ListMaker, ListSource } from './list.ts';
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
    const list = await templateOf(source, request, reader);
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

/** Each subject's list; one that is asked for in chat and has no entry here does not compile. */
const LISTS: { readonly [Kind in ListKind]: ListMaker<Kind> } = {
  schedule: scheduleList,
  tasks: taskLists,
  progress: progressList,
  assessment: assessmentLists,
  checklist: checklistList,
  summary: summaryList,
  findings: findingList,
  notices: noticeList,
  directory: directoryList,
  milestones: milestoneList,
  rules: ruleList,
  audit: auditList,
};

function listsOf<Kind extends ListKind>(
  source: ListSource,
  request: ListRequest<Kind>,
  reader: ListReader,
): Promise<readonly List[]> {
  const make: ListMaker<Kind> = LISTS[request.kind];
  return make(source, request, reader);
}
