import type { Doc } from '../../cards/views.ts';
import type { Decided, Refusal } from '../../domain/findings/decide.ts';
import {
  type Finding,
  type FindingEvent,
  type FindingFacts,
  findingName,
  findingSubject,
  SEVERITY_WORD,
  type ToldEvent,
} from '../../domain/findings/finding.ts';
import { rungOf } from '../../domain/findings/ladder.ts';
import { isStateMove, MOVE_WORD, type Move, moveRule, type StateMove } from '../../domain/findings/moves.ts';
import { applyEvent, progressOf } from '../../domain/findings/progress.ts';
import { STATES } from '../../domain/findings/states.ts';
import { soon, watchAt } from '../../domain/findings/watch.ts';
import { withdrawSubject } from '../../language/answer/withdrawal.ts';
import type { Notice, Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import type { Evidence, FindingRow } from '../../ports/findings.ts';
import { hearersOfStep } from '../recipients/concerned.ts';
import { type FindingContext, onceOf, rulesOf, shownTo, withoutRecords } from './finding-desk.ts';
import { inspectorsOf } from './inspectors.ts';

/** The form for what is missing, when words are all that is. */
export function formFor(
  context: FindingContext,
  finding: FindingRow,
  move: StateMove,
  decided: Decided,
): Doc | undefined {
  if (!('refused' in decided) || decided.refused.kind !== 'words') return undefined;
  return context.cards.form(finding, move, context.cards.howTo(finding, move), onceOf(context));
}

/** Steps that were decided on become true, and those whom they concern are told. */
export async function takeSteps(
  context: FindingContext,
  finding: FindingRow,
  decided: Decided,
  move: Move,
  evidence: readonly Evidence[],
): Promise<Outcome> {
  if ('refused' in decided)
    throw new UserError(
      refusalText(context, finding, move, decided.refused, await lastStep(context, finding, decided.refused)),
    );
  const { events } = decided;
  const now: FindingRow = { ...finding, ...events.reduce(applyEvent, finding), seq: finding.seq + events.length };
  const history = [...(await context.read.findingEvents(finding.id)), ...told(context, events)];
  const taken =
    move === 'restrict'
      ? await withdrawSubject(context, findingSubject(now), { name: findingName(now), readers: now.viewers })
      : undefined;
  return {
    ...(await spoken(context, now, history, move, taken?.sentence)),
    changes: [
      {
        kind: 'finding.moved',
        id: finding.id,
        events,
        progress: progressOf(history),
        evidence,
        watchAt:
          move === 'escalate'
            ? soon(context.now, rulesOf(context, finding))
            : watchAt(now, context.now, rulesOf(context, finding)),
        seen: { version: finding.version, seq: finding.seq },
        ...(move === 'restrict' && { viewers: finding.viewers }),
      },
      ...(taken?.changes ?? []),
    ],
    audit: [...auditOf(finding, events), ...(taken?.audit ?? [])],
  };
}

/** A problem as it stands when it is entered. */
export const rowOf = (facts: FindingFacts, events: readonly FindingEvent[]): FindingRow => ({
  ...facts,
  ...progressOf(events),
  version: 1,
  seq: events.length,
});

/** A problem that is entered. */
export async function enterFinding(
  context: FindingContext,
  facts: FindingFacts,
  events: readonly FindingEvent[],
  evidence: readonly Evidence[],
): Promise<Outcome> {
  const progress = progressOf(events);
  const finding = rowOf(facts, events);
  return {
    ...(await spoken(context, finding, told(context, events), events.at(-1)?.move ?? 'enter')),
    changes: [
      {
        kind: 'finding.entered',
        facts,
        events,
        progress,
        evidence,
        watchAt: watchAt(finding, context.now, rulesOf(context, finding)),
      },
    ],
    audit: auditOf(finding, events),
  };
}

const told = ({ actor }: FindingContext, events: readonly FindingEvent[]): readonly ToldEvent[] =>
  events.map((event) => ({ ...event, actors: actor.people }));

async function spoken(
  context: FindingContext,
  finding: FindingRow,
  history: readonly ToldEvent[],
  move: Move,
  taken = '',
): Promise<Pick<Outcome, 'reply' | 'refresh' | 'notices' | 'owed'>> {
  const { to, whom, ...hearers } = await hearersOfStep(context, finding, history, move);
  const rules = rulesOf(context, finding);
  // 督办, 通报: the level that was reached says more than 升级.
  const word = (move === 'escalate' && rungOf(rules.ladder, finding.level)?.word) || MOVE_WORD[move];
  const done = move === 'enter' ? ENTERED[finding.state === 'draft' ? 'draft' : 'registered'] : `已办理“${word}”。`;
  const lead = `${done}${taken}`;
  const team = await inspectorsOf(context, finding);
  const more = { once: onceOf(context), team };
  const doc = context.cards.card(finding, shownTo(context, finding, history), rules, { ...more, lead });
  const notice = context.cards.told(
    finding,
    word,
    context.cards.card(finding, withoutRecords(rules, history), rules, { ...more, once: onceOf(context) }),
  );
  return {
    reply: doc,
    refresh: [findingSubject(finding)],
    notices: to.map((one): Notice => ({ to: one, doc: notice })),
    ...(whom !== undefined && { owed: { ...hearers, whom, standing: `${findingName(finding)} ${lead}` } }),
  };
}

const ENTERED = { draft: '已记下，等督导室登记。', registered: '已登记。' } as const;

/** Of two who act at once one comes second: what happened meanwhile, by whom. */
async function lastStep(context: FindingContext, finding: FindingRow, { kind }: Refusal): Promise<string> {
  if (kind !== 'state') return '';
  const history = shownTo(context, finding, await context.read.findingEvents(finding.id));
  const last = history.findLast(({ from, to }) => from !== to);
  return last ? `（${context.cards.step(last, rulesOf(context, finding))}）` : '';
}

/** The reason, and how it is done right or what can be done instead. */
function refusalText(
  { cards }: FindingContext,
  finding: Pick<Finding, 'number'>,
  move: Move,
  refused: Refusal,
  meanwhile: string,
): string {
  const { kind, because, legal } = refused;
  const reason = `${findingName(finding)}${kind === 'state' ? ' ' : '：'}${because.replace(/。$/, '')}${meanwhile}。`;
  if (kind === 'words' && isStateMove(move)) return `${reason}例如：${cards.howTo(finding, move)}`;
  const instead = legal.filter((other) => other !== move);
  const [first] = instead;
  if (!first) return reason;
  return `${reason}您现在可以：${instead.map((other) => moveRule(other).word).join('、')}。例如：${cards.howTo(finding, first)}`;
}

/** Every step, with the state before and after; the record of a restricted one says no more than its number. */
const auditOf = (finding: Pick<Finding, 'number' | 'severity' | 'restricted'>, events: readonly FindingEvent[]) =>
  events.map(({ move, from, to, due }) => ({
    action: `finding.${move}` as const,
    subject: findingName(finding),
    ...(!finding.restricted && {
      ...(from && { before: STATES[from].word }),
      after: [STATES[to].word, move === 'enter' && SEVERITY_WORD[finding.severity], due && `期限 ${due}`]
        .filter(Boolean)
        .join('　'),
    }),
  }));
