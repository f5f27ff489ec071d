import type { FindingEvent, FindingFacts } from '../../domain/findings/finding.ts';
import { lastDayOf } from '../../domain/findings/time-limits.ts';
import type { Inspection } from '../../domain/visits/inspection.ts';
import { UserError } from '../../language/errors.ts';
import type { Evidence } from '../../ports/findings.ts';
import type { Mentioned } from '../../ports/inbound.ts';
import { type Desk, moverOf, occasionOf } from './finding-desk.ts';
import type { SaidFinding } from './finding-entry.ts';
import { inspectorsOf } from './inspectors.ts';
import { outsideOffice } from './outside-office.ts';

/** What an entry has beside the words of the problem. */
interface Entry {
  readonly number: number;
  readonly visit: Inspection | undefined;
  /** Named beside the visit, or without one. */
  readonly program?: FindingFacts['program'];
  readonly mentions: readonly Mentioned[];
  readonly evidence: readonly Evidence[];
  /** 文号 of the letter that issues it. */
  readonly letter?: string | undefined;
}

/**
 * Whoever may confirm problems registers it, others hand in a draft for the office. What is to be mended at once, and what a letter names, is
 * also issued at once, when the writer may: the short way.
 */
export async function newFinding(desk: Desk, said: SaidFinding, entry: Entry) {
  const facts = factsOf(desk, said, entry, said.restricted ? await viewersOf(desk, said, entry.mentions) : []);
  const { evidence, letter } = entry;
  const mover = await moverOf(desk, facts, await inspectorsOf(desk, facts));
  const noDraft = mover.whyNot('finding.draft');
  if (noDraft) throw new UserError(noDraft);
  const { now, today, chatId, calendar, profile } = occasionOf(desk, facts);
  const common = { at: now, on: today, by: desk.actor.openId, chatId, text: '' } as const;
  const registers = mover.whyNot('finding.register') === undefined;
  const limit = said.limit ? { limit: said.limit } : {};
  const files = evidence.length > 0 ? { files: evidence.length } : {};
  const restricted = said.restricted ? { restricted: true } : {};
  const events: FindingEvent[] = [
    { ...common, ...limit, ...files, ...restricted, seq: 1, move: 'enter', to: registers ? 'registered' : 'draft' },
  ];
  const atOnce = letter !== undefined || (facts.severity === 'minor' && said.immediate);
  if (registers && atOnce && said.limit && mover.whyNot('finding.issue') === undefined) {
    const due = lastDayOf(said.limit, today, calendar, profile.lastDay).date;
    const dayUnit = said.limit.kind === 'days' ? { dayUnit: said.limit.unit } : {};
    const paper = letter === undefined ? {} : { document: letter };
    events.push({
      ...common,
      ...limit,
      ...dayUnit,
      ...paper,
      seq: 2,
      move: 'issue',
      from: 'registered',
      to: 'issued',
      due,
    });
  }
  return { facts, events };
}

const factsOf = (
  desk: Desk,
  said: SaidFinding,
  { number, visit, program }: Entry,
  viewers: readonly string[],
): FindingFacts => ({
  id: desk.ids.next('finding'),
  number,
  unit: said.unit,
  visit: visit && { id: visit.id, number: visit.number },
  program: program ?? (visit?.programId && visit.program ? { id: visit.programId, name: visit.program } : undefined),
  indicator: said.indicator && { id: said.indicator.id, code: said.indicator.code, title: said.indicator.title },
  description: said.description,
  severity: said.severity,
  term: said.immediate ? 'immediate' : 'timeLimited',
  viewers,
  foundOn: desk.today,
  responsible: said.responsible,
  enteredBy: desk.actor.openId,
});

async function viewersOf(
  desk: Desk,
  { unit, responsible, viewers }: SaidFinding,
  mentions: readonly Mentioned[],
): Promise<readonly string[]> {
  const named = [...viewers, ...mentions.map(({ openId }) => openId)];
  const answering = responsible?.openId ? [responsible.openId] : [];
  return [
    ...new Set([
      desk.actor.openId,
      ...named,
      ...answering,
      ...(await outsideOffice(desk, unit, { named, isNew: true })),
    ]),
  ];
}
