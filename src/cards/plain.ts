import type { Block, Button, Doc, Tone } from './views.ts';

/** A short answer: what is so, and what to do next. The first sentence stands in the chat list too. */
export function plainDoc(
  title: string,
  sentence: string,
  more: {
    readonly tone?: Tone;
    readonly lines?: readonly string[];
    readonly buttons?: readonly Button[];
    readonly note?: string;
  } = {},
): Doc {
  const { tone = 'normal', lines = [], buttons = [], note } = more;
  return {
    title,
    tone,
    summary: sentence,
    blocks: [
      ...[sentence, ...lines].map((text): Block => ({ kind: 'text', text: [text] })),
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
      ...(note ? [{ kind: 'note', text: note } as const] : []),
    ],
  };
}
