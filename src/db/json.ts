/** JSON that every home takes: PostgreSQL's jsonb refuses NUL and half surrogates, which a person can paste; both are mended. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : part,
  );
}
