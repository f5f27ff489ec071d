import { plainDoc } from '../../cards/plain.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { requireRight } from '../../language/who/rights.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import type { Program } from '../../ports/programs.ts';
import { mustManage } from './find-program.ts';
import type { SaidProgram } from './program-parts.ts';

export const MAX_NAME = 40;
/** A program of this name could not be asked for. */
const VERBS = /^(?:列表|全部|归档|新增|改名|恢复|节点|清单|单位|删除)$/;

/** 专项 新增 2026年两项督导 [望海区]: run by the unit written last, else by the group's, else by the unit above all. */
export async function openProgram(context: Situation, name: string, runner: UnitMention | undefined): Promise<Outcome> {
  const unit = (await resolveUnit(runner ? [runner] : [], context)) ?? (await usualUnit(context));
  await requireRight(context, 'program.change', { unitIds: [unit.id] });
  const words = validName(unquoted(name));
  await refuseTwin(context, words, unit);
  const id = context.ids.next('program');
  return {
    reply: plainDoc('已新增专项', `已新增专项“${words}”，由“${unit.name}”组织。`, {
      tone: 'done',
      lines: [
        `没有列参加单位时，“${unit.name}”及下属全部单位都看得到它。`,
        `接着可以发送：专项 节点 ${words} 市级核查 4月初；专项 清单 ${words} 优质均衡；专项 单位 ${words} 加 单位名称。`,
      ],
    }),
    changes: [{ kind: 'programs.put', rows: [{ id, unitId: unit.id, name: words }] }],
    audit: [{ action: 'program.added', subject: words, after: unit.name }],
  };
}

/** 专项 改名 旧名称 新名称. */
export async function renameProgram(context: Situation, said: SaidProgram, to: string): Promise<Outcome> {
  const program = await mustManage(context, said);
  if (to === '') throw new UserError(`请写上新的名称，例如：专项 改名 ${program.name} 新名称`);
  const name = validName(unquoted(to.replace(/^(?:改?为|改?成|叫|→|->)[\s:：]*/, '')));
  if (name === program.name) return { reply: plainDoc('没有变化', `专项本来就叫“${name}”。`, { tone: 'muted' }) };
  await refuseTwin(context, name, program.unit);
  const { id, unit, checklistId, version } = program;
  return {
    reply: plainDoc('已改名', `专项“${program.name}”已改名为“${name}”。`, {
      tone: 'done',
      lines: ['任务、督导安排和自评仍属于它。'],
    }),
    changes: [{ kind: 'programs.put', rows: [{ id, unitId: unit.id, name, checklistId, seen: version }] }],
    audit: [{ action: 'program.renamed', subject: name, before: program.name, after: name }],
  };
}

/** “平安校园”创建 is quoted in part, and stays so. */
const unquoted = (text: string): string => text.replace(/^[“"「]([^”"」]*)[”"」]$/, '$1').trim();

function validName(name: string): string {
  if (name === '') throw new UserError('请写上名称，例如：专项 新增 2026年两项督导 望海区');
  if (name.length < 2 || name.length > MAX_NAME) throw new UserError(`专项名称要 2 到 ${MAX_NAME} 个字。`);
  if (VERBS.test(name)) throw new UserError(`“${name}”是命令里的词，不能作专项名称，请换一个。`);
  return name;
}

async function refuseTwin({ read }: Situation, name: string, unit: UnitRef): Promise<void> {
  const twin = (await read.programsByName(name)).find((program) => program.unit.id === unit.id);
  if (twin) throw new UserError(twinSentence(twin));
}

const twinSentence = ({ name, unit, archivedAt }: Program): string =>
  archivedAt === undefined
    ? `“${unit.name}”已有专项“${name}”，请换一个名称。`
    : `“${unit.name}”有同名专项“${name}”，已归档。要接着用，请发送：专项 恢复 ${name}；否则请换一个名称。`;

async function usualUnit({ chat, read }: Situation): Promise<UnitRef> {
  if (chat.group?.unit) return chat.group.unit;
  const root = (await read.directory()).units.find(({ parentId }) => parentId === undefined);
  if (!root) throw new UserError('还没有单位通讯录，请先导入单位通讯录。');
  return { id: root.id, name: root.name };
}
