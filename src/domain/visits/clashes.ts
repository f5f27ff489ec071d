import { addDays, type LocalDate, startOfMonth } from '../calendar/local-date.ts';
import type { Span } from '../calendar/span.ts';
import type { Calendar } from '../calendar/working-days.ts';
import type { UnitRef } from '../people/unit.ts';
import type { Deadline } from '../tasks/deadline.ts';
import type { Inspection } from './inspection.ts';

type HalfDay = '上午' | '下午' | '晚上';

/** What somebody should look at before it happens; nothing is refused because of it. */
export type Clash =
  | {
      readonly kind: 'inspector';
      readonly name: string;
      readonly day: LocalDate;
      readonly half: HalfDay;
      readonly visits: readonly Inspection[];
    }
  /** A school is visited more often in a month than the cap says (减负). */
  | {
      readonly kind: 'often';
      readonly unit: UnitRef;
      readonly month: LocalDate;
      readonly cap: number;
      readonly visits: readonly Inspection[];
    }
  | {
      readonly kind: 'restDay';
      readonly visit: Inspection;
      readonly day: LocalDate;
      readonly holiday?: string | undefined;
    }
  | {
      readonly kind: 'dueOnRestDay';
      readonly title: string;
      readonly program: string;
      readonly day: LocalDate;
      readonly holiday?: string | undefined;
    }
  | {
      readonly kind: 'pushes';
      readonly group: string;
      readonly day: LocalDate;
      readonly count: number;
      readonly cap: number;
    };

interface Rules {
  readonly calendar: Calendar;
  /** Visits of one school in one month. */
  readonly monthlyVisits: number;
}

const SCHOOL = /小学|中学|初中|高中|幼儿园|学校|校$|园$/;

/** Clashes of planned visits on the days of the span; how often a school is visited is counted over the months that the visits given cover. */
export function visitClashes(visits: readonly Inspection[], span: Span, rules: Rules): readonly Clash[] {
  const planned = visits.filter(({ state }) => state === 'planned');
  const near = planned.filter(({ from, to }) => to >= span.from && from <= span.to);
  return [
    ...inspectorClashes(near, span),
    ...oftenVisited(planned, span, rules.monthlyVisits),
    ...onRestDays(near, rules.calendar),
  ];
}

/** A vague day (4月中旬) binds nobody to a half-day. */
const isExact = ({ dateText }: Inspection): boolean => dateText === '';

function halvesOf({ period, starts }: Inspection): readonly HalfDay[] {
  if (/晚/.test(period)) return ['晚上'];
  const isMorning = /上午|早/.test(period);
  const isAfternoon = /下午/.test(period);
  if (isMorning !== isAfternoon) return isMorning ? ['上午'] : ['下午'];
  if (starts && !/全天/.test(period)) return [starts < '12:00' ? '上午' : starts < '18:00' ? '下午' : '晚上'];
  return ['上午', '下午'];
}

/** One person in two units in one half-day. Namesakes without a known person are taken for one, which a warning may. */
function inspectorClashes(visits: readonly Inspection[], span: Span): readonly Clash[] {
  const places = new Map<string, { name: string; day: LocalDate; half: HalfDay; visits: Inspection[] }>();
  for (const visit of visits.filter(isExact)) {
    for (let day = visit.from; day <= visit.to; day = addDays(day, 1)) {
      if (day < span.from || day > span.to) continue;
      for (const half of halvesOf(visit)) {
        for (const { name, personId } of visit.team) {
          const key = [personId ?? name, day, half].join('\n');
          const place = places.get(key) ?? { name, day, half, visits: [] };
          place.visits.push(visit);
          places.set(key, place);
        }
      }
    }
  }
  const clashes = [...places.values()].filter((place) => new Set(place.visits.map(({ unit }) => unit.id)).size > 1);
  return clashes
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .map((place) => ({ kind: 'inspector', ...place }));
}

function oftenVisited(visits: readonly Inspection[], span: Span, cap: number): readonly Clash[] {
  const months = Map.groupBy(
    visits.filter(({ unit }) => SCHOOL.test(unit.name)),
    ({ unit, from }) => `${startOfMonth(from)}\n${unit.id}`,
  );
  return [...months.values()].flatMap((own): Clash[] => {
    const [first] = own;
    if (!first || own.length <= cap) return [];
    const month = startOfMonth(first.from);
    if (month < startOfMonth(span.from) || month > span.to) return [];
    return [{ kind: 'often', unit: first.unit, month, cap, visits: own }];
  });
}

/** The day on which it begins or ends; a long visit rests over the weekend in between. */
function onRestDays(visits: readonly Inspection[], calendar: Calendar): readonly Clash[] {
  return visits.filter(isExact).flatMap((visit): Clash[] => {
    const day = [visit.from, visit.to].find((end) => !calendar.isWorkday(end));
    return day ? [{ kind: 'restDay', visit, day, holiday: calendar.holidayName(day) }] : [];
  });
}

/** Deadlines whose day is none on which anybody works. */
export const deadlineClashes = (
  deadlines: readonly Pick<Deadline, 'title' | 'program' | 'date'>[],
  span: Span,
  calendar: Calendar,
): readonly Clash[] =>
  deadlines.flatMap(({ title, program, date }): Clash[] =>
    date && date >= span.from && date <= span.to && !calendar.isWorkday(date)
      ? [{ kind: 'dueOnRestDay', title, program, day: date, holiday: calendar.holidayName(date) }]
      : [],
  );

/** Groups that would get more messages in a day than the cap says. */
export function pushClashes(
  pushes: readonly { readonly chatId: string; readonly group: string; readonly day: LocalDate }[],
  cap: number,
): readonly Clash[] {
  const days = Map.groupBy(pushes, ({ chatId, day }) => `${day}\n${chatId}`);
  return [...days.values()].flatMap((own): Clash[] => {
    const [first] = own;
    return first && own.length > cap
      ? [{ kind: 'pushes', group: first.group, day: first.day, count: own.length, cap }]
      : [];
  });
}
