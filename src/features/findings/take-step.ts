import { type Decided, decideMove, type Said } from '../../domain/findings/decide.ts';
import { findingName } from '../../domain/findings/finding.ts';
import { isRecorded } from '../../domain/findings/ladder.ts';
import { type Move, moveRule } from '../../domain/findings/moves.ts';
import { lift, restrict } from '../../domain/findings/restrict.ts';
import { amend, attach, correct, escalate, lower } from '../../domain/findings/side-moves.ts';
import { type FindingState, STATES } from '../../domain/findings/states.ts';
import type { Context, Outcome } from '../../language/command.ts';
import { Asked, UserError } from '../../language/errors.ts';
import { broughtEvidence } from '../../language/evidence.ts';
import { called } from '../../language/who/resolve-person.ts';
import { asWritten } from '../../language/words/as-written.ts';
import type { FindingRow } from '../../ports/findings.ts';
import { outsideOffice } from '../recipients/office.ts';
import { type FindingContext, findingMeant, moverOf, occasionOf, rulesOf } from './finding-desk.ts';
import { readCause, type Verb } from './finding-line.ts';
import { formFor, takeSteps } from './finding-steps.ts';
import { accountsOf } from './finding-viewers.ts';
import { inspectorsOf } from './inspectors.ts';
import { meantNumber, type StepArgs } from './step-parts.ts';

type StepContext = Context<StepArgs> & FindingContext;

/** W12 销号没: a line without a mark that asks; the others are known by their forms. */
const isAsked = ({ isQuestion, args: { note = '' } }: StepContext): boolean =>
  /^了?没有?$/.test(note) || (isQuestion === true && /^(?:了|好|完|过)*$/.test(note));

/** Makes the step that a line asks for, or says why not. */
export async function takeStep(context: StepContext, verb: Verb): Promise<Outcome> {
  const finding = await findingMeant(context, meantNumber(context.args));
  await refuseElsewhere(context, finding);
  if (isAsked(context)) throw new Asked(findingName(finding));
  if (verb.kind === 'move' && verb.move === 'drop') refuseTakingBack(context, finding);
  return act(context, finding, verb);
}

/** What a unit has handed in is the office's to answer; only the office takes a problem back. */
function refuseTakingBack({ line = '', args: { note = '' } }: StepContext, finding: FindingRow): void {
  const [handedIn] =
    /^(?:了|我?的|本次|这次)*(?:延期|展期|申请|申辩|异议|方案|完成|整改|上报|报|佐证|签收)/.exec(note) ?? [];
  const isOfProblem = moveRule('drop').path[finding.state] !== undefined;
  if (!/撤回/.test(line) || (handedIn === undefined && isOfProblem)) return;
  const name = findingName(finding);
  const waiting = WAITING[finding.state];
  throw new UserError(
    waiting
      ? `没有撤回：${name} 的${waiting.what}已交督导室，正等答复，交出后由督导室（管理员、督导员）收回。请联系督导室发送：整改 ${name} ${waiting.answer}`
      : `没有撤回：${name} 现在是“${STATES[finding.state].word}”，没有等督导室答复的申请。写错了内容请发送：整改 ${name} 补充 更正的内容`,
  );
}

const WAITING: Readonly<Partial<Record<FindingState, { readonly what: string; readonly answer: string }>>> = {
  extensionAsked: { what: '延期申请', answer: '不同意 单位撤回申请' },
  disputed: { what: '申辩', answer: '下达' },
  planFiled: { what: '整改方案', answer: '退回方案 单位要改' },
  submitted: { what: '整改完成报告', answer: '退回 5个工作日 单位撤回' },
  rechecking: { what: '整改完成报告', answer: '退回 5个工作日 单位撤回' },
};

/** 临江区 W12 is not meant where W12 is a problem of 望海区, nor is 下达 临江区. */
async function refuseElsewhere(context: StepContext, finding: FindingRow): Promise<void> {
  for (const place of [context.args.place, context.args.beside]) await refuseOther(context, finding, place);
}

async function refuseOther({ read }: StepContext, finding: FindingRow, place: StepArgs['place']): Promise<void> {
  if (!place || place.candidates.some(({ id }) => id === finding.unit.id)) return;
  const above = place.candidates.map(({ id }) => id);
  if (above.length > 0 && (await read.isWithin(finding.unit.id, above))) return;
  throw new UserError(
    `没有办理：${findingName(finding)} 是${finding.unit.name}的问题，不是“${place.written}”的。请核对编号。`,
  );
}

async function act(context: StepContext, finding: FindingRow, verb: Verb): Promise<Outcome> {
  const mover = await moverOf(context, finding, await inspectorsOf(context, finding));
  const occasion = occasionOf(context, finding);
  const evidence = [...(context.args.evidence ?? []), ...broughtEvidence(context.brought)];
  const said = saidOf(context.args, evidence.length);
  const done = (decided: Decided, move: Move) => takeSteps(context, finding, decided, move, evidence);
  switch (verb.kind) {
    case 'move': {
      // Reported once more before anybody has looked: what was said is put right.
      if (verb.move === 'submit' && finding.state === 'submitted' && !isBare(context.args))
        return done(correct(finding, said, mover, occasion), 'correct');
      const decided = decideMove(finding, verb.move, said, mover, occasion);
      const form = isBare(context.args) ? formFor(context, finding, verb.move, decided) : undefined;
      return form ? { reply: form } : done(decided, verb.move);
    }
    case 'attach':
      return done(attach(finding, said, mover, occasion), 'attach');
    case 'correct': {
      const cause = said.cause ?? (verb.cause ? said.text.trim() || undefined : undefined);
      return done(correct(finding, { ...said, cause }, mover, occasion), 'correct');
    }
    case 'amend':
      return done(amend(finding, said, mover, occasion), 'amend');
    case 'escalate': {
      const { ladder } = rulesOf(context, finding);
      if (context.chat.type === 'group' && isRecorded(ladder, verb.word))
        throw new UserError(`${verb.word}的记录不在群里办理，也没有保存。请在单聊里发给督导助手。`);
      return done(escalate(finding, verb.word, said, mover, { ...occasion, ladder }), 'escalate');
    }
    case 'restrict':
      return kept(context, finding, (viewers) =>
        takeSteps(
          context,
          { ...finding, viewers: [...new Set([...finding.viewers, ...viewers])] },
          restrict(finding, { text: said.text, viewers }, mover, occasion),
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

/** The word and nothing else: what it takes is to be filled in. */
const isBare = ({ note, limit, document, evidence }: StepArgs): boolean =>
  [note, limit, document, evidence].every((said) => said === undefined);

/** 限知 is decided where only one person reads it. Whoever does so, whoever entered it, and an office outside the unit go on seeing it. */
async function kept(
  context: StepContext,
  finding: FindingRow,
  settle: (viewers: readonly string[]) => Promise<Outcome>,
): Promise<Outcome> {
  if (context.chat.type === 'group')
    throw new UserError('设为限知不在群里办理。请在单聊里发给督导助手；群里已有的卡片不会收回。');
  const named = await accountsOf(context, context.args.viewers ?? [], finding.unit);
  const office = await outsideOffice(context, finding.unit, {
    named: finding.restricted ? [...named, ...finding.viewers] : named,
    isNew: false,
  });
  const own = finding.restricted ? [] : [context.actor.openId, finding.enteredBy];
  const outcome = await settle([...new Set([...named, ...own, ...office])]);
  if (office.length === 0) return outcome;
  const people = await Promise.all(office.map((openId) => context.read.peopleByOpenId(openId)));
  const words = people.map(([person]) => (person ? called(person) : '管理员'));
  const note = { kind: 'note', text: `督导室仍能看到：${[...new Set(words)].join('、')}。` } as const;
  return { ...outcome, reply: { ...outcome.reply, blocks: [...outcome.reply.blocks, note] } };
}

function saidOf({ note = '', document, limit }: StepArgs, files: number): Said {
  const cause = readCause(note);
  return {
    text: asWritten(note),
    limit: limit?.limit,
    document,
    cause: cause && asWritten(cause),
    ...(files > 0 && { files }),
  };
}
