import { SEVERITY_WORD } from '../../domain/findings/finding.ts';
import { isOpen, STATES } from '../../domain/findings/states.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { LedgerRow } from '../../ports/ledger.ts';
import { column, type List, type ListSource, LONGEST_LEDGER, NUMBER, statements } from './list.ts';

/** 问题整改台账. A problem that is not for everybody stands in it only for the people named in it. */
export async function findingList(
  { store }: ListSource,
  { unitId, programId, state, found, about }: Extract<ListRequest, { kind: 'findings' }>,
  reader: ListReader,
): Promise<List> {
  const { scope, today, confidant } = reader;
  const rows = await store.findingLedger({
    unitIds: unitId === undefined ? scope.unitIds : [unitId],
    programId,
    state,
    found,
    today,
    viewer: confidant?.openId,
    limit: LONGEST_LEDGER + 1,
  });
  const title = `${reader.about.name}问题整改台账${about && `（${about}）`}`;
  return {
    name: title,
    most: LONGEST_LEDGER,
    sheet: {
      title,
      statements: statements(reader),
      columns: COLUMNS,
      rows: rows.map((row, at) => cells(row, at + 1, today)),
      notes: ['注：长期坚持的问题不算完成。'],
    },
  };
}

const COLUMNS = [
  NUMBER,
  column('编号', 8),
  column('问题来源', 22),
  column('督导时间', 14),
  column('被督导单位', 26),
  column('问题类别', 20),
  column('对应指标', 24),
  column('存在问题', 48),
  column('程度', 10),
  column('整改方式', 10),
  column('整改措施', 36),
  column('责任人', 10),
  column('整改时限', 14),
  column('整改进展', 18),
  column('整改情况', 36),
  column('是否完成', 9),
  column('是否逾期', 9),
  column('销号时间', 14),
  column('督导意见书文号', 18),
  column('销号文号', 18),
  column('佐证材料', 10),
  column('备注', 24),
];

function cells(row: LedgerRow, at: number, today: ListReader['today']): readonly SheetCell[] {
  const { indicator, due, state, files, closedOn } = row;
  const late = due !== undefined && STATES[state].dueRuns && due < today;
  return [
    at,
    `W${row.number}`,
    [row.program, row.visit && `督导安排 D${row.visit}`].filter(Boolean).join('　'),
    { date: row.foundOn },
    row.unit.name,
    indicator?.level1,
    indicator && `${indicator.code} ${indicator.title}`,
    row.description,
    SEVERITY_WORD[row.severity],
    row.term === 'immediate' ? '立行立改' : '限期整改',
    row.plan,
    row.responsible,
    due && { date: due },
    STATES[state].word,
    row.report,
    state === 'closed' ? '是' : isOpen(state) ? '否' : '',
    late ? '是' : '',
    closedOn && { date: closedOn },
    row.letter,
    state === 'closed' && row.document !== row.letter ? row.document : '',
    files === 0 ? '' : `${files} 件`,
    [row.cause && `原因：${row.cause}`, row.restricted && '限定知悉范围，勿外传'].filter(Boolean).join('；'),
  ];
}
