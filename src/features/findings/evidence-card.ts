import { note, run } from '../../cards/kit.ts';
import type { Doc } from '../../cards/views.ts';

/** What a picture without a word may belong to: a problem, a task. `query` says so. */
export interface EvidenceFor {
  readonly name: string;
  readonly what: string;
  readonly where: string;
  readonly query: string;
}

/** Material without a word beside it: for what? */
export function evidenceQuestionDoc(among: readonly EvidenceFor[], count: number): Doc {
  const sentence = `收到 ${count} 份材料。作为哪一项的佐证？`;
  return {
    title: '佐证材料',
    tone: 'normal',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [sentence] },
      {
        kind: 'entries',
        entries: among.map(({ name, what, where }) => ({ head: [{ strong: name }, ` ${what}`], lines: [[where]] })),
      },
      {
        kind: 'buttons',
        buttons: among.map(({ name, query }) => ({
          label: name,
          press: run(query),
        })),
      },
      note('也可以回复那条消息并发送：整改 W12 佐证，或 进展 T12 佐证'),
    ],
  };
}
