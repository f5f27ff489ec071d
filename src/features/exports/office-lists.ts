import { daysBetween, wallClock } from '../../domain/calendar/local-date.ts';
import type { SheetCell } from '../../domain/imports/sheet.ts';
import { contentWord } from '../../domain/reminders/contents.ts';
import { describeRecurrence } from '../../domain/reminders/describe-rule.ts';
import type { ListReader, ListRequest } from '../../language/workbooks.ts';
import { auditWords } from '../overview/audit-card.ts';
import { column, type List, type ListSource, NUMBER, statements, unitsWithin } from './list.ts';

/** More than an export may have, so that too many are seen to be too many. */
const AUDIT_LIMIT = 5_001;

/** 指标清单: a checklist as it stands, with its source. */
export async function checklistList(
  { store }: ListSource,
  { checklistId }: Extract<ListRequest, { kind: 'checklist' }>,
): Promise<List | undefined> {
  const [checklists, indicators] = await Promise.all([store.checklists(), store.importedIndicators(checklistId)]);
  const checklist = checklists.find(({ id }) => id === checklistId);
  if (!checklist) return undefined;
  const rows = indicators.map((indicator, at): SheetCell[] => [
    at + 1,
    indicator.code,
    indicator.level1,
    indicator.level2,
    indicator.title,
    indicator.standard,
    indicator.points,
    indicator.veto ? '是' : '',
    indicator.evidence.join('；'),
    indicator.unitHint,
    indicator.formula,
    [indicator.note, indicator.unverified ? '待核对原文' : ''].filter(Boolean).join('；'),
  ]);
  const columns = [
    NUMBER,
    column('指标代码', 12),
    column('一级指标', 20),
    column('二级指标', 20),
    column('指标名称', 36),
    column('要求', 50),
    column('满分', 7),
    column('一票否决', 9),
    column('佐证', 32),
    column('责任参考', 20),
    column('算法', 24),
    column('说明', 24),
  ];
  const { title, source, edition } = checklist;
  return {
    name: `${title}指标清单`,
    sheet: {
      title: `${title}指标清单`,
      statements: [`来源：${source}`, `版本：${edition}`],
      columns,
      rows,
      notes: ['注：以正式文件为准。'],
    },
  };
}

/** 专项节点: what is dated, with the days left. */
export async function milestoneList({ store }: ListSource, reader: ListReader): Promise<List> {
  const { scope, about, today } = reader;
  const rows: SheetCell[][] = [];
  for (const program of await store.programs(scope))
    for (const { name, due, dueText } of await store.importedMilestones(program.id))
      rows.push([
        rows.length + 1,
        program.name,
        program.unit.name,
        name,
        due && { date: due },
        dueText,
        due && daysBetween(today, due),
      ]);
  const columns = [
    NUMBER,
    column('专项', 26),
    column('牵头单位', 24),
    column('节点', 26),
    column('日期', 14),
    column('原文', 20),
    column('剩余天数', 10),
  ];
  const title = `${about.name}专项节点`;
  return { name: title, sheet: { title, statements: statements(reader), columns, rows } };
}

/** 提醒规则, by group, of the reader's units. */
export async function ruleList(
  { store, zone }: ListSource,
  { chatId }: Extract<ListRequest, { kind: 'rules' }>,
  reader: ListReader,
): Promise<List> {
  const own = new Set(unitsWithin(reader.scope, (await store.directory()).units).map(({ id }) => id));
  const groups = (await store.activeGroups()).filter(
    ({ group }) => own.has(group.unit?.id ?? '') && (chatId === undefined || group.chatId === chatId),
  );
  const rows: SheetCell[][] = [];
  for (const { group } of groups)
    for (const rule of await store.rules(group.chatId)) {
      const next = wallClock(rule.nominalAt, zone);
      rows.push([
        rows.length + 1,
        group.name,
        group.unit?.name,
        rule.number,
        contentWord(rule.content),
        describeRecurrence(rule.recurrence),
        rule.time,
        rule.enabled ? '启用' : '停用',
        ...(rule.enabled ? [{ date: next.date }, next.time] : ['', '']),
      ]);
    }
  const columns = [
    NUMBER,
    column('工作群', 26),
    column('单位', 24),
    column('编号', 7),
    column('内容', 14),
    column('频次', 30),
    column('时间', 8),
    column('状态', 8),
    column('下一次', 14),
    column('下一次时间', 11),
  ];
  const title = `${reader.about.name}提醒规则`;
  return { name: title, sheet: { title, statements: statements(reader), columns, rows } };
}

/** 操作记录, the newest first, in the words of 审计. */
export async function auditList(
  { store, zone }: ListSource,
  { query }: Extract<ListRequest, { kind: 'audit' }>,
  reader: ListReader,
): Promise<List> {
  const entries = await store.audit({ ...query, limit: AUDIT_LIMIT });
  const rows = entries.map((entry, at): SheetCell[] => {
    const { date, time } = wallClock(entry.at, zone);
    const { actor, action, subject, where, changed } = auditWords(entry);
    return [at + 1, { date }, time, actor, where, action, subject, changed];
  });
  const columns = [
    NUMBER,
    column('日期', 14),
    column('时间', 8),
    column('谁', 20),
    column('在哪里', 24),
    column('做了什么', 20),
    column('对象', 30),
    column('原来 → 现在', 40),
  ];
  const title = `${reader.about.name}操作记录`;
  return { name: title, sheet: { title, statements: statements(reader), columns, rows } };
}
