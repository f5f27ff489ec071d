import { type Decided, decideMove, limitRefusal, type Said } from '../src/domain/findings/decide.ts';
import { findingName, lateBy } from '../src/domain/findings/finding.ts';
import { isRecorded } from '../src/domain/findings/ladder.ts';
import type { Move, StateMove } from '../src/domain/findings/moves.ts';
import { lift, restrict } from '../src/domain/findings/restrict.ts';
import { amend, attach, escalate, lower } from '../src/domain/findings/side-moves.ts';
import { visitNumber } from '../src/domain/visits/inspection.ts';
import { findingCards, findingsDoc } from '../src/features/findings/finding-card.ts';
import {
  type Desk,
  deskOf,
  findingMeant,
  moverOf,
  occasionOf,
  rulesOf,
  showFinding,
} from '../src/features/findings/finding-desk.ts';
import {
  foreignNumber,
  type OnOne,
  readCause,
  readDocument,
  readOnOne,
} from '../src/features/findings/finding-line.ts';
import { formFor, settled } from '../src/features/findings/finding-steps.ts';
import { accountsOf, readSecrecy } from '../src/features/findings/finding-viewers.ts';
import { visitSaid } from '../src/features/findings/found-on.ts';
import { inspectorsOf } from '../src/features/findings/inspectors.ts';
import { readLimit } from '../src/features/findings/limit-phrase.ts';
import { outsideOffice } from '../src/features/findings/outside-office.ts';
import { unknownNumber, visitByNumber } from '../src/features/visits/visit-find.ts';
import { type ContextOf, defineCommand, type Outcome } from '../src/language/command.ts';
import { NothingHere, UserError } from '../src/language/errors.ts';
import { readEvidence } from '../src/language/evidence.ts';
import { resolveOwnUnit } from '../src/language/who/resolve.ts';
import { called } from '../src/language/who/resolve-person.ts';
import { asWritten } from '../src/language/words/as-written.ts';
import { candidatesOf, directoryFrom, namesIn } from '../src/language/words/names.ts';
import { refuseSeveral } from '../src/language/words/several.ts';
import { mentionsOf } from '../src/language/words/unit-mentions.ts';
import type { FindingRow } from '../src/ports/findings.ts';

type Ask = ContextOf & Desk;

/** Moves that take a deadline; elsewhere a day in the text is only part of the text. */
const DATED: readonly Move[] = ['issue', 'askExtension', 'return', 'keep', 'reopen'];

export default defineCommand({
  name: '整改',
  aliases: ['rectify', 'zgqd', '问题清单', '问题台账', '问题列表', '整改台账', '整改清单', '整改列表', '台账'],
  says: [/(?<![a-z\d])w\d{1,6}(?!\d)|\d{1,6}号问题|zg-?\d/i, /销号|整改(?:完|到位|情况|了)|复查(?:通过|不通过)/],
  saysFirst: [/^(?!.*操作(?:记录|日志)).*(?:(?<![a-z\d])w\d{1,6}(?!\d)|\d号问题|zg-?\d)/i],
  saysBefore: ['日程'],
  also: { atEnd: true, mine: true, exports: 'short', counts: true },
  edits: true,
  reports: true,
  redirects: [
    {
      about: '复查安排',
      words: ['复查', '回头看'],
      answer: '复查一个问题请发送：整改 W12 复查；安排督导请发送：日程 新增 4月9日 望海区第一中学 复查 组长 韩丙。',
    },
    {
      about: '督办和约谈',
      words: ['督办', '约谈', '问责', '挂牌督办'],
      says: [/(转|升级|发起|启动)\S{0,8}(督办|约谈|问责)/],
      answer: '督办一个问题请发送：整改 W12 督办；约谈、问责在单聊里登记：整改 W12 约谈 日期、对象和事由。',
    },
    {
      about: '通报',
      words: ['通报', 'bulletin'],
      says: [/(生成|起草|拟|写|发)\S{0,8}通报/],
      answer: '通报一个问题请发送：整改 W12 通报 文号 …；通报一项任务请发送：任务 通报 T12 文号 …。',
    },
    {
      about: '延期',
      words: ['延期', '申请延期', '展期'],
      says: [/申请.{0,8}(延期|延长|宽限)|延期到/],
      answer:
        '问题延期请发送：整改 W12 延期 6月30日 理由；任务改期请发送：任务 改期 T12 6月30日 原因；督导改期请发送：日程 延期 D12 4月12日。',
    },
    {
      about: '佐证材料',
      words: ['佐证', '佐证材料', '支撑材料'],
      says: [/(缺|少|没有?|未传|补|上传)(传|交)?(佐证|支撑|印证)/],
      answer: '照片和文件请回复到问题或任务的卡片，或回复那张照片发送：整改 W12 佐证，进展 T12 佐证。',
    },
  ],
  summary: '问题的整改：查清单，签收、报完成、延期、复查、退回、销号',
  usage: '整改 [单位|专项|督导编号|逾期|全部] 或 整改 编号 [签收|方案|完成|延期|同意|复查|退回|销号…] [说明]',
  examples: ['整改', '整改 一中', '整改 W12', '整改 W12 完成 已清理并拍照', '整改 W12 退回 5个工作日 照片看不清'],
  allow: 'member',
  where: ['group', 'p2p'],
  async run(asked) {
    const context = await deskOf(asked, findingCards);
    const line = context.args.rest;
    refuseSeveral(line, 'W');
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

/** 限知 is decided where only one person reads it. Whoever does so, whoever entered it, and an office outside the unit go on seeing it. */
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
  const office = await outsideOffice(context, finding.unit, {
    named: finding.restricted ? [...named, ...finding.viewers] : named,
    isNew: false,
  });
  const own = finding.restricted ? [] : [context.actor.openId, finding.enteredBy];
  const outcome = await settle({ text: asWritten(text), viewers: [...new Set([...named, ...own, ...office])] });
  if (office.length === 0) return outcome;
  const people = await Promise.all(office.map((openId) => context.read.peopleByOpenId(openId)));
  const words = people.map(([person]) => (person ? called(person) : '管理员'));
  const note = { kind: 'note', text: `督导室仍能看到：${[...new Set(words)].join('、')}。` } as const;
  return { ...outcome, reply: { ...outcome.reply, blocks: [...outcome.reply.blocks, note] } };
}

function saidOf(context: Ask, move: StateMove | 'amend' | undefined, line: string): Said {
  const { document, text } = readDocument(line);
  const cause = readCause(text);
  const told = { ...(document && { document }), ...(cause && { cause: asWritten(cause) }) };
  if (move === undefined || !(move === 'amend' || DATED.includes(move))) return { ...told, text: asWritten(text) };
  const said = readLimit(text, context);
  if (said.refused) throw new UserError(said.refused);
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
  if (said.number !== undefined && (!visit || visit.withheld))
    throw new NothingHere(unknownNumber(context, said.number));
  const { text } = said;
  const names = namesIn(text, directoryFrom(await read.names(candidatesOf(text))));
  const [program] = names.filter(({ programs }) => programs.length > 0);
  const [mention, ...more] = mentionsOf(
    text,
    names.filter((name) => name.units.length > 0 && name !== program),
  );
  const unit = mention && (await resolveOwnUnit([mention, ...more], context));
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
  const viewer = chat.type === 'p2p' ? { viewer: actor.openId } : {};
  const of = {
    visitId: visit?.inspection.id,
    programId: program?.programs[0]?.programId,
    letter: paper.document,
  };
  const limit = SHOWN + 1;
  const listed = await read.findings({
    unitIds: scope.unitIds,
    unitId: unit?.id,
    ...of,
    openOnly: !all,
    ...viewer,
    limit,
  });
  const found = listed.slice(0, SHOWN);
  const findings = overdue ? found.filter((each) => (lateBy(each, today, calendar) ?? 0) > 0) : found;
  const narrowed = [
    visit && visitNumber(visit.inspection.number),
    unit?.name,
    program?.written,
    paper.document && `文号 ${paper.document}`,
    overdue && '逾期',
  ];
  const about = narrowed.filter(Boolean).join(' ');
  const query = ['整改', ...narrowed, all && '全部'].filter(Boolean).join(' ');
  return {
    nothing: findings.length === 0,
    reply: findingsDoc({ about, findings, all, query, cut: listed.length > SHOWN }, rulesOf(context)),
  };
}
