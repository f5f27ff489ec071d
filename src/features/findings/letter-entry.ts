import { wallClock } from '../../domain/calendar/local-date.ts';
import { findingSubject } from '../../domain/findings/finding.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Inspection } from '../../domain/visits/inspection.ts';
import type { Notice, Outcome } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { readForm } from '../../language/forms/read-form.ts';
import { resolveUnit } from '../../language/who/resolve.ts';
import { type EntryArgs, ITEM_PARTS, type LetterArgs } from './entry-parts.ts';
import { type FindingContext, rulesOf } from './finding-desk.ts';
import { findingOf, type SaidFinding } from './finding-entry.ts';
import { enterFinding, rowOf } from './finding-steps.ts';
import { visitNamed, visitUnderWay } from './found-on.ts';
import { newFinding, numbered } from './new-finding.ts';
import { programOf } from './of-program.ts';
import { refuseSame } from './same-problem.ts';

/** A letter of more is sent as two messages. */
const MOST = 30;
const HOW =
  '第一行写单位（或督导编号）、文号和期限，下面每行一个问题，例如：\n问题 一中 文号 云教督〔2026〕5号 10个工作日\n1. 消防通道堆放杂物 较重\n2. 台账不全 5个工作日';

/**
 * 督导意见书 → 问题清单 (S5.14): several problems of one letter, entered together or not at all. With a 文号 they are issued under it; each has its
 * own deadline and severity, or the letter's deadline.
 */
export async function enterLetter(
  context: FindingContext,
  { items = [], limit, ...said }: LetterArgs,
): Promise<Outcome> {
  if (items.length > MOST) throw new UserError(`一次最多登记 ${MOST} 个问题，请分成几条消息发送，文号写一样的。`);
  const named = said.visit === undefined ? undefined : await visitNamed(context, said.visit);
  const unit = (await resolveUnit(said.place ? [said.place] : [], context)) ?? named?.unit;
  if (!unit) throw new UserError(`第一行没有写单位。${HOW}`);
  const visit = named ?? (await visitUnderWay(context, unit));
  const program = await programOf(context, said.program, unit);
  const news = [];
  const earlier = new Set<string>();
  for (const [index, line] of items.entries()) {
    const item = await itemOf(context, { unit, visit }, line, index + 1);
    if (earlier.has(item.description))
      throw new UserError(`第 ${index + 1} 条和前面的一样：${item.description.slice(0, 40)}。都没有保存。`);
    earlier.add(item.description);
    const dated = {
      ...item,
      limit: item.limit ?? limit?.limit,
      immediate: item.immediate || limit?.immediate === true,
    };
    const entry = { visit, program, mentions: [], evidence: [], letter: said.document };
    news.push(await newFinding(context, dated, entry));
  }
  return together(context, await numbered(context, news), said.document ?? unit.name, said.document);
}

interface Place {
  readonly unit: UnitRef;
  readonly visit: Inspection | undefined;
}

const ITEM_FORM = { parts: ITEM_PARTS, changes: true, examples: ['1. 消防通道堆放杂物 较重 5个工作日'] };

async function itemOf(
  context: FindingContext,
  { unit, visit }: Place,
  line: string,
  place: number,
): Promise<SaidFinding> {
  const refuse = (written: string) => `这一批是${unit.name}的问题，不是${written}的`;
  const { today, calendar, read } = context;
  const lookup = (candidates: readonly string[]) => read.names(candidates);
  const at = wallClock(context.now, context.zone);
  try {
    const { args } = await readForm(ITEM_FORM, line, { today, calendar, at, lookup });
    // The parts of a problem's form are those of its arguments.
    const { another } = args as EntryArgs;
    const said = await findingOf(context, args as EntryArgs, { unit, refuse });
    await refuseSame(context, said, visit, another);
    if (!said.restricted) return said;
  } catch (error) {
    throw error instanceof UserError ? new UserError(`第 ${place} 条：${error.message}\n都没有保存。`) : error;
  }
  throw new UserError(`第 ${place} 条涉及保密、举报、信访或涉密，请在单聊里单独登记。都没有保存。`);
}

/** One answer, and one message to each of those who would get one for every problem. */
async function together(
  context: FindingContext,
  news: Awaited<ReturnType<typeof numbered<Awaited<ReturnType<typeof newFinding>>>>>,
  about: string,
  letter: string | undefined,
): Promise<Outcome> {
  const each = await Promise.all(
    news.map(async ({ facts, events }) => ({
      finding: rowOf(facts, events),
      outcome: await enterFinding(context, facts, events, []),
    })),
  );
  const query = letter === undefined ? '整改' : `整改 文号 ${letter}`;
  const docOf = (of: typeof each) => ({
    ...context.cards.list({ about, findings: of.map(({ finding }) => finding), all: true, query }, rulesOf(context)),
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
