import { DAY_MS } from '../../domain/calendar/local-date.ts';
import {
  describeSchoolYear,
  isUsual,
  PART_WORD,
  SCHOOL_PARTS,
  type SchoolPart,
  schoolYearOf,
} from '../../domain/calendar/school-year.ts';
import type { Span } from '../../domain/calendar/span.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';
import { isDated, spanWithin } from './calendar-words.ts';

/** A school year as said: 2026-2027学年. */
export interface SaidSchoolYear {
  readonly written: string;
  readonly from: number;
}

const HOW =
  '写法：校历 望海区 寒假 2027-01-23 至 2027-02-21；校历 望海区 第一学期 2026-09-01 至 2027-01-20；校历 取消 望海区 寒假 2026-2027学年。';

const PARTS: Readonly<Record<SchoolPart, RegExp>> = {
  autumn: /(?:第一|上|秋季?)学期|秋季/g,
  winter: /寒假/g,
  spring: /(?:第二|下|春季?)学期|春季/g,
  summer: /暑假/g,
};
const SCHOOL_YEAR = /(\d{4})(?:\s*(?:[-~—–至到]+|\/)\s*(\d{4}|\d{2}(?!\d)))?\s*学年度?(?:的)?/;
/** 望海区 寒假 取消. */
export const WITHDRAW = /取消|撤销|收回|删除|去掉/;
/** What may stand between a part and its days. */
const LINK = /(?:录入|新增|设置|设为|改为|改成|更正|放假?|起止|时间|日期|从|是|为|[\s:,，、])+$/;

/** A line that enters days: its figures are no school year's. */
export const HOLDS_DAYS = { test: (line: string) => /\d/.test(line.replace(SCHOOL_YEAR, '')) };

export const readSchoolYear: OwnReader<SaidSchoolYear> = (text) => {
  const [written, from = '', to] = SCHOOL_YEAR.exec(text) ?? [];
  if (written === undefined) return undefined;
  if (to !== undefined && Number(to.slice(-2)) !== (Number(from) + 1) % 100)
    throw new UserError(`没有“${written}”：一个学年是前后两年，例如 2026-2027学年。`);
  return { value: { written: written.trim(), from: Number(from) }, rest: text.replace(SCHOOL_YEAR, ' ') };
};

export const readSchoolPart: OwnReader<SchoolPart> = (text) => {
  let left = text;
  const parts = SCHOOL_PARTS.filter((part) => {
    const before = left;
    left = left.replace(PARTS[part], ' ');
    return left !== before;
  });
  const [part] = parts;
  if (parts.length > 1)
    throw new UserError(`一次只写一段（${parts.map((each) => PART_WORD[each]).join('、')}），请分成几行。`);
  return part && { value: part, rest: left.replace(WITHDRAW, ' ') };
};

export const readSchoolDays: OwnReader<Span> = (text, { today, calendar }) => {
  const { span, before, rest } = spanWithin(text, today, calendar, HOW);
  if (isDated(rest, today, calendar))
    throw new UserError(`一次只写一段日子，写了“${text.trim().slice(0, 60)}”，请分成几行。`);
  return { value: span, rest: `${before.replace(LINK, '')} ${rest}` };
};

/** 第二学期什么时候开学: what a question is made of, beside the unit. */
export const SCHOOL_ASKING =
  /(?:寒暑假|寒假|暑假|(?:第[一二]|[上下]|[春秋]季?)?学期|[春秋]季|放假|开学|期末|校历)|(?:什么时候|几号|哪天|何时|多长|多少天|几天|起止|时间|日期|安排|开始|结束)|[放是的到从有]/g;

/** The period that was said; throws UserError for days that it never has. */
export function schoolPeriod(
  part: SchoolPart,
  span: Span,
  said: SaidSchoolYear | undefined,
): { readonly part: SchoolPart; readonly schoolYear: number; readonly span: Span } {
  if (span.from === span.to) throw new UserError(`请写明${PART_WORD[part]}的起止日期。${HOW}`);
  const schoolYear = schoolYearOf(span.from);
  const wrong = isUsual(part, span);
  if (wrong) {
    const about =
      wrong === 'begins' ? `不会从 ${span.from} 开始` : `不会是 ${span.from} 至 ${span.to} 这么${lengthWord(span)}`;
    throw new UserError(`${PART_WORD[part]}${about}，请核对日期和年份。`);
  }
  if (said && said.from !== schoolYear)
    throw new UserError(`${span.from} 属于${describeSchoolYear(schoolYear)}，与所写的${said.written}不符，请核对。`);
  return { part, schoolYear, span };
}

/** Which of the two it is, a month tells: the shortest term has three, the longest vacation fewer. */
const lengthWord = ({ from, to }: Span): string => (Date.parse(to) - Date.parse(from) > 75 * DAY_MS ? '长' : '短');
