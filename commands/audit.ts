import { AUDIT_KINDS } from '../src/domain/audit-words.ts';
import { describeSpan } from '../src/domain/calendar/describe.ts';
import { addDays, instantAt } from '../src/domain/calendar/local-date.ts';
import type { Person } from '../src/domain/people/person.ts';
import { reachOf } from '../src/domain/people/rights.ts';
import type { UnitRef } from '../src/domain/people/unit.ts';
import { auditDoc } from '../src/features/overview/audit-card.ts';
import { auditReader, auditSubject } from '../src/features/overview/audit-subject.ts';
import { type ContextOf, defineCommand, parts } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { refuseImpossible, resolveUnit } from '../src/language/who/resolve.ts';
import { requireRight } from '../src/language/who/rights.ts';

/** Twenty pages of a phone; whoever looks further back names the days. */
const SHOWN = 300;

const line = parts({
  dates: 'near',
  names: true,
  people: true,
  filler: '改了 改过 改 删了 删过 删 动了 动过 修改 变更 操作 记录 查',
});
type Context = ContextOf<typeof line>;

/** The whole district's record, so it is read in the direct chat: a group sees its own unit only. */
export default defineCommand({
  name: '审计',
  aliases: ['audit', 'sj', '操作记录', '操作日志', '日志'],
  says: [/谁(?:改|删|动)(?:了|过|的)/],
  line,
  // 审计 is a short name of 审计局 as well: 审计局日程, 审计 日程; at the end of a line it is the unit.
  also: { atEnd: { unless: /审计$/ }, mine: true, exports: 'always', about: /^(?:的|表格)?导入/ },
  another: /^审计(?:[局署处科厅室委办]|.*(?:日程|截止|清单|绑定)$)/,
  summary: '看谁在什么时候、在哪里改了什么',
  usage: '审计 [编号|姓名|单位|日期|类别]',
  examples: ['审计', '审计 W1', '审计 本周', '审计 望海区', '审计 本周 提醒', '审计 望海区教育局 冯癸'],
  allow: 'audit.read',
  where: ['p2p'],
  async run(context) {
    const { args, zone, today, read } = context;
    const { when, impossibleDate, rest } = args;
    refuseImpossible(impossibleDate);
    const about = await auditSubject(rest, context);
    const unit = about ? undefined : await unitOf(context);
    const people = await peopleOf(context, unit);
    const kind = about ? undefined : AUDIT_KINDS.find(({ word }) => word.test(rest));
    if (rest && !about && !kind && !unit && people.length === 0 && !when)
      throw new UserError(
        `没有找到“${rest}”。请写编号（W1、T1、D1、通知 1）、姓名、单位、日期或类别（${AUDIT_KINDS.map(({ name }) => name).join('、')}），例如：审计 本周 提醒`,
      );
    const rows = await read.audit({
      ...(when && { from: instantAt(when.from, '00:00', zone), before: instantAt(addDays(when.to, 1), '00:00', zone) }),
      ...(people.length > 0 ? { people } : { unitId: unit?.id }),
      subjects: about?.subjects,
      actions: kind?.actions,
      reader: auditReader(context),
      limit: SHOWN + 1,
    });
    const who = about
      ? about.name
      : people.length > 0
        ? `${unit ? `${unit.name} ` : ''}${people[0]?.name}`
        : (unit?.name ?? '');
    const words = [
      ...(when ? [when.from === when.to ? when.from : `${when.from}至${when.to}`] : []),
      ...(about ? [about.name] : []),
      ...(unit ? [unit.name] : []),
      ...(people[0] ? [people[0].name] : []),
      ...(kind ? [kind.name] : []),
    ];
    return {
      reply: auditDoc({
        about: [when && describeSpan(when, today), who, kind?.name].filter(Boolean).join('　'),
        lines: rows.slice(0, SHOWN),
        cut: rows.length > SHOWN,
        zone,
        today,
        query: ['审计', ...words].join(' '),
      }),
    };
  },
});

/** Whoever reads the record of a unit only reads that one. */
async function unitOf(context: Context): Promise<UnitRef | undefined> {
  const { args, actor, read } = context;
  const unit = await resolveUnit(args.units, context);
  if (unit) await requireRight(context, 'audit.read', { unitIds: [unit.id] });
  const reach = reachOf(actor, 'audit.read');
  if (unit || reach === 'everywhere') return unit;
  const [own, second] = reach;
  if (second) throw new UserError('您管几个单位，请写上单位，例如：审计 望海区');
  return own === undefined ? undefined : read.unit(own);
}

/** Everybody of that name, within the unit when one is written: the record is looked at, nothing hangs on who it is. */
async function peopleOf({ args, read }: Context, unit: UnitRef | undefined): Promise<readonly Person[]> {
  const [name] = args.people;
  if (!name) return [];
  const found: Person[] = [];
  for (const person of await read.peopleByName(name))
    if (!unit || (await read.isWithin(person.unit.id, [unit.id]))) found.push(person);
  if (found.length === 0) throw new UserError(`通讯录里没有“${unit ? `${unit.name} ` : ''}${name}”，请核对姓名。`);
  return found;
}
