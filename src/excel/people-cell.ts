import { named, splitNames } from './cell-text.ts';
import type { Issue } from './issue.ts';

/** The people whom a cell names, and what it says besides. */
export interface PeopleCell {
  readonly names: readonly string[];
  readonly issues: readonly Issue[];
}

/** 各科室负责人, 全体督学, 督学2人: some people, but no one's name. */
const NO_NAME = /\d|人员|全体|若干|负责人|相关|有关|各|轮流|值班/;
const LONGEST_NAME = 8;
/** 朱戊（兼）, 韩丙等3人. */
const BESIDE = /(?:[（(][^（()）]*[)）])+$|等(?:\d+|[一二两三四五六七八九十]+)?(?:人|名|位)?(?:同志)?$/;

/** What stands beside a name is no part of it: the name is taken, and the preview says what was left. 无 and 待定 are nobody. */
export function readPeople(row: number, cell: string): PeopleCell {
  const issues: Issue[] = [];
  const names = splitNames(cell).flatMap((raw) => {
    const name = named(raw.replace(BESIDE, ''));
    const isName = name !== '' && name.length <= LONGEST_NAME && !NO_NAME.test(name);
    if (!isName || name !== raw) issues.push({ row, type: 'beside_name', raw, name: isName ? name : '' });
    return isName ? [name] : [];
  });
  return { names: [...new Set(names)], issues };
}

/** A cell for one person; whoever else stands in it is named by a complaint. */
export function readPerson(row: number, cell: string): { readonly name: string; readonly issues: readonly Issue[] } {
  const { names, issues } = readPeople(row, cell);
  const [name = '', ...others] = names;
  return { name, issues: [...issues, ...others.map((raw): Issue => ({ row, type: 'second_name', raw, name }))] };
}
