import type { ExportKind } from '../exports/export-kind.ts';
import { askSummary } from './ask-summary.ts';

export const SUMMARY_EXPORT: ExportKind<'summary'> = {
  kind: 'summary',
  name: '汇总表',
  words: /汇总|统计/,
  narrows: ['days', 'unit', 'people', 'program', 'checklist'],
  readsWords: true,
  request: async (context) => ({ kind: 'summary', summary: await askSummary(context, context.args.rest) }),
};
