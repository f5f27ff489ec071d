import type { Doc } from '../../../src/cards/views.ts';

/** What a document is drawn with in its snapshot: for each case a name and the arguments. */
export interface Sample {
  readonly of: unknown;
  readonly cases: readonly {
    readonly name: string;
    readonly draw: () => Doc | undefined;
    /** The same, with hostile text in every text that it is given. */
    readonly drawHostile: () => Doc | undefined;
  }[];
}

/** The first case should show as much as the document has to show: it is the one that is kept with hostile text too. */
export const sample = <Args extends readonly unknown[]>(
  of: (...args: Args) => Doc | undefined,
  cases: Readonly<Record<string, NoInfer<Args>>>,
): Sample => ({
  of,
  cases: Object.entries(cases).map(([name, args]) => ({
    name,
    draw: () => of(...args),
    drawHostile: () => of(...withHostileTexts(args)),
  })),
});

export const many = <T>(count: number, of: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => of(index));

/** The one of a list whose turn it is; lists of samples go round. */
export function turn<T>(list: readonly T[], index: number): T {
  const one = list[index % list.length];
  if (one === undefined) throw new Error('a list of samples is never empty');
  return one;
}

/** Wants to be a mention, a link, a picture, a heading, a colour; turns the reading direction and is too long for any name. */
export const HOSTILE = [
  '<at id=all></at><at id=ou_stranger></at>](http://x.cn)[看](https://x.cn)![图](img_1)**粗**',
  "# 题 <font color='red'>红</font> ~~删~~ `码` &lt;hr&gt;\u202e反\u200fשלום👨‍👩‍👧‍👦",
].join('\n');

/** Ids, words of a type, days, times and zones: nobody types them into a text. */
const CODE = /^(?:[a-z]\w*(?:[.:][\w.:-]+)?|\d[\d:.-]*|[A-Z][a-z]+\/[A-Z][a-z]+|)$/;
/** Enough of a list to show that each of its texts is escaped. */
const FEW = 2;

const withHostileTexts = <Args extends readonly unknown[]>(args: Args): Args => args.map(hostile) as unknown as Args;

/** The data as somebody sends it who tries: each text is followed by HOSTILE. What has methods is no data. */
function hostile(data: unknown): unknown {
  if (typeof data === 'string') return CODE.test(data) ? data : data + HOSTILE;
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.slice(0, FEW).map(hostile);
  if (data instanceof Map) return new Map([...data].map(([key, value]) => [key, hostile(value)]));
  if (data instanceof Set) return data;
  const entries = Object.entries(data);
  if (entries.some(([, value]) => typeof value === 'function')) return data;
  return Object.fromEntries(entries.map(([key, value]) => [key, hostile(value)]));
}
