import { addDays, instantAt, makeDate, wallClock, yearOf } from '../../domain/calendar/local-date.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { column, type List, type ListSource, NUMBER, statements } from './list.ts';

/** Each is a question of its own to the database. */
const MOST = 200;

/** 通知回执表: who has confirmed what, the newest first. A group's file names the group's own people only. */
export async function noticeList(
  { store, zone }: ListSource,
  { span, chatId, sender }: Extract<ListRequest, { kind: 'notices' }>,
  reader: ListReader,
): Promise<List> {
  const { about, today } = reader;
  const from = span?.from ?? makeDate(yearOf(today), 1, 1) ?? today;
  const since = instantAt(from, '00:00', zone);
  const before = instantAt(addDays(span?.to ?? today, 1), '00:00', zone);
  const found = await store.notices({ chatId, sender, kind: 'notice', since, limit: MOST + 1 });
  const rows: SheetCell[][] = [];
  for (const { id, number, words, sentAt, confirmBy, targets } of found.filter((notice) => notice.sentAt < before)) {
    const receivers = (await store.noticeReceivers(id)).filter(
      (each) => chatId === undefined || each.chatId === chatId,
    );
    const missing = receivers.filter(({ confirmedAt }) => confirmedAt === undefined);
    const groups = targets.filter((target) => chatId === undefined || target.chatId === chatId);
    const sent = wallClock(sentAt, zone);
    const until = confirmBy === undefined ? undefined : wallClock(confirmBy, zone);
    rows.push([
      rows.length + 1,
      number,
      words,
      { date: sent.date },
      sent.time,
      groups.map(({ group }) => group).join('、'),
      until && `${until.date} ${until.time}`,
      receivers.length,
      receivers.length - missing.length,
      missing.map(({ name, unit }) => (unit ? `${unit.name} ${name}` : name)).join('、'),
    ]);
  }
  const title = `${about.name}通知回执表`;
  return { name: title, most: MOST, sheet: { title, statements: statements(reader), columns: COLUMNS, rows } };
}

const COLUMNS = [
  NUMBER,
  column('编号', 7),
  column('通知内容', 50),
  column('发送日期', 14),
  column('时间', 8),
  column('发到', 30),
  column('回执期限', 18),
  column('应确认人数', 11),
  column('已确认人数', 11),
  column('未确认人员', 50),
];
