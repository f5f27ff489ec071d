import { run } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Button } from '../../cards/views.ts';
import { figureText } from '../../domain/tasks/measure.ts';
import { type Task, taskName } from '../../domain/tasks/task.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { refuseSeveral } from '../../language/words/several.ts';
import { figureOf } from './task-card.ts';
import { requireLead } from './task-desk.ts';
import { resolveTask } from './task-ref.ts';

/** That a report was wrong, said in a sentence: nothing is changed by it, and what changes it is named. */

const REF = 'T\\s?-?\\s?0*(\\d{1,6})(?!\\d)';
const FIGURE = '\\d+(?:\\.\\d+)?';
const BEFORE =
  '(?:上次|上回|刚才|刚刚|之前|前面|昨天|上午|早上|我们?|的|进展|进度|数据?|又|也|是|不好意思|抱歉|对不起|\\s)*';
const WRONG = `(?:(?:报|写|填|打|弄|搞|输|说|算)错|[多少]报了|报[高多低少]了|(?:应该?是|应为|实际(?:是|为|只有))\\s*(?:${FIGURE}|百分之))`;
const CLAIMS = new RegExp(`(?:^|[\\s,，。;；、!:：%]|${REF})${BEFORE}${WRONG}`, 'i');

/** T1 报错了，应该是50%; not the order itself: 进展 T1 更正 50% 原因 报错. */
export const claimsWrong = (text: string): boolean => CLAIMS.test(text) && !/更正|订正|改正/.test(text);

/** The same with the task that it is of. */
export const wrongOfTask = (text: string): boolean => new RegExp(REF, 'i').test(text) && claimsWrong(text);

export async function answerWrong(text: string, context: Situation): Promise<Outcome> {
  refuseSeveral(text, 'T');
  const number = Number(new RegExp(REF, 'i').exec(text)?.[1]);
  const task = await resolveTask({ number }, context);
  const name = taskName(task);
  const last = (await context.read.progress([task.id])).at(-1);
  const meant = figuresIn(text, task).findLast(({ written }) => !last || written !== figureOf(task, last));
  const stands = last ? `没有改：${name} 现在记的仍是 ${figureOf(task, last)}。` : `没有记下：${name} 还没有报过进展。`;
  const isLower = last && (!meant || meant.value < ((meant.isShare ? last.percent : last.amount) ?? 0));
  const { says, buttons } = isLower ? await correction(context, task, meant?.written) : reported(name, meant?.written);
  return { reply: plainDoc('没有改', `${stands}${says}`, { tone: 'soon', buttons }) };
}

interface Figure {
  readonly written: string;
  readonly value: number;
  readonly isShare: boolean;
}

/** In the order in which they were said; an amount where the task counts. */
function figuresIn(text: string, { target, measure }: Task): readonly Figure[] {
  const counted = target === undefined ? '' : `|(${FIGURE})\\s*${measure.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
  return [...text.matchAll(new RegExp(`(${FIGURE})\\s*%${counted}`, 'g'))].map(([, share, amount]) => {
    const value = Number(share ?? amount);
    const isShare = share !== undefined;
    return { value, isShare, written: isShare ? `${value}%` : `${figureText(value)} ${measure}` };
  });
}

interface Way {
  readonly says: string;
  readonly buttons: readonly Button[];
}

const buttonOf = (label: string, query: string): Button => ({ label, press: run(query) });

const reported = (name: string, figure: string | undefined): Way =>
  figure === undefined
    ? { says: `请写完成了多少，例如：进展 ${name} 60%`, buttons: [] }
    : {
        says: `要报请按按钮，或发送：进展 ${name} ${figure}`,
        buttons: [buttonOf(`报 ${figure}`, `进展 ${name} ${figure}`)],
      };

/** What goes down is put right by whoever may. */
async function correction(context: Situation, task: Task, figure: string | undefined): Promise<Way> {
  const name = taskName(task);
  const line = `进展 ${name} 更正 ${figure ?? '50%'} 原因 报错`;
  try {
    await requireLead(context, 'task.correct', task);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { says: `${error.message}请他们发送：${line}`, buttons: [] };
  }
  return figure === undefined
    ? { says: `要更正请发送：${line}`, buttons: [] }
    : { says: `要更正请按按钮，或发送：${line}`, buttons: [buttonOf(`更正为 ${figure}`, line)] };
}
