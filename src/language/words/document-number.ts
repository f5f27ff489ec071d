const DOCUMENT = /文号 ?[:：]? ?(\S+)|(\S*〔\d{4}〕\d+号)/;

/** The 文号 that a text names, and the text without it. */
export function readDocument(text: string): { readonly document?: string; readonly text: string } {
  const found = DOCUMENT.exec(text);
  if (!found) return { text };
  const document = (found[1] ?? found[2] ?? '').replace(/[,，。;；]+$/, '');
  return { document, text: text.replace(found[0], ' ').trim() };
}
