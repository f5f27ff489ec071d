import { renderCard } from '../../cards/render.ts';
import type { Doc, Inline, Mention } from '../../cards/views.ts';

/**
 * A card notifies those whom it mentions when it is sent, and only its first page is sent. Those who stand on a later page are named in
 * a line at the top. That line may push others off the page, so it is looked at again; it only grows, and ends.
 */
export function withEveryoneOnFirstPage(doc: Doc): Doc {
  const everyone = new Map(mentionsIn(doc).map((mention) => [mention.openId, mention]));
  const missing = new Map<string | undefined, Mention>();
  for (;;) {
    const shown = missing.size === 0 ? doc : { ...doc, blocks: [called([...missing.values()]), ...doc.blocks] };
    const { json } = renderCard(shown);
    const absent = [...everyone.values()].filter(
      ({ openId }) => !json.includes(`<at id=${openId}>`) && !missing.has(openId),
    );
    if (absent.length === 0) return shown;
    for (const mention of absent) missing.set(mention.openId, mention);
  }
}

const called = (people: readonly Mention[]): Doc['blocks'][number] => ({
  kind: 'text',
  text: [
    '后面几页还涉及：',
    ...people.flatMap((mention, index): Inline[] => [...(index > 0 ? ['、'] : []), { mention }]),
  ],
});

/** The mentions that the renderer would make: those with an open id. */
function mentionsIn(doc: Doc): readonly Mention[] {
  const inlines = doc.blocks.flatMap((block): readonly Inline[] => {
    if (block.kind === 'text') return block.text;
    if (block.kind === 'fields') return block.fields.flatMap(({ value }) => value);
    if (block.kind === 'entries') return block.entries.flatMap(({ head, lines = [] }) => [...head, ...lines.flat()]);
    return [];
  });
  return inlines.flatMap((inline) =>
    typeof inline === 'object' && 'mention' in inline && inline.mention.openId ? inline.mention : [],
  );
}
