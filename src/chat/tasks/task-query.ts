import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { Light } from '../../domain/work/light.ts';
import type { Task } from '../../domain/work/task.ts';
import type { UnitRef } from '../../domain/work/unit.ts';
import type { Reads, Scope } from '../../ports/store.ts';
import { candidatesOf, directoryFrom } from '../names.ts';
import { readSlots } from '../read-slots.ts';
import { resolveUnit } from '../resolve.ts';

/** Which tasks are asked for: 民生实事 亮灯, 财政局 任务, 12所学校建设. */
export interface TaskQuestion {
  readonly kind?: Task['kind'] | undefined;
  readonly light?: Light | undefined;
  readonly unit?: UnitRef | undefined;
  readonly mine: boolean;
  readonly done: boolean;
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
  const directory = directoryFrom(await asked.read.names(candidatesOf(left)));
  const slots = readSlots('任务查询', left, { ...asked, directory });
  return {
    ...{ kind, light, done, mine: slots.me === true },
    unit: await resolveUnit(slots.units, asked),
    keyword: slots.rest.replace(NO_KEYWORD, ' ').replace(/\s+/g, ' ').trim(),
  };
}
