import { note } from '../../cards/kit.ts';
import type { Block, Doc, Entry } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import { type Instant, type LocalDate, type LocalTime, wallClock } from '../../domain/calendar/local-date.ts';
import { contentWord } from '../../domain/reminders/contents.ts';
import type { MissedPush, Unsent, UnsentPush } from '../../domain/reminders/self-alarm.ts';

const WHY: Readonly<Record<Unsent, { readonly what: string; readonly next: string }>> = {
  unfired: { what: '还没有生成', next: '督导助手会继续尝试；请把本消息转给部署人员查看日志。' },
  waiting: { what: '还在排队，没有送出', next: '可能是飞书暂时不通，通了会接着发；请在单聊里发送“状态”查看。' },
  kept: { what: '没有送达', next: '请在单聊里发送“工作群 重发”，看原因并重发。' },
  late: { what: '没有按时发出', next: '督导助手可能停过；还来得及的已标“补发”发出。请告诉部署人员。' },
  paused: { what: '因全部暂停没有发', next: '要恢复，请发送：全部恢复' },
};

/** 推送自检: what was not sent and will not be, since the bot was down until it had lost its sense. */
export function missedPushesDoc(
  pushes: readonly MissedPush[],
  { zone, today }: { readonly zone: string; readonly today: LocalDate },
): Doc {
  const groups = Map.groupBy(pushes, ({ chatId }) => chatId);
  const sentence = `有 ${groups.size} 个群的 ${pushes.length} 次推送没有发出，已经过时，不再补发。`;
  const timeOf = ({ nominalAt, contents }: MissedPush) => {
    const { date, time } = wallClock(nominalAt, zone);
    return `应发：${describeDate(date, today)} ${time}　${contents.map(contentWord).join('、')}`;
  };
  const next = '督导助手可能停过，请告诉部署人员。现在的情况请在群里发送：今日推送';
  return alarmDoc(
    { sentence, next, today },
    [...groups.values()].map((own) => entryOf(own, own.map(timeOf))),
  );
}

/** 推送自检: which pushes of the day had not left by the time that is set, and what to do. One card a kind of problem. */
export function selfAlarmDoc(
  why: Unsent,
  pushes: readonly UnsentPush[],
  { alarm, zone, today }: { readonly alarm: LocalTime; readonly zone: string; readonly today: LocalDate },
): Doc {
  const { what, next } = WHY[why];
  const groups = Map.groupBy(pushes, ({ chatId }) => chatId);
  const sentence = `到 ${alarm}，今天有 ${groups.size} 个群的推送${what}。`;
  const timeOf = ({ nominalAt }: { readonly nominalAt: Instant }) => wallClock(nominalAt, zone).time;
  return alarmDoc(
    { sentence, next, today },
    [...groups.values()].map((own) => entryOf(own, [`应发：${[...new Set(own.map(timeOf))].join('、')}`])),
    [note('每天每种问题只说一次。改检查的时刻：设置 推送自检 09:00')],
  );
}

const entryOf = ([first]: readonly { readonly group: string }[], lines: readonly string[]): Entry => ({
  head: [{ strong: first?.group || '（没有名称的群）' }],
  lines: lines.map((line) => [line]),
});

const alarmDoc = (
  { sentence, next, today }: { readonly sentence: string; readonly next: string; readonly today: LocalDate },
  entries: readonly Entry[],
  more: readonly Block[] = [],
): Doc => ({
  title: '推送自检',
  subtitle: describeDate(today, today),
  tone: 'late',
  summary: sentence,
  blocks: [{ kind: 'text', text: [sentence] }, { kind: 'text', text: [next] }, { kind: 'entries', entries }, ...more],
});
