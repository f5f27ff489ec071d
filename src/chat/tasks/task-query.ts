import { type LocalDate, startOfMonth, wallClock } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { Light } from '../../domain/work/light.ts';
import type { Task } from '../../domain/work/task.ts';
import type { TaskState } from '../../domain/work/task-board.ts';
import type { UnitRef } from '../../domain/work/unit.ts';
import type { Reads, Scope } from '../../ports/store.ts';
import { MARKS_ONLY } from '../filler.ts';
import { candidatesOf, directoryFrom } from '../names.ts';
import { type LineReader, readSlots } from '../read-slots.ts';
import { resolveUnit } from '../resolve.ts';

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
const NO_KEYWORD =
  /亮灯|进展|进度|序时|情况|如何|怎么样|有哪些|哪些|什么|全部|所有|清单|列表|一览|任务|查看|查询|待办|tasks?|progress|todo|[的了吗呢?？、,，。:：]/gi;

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
  const directory = directoryFrom(await asked.read.names(candidatesOf(left)));
  const slots = readSlots(LEFT, left, { ...asked, directory });
  return {
    ...{ kind, light, done, behind, missing, confidential, mine: slots.me === true },
    unit: await resolveUnit(slots.units, asked),
    keyword: slots.rest.replace(NO_KEYWORD, ' ').replace(/\s+/g, ' ').trim(),
  };
}

/** Whether the state of a task is one that is asked for, beside what its row says. */
export const isAsked = (
  { task, light, latest }: TaskState,
  asked: TaskQuestion,
  { today, zone }: { readonly today: LocalDate; readonly zone: string },
): boolean =>
  (asked.light === undefined || light?.light === asked.light) &&
  (!asked.behind || light?.light === 'red' || light?.light === 'yellow') &&
  (!asked.missing ||
    (task.ownRole === 'lead' && (latest === undefined || wallClock(latest.at, zone).date < startOfMonth(today)))) &&
  (!asked.confidential || task.restricted);

/** The words of the question, for the title. */
export const aboutOf = (asked: TaskQuestion, kind: string | undefined): string =>
  [
    asked.mine ? '我的' : asked.unit?.name,
    asked.confidential && '保密',
    kind,
    asked.behind && '落后',
    asked.missing && '本月缺报',
    asked.keyword,
  ]
    .filter(Boolean)
    .join(' ');
