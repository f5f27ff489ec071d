import { limitRefusal } from '../../domain/findings/decide.ts';
import { findingSubject } from '../../domain/findings/finding.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Notice, Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { type Desk, rulesOf } from './finding-desk.ts';
import { onlyPlace, readFinding, type SaidFinding } from './finding-entry.ts';
import { ITEM } from './finding-items.ts';
import { readDocument } from './finding-line.ts';
import { entered, rowOf } from './finding-steps.ts';
import { visitNamed, visitSaid, visitUnderWay } from './found-on.ts';
import { readLimit } from './limit-phrase.ts';
import { newFinding } from './new-finding.ts';
import { programOf, programSaid } from './of-program.ts';

/** A letter of more is sent as two messages. */
const MOST = 30;
const HOW =
  '第一行写单位（或督导编号）、文号和期限，下面每行一个问题，例如：\n问题 一中 文号 云教督〔2026〕5号 10个工作日\n1. 消防通道堆放杂物 较重\n2. 台账不全 5个工作日';

/**
 * 督导意见书 → 问题清单 (S5.14): several problems of one letter, entered together or not at all. With a 文号 they are issued under it; each has its
 * own deadline and severity, or the letter's deadline.
 */
export async function enterLetter(desk: Desk, text: string): Promise<Outcome> {
  const [head = '', ...lines] = text.split('\n').map((line) => line.trim());
  if (lines.length > MOST) throw new UserError(`一次最多登记 ${MOST} 个问题，请分成几条消息发送，文号写一样的。`);
  const place = visitSaid(head);
  const named = place.number === undefined ? undefined : await visitNamed(desk, place.number);
  const ofProgram = await programSaid(desk, place.text);
  const { document, text: withoutPaper } = readDocument(ofProgram.text);
  const limit = readLimit(withoutPaper, desk);
  if (limit.refused) throw new UserError(limit.refused);
  const tooFar = limit.limit && !limit.immediate && limitRefusal(limit.limit, desk.today);
  if (tooFar) throw new UserError(`${tooFar}。`);
  const unit = limit.text === '' ? named?.unit : await onlyPlace(desk, limit.text);
  if (!unit) throw new UserError(`没有看懂第一行“${head}”。${HOW}`);
  const visit = named ?? (await visitUnderWay(desk, unit));
  const program = await programOf(desk, ofProgram, unit);
  const first = await desk.read.nextFindingNumber();
  const news = [];
  for (const [index, line] of lines.entries()) {
    const said = await itemOf(desk, unit, line, index + 1);
    const dated = { ...said, limit: said.limit ?? limit.limit, immediate: said.immediate || limit.immediate === true };
    const entry = { number: first + index, visit, program, mentions: [], evidence: [], letter: document };
    news.push(await newFinding(desk, dated, entry));
  }
  return together(desk, news, document ?? unit.name, document);
}

async function itemOf(desk: Desk, unit: UnitRef, line: string, place: number): Promise<SaidFinding> {
  const refuse = (written: string) => `这一批是${unit.name}的问题，不是${written}的`;
  const said = await readFinding(desk, line.replace(ITEM, ''), [], { unit, refuse }).catch((error: unknown) => {
    throw error instanceof UserError ? new UserError(`第 ${place} 条：${error.message}\n都没有保存。`) : error;
  });
  if (said.restricted)
    throw new UserError(`第 ${place} 条涉及保密、举报、信访或涉密，请在单聊里单独登记。都没有保存。`);
  return said;
}

/** One answer, and one message to each of those who would get one for every problem. */
async function together(
  desk: Desk,
  news: readonly Awaited<ReturnType<typeof newFinding>>[],
  about: string,
  letter: string | undefined,
): Promise<Outcome> {
  const each = await Promise.all(
    news.map(async ({ facts, events }) => ({
      finding: rowOf(facts, events),
      outcome: await entered(desk, facts, events, []),
    })),
  );
  const query = letter === undefined ? '整改' : `整改 文号 ${letter}`;
  const docOf = (of: typeof each) => ({
    ...desk.cards.list({ about, findings: of.map(({ finding }) => finding), all: true, query }, rulesOf(desk)),
    title: `登记了 ${of.length} 个问题`,
    shows: of.map(({ finding }) => findingSubject(finding)),
  });
  const targets = new Map(each.flatMap(({ outcome }) => (outcome.notices ?? []).map(({ to }) => [keyOf(to), to])));
  const notices = [...targets].map(([key, to]): Notice => {
    const own = each.filter(({ outcome }) => outcome.notices?.some((notice) => keyOf(notice.to) === key));
    return { to, doc: docOf(own) };
  });
  return {
    reply: docOf(each),
    changes: each.flatMap(({ outcome }) => outcome.changes ?? []),
    audit: each.flatMap(({ outcome }) => outcome.audit ?? []),
    notices,
  };
}

const keyOf = (to: Notice['to']): string => ('chatId' in to ? `c:${to.chatId}` : `p:${to.openId}`);
