import { plainDoc } from '../../cards/plain.ts';
import type { Checklist } from '../../domain/checklists/checklist.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import type { Change } from '../../ports/changes.ts';
import type { Program } from '../../ports/programs.ts';
import { archivedSentence } from './archive-program.ts';
import { mustManage } from './find-program.ts';
import type { SaidProgram } from './program-parts.ts';

const OWN = /^(?:自己的?|本专项的?|自有|自有细则|导入的?)(?:细则)?$/;
const NONE = /^(?:取消|不用|清空|无)$/;
const SHOWN = 8;

/** The program's own set, whether a workbook brought it or a copy began it: both are known by the same id, so that a workbook goes on with a copy. */
const ownId = ({ id }: Program): string => `own_${id}`;

/** 专项 清单 名称 优质均衡 | 复制 优质均衡 | 自己的 | 取消. */
export async function chooseChecklist(
  context: Situation,
  said: SaidProgram,
  { copies, set = '' }: { readonly copies: boolean; readonly set?: string | undefined },
): Promise<Outcome> {
  const program = await mustManage(context, said);
  const all = await context.read.checklists();
  const open = all.filter(({ id, builtIn }) => builtIn || id === ownId(program));
  if (set === '' && !copies) return { reply: choices(program, all, open) };
  if (program.archivedAt !== undefined) throw new UserError(archivedSentence(program));
  if (copies) return copy(context, program, found(open, set), all);
  if (NONE.test(set)) return changed(context, program, all, undefined);
  const own = open.find(({ id }) => id === ownId(program));
  if (OWN.test(set) && !own)
    throw new UserError(
      `“${program.name}”还没有自己的细则。可以导入它的任务分解表，或复制一套：专项 清单 ${program.name} 复制 优质均衡`,
    );
  return changed(context, program, all, OWN.test(set) && own ? own : found(open, set));
}

const nameOf = ({ names, title }: Checklist): string => names[0] ?? title;

function choices(program: Program, all: readonly Checklist[], open: readonly Checklist[]) {
  const now = all.find(({ id }) => id === program.checklistId);
  return plainDoc('专项的评估细则', `“${program.name}”的评估细则：${now ? `《${now.title}》` : '没有选定'}。`, {
    lines: [`可以选：${open.map(nameOf).join('、')}。`],
    note: `写法：专项 清单 ${program.name} 优质均衡；专项 清单 ${program.name} 复制 优质均衡（复制后可以按本地的要求改）。`,
  });
}

/** By a name that officials use, else by a part of the title that only one has. */
function found(open: readonly Checklist[], words: string): Checklist {
  const name = words.replace(/^[《“]|[》”]$/g, '').trim();
  const exact = open.filter(({ title, names }) => title === name || names.includes(name));
  const near = open.filter(({ title, names }) => title.includes(name) || names.some((each) => each.includes(name)));
  const [only, second] = exact.length > 0 ? exact : near;
  if (only && !second) return only;
  const list = (second ? near : open).slice(0, SHOWN).map(nameOf).join('、');
  throw new UserError(second ? `“${name}”有几套：${list}。请写全名。` : `没有找到评估细则“${name}”。可以选：${list}。`);
}

async function changed(
  context: Situation,
  program: Program,
  all: readonly Checklist[],
  to: Checklist | undefined,
): Promise<Outcome> {
  if (program.checklistId === to?.id)
    return {
      reply: plainDoc('没有变化', `“${program.name}”本来就${to ? `按《${to.title}》` : '没有选定评估细则'}。`, {
        tone: 'muted',
      }),
    };
  await refuseAssessed(context, program);
  const { id, unit, name, version } = program;
  return {
    reply: plainDoc('已选定评估细则', `专项“${name}”${to ? `按《${to.title}》评估` : '不再按细则评估'}。`, {
      tone: 'done',
      lines: to ? [`来源：${to.source}。发送“清单 ${nameOf(to)}”查看各项。`] : [],
    }),
    changes: [{ kind: 'programs.put', rows: [{ id, unitId: unit.id, name, checklistId: to?.id, seen: version }] }],
    audit: [auditOf(program, all, to?.title)],
  };
}

/** The copy's indicators belong to the district: its workbook may change them, and the built-in set stays as it is. */
async function copy(
  context: Situation,
  program: Program,
  from: Checklist,
  all: readonly Checklist[],
): Promise<Outcome> {
  const id = ownId(program);
  if (all.some((checklist) => checklist.id === id))
    throw new UserError(
      `“${program.name}”已有自己的细则，不能再复制一套。要用它请发送：专项 清单 ${program.name} 自己的`,
    );
  await refuseAssessed(context, program);
  const indicators = await context.read.importedIndicators(from.id);
  const title = `${program.name}评估细则（据《${from.title}》）`;
  const { unit, name, version } = program;
  const changes: Change[] = [
    {
      kind: 'checklists.put',
      rows: [{ id, title, source: from.source, edition: from.edition, scope: from.scope, names: [`${name}细则`] }],
    },
    {
      kind: 'indicators.put',
      rows: indicators.map(({ version: _version, ...row }) => ({ ...row, id: `${id}:${row.code}`, checklistId: id })),
    },
    { kind: 'programs.put', rows: [{ id: program.id, unitId: unit.id, name, checklistId: id, seen: version }] },
  ];
  return {
    reply: plainDoc(
      '已复制评估细则',
      `已把《${from.title}》的 ${indicators.length} 项复制给专项“${name}”，今后按自己的这一套评估。`,
      {
        tone: 'done',
        lines: [`要改，请导入这个专项的任务分解表，编号相同的按表修改，其余不变。发送“清单 ${name}细则”查看。`],
      },
    ),
    changes,
    audit: [auditOf(program, all, title)],
  };
}

const auditOf = (program: Program, all: readonly Checklist[], after: string | undefined) => ({
  action: 'program.checklist' as const,
  subject: program.name,
  before: all.find(({ id }) => id === program.checklistId)?.title,
  after: after ?? '没有选定',
});

/** What units reported was measured by the indicators of the old set, and would count for nothing under another. */
async function refuseAssessed({ read, now }: Situation, program: Program): Promise<void> {
  const { assessed } = await read.programFigures(program.id, now);
  if (assessed > 0)
    throw new UserError(
      `“${program.name}”已有 ${assessed} 项自评按现在的细则填报，换细则会对不上。请新增一个专项来用另一套。`,
    );
}
