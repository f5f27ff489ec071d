import { NUMERAL, numeralOf } from '../../domain/calendar/numeral.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Context } from '../../language/command.ts';
import { NothingHere, UserError } from '../../language/errors.ts';
import { confidantOf } from '../../language/who/confidant.ts';

/** How a task is named: by its own number (T12), or by its row in the office's table (第12项). */
export type TaskRef = { readonly number: number } | { readonly row: string };

const NUMBER = /^(?:任务\s*)?T\s*-?\s*0*(\d{1,6})(?!\d)\s*[:,，、]?\s*/i;
const ROW = new RegExp(`^第\\s*(${NUMERAL}|\\d{1,4})\\s*(?:项|号|条)(?:任务|工作)?\\s*`);
const BARE = /^0*(\d{1,6})(?=\s|$)(?!\s*T\s?-?\d)\s*/i;

/** As a source for larger patterns. A bare number before another one with its letter is none: 7 T12. */
export const TASK_REF = `(?:任务\\s*)?T\\s*-?\\s*0*\\d{1,6}(?!\\d)|第\\s*(?:${NUMERAL}|\\d{1,4})\\s*(?:项|号|条)|0*\\d{1,6}(?=\\s|$)(?!\\s*T\\s?-?\\d)`;

/** The task that a text begins with, and the rest of the text. */
export function readTaskRef(text: string): { readonly ref: TaskRef; readonly rest: string } | undefined {
  const numbered = NUMBER.exec(text) ?? BARE.exec(text);
  if (numbered) return { ref: { number: Number(numbered[1]) }, rest: text.slice(numbered[0].length) };
  const row = ROW.exec(text);
  return row ? { ref: { row: String(numeralOf(row[1] ?? '')) }, rest: text.slice(row[0].length) } : undefined;
}

/** T3 谁负责, T3 什么时候截止: its card says it. */
const ASKS_OF_ONE =
  /^(?:是|由|归|的|现在|目前)*(?:谁|哪个?(?:单位|部门|科室)|什么时候|何时|哪天|几号|多久)(?:来|要)?(?:负责|牵头|主责|配合|办理?|做|管|截止|到期|交|报送?|完成)(?:的|啊|呀)?$|^(?:的)?(?:负责人|责任人|责任单位|牵头单位|截止(?:时间|日期)?)(?:是)?(?:谁|哪个|什么时候|哪天)?$/;

/** A line that is the name of a task and nothing else, or asks what stands on its card. */
export function taskAlone(text: string): { readonly value: TaskRef; readonly rest: '' } | undefined {
  const named = readTaskRef(text);
  const rest = named?.rest.trim();
  return named && (rest === '' || ASKS_OF_ONE.test(rest ?? '')) ? { value: named.ref, rest: '' } : undefined;
}

/** T3谁负责, as a sentence of its own. */
export const asksOfOne = (line: string): boolean =>
  /^T-?\d/i.test(line) && readTaskRef(line)?.rest !== '' && taskAlone(line) !== undefined;

/** The one task that is meant, done or not; one of others is as unknown as one that is not there. */
export async function resolveTask(
  ref: TaskRef,
  context: Pick<Context, 'chat' | 'actor' | 'scope' | 'read'>,
): Promise<Task> {
  const asked = { scope: context.scope, given: true, confidant: confidantOf(context) } as const;
  if ('number' in ref) {
    const [task] = await context.read.tasks({ ...asked, state: 'any', number: ref.number });
    if (task) return task;
    throw new NothingHere(`这里没有编号为 T${ref.number} 的任务。发送“任务”看全部任务和编号。`);
  }
  const open = (await context.read.tasks(asked)).filter(({ code }) => code === ref.row);
  const [only, ...more] = open;
  if (only && more.length === 0) return only;
  if (!only) throw new NothingHere(`这里没有第 ${ref.row} 项任务。发送“任务”看全部任务和编号。`);
  const named = open.slice(0, 4).map(({ number, program, title }) => `T${number} ${title}（${program}）`);
  throw new UserError(`第 ${ref.row} 项有 ${open.length} 个：${named.join('、')}。请写编号，例如 T${only.number}。`);
}
