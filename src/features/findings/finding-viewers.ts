import { isConfidential } from '../../domain/findings/finding.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import { UserError } from '../../language/errors.ts';
import type { FormContext } from '../../language/forms/form-context.ts';
import { called, onePerson } from '../../language/who/resolve-person.ts';
import type { FindingContext } from './finding-desk.ts';

/** As words of their own: 保密协议未签 is a description. */
const SECRET = /(?<=^|[\s,，、。;；])(?:保密|限知)(?=$|[\s,，、。;；])/;
const NAME = '@?\\p{Script=Han}[\\p{Script=Han}·]{1,3}';
const NAMED = new RegExp(
  `(?<=^|[\\s,，、。;；])可见(?:人员?)?(?:\\s*[:：]\\s*|\\s+)(${NAME}(?:\\s*[、,，和]\\s*${NAME})*)(?=$|[\\s。;；])`,
  'u',
);

const BEHIND = new RegExp(
  `(?<=^|[\\s,，、。;；])可见(?:人员?)?(?:\\s*[:：]\\s*|\\s+)(${NAME}(?:\\s*[、,，和]\\s*${NAME})*|\\S+)\\s+([^\\s,，。;；]+)`,
  'u',
);
const ONE = new RegExp(`^${NAME}$`, 'u');

/** What a line says of who may know: 保密 可见 张三、李四. */
export interface SaidSecrecy {
  readonly restricted: boolean;
  readonly names: readonly string[];
  readonly text: string;
}

function readSecrecy(line: string): SaidSecrecy {
  const named = NAMED.exec(line);
  const told = named ? line.replace(named[0], ' ') : line;
  const text = told.replace(SECRET, ' ').replace(/\s+/g, ' ').trim();
  return {
    restricted: named !== null || SECRET.test(told) || isConfidential(text),
    names: (named?.[1] ?? '').split(/\s*[、,，和]\s*/).flatMap((name) => name.replace('@', '') || []),
    text,
  };
}

/**
 * The same. Throws UserError where names stand behind something else that was read, or was not: 可见 三楼 张三. 墙上可见 5 处裂缝 names nobody.
 */
export async function secrecyIn(line: string, { lookup }: Pick<FormContext, 'lookup'>): Promise<SaidSecrecy> {
  const [, first = '', next = ''] = BEHIND.exec(line) ?? [];
  const names = next.split('、');
  const isList = names.length > 1 && names.every((name) => ONE.test(name));
  if (isList || (ONE.test(next) && (await lookup([next])).people.length > 0))
    throw new UserError(`没有看懂“可见 ${first} ${next}”。几个人请用“、”连着写，例如：可见 张三、李四`);
  return readSecrecy(line);
}

/** Their accounts; somebody without one could not see it, and is said. */
export async function accountsOf(
  context: FindingContext,
  names: readonly string[],
  near: UnitRef,
): Promise<readonly string[]> {
  const openIds: string[] = [];
  for (const name of names) {
    const person = await onePerson(context, name, { near });
    if (!person.openId || person.left)
      throw new UserError(
        `${called(person)}${person.left ? '已离任' : '还没有关联飞书账号'}，看不到限知的问题。请换一个人再发。`,
      );
    openIds.push(person.openId);
  }
  return openIds;
}
