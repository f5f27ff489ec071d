import { findingCards } from '../src/cards/finding.ts';
import { entryFormDoc } from '../src/cards/finding-form.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { readEvidence } from '../src/chat/evidence.ts';
import { onlyPlace, readFinding, type SaidFinding } from '../src/chat/findings/finding-entry.ts';
import {
  type Desk,
  deskOf,
  entered,
  findingMeant,
  moverOf,
  occasionOf,
  showFinding,
} from '../src/chat/findings/findings.ts';
import { visitNamed, visitSaid, visitUnderWay } from '../src/chat/findings/found-on.ts';
import { inspectorsOf } from '../src/chat/findings/inspectors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { slots } from '../src/chat/slots.ts';
import type { FindingEvent, FindingFacts } from '../src/domain/loop/finding.ts';
import { lastDayOf } from '../src/domain/loop/time-limits.ts';
import type { Evidence } from '../src/ports/findings.ts';

export default defineCommand({
  name: '问题',
  ...wordings.问题,
  summary: '登记督导发现的问题：单位、指标、描述、期限，一行写完',
  usage: '问题 单位或督导编号 [指标编号] 描述 [程度] 期限 [责任人 姓名]',
  examples: ['问题 一中 A2.3 消防通道堆放杂物 10个工作日', '问题 D12 灭火器过期 立行立改', '问题 W12'],
  allow: 'member',
  where: ['group', 'p2p'],
  args: slots.pick({ mentions: true, rest: true }),
  async run(context) {
    const { args, chat, read, ids } = context;
    const desk = await deskOf(context, findingCards);
    const one = /^[Ww]? ?(\d{1,6})$/.exec(args.rest);
    if (one) return showFinding(desk, await findingMeant(desk, Number(one[1])));
    const mentions = args.mentions ?? [];
    const place = visitSaid(args.rest);
    const named = place.number === undefined ? undefined : await visitNamed(desk, place.number);
    const unit = place.text === '' ? named?.unit : await onlyPlace(desk, place.text);
    if (place.text === '' || unit) {
      const people = unit ? await namesOf(context, unit.id) : [];
      const given = { unit: unit?.name, visit: named?.number, secret: chat.type === 'p2p' };
      return { reply: entryFormDoc({ ...given, once: ids.next('form'), people }) };
    }
    const { evidence, text } = readEvidence(place.text, context.brought);
    const said = await readFinding(desk, text, mentions, named);
    if (said.restricted && chat.type === 'group')
      throw new UserError('保密或涉及举报、信访、涉密的问题不在群里登记，也没有保存。请在单聊里发给督导助手。');
    const visit = named ?? (await visitUnderWay(desk, said.unit));
    const facts: FindingFacts = {
      ...{ id: ids.next('finding'), number: await read.nextFindingNumber(), unit: said.unit },
      visit: visit && { id: visit.id, number: visit.number },
      program: visit?.programId && visit.program ? { id: visit.programId, name: visit.program } : undefined,
      indicator: said.indicator && { id: said.indicator.id, code: said.indicator.code, title: said.indicator.title },
      ...{ description: said.description, severity: said.severity },
      term: said.immediate ? 'immediate' : 'timeLimited',
      viewers: said.restricted ? viewersOf(desk, said, mentions) : [],
      ...{ foundOn: context.today, responsible: said.responsible, enteredBy: context.actor.openId },
    };
    return enter(desk, facts, said, evidence);
  },
});

/** A unit whose people are more is no school. */
const MOST_PEOPLE = 200;

async function namesOf({ read, today }: Pick<Context<never>, 'read' | 'today'>, unitId: string) {
  const { people } = await read.addressBook({ within: [unitId], today, limit: MOST_PEOPLE });
  return people.flatMap(({ name, unit, left }) => (unit.id === unitId && !left ? [name] : []));
}

const viewersOf = (
  { actor }: Desk,
  { responsible, viewers }: SaidFinding,
  mentions: readonly { readonly openId: string }[],
): readonly string[] => [
  ...new Set([
    actor.openId,
    ...viewers,
    ...mentions.map(({ openId }) => openId),
    ...(responsible?.openId ? [responsible.openId] : []),
  ]),
];

/**
 * Whoever may confirm problems registers it, others hand in a draft for the office. What is to be mended at once is also issued at once,
 * when the one who found it may: the short way.
 */
async function enter(
  desk: Desk,
  facts: FindingFacts,
  said: SaidFinding,
  evidence: readonly Evidence[],
): Promise<Outcome> {
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
  const issues = facts.severity === 'minor' && said.immediate && mover.whyNot('finding.issue') === undefined;
  if (registers && issues && said.limit) {
    const due = lastDayOf(said.limit, today, calendar, profile.lastDay).date;
    events.push({ ...common, ...limit, seq: 2, move: 'issue', from: 'registered', to: 'issued', due });
  }
  return entered(desk, facts, events, evidence);
}
