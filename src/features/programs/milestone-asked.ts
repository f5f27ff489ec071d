import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { hasStep } from '../../domain/programs/program.ts';
import { relativeDue } from '../../domain/tasks/relative-due.ts';
import { dueOn } from '../../domain/tasks/task.ts';
import { UserError } from '../../language/errors.ts';
import type { Program } from '../../ports/programs.ts';

interface Days {
  readonly today: LocalDate;
  readonly calendar: Calendar;
}

const EVENT = /\S+前(?:\d+个?(?:工作)?[日天])?(?=$|\s)/;

/** 截止 市级核查前: the last day before a milestone of these programs, and the words that say so. Throws UserError for one without a day. */
export function milestoneAsked(
  words: string,
  programs: readonly Program[],
  { today, calendar }: Days,
): { readonly until: LocalDate; readonly written: string } | undefined {
  const [written = ''] = EVENT.exec(words) ?? [];
  const due = relativeDue(written);
  const meant = due ? programs.filter((program) => hasStep(program, due)) : [];
  if (!due || meant.length === 0) return undefined;
  const days = meant.map((program) => ({ program, until: dueOn(due, today, program.milestones, calendar) }));
  const dated = new Set(days.flatMap(({ until }) => until ?? []));
  const [until, ...more] = dated;
  if (until === undefined) {
    const [{ name } = { name: '' }] = meant;
    throw new UserError(
      `“${due.event}”还没有定下日期。定了以后，请管理员发送：专项 节点 ${name} ${due.event} 4月8日。现在可以写日期，例如：截止 4月30日前`,
    );
  }
  if (more.length === 0) return { until, written };
  const each = days.map(({ program, until: day }) => `${program.name} ${day ? describeDate(day, today) : '未定'}`);
  throw new UserError(
    `有几个专项有“${due.event}”：${each.join('、')}。请写上专项，例如：截止 ${meant[0]?.name} ${written}`,
  );
}
