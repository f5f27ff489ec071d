import { readWhen } from '../../domain/calendar/phrase.ts';
import { UserError } from '../errors.ts';
import { namesIn } from '../words/names.ts';
import type { OwnContext } from './form.ts';
import { quoted } from './unread.ts';

/** Words of the officials' tables: what stands behind one is a fact of its own and no part of a reason. */
const LABEL =
  /(?<=^|[\s,，;；。、])(?:牵头单位|牵头|责任单位|主责单位|配合单位|协办单位|责任人|负责人|分管领导|完成时限|截止日期|截止时间|截止|时限|期限|类别|来源|文号|可见)(?:\s*[:：]\s*|\s+|(?=\d))[^,，;；。]+/;
const NUMBER = /(?:(?:任务|日程|问题)\s*)?(?<![A-Za-z\d])[TWD]\s?-?\d{1,6}(?![\d.-])/i;
const SHARE = /^\d+(?:\.\d+)?%$/;
/** A feast alone is a reason: 五一. */
const IS_DAY = /[\d月日号周天旬底]/;
const BETWEEN = /[\s,，;；。、:：()（）]+/;

type Given = Pick<OwnContext, 'today' | 'calendar' | 'directory'>;

/** What free words without a label may hold all the same: an urge names the day for which it asks, a closing says itself what 90% means. */
export type Allowed = 'date' | 'share';

function isDay(word: string, { today, calendar }: Given): boolean {
  const found = readWhen(word.replace(/(?:之|以)?[前内]$/, ''), { today, calendar, bias: 'future', dotDates: true });
  const text = word.replace(/(?:之|以)?[前内]$/, '');
  return found?.start === 0 && found.end === text.length && IS_DAY.test(text);
}

/** 望海陈甲, 临江区教育局: names and nothing else. */
function isNameAlone(text: string, directory: OwnContext['directory']): boolean {
  const names = namesIn(text, directory).filter(({ units, people }) => units.length + people.length > 0);
  const last = names.at(-1);
  if (!last) return false;
  const beside = names.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
  const rest = beside.replaceAll(/[\s,，;；。、]+/g, '');
  return rest === '' || (last.end === text.length && last.people.length > 0 && /^\p{Script=Han}{2,3}$/u.test(rest));
}

/**
 * The first word of free text without a label that looks like a fact of its own: what another field holds, another thing's number, a date, a
 * share, or a name alone. It would be sent to others as a reason, and nothing done about it.
 */
function strayIn(text: string, context: Given, allowed: readonly Allowed[] = []): string | undefined {
  const labelled = LABEL.exec(text) ?? NUMBER.exec(text);
  if (labelled) return labelled[0].trim();
  const words = text.split(BETWEEN).filter((word) => word !== '');
  const share = allowed.includes('share') ? undefined : words.find((word) => SHARE.test(word));
  const day = allowed.includes('date') && words.length > 1 ? undefined : words.find((word) => isDay(word, context));
  return share ?? day ?? (isNameAlone(text.trim(), context.directory) ? text.trim() : undefined);
}

/** Behind 原因 stand the sender's own words, except for a field that begins there: 原因：放假；牵头：临江区教育局. */
const fieldIn = (text: string): string | undefined => FIELD.exec(text)?.[0].replace(/^[\s,，;；。]+/, '');
const FIELD = new RegExp(`[,，;；。]\\s*${LABEL.source}`);

const refuse = (stray: string, where: string): never => {
  throw new UserError(`没有执行。没看懂${quoted([stray])}。${where}`);
};
const BEHIND_REASON = '只是原因里提到的，请写在“原因”后面；另一件事请另发一行';

/** 不取消 D7, D7 先不取消, 取消吧还是不了: nothing but a no is left. 不具备条件 and 没有经费 are reasons. */
const DENIED =
  /^[\s,，。.!！吧呢啊先暂时就都还是要可请]*(?:不|别|甭|勿|没)(?:要|用|了|办|想|必|能|可以|该|应该)?[\s,，。.!！吧呢啊了]*$/;

/** A deed that is denied beside its own verb. */
function refuseDenied(text: string): void {
  if (DENIED.test(text))
    throw new UserError(`没有办理：写的是“${text.trim()}”。确实要办的，请去掉这几个字再发；是原因的请写在“原因”后面。`);
}

export function refuseStray(text: string, context: Given, allowed: readonly Allowed[] = []): void {
  refuseDenied(text);
  const stray = strayIn(text, context, allowed);
  if (stray !== undefined) refuse(stray, BEHIND_REASON);
}

export function refuseField(text: string): void {
  const field = fieldIn(text);
  if (field !== undefined) refuse(field, '请分开发，一行只办一件事');
}

/** Fields that what the line is about does not have: 进展 T1 90% 截止 5月1日. */
export function refuseLabels(text: string, where: string): void {
  const [label] = LABEL.exec(text) ?? [];
  if (label !== undefined) refuse(label.trim(), where);
}

const LABELLED = /^[\s,，;；。]*(?:因为|原因|理由|由于|说明|因)/;

/** Free words of an order, with or without 原因 before them. */
export function refuseStrayReason(text: string, context: Given, allowed: readonly Allowed[] = []): void {
  const labelled = /(?<=^|[\s,，;；。])(?:因为|原因|理由|由于)/.exec(text);
  if (LABELLED.test(text)) refuseField(text);
  else {
    refuseStray(text.slice(0, labelled?.index), context, allowed);
    if (labelled) refuseField(text.slice(labelled.index));
  }
}
