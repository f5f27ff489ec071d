import { section } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Doc } from '../../cards/views.ts';
import type { Notice } from '../command.ts';
import { placeOf } from './telling.ts';

/** Several lines may concern one group: it is told of all of them in one card. */
export function mergePerRecipient<Told extends Notice>(notices: readonly Told[]): readonly Told[] {
  const byRecipient = Map.groupBy(notices, ({ to }) => placeOf(to));
  return [...byRecipient.values()].flatMap((own) => {
    const [first, ...more] = own;
    if (!first || more.length === 0) return first ?? [];
    const { remake: _remake, ...one } = first;
    const about = own.flatMap(subjectsOf);
    return [{ ...(one as Told), doc: mergeReplies(own.map(({ doc }) => doc)), about }];
  });
}

/** What is of no subject stays said: nothing makes it again. */
const subjectsOf = ({ doc: { live = [], shows = [] }, about = [] }: Notice): readonly string[] =>
  live.length + shows.length + about.length > 0 ? about : ['other:'];

/** Several lines, one reply: the first title stands, each further answer follows under its own. */
export function mergeReplies(docs: readonly Doc[]): Doc {
  const [first, ...rest] = docs;
  if (!first) return plainDoc('没有看懂', '没有看懂这句话。发送“帮助”看写法。', { tone: 'muted' });
  if (rest.length === 0) return first;
  const { query: _query, live: _live, ...head } = first;
  const shows = docs.flatMap((doc) => [...(doc.live ?? []), ...(doc.shows ?? [])]);
  return {
    ...head,
    ...(shows.length > 0 && { shows }),
    summary: docs.map(({ summary }) => summary).join('；'),
    blocks: [...first.blocks, ...rest.flatMap((doc) => [section(doc.title), ...doc.blocks])],
  };
}
