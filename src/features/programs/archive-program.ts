import { run } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import type { Program, ProgramFigures } from '../../ports/programs.ts';
import { mustManage } from './find-program.ts';
import type { SaidProgram } from './program-parts.ts';

/** 专项 归档 名称: says what would fall silent and asks; 专项 归档 名称 确认 does it. */
export async function archiveProgram(context: Situation, said: SaidProgram, sure: boolean): Promise<Outcome> {
  const program = await mustManage(context, said);
  if (program.archivedAt !== undefined)
    return { reply: plainDoc('已经归档', `专项“${program.name}”已经归档。`, { tone: 'muted' }) };
  const silent = silenced(await context.read.programFigures(program.id, context.now));
  if (!sure) {
    return {
      reply: plainDoc('请确认归档', `归档专项“${program.name}”（${program.unit.name}）以后，${silent}。`, {
        tone: 'soon',
        lines: ['不会删除任何内容：仍可按专项查询，也可以恢复。'],
        buttons: [
          {
            label: '确认归档',
            style: 'danger',
            press: run(`专项 归档 ${program.unit.name} ${program.name} 确认`),
          },
        ],
        note: `也可以发送：专项 归档 ${program.name} 确认`,
      }),
    };
  }
  return {
    reply: plainDoc('已归档', `专项“${program.name}”已归档：${silent}。`, {
      tone: 'done',
      lines: [`恢复请发送：专项 恢复 ${program.name}`],
    }),
    changes: [{ kind: 'program.archived', id: program.id, at: context.now, seen: program.version }],
    audit: [{ action: 'program.archived', subject: program.name }],
  };
}

export async function restoreProgram(context: Situation, said: SaidProgram): Promise<Outcome> {
  const program = await mustManage(context, said);
  if (program.archivedAt === undefined)
    return { reply: plainDoc('没有归档', `专项“${program.name}”没有归档，正在开展。`, { tone: 'muted' }) };
  return {
    reply: plainDoc('已恢复', `专项“${program.name}”已恢复，它的任务、督导安排和倒计时照常提醒。`, { tone: 'done' }),
    changes: [{ kind: 'program.restored', id: program.id, seen: program.version }],
    audit: [{ action: 'program.restored', subject: program.name }],
  };
}

/** What falls silent, in figures. */
function silenced({ openTasks, visitsAhead, missing }: ProgramFigures): string {
  const parts = [
    openTasks > 0 && `${openTasks} 项未办结任务`,
    visitsAhead > 0 && `${visitsAhead} 次待开展的督导`,
    missing > 0 && `${missing} 项未报自评`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `${parts.join('、')}不再提醒，倒计时停止` : '倒计时停止，没有未办结的事项';
}

/** What is done to an archived program would be seen by nobody. */
export const archivedSentence = ({ name }: Program): string =>
  `专项“${name}”已归档，不能修改。请先恢复：专项 恢复 ${name}`;
