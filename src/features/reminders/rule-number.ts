import { UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';
import { IN_GROUPS } from './named-groups.ts';

/** 2, 第2条, 2 号; 9点 and 2月 are none. */
const NUMBER = /^第?(\d{1,3})(?!\d|:|点|%|[日号月]|个工作日)\s*[条号]?(?:提醒)?(?:规则)?\s*/;
const IN_WORDS = '把?第(\\d{1,3})条(?:提醒)?(?:规则)?';

/** Lines in which what is done stands behind the number or the group: 把第2条提醒改到9点, 在“甲群” 停用 2. `deed` is what is done, in its words. */
export const saidLater = (deed: string): RegExp =>
  new RegExp(`^(?:${IN_GROUPS}\\s*)?${IN_WORDS}(?:${deed})|^${IN_GROUPS}\\s*(?:${deed})`);

/** The number of a rule at the start of what is said; its verb may stand around it. */
export const ruleNumber = (deed: string): OwnReader<number> => {
  const behindGroup = new RegExp(`^(?:${deed})(?:提醒|规则)?\\s*(?=第?\\d)`);
  const numberFirst = new RegExp(`^${IN_WORDS}(?:${deed})\\s*`);
  return (text) => {
    const said = text.replace(behindGroup, '');
    const [whole, number] = numberFirst.exec(said) ?? NUMBER.exec(said) ?? [];
    if (whole === undefined) return undefined;
    const rest = said.slice(whole.length);
    const second = NUMBER.exec(rest.replace(/^[、,，和]+\s*/, ''))?.[1];
    if (second !== undefined) throw new UserError(`写了两个编号（${number}、${second}），一次只能改一条提醒。`);
    return { value: Number(number), rest };
  };
};
