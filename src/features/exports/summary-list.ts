import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { type List, statements } from './list.ts';

/** 汇总 as it is sent upward: the table of the card, with 合计. */
export const summaryList = ({ title, sheet }: Extract<ListRequest, { kind: 'summary' }>, reader: ListReader): List => ({
  name: title,
  sheet: { title, statements: statements(reader), ...sheet },
});
