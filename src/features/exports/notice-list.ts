import { addDays, type Instant, instantAt, makeDate, wallClock, yearOf } from '../../domain/calendar/local-date.ts';
import type { ListColumn } from '../../domain/imports/workbook-column.ts';
import type { Notice, NoticeReceiver } from '../../domain/notices/notice.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { column, type List, type ListSource, NUMBER, statements, tableOf } from './list.ts';

/** Each is a question of its own to the database. */
const MOST = 200;

/** 通知回执表: who has confirmed what, the newest first. A group's file names the group's own people only. */
export async function noticeList(
  { store, zone }: ListSource,
  { span, chatId, sender }: ListRequest<'notices'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const { about, today } = reader;
  const from = span?.from ?? makeDate(yearOf(today), 1, 1) ?? today;
  const since = instantAt(from, '00:00', zone);
  const before = instantAt(addDays(span?.to ?? today, 1), '00:00', zone);
  const found = await store.notices({ chatId, sender, kind: 'notice', since, limit: MOST + 1 });
  const lines: NoticeLine[] = [];
  for (const notice of found.filter((each) => each.sentAt < before)) {
    const isMeant = (each: { readonly chatId?: string | undefined }) => chatId === undefined || each.chatId === chatId;
    lines.push({
      notice,
      groups: notice.targets.filter(isMeant).map(({ group }) => group),
      receivers: (await store.noticeReceivers(notice.id)).filter(isMeant),
    });
  }
  const title = `${about.name}通知回执表`;
  return [
    { name: title, most: MOST, sheet: { title, statements: statements(reader), ...tableOf(columns(zone), lines) } },
  ];
}

interface NoticeLine {
  readonly notice: Notice;
  readonly groups: readonly string[];
  readonly receivers: readonly NoticeReceiver[];
}

const missing = ({ receivers }: NoticeLine) => receivers.filter(({ confirmedAt }) => confirmedAt === undefined);

const columns = (zone: string): readonly ListColumn<NoticeLine>[] => [
  NUMBER,
  column('编号', 7, ({ notice }) => notice.number),
  column('通知内容', 50, ({ notice }) => notice.words),
  column('发送日期', 14, ({ notice }) => ({ date: wallClock(notice.sentAt, zone).date })),
  column('时间', 8, ({ notice }) => wallClock(notice.sentAt, zone).time),
  column('发到', 30, ({ groups }) => groups.join('、')),
  column('回执期限', 18, ({ notice }) => notice.confirmBy && momentOf(notice.confirmBy, zone)),
  column('应确认人数', 11, ({ receivers }) => receivers.length),
  column('已确认人数', 11, (line) => line.receivers.length - missing(line).length),
  column('状态', 12, ({ notice: { withdrawn } }) =>
    withdrawn === undefined ? '' : withdrawn.by === undefined ? '已撤回' : `已更正，见通知 ${withdrawn.by}`,
  ),
  column('未确认人员', 50, (line) =>
    missing(line)
      .map(({ name, unit }) => (unit ? `${unit.name} ${name}` : name))
      .join('、'),
  ),
  column('回话', 50, ({ receivers }) =>
    receivers.flatMap(({ name, words }) => (words ? [`${name}：${words}`] : [])).join('；'),
  ),
];

function momentOf(at: Instant, zone: string): string {
  const { date, time } = wallClock(at, zone);
  return `${date} ${time}`;
}
