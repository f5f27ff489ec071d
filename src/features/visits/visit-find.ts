import { describeDate } from '../../domain/calendar/describe.ts';
import { addDays, type Instant, MINUTE_MS } from '../../domain/calendar/local-date.ts';
import { type Action, may, reachOf } from '../../domain/people/rights.ts';
import {
  type Inspection,
  isWithheld,
  type VisibleInspection,
  visibleTo,
  visitNumber,
} from '../../domain/visits/inspection.ts';
import type { Context, Outcome, Situation } from '../../language/command.ts';
import { NothingHere, UserError } from '../../language/errors.ts';
import { quoted } from '../../language/forms/unread.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { itemOf, refuseElsewhere, requireRight } from '../../language/who/rights.ts';
import type { SaidVisit } from './visit-phrase.ts';

/** Looked for without a day: what is to come in so many days. */
const AHEAD_DAYS = 90;

export const concerns = ({ unit, team }: Pick<Inspection, 'unit' | 'team'>) => ({
  unitIds: [unit.id],
  team: team.flatMap(({ personId }) => personId ?? []),
});

/**
 * Whether somebody may be told an unannounced target in the direct chat: the office that is over all units, its team, and whoever entered it.
 * A county's own supervisor is of the visited chain (S0.14).
 */
export const knows = ({ actor, now }: Pick<Context, 'actor' | 'now'>, visit: Inspection): boolean =>
  !isWithheld(visit, now) ||
  reachOf(actor, 'visit.change') === 'everywhere' ||
  visit.changed?.by === actor.openId ||
  visit.team.some(({ personId }) => actor.people.some(({ id }) => id === personId));

/**
 * What this chat may be told of these visits. Every list, count and clash that is read here is made of these and of no others: a row that
 * is left out of the list is told by a sum, or by another visit that it clashes with.
 */
export const toldHere = (
  context: Pick<Context, 'chat' | 'actor' | 'viewer' | 'now'>,
  visits: readonly Inspection[],
): readonly VisibleInspection[] =>
  context.chat.type === 'group'
    ? visibleTo(context.viewer, visits, context.now)
    : visits.flatMap((inspection) => (knows(context, inspection) ? [{ withheld: false, inspection }] : []));

/** Those of them whose target may be told too. */
export const wholeHere = (context: Parameters<typeof toldHere>[0], visits: readonly Inspection[]) =>
  toldHere(context, visits).flatMap((visit) => (visit.withheld ? [] : [visit.inspection]));

/** Who saw the target of an unannounced visit before its time is written down (S2.19). */
export const seenEarly = (visits: readonly VisibleInspection[], now: Instant): NonNullable<Outcome['audit']> =>
  visits.flatMap((visit) =>
    !visit.withheld && isWithheld(visit.inspection, now)
      ? [{ action: 'inspection.seen', subject: visitNumber(visit.inspection.number) }]
      : [],
  );

/**
 * The visit that a number names, as this chat may see it. A group sees its own units' visits without what is withheld from it, whoever asks:
 * the number of any other visit is unknown there, for even a refusal would tell that there is one. In a direct chat whoever may
 * change a visit sees it whole, but of an unannounced one only whom `knows` names.
 */
export async function visitByNumber(context: Situation, number: number): Promise<VisibleInspection | undefined> {
  const { read, chat, actor, scope, viewer, now } = context;
  const visit = await read.inspectionByNumber(number);
  if (!visit) return undefined;
  if (chat.type === 'p2p' && knows(context, visit)) {
    if (may(actor, 'visit.change', await itemOf(read, concerns(visit)))) return { withheld: false, inspection: visit };
  }
  const onTeam = visit.team.some(({ personId }) => personId && scope.personIds?.includes(personId));
  if (!onTeam && !(await read.isWithin(visit.unit.id, scope.unitIds))) return undefined;
  return visibleTo(viewer, [visit], now)[0];
}

/** The one visit that a line means, by its number or by its unit and day, for somebody who may do this to it; or those that it may mean. */
export async function visitMeant(
  context: Situation,
  action: Action,
  said: SaidVisit,
  cancelled: boolean,
): Promise<readonly [Inspection, ...Inspection[]]> {
  if (said.number !== undefined) {
    const found = await visitByNumber(context, said.number);
    if (!found || found.withheld) throw new NothingHere(unknownNumber(context, said.number));
    await requireRight(context, action, concerns(found.inspection));
    await refuseOther(context, found.inspection, said, action);
    return [found.inspection];
  }
  const justNow = said.unit === undefined && said.justNow ? await lastOf(context) : undefined;
  if (justNow !== undefined) return visitMeant(context, action, { ...said, number: justNow }, cancelled);
  const unit = await resolveUnit(said.unit ? [said.unit] : [], context);
  if (!unit) throw new UserError('请写明是哪一次督导：写编号（例如 D12），或者写单位和日期。发送“日程”可以看到编号。');
  const { read, today } = context;
  await refuseElsewhere(unit, '督导安排', context);
  await requireRight(context, action, { unitIds: [unit.id] });
  const span = said.on?.span ?? { from: today, to: addDays(today, AHEAD_DAYS) };
  const all = await read.inspections({ scope: { unitIds: [unit.id] }, span, cancelled });
  const found = wholeHere(context, all).filter(
    (visit) =>
      visit.state === (cancelled ? 'cancelled' : 'planned') &&
      (said.kind === undefined || visit.kind === said.kind) &&
      (!said.on || said.period === undefined || said.when !== undefined || visit.period === said.period),
  );
  const [first, ...more] = found;
  if (!first)
    throw new UserError(
      `没有找到${unit.name}${said.on ? '这一天' : '今后'}的${cancelled ? '已取消的' : ''}督导安排。发送“日程 ${unit.name}”查看。`,
    );
  return [first, ...more];
}

/** What is said of the visit beside its number must be so: 取消 D12 临江区 does not mean a visit to another county. */
async function refuseOther(
  context: Situation,
  visit: Inspection,
  { number, on, unit, kind, period }: SaidVisit,
  action: Action,
): Promise<void> {
  const isOff = on && (on.span.to < visit.from || visit.to < on.span.from);
  // Where it is changed a unit, a kind and a half of the day are what it becomes.
  const stays = action !== 'visit.change' || on !== undefined;
  const place = action === 'visit.change' || !unit ? undefined : await resolveUnit([unit], context);
  const wrong = [
    isOff && on.text.trim(),
    place && place.id !== visit.unit.id && unit?.written,
    action !== 'visit.change' && kind !== undefined && kind !== visit.kind && kind,
    action !== 'visit.change' && period !== undefined && visit.period !== '' && period !== visit.period && period,
  ].filter((word) => typeof word === 'string');
  if (!stays || wrong.length === 0 || number === undefined) return;
  throw new UserError(
    `没有办理：${visitNumber(number)} 是${describeDate(visit.from, context.today)}${visit.period} ${visit.unit.name} ${visit.kind}，和${quoted(wrong)}对不上。请核对编号；是原因的请写在“原因”后面。`,
  );
}

/** What the sender entered or changed last, as far back as anybody remembers. */
const REMEMBERED_MS = 30 * MINUTE_MS;

async function lastOf({ read, actor, now }: Situation): Promise<number | undefined> {
  const visit = await read.inspectionChangedBy(actor.openId, now - REMEMBERED_MS);
  return visit?.number;
}

export const unknownNumber = ({ chat }: Pick<Context, 'chat'>, number: number): string =>
  `${chat.type === 'group' ? '本群' : ''}没有编号为 ${visitNumber(number)} 的督导安排，请核对编号。发送“日程”可以看到编号。`;
