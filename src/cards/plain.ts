import type { Block, Doc, Tone } from './views.ts';

/** A short answer: what is so, and what to do next. The first sentence stands in the chat list too. */
export function plainDoc(
  title: string,
  sentence: string,
  more: { readonly tone?: Tone; readonly lines?: readonly string[]; readonly note?: string } = {},
): Doc {
  const blocks: Block[] = [sentence, ...(more.lines ?? [])].map((text) => ({ kind: 'text', text: [text] }));
  return {
    title,
    tone: more.tone ?? 'normal',
    summary: sentence,
    blocks: more.note ? [...blocks, { kind: 'note', text: more.note }] : blocks,
  };
}
