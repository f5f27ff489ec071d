import type { Change } from '../ports/changes.ts';
import type { Committed, Store } from '../ports/store.ts';

/** Makes changes true of which nobody is told, and which nobody did: bookkeeping of the bot's own. */
export const commitChanges = (store: Pick<Store, 'commit'>, changes: readonly Change[]): Promise<Committed> =>
  store.commit({ changes, messages: [], audit: [] });
