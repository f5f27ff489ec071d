import type { Ids } from '../../ports/ids.ts';
import type { Store } from '../../ports/store.ts';
import { hashOfCode } from './claim-code.ts';

/** Makes a new one-time claim code, replacing the one before it. Only its hash is kept; the code is shown once, to the operator. */
export async function issueClaim(store: Store, ids: Ids): Promise<string> {
  const code = ids.code();
  await store.commit({ changes: [{ kind: 'claim.issued', hash: await hashOfCode(code) }], messages: [], audit: [] });
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
