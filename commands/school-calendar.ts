import { plainDoc } from '../src/cards/plain.ts';
import { describeSpan } from '../src/domain/calendar/describe.ts';
import { addDays, daysBetween } from '../src/domain/calendar/local-date.ts';
import {
  overlapping,
  PART_WORD,
  periodsOf,
  type SchoolPart,
  type SchoolPeriod,
  schoolYearOf,
} from '../src/domain/calendar/school-year.ts';
import type { Span } from '../src/domain/calendar/span.ts';
import { statutoryCalendar } from '../src/domain/calendar/statutory.ts';
import { type CalendarEntries, chainOf, workCalendar } from '../src/domain/calendar/work-calendar.ts';
import { mayAnywhere } from '../src/domain/people/rights.ts';
import type { UnitRef } from '../src/domain/people/unit.ts';
import { movedBlocks } from '../src/features/calendars/calendar-card.ts';
import { movedRules } from '../src/features/calendars/moved-rules.ts';
import { periodWords, schoolCalendarDoc } from '../src/features/calendars/school-calendar-card.ts';
import {
  HOLDS_DAYS,
  readSchoolDays,
  readSchoolPart,
  readSchoolYear,
  type SaidSchoolYear,
  SCHOOL_ASKING,
  schoolPeriod,
  WITHDRAW,
} from '../src/features/calendars/school-words.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead, mustRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { resolveOwnUnit, resolveUnit } from '../src/language/who/resolve.ts';
import { requireRight } from '../src/language/who/rights.ts';
import { heard } from '../src/language/words/heard.ts';
import type { UnitMention } from '../src/language/words/slots.ts';
import type { Change } from '../src/ports/changes.ts';

const PART = '请写明是第一学期、寒假、第二学期还是暑假。';
const unit = may('unit');
const schoolYear = mayRead(readSchoolYear);
const part = mustRead(readSchoolPart, { asks: PART });

const BASE = statutoryCalendar();
/** A school year is fixed in the spring before it. */
const YEARS_AHEAD = 2;

export default defineCommand({
  name: '校历',
  aliases: ['term', 'semester', 'xl', '学校日历', '学年校历'],
  says: [
    /^(?:(?:什么时候|几号|哪天|何时)放?)?(?:寒假|暑假|寒暑假|学期|第[一二]学期|[春秋]季学期)(?:什么时候|几号|哪天|起止|时间|安排|多长|多少天|放几天)?(?:开始|结束|放)?$/,
    /(?:什么时候|几号|哪天|何时)(?:开学|放寒假|放暑假|期末)|(?:开学|放寒假|放暑假)(?:是|时间|日期)?(?:什么时候|几号|哪天)?$/,
  ],
  saysBefore: ['倒计时', '日程'],
  summary: '看各单位的学期和寒暑假；按单位录入，“学期内”的提醒随之发送',
  usage: '校历 [单位] [第一学期|寒假|第二学期|暑假 起止日期] | 校历 取消 单位 寒假',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [],
      when: { test: (line) => !WITHDRAW.test(line) && !HOLDS_DAYS.test(line) },
      examples: ['校历', '校历 望海区'],
      parts: { schoolYear, asked: mayRead(heard(SCHOOL_ASKING)), unit },
      run: show,
    }),
    deed({
      verbs: ['录入', '新增', '设置', '更正'],
      when: { test: (line) => !WITHDRAW.test(line) && HOLDS_DAYS.test(line) },
      examples: ['校历 望海区 寒假 2027-01-23 至 2027-02-21'],
      parts: { schoolYear, part, days: mustRead(readSchoolDays, { asks: '请写明起止日期。' }), unit },
      run: enter,
    }),
    deed({
      verbs: ['取消', '撤销', '收回', '删除', '去掉'],
      when: WITHDRAW,
      examples: ['校历 取消 望海区 寒假 2026-2027学年'],
      parts: { schoolYear, part, unit },
      run: withdraw,
    }),
  ),
});

interface OfUnit {
  readonly unit: UnitMention | undefined;
}
type AboutPeriod = OfUnit & { readonly part: SchoolPart; readonly schoolYear: SaidSchoolYear | undefined };

/** The unit that is written, else the group's, else the sender's own. */
async function unitMeant(
  { chat, actor, args, ...context }: Context<OfUnit>,
  own: typeof resolveUnit,
): Promise<UnitRef> {
  const written = await own(args.unit ? [args.unit] : [], context);
  const unit = written ?? chat.group?.unit ?? actor.people[0]?.unit;
  if (!unit) throw new UserError('请写上单位，例如：校历 望海区');
  return unit;
}

async function show(context: Context<OfUnit>): Promise<Outcome> {
  const { read, today, actor, chat } = context;
  const mayEnter = mayAnywhere(actor, 'term.change');
  // In the direct chat whoever enters it sees it, of whatever unit.
  const unit = await unitMeant(context, mayEnter && chat.type === 'p2p' ? resolveUnit : resolveOwnUnit);
  const entries = await read.calendarEntries();
  const from = addDays(today, -365);
  const held = periodsOf(chainOf(unit.id, entries.parents), entries.periods).filter(({ to }) => to >= from);
  const names = new Map<string, string>([[unit.id, '本单位']]);
  for (const { unitId } of held)
    if (!names.has(unitId)) names.set(unitId, (await read.unit(unitId))?.name ?? '上级单位');
  const periods = held.map((period) => ({ ...period, of: names.get(period.unitId) ?? '' }));
  return { reply: schoolCalendarDoc({ unit: unit.name, periods, today, mayEnter }) };
}

async function enter(context: Context<AboutPeriod & { readonly days: Span }>): Promise<Outcome> {
  const { read, today, args } = context;
  const ask = schoolPeriod(args.part, args.days, args.schoolYear);
  const unit = await unitMeant(context, resolveUnit);
  await requireRight(context, 'term.change', { unitIds: [unit.id] });
  const { part, schoolYear, span } = ask;
  const year = schoolYearOf(today);
  if (schoolYear < year - 1 || schoolYear > year + YEARS_AHEAD)
    throw new UserError(`${periodWords(ask)}不在能录入的范围：只录入上一学年到两年以后的，请核对年份。`);
  const [{ version }, entries] = [await read.calendarState(), await read.calendarEntries()];
  const period: SchoolPeriod = { unitId: unit.id, schoolYear, part, ...span };
  const isSame = (each: SchoolPeriod) =>
    each.unitId === unit.id && each.schoolYear === schoolYear && each.part === part;
  const before = entries.periods.find(isSame);
  const words = `${unit.name}${periodWords(ask)}：${describeSpan(span, today)}（${daysBetween(span.from, span.to) + 1} 天）`;
  if (before && before.from === span.from && before.to === span.to)
    return { reply: plainDoc('没有变化', `${words}，本来就是这样。`, { tone: 'muted' }) };
  const periods = [...entries.periods.filter((each) => !isSame(each)), period];
  const clash = overlapping(period, periodsOf(chainOf(unit.id, entries.parents), periods));
  if (clash)
    throw new UserError(
      `与${periodWords(clash)}（${describeSpan(clash, today)}）有重叠，没有写入。请先改好其中一段，两段之间不能有同一天。`,
    );
  const follow = await followers(context, unit, entries);
  const change: Change = { kind: 'schoolPeriod.entered', period, seen: version };
  const old = before && `${periodWords(before)} ${describeSpan(before, today)}`;
  return {
    ...(await settled(context, entries, { ...entries, periods }, version, '已录入校历', [`${words}。`, follow])),
    changes: [change],
    audit: [
      {
        action: change.kind,
        subject: unit.name,
        ...(old && { before: old }),
        after: `${periodWords(ask)} ${describeSpan(span, today)}`,
      },
    ],
  };
}

async function withdraw(context: Context<AboutPeriod>): Promise<Outcome> {
  const { read, today, args } = context;
  const { part } = args;
  const schoolYear = args.schoolYear?.from;
  const unit = await unitMeant(context, resolveUnit);
  await requireRight(context, 'term.change', { unitIds: [unit.id] });
  const [{ version }, entries] = [await read.calendarState(), await read.calendarEntries()];
  const own = entries.periods.filter((each) => each.unitId === unit.id && each.part === part);
  const meant = own.filter((each) => schoolYear === undefined || each.schoolYear === schoolYear);
  const [only] = meant;
  if (!only)
    throw new UserError(
      `${unit.name}自己没有录入${schoolYear === undefined ? PART_WORD[part] : periodWords({ part, schoolYear })}。发送“校历 ${unit.name}”看录入了哪些。`,
    );
  if (meant.length > 1)
    throw new UserError(
      `${unit.name}录入了几个学年的${PART_WORD[part]}，请写明学年：${meant.map(periodWords).join('、')}。`,
    );
  const periods = entries.periods.filter((each) => each !== only);
  const words = `${periodWords(only)} ${describeSpan(only, today)}`;
  return {
    ...(await settled(context, entries, { ...entries, periods }, version, '已取消', [
      `${unit.name}：${words}，已取消。`,
      '现在按上级单位的校历；上级也没有录入的，按都在学期内处理。',
    ])),
    changes: [{ kind: 'schoolPeriod.withdrawn', unitId: unit.id, schoolYear: only.schoolYear, part, seen: version }],
    audit: [{ action: 'schoolPeriod.withdrawn', subject: unit.name, before: words }],
  };
}

/** A bureau stands beside its schools in the directory, not above them: whoever enters it for the bureau alone should read that. */
async function followers({ read }: Context, unit: UnitRef, { parents }: CalendarEntries): Promise<string> {
  if ([...parents.values()].includes(unit.id)) return '下属单位自己没有录入的，随之适用。';
  const above = parents.get(unit.id);
  const parent = above === undefined ? undefined : await read.unit(above);
  const only = `${unit.name}没有下属单位，只对它自己有效。`;
  return parent ? `${only}要对${parent.name}的各单位都有效，请写：校历 ${parent.name} …` : only;
}

/** The answer: what holds now, and which reminders of 学期内 move. */
async function settled(
  context: Context,
  before: CalendarEntries,
  after: CalendarEntries,
  version: number,
  title: string,
  [sentence, more]: readonly [sentence: string, more: string],
): Promise<Pick<Outcome, 'reply'>> {
  const { zone, today } = context;
  const moved = await movedRules(context, workCalendar(BASE, before, version), workCalendar(BASE, after, version + 1));
  const doc = plainDoc(title, sentence, { tone: 'done', lines: [more] });
  return {
    reply: {
      ...doc,
      blocks: [
        ...doc.blocks,
        ...movedBlocks(moved, zone, today),
        { kind: 'note', text: '只有“学期内”的提醒随校历停发，例如：提醒 新增 学期内每周一 8:30 本周日程' },
      ],
    },
  };
}
