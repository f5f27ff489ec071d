/** Log lines are English, carry ids and codes, and never a message text, a name or a secret. */
export interface Log {
  debug(fields: Record<string, unknown>, line: string): void;
  info(fields: Record<string, unknown>, line: string): void;
  warn(fields: Record<string, unknown>, line: string): void;
  error(fields: Record<string, unknown>, line: string): void;
}
