import { daysBetween, wallClock } from '../../domain/calendar/local-date.ts';
import type { ListColumn } from '../../domain/imports/workbook-column.ts';
import { contentWord } from '../../domain/reminders/contents.ts';
import { describeRecurrence } from '../../domain/reminders/describe-rule.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import type { IndicatorRow } from '../../ports/checklists.ts';
import type { ActiveGroup } from '../../ports/groups.ts';
import type { MilestoneRow, Program } from '../../ports/programs.ts';
import type { ReminderRule } from '../../ports/reminders.ts';
import { auditWords } from '../overview/audit-card.ts';
import { column, type List, type ListSource, NUMBER, statements, tableOf, unitsWithin } from './list.ts';

/** More than an export may have, so that too many are seen to be too many. */
const AUDIT_LIMIT = 5_001;

/** 指标清单: a checklist as it stands, with its source. */
export async function checklistList(
  { store }: ListSource,
  { checklistId }: ListRequest<'checklist'>,
): Promise<readonly List[]> {
  const [checklists, indicators] = await Promise.all([store.checklists(), store.importedIndicators(checklistId)]);
  const checklist = checklists.find(({ id }) => id === checklistId);
  if (!checklist) return [];
  const { title, source, edition } = checklist;
  return [
    {
      name: `${title}指标清单`,
      sheet: {
        title: `${title}指标清单`,
        statements: [`来源：${source}`, `版本：${edition}`],
        ...tableOf(INDICATOR_COLUMNS, indicators),
        notes: ['注：以正式文件为准。'],
      },
    },
  ];
}

const INDICATOR_COLUMNS: readonly ListColumn<IndicatorRow>[] = [
  NUMBER,
  column('指标代码', 12, ({ code }) => code),
  column('一级指标', 20, ({ level1 }) => level1),
  column('二级指标', 20, ({ level2 }) => level2),
  column('指标名称', 36, ({ title }) => title),
  column('要求', 50, ({ standard }) => standard),
  column('满分', 7, ({ points }) => points),
  column('一票否决', 9, ({ veto }) => (veto ? '是' : '')),
  column('佐证', 32, ({ evidence }) => evidence.join('；')),
  column('责任参考', 20, ({ unitHint }) => unitHint),
  column('算法', 24, ({ formula }) => formula),
  column('说明', 24, ({ note, unverified }) => [note, unverified ? '待核对原文' : ''].filter(Boolean).join('；')),
];

interface MilestoneLine extends MilestoneRow {
  readonly program: Program;
}

/** 专项节点: what is dated, with the days left. */
export async function milestoneList(
  { store }: ListSource,
  _request: ListRequest<'milestones'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const { scope, about, today } = reader;
  const lines: MilestoneLine[] = [];
  for (const program of await store.programs(scope))
    for (const milestone of await store.importedMilestones(program.id)) lines.push({ ...milestone, program });
  const columns: readonly ListColumn<MilestoneLine>[] = [
    NUMBER,
    column('专项', 26, ({ program }) => program.name),
    column('牵头单位', 24, ({ program }) => program.unit.name),
    column('节点', 26, ({ name }) => name),
    column('日期', 14, ({ due }) => due && { date: due }),
    column('原文', 20, ({ dueText }) => dueText),
    column('剩余天数', 10, ({ due }) => due && daysBetween(today, due)),
  ];
  const title = `${about.name}专项节点`;
  return [{ name: title, sheet: { title, statements: statements(reader), ...tableOf(columns, lines) } }];
}

interface RuleLine extends ReminderRule {
  readonly group: ActiveGroup['group'];
}

/** 提醒规则, by group, of the reader's units. */
export async function ruleList(
  { store, zone }: ListSource,
  { chatId }: ListRequest<'rules'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const own = new Set(unitsWithin(reader.scope, (await store.directory()).units).map(({ id }) => id));
  const groups = (await store.activeGroups()).filter(
    ({ group }) => own.has(group.unit?.id ?? '') && (chatId === undefined || group.chatId === chatId),
  );
  const lines: RuleLine[] = [];
  for (const { group } of groups) for (const rule of await store.rules(group.chatId)) lines.push({ ...rule, group });
  const columns: readonly ListColumn<RuleLine>[] = [
    NUMBER,
    column('工作群', 26, ({ group }) => group.name),
    column('单位', 24, ({ group }) => group.unit?.name),
    column('编号', 7, ({ number }) => number),
    column('内容', 14, ({ content }) => contentWord(content)),
    column('频次', 30, ({ recurrence }) => describeRecurrence(recurrence)),
    column('时间', 8, ({ time }) => time),
    column('状态', 8, ({ enabled }) => (enabled ? '启用' : '停用')),
    column('下一次', 14, ({ enabled, nominalAt }) => (enabled ? { date: wallClock(nominalAt, zone).date } : '')),
    column('下一次时间', 11, ({ enabled, nominalAt }) => (enabled ? wallClock(nominalAt, zone).time : '')),
  ];
  const title = `${reader.about.name}提醒规则`;
  return [{ name: title, sheet: { title, statements: statements(reader), ...tableOf(columns, lines) } }];
}

/** 操作记录, the newest first, in the words of 审计. */
export async function auditList(
  { store, zone }: ListSource,
  { query }: ListRequest<'audit'>,
  reader: ListReader,
): Promise<readonly List[]> {
  const entries = await store.audit({ ...query, limit: AUDIT_LIMIT });
  const lines = entries.map((entry) => ({ ...wallClock(entry.at, zone), ...auditWords(entry) }));
  const columns: readonly ListColumn<(typeof lines)[number]>[] = [
    NUMBER,
    column('日期', 14, ({ date }) => ({ date })),
    column('时间', 8, ({ time }) => time),
    column('谁', 20, ({ actor }) => actor),
    column('在哪里', 24, ({ where }) => where),
    column('做了什么', 20, ({ action }) => action),
    column('对象', 30, ({ subject }) => subject),
    column('原来 → 现在', 40, ({ changed }) => changed),
  ];
  const title = `${reader.about.name}操作记录`;
  return [{ name: title, sheet: { title, statements: statements(reader), ...tableOf(columns, lines) } }];
}
