import { isUnannounced } from '../../domain/visits/inspection.ts';

/** A word of its own: 保密工作 is a subject. */
const EDGE = '(?<=^|[\\s,，;；。、:：(（])';
const END = '(?=$|[\\s,，;；。、)）])';
const WHISPER = new RegExp(
  `${EDGE}(?:(?:请|要|须|需|注意|严格|对外)*(?:保密|限知|机密|秘密|内部掌握)(?:办理|进行|安排)?${END}|` +
    '(?:请|先|暂|暂时|切)*(?:不|别|勿|莫)(?:要|用|必|能|得|许|准|需要?|宜|可)?(?:事先|提前|再|先|对外|向)*' +
    '(?:通知|通报|告知|告诉|公开|公布|声张|外传|外泄|打招呼|(?:让|叫|给)[^\\s,，;；。]{1,8}?(?:知道|知晓|看)|(?:往|在|到)群里?[发说]|' +
    '发(?:出去|(?:到|给|在)?(?:群|学校|单位|通知|消息)))[^\\s,，;；。]*)',
  'gu',
);
const SUBJECT = /(?:内容|主题) ?[::是为]? ?$/;
const COLUMN = /(?:内容|主题|备注|说明) ?[::是为]? ?$/;

/** 不公开食堂账目, 不让家长知道收费标准: what a unit does; 不要公开 and 不公开 alone are said to us. */
const FACT =
  /^不(?:事先|提前)?(?:通知|通报|告知|告诉|公开|公布|让|给|发通知)(?!学校|单位|本?校|对方|他们?|被督导|群|任何人|别人).{2,}/;

/**
 * Words that want a visit kept from its unit. The line is sent to the unit, they with it: taken as its subject they would do the opposite of
 * what they say. Written as the subject 保密 is one, and a column that says 不通知 makes the visit unannounced.
 */
export function whisperIn(text: string): string | undefined {
  return [...text.matchAll(WHISPER)].find(({ 0: word, index }) => {
    const before = text.slice(0, index);
    return !((SUBJECT.test(before) && !/[不别勿莫]/.test(word)) || (COLUMN.test(before) && isUnannounced(word)));
  })?.[0];
}

export const cannotWhisper = (word: string): string =>
  `没有办理。日程不能按“${word}”办：有关的群和督导组成员都会收到。不事先通知的督导，请写类型“随机督导”，开始前不发给被督导单位；其余的请去掉这几个字再发。`;

/** As `whisperIn`, in the text of a problem or a task, where 保密 has been read already and which may be about what is not made known. */
export const whisperAbout = (text: string): string | undefined =>
  [...text.matchAll(WHISPER)].map(([word]) => word).find((word) => word !== '保密' && !FACT.test(word));

export const onlyConfidential = (word: string, { to, seen }: { readonly to: string; readonly seen: string }): string =>
  `没有登记。不能按“${word}”办：登记了就会发给${to}。要保密的，请在单聊里加“保密”：${seen}；不用保密的，请去掉这几个字再发。`;
