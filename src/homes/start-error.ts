/** Why the program cannot start, for the operator: one line that names the variable and the mend. Anything else is a bug, with its stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** A system error's word for itself; PostgreSQL's driver wraps several of them, one for each address of a host, under an empty message. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}

export const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
