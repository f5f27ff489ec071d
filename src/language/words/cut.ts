/** Stands where something was understood and cut out; a line never contains it, because normalising removes control characters. */
export const CUT = '\u0001';

/** The text with a part cut out, its length unchanged, so that positions found earlier stay true. */
export const cut = (text: string, start: number, end: number): string =>
  text.slice(0, start) + CUT.repeat(end - start) + text.slice(end);

/** Cuts every match out; answers the first one. The pattern needs the flag g. */
export function cutAll(text: string, pattern: RegExp): { readonly text: string; readonly first: string | undefined } {
  let first: string | undefined;
  const left = text.replace(pattern, (match) => {
    first ??= match;
    return CUT.repeat(match.length);
  });
  return { text: left, first };
}

/** What stands between the cuts, in order. */
export const pieces = (text: string): readonly string[] =>
  text
    .split(CUT)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
