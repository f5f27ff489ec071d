import { UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';

/** 2, 第2条, 2 号; 9点 and 2月 are none. */
const NUMBER = /^第?(\d{1,3})(?!\d|:|点|%|[日号月]|个工作日)\s*[条号]?(?:提醒)?(?:规则)?\s*/;

/** 把第2条提醒改到9点: `deed` is what is done, in its words. */
export const numberFirst = (deed: string): RegExp => new RegExp(`^把?第(\\d{1,3})条(?:提醒)?(?:规则)?(?:${deed})\\s*`);

/** The number of a rule at the start of what is said; its verb may stand behind it. */
export const ruleNumber = (deed: string): OwnReader<number> => {
  const first = numberFirst(deed);
  return (text) => {
    const [whole, number] = first.exec(text) ?? NUMBER.exec(text) ?? [];
    if (whole === undefined) return undefined;
    const rest = text.slice(whole.length);
    const second = NUMBER.exec(rest)?.[1];
    if (second !== undefined) throw new UserError(`写了两个编号（${number}、${second}），一次只能改一条提醒。`);
    return { value: Number(number), rest };
  };
};
