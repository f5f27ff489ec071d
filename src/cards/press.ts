import { parseDate } from '../domain/calendar/local-date.ts';
import { LONGEST_QUERY, type Press } from './views.ts';

const MAX_PAGE = 9999;

/** The value of a pressed button, if it is one that we could have made. The value is the client's word: nothing in it grants a right. */
export function parsePress(value: unknown): Press | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (Object.keys(value).some((key) => !['v', 'op', 'query', 'page', 'saidOn'].includes(key))) return undefined;
  if (!('v' in value && 'op' in value && 'query' in value && 'page' in value)) return undefined;
  const { v, op, query, page } = value;
  if (v !== 1 || (op !== 'show' && op !== 'open' && op !== 'run')) return undefined;
  if (typeof query !== 'string' || query === '' || query.length > LONGEST_QUERY) return undefined;
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 1 || page > MAX_PAGE) return undefined;
  const saidOn = 'saidOn' in value && typeof value.saidOn === 'string' ? parseDate(value.saidOn) : undefined;
  if ('saidOn' in value && saidOn === undefined) return undefined;
  return { v, op, query, page, ...(saidOn && { saidOn }) };
}
