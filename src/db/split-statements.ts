/** A text, an identifier, a comment, the end of a statement, or anything else up to the next of them. */
const PIECE = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|;|[^'"\-;]+|-/g;

/** A file of SQL as single statements, without comments. A semicolon inside a quoted text ends nothing. */
export function splitStatements(file: string): readonly string[] {
  const statements: string[] = [];
  let statement = '';
  for (const [piece] of file.matchAll(PIECE)) {
    if (piece === ';') {
      statements.push(statement.trim());
      statement = '';
    } else if (!piece.startsWith('--')) {
      statement += piece;
    }
  }
  if (statement.trim() !== '') throw new SyntaxError(`SQL without its semicolon: ${statement.trim().slice(0, 60)}`);
  return statements;
}
