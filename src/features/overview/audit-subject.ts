import { findingName } from '../../domain/findings/finding.ts';
import { reachOf } from '../../domain/people/rights.ts';
import { taskName } from '../../domain/tasks/task.ts';
import type { Situation } from '../../language/command.ts';
import { NothingHere } from '../../language/errors.ts';
import { confidantOf } from '../../language/who/confidant.ts';
import type { AuditReader } from '../../ports/audit.ts';
import { knows } from '../visits/visit-find.ts';

/** As whom somebody reads the record, which is read in direct chats alone. */
export function auditReader({ actor, now }: Pick<Situation, 'actor' | 'now'>): AuditReader {
  const { openId } = actor;
  const confidant = confidantOf({ chat: { chatId: openId, type: 'p2p' }, actor });
  const visits = reachOf(actor, 'visit.change') === 'everywhere' ? 'all' : 'begun';
  return { openId, personIds: [], office: [], ...confidant, now, visits };
}

/** One thing whose record is asked for. */
interface AuditSubject {
  readonly name: string;
  /** As the record names it. */
  readonly subjects: readonly string[];
}

const NUMBERED = /(?<=^|\s)(?:(?<kind>[WTD])\s?-?|(?<notice>通知)\s*第?)0*(?<number>\d{1,6})号?(?=\s|$)/i;

/** 审计 W1, 审计 T1, 审计 D1, 审计 通知 3; undefined for a line that names nothing by its number. Refused where it is not within what the reader may read. */
export async function auditSubject(text: string, context: Situation): Promise<AuditSubject | undefined> {
  const { kind, notice, number = '' } = NUMBERED.exec(text)?.groups ?? {};
  if (number === '') return undefined;
  const found =
    notice === undefined
      ? await SUBJECTS[letterOf(kind)](Number(number), context)
      : await ofNotice(Number(number), context);
  if (found) return found;
  throw new NothingHere(`这里没有“${NUMBERED.exec(text)?.[0].trim().toUpperCase()}”，请核对编号。`);
}

type Letter = 'W' | 'T' | 'D';
const letterOf = (kind = 'W'): Letter => (['T', 'D'] as const).find((letter) => letter === kind.toUpperCase()) ?? 'W';

type Find = (number: number, context: Situation) => Promise<AuditSubject | undefined>;

const reachIn = ({ actor }: Situation) => reachOf(actor, 'audit.read');

async function within(unitId: string | undefined, context: Situation): Promise<boolean> {
  const reach = reachIn(context);
  return reach === 'everywhere' || (unitId !== undefined && (await context.read.isWithin(unitId, reach)));
}

/** What nobody finds any more was perhaps taken back by an import's undo: the record of the whole district still knows it. */
const SUBJECTS: Readonly<Record<Letter, Find>> = {
  async W(number, context) {
    const finding = await context.read.finding(number);
    if (finding?.restricted && !finding.viewers.includes(context.actor.openId)) return undefined;
    if (!(await within(finding?.unit.id, context))) return undefined;
    return { name: findingName({ number }), subjects: [findingName({ number })] };
  },
  async D(number, context) {
    const visit = await context.read.inspectionByNumber(number);
    const name = `D${number}`;
    const known = visit && knows(context, visit) ? visit.unit.id : undefined;
    return (await within(known, context)) ? { name, subjects: [name] } : undefined;
  },
  async T(number, context) {
    const reach = reachIn(context);
    const unitIds = reach === 'everywhere' ? await context.read.roots() : reach;
    const asked = { scope: { unitIds }, given: true, state: 'any', number, confidant: confidantOf(context) } as const;
    const [task] = await context.read.tasks(asked);
    return task && { name: taskName(task), subjects: [task.id] };
  },
};

const ofNotice: Find = async (number, context) => {
  const notice = await context.read.notice(number);
  if (!notice) return undefined;
  const units = notice.targets.map(({ unit }) => within(unit?.id, context));
  return (await Promise.all(units)).includes(true) ? { name: `通知 ${number}`, subjects: [notice.id] } : undefined;
};
