import { HAN_NUMBER, hanNumber } from '../../domain/calendar/han-number.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { isConfidential } from '../../domain/findings/finding.ts';
import { MEASURES } from '../../domain/tasks/measure.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { UserError } from '../../language/errors.ts';
import { type FormArgs, may, mayRead, must, mustRead, type OwnContext } from '../../language/forms/form.ts';
import { quoted } from '../../language/forms/unread.ts';
import { asWritten } from '../../language/words/as-written.ts';
import type { Directory } from '../../language/words/names.ts';
import { ASKS_DUE, leadingDue, readTaskDue, type SaidDue, type SaidMilestone, trailingDue } from './due-phrase.ts';
import { refuseSecrecyWords, viewersIn } from './secrecy-words.ts';

export interface SaidTarget {
  readonly target: number;
  readonly measure: string;
}

const MARKS_BETWEEN = /[\s、,，;；]+/;

/** Names, as they are listed. 和 joins them unless a name of the address book has it: 和平区教育局. */
function listed(text: string, directory: Directory): readonly string[] {
  return text
    .split(MARKS_BETWEEN)
    .flatMap((name) => (directory.has(name) ? [name] : name.split('和')))
    .filter((name) => name !== '');
}

function readNames(text: string, { directory }: OwnContext) {
  refuseSecrecyWords(text);
  const names = listed(text, directory);
  return names.length === 0 ? undefined : { value: names, rest: '' };
}

/** Words of the officials' tables that are not among the parts of a task: what stands behind them is said of something else. */
const OTHER_FIELD = /领导|来源|依据|电话|联系|备注|要求|说明|单位|部门|\d|%/;

/**
 * People need not be in the address book. Between two spaces may stand anything, so that there only names that it knows go on with the list:
 * 责任人 陈甲 分管领导 韩丙 says something else besides.
 */
function readPeople(text: string, { directory }: OwnContext) {
  refuseSecrecyWords(text);
  const names = listed(text, directory);
  const isKnown = (name: string) => (directory.get(name)?.people.length ?? 0) > 0;
  const apart = text.split(/\s*[、,，;；]\s*/).flatMap((list) => (/\S\s+\S/.test(list) ? listed(list, directory) : []));
  const strange = names.findIndex((name) => OTHER_FIELD.test(name) || (apart.includes(name) && !isKnown(name)));
  if (strange >= 0)
    throw new UserError(
      `没有执行。没看懂责任人“${names.slice(strange).join(' ')}”。“责任人”后面只写姓名，别的写在“要求”后面`,
    );
  return names.length === 0 ? undefined : { value: names, rest: '' };
}

const TARGET = new RegExp(`^(\\d[\\d,]*(?:\\.\\d+)?|${HAN_NUMBER})\\s*((?:(?:百|千)?万|亿|千)?(?:${MEASURES})?)$`);

/** 12 所, 十二所, 3.45 亿元. */
export function readTarget(text: string): { readonly value: SaidTarget; readonly rest: '' } | undefined {
  const said = text.replace(/^(?:年度)?目标(?:为|到|成)?\s*[:：]?\s*/, '').replace(/[\s,，;；。]+$/, '');
  if (said === '') return undefined;
  const [, number = '', measure = ''] = TARGET.exec(said) ?? [];
  const target = /\d/.test(number) ? Number(number.replaceAll(',', '')) : (hanNumber(number) ?? 0);
  if (!(target > 0) || measure === '') throw new UserError(`没有看懂目标“${said.slice(0, 20)}”。${HOW_TARGET}`);
  return { value: { target, measure }, rest: '' };
}

export const HOW_TARGET = '请写数字和单位，例如：目标 12 所；目标 3.45 亿元。';

const KINDS: readonly (readonly [RegExp, Task['kind']])[] = [
  [/(?:重大)?(?:行政)?决策(?:事项)?/, 'decisionMatter'],
  [/(?:为民|民生)办?实事(?:项目)?|实事(?:项目)?|民生(?:工程|项目)?/, 'livelihoodProject'],
  [
    /(?:年度|市级|县级|区级)?重点(?:工作|任务|事项|项目)?|(?:日常|常规|交办|一般|普通|其[他它])(?:工作|任务|事项)?/,
    'keyWork',
  ],
];

function readKind(text: string) {
  for (const [said, value] of KINDS) if (said.test(text)) return { value, rest: text.replace(said, ' ') };
  if (text.trim() === '') return undefined;
  throw new UserError(`没有执行。没看懂类别“${text.trim()}”。类别有：重点工作、民生实事、重大决策。`);
}

function dueIn(text: string, context: OwnContext) {
  refuseSecrecyWords(text);
  return readTaskDue(text, context);
}

/** What a line that gives a task may hold; names are still as written. */
export const NEW_TASK = {
  // It stands in lists and alerts.
  title: must('text', { asks: '请写任务内容。', max: 200 }),
  lead: mustRead(readNames, { after: ['牵头单位', '牵头', '责任单位', '主责单位'], asks: '请写牵头单位。' }),
  assist: mayRead(readNames, { after: ['配合单位', '配合', '协办单位'] }),
  people: mayRead(readPeople, { after: ['责任人', '负责人'] }),
  due: mayRead(dueIn, { after: ['完成时限', '截止日期', '截止', '时限', '期限'], asks: ASKS_DUE }),
  target: mayRead(readTarget, { after: ['年度目标', '目标'] }),
  kind: mayRead(readKind, { after: ['类别', '类型'] }),
  program: may('text', { after: ['专项'] }),
  requirement: may('text', { after: ['要求', '工作要求', '具体要求'], max: 500, urges: true }),
};

/** A task as it is given in one line. */
export interface SaidTask {
  readonly title: string;
  readonly lead: readonly string[];
  readonly assist: readonly string[];
  readonly people: readonly string[];
  readonly due?: SaidDue | SaidMilestone | undefined;
  readonly target?: SaidTarget | undefined;
  readonly kind: Task['kind'];
  readonly program?: string | undefined;
  readonly requirement: string;
  /** 保密, or words after which a task is confidential from the start; 公开 says that it is not. */
  readonly restricted: boolean;
}

/** Columns of the officials' tables that a task has no part for; a title that held them would stand so in every list. */
const NO_PART = /\s(?:来源|依据|分管领导|联系领导|联系人|联系电话|电话|备注|说明)(?:\s*[:：]\s*|\s+)\S.*$/;

function refuseOtherField(title: string): void {
  const [field] = NO_PART.exec(title) ?? [];
  if (field !== undefined)
    throw new UserError(`没有执行。没看懂${quoted([field.trim()])}。这些请写在“要求”后面，例如：要求 ${field.trim()}`);
}

const CONFIDED = /^(保密|公开)[\s:：,，]+|[\s,，（(](保密|公开)[)）]?$/;

/** Of the title: whether it is confidential, and a date before it, which is the deadline: 10个工作日内上报整改方案. */
export function saidTask(
  args: FormArgs<typeof NEW_TASK>,
  dates: { readonly today: LocalDate } & Pick<OwnContext, 'calendar' | 'at'>,
): SaidTask {
  const { title, lead, assist = [], people = [], target, kind = 'keyWork', program, requirement = '' } = args;
  const mark = CONFIDED.exec(title);
  const whole = mark ? title.replace(mark[0], '').trim() : title;
  if (viewersIn(whole) !== undefined) refuseSecrecyWords(whole);
  refuseOtherField(whole);
  const trailing = args.due ? undefined : trailingDue(whole, dates);
  const head = trailing ? whole.slice(0, trailing.start) : whole;
  const leading = args.due || trailing ? undefined : leadingDue(head, dates);
  return {
    title: asWritten(head.slice(leading?.end ?? 0).replace(/^[\s:：,，要须需]+|[\s,，;；。]+$/g, '')),
    lead,
    assist,
    people,
    target,
    kind,
    due: args.due ?? trailing ?? leading,
    program: program?.replace(/[\s,，;；。]+$/, ''),
    requirement: asWritten(requirement),
    restricted: mark ? mark[0].includes('保密') : isConfidential(head),
  };
}
