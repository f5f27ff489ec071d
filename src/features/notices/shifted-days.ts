import { describeDate } from '../../domain/calendar/describe.ts';
import { addDays, type LocalDate } from '../../domain/calendar/local-date.ts';

const DAYS: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2 };
const RELATIVE = /((?<![发说表证声])[今明]|(?<![今以之往先最])后)(天|日|早|晨|晚)/g;
const PART: Readonly<Record<string, string>> = { 早: '早上', 晨: '早上', 晚: '晚上' };

/** A day of the words that its readers would take for another. */
interface ShiftedDay {
  /** 明天. */
  readonly said: string;
  /** What whoever wrote it means: 4月21日（周二）. */
  readonly meant: string;
  /** What it says on the day on which it is read. */
  readonly readAs: string;
}

/** What 今天, 明天 and 后天 of a text become when it is read on another day than it was written; the text with the days themselves. */
export function shiftedDays(
  words: string,
  written: LocalDate,
  read: LocalDate,
): { readonly days: readonly ShiftedDay[]; readonly mended: string } {
  if (written === read) return { days: [], mended: words };
  const days: ShiftedDay[] = [];
  const mended = words.replace(RELATIVE, (said, day: string, part: string) => {
    const meant = addDays(written, DAYS[day] ?? 0);
    const readAs = describeDate(addDays(read, DAYS[day] ?? 0), written);
    days.push({ said, meant: describeDate(meant, written), readAs });
    return `${describeDate(meant, written)}${PART[part] ?? ''}`;
  });
  return { days: [...new Map(days.map((one) => [one.said, one])).values()], mended };
}
