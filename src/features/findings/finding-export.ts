import { describeSpan } from '../../domain/calendar/describe.ts';
import type { LedgerState } from '../../ports/ledger.ts';
import type { ExportKind } from '../exports/export-kind.ts';

const STATES: readonly { readonly state: LedgerState; readonly word: string; readonly pattern: RegExp }[] = [
  { state: 'overdue', word: '逾期', pattern: /逾期|超期|过期/ },
  { state: 'open', word: '未销号', pattern: /未(?:销号|整改|完成|办结)|没有?(?:销号|整改|完成)|整改中|在办/ },
  { state: 'closed', word: '已销号', pattern: /已(?:销号|整改|完成|办结)/ },
];

export const FINDINGS_EXPORT: ExportKind<'findings'> = {
  kind: 'findings',
  name: '问题整改台账',
  words: /问题|整改|(?<!任务)台账/,
  narrows: ['days', 'unit', 'program'],
  reads: new RegExp(STATES.map(({ pattern }) => pattern.source).join('|'), 'g'),
  request({ args, today }, { unit, programId }) {
    const state = STATES.find(({ pattern }) => pattern.test(args.rest));
    const words = [unit?.name, args.programs[0]?.name, args.when && describeSpan(args.when, today), state?.word];
    const about = words.filter(Boolean).join(' ');
    return { kind: 'findings', unitId: unit?.id, programId, found: args.when, state: state?.state, about };
  },
};
