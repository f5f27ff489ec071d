import { type Finding, needsTwoChecks } from './finding.ts';

/** 三不放过 and the second pair of eyes: what has to be there before a problem is struck off, and what of it its card ticks. */

/** What is brought with the move. */
interface Proof {
  readonly text: string;
  readonly document?: string | undefined;
  readonly files?: number | undefined;
}

/** Whose hand it is. */
interface Hand {
  readonly openId: string;
}

/** A file of the time since the notice: what was said is no evidence. A decision that ends 长期坚持 shows its paper besides. */
export function missingEvidence(finding: Finding, said: Proof): string | undefined {
  if (finding.state === 'longTerm') {
    if (said.text.trim() === '' || !said.document) return '长期坚持的问题凭决定销号，请写明理由和文号';
  }
  return finding.files + (said.files ?? 0) > 0 ? undefined : NO_EVIDENCE;
}
const NO_EVIDENCE =
  '还没有佐证材料（整改后的照片或文件），不能销号：请责任单位把照片或文件回复到问题卡片；督导室现场核查过的，也可以自己补照片';

interface Condition {
  readonly word: string;
  readonly isMet: boolean;
}

/**
 * 三不放过 and the second pair of eyes: what closing asks of this problem, and whether the tables hold it. A recheck has ended when the problem is
 * struck off. 立行立改 asks for no cause; who keeps at it (长期坚持) reports no completion.
 */
export function closingGate(finding: Finding): readonly Condition[] {
  const { term, cause, submittedBy, checkedBy, files, statements, state } = finding;
  const closed = state === 'closed';
  return [
    ...(term === 'immediate' && cause === '' ? [] : [{ word: '原因查清', isMet: cause !== '' }]),
    ...(submittedBy === undefined ? [] : [{ word: '整改报完', isMet: true }]),
    {
      word: `佐证齐全${files === 0 ? `（${statements > 0 ? '只有文字，' : ''}没有照片或文件）` : ''}`,
      isMet: files > 0,
    },
    {
      word: `另一人核查${state === 'rechecking' ? '（复查中）' : ''}`,
      isMet: closed && checkedBy !== undefined && checkedBy !== submittedBy,
    },
  ];
}

export const ownReport = ({ submittedBy, state }: Finding, { openId }: Hand): boolean =>
  submittedBy === openId && state !== 'longTerm';

export function sameHands(finding: Finding, { openId }: Hand): string | undefined {
  if (finding.submittedBy === openId) return '报整改完成的人不能自己销号，请另一人核查';
  if (!needsTwoChecks(finding)) return undefined;
  if (finding.checkedBy === undefined || finding.checkedBy === finding.submittedBy)
    return '否决项和安全问题要先由一人“复查”，再由另一人“销号”';
  return finding.checkedBy === openId ? '否决项和安全问题要两人把关：请复查以外的另一人销号' : undefined;
}
