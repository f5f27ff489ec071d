import type { Doc } from '../../cards/views.ts';
import type { Decided, Mover, Occasion, Refusal } from '../../domain/loop/decide.ts';
import {
  type Finding,
  type FindingEvent,
  type FindingFacts,
  findingName,
  findingSubject,
  SEVERITY_WORD,
  type ToldEvent,
} from '../../domain/loop/finding.ts';
import { ladderOf, rungOf } from '../../domain/loop/ladder.ts';
import { MOVE_WORD, type Move, moveRule, type StateMove } from '../../domain/loop/moves.ts';
import { after, progressOf } from '../../domain/loop/progress.ts';
import type { FindingRules } from '../../domain/loop/rules.ts';
import { STATES } from '../../domain/loop/states.ts';
import { PROFILES } from '../../domain/loop/time-limits.ts';
import { soon, watchAt } from '../../domain/loop/watch.ts';
import { type SettingValue, settingOf } from '../../domain/settings.ts';
import { reachOf, whyNot } from '../../domain/work/rights.ts';
import type { Evidence, FindingRow } from '../../ports/findings.ts';
import type { Context, Notice, Outcome } from '../command.ts';
import { UserError } from '../errors.ts';
import { leaderAccounts, officeAccounts, unitAccounts } from './finding-readers.ts';
import { inspectorsOf } from './inspectors.ts';

/** What the commands about problems share: who sees which, who may what, and what a step brings with it. */

/** The documents, given by the commands: this room knows what a document is, not what is on it. */
interface FindingCards {
  card(
    finding: Finding,
    history: readonly ToldEvent[],
    rules: FindingRules,
    more?: { readonly lead?: string; readonly notes?: readonly string[]; readonly once?: string },
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

export type Desk = Omit<Context<never>, 'args'> & {
  readonly cards: FindingCards;
  readonly settings: readonly SettingValue[];
};

type Ruled = Pick<FindingFacts, 'program'>;

/** What a command has, with the documents and what the district has set. */
export const deskOf = async <Asked extends Pick<Desk, 'read'>>(
  asked: Asked,
  cards: FindingCards,
): Promise<Asked & Pick<Desk, 'cards' | 'settings'>> => ({ ...asked, cards, settings: await asked.read.settings() });

/** The rules of the problem's program, else the district's. */
export const rulesOf = (
  { today, zone, calendar, settings }: Pick<Desk, 'today' | 'zone' | 'calendar' | 'settings'>,
  { program }: Ruled = {},
): FindingRules => ({
  ...{ today, zone, calendar },
  profile: PROFILES[settingOf(settings, 'province', program?.id)],
  ladder: ladderOf(settingOf(settings, 'ladder', program?.id), settingOf(settings, 'ladderDays', program?.id)),
});

const onceOf = ({ ids }: Desk): string => ids.next('form');

export const occasionOf = (desk: Desk, ruled: Ruled): Occasion => ({
  ...rulesOf(desk, ruled),
  now: desk.now,
  chatId: desk.chat.chatId,
});

/** The table of rights, asked about a unit's problem; `team` are its inspectors. */
export async function moverOf(
  { actor, read }: Desk,
  finding: Pick<FindingFacts, 'unit' | 'responsible'>,
  team: readonly string[],
): Promise<Mover> {
  const unitIds = [finding.unit.id];
  const responsible = finding.responsible?.personId ? [finding.responsible.personId] : [];
  const item = { unitIds, above: await read.unitsAbove(unitIds), team, responsible };
  return { openId: actor.openId, whyNot: (right) => whyNot(actor, right, item) };
}

/** The problem of this number, as far as this chat may know of it; else there is none. */
export async function findingMeant(desk: Desk, number: number): Promise<FindingRow> {
  const finding = await desk.read.finding(number);
  if (!finding || !(await isVisible(desk, finding)))
    throw new UserError(`这里没有问题 W${number}。发送“整改”看问题清单和编号。`);
  return finding;
}

/**
 * A group sees its unit's problems and those below it; a person also those that they may handle, entered, inspected or answer for. A
 * restricted one is seen by the people named in it, in the direct chat.
 */
async function isVisible(desk: Desk, finding: Finding): Promise<boolean> {
  const { chat, actor, read, scope } = desk;
  if (finding.restricted && (chat.type === 'group' || !finding.viewers.includes(actor.openId))) return false;
  if (await read.isWithin(finding.unit.id, scope.unitIds)) return true;
  if (chat.type === 'group') return false;
  const inspectors = await inspectorsOf(desk, finding);
  const own = actor.people.some(({ id }) => id === finding.responsible?.personId || inspectors.includes(id));
  const reach = officeReach(desk);
  return (
    own ||
    finding.enteredBy === actor.openId ||
    finding.viewers.includes(actor.openId) ||
    reach === 'everywhere' ||
    (await read.isWithin(finding.unit.id, reach))
  );
}

/** Units whose problems this account reads by a role, in lists and in figures alike: the office's side, or the unit's. */
export const officeReach = ({ actor }: Pick<Desk, 'actor'>): 'everywhere' | readonly string[] =>
  reachOf(actor, 'finding.read');

/** The card of a problem as it is. */
export async function showFinding(desk: Desk, finding: FindingRow): Promise<Outcome> {
  return {
    reply: desk.cards.card(
      finding,
      shownTo(desk, finding, await desk.read.findingEvents(finding.id)),
      rulesOf(desk, finding),
      {
        once: onceOf(desk),
      },
    ),
  };
}

/** 约谈 and above are read by those who may write them down, in the direct chat, and by nobody else. */
const shownTo = (desk: Desk, finding: Ruled, history: readonly ToldEvent[]): readonly ToldEvent[] =>
  desk.chat.type === 'p2p' && reachOf(desk.actor, 'escalation.record').length > 0
    ? history
    : withoutRecords(rulesOf(desk, finding), history);

/** Without them, and without the step down from one, which would tell that it was there. */
function withoutRecords({ ladder }: FindingRules, history: readonly ToldEvent[]): readonly ToldEvent[] {
  let onRecord = false;
  return history.filter(({ move, level = 0 }) => {
    if (move === 'lower') return !onRecord;
    if (move !== 'escalate') return true;
    onRecord = rungOf(ladder, level)?.how === 'recorded';
    return !onRecord;
  });
}

/** The form for what is missing, when words are all that is. */
export function formFor(desk: Desk, finding: FindingRow, move: StateMove, decided: Decided): Doc | undefined {
  if (!('refused' in decided) || decided.refused.kind !== 'words') return undefined;
  return desk.cards.form(finding, move, desk.cards.howTo(finding, move), onceOf(desk));
}

/** Steps that were decided on become true, and those whom they concern are told. */
export async function settled(
  desk: Desk,
  finding: FindingRow,
  decided: Decided,
  move: Move,
  evidence: readonly Evidence[],
): Promise<Outcome> {
  if ('refused' in decided)
    throw new UserError(
      refusalText(desk, finding, move, decided.refused, await lastStep(desk, finding, decided.refused)),
    );
  const { events } = decided;
  const now: FindingRow = { ...finding, ...events.reduce(after, finding), seq: finding.seq + events.length };
  const history = [...(await desk.read.findingEvents(finding.id)), ...told(desk, events)];
  return {
    ...(await spoken(desk, now, history, move)),
    changes: [
      {
        ...{ kind: 'finding.moved', id: finding.id, events, progress: progressOf(history), evidence },
        watchAt:
          move === 'escalate' ? soon(desk.now, rulesOf(desk, finding)) : watchAt(now, desk.now, rulesOf(desk, finding)),
        seen: { version: finding.version, seq: finding.seq },
        ...(move === 'restrict' && { viewers: finding.viewers }),
      },
    ],
    audit: auditOf(finding, events),
  };
}

/** A problem as it stands when it is entered. */
export const rowOf = (facts: FindingFacts, events: readonly FindingEvent[]): FindingRow => ({
  ...facts,
  ...progressOf(events),
  ...{ version: 1, seq: events.length },
});

/** A problem that is entered. */
export async function entered(
  desk: Desk,
  facts: FindingFacts,
  events: readonly FindingEvent[],
  evidence: readonly Evidence[],
): Promise<Outcome> {
  const progress = progressOf(events);
  const finding = rowOf(facts, events);
  return {
    ...(await spoken(desk, finding, told(desk, events), events.at(-1)?.move ?? 'enter')),
    changes: [
      {
        ...{ kind: 'finding.entered', facts, events, progress, evidence },
        watchAt: watchAt(finding, desk.now, rulesOf(desk, finding)),
      },
    ],
    audit: auditOf(finding, events),
  };
}

const told = ({ actor }: Desk, events: readonly FindingEvent[]): readonly ToldEvent[] =>
  events.map((event) => ({ ...event, actors: actor.people }));

async function spoken(
  desk: Desk,
  finding: FindingRow,
  history: readonly ToldEvent[],
  move: Move,
): Promise<Pick<Outcome, 'reply' | 'refresh' | 'notices'>> {
  const { readers, unreached } = await readersOf(desk, finding, history, move);
  const rules = rulesOf(desk, finding);
  // 督办, 通报: the level that was reached says more than 升级.
  const word = (move === 'escalate' && rungOf(rules.ladder, finding.level)?.word) || MOVE_WORD[move];
  const doc = desk.cards.card(finding, shownTo(desk, finding, history), rules, {
    lead: move === 'enter' ? ENTERED[finding.state === 'draft' ? 'draft' : 'registered'] : `已办理“${word}”。`,
    notes: unreached,
    once: onceOf(desk),
  });
  const notice = desk.cards.told(
    finding,
    word,
    desk.cards.card(finding, withoutRecords(rules, history), rules, { once: onceOf(desk) }),
  );
  return {
    reply: doc,
    refresh: [findingSubject(finding)],
    notices: readers.map((to): Notice => ({ to, doc: notice })),
  };
}

const ENTERED = { draft: '已记下，等督导室登记。', registered: '已登记。' } as const;
const OFFICE_HEARS: readonly Move[] = ['attach'];
const UNIT_HEARS: readonly Move[] = ['amend', 'escalate', 'lower', 'restrict', 'lift'];

/** Who is told of a step beside the chat in which it was made. */
async function readersOf(
  desk: Desk,
  finding: FindingRow,
  history: readonly ToldEvent[],
  move: Move,
): Promise<{ readonly readers: readonly Notice['to'][]; readonly unreached: readonly string[] }> {
  const only = (openIds: readonly string[]) => ({ readers: others(desk, accounts(openIds)), unreached: [] });
  const tells = tellsOf(move, finding);
  // What the unit may not read it is not told of.
  const isRecord = withoutRecords(rulesOf(desk, finding), history).at(-1) !== history.at(-1);
  if (isRecord || tells === 'nobody') return only([]);
  if (finding.restricted) return only(finding.viewers);
  if (tells === 'office') return only(await officeReaders(desk, finding, history));
  const [groups, people] = await Promise.all([
    desk.read.boundGroups(finding.unit.id),
    unitAccounts(desk.read, finding),
  ]);
  const unitSide = [...groups.map(({ chatId }) => ({ chatId })), ...accounts(people)];
  const leaders = move === 'escalate' ? await leaderAccounts(desk.read, finding) : [];
  const all = [...unitSide, ...accounts(leaders.filter((each) => !people.includes(each)))];
  const text = `${finding.unit.name}没有绑定的群，也没有已关联的联络员和责任人，请另行告知。`;
  return { readers: others(desk, all), unreached: unitSide.length === 0 ? [text] : [] };
}

const accounts = (openIds: readonly string[]): readonly Notice['to'][] => openIds.map((openId) => ({ openId }));

/** Whoever entered it and whoever last decided on it; a draft is news to the whole office. */
async function officeReaders(
  { read }: Desk,
  finding: FindingRow,
  history: readonly ToldEvent[],
): Promise<readonly string[]> {
  if (finding.state === 'draft') return officeAccounts(read, finding, []);
  const decided = history.findLast(({ move }) => isState(move) && moveRule(move).tells === 'unit');
  return [...new Set([finding.enteredBy, ...(decided ? [decided.by] : [])])];
}

function tellsOf(move: Move, finding: Finding): 'unit' | 'office' | 'nobody' {
  if (move === 'enter') return finding.state === 'draft' ? 'office' : 'unit';
  if (OFFICE_HEARS.includes(move)) return 'office';
  if (UNIT_HEARS.includes(move)) return 'unit';
  return isState(move) ? moveRule(move).tells : 'nobody';
}

const isState = (move: Move): move is StateMove =>
  !['enter', 'attach', 'amend', 'urge', 'draft', 'escalate', 'lower', 'restrict', 'lift'].includes(move);

/** Whoever acts reads it in the answer. */
const others = ({ actor, chat }: Desk, readers: readonly Notice['to'][]): readonly Notice['to'][] =>
  readers.filter((to) => ('openId' in to ? to.openId !== actor.openId : to.chatId !== chat.chatId));

/** Of two who act at once one comes second: what happened meanwhile, by whom. */
async function lastStep(desk: Desk, finding: FindingRow, { kind }: Refusal): Promise<string> {
  if (kind !== 'state') return '';
  const history = shownTo(desk, finding, await desk.read.findingEvents(finding.id));
  const last = history.findLast(({ from, to }) => from !== to);
  return last ? `（${desk.cards.step(last, rulesOf(desk, finding))}）` : '';
}

/** The reason, and how it is done right or what can be done instead. */
function refusalText(
  { cards }: Desk,
  finding: Pick<Finding, 'number'>,
  move: Move,
  refused: Refusal,
  meanwhile: string,
): string {
  const { kind, because, legal } = refused;
  const reason = `${findingName(finding)}${kind === 'state' ? ' ' : '：'}${because.replace(/。$/, '')}${meanwhile}。`;
  if (kind === 'words' && isState(move)) return `${reason}例如：${cards.howTo(finding, move)}`;
  const instead = legal.filter((other) => other !== move);
  const [first] = instead;
  if (!first) return reason;
  return `${reason}您现在可以：${instead.map((other) => moveRule(other).word).join('、')}。例如：${cards.howTo(finding, first)}`;
}

/** Every step, with the state before and after; the record of a restricted one says no more than its number. */
const auditOf = (finding: Pick<Finding, 'number' | 'severity' | 'restricted'>, events: readonly FindingEvent[]) =>
  events.map(({ move, from, to, due }) => ({
    ...{ action: `finding.${move}`, subject: findingName(finding) },
    ...(!finding.restricted && {
      ...(from && { before: STATES[from].word }),
      after: [STATES[to].word, move === 'enter' && SEVERITY_WORD[finding.severity], due && `期限 ${due}`]
        .filter(Boolean)
        .join('　'),
    }),
  }));
