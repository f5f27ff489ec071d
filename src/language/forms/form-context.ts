import type { NameMatches } from '../../ports/store.ts';
import type { SlotsContext } from '../words/read-slots.ts';

/** What the reader of a form may ask. */
export interface FormContext extends Pick<SlotsContext, 'today' | 'calendar' | 'mentions'> {
  lookup(candidates: readonly string[]): Promise<NameMatches>;
  /** 我的 stood before the command's name. */
  readonly me?: true | undefined;
}
