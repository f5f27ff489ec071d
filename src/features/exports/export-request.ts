import { describeSpan } from '../../domain/calendar/describe.ts';
import { addDays, instantAt, makeDate, yearOf } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import { reachOf } from '../../domain/people/rights.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Context } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { resolveOwnUnit } from '../../language/who/resolve.ts';
import { requireRight } from '../../language/who/rights.ts';
import type { Slots } from '../../language/words/slots.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { LedgerState } from '../../ports/ledger.ts';
import { AUDIT_KINDS } from '../overview/audit-kinds.ts';
import { withheldHere } from '../visits/visit-find.ts';
import { EXPORT_KINDS, type ExportKind } from './export-kinds.ts';

type Ask = Context<Pick<Slots, 'when' | 'units' | 'people' | 'programs' | 'checklists' | 'rest'>>;

/** Which list is meant; a program's name alone means its tasks, a checklist's its indicators. */
export function kindOf({ rest, programs, checklists }: Ask['args']): ExportKind {
  const found = EXPORT_KINDS.find(({ words }) => words.test(rest));
  if (found) return found;
  const byName = EXPORT_KINDS.find(({ kind }) => kind === (programs.length > 0 ? 'tasks' : 'checklist'));
  if (byName && rest === '' && programs.length + checklists.length > 0) return byName;
  const names = EXPORT_KINDS.map(({ name }) => name).join('、');
  throw new UserError(`可以导出：${names}。例如：导出 督导日程 4月，导出 问题 逾期`);
}

/** What is asked of the list, after the rights that its kind needs. */
export async function requestOf(
  context: Ask,
  { kind, right, words: kindWords }: ExportKind,
  reader: ListReader,
): Promise<Exclude<ListRequest, { kind: 'summary' }> | 'summary'> {
  const { args, chat, read, today } = context;
  if (kind !== 'audit' && kind !== 'summary') refuseUnread(args.rest.replace(kindWords, ''));
  const unit = await resolveOwnUnit(args.units, { read, scope: reader.scope });
  if (right) await requireRight(context, right, { unitIds: [(unit ?? reader.about).id] });
  const programId = args.programs[0]?.programId;
  switch (kind) {
    case 'schedule':
      return { kind, span: args.when ?? yearSpan(today), unitId: unit?.id };
    case 'findings': {
      const state = stateOf(args.rest);
      const words = [unit?.name, args.programs[0]?.name, args.when && describeSpan(args.when, today), state?.word];
      const about = words.filter(Boolean).join(' ');
      return { kind, unitId: unit?.id, programId, found: args.when, state: state?.state, about };
    }
    case 'tasks':
    case 'progress':
      return { kind, unitId: unit?.id, programId, due: args.when, ...tasksAsked(args.rest) };
    case 'assessment':
      return { kind, unit: unit ?? reader.about, programId };
    case 'checklist':
      return { kind, checklistId: await checklistId(context) };
    case 'rules':
      return { kind, ...(chat.type === 'group' && { chatId: chat.chatId }) };
    case 'audit':
      return { kind, query: await auditQuery(context, unit, reader) };
    case 'summary':
      return kind;
    case 'notices': {
      if (chat.type === 'group') return { kind, span: args.when, chatId: chat.chatId };
      const everything = reachOf(context.actor, 'notice.unconfirmed') === 'everywhere';
      return { kind, span: args.when, ...(!everything && { sender: context.actor.openId }) };
    }
    case 'directory':
    case 'milestones':
      return { kind };
  }
}

/** What stands beside the kind of list and needs no reading. */
const FILLER =
  /导出|通知|回执|下载|表格|文件|一份|一下|督导|责任|任务|日程|行程|安排|计划|分解|评估|指标|细则|清单|列表|名单|标准|单位|人员|通讯录|规则|推送|问题|整改|台账|截止|到期|待办|进展|进度|调度|亮灯|重点工作|重大决策(?:事项)?|民生实事|自评|专项|工作|情况|全部|所有|今年|年度|逾期|超期|过期|销号|完成|办结|在办|没有?|[未已中表的了成给我发:,，、()]/g;

/** 导出 任务 火星区: a unit that is not known must not become the whole district. */
function refuseUnread(rest: string): void {
  const unread = rest.replace(FILLER, ' ').trim();
  if (/\p{L}/u.test(unread))
    throw new UserError(`没有看懂“${unread}”。单位请写全称或通讯录里的简称，例如：导出 督导日程 4月 望海区`);
}

const STATES: readonly { readonly state: LedgerState; readonly word: string; readonly pattern: RegExp }[] = [
  { state: 'overdue', word: '逾期', pattern: /逾期|超期|过期/ },
  { state: 'open', word: '未销号', pattern: /未(?:销号|整改|完成|办结)|没有?(?:销号|整改|完成)|整改中|在办/ },
  { state: 'closed', word: '已销号', pattern: /已(?:销号|整改|完成|办结)/ },
];
const stateOf = (rest: string) => STATES.find(({ pattern }) => pattern.test(rest));

const TASK_KINDS: readonly { readonly of: Task['kind']; readonly pattern: RegExp }[] = [
  { of: 'keyWork', pattern: /重点工作/ },
  { of: 'decisionMatter', pattern: /重大决策/ },
  { of: 'livelihoodProject', pattern: /民生实事/ },
];

/** Open ones unless 全部 or 已办结 is written. */
function tasksAsked(rest: string): { readonly state?: 'done' | 'any'; readonly of?: Task['kind'] } {
  const of = TASK_KINDS.find(({ pattern }) => pattern.test(rest))?.of;
  const state = /全部|所有/.test(rest) ? 'any' : /已(?:经)?(?:完成|办结)/.test(rest) ? 'done' : undefined;
  return { ...(of && { of }), ...(state && { state }) };
}

/** A schedule without dates is this year's. */
function yearSpan(today: Ask['today']): Span {
  const year = yearOf(today);
  return { from: makeDate(year, 1, 1) ?? today, to: makeDate(year, 12, 31) ?? today };
}

async function checklistId({ args, read, scope }: Ask): Promise<string> {
  const named = args.checklists[0]?.checklistId ?? args.programs[0]?.checklistId;
  if (named !== undefined) return named;
  const used = (await read.programs(scope)).flatMap(({ checklistId: id }) => id ?? []);
  const [only, second] = [...new Set(used)];
  if (only !== undefined && second === undefined) return only;
  const names = (await read.checklists())
    .filter(({ builtIn }) => builtIn)
    .map(({ names: [name], title }) => name ?? title);
  throw new UserError(`请写明哪一份，例如：导出 指标 ${names[0] ?? ''}。现有：${names.join('、')}`);
}

const instants = (when: Span | undefined, zone: string) =>
  when && { from: instantAt(when.from, '00:00', zone), before: instantAt(addDays(when.to, 1), '00:00', zone) };

/** As 审计 narrows: to days, to a kind, to people of a name, else to a unit; whoever reads one unit's record gets no other. */
async function auditQuery({ args, actor, read, zone, now }: Ask, unit: UnitRef | undefined, reader: ListReader) {
  const words = args.rest
    .split(/[\s,，、]+/)
    .filter((word) => word !== '' && !/审计|操作记录|操作日志|^日志/.test(word));
  const kinds = words.map((word) => AUDIT_KINDS.find((kind) => kind.word.test(word)));
  const unknown = words.find((_, at) => kinds[at] === undefined);
  if (unknown !== undefined)
    throw new UserError(
      `没有看懂“${unknown}”。类别有：${AUDIT_KINDS.map(({ name }) => name).join('、')}，例如：导出 审计 本月 提醒`,
    );
  const actions = kinds.flatMap((kind) => kind?.actions ?? []);
  const withheld = withheldHere({ actor, now });
  const narrowed = { ...instants(args.when, zone), ...(actions.length > 0 && { actions }), withheld };
  const everything = reachOf(actor, 'audit.read') === 'everywhere';
  const [name] = args.people;
  if (name === undefined) return { ...narrowed, unitId: unit?.id ?? (everything ? undefined : reader.about.id) };
  const people = [];
  for (const person of await read.peopleByName(name))
    if (everything || (await read.isWithin(person.unit.id, reader.scope.unitIds))) people.push(person);
  if (people.length === 0) throw new UserError(`通讯录里没有“${name}”，请核对姓名。`);
  return { ...narrowed, people };
}
