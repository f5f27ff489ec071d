import type { Block, Press } from './views.ts';

/** What documents are written with, so that one reads like the card that it becomes. */

/** Small print: how to go on, and what was left out. */
export const note = (text: string): Block => ({ kind: 'note', text });

export const heading = (text: string): Block => ({ kind: 'heading', text });

export const section = (text: string): Block => ({ kind: 'section', text });

/** Parts that are there only when something is so. */
export const when = (is: boolean, ...parts: readonly Block[]): readonly Block[] => (is ? parts : []);

/** Does what the line says, by the right of whoever presses. */
export const run = (query: string): Press => ({ v: 1, op: 'run', query, page: 1 });

/** Puts the answer to the line in the place of the card, and changes nothing. */
export const show = (query: string): Press => ({ v: 1, op: 'show', query, page: 1 });
