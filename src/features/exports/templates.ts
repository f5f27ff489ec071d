import * as z from 'zod';
import { wallClock } from '../../domain/calendar/local-date.ts';
import { ASSESSMENT_COLUMNS, type AssessmentLine, stagedColumns } from '../../domain/checklists/assessment-columns.ts';
import type { Sheet, SheetCell, SheetColumn } from '../../domain/imports/sheet.ts';
import type { TemplateFacts, WorkbookColumn } from '../../domain/imports/workbook-column.ts';
import { WORKBOOK_KINDS } from '../../domain/imports/workbook-kinds.ts';
import type { ListReader, TemplateRequest } from '../../language/workbooks.ts';
import type { Reads } from '../../ports/store.ts';
import { type List, type ListSource, statements, tableOf, unitsWithin } from './list.ts';

/** Rows that are prepared for typing; more may be added below. */
const BLANK_ROWS = 50;
/** What the first cell of an example says: 导入 leaves such a row out. */
const EXAMPLE = '示例';
const NOTE = '说明：“示例”一行不会导入，可以保留或删除；下拉里没有的内容可以直接填写。';

/** An empty workbook of a kind: the headings that 导入 knows, pick lists, an example. */
export async function templateOf(
  source: ListSource,
  request: TemplateRequest,
  reader: ListReader | undefined,
): Promise<List | undefined> {
  if (request.kind === 'assessment') return reader && assessmentTemplate(source.store, request, reader);
  if (!reader && request.kind !== 'directory') return undefined;
  return emptyList(request.kind, await factsOf(source, reader), reader);
}

async function factsOf({ store, now, zone }: ListSource, reader: ListReader | undefined): Promise<TemplateFacts> {
  const { today } = reader ?? { today: wallClock(now, zone).date };
  if (!reader) return { today, units: [], programs: [], checklists: [] };
  const [{ units }, programs, checklists] = await Promise.all([
    store.directory(),
    store.programs(reader.scope),
    store.checklists(),
  ]);
  return {
    today,
    units: unitsWithin(reader.scope, units).map(({ name }) => name),
    programs: programs.map(({ name }) => name),
    checklists: checklists.filter(({ builtIn }) => builtIn).map(({ title }) => title),
  };
}

/** Without an address book there is no name to put over one; the title of the first one names the district. */
function emptyList(
  kind: Exclude<TemplateRequest['kind'], 'assessment'>,
  facts: TemplateFacts,
  reader: ListReader | undefined,
): List {
  const { name, columns } = WORKBOOK_KINDS[kind];
  const year = kind === 'directory' ? '' : `（${facts.today.slice(0, 4)}年）`;
  const typed = typedInto(columns, facts);
  return {
    name: `${name}模板`,
    sheet: {
      title: `${reader?.about.name ?? ''}${name}${year}`,
      statements: reader ? statements(reader) : [],
      columns: typed.columns,
      rows: [typed.example],
      examples: 1,
      blanks: BLANK_ROWS,
      notes: [NOTE],
    },
  };
}

/** The headings with what may be picked under them, and the example. */
function typedInto(
  columns: readonly WorkbookColumn<never>[],
  facts: TemplateFacts,
): Pick<Sheet, 'columns'> & { readonly example: readonly SheetCell[] } {
  const shown = columns.filter(({ only }) => only !== 'nowhere');
  return {
    columns: shown.map(
      ({ heading, width, date, choices }): SheetColumn => ({
        heading,
        width,
        ...(date && { date }),
        choices: typeof choices === 'function' ? choices(facts) : choices,
      }),
    ),
    example: shown.map(({ example }, at) =>
      at === 0 ? EXAMPLE : typeof example === 'function' ? example(facts) : example,
    ),
  };
}

const thresholds = z.record(z.string(), z.unknown());

/** Every indicator of the checklist stands in it: what is left empty counts as not reported. */
async function assessmentTemplate(
  store: Reads,
  { checklistId, program }: Extract<TemplateRequest, { kind: 'assessment' }>,
  { about, today }: ListReader,
): Promise<List | undefined> {
  const indicators = await store.importedIndicators(checklistId);
  if (indicators.length === 0) return undefined;
  const named = indicators.flatMap((row) => Object.keys(thresholds.parse(JSON.parse(row.thresholds))));
  const stages = [...new Set(named.filter((stage) => stage !== '全部'))];
  const columns = stagedColumns<AssessmentLine>(ASSESSMENT_COLUMNS, stages.length > 0 ? stages : ['']);
  const { rows } = tableOf(
    columns,
    indicators.map((indicator): AssessmentLine => ({ indicator, points: indicator.points })),
  );
  const typed = typedInto(columns, { today, units: [], programs: [], checklists: [] });
  return {
    name: `${program}自评表模板`,
    sheet: {
      title: `${about.name}“${program}”评估指标自评表`,
      statements: statements({ about, today }, '自评单位'),
      columns: typed.columns,
      rows: [typed.example, ...rows],
      examples: 1,
      notes: [NOTE],
    },
  };
}
