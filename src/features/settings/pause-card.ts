import { plainDoc } from '../../cards/plain.ts';
import type { Doc } from '../../cards/views.ts';
import type { Instant, LocalDate } from '../../domain/calendar/local-date.ts';
import type { ReminderContent } from '../../domain/reminders/contents.ts';
import { contentWord } from '../../domain/reminders/contents.ts';
import { momentText } from '../groups/groups-card.ts';

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
}

/** The answer to 全部暂停. */
export function pauseDoc(pause: { readonly since: Instant; readonly already: boolean }, told: Told): Doc {
  const since = momentText(pause.since, told);
  return plainDoc(pause.already ? '已经暂停' : '已全部暂停', `所有群的推送从 ${since} 起暂停。`, {
    tone: 'soon',
    lines: ['有人问话，仍会答复。', '恢复请发送：全部恢复'],
    buttons: [{ label: '全部恢复', press: { v: 1, op: 'run', query: '全部恢复', page: 1 } }],
  });
}

/** The answer to 全部恢复: what did not leave is listed, nothing of it is made up for by itself. */
export function resumeDoc(
  missed:
    | {
        readonly since: Instant;
        readonly waiting: number;
        readonly occurrences: readonly {
          readonly group: string;
          readonly contents: readonly ReminderContent[];
          readonly nominalAt: Instant;
        }[];
      }
    | undefined,
  told: Told,
): Doc {
  if (!missed) return plainDoc('没有暂停', '推送没有暂停，不用恢复。', { tone: 'muted' });
  const { occurrences, waiting } = missed;
  const sentence = `推送已恢复。从 ${momentText(missed.since, told)} 起的暂停期间，${
    occurrences.length > 0 ? `有 ${occurrences.length} 次推送没有发` : '没有错过推送'
  }。`;
  const doc = plainDoc('已全部恢复', sentence, {
    tone: 'done',
    ...(waiting > 0 && { note: `另有 ${waiting} 条已生成的推送没有发出，发送“工作群 重发”查看。` }),
  });
  if (occurrences.length === 0) return doc;
  return {
    ...doc,
    blocks: [
      ...doc.blocks,
      { kind: 'heading', text: '没有发的推送' },
      {
        kind: 'entries',
        entries: occurrences.map(({ group, contents, nominalAt }) => ({
          head: [group],
          lines: [[`${momentText(nominalAt, told)}　${contents.map((content) => contentWord(content)).join('、')}`]],
        })),
      },
      { kind: 'note', text: '需要时请在群里发送“日程”“截止”查看。' },
    ],
  };
}
