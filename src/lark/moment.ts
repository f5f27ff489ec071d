import * as z from 'zod';

/** Milliseconds in most events; Lark's samples of card callbacks and user events show microseconds, and seconds have been seen. */
export const moment = z
  .string()
  .regex(/^(?:\d{10}|\d{13}|\d{16})$/)
  .transform((digits) => Math.floor(Number(digits) * 10 ** (13 - digits.length)));
