import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { NUMERAL, numeralOf, TO } from '../../domain/calendar/numeral.ts';
import { readWhen } from '../../domain/calendar/phrase.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { Limit } from '../../domain/loop/finding.ts';

/** A deadline found in a text, and the text without it. */
export interface SaidLimit {
  readonly limit?: Limit;
  /** 立行立改. */
  readonly immediate?: true;
  /** A day that the calendar does not have, as typed. */
  readonly impossible?: string;
  readonly text: string;
}

const IMMEDIATE = /立行立改|立即整改|当场整改|即知即改|立查立改|马上整改/;
/** A sign and a fraction are read so that they can be refused: -5, 1.5. A dash inside a word (通道-5个工作日) is none. */
const COUNT = `((?:(?<=^|[\\s,，])-)?\\d{1,9}(?:\\.\\d{1,3})?|${NUMERAL})`;
/** 10个工作日 is never anything but a limit. 15日 and 两周 are one when 内 follows, or when they stand alone: 连续3天 is a fact. */
/** Of 5-10个工作日 the later end is the deadline. */
const RANGE = `(?:(?<=^|[\\s,，])\\d{1,3}${TO})?`;
const WORKING = new RegExp(`${RANGE}${COUNT} ?个?工作日(?:之|以)?内?(?:整改|完成|改好|改完)?(?:到位)?`);
const NATURAL = new RegExp(
  `(?<![\\d月年第])${COUNT} ?(?:个自然日|自然日|日|天|个?星期|周|个月)(?:(?:之|以)?内(?:整改|完成|改好|改完)?(?:到位)?|(?= |[,，。;；]|$))`,
);
const BEFORE_TOKEN = /(?:^|[ ,，。;；、])$/;
const AFTER_TOKEN = /^(?:$|[ ,，。;；、])|^(?:整改|完成|改好|改完|前|内)/;

interface On {
  readonly today: LocalDate;
  readonly calendar: Calendar;
}

/** The deadline that a text names: 立行立改, 10个工作日, 15日内, 6月30日. */
export function readLimit(text: string, on: On): SaidLimit {
  const immediate = IMMEDIATE.exec(text);
  if (immediate)
    return {
      immediate: true,
      limit: { kind: 'date', date: on.today },
      text: without(text, immediate.index, immediate[0].length),
    };
  const working = WORKING.exec(text);
  if (working)
    return {
      limit: { kind: 'days', days: countOf(working[1]), unit: 'working' },
      text: without(text, working.index, working[0].length),
    };
  const natural = NATURAL.exec(text);
  if (natural && (natural[0].includes('内') || BEFORE_TOKEN.test(text.slice(0, natural.index))))
    return {
      limit: { kind: 'days', days: countOf(natural[1]) * daysOf(natural[0]), unit: 'natural' },
      text: without(text, natural.index, natural[0].length),
    };
  return readDay(text, on);
}

const countOf = (word = ''): number => (/\d$/.test(word) ? Number(word) : numeralOf(word));
const daysOf = (phrase: string): number => (/星期|周/.test(phrase) ? 7 : phrase.includes('月') ? 30 : 1);

/**
 * The last day that stands as a word of its own or with 前: a day inside a sentence (4月10日检查发现) is a fact. The nearest such day is meant, so
 * that 3月1日 said in April is over and not next year's.
 */
function readDay(text: string, { today, calendar }: On): SaidLimit {
  let found: SaidLimit | undefined;
  for (let from = 0; from < text.length; ) {
    const when = readWhen(text.slice(from), { today, calendar, bias: 'near' });
    if (!when) break;
    const [start, end] = [from + when.start, from + when.end];
    from = end;
    const until = !('impossible' in when) && when.until === true;
    const alone = BEFORE_TOKEN.test(text.slice(0, start)) && AFTER_TOKEN.test(text.slice(end));
    if (!until && !alone) continue;
    const tail = /^(?:整改|完成|改好|改完)(?:到位)?/.exec(text.slice(end))?.[0].length ?? 0;
    const left = without(text, start, end - start + tail);
    found =
      'impossible' in when
        ? { impossible: when.text.trim(), text: left }
        : { limit: { kind: 'date', date: when.span.to }, text: left };
  }
  return found ?? { text };
}

/** Marks and spaces that stood around what was cut out go with it. */
const without = (text: string, start: number, length: number): string =>
  `${text.slice(0, start).replace(/[\s,，;；、]+$/, '')} ${text.slice(start + length).replace(/^[\s,，;；、。]+/, '')}`.trim();
