/** New ids: unguessable where it matters, short enough for Lark's uuid. */
export interface Ids {
  /** A fresh id such as 'unit_9f2c…'; the prefix says what it names. At most 30 characters. */
  next(prefix: string): string;
  /** A short code that a person types (claim, link request): 8 characters, no 0/O/1/I. */
  code(): string;
}
