import type { Doc } from '../../cards/views.ts';
import type { Mover, Occasion } from '../../domain/findings/decide.ts';
import type { Finding, FindingFacts, ToldEvent } from '../../domain/findings/finding.ts';
import { ladderOf, rungOf } from '../../domain/findings/ladder.ts';
import type { StateMove } from '../../domain/findings/moves.ts';
import type { FindingRules } from '../../domain/findings/rules.ts';
import { PROFILES } from '../../domain/findings/time-limits.ts';
import { reachOf, whyNot } from '../../domain/people/rights.ts';
import { type SettingValue, settingOf } from '../../domain/settings.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { NothingHere } from '../../language/errors.ts';
import { itemOf } from '../../language/who/rights.ts';
import type { FindingRow } from '../../ports/findings.ts';
import { inspectorsOf } from './inspectors.ts';

/** What the commands about problems stand at: the documents, the rules, who sees which problem and how much of it. */

/** The documents, given by the commands: this room knows what a document is, not what is on it. */
interface FindingCards {
  card(
    finding: Finding,
    history: readonly ToldEvent[],
    rules: FindingRules,
    more?: { readonly lead?: string; readonly once?: string; readonly team?: readonly string[] },
  ): Doc;
  told(finding: Finding, sentence: string, doc: Doc): Doc;
  list(
    view: {
      readonly about: string;
      readonly findings: readonly Finding[];
      readonly all: boolean;
      readonly query: string;
    },
    rules: FindingRules,
  ): Doc;
  form(finding: Finding, move: StateMove, how: string, once: string): Doc | undefined;
  howTo(finding: Pick<Finding, 'number'>, move: StateMove): string;
  /** Who did it, and when. */
  step(event: ToldEvent, rules: FindingRules): string;
}

export type FindingContext = Situation & {
  readonly cards: FindingCards;
  readonly settings: readonly SettingValue[];
};

type Ruled = Pick<FindingFacts, 'program'>;

/** What a command has, with the documents and what the district has set. */
export const findingContextOf = async <Given extends Pick<FindingContext, 'read'>>(
  given: Given,
  cards: FindingCards,
): Promise<Given & Pick<FindingContext, 'cards' | 'settings'>> => ({
  ...given,
  cards,
  settings: await given.read.settings(),
});

/** The rules of the problem's program, else the district's. */
export const rulesOf = (
  { today, zone, calendar, settings }: Pick<FindingContext, 'today' | 'zone' | 'calendar' | 'settings'>,
  { program }: Ruled = {},
): FindingRules => ({
  today,
  zone,
  calendar,
  profile: PROFILES[settingOf(settings, 'province', program?.id)],
  ladder: ladderOf(settingOf(settings, 'ladder', program?.id), settingOf(settings, 'ladderDays', program?.id)),
});

export const onceOf = ({ ids }: FindingContext): string => ids.next('form');

export const occasionOf = (context: FindingContext, ruled: Ruled): Occasion => ({
  ...rulesOf(context, ruled),
  now: context.now,
  chatId: context.chat.chatId,
});

/** The table of rights, asked about a unit's problem; `team` are its inspectors. */
export async function moverOf(
  { actor, read }: FindingContext,
  finding: Pick<FindingFacts, 'unit' | 'responsible'>,
  team: readonly string[],
): Promise<Mover> {
  const responsible = finding.responsible?.personId ? [finding.responsible.personId] : [];
  const item = await itemOf(read, { unitIds: [finding.unit.id], team, responsible });
  return { openId: actor.openId, whyNot: (right) => whyNot(actor, right, item) };
}

/** The problem of this number, as far as this chat may know of it; else there is none. */
export async function findingMeant(context: FindingContext, number: number): Promise<FindingRow> {
  const finding = await context.read.finding(number);
  if (!finding || !(await isVisible(context, finding)))
    throw new NothingHere(`这里没有问题 W${number}。发送“整改”看问题清单和编号。`);
  return finding;
}

/**
 * A chat sees the problems of its scope; a person also those that they entered, inspected or answer for. A restricted one is seen by the people named in it, in the direct chat.
 */
async function isVisible(context: FindingContext, finding: Finding): Promise<boolean> {
  const { chat, actor, read, scope } = context;
  if (finding.restricted && (chat.type === 'group' || !finding.viewers.includes(actor.openId))) return false;
  if (await read.isWithin(finding.unit.id, scope.unitIds)) return true;
  if (chat.type === 'group') return false;
  const inspectors = await inspectorsOf(context, finding);
  const own = actor.people.some(({ id }) => id === finding.responsible?.personId || inspectors.includes(id));
  return own || finding.enteredBy === actor.openId || finding.viewers.includes(actor.openId);
}

/** The card of a problem as it is. */
export async function showFinding(context: FindingContext, finding: FindingRow): Promise<Outcome> {
  return {
    reply: context.cards.card(
      finding,
      shownTo(context, finding, await context.read.findingEvents(finding.id)),
      rulesOf(context, finding),
      { once: onceOf(context), team: await inspectorsOf(context, finding) },
    ),
  };
}

/** 约谈 and above, and what is only drafted, are read by those who may confirm it, in the direct chat, and by nobody else. */
export const shownTo = (
  context: FindingContext,
  finding: Ruled,
  history: readonly ToldEvent[],
): readonly ToldEvent[] =>
  context.chat.type === 'p2p' && reachOf(context.actor, 'escalation.record').length > 0
    ? history
    : withoutRecords(rulesOf(context, finding), history);

/** Without them, and without the step down from one, which would tell that it was there. */
export function withoutRecords({ ladder }: FindingRules, history: readonly ToldEvent[]): readonly ToldEvent[] {
  let onRecord = false;
  return history.filter(({ move, level = 0 }) => {
    if (move === 'draft') return false;
    if (move === 'lower') return !onRecord;
    if (move !== 'escalate') return true;
    onRecord = rungOf(ladder, level)?.how === 'recorded';
    return !onRecord;
  });
}
