import type { Reads } from '../ports/store.ts';

/**
 * The same reads, remembering whether one of them failed: a handler that throws then has met a failing database and is no bug, so that
 * Lark shall come again instead of the official getting an apology. The drivers' errors have no name in common.
 */
export function watchedReads(reads: Reads): { readonly read: Reads; failed(): boolean } {
  let failed = false;
  const read = new Proxy(reads, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        try {
          return await method.apply(target, args);
        } catch (error) {
          failed = true;
          throw error;
        }
      };
    },
  });
  return { read, failed: () => failed };
}
