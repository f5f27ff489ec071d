import { section } from '../../cards/kit.ts';
import type { Block, Doc } from '../../cards/views.ts';
import { describeComing, describeDate } from '../../domain/calendar/describe.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import { CONTENT_KEYS, contentWord, type ReminderContent } from '../../domain/reminders/contents.ts';

const NEXT_PUSHES = 8;
/** So many rules are read for them: mostly a push has one of each content at most. */
export const NEXT_RULES = NEXT_PUSHES * CONTENT_KEYS.length;

export interface StatusView {
  readonly about?: string | undefined;
  readonly zone: string;
  readonly today: LocalDate;
  readonly boundGroups: number;
  readonly unboundGroups: number;
  readonly people: number;
  readonly unlinkedPeople: number;
  readonly waitingMessages: number;
  readonly sendingMessages: number;
  readonly waitingLater?: { readonly count: number; readonly from: Instant } | undefined;
  readonly keptMessages: readonly { readonly chatId: string; readonly reason: string; readonly at: Instant }[];
  readonly lastSentAt?: Instant | undefined;
  /** Everything is paused since. */
  readonly pausedAt?: Instant | undefined;
  readonly requests: readonly { readonly id: string; readonly who: string }[];
  readonly nextPushes: readonly {
    readonly group: string;
    readonly content: ReminderContent;
    readonly nominalAt: Instant;
  }[];
  readonly years: readonly { readonly year: number; readonly known: boolean }[];
}

/** The answer to 状态. */
export function statusDoc(view: StatusView): Doc {
  const moment = (at: Instant): string => {
    const { date, time } = wallClock(at, view.zone);
    return `${describeDate(date, view.today)} ${time}`;
  };
  const unknown = view.years.filter(({ known }) => !known).map(({ year }) => `${year}年`);
  const kept = view.keptMessages.length;
  return {
    title: '运行状态',
    ...(view.about && { subtitle: view.about }),
    tone: kept > 0 ? 'late' : unknown.length > 0 || view.pausedAt !== undefined ? 'soon' : 'done',
    summary: view.pausedAt !== undefined ? '推送已全部暂停' : kept > 0 ? `有 ${kept} 条消息没有送达` : '运行正常',
    blocks: [
      ...(view.pausedAt === undefined
        ? []
        : [
            {
              kind: 'text',
              text: [{ text: `推送已全部暂停（${moment(view.pausedAt)}起），恢复请发送：全部恢复`, tone: 'late' }],
            } as const,
          ]),
      {
        kind: 'fields',
        fields: [
          { label: '工作群', value: [`已绑定 ${view.boundGroups} 个，未绑定 ${view.unboundGroups} 个`] },
          {
            label: '人员',
            value: [`通讯录 ${view.people} 人，其中 ${view.unlinkedPeople} 人还没有关联飞书账号（提醒时不会@）`],
          },
          {
            label: '消息',
            value: [
              `待发 ${view.waitingMessages} 条${view.sendingMessages > 0 ? `（正在发送 ${view.sendingMessages} 条）` : ''}${laterText(view)}，未送达 ${kept} 条`,
              view.lastSentAt ? `，最近发送：${moment(view.lastSentAt)}` : '',
            ],
          },
          {
            label: '节假日安排',
            value: [
              `已知：${
                view.years
                  .filter(({ known }) => known)
                  .map(({ year }) => `${year}年`)
                  .join('、') || '无'
              }`,
              unknown.length > 0 ? `；${unknown.join('、')}尚未公布，暂按周末推算` : '',
            ],
          },
        ],
      },
      ...listed(
        '接下来的推送',
        // Rules due together in one group make one card.
        [...Map.groupBy(view.nextPushes, ({ group, nominalAt }) => `${moment(nominalAt)} ${group}`)]
          .slice(0, NEXT_PUSHES)
          .map(
            ([when, due]) =>
              `${when}　${CONTENT_KEYS.filter((each) => due.some(({ content }) => content === each))
                .map((content) => contentWord(content))
                .join('、')}`,
          ),
      ),
      ...listed(
        '待确认的人员',
        view.requests.map(({ id, who }) => `${who}　确认请发送：我是 确认 ${id}`),
      ),
      ...listed(
        '未送达的消息',
        view.keptMessages.map(({ at, reason }) => `${moment(at)}　${reason}`),
      ),
    ],
    query: '状态',
  };
}

const laterText = ({ waitingLater, zone, today }: StatusView): string =>
  waitingLater
    ? `，其中 ${waitingLater.count} 条等免打扰时段结束，${describeComing(wallClock(waitingLater.from, zone), today)} 起发`
    : '';

function listed(title: string, lines: readonly string[]): readonly Block[] {
  if (lines.length === 0) return [];
  return [section(title), { kind: 'entries', entries: lines.map((text) => ({ head: [text] })) }];
}
