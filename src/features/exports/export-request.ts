import type { Action } from '../../domain/people/rights.ts';
import { UserError } from '../../language/errors.ts';
import { resolveOwnUnit } from '../../language/who/resolve.ts';
import { requireRight, scopeWithin } from '../../language/who/rights.ts';
import { topUnits } from '../../language/who/top-units.ts';
import type { ListKind, ListReader, ListRequest } from '../../language/workbooks.ts';
import type { ExportAsk, ExportKind, Narrowing } from './export-kind.ts';
import { EXPORT_KINDS } from './export-kinds.ts';

type AnyKind = { readonly [Kind in ListKind]: ExportKind<Kind> }[ListKind];
const KINDS: readonly AnyKind[] = Object.values(EXPORT_KINDS);

/** Which list is meant; a program's name alone means its tasks, a checklist's its indicators. */
export function kindOf({ rest, programs, checklists }: ExportAsk['args']): AnyKind {
  const found = KINDS.find(({ words }) => words.test(rest));
  if (found) return found;
  const name = programs.length > 0 ? 'program' : 'checklist';
  const byName = KINDS.find(({ meantBy }) => meantBy === name);
  if (byName && rest === '' && programs.length + checklists.length > 0) return byName;
  const names = KINDS.map((kind) => kind.name).join('、');
  throw new UserError(`可以导出：${names}。例如：导出 督导日程 4月，导出 问题 逾期`);
}

/** A list that is asked for, and for whom: no wider than the right that its kind needs. */
interface AskedList {
  readonly request: ListRequest;
  readonly reader: ListReader;
}

/** What is asked of the list, after the rights that its kind needs. */
export async function requestOf(context: ExportAsk, asked: AnyKind, sees: ListReader): Promise<AskedList> {
  const { args } = context;
  if (!asked.readsWords) refuseUnread(args.rest.replace(asked.words, '').replaceAll(asked.reads ?? NOTHING, ' '));
  refuseUnnarrowed(args, asked);
  const unit = await resolveOwnUnit(args.units, context);
  if (unit) await requireRight(context, asked.right ?? 'export.take', { unitIds: [unit.id] });
  const reader = asked.right && context.chat.type === 'p2p' ? await readerWithin(context, asked.right, sees) : sees;
  if (asked.right && !unit) await requireRight(context, asked.right, { unitIds: [reader.about.id] });
  const request = await asked.request(context, { unit, programId: args.programs[0]?.programId, reader });
  return { request, reader };
}

/** Whoever runs one county and is only a liaison of the next reads both, and gets the mobiles of the one. */
async function readerWithin(context: ExportAsk, right: Action, sees: ListReader): Promise<ListReader> {
  const scope = await scopeWithin(context, right, sees.scope);
  const [about = sees.about] = await topUnits(context.read, scope.unitIds);
  return { ...sees, scope, about };
}

/** What stands beside the kind of list and needs no reading. */
const FILLER =
  /导出|通知|回执|下载|表格|文件|一份|一下|督导|责任|任务|日程|行程|安排|计划|分解|评估|指标|细则|清单|列表|名单|标准|单位|人员|通讯录|规则|推送|问题|整改|台账|截止|到期|待办|进展|进度|调度|亮灯|重点工作|重大决策(?:事项)?|民生实事|自评|专项|工作|情况|全部|所有|今年|年度|[中表的了成给我发:，,、()]/g;

const NOTHING = /(?!)/g;

const NARROWINGS: readonly (readonly [Narrowing, string, (args: ExportAsk['args']) => boolean])[] = [
  ['days', '时间', ({ when }) => when !== undefined],
  ['unit', '单位', ({ units }) => units.length > 0],
  ['people', '姓名', ({ people }) => people.length > 0],
  ['program', '专项', ({ programs }) => programs.length > 0],
  ['checklist', '细则', ({ checklists }) => checklists.length > 0],
];

/** A list that is longer than what was asked for is not sent: 导出 通讯录 4月. */
function refuseUnnarrowed(args: ExportAsk['args'], { name, narrows }: AnyKind): void {
  const isSet = args.programs.length > 0;
  const off = NARROWINGS.filter(
    // A program brings its checklist along.
    ([each, , isSaid]) => isSaid(args) && !narrows.includes(each) && !(each === 'checklist' && isSet),
  ).map(([, word]) => word);
  if (off.length === 0) return;
  const can = NARROWINGS.flatMap(([each, word]) => (narrows.includes(each) ? [word] : []));
  const how = can.length > 0 ? `只能按${can.join('、')}` : '只能全部导出，不能缩小';
  throw new UserError(`没有导出：${name}不能按${off.join('、')}缩小，${how}。例如：导出 ${name}`);
}

/** 导出 任务 火星区: a unit that is not known must not become the whole district. */
function refuseUnread(rest: string): void {
  const unread = rest.replace(FILLER, ' ').trim();
  if (/\p{L}/u.test(unread))
    throw new UserError(`没有看懂“${unread}”。单位请写全称或通讯录里的简称，例如：导出 督导日程 4月 望海区`);
}
