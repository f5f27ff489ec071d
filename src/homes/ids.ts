import type { Ids } from '../ports/ids.ts';

/** No 0, O, 1, I: a code is read from a screen and typed. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** From 0 up to 1, for pauses that shall not be alike. */
export const chance = Math.random;

export const randomIds: Ids = {
  next: (prefix) => `${prefix}_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`,
  code: () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => LETTERS[byte % LETTERS.length]).join(''),
};
