// What a list, an editor or a heading puts before a line: 1. 日程 明天, • 日程 明天, 【日程】明天.

/** 4.9 and 10、11日 are dates. */
const MARK = /^(?:[•●○◦▪■◆◇▶►➤→★☆·*+-]|\(?\d{1,2}[.、)](?!\d))\s*(?=\S)/u;
/** A number or a word that may as well belong to what follows it, so that only a command behind it tells. */
const WEAK_MARK = /^(?:\d{1,2}\s*|\(?[一二三四五六七八九十]{1,3}[、)]\s*)(?=\S)/u;
const HEADING = /^[【[「〔〖<](?<name>[^】\]」〕〗>]{1,8})[】\]」〕〗>][:：]?\s*/u;

interface Names {
  /** Whether the line begins with the name of a command. */
  readonly begins: (line: string) => boolean;
  /** Whether this is the name of a command that does not head the documents of others as well (【通知】). */
  readonly heads: (name: string) => boolean;
}

/** The line without its mark, or undefined when it has none. */
export function withoutMark(line: string, { begins, heads }: Names): string | undefined {
  const bare = line.replace(MARK, '');
  const named = HEADING.exec(bare);
  if (named?.groups?.['name'] && heads(named.groups['name']))
    return `${named.groups['name']} ${bare.slice(named[0].length)}`.trim();
  if (bare !== line) return bare;
  const weaker = line.replace(WEAK_MARK, '');
  return weaker !== line && begins(weaker) ? weaker : undefined;
}
