import type { WorkGroup } from '../../domain/groups/group.ts';
import { UserError } from '../../language/errors.ts';
import { normalise } from '../../language/words/normalise.ts';

/** A group that is bound. */
export type BoundGroup = WorkGroup & { readonly unit: NonNullable<WorkGroup['unit']> };

/** 在“甲群”: the source of a pattern. */
export const IN_GROUPS = '(?:发到|发给|发往|在|给)\\s*“[^”]*”(?:群里?)?';

/** 发到“甲群、乙群”, 在“甲群”; without quotation marks only at the end of the line. */
const NAMED = /(?:发到|发给|发往|在|给)\s*“([^“”]*)”(?:群里?)?|(?:发到|发给|发往)\s*([^“”\s][^“”]*)$/;

/** The groups that a line names, as written. */
export function readGroupNames(text: string) {
  const [, quoted, bare] = NAMED.exec(text) ?? [];
  const value = quoted ?? bare;
  return value === undefined ? undefined : { value, rest: text.replace(NAMED, ' ').trim() };
}

export const isBound = (group: WorkGroup): group is BoundGroup => group.unit !== undefined;

/** What a group is called in a line: its name, or its id when another has the same name. */
export function groupLabel(group: WorkGroup, all: readonly WorkGroup[]): string {
  const isOnly = group.name !== '' && all.filter(({ name }) => name === group.name).length === 1;
  return isOnly ? group.name : group.chatId;
}

/** The groups that are called so. What is no name of a group is said. */
export function groupsCalled(written: string, all: readonly BoundGroup[]): readonly BoundGroup[] {
  const groups: BoundGroup[] = [];
  let left = written;
  const labels = all
    .map((group) => ({ group, label: normalise(groupLabel(group, all)) }))
    .sort((a, b) => b.label.length - a.label.length);
  for (const { group, label } of labels) {
    if (label === '' || !left.includes(label)) continue;
    groups.push(group);
    left = left.replaceAll(label, '');
  }
  const unknown = left.replace(/[、,，和\s]+/g, ' ').trim();
  if (unknown !== '' || groups.length === 0)
    throw new UserError(`没有叫“${unknown}”的已绑定的群。发送“工作群”看全部群的名称。`);
  return groups.sort((a, b) => (a.name < b.name ? -1 : 1));
}
