/** The sixteen states of one numbered problem (问题). */
export type FindingState =
  | 'draft'
  | 'registered'
  | 'disputed'
  | 'issued'
  | 'acknowledged'
  | 'planFiled'
  | 'planReturned'
  | 'fixing'
  | 'extensionAsked'
  | 'submitted'
  | 'returned'
  | 'rechecking'
  | 'closed'
  | 'reopened'
  | 'longTerm'
  | 'dropped';

interface StateRule {
  readonly word: string;
  /** What it may become, and nothing else. */
  readonly to: readonly FindingState[];
  /** Who has to act next: nothing open is without somebody. */
  readonly waitsFor: 'unit' | 'office' | 'nobody';
  /** The unit is at work and its deadline runs; elsewhere nothing is late and nothing escalates. */
  readonly dueRuns: boolean;
}

const state = (
  word: string,
  waitsFor: StateRule['waitsFor'],
  dueRuns: boolean,
  ...to: readonly FindingState[]
): StateRule => ({ word, to, waitsFor, dueRuns });

/**
 * Domain reference 3.2. Added to it: the ways into 长期坚持, of which the reference names only the ways out, and 待登记 → 不予认定 beside
 * 待登记 → 已登记 (a draft that the office does not take up stays on file).
 */
export const STATES: Readonly<Record<FindingState, StateRule>> = {
  draft: state('待登记', 'office', false, 'registered', 'dropped'),
  registered: state('已登记（初步意见）', 'office', false, 'disputed', 'issued', 'dropped'),
  disputed: state('申辩中', 'office', false, 'issued', 'dropped'),
  issued: state('已下达', 'unit', true, 'acknowledged'),
  acknowledged: state('已签收', 'unit', true, 'planFiled', 'fixing'),
  planFiled: state('整改方案已报', 'office', true, 'fixing', 'planReturned'),
  planReturned: state('方案退回', 'unit', true, 'planFiled'),
  fixing: state('整改中', 'unit', true, 'submitted', 'extensionAsked', 'longTerm'),
  extensionAsked: state('申请延期', 'office', true, 'fixing'),
  submitted: state('已报整改完成', 'office', false, 'rechecking', 'returned'),
  returned: state('退回整改', 'unit', true, 'fixing'),
  rechecking: state('复查中', 'office', false, 'closed', 'returned', 'longTerm'),
  closed: state('已销号', 'nobody', false, 'reopened'),
  reopened: state('重新挂账', 'unit', true, 'fixing'),
  longTerm: state('长期坚持', 'office', false, 'rechecking', 'closed'),
  dropped: state('不予认定', 'nobody', false),
};

/** 长期坚持 is open, and so is all else that is neither struck off nor never taken up. */
export const isOpen = (of: FindingState): boolean => of !== 'closed' && of !== 'dropped';
