import { UserError } from '../../language/errors.ts';
import { mayRead, type OwnContext, type OwnReader } from '../../language/forms/form.ts';
import { asWritten } from '../../language/words/as-written.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import type { Verb } from './finding-line.ts';
import { lastName, onlyNames, strayDays, strayLabel, strayShare, strayUnits, strayUnitWord } from './stray-words.ts';

/** What is said beside a step, and the words of it that were meant for something else. */

/** Behind these everything is the sender's own. */
const OWN_WORDS =
  /(?<=^|[\s,，;；、。])(?:原因|说明|理由|备注|事由)(?: ?(?:是|为|在于))?(?:\s*[:：]\s*|\s+|(?<=[是为于]))/;
const SAY_SO = '是说明的话，请写在“说明”后面';

/** How freely a step speaks: a plan names days and people, a report what was done and when. */
type Tone = 'free' | 'report' | 'strict';
const RECORDED: readonly string[] = ['约谈', '挂牌督办', '问责'];
const REPORTS: readonly string[] = ['submit', 'dispute', 'return', 'returnPlan', 'reopen', 'drop'];
function toneOf(verb: Verb): Tone {
  if (verb.kind === 'escalate') return RECORDED.includes(verb.word) ? 'free' : 'strict';
  if (verb.kind === 'attach') return 'report';
  if (verb.kind !== 'move') return 'strict';
  if (verb.move === 'plan') return 'free';
  return REPORTS.includes(verb.move) ? 'report' : 'strict';
}

const headOf = (note: string): string => note.slice(0, OWN_WORDS.exec(note)?.index);

/** 下达 望海区实验小学: a unit beside a step is the one whose problem it is, or the wrong one. Within a report it is part of what was done. */
const readUnit =
  (tone: Tone): OwnReader<UnitMention> =>
  async (text, context) => {
    if (tone === 'free') return undefined;
    const head = headOf(text);
    const isAtEdge = ({ start, end }: { readonly start: number; readonly end: number }) =>
      start === 0 || head.slice(end).trim() === '';
    const units = await strayUnits(head, context);
    const [unit] = tone === 'strict' ? units : units.filter(isAtEdge);
    return unit && { value: unit, rest: `${text.slice(0, unit.start)} ${text.slice(unit.end)}`.trim() };
  };

const WANTING =
  /(?:^|[\s,，:：;；、。])(?:复查|核查|现场)?(?:结果)?(?:是|为)?(?:还|仍|仍然|尚|都|均|整改)*(?:不|未|没有?)(?:能|予)?(?:通过|合格|达标|到位|符合|整改|完成|改)(?=$|[\s,，;；、。]|了|好|完|到位|要求)/;
const REFUSES = /(?:^|[\s,，:：;；、。])(?:不|未|没有?)(?:予|能|准)?(?:同意|批准|通过|准|延)/;

/** A verdict that says the opposite of the step: 销号 不通过, 同意 不同意. */
function refuseOpposite(verb: Verb, head: string): void {
  if (verb.kind !== 'move') return;
  const wanting = ['recheck', 'close', 'keep', 'acceptPlan'].includes(verb.move) ? WANTING.exec(head) : undefined;
  if (wanting)
    throw new UserError(
      `没有办理：写的是“${wordsOf(wanting)}”。没有改到位的，请退回，例如：整改 W12 退回 5个工作日 哪里没改到位`,
    );
  const refuses = verb.move === 'grantExtension' ? REFUSES.exec(head) : undefined;
  if (refuses) throw new UserError(`没有办理：写的是“${wordsOf(refuses)}”。不同意延期请发送：整改 W12 不同意 理由`);
}

const wordsOf = ([whole]: RegExpExecArray): string => whole.replace(/^[\s,，:：;；、。]+/, '');

const refuse = (said: string, verb: Verb): never => {
  const written = asWritten(said);
  const way =
    verb.kind === 'move' && verb.move === 'grantExtension'
      ? '“同意”是同意申请的日期；另定日期请先“不同意”，再发送：整改 W12 改期 日期 理由。'
      : '';
  throw new UserError(`没有办理。没看懂“${written}”：这一步不写这个。${way}${SAY_SO}，例如：说明 ${written}`);
};

async function refuseStray(note: string, verb: Verb, context: OwnContext): Promise<void> {
  const tone = toneOf(verb);
  const head = headOf(note);
  refuseOpposite(verb, head);
  const label = tone === 'free' ? undefined : await strayLabel(head, context);
  if (label !== undefined) refuse(label, verb);
  const days = strayDays(head, context);
  const [only] = days;
  if (only && head.replace(only.written, '').replace(/[\s,，;；、。]/g, '') === '') refuse(only.written, verb);
  if (tone === 'free') return;
  const share = strayShare(head);
  if (share !== undefined && !(tone === 'report' && /100[%％]|百分之百/.test(share))) refuse(share, verb);
  const wrong = days.find(({ isOver, end }) => tone === 'strict' || (!isOver && head.slice(end).trim() === ''));
  if (wrong) refuse(wrong.written, verb);
  if (await onlyNames(head, context)) refuse(head.trim(), verb);
  const unknown = tone === 'strict' ? strayUnitWord(head) : undefined;
  if (unknown !== undefined) refuse(unknown, verb);
  const name = await lastName(head, context);
  if (name !== undefined) refuse(name, verb);
}

const readNote =
  (verb: Verb): OwnReader<string> =>
  async (text, context) => {
    const note = text.replace(/^[\s,:;、]+|[\s,:;、]+$/g, '');
    if (note === '') return undefined;
    await refuseStray(note, verb, context);
    return { value: note, rest: '' };
  };

const MOST = 600;

export const beside = (verb: Verb) => mayRead(readUnit(toneOf(verb)));
export const noteOf = (verb: Verb) => mayRead(readNote(verb), { free: true, max: MOST });
