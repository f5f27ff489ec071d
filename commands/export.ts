import { plainDoc } from '../src/cards/plain.ts';
import { type Context, defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { listReader } from '../src/chat/list-reader.ts';
import { wordings } from '../src/chat/phrases.ts';
import { refuseImpossible, resolveOwnUnit } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import type { ListReader, ListRequest } from '../src/chat/workbooks.ts';
import { addDays, instantAt, makeDate, yearOf } from '../src/domain/calendar/local-date.ts';
import type { Span } from '../src/domain/calendar/span.ts';
import type { UnitRef } from '../src/domain/work/unit.ts';

const args = slots.pick({
  ...({ when: true, impossibleDate: true, units: true, people: true, programs: true, checklists: true } as const),
  rest: true,
});
type Ask = Context<ReturnType<(typeof args)['parse']>>;
type Kind = ListRequest['kind'];

/** Of two words that fit the upper one is meant: 自评指标 is the self-assessment, 任务清单 the tasks. */
const KINDS: readonly { readonly kind: Kind; readonly name: string; readonly words: RegExp }[] = [
  { kind: 'audit', name: '操作记录', words: /审计|操作记录|操作日志|^日志/ },
  { kind: 'rules', name: '提醒规则', words: /提醒|推送规则/ },
  { kind: 'directory', name: '单位通讯录', words: /通讯录|联络员|单位名单/ },
  { kind: 'milestones', name: '专项节点', words: /节点|倒计时/ },
  { kind: 'assessment', name: '自评表', words: /自评/ },
  { kind: 'tasks', name: '任务分解表', words: /任务|分解/ },
  { kind: 'checklist', name: '指标清单', words: /指标|细则|清单|评估标准/ },
  { kind: 'schedule', name: '督导日程表', words: /督导|日程|行程|安排/ },
];

/** What holds more than a group may know: read in the direct chat of an administrator only. */
const OFFICE: readonly Kind[] = ['audit', 'directory'];

export default defineCommand({
  name: '导出',
  ...wordings.导出,
  summary: '把日程、任务、自评、指标等清单发成 Excel 文件',
  usage: '导出 督导日程|任务|自评|指标|节点|提醒|通讯录|审计 [日期] [单位|专项]',
  examples: ['导出 督导日程 4月', '导出 任务', '导出 自评 望海区教育局'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const { args, actor, chat } = context;
    refuseImpossible(args.impossibleDate);
    const kind = kindOf(args);
    if (OFFICE.includes(kind.kind) && !(actor.isAdministrator && chat.type === 'p2p'))
      throw new UserError(`“${kind.name}”只发给管理员，请管理员在单聊里发送：导出 ${kind.name}`);
    if (kind.kind === 'rules' && !actor.isAdministrator)
      throw new UserError('提醒规则只有管理员可以导出，请联系管理员。');
    const reader = await listReader(context);
    const request = await requestOf(context, kind.kind, reader);
    const lists = await context.workbooks.lists(request, reader);
    if (lists === 'tooMany') throw new UserError(`${kind.name}超过5000行，请缩小日期或单位的范围再导出。`);
    if (lists.length === 0)
      throw new UserError(`${reader.about.name}没有可导出的${kind.name}，请核对日期、单位或专项名称。`);
    const rows = lists.reduce((sum, list) => sum + list.rows, 0);
    const files = lists.map(({ file }) => file);
    return {
      reply: plainDoc('导出', `${kind.name}共 ${rows} 条，文件随后发出。`, {
        lines: files.map(({ name }) => name),
        ...(IMPORTED.includes(kind.kind) && { note: '改好以后可以直接发给我导入；没有改的行不会重复。' }),
      }),
      files,
      audit: [{ action: `export.${kind.kind}`, subject: files.map(({ name }) => name).join('、') }],
    };
  },
});

const IMPORTED: readonly Kind[] = ['schedule', 'tasks', 'assessment', 'directory'];

function kindOf({ rest, programs, checklists }: Ask['args']): (typeof KINDS)[number] {
  const found = KINDS.find(({ words }) => words.test(rest));
  if (found) return found;
  const byName = KINDS.find(({ kind }) => kind === (programs.length > 0 ? 'tasks' : 'checklist'));
  if (byName && rest === '' && programs.length + checklists.length > 0) return byName;
  const names = KINDS.map(({ name }) => name).join('、');
  throw new UserError(`可以导出：${names}。例如：导出 督导日程 4月`);
}

async function requestOf(context: Ask, kind: Kind, reader: ListReader): Promise<ListRequest> {
  const { args, chat, read, today, zone } = context;
  const unit = await resolveOwnUnit(args.units, { read, scope: reader.scope });
  const programId = args.programs[0]?.programId;
  switch (kind) {
    case 'schedule':
      return { kind, span: args.when ?? yearSpan(today), unitId: unit?.id };
    case 'tasks':
      return { kind, unitId: unit?.id, programId };
    case 'assessment':
      return { kind, unit: unit ?? reader.about, programId };
    case 'checklist':
      return { kind, checklistId: await checklistId(context) };
    case 'rules':
      return { kind, ...(chat.type === 'group' && { chatId: chat.chatId }) };
    case 'audit':
      return { kind, query: { ...instants(args.when, zone), ...(await about(context, unit)) } };
    case 'directory':
    case 'milestones':
      return { kind };
  }
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

/** As 审计 narrows: to people of this name, else to a unit. */
async function about({ args, read }: Ask, unit: UnitRef | undefined) {
  const [name] = args.people;
  if (name === undefined) return { unitId: unit?.id };
  const people = await read.peopleByName(name);
  if (people.length === 0) throw new UserError(`通讯录里没有“${name}”，请核对姓名。`);
  return { people };
}
