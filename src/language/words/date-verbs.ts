/** 延到, 时间推迟到, 改为 before a new day: words of the grammar, no part of a reason or a name. */
const MOVES =
  '(?:(?:完成)?(?:截止)?(?:时间|日期|时限|期限|截止)\\s*)?(?:再|往后|向后|往前|向前|统一|申请)?(?:推迟|延期|延长|顺延|延后|后延|推后|改期|改|延|推|提前|调整|变更|放宽|宽限|移)(?:到|至|为|成)\\s*[:：]?\\s*$';
const MOVES_TO = new RegExp(MOVES);
const LEADS_TO = new RegExp(`${MOVES}|(?<=^|[\\s,，。;；])(?:截止|限)?(?:到|至|为|于|在)?\\s*[:：]?\\s*$`);

/** What stands before a day, without the words that lead to it. */
export const withoutDateVerb = (before: string): string => before.replace(LEADS_TO, '');

/** How many characters before a day say that it is the new one. */
export const dateVerbLength = (before: string): number => MOVES_TO.exec(before)?.[0].length ?? 0;
