import { AUDIT_KINDS } from '../../domain/audit-words.ts';
import { addDays, instantAt } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import { reachOf } from '../../domain/people/rights.ts';
import { UserError } from '../../language/errors.ts';
import { auditReader } from '../overview/audit-subject.ts';
import type { ExportAsk, ExportKind, Narrowed } from './export-kind.ts';

const WORDS = /审计|操作记录|操作日志|^日志/;

export const AUDIT_EXPORT: ExportKind<'audit'> = {
  kind: 'audit',
  name: '操作记录',
  words: WORDS,
  narrows: ['days', 'unit', 'people', 'program', 'checklist'],
  right: 'audit.read',
  direct: true,
  readsWords: true,
  request: async (context, narrowed) => ({ kind: 'audit', query: await auditQuery(context, narrowed) }),
};

const instants = (when: Span | undefined, zone: string) =>
  when && { from: instantAt(when.from, '00:00', zone), before: instantAt(addDays(when.to, 1), '00:00', zone) };

/** As 审计 narrows: to days, to a kind, to people of a name, else to a unit; whoever reads one unit's record gets no other. */
async function auditQuery({ args, actor, read, zone, now }: ExportAsk, { unit, reader }: Narrowed) {
  const words = args.rest.split(/[\s,，、]+/).filter((word) => word !== '' && !WORDS.test(word));
  const kinds = words.map((word) => AUDIT_KINDS.find((kind) => kind.word.test(word)));
  const unknown = words.find((_, at) => kinds[at] === undefined);
  if (unknown !== undefined)
    throw new UserError(
      `没有看懂“${unknown}”。类别有：${AUDIT_KINDS.map(({ name }) => name).join('、')}，例如：导出 审计 本月 提醒`,
    );
  const actions = kinds.flatMap((kind) => kind?.actions ?? []);
  const as = auditReader({ actor, now });
  const narrowed = { ...instants(args.when, zone), ...(actions.length > 0 && { actions }), reader: as };
  const everything = reachOf(actor, 'audit.read') === 'everywhere';
  const [name] = args.people;
  if (name === undefined) return { ...narrowed, unitId: unit?.id ?? (everything ? undefined : reader.about.id) };
  const people = [];
  for (const person of await read.peopleByName(name))
    if (everything || (await read.isWithin(person.unit.id, reader.scope.unitIds))) people.push(person);
  if (people.length === 0) throw new UserError(`通讯录里没有“${name}”，请核对姓名。`);
  return { ...narrowed, people };
}
