import { addDays, type LocalDate, startOfMonth, wallClock } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Light } from '../../domain/tasks/light.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { TaskState } from '../../domain/tasks/task-board.ts';
import { UserError } from '../../language/errors.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { MARKS_ONLY } from '../../language/words/filler.ts';
import { directoryFrom, regionCandidatesOf, withRegions } from '../../language/words/names.ts';
import { nearestWords } from '../../language/words/nearest.ts';
import { type LineReader, readSlots } from '../../language/words/read-slots.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Reads } from '../../ports/store.ts';
import { refuseViewers } from './secrecy-words.ts';

/** What is left of a line about tasks when no task is named in it. */
const LEFT: LineReader = { parts: { names: true, me: true }, filler: MARKS_ONLY };

/** Which tasks are asked for: 民生实事 亮灯, 财政局 任务, 12所学校建设. */
export interface TaskQuestion {
  readonly kind?: Task['kind'] | undefined;
  readonly light?: Light | undefined;
  readonly unit?: UnitRef | undefined;
  readonly mine: boolean;
  readonly done: boolean;
  /** 落后: red or yellow. */
  readonly behind: boolean;
  /** 缺报: not reported this month. */
  readonly missing: boolean;
  /** 保密. */
  readonly confidential: boolean;
  /** 逾期, 到期 (within a week, or over), 未逾期. */
  readonly due?: 'over' | 'soon' | 'ahead' | undefined;
  /** A part of the title; empty for all. */
  readonly keyword: string;
}

const KINDS: readonly (readonly [RegExp, Task['kind']])[] = [
  [/重大决策(?:事项)?|决策事项/, 'decisionMatter'],
  [/民生实事|为民办?实事|实事项?目?/, 'livelihoodProject'],
  [/重点工作/, 'keyWork'],
];
const LIGHTS: readonly (readonly [RegExp, Light])[] = [
  [/红灯|亮红灯/, 'red'],
  [/黄灯|亮黄灯/, 'yellow'],
  [/绿灯|亮绿灯/, 'green'],
];
const DUES: readonly (readonly [RegExp, NonNullable<TaskQuestion['due']>])[] = [
  [/(?:还?没有?|未|不)(?:逾期|超期|过期|到期)(?:的)?/, 'ahead'],
  [/(?:已经?)?(?:逾期|超期|过期|超时|拖欠)(?:了|的)?/, 'over'],
  [/(?:快要?|即将|临近|将)?到期(?:了|的)?/, 'soon'],
];
const SOON_DAYS = 7;
const NO_KEYWORD =
  /有没有|没有|是否|亮灯|进展|进度|序时|情况|如何|怎么样|有哪些|哪些|什么|全部|所有|清单|列表|一览|任务|查看|查询|待办|tasks?|progress|todo|[的了吗呢?？、,，。:：]/gi;

export async function readTaskQuestion(
  text: string,
  asked: { readonly read: Reads; readonly scope: Scope; readonly today: LocalDate; readonly calendar: Calendar },
): Promise<TaskQuestion> {
  let left = text;
  const take = <T>(table: readonly (readonly [RegExp, T])[]): T | undefined => {
    const row = table.find(([pattern]) => pattern.test(left));
    if (row) left = left.replace(row[0], ' ');
    return row?.[1];
  };
  const kind = take(KINDS);
  const light = take(LIGHTS);
  const done = take([[/已(?:经)?(?:完成|办结)(?:的)?/, true]]) ?? false;
  const behind = take([[/落后|滞后|慢于?序时/, true]]) ?? false;
  const missing = take([[/缺报|(?:谁|哪些单位)?还?(?:没有?|未)上?报(?:的|过|送)?(?:单位)?/, true]]) ?? false;
  const confidential = take([[/保密/, true]]) ?? false;
  const due = take(DUES);
  const directory = withRegions(directoryFrom(await asked.read.names(regionCandidatesOf(left))));
  const slots = readSlots(LEFT, left, { ...asked, directory });
  return {
    kind,
    light,
    done,
    behind,
    missing,
    confidential,
    due,
    mine: slots.me === true,
    unit: await resolveUnit(slots.units, asked),
    keyword: slots.rest.replace(NO_KEYWORD, ' ').replace(/\s+/g, ' ').trim(),
  };
}

/** Whether the state of a task is one that is asked for, beside what its row says. */
export const isAsked = (
  { task, light, latest, due }: TaskState,
  asked: TaskQuestion,
  { today, zone }: { readonly today: LocalDate; readonly zone: string },
): boolean =>
  (asked.light === undefined || light?.light === asked.light) &&
  (!asked.behind || light?.light === 'red' || light?.light === 'yellow') &&
  (!asked.missing ||
    (task.ownRole === 'lead' && (latest === undefined || wallClock(latest.at, zone).date < startOfMonth(today)))) &&
  (!asked.confidential || task.restricted) &&
  isDue(due, asked.due, today);

function isDue(due: LocalDate | undefined, asked: TaskQuestion['due'], today: LocalDate): boolean {
  if (asked === undefined) return true;
  if (asked === 'ahead') return due === undefined || due >= today;
  return due !== undefined && (asked === 'over' ? due < today : due <= addDays(today, SOON_DAYS));
}

/** The words of the question, for the title. */
export const aboutOf = (asked: TaskQuestion, kind: string | undefined): string =>
  [
    asked.mine ? '我的' : asked.unit?.name,
    asked.confidential && '保密',
    kind,
    asked.behind && '落后',
    asked.missing && '本月缺报',
    asked.due && { over: '逾期', soon: '到期', ahead: '未逾期' }[asked.due],
    asked.keyword,
  ]
    .filter(Boolean)
    .join(' ');

/** Verbs with which an order begins that names no task: 催办 望海区. */
const ORDERS =
  /^(催办|催一下|催|改期|延期|推迟|提前|顺延|重开|恢复|转交|移交|转派|指派|限期整改|通报|办结|完成|取消|删除|作废|撤销|撤回|终止|中止|停办)/;
const NOT_THERE = /^(?:取消|删除|作废|撤销|撤回|终止|中止|停办|暂停|注销|废止)/;

/** What a line that names a task and was not read as an order is told; `words` are the line without the number. */
export function notAnOrder(words: string, code: string): string {
  refuseViewers(words);
  const verb = NOT_THERE.exec(words)?.[0];
  return verb
    ? `没有办理：任务没有“${verb}”这一项。不再办的请办结并写明原因：任务 完成 ${code} 原因 …；换时间请发送：任务 改期 ${code} 6月30日 原因 …；换单位请发送：任务 转交 ${code} 单位 原因 …`
    : `没有看懂“${words}”。报进展请发送：进展 ${code} 60%；办结请发送：任务 完成 ${code}`;
}

/** Said where no title holds the keyword: that it is an order without a number, or which unit may be meant. */
export async function helpWithKeyword(
  { keyword, unit }: TaskQuestion,
  command: string,
  read: Pick<Reads, 'directory'>,
): Promise<string | undefined> {
  const [, verb] = ORDERS.exec(keyword) ?? [];
  if (verb)
    throw new UserError(
      NOT_THERE.test(verb)
        ? notAnOrder(verb, 'T12')
        : `没有办理：${verb}要写任务编号，例如：任务 ${verb} T12。看编号请发送：任务${unit ? ` ${unit.name}` : ''}`,
    );
  if (keyword === '') return undefined;
  const { units } = await read.directory();
  const near = nearestWords(
    keyword,
    units.flatMap(({ names }) => names),
  );
  return near.length > 0 ? `找单位的任务，是不是：${near.map((name) => `${command} ${name}`).join('、')}？` : undefined;
}
