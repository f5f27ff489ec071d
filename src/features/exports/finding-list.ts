import { SEVERITY_WORD } from '../../domain/findings/finding.ts';
import { isOpen, STATES } from '../../domain/findings/states.ts';
import type { ListColumn } from '../../domain/imports/workbook-column.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { LedgerRow } from '../../ports/ledger.ts';
import { column, type List, type ListSource, LONGEST_LEDGER, NUMBER, statements, tableOf } from './list.ts';

/** 问题整改台账. A problem that is not for everybody stands in it only for the people named in it. */
export async function findingList(
  { store }: ListSource,
  { unitId, programId, state, found, about }: ListRequest<'findings'>,
  reader: ListReader,
): Promise<readonly List[]> {
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
  const lines = rows.map((row): FindingLine => {
    const late = row.due !== undefined && STATES[row.state].dueRuns && row.due < today;
    return { ...row, late };
  });
  return [
    {
      name: title,
      most: LONGEST_LEDGER,
      sheet: {
        title,
        statements: statements(reader),
        ...tableOf(COLUMNS, lines),
        notes: ['注：长期坚持的问题不算完成。'],
      },
    },
  ];
}

/** A problem as a line of the ledger, and whether it is overdue today. */
interface FindingLine extends LedgerRow {
  readonly late: boolean;
}

const COLUMNS: readonly ListColumn<FindingLine>[] = [
  NUMBER,
  column('编号', 8, ({ number }) => `W${number}`),
  column('问题来源', 22, ({ program, visit }) => [program, visit && `督导安排 D${visit}`].filter(Boolean).join('　')),
  column('督导时间', 14, ({ foundOn }) => ({ date: foundOn })),
  column('被督导单位', 26, ({ unit }) => unit.name),
  column('问题类别', 20, ({ indicator }) => indicator?.level1),
  column('对应指标', 24, ({ indicator }) => indicator && `${indicator.code} ${indicator.title}`),
  column('存在问题', 48, ({ description }) => description),
  column('程度', 10, ({ severity }) => SEVERITY_WORD[severity]),
  column('整改方式', 10, ({ term }) => (term === 'immediate' ? '立行立改' : '限期整改')),
  column('整改措施', 36, ({ plan }) => plan),
  column('责任人', 10, ({ responsible }) => responsible),
  column('整改时限', 14, ({ due }) => due && { date: due }),
  column('整改进展', 18, ({ state }) => STATES[state].word),
  column('整改情况', 36, ({ report }) => report),
  column('是否完成', 9, ({ state }) => (state === 'closed' ? '是' : isOpen(state) ? '否' : '')),
  column('是否逾期', 9, ({ late }) => (late ? '是' : '')),
  column('销号时间', 14, ({ closedOn }) => closedOn && { date: closedOn }),
  column('督导意见书文号', 18, ({ letter }) => letter),
  column('销号文号', 18, ({ state, document, letter }) => (state === 'closed' && document !== letter ? document : '')),
  column('佐证材料', 10, ({ files }) => (files === 0 ? '' : `${files} 件`)),
  column('备注', 24, ({ cause, restricted }) =>
    [cause && `原因：${cause}`, restricted && '限定知悉范围，勿外传'].filter(Boolean).join('；'),
  ),
];
