/** What people call by a number of its own: T12, D12, W12, 通知 12. */
export type Numbered = 'task' | 'inspection' | 'finding' | 'notice';

export interface Numbers {
  /**
   * Gives so many numbers that nobody else gets, at once and whatever becomes of the decision: the first of them. It is asked last, after all
   * refusals; a number that is not used is a gap.
   */
  take(of: Numbered, count?: number): Promise<number>;
}
