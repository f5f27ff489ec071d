import type { Action } from '../people/rights.ts';
import type { FindingState } from './states.ts';

/** What can be done to a problem. Most change its state; the last ones do not. */
export type Move =
  | 'enter'
  | 'register'
  | 'dispute'
  | 'issue'
  | 'sign'
  | 'plan'
  | 'returnPlan'
  | 'acceptPlan'
  | 'start'
  | 'submit'
  | 'askExtension'
  | 'grantExtension'
  | 'refuseExtension'
  | 'recheck'
  | 'return'
  | 'close'
  | 'keep'
  | 'reopen'
  | 'drop'
  | 'attach'
  | 'correct'
  | 'amend'
  | 'urge'
  | 'draft'
  | 'escalate'
  | 'lower'
  | 'restrict'
  | 'lift';

/** The rows of the table of rights that the moves name. */
export type FindingRight = Extract<Action, `finding.${string}` | `escalation.${string}`>;

/**
 * text: words of the actor (a reason, a report). limit: a deadline. document: a 文号.
 * extendable: the deadline is not over, and was not extended as often as it may be. laterDay: a day after it.
 * inTime: only until the day that the province's time limit gives. evidence, cause, secondPerson: the gate of closing (三不放过).
 * otherHands: not by whoever reported the completion.
 */
export type Need =
  | 'text'
  | 'limit'
  | 'extendable'
  | 'laterDay'
  | 'document'
  | 'inTime'
  | 'evidence'
  | 'cause'
  | 'secondPerson'
  | 'otherHands';

export interface MoveRule {
  /** What officials call it and type: 整改 W12 签收. */
  readonly word: string;
  readonly right: FindingRight;
  /** From which state, by which states, to which. What lies between is passed and written down, so that the short way is no other way. */
  readonly path: Readonly<Partial<Record<FindingState, readonly FindingState[]>>>;
  readonly needs: readonly Need[];
  readonly tells: 'unit' | 'office' | 'nobody';
}

const TO_FIXING = {
  issued: ['acknowledged', 'fixing'],
  acknowledged: ['fixing'],
  planFiled: ['fixing'],
  returned: ['fixing'],
  reopened: ['fixing'],
} as const;

/** The moves that change the state, in the order in which they are offered. */
const MOVES = {
  register: {
    word: '登记',
    right: 'finding.register',
    path: { draft: ['registered'] },
    needs: [],
    tells: 'unit',
  },
  dispute: {
    word: '申辩',
    right: 'finding.dispute',
    path: { registered: ['disputed'] },
    needs: ['inTime', 'text'],
    tells: 'office',
  },
  issue: {
    word: '下达',
    right: 'finding.issue',
    needs: ['limit', 'document'],
    tells: 'unit',
    path: { draft: ['registered', 'issued'], registered: ['issued'], disputed: ['issued'] },
  },
  sign: {
    word: '签收',
    right: 'finding.acknowledge',
    path: { issued: ['acknowledged'] },
    needs: [],
    tells: 'office',
  },
  plan: {
    word: '方案',
    right: 'finding.filePlan',
    needs: ['text'],
    tells: 'office',
    path: { issued: ['acknowledged', 'planFiled'], acknowledged: ['planFiled'], planReturned: ['planFiled'] },
  },
  acceptPlan: {
    word: '同意方案',
    right: 'finding.returnPlan',
    path: { planFiled: ['fixing'] },
    needs: [],
    tells: 'unit',
  },
  returnPlan: {
    word: '退回方案',
    right: 'finding.returnPlan',
    path: { planFiled: ['planReturned'] },
    needs: ['text'],
    tells: 'unit',
  },
  start: {
    word: '开始整改',
    right: 'finding.fix',
    path: TO_FIXING,
    needs: [],
    tells: 'nobody',
  },
  submit: {
    word: '完成',
    right: 'finding.submit',
    needs: ['text'],
    tells: 'office',
    path: {
      issued: [...TO_FIXING.issued, 'submitted'],
      acknowledged: [...TO_FIXING.acknowledged, 'submitted'],
      planFiled: [...TO_FIXING.planFiled, 'submitted'],
      returned: [...TO_FIXING.returned, 'submitted'],
      reopened: [...TO_FIXING.reopened, 'submitted'],
      fixing: ['submitted'],
    },
  },
  askExtension: {
    word: '延期',
    right: 'finding.askExtension',
    needs: ['extendable', 'text', 'laterDay'],
    tells: 'office',
    path: {
      issued: [...TO_FIXING.issued, 'extensionAsked'],
      acknowledged: [...TO_FIXING.acknowledged, 'extensionAsked'],
      planFiled: [...TO_FIXING.planFiled, 'extensionAsked'],
      returned: [...TO_FIXING.returned, 'extensionAsked'],
      reopened: [...TO_FIXING.reopened, 'extensionAsked'],
      fixing: ['extensionAsked'],
    },
  },
  grantExtension: {
    word: '同意',
    right: 'finding.decideExtension',
    path: { extensionAsked: ['fixing'] },
    needs: [],
    tells: 'unit',
  },
  refuseExtension: {
    word: '不同意',
    right: 'finding.decideExtension',
    path: { extensionAsked: ['fixing'] },
    needs: ['text'],
    tells: 'unit',
  },
  recheck: {
    word: '复查',
    right: 'finding.recheck',
    path: { submitted: ['rechecking'], longTerm: ['rechecking'] },
    needs: ['otherHands'],
    tells: 'unit',
  },
  return: {
    word: '退回',
    right: 'finding.return',
    path: { submitted: ['returned'], rechecking: ['returned'] },
    needs: ['text', 'limit'],
    tells: 'unit',
  },
  close: {
    word: '销号',
    right: 'finding.close',
    needs: ['evidence', 'cause', 'secondPerson'],
    tells: 'unit',
    path: { submitted: ['rechecking', 'closed'], rechecking: ['closed'], longTerm: ['closed'] },
  },
  keep: {
    word: '长期坚持',
    right: 'finding.longTerm',
    needs: ['text', 'limit'],
    tells: 'unit',
    path: { fixing: ['longTerm'], submitted: ['rechecking', 'longTerm'], rechecking: ['longTerm'] },
  },
  reopen: {
    word: '重新挂账',
    right: 'finding.reopen',
    path: { closed: ['reopened'] },
    needs: ['text', 'limit'],
    tells: 'unit',
  },
  drop: {
    word: '不予认定',
    right: 'finding.drop',
    needs: ['text'],
    tells: 'unit',
    path: { draft: ['dropped'], registered: ['dropped'], disputed: ['dropped'] },
  },
} as const satisfies Partial<Record<Move, MoveRule>>;

export type StateMove = keyof typeof MOVES;
export const moveRule = (move: StateMove): MoveRule => MOVES[move];
export const isStateMove = (name: string): name is StateMove => Object.hasOwn(MOVES, name);
export const STATE_MOVES: readonly StateMove[] = Object.keys(MOVES).filter(isStateMove);

/** What history and the record call a step. */
export const MOVE_WORD: Readonly<Record<Move, string>> = {
  enter: '发现问题',
  register: '登记',
  dispute: '申辩',
  issue: '下达',
  sign: '签收',
  plan: '报整改方案',
  returnPlan: '退回方案',
  acceptPlan: '同意方案',
  start: '开始整改',
  submit: '报整改完成',
  askExtension: '申请延期',
  grantExtension: '同意延期',
  refuseExtension: '不同意延期',
  recheck: '复查',
  return: '退回整改',
  close: '销号',
  keep: '转为长期坚持',
  reopen: '重新挂账',
  drop: '不予认定',
  attach: '补充佐证',
  correct: '更正完成情况',
  amend: '改期',
  urge: '催办',
  draft: '拟稿',
  escalate: '升级',
  lower: '降低督办层级',
  restrict: '设为限知',
  lift: '解除限知',
};

export const isMove = (name: string): name is Move => Object.hasOwn(MOVE_WORD, name);
