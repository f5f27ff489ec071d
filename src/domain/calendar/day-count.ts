/** What days, weeks and months are counted in, as officials write it; longer spellings first. One list, so that no reader takes 工作日 for 日. */
export const COUNTED = '个?(?:工作|上班)日|个?(?:自然|日历)日|天|日|周|个?星期|个?礼拜|个月|年';

export type Counted = 'workday' | 'day' | 'week' | 'month' | 'year';

/** Which of them a match of COUNTED is. A day is a natural one unless 工作日 is said (民法典 art. 201). */
export function countedIn(written: string): Counted {
  if (/工作|上班/.test(written)) return 'workday';
  if (/[周星礼]/.test(written)) return 'week';
  if (/月/.test(written)) return 'month';
  return /年/.test(written) ? 'year' : 'day';
}
