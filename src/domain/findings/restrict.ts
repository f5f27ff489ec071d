import { type Decided, type Known, legalMoves, type Mover, type Occasion, type Said } from './decide.ts';
import type { FindingRight, Move } from './moves.ts';
import { step } from './side-moves.ts';

/** 限知: from now on the people named know of it, and nobody else; or more people are named. What is closed can be restricted too. */
export function restrict(
  finding: Known,
  said: Said & { readonly viewers: readonly string[] },
  mover: Mover,
  occasion: Occasion,
): Decided {
  const nobodyNew = said.viewers.every((openId) => finding.viewers.includes(openId));
  const missing = finding.restricted && nobodyNew ? '已经是限知，要再增加能看的人请写：可见 姓名' : undefined;
  return decided(finding, 'restrict', 'finding.restrict', missing, said, mover, occasion);
}

/** 解除限知: the one way back, a named decision with its reason. */
export function lift(finding: Known, said: Said, mover: Mover, occasion: Occasion): Decided {
  const missing = finding.restricted
    ? said.text.trim() === ''
      ? '请写明解除限知的理由'
      : undefined
    : '没有限知，不用解除';
  return decided(finding, 'lift', 'finding.lift', missing, said, mover, occasion);
}

function decided(
  finding: Known,
  move: Extract<Move, 'restrict' | 'lift'>,
  right: FindingRight,
  missing: string | undefined,
  { text }: Said,
  mover: Mover,
  occasion: Occasion,
): Decided {
  const noRight = mover.whyNot(right);
  if (noRight) return { refused: { kind: 'right', because: noRight, legal: legalMoves(finding, mover) } };
  if (missing) return { refused: { kind: 'need', because: missing, legal: [] } };
  return { events: [step(finding, move, mover.openId, occasion, { text, restricted: move === 'restrict' })] };
}
