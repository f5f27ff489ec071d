import { findingCards, findingsDoc } from '../src/cards/finding.ts';
import { asWritten } from '../src/chat/as-written.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { readEvidence } from '../src/chat/evidence.ts';
import {
  type Desk,
  deskOf,
  findingMeant,
  moverOf,
  occasionOf,
  officeReach,
  rulesOf,
  showFinding,
} from '../src/chat/findings/finding-desk.ts';
import { foreignNumber, type OnOne, readCause, readDocument, readOnOne } from '../src/chat/findings/finding-line.ts';
import { formFor, settled } from '../src/chat/findings/finding-steps.ts';
import { accountsOf, readSecrecy } from '../src/chat/findings/finding-viewers.ts';
import { visitSaid } from '../src/chat/findings/found-on.ts';
import { inspectorsOf } from '../src/chat/findings/inspectors.ts';
import { readLimit } from '../src/chat/findings/limit-phrase.ts';
import { candidatesOf, directoryFrom, namesIn } from '../src/chat/names.ts';
import { wordings } from '../src/chat/phrases.ts';
import { resolveUnit } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import { mentionsOf } from '../src/chat/unit-mentions.ts';
import { unknownNumber, visitByNumber } from '../src/chat/visits/visit-find.ts';
import { amend, attach, escalate, lower } from '../src/domain/loop/beside.ts';
import { type Decided, decideMove, limitRefusal, type Said } from '../src/domain/loop/decide.ts';
import { findingName, lateBy } from '../src/domain/loop/finding.ts';
import { isRecorded } from '../src/domain/loop/ladder.ts';
import type { Move, StateMove } from '../src/domain/loop/moves.ts';
import { lift, restrict } from '../src/domain/loop/restrict.ts';
import { visitNumber } from '../src/domain/work/inspection.ts';
import type { FindingRow } from '../src/ports/findings.ts';

const args = slots.pick({ rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>> & Desk;

/** Moves that take a deadline; elsewhere a day in the text is only part of the text. */
const DATED: readonly Move[] = ['issue', 'askExtension', 'return', 'keep', 'reopen'];

export default defineCommand({
  name: '整改',
  ...wordings.整改,
  summary: '问题的整改：查清单，签收、报完成、延期、复查、退回、销号',
  usage: '整改 [单位|专项|督导编号|逾期|全部] 或 整改 编号 [签收|方案|完成|延期|同意|复查|退回|销号…] [说明]',
  examples: ['整改', '整改 一中', '整改 W12', '整改 W12 完成 已清理并拍照', '整改 W12 退回 5个工作日 照片看不清'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(asked) {
    const context = await deskOf(asked, findingCards);
    const line = context.args.rest;
    const one = readOnOne(line);
    if (one) return onOne(context, one);
    const foreign = foreignNumber(line);
    if (foreign)
      throw new UserError(`没有编号为“${foreign}”的问题。这里的编号是 W 加数字，例如 W12；发送“整改”看清单和编号。`);
    return list(context, line);
  },
});

async function onOne(context: Ask, { number, verb, text }: OnOne): Promise<Outcome> {
  const finding = await findingMeant(context, number);
  if (verb.kind !== 'show') return act(context, finding, verb, text);
  if (text !== '') throw new UserError(`没有看懂“${text}”。发送“整改 ${findingName(finding)}”看能办什么。`);
  return showFinding(context, finding);
}

async function act(
  context: Ask,
  finding: FindingRow,
  verb: Exclude<OnOne['verb'], { readonly kind: 'show' }>,
  line: string,
): Promise<Outcome> {
  const mover = await moverOf(context, finding, await inspectorsOf(context, finding));
  const occasion = occasionOf(context, finding);
  const { evidence, text } = readEvidence(line, context.brought);
  const dated = verb.kind === 'move' ? verb.move : verb.kind === 'amend' ? 'amend' : undefined;
  const said = { ...saidOf(context, dated, text), ...(evidence.length > 0 && { files: evidence.length }) };
  const done = (decided: Decided, move: Move) => settled(context, finding, decided, move, evidence);
  switch (verb.kind) {
    case 'move': {
      const decided = decideMove(finding, verb.move, said, mover, occasion);
      const form = line === '' ? formFor(context, finding, verb.move, decided) : undefined;
      return form ? { reply: form } : done(decided, verb.move);
    }
    case 'attach':
      return done(attach(finding, said, mover, occasion), 'attach');
    case 'amend':
      return done(amend(finding, said, mover, occasion), 'amend');
    case 'escalate': {
      const { ladder } = rulesOf(context, finding);
      if (context.chat.type === 'group' && isRecorded(ladder, verb.word))
        throw new UserError(`${verb.word}的记录不在群里办理，也没有保存。请在单聊里发给督导助手。`);
      return done(escalate(finding, verb.word, said, mover, { ...occasion, ladder }), 'escalate');
    }
    case 'restrict':
      return kept(context, finding, verb.naming ? `可见 ${text}` : text, (named) =>
        settled(
          context,
          { ...finding, viewers: [...new Set([...finding.viewers, ...named.viewers])] },
          restrict(finding, named, mover, occasion),
          'restrict',
          evidence,
        ),
      );
    case 'lift':
      return done(lift(finding, said, mover, occasion), 'lift');
    case 'lower':
      return done(lower(finding, verb.to, said, mover, occasion), 'lower');
  }
}

/** 限知 is decided where only one person reads it. Whoever does so, and whoever entered it, go on seeing it. */
async function kept(
  context: Ask,
  finding: FindingRow,
  line: string,
  settle: (named: { readonly text: string; readonly viewers: readonly string[] }) => Promise<Outcome>,
): Promise<Outcome> {
  if (context.chat.type === 'group')
    throw new UserError('设为限知不在群里办理。请在单聊里发给督导助手；群里已有的卡片不会收回。');
  const { names, text } = readSecrecy(line);
  const named = await accountsOf(context, names, finding.unit);
  return settle({
    text: asWritten(text),
    viewers: [...named, ...(finding.restricted ? [] : [context.actor.openId, finding.enteredBy])],
  });
}

function saidOf(context: Ask, move: StateMove | 'amend' | undefined, line: string): Said {
  const { document, text } = readDocument(line);
  const cause = readCause(text);
  const told = { ...(document && { document }), ...(cause && { cause: asWritten(cause) }) };
  if (move === undefined || !(move === 'amend' || DATED.includes(move))) return { ...told, text: asWritten(text) };
  const said = readLimit(text, context);
  if (said.impossible) throw new UserError(`没有“${said.impossible}”这一天，请核对日期后再发。`);
  const refusal = said.limit && !said.immediate && limitRefusal(said.limit, context.today);
  if (refusal) throw new UserError(`${refusal}。`);
  return { ...told, text: asWritten(said.text), ...(said.limit && { limit: said.limit }) };
}

/** Twenty pages of a phone; a workbook holds the rest. */
const SHOWN = 300;
const OVERDUE = /逾期|超期|过期/;
const ALL = /全部|所有|台账|已销号/;
const NO_WORDS = /列表|清单|情况|有哪些|哪些|还有|没有|未|销号|整改|问题|的|了|[\s,，、?？]/g;

async function list(context: Ask, line: string): Promise<Outcome> {
  const { read, chat, scope, actor, today, calendar } = context;
  const paper = readDocument(line);
  const said = visitSaid(paper.text);
  const visit = said.number === undefined ? undefined : await visitByNumber(context, said.number);
  if (said.number !== undefined && (!visit || visit.withheld)) throw new UserError(unknownNumber(context, said.number));
  const { text } = said;
  const names = namesIn(text, directoryFrom(await read.names(candidatesOf(text))));
  const [program] = names.filter(({ programs }) => programs.length > 0);
  const [mention, ...more] = mentionsOf(
    text,
    names.filter((name) => name.units.length > 0 && name !== program),
  );
  const unit = mention && (await resolveUnit([mention, ...more], context));
  const overdue = OVERDUE.test(text);
  const all = ALL.test(text) || visit !== undefined || paper.document !== undefined;
  const left = [mention, program]
    .reduce((words, cut) => (cut ? words.replace(cut.written, '') : words), text)
    .replace(OVERDUE, '')
    .replace(ALL, '')
    .replace(NO_WORDS, '');
  if (left !== '')
    throw new UserError(
      `没有看懂“${left}”。看清单发送：整改，或 整改 单位、专项、督导编号；办一项发送：整改 W12 完成 做了什么`,
    );
  const reach = chat.type === 'p2p' ? officeReach(context) : [];
  const unitIds = reach === 'everywhere' ? reach : [...scope.unitIds, ...reach];
  const viewer = chat.type === 'p2p' ? { viewer: actor.openId } : {};
  const of = {
    ...{ visitId: visit?.inspection.id, programId: program?.programs[0]?.programId, letter: paper.document },
  };
  const limit = SHOWN + 1;
  const listed = await read.findings({ unitIds, unitId: unit?.id, ...of, openOnly: !all, ...viewer, limit });
  const found = listed.slice(0, SHOWN);
  const findings = overdue ? found.filter((each) => (lateBy(each, today, calendar) ?? 0) > 0) : found;
  const narrowed = [
    ...[visit && visitNumber(visit.inspection.number), unit?.name, program?.written],
    ...[paper.document && `文号 ${paper.document}`, overdue && '逾期'],
  ];
  const about = narrowed.filter(Boolean).join(' ');
  const query = ['整改', ...narrowed, all && '全部'].filter(Boolean).join(' ');
  return { reply: findingsDoc({ about, findings, all, query, cut: listed.length > SHOWN }, rulesOf(context)) };
}
