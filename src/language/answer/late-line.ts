import { plainDoc } from '../../cards/plain.ts';
import { LONGEST_QUERY } from '../../cards/views.ts';
import { describeDate, describeSpan } from '../../domain/calendar/describe.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import { readWhen } from '../../domain/calendar/phrase.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { Decision } from '../dispatch.ts';
import { normalise } from '../words/normalise.ts';

interface LateLine {
  readonly text: string;
  readonly sentAt: Instant;
  readonly saidOn: LocalDate;
  /** The line says all by itself: no file, no mention and no card that it answers belongs to it. */
  readonly isWhole: boolean;
  readonly today: LocalDate;
  readonly calendar: Calendar;
  readonly zone: string;
}

/**
 * The answer to a line of an earlier day that would change something: whoever sent it may have done it otherwise by now, so that nothing is
 * done before a press. Its words go on being counted from the day of the sending.
 */
export function askedBack(line: LateLine): Decision {
  const { text, sentAt, saidOn, isWhole, today, zone } = line;
  const { time } = wallClock(sentAt, zone);
  const sentence = `没有办理。这条消息是${describeSpan({ from: saidOn, to: saidOn }, today)} ${time} 发的，现在才收到。`;
  const query = text.trim();
  const isOffered = isWhole && query.length <= LONGEST_QUERY;
  const reply = plainDoc('请确认', sentence, {
    tone: 'soon',
    lines: [...dayMeant(line), ...(isOffered ? [] : ['还要办的，请重新发送。'])],
    ...(isOffered && {
      buttons: [{ label: '照办', style: 'primary', press: { v: 1, op: 'run', query, page: 1, saidOn } }],
      note: '不用办了，不理会即可；要改的，请重新发送。',
    }),
  });
  return { reply, changes: [], seen: [], audit: [], files: [], notices: [], refresh: [], commands: [] };
}

/** 明天, where it is another day by now. */
function dayMeant({ text, saidOn, today, calendar }: LateLine): readonly string[] {
  const line = normalise(text);
  const read = (from: LocalDate) => readWhen(line, { today: from, calendar, bias: 'future', dotDates: true });
  const [then, now] = [read(saidOn), read(today)];
  if (!then || 'impossible' in then || !now || 'impossible' in now || then.span.to === now.span.to) return [];
  const { to } = then.span;
  return [`“${then.text.trim()}”按发送那天算，是${describeDate(to, today)}${to < today ? '，已经过了' : ''}。`];
}
