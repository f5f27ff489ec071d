import {
  type Decided,
  type Known,
  legalMoves,
  limitRefusal,
  type Mover,
  type Occasion,
  type Refusal,
  type Said,
} from './decide.ts';
import type { FindingEvent, Level } from './finding.ts';
import { type Ladder, levelOf, nextEscalations, rungOf } from './ladder.ts';
import type { FindingRight, Move } from './moves.ts';
import { isOpen, STATES } from './states.ts';
import { lastDayOf } from './time-limits.ts';

/** What is done to a problem beside its state: evidence, a changed deadline, the ladder of escalation. */

/** Who makes a step that no person decided. */
const HEARTBEAT = 'heartbeat';

export const makeStep = (
  finding: Known,
  move: Move,
  by: string,
  occasion: Occasion,
  more: Partial<FindingEvent>,
): FindingEvent => ({
  seq: finding.seq + 1,
  at: occasion.now,
  on: occasion.today,
  by,
  chatId: occasion.chatId,
  move,
  from: finding.state,
  to: finding.state,
  text: '',
  ...more,
});

function refusalOf(
  finding: Known,
  mover: Mover,
  right: FindingRight,
  missing: string | undefined,
): { readonly refused: Refusal } | undefined {
  const noRight = mover.whyNot(right);
  if (noRight) return { refused: { kind: 'right', because: noRight, legal: legalMoves(finding, mover) } };
  const because = isOpen(finding.state) ? missing : `已经是“${STATES[finding.state].word}”，不能再改`;
  return because === undefined ? undefined : { refused: { kind: 'need', because, legal: [] } };
}

/** 佐证: files for an open problem. */
export function attach(finding: Known, said: Said, mover: Mover, occasion: Occasion): Decided {
  const { files = 0 } = said;
  const missing = files > 0 ? undefined : '没有看到照片或文件，请先发照片或文件，再回复那条消息发送本命令';
  const refused = refusalOf(finding, mover, 'finding.evidence', missing);
  return refused ?? { events: [makeStep(finding, 'attach', mover.openId, occasion, { text: said.text, files })] };
}

/** 更正: what was reported as done, put right by the unit until the recheck begins. */
export function correct(finding: Known, said: Said, mover: Mover, occasion: Occasion): Decided {
  const { text, cause, files } = said;
  const missing =
    (finding.state === 'submitted'
      ? undefined
      : `现在是“${STATES[finding.state].word}”，只有报了完成、还没开始复查的可以更正`) ??
    (text.trim() === '' && !cause ? '请写明更正什么，例如 原因：无人管理' : undefined);
  const refused = refusalOf(finding, mover, 'finding.submit', missing);
  return refused ?? { events: [makeStep(finding, 'correct', mover.openId, occasion, { text, cause, files })] };
}

/** 改期: the other way in which a deadline moves, beside a granted extension; never without a reason. */
export function amend(finding: Known, said: Said, mover: Mover, occasion: Occasion): Decided {
  const { limit, text } = said;
  const { today, calendar, profile } = occasion;
  const missing =
    (STATES[finding.state].dueRuns ? undefined : `现在是“${STATES[finding.state].word}”，没有在走的整改期限`) ??
    (limit ? limitRefusal(limit, today) : '请写明新的期限，例如 6月30日') ??
    (text.trim() === '' ? '请写明改期的理由' : undefined);
  const refused = refusalOf(finding, mover, 'finding.change', missing);
  if (refused) return refused;
  if (!limit) throw new RangeError('a new deadline without a limit');
  const due = lastDayOf(limit, today, calendar, profile.lastDay).date;
  const dayUnit = limit.kind === 'days' ? limit.unit : finding.dayUnit;
  return { events: [makeStep(finding, 'amend', mover.openId, occasion, { text, limit, due, dayUnit })] };
}

/** What the heartbeat does to a problem today (`listed`: see `listedOf`): urges by itself, drafts for somebody's word, and nothing above that. */
export function escalationsToday(
  finding: Known,
  occasion: Occasion,
  ladder: Ladder,
  listed = 0,
): readonly FindingEvent[] {
  return nextEscalations(finding, occasion.today, occasion.calendar, ladder, listed).map(({ level, rung }, index) => ({
    ...makeStep(finding, rung.how === 'automatic' ? 'urge' : 'draft', HEARTBEAT, occasion, { level }),
    seq: finding.seq + index + 1,
  }));
}

/**
 * 督办, 通报: confirmed by a named person. 约谈, 挂牌督办, 问责: only written down. Each level once, and none below the one reached.
 */
export function escalate(
  finding: Known,
  word: string,
  said: Said,
  mover: Mover,
  { ladder, ...occasion }: Occasion & { readonly ladder: Ladder },
): Decided {
  const level = levelOf(ladder, word);
  const rung = level && rungOf(ladder, level);
  if (!level || !rung) throw new RangeError(`not on the ladder: ${word}`);
  const recorded = rung.how === 'recorded';
  const missing =
    notNow(finding, level, ladder, recorded) ??
    (rung.document && !said.document ? `${word}要写文号，例如 文号 云教督〔2026〕3号` : undefined) ??
    (recorded && said.text.trim() === '' ? `请写明${word}的日期、对象和事由` : undefined);
  const refused = refusalOf(finding, mover, recorded ? 'escalation.record' : 'escalation.confirm', missing);
  if (refused) return refused;
  const { text, document } = said;
  return {
    events: [makeStep(finding, 'escalate', mover.openId, occasion, { text, level, ...(document && { document }) })],
  };
}

function notNow(finding: Known, level: Level, ladder: Ladder, recorded: boolean): string | undefined {
  if (level <= finding.level) return `已经到“${rungOf(ladder, finding.level)?.word ?? '提醒'}”这一级`;
  if (recorded || STATES[finding.state].dueRuns) return undefined;
  return `现在是“${STATES[finding.state].word}”，没有在走的整改期限`;
}

/** The one way down beside closing: a decision with its reason. */
export function lower(finding: Known, to: Level, said: Said, mover: Mover, occasion: Occasion): Decided {
  const missing =
    (to < finding.level ? undefined : '只能降到更低的一级') ??
    (said.text.trim() === '' ? '请写明降级的理由' : undefined);
  const refused = refusalOf(finding, mover, 'escalation.lower', missing);
  return refused ?? { events: [makeStep(finding, 'lower', mover.openId, occasion, { text: said.text, level: to })] };
}
