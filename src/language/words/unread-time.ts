import { UserError } from '../errors.ts';

const TIME = /[周月日号天点旬]|星期|礼拜|学期|[寒暑长短]假|之?[前后]$|期间|节[前后]/;
/** It narrows the days that were read. */
const PART = /第[一二三四五六\d]个?(?:周|星期)|[上下]半[月年]|[前后]半[月年]/;

/** A question for days that were not understood is not answered with those of today, nor with the whole month of the week that is meant. */
export function refuseUnreadTime(rest: string, when: unknown): void {
  if (rest !== '' && (when === undefined ? TIME : PART).test(rest))
    throw new UserError(`没有看懂“${rest.slice(0, 40)}”说的时间。请写日期，例如：今天、下周、5月4日—10日、6月30日前。`);
}
