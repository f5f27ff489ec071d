import { plainDoc } from '../src/cards/plain.ts';
import type { Doc } from '../src/cards/views.ts';
import {
  type EditedCalendar,
  enterDays,
  isEmpty,
  longestRest,
  runsOf,
  withdrawDays,
} from '../src/domain/calendar/calendar-edit.ts';
import { addDays, daysBetween, type LocalDate, yearOf } from '../src/domain/calendar/local-date.ts';
import { type Arrangement, looksLikeNotice } from '../src/domain/calendar/notice.ts';
import type { Span } from '../src/domain/calendar/span.ts';
import { statutoryCalendar } from '../src/domain/calendar/statutory.ts';
import { type CalendarEntries, type EnteredDay, workCalendar } from '../src/domain/calendar/work-calendar.ts';
import { isProvisional } from '../src/domain/calendar/working-days.ts';
import {
  calendarDoc,
  changedWords,
  daySentence,
  movedBlocks,
  noticePreviewDoc,
  runWords,
  spanSentence,
} from '../src/features/calendars/calendar-card.ts';
import {
  type CalendarQuestion,
  type Confirmed,
  confirmLine,
  MARKED,
  readConfirmed,
  readMarkedDays,
  readPastedNotice,
  readQuestion,
  readWithdrawn,
  WHETHER,
  type Withdrawn,
} from '../src/features/calendars/calendar-words.ts';
import { movedRules } from '../src/features/calendars/moved-rules.ts';
import { pastedNotice } from '../src/features/calendars/pasted-notice.ts';
import { PROVISIONAL_MARK } from '../src/features/visits/schedule-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, mustRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { requireRight } from '../src/language/who/rights.ts';

const PASTE = '请重新粘贴放假通知的正文。';

/** The package's own data, without what was entered. */
const BASE = statutoryCalendar();
/** A notice is for the next year; what lies further away is a slip of the pen. */
const YEARS_AHEAD = 2;
/** 春节 with everything around it has eleven; more would stop every reminder for a month. */
const LONGEST_REST = 31;
const LONGEST_QUESTION = 62;

export default defineCommand({
  name: '节假日',
  aliases: [
    'holiday',
    'holidays',
    'calendar',
    'jjr',
    '放假',
    '调休',
    '假期',
    '节日',
    '工作日历',
    '放假安排',
    '放假通知',
  ],
  says: [
    /(?:上班|放假|调休|补班)$|(?:是|算)不?是?(?:工作日|节假日|休息日|假期)$|放几天假?$|放假(?:时间|安排|通知)$|(?:哪|几)天(?:放假|上班|调休|补班)/,
  ],
  saysBefore: ['倒计时', '日程'],
  pasted: pastedNotice,
  summary: '看放假和调休，问哪天上班；管理员录入、更正，或粘贴放假通知',
  usage: '节假日 [年份|日期] | 节假日 日期 休|班 | 节假日 取消 日期',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [],
      when: { test: (line) => !looksLikeNotice(line) && (WHETHER.test(line) || !MARKED.test(line)) },
      examples: ['节假日', '节假日 2027', '10月10日上班吗'],
      parts: { about: mustRead(readQuestion, { asks: '请写年份或日期。' }) },
      run: answer,
    }),
    deed({
      verbs: [],
      when: { test: looksLikeNotice },
      examples: [],
      parts: { notice: mustRead(readPastedNotice, { asks: PASTE }) },
      run: (context) =>
        preview(context, { ...context.args.notice, complete: context.args.notice.missing.length === 0 }),
    }),
    deed({
      verbs: ['录入', '更正', '设置'],
      when: MARKED,
      examples: ['节假日 2027-02-05至2027-02-12 休 春节', '节假日 2027-02-14 班'],
      parts: { days: mustRead(readMarkedDays, { asks: '请写明日期，以及休还是班。' }) },
      takesQuestions: true,
      run: enter,
    }),
    deed({
      verbs: ['取消', '撤销', '收回', '删除', '去掉'],
      examples: ['节假日 取消 2027-02-14'],
      parts: { withdrawn: mustRead(readWithdrawn, { asks: '请写上日期。' }) },
      run: withdraw,
    }),
    // The button of a preview says it.
    deed({
      verbs: ['确认'],
      examples: [],
      parts: { confirmed: mustRead(readConfirmed, { asks: PASTE }) },
      run: confirm,
    }),
  ),
});

async function answer(context: Context<{ readonly about: CalendarQuestion }>): Promise<Outcome> {
  const { about } = context.args;
  return {
    reply: 'span' in about ? daysDoc(context, about.span) : await yearDoc(context, about.year ?? yearOf(context.today)),
  };
}

async function yearDoc({ read, calendar, actor, today }: Context, year: number): Promise<Doc> {
  if (year < 2004 || year > 2100) throw new UserError(`没有 ${year}年的节假日资料，请写 2004 到 2100 之间的年份。`);
  const entries = await read.calendarEntries();
  return calendarDoc({
    year,
    today,
    calendar,
    isAdministrator: actor.isAdministrator,
    published: BASE.known(year),
    announced: entries.announced.includes(year),
    entered: entries.days.filter(({ day }) => yearOf(day) === year),
  });
}

function daysDoc({ calendar, today, actor }: Context, span: Span): Doc {
  const count = daysBetween(span.from, span.to) + 1;
  if (count > LONGEST_QUESTION)
    throw new UserError(`一次最多问 ${LONGEST_QUESTION} 天。要看全年，请发送：节假日 ${yearOf(span.from)}`);
  const days = Array.from({ length: count }, (_, n) => addDays(span.from, n));
  const sentence = count === 1 ? daySentence(calendar, span.from, today) : spanSentence(calendar, span, days, today);
  const written = span.from === span.to ? span.from : `${span.from} 至 ${span.to}`;
  const doc = plainDoc(
    '节假日',
    sentence,
    actor.isAdministrator ? { note: `要更正，请发送：节假日 ${written} 休（或 班）` } : {},
  );
  return isProvisional(calendar, span) ? { ...doc, footer: PROVISIONAL_MARK } : doc;
}

async function enter(context: Context<{ readonly days: readonly EnteredDay[] }>): Promise<Outcome> {
  const { days } = context.args;
  const [first, last] = [days[0], days.at(-1)];
  if (context.isQuestion && first && last) return { reply: daysDoc(context, { from: first.day, to: last.day }) };
  await requireRight(context, 'calendar.change');
  const { read, today } = context;
  const [{ version }, entries] = [await read.calendarState(), await read.calendarEntries()];
  refuseFar(days, today);
  const edited = enterDays(BASE, entries, days);
  if (isEmpty(edited.edit)) {
    const sentence = `${runWords(days, today).join('，')}：本来就是这样，没有变化。`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'muted' }) };
  }
  return written(context, version, entries, edited, '已更正节假日');
}

async function withdraw(context: Context<{ readonly withdrawn: Withdrawn }>): Promise<Outcome> {
  const { span, year } = context.args.withdrawn;
  await requireRight(context, 'calendar.change');
  const { read } = context;
  const [{ version }, entries] = [await read.calendarState(), await read.calendarEntries()];
  const edited = withdrawDays(BASE, entries, span, year);
  if (isEmpty(edited.edit)) {
    const about = year === undefined ? '这几天' : `${year}年`;
    throw new UserError(`${about}没有录入过的休或班，不用取消。发送“节假日 ${yearOf(span.from)}”看录入了哪些。`);
  }
  return written(context, version, entries, edited, '已取消录入');
}

async function preview(
  context: Context,
  notice: Omit<Arrangement, 'missing'> & { readonly missing?: readonly string[]; readonly complete: boolean },
  again = false,
): Promise<Outcome> {
  await requireRight(context, 'calendar.change');
  const { read, today } = context;
  const [{ version }, entries] = [await read.calendarState(), await read.calendarEntries()];
  const { year, days, missing = [], complete } = notice;
  refuseFar(days, today);
  const edited = enterDays(BASE, entries, days, complete ? year : undefined);
  if (isEmpty(edited.edit)) {
    const sentence = `${year}年放假通知与现有安排一致，没有变化。`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'done', lines: [`发送“节假日 ${year}”看全年。`] }) };
  }
  const line = confirmLine(
    version,
    year,
    complete,
    runsOf(days, (a, b) => a.kind === b.kind && a.name === b.name),
  );
  return { reply: noticePreviewDoc({ year, days, missing, edited, confirm: line, again, today }) };
}

async function confirm(context: Context<{ readonly confirmed: Confirmed }>): Promise<Outcome> {
  const ask = context.args.confirmed;
  await requireRight(context, 'calendar.change');
  const { read, today } = context;
  const [{ version }, entries] = [await read.calendarState(), await read.calendarEntries()];
  const { year, days, complete } = ask;
  refuseFar(days, today);
  const edited = enterDays(BASE, entries, days, complete ? year : undefined);
  if (isEmpty(edited.edit))
    return { reply: plainDoc('没有变化', `${year}年放假通知已经写入，没有变化。`, { tone: 'muted' }) };
  if (version !== ask.version) return preview(context, { year, days, complete }, true);
  return written(context, version, entries, edited, `已写入${year}年放假通知`);
}

/** One unit: the days, the record, and the answer that says which reminders move; the next beat moves them. */
async function written(
  context: Context,
  seen: number,
  before: CalendarEntries,
  edited: EditedCalendar,
  title: string,
): Promise<Outcome> {
  const { zone, today } = context;
  const { edit, changed, calendar, entries } = edited;
  const rest = longestRest(
    calendar,
    changed.map(({ day }) => day),
    LONGEST_REST,
  );
  if (rest > LONGEST_REST)
    throw new UserError(`这样会连续休息 ${LONGEST_REST} 天以上，没有写入。学校的寒暑假请用：校历 寒假 起止日期`);
  const moved = await movedRules(context, workCalendar(BASE, before, seen), workCalendar(BASE, entries, seen + 1));
  const words = changedWords(changed, today);
  const sentence = words.length > 0 ? `${words.join('；')}。` : '休和班的日子不变，只改了节日名称或公布状态。';
  const doc = plainDoc(title, sentence, { tone: 'done' });
  const year = yearOf(edit.entered[0]?.day ?? edit.withdrawn[0] ?? today);
  return {
    reply: {
      ...doc,
      blocks: [
        ...doc.blocks,
        ...movedBlocks(moved, zone, today),
        {
          kind: 'note',
          text: `截止的剩余天数随即按新的工作日计算。发送“节假日 ${year}”看全年，“节假日 取消 日期”可以收回。`,
        },
      ],
    },
    changes: [
      { kind: 'calendar.changed', ...edit, seen },
      // What is late by the new days is urged by them.
      { kind: 'findings.watched', at: context.now },
    ],
    audit: [{ action: 'calendar.changed', subject: 'calendar', ...auditOf(before, edited, today) }],
  };
}

/** What was entered for these days before, and what is now. */
function auditOf(before: CalendarEntries, { edit }: EditedCalendar, today: LocalDate) {
  const touched = new Set([...edit.withdrawn, ...edit.entered.map(({ day }) => day)]);
  const old = runWords(
    before.days.filter(({ day }) => touched.has(day)),
    today,
  ).join('；');
  const now = runWords(edit.entered, today).join('；');
  const year = edit.announced ?? edit.unannounced;
  const status = year === undefined ? '' : `${year}年${edit.announced === undefined ? '改回未公布' : '已公布'}`;
  return { before: old || '没有录入', after: [now, status].filter(Boolean).join('；') || '取消录入' };
}

/** What is over and done is not rewritten, and nobody knows the arrangement of the year after next but one. */
function refuseFar(days: readonly EnteredDay[], today: LocalDate): void {
  const year = yearOf(today);
  for (const { day } of days) {
    const its = yearOf(day);
    if (its < year - 1)
      throw new UserError(
        `${its}年已经过去，不能再改。只能录入 ${year - 1} 到 ${year + YEARS_AHEAD} 年的日子，请核对年份。`,
      );
    if (its > year + YEARS_AHEAD)
      throw new UserError(`${its}年还太远，只能录入 ${year - 1} 到 ${year + YEARS_AHEAD} 年的日子，请核对年份。`);
  }
}
