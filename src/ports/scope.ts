/** What a chat may see: these units with everything below them, and the rows addressed to them. Empty sees nothing. */
export interface Scope {
  readonly unitIds: readonly string[];
  /** In a direct chat, who is asking: visits on whose team they are count as theirs. */
  readonly personIds?: readonly string[];
}
