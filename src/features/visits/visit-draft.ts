import { describeDate } from '../../domain/calendar/describe.ts';
import { daysBetween } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { beginsAt, type Inspection, isUnannounced, visitNumber } from '../../domain/visits/inspection.ts';
import { moveVisit } from '../../domain/visits/visit-change.ts';
import type { Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { asWritten } from '../../language/words/as-written.ts';
import type { VisitRow } from '../../ports/visits.ts';
import { knows } from './visit-find.ts';
import type { SaidVisit } from './visit-phrase.ts';
import { resolveTeam } from './visit-team.ts';

const DEFAULT_KIND = '专项督导';
/** A team stays so long at most; more is a slip of the date. */
const MAX_DAYS = 31;
/** Longer than any plan; a date further off is a slip of the year. */
const MAX_AHEAD_DAYS = 400;

/** A new visit as a line says it, or what the line lacks. */
export async function draftVisit(context: Situation, said: SaidVisit) {
  const unit = await resolveUnit(said.unit ? [said.unit] : [], context);
  const lacking = [!said.when && '日期', !unit && '单位', !said.leader && '组长'].filter(Boolean);
  if (!said.when || !unit || lacking.length > 0)
    throw new UserError(
      `还差：${lacking.join('、')}。请补上后再发一次，例如：日程 新增 4月9日 上午 望海区第一中学 专项督导 组长 张三`,
    );
  await refuseOutside(context, unit);
  const span = daysOf(said, context);
  const kind = said.kind ?? DEFAULT_KIND;
  const topic = said.topic ?? '';
  // What is to be looked at is said with 内容; other words beside a visit may be anything.
  const note = [said.note, said.more && asWritten(said.more)].filter(Boolean).join('，');
  const hours = moveVisit({ ...span, dateText: '', period: '' }, { period: said.period, starts: said.starts });
  const visit: Inspection = {
    id: context.ids.next('visit'),
    number: 0,
    state: 'planned',
    reason: '',
    unit,
    ...hours,
    kind,
    topic,
    note,
    version: 1,
    beginsAt: beginsAt(span.from, hours.period, hours.starts, context.zone),
    unannounced: isUnannounced(kind, topic, note),
    team: await resolveTeam(said, [], context),
    contact: said.contact ?? '',
    contactPhone: said.phone ?? '',
  };
  refuseInGroup(context, visit);
  if (visit.beginsAt < context.now) throw new UserError('这个时间已经过去，只能安排今后的督导。');
  await refuseTwin(context, visit);
  const checklists = kind.includes('经常性督导') ? await context.read.checklists() : [];
  const checklistId = checklists.find(({ builtIn, names }) => builtIn && names.includes('经常性督导'))?.id;
  const remarks = said.kind === undefined ? [`没有写类型，按“${DEFAULT_KIND}”登记。`] : [];
  return { visit, checklistId, remarks };
}

/** A visit as it becomes by what a line says. `isEmpty`: the line says nothing of it. */
export async function redraftVisit(context: Situation, said: SaidVisit, before: Inspection) {
  // By number a unit and a kind are new ones; else they say which visit is meant.
  const byNumber = said.number !== undefined;
  const unit = byNumber ? await resolveUnit(said.unit ? [said.unit] : [], context) : undefined;
  if (unit) await refuseOutside(context, unit);
  const isElsewhere = unit !== undefined && unit.id !== before.unit.id;
  const span = said.when && daysOf(said, context);
  const hours = moveVisit(before, { span, period: said.period, starts: said.starts });
  const kind = (byNumber ? said.kind : undefined) ?? before.kind;
  const topic = said.topic ?? before.topic;
  const note = said.note ?? before.note;
  const visit: Inspection = {
    ...before,
    ...hours,
    unit: unit ?? before.unit,
    kind,
    topic,
    note,
    reason: said.reason ?? '',
    beginsAt: beginsAt(hours.from, hours.period, hours.starts, context.zone),
    unannounced: isUnannounced(kind, topic, note),
    team: await resolveTeam(said, before.team, { ...context, onlyKnown: !said.confirmed }),
    // Of another school somebody else is the one to call.
    contact: said.contact ?? (isElsewhere ? '' : before.contact),
    contactPhone: said.phone ?? (isElsewhere ? '' : before.contactPhone),
  };
  refuseInGroup(context, visit);
  if (visit.unannounced && !before.unannounced)
    throw new UserError(`${visitNumber(before.number)} 已经公布，不能改为不打招呼的督导。请取消后在单聊里另行新增。`);
  if (visit.unannounced && context.now >= before.beginsAt)
    throw new UserError(`${visitNumber(before.number)} 已经开始，不能再改。要再去一次请新增。`);
  if (said.when && visit.beginsAt < context.now) throw new UserError('这个时间已经过去，请改到今后的日期。');
  await refuseTwin(context, visit);
  const { when: days, period, starts, leader, members, contact, phone } = said;
  const words = [
    days,
    period,
    starts,
    leader,
    members,
    contact,
    phone,
    said.topic,
    said.note,
    unit,
    byNumber && said.kind,
  ];
  const kept = span && span.from === span.to && visit.from !== visit.to && lengthKept(visit, context);
  return { visit, remarks: kept ? [kept] : [], isEmpty: words.every((word) => word === undefined || word === false) };
}

/** One day was named for a visit of several, which moves whole. */
const lengthKept = ({ from, to }: Inspection, { today }: Situation): string =>
  `只写了一天，仍为 ${daysBetween(from, to) + 1} 天：${describeDate(from, today)}至${describeDate(to, today)}。`;

/** What the table holds of it. */
export const rowOf = ({ id, unit, from, to, dateText, period, starts, ...rest }: Inspection): VisitRow => ({
  id,
  unitId: unit.id,
  from,
  to,
  dateText,
  period,
  starts,
  beginsAt: rest.beginsAt,
  kind: rest.kind,
  topic: rest.topic,
  unannounced: rest.unannounced,
  contact: rest.contact,
  contactPhone: rest.contactPhone,
  note: rest.note,
  team: rest.team.map(({ role, name, personId }) => ({ role, name, personId })),
});

function daysOf({ when }: SaidVisit, { today }: Situation): Span {
  if (!when) throw new Error('no day was said');
  const { span, until, text } = when;
  if (until) throw new UserError(`“${text.trim()}”不是具体日期，请写明是哪一天。`);
  if (span.from < today) throw new UserError('这个日期已经过去，请写今天或今后的日期。');
  if (daysBetween(span.from, span.to) >= MAX_DAYS) throw new UserError(`一次督导最多 ${MAX_DAYS} 天，请核对日期。`);
  if (daysBetween(today, span.from) > MAX_AHEAD_DAYS) throw new UserError('这个日期太远了，请核对年份。');
  return span;
}

async function refuseOutside({ chat, read, scope }: Situation, unit: UnitRef): Promise<void> {
  if (chat.type === 'group' && !(await read.isWithin(unit.id, scope.unitIds)))
    throw new UserError(`本群只能办理本单位及下属单位的督导安排，“${unit.name}”请在单聊里办理。`);
}

/** Whoever reads the group would learn the target, and from the sender's own line has. */
function refuseInGroup({ chat }: Situation, { unannounced, kind }: Inspection): void {
  if (chat.type === 'group' && unannounced)
    throw new UserError(`“${kind}”不事先通知，不能在群里办理，没有登记。请撤回这条消息，在单聊里发给我。`);
}

/** The table has one visit a unit, day, half-day and kind. */
async function refuseTwin({ read, chat, actor, now }: Situation, visit: Inspection): Promise<void> {
  const { id, unit, from, period, kind } = visit;
  const all = await read.inspections({ scope: { unitIds: [unit.id] }, span: { from, to: from }, cancelled: true });
  const twin = all.find(
    (other) =>
      other.id !== id &&
      other.unit.id === unit.id &&
      other.from === from &&
      other.period === period &&
      other.kind === kind,
  );
  if (!twin) return;
  const number = visitNumber(twin.number);
  if (twin.unannounced && (chat.type === 'group' || !knows({ actor, now }, twin)))
    throw new UserError('这个时段不能这样安排，请换一个时段，或联系管理员。');
  throw new UserError(
    twin.state === 'cancelled'
      ? `同一天同一时段有一次已取消的同类督导 ${number}。要恢复请发送：日程 恢复 ${number}`
      : `同一天同一时段已有同类督导 ${number}。要改它请发送：日程 变更 ${number} …`,
  );
}
