import { readDueClock } from '../../domain/calendar/clock-phrase.ts';
import { type Instant, instantAt, type LocalDate } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { UserError } from '../../language/errors.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { fillerWords, withoutFiller } from '../../language/words/filler.ts';
import { readWholeDate } from '../../language/words/whole-date.ts';
import { PUSH_TIME, type PushTime, readPushTime } from './push-time.ts';

interface Clock {
  readonly now: Instant;
  readonly today: LocalDate;
  readonly zone: string;
  readonly calendar: Calendar;
}

/** What a line that begins with 通知 asks for. */
export type NoticePhrase =
  | { readonly verb: 'list' }
  | { readonly verb: 'show' | 'missing'; readonly number?: number | undefined; readonly push?: PushTime | undefined }
  | {
      readonly verb: 'send';
      readonly words: string;
      readonly confirmBy?: Instant | undefined;
      /** The groups or units before the colon, where some were written. */
      readonly to: readonly string[];
      readonly confirmed: boolean;
      /** The line again, to be sent after it was looked at. */
      readonly again: string;
    };

const WHO = '谁|哪些人|哪些单位|哪些|哪个单位|几个单位|还有谁|名单';
const MISSING = new RegExp(
  `^(?:(?:${WHO})(?:还|都)?(?:没有?|未)(?:有)?(?:收到|签收|回复|确认|已读|看)(?:的|通知)?|未?(?:收到|签收|确认)情况|未(?:收到|签收|确认)(?:名单|的人)?|催(?:签收|收到)?)\\s*(?:通知)?\\s*(?:(\\d{1,6})|(${PUSH_TIME}))?$`,
);

const DEADLINE = /[\s,，。;；!]截止(?:时间)?\s*[:：]?\s*(\S.*)$/;
const TO = /^(?:发?给|发到|到)?\s*([^\s:：,，。]{1,60})\s*[:：]\s*(?=\S)/;

/** `grouped`: said in a group, which is then whom it is sent to, and what stands before a colon is part of the words. */
export function readNoticePhrase(text: string, grouped: boolean, clock: Clock): NoticePhrase {
  const line = text.trim();
  if (/^(?:列表|清单|记录|有哪些|全部)?$/.test(line)) return { verb: 'list' };
  const asked = MISSING.exec(line.replaceAll(' ', ''));
  if (asked)
    return {
      verb: 'missing',
      number: asked[1] === undefined ? undefined : Number(asked[1]),
      push: asked[2] === undefined ? undefined : readPushTime(asked[2], clock),
    };
  const push = readPushTime(line, clock);
  if (push) return { verb: 'show', push };
  const number = /^(?:第?\s*)?(\d{1,6})\s*(?:号|条)?$/.exec(line)?.[1];
  if (number !== undefined) return { verb: 'show', number: Number(number) };
  const sure = /^确认(?:发送)?\s+/.exec(line)?.[0] ?? '';
  const said = line.slice(sure.length);
  const to = grouped ? null : TO.exec(said);
  const rest = said.slice(to?.[0].length ?? 0);
  const deadline = DEADLINE.exec(rest);
  const words = (deadline ? rest.slice(0, deadline.index) : rest).trim();
  return {
    verb: 'send',
    words: asWritten(words),
    to: (to?.[1] ?? '').split(/[、和]/).filter(Boolean),
    confirmed: sure !== '',
    confirmBy: deadline ? readDeadline(deadline[1] ?? '', clock) : undefined,
    again: `通知 确认 ${said}`,
  };
}

/** A day without a time ends with the office's day. */
const LAST_HOUR = '18:00';
const EXAMPLE = '例如：截止 明天 17:00；截止 4月25日。';

/** Words around a deadline that say nothing more of it. */
const AROUND = fillerWords('前 之前 以前 请 确认 回复 收到 报送 报 为止 止 谢谢');

/** Read whole: what would be left out of a deadline is asked back. */
function readDeadline(text: string, { now, today, zone, calendar }: Clock): Instant {
  const when = readWholeDate(text, { today, calendar, counts: true });
  if (when && 'refused' in when) throw new UserError(when.refused);
  if (!when) throw new UserError(`没有看懂截止时间“${text.slice(0, 20)}”。${EXAMPLE}`);
  const left = withoutFiller(`${text.slice(0, when.start)} ${text.slice(when.end)}`, AROUND);
  const read = left === '' ? undefined : readDueClock(left);
  if (typeof read === 'object') throw new UserError(read.refused);
  if (left !== '' && (read === undefined || when.clock !== undefined))
    throw new UserError(`截止后面的“${left.slice(0, 20)}”没有看懂，没有发送。通知的内容请写在“截止”前面。${EXAMPLE}`);
  const { clock } = when;
  const isVague = clock ? clock.range || !clock.time : /[早晚]$/.test(when.text.trim());
  if (!read && isVague) throw new UserError(`“${text.slice(0, 20)}”请写明到几点。${EXAMPLE}`);
  const at = instantAt(when.span.to, read ?? when.clock?.time ?? LAST_HOUR, zone);
  if (at <= now) throw new UserError('确认的截止时间已经过了，请写现在以后的时间。');
  return at;
}
