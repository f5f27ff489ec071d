import type { LocalDate } from '../../domain/calendar/local-date.ts';
import {
  describeSchoolYear,
  isUsual,
  PART_WORD,
  SCHOOL_PARTS,
  type SchoolPart,
  schoolYearOf,
} from '../../domain/calendar/school-year.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { UserError } from '../../language/errors.ts';
import { refuseUnread } from '../../language/forms/unread.ts';
import { spanIn } from './calendar-words.ts';

/** What a line of 校历 asks for; the unit stands apart. */
export type SchoolAsk =
  | { readonly kind: 'show' }
  | { readonly kind: 'enter'; readonly part: SchoolPart; readonly schoolYear: number; readonly span: Span }
  | { readonly kind: 'withdraw'; readonly part: SchoolPart; readonly schoolYear?: number | undefined };

const HOW =
  '写法：校历 望海区 寒假 2027-01-23 至 2027-02-21；校历 望海区 第一学期 2026-09-01 至 2027-01-20；校历 取消 望海区 寒假 2026-2027学年。';

const PARTS: Readonly<Record<SchoolPart, RegExp>> = {
  autumn: /(?:第一|上|秋季?)学期|秋季/g,
  winter: /寒假/g,
  spring: /(?:第二|下|春季?)学期|春季/g,
  summer: /暑假/g,
};
const SCHOOL_YEAR = /(\d{4})(?:\s*(?:[-~—–至到]+|\/)\s*(\d{4}|\d{2}(?!\d)))?\s*学年度?(?:的)?/;
const WITHDRAW = /(?:取消|撤销|收回|删除|去掉)/;
const WORDS = /(?:录入|新增|设置|设为|改为|改成|更正|放|从|是|为|[:,，、])/g;

export function readSchoolAsk(line: string, today: LocalDate, calendar: Calendar): SchoolAsk {
  const said = SCHOOL_YEAR.exec(line);
  if (said?.[2] !== undefined && Number(said[2].slice(-2)) !== (Number(said[1]) + 1) % 100)
    throw new UserError(`没有“${said[0]}”：一个学年是前后两年，例如 2026-2027学年。`);
  let left = line.replace(SCHOOL_YEAR, ' ');
  const parts = SCHOOL_PARTS.filter((part) => {
    const before = left;
    left = left.replace(PARTS[part], ' ');
    return left !== before;
  });
  const withdraws = WITHDRAW.test(left);
  const dates = left.replace(WITHDRAW, ' ').replace(WORDS, ' ').trim();
  const [part] = parts;
  if (!withdraws && !/\d/.test(dates)) return { kind: 'show' };
  if (!part) throw new UserError(`请写明是第一学期、寒假、第二学期还是暑假。${HOW}`);
  if (parts.length > 1)
    throw new UserError(`一次只写一段（${parts.map((each) => PART_WORD[each]).join('、')}），请分成几行。`);
  if (withdraws) refuseUnread([dates], '校历 取消 望海区 寒假 2026-2027学年');
  if (withdraws) return { kind: 'withdraw', part, ...(said && { schoolYear: Number(said[1]) }) };
  const { span, rest } = spanIn(dates, today, calendar, HOW);
  if (rest.trim() !== '') throw new UserError(`没有看懂“${rest.trim().slice(0, 40)}”。${HOW}`);
  if (span.from === span.to) throw new UserError(`请写明${PART_WORD[part]}的起止日期。${HOW}`);
  const schoolYear = schoolYearOf(span.from);
  const wrong = isUsual(part, span);
  if (wrong) {
    const about =
      wrong === 'begins' ? `不会从 ${span.from} 开始` : `不会是 ${span.from} 至 ${span.to} 这么${lengthWord(span)}`;
    throw new UserError(`${PART_WORD[part]}${about}，请核对日期和年份。`);
  }
  if (said && Number(said[1]) !== schoolYear)
    throw new UserError(`${span.from} 属于${describeSchoolYear(schoolYear)}，与所写的${said[0].trim()}不符，请核对。`);
  return { kind: 'enter', part, schoolYear, span };
}

/** Which of the two it is, a month tells: the shortest term has three, the longest vacation fewer. */
const lengthWord = ({ from, to }: Span): string => (Date.parse(to) - Date.parse(from) > 75 * 86_400_000 ? '长' : '短');
