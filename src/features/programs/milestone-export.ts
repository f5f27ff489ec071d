import type { ExportKind } from '../exports/export-kind.ts';

export const MILESTONES_EXPORT: ExportKind<'milestones'> = {
  kind: 'milestones',
  name: '专项节点',
  words: /节点|倒计时/,
  narrows: [],
  request: () => ({ kind: 'milestones' }),
};
