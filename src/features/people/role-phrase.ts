import type { Role } from '../../domain/people/person.ts';
import { UserError } from '../../language/errors.ts';

/** The words for roles that can be granted. Nothing else is read as one: a word that is not quite one of them may mean less. */
const ROLE_OF: Readonly<Record<string, Role>> = {
  管理员: 'administrator',
  督导员: 'supervisor',
  联络员: 'liaison',
  领导: 'leader',
  分管领导: 'leader',
};
/** What officials call somebody who has no role of that name here. */
const NOT_YET = '责任督学|兼职督学|督学|观察员';
export const ROLE_LIKE = new RegExp([...Object.keys(ROLE_OF), NOT_YET].join('|'));

const REVOKE = /撤销|取消|收回|移除|删除|解除|免去/g;
const GRANT = /授予|授权|任命|指定|设|添加|新增|增加/g;
/** An account that nobody is linked to is written as the list shows it. */
export const OPEN_ID = /ou_[\w-]{4,60}/;
const WHOLE = /^(?:管|管理)?(?:全部|所有|全体)的?(?:单位)?$/;
const AT_THE_EDGES = /^(?:角色|权限|为|成|当|的|把|将|给|让|由|是|做|作|请)+|(?:的|了|角色|权限|职务|身份)+$/g;

export const HOW_TO_GRANT = '例如：角色 授予 联络员 @张三 望海区';
const GRANTABLE =
  '可以授予的角色：管理员、督导员（安排督导、下达和销号问题、下达任务）、联络员（报本单位的事）、领导（只看）';

export const wantsChange = (rest: string): 'grant' | 'revoke' | undefined =>
  rest.search(REVOKE) >= 0 ? 'revoke' : rest.search(GRANT) >= 0 ? 'grant' : undefined;

/**
 * The one role of a line from which units and people are cut out, and whether it says 全部单位. Every other word is asked back: what is left
 * over might say that less is meant (督导员助理, or a unit that is not known).
 */
export function readRole(rest: string): { readonly role: Role; readonly whole: boolean } {
  const words = rest
    .replace(OPEN_ID, ' ')
    .replace(REVOKE, ' ')
    .replace(GRANT, ' ')
    .split(/[\s,，、。;；:：@()（）“”"的]+/)
    .map((word) => word.replace(AT_THE_EDGES, ''))
    .filter(Boolean);
  const roles = new Set(words.flatMap((word) => ROLE_OF[word] ?? []));
  const others = words.filter((word) => !(word in ROLE_OF) && !WHOLE.test(word));
  const [role, second] = roles;
  const [other] = others;
  if (!role && other) throw new UserError(`${unknownRole(others)}${GRANTABLE}。${HOW_TO_GRANT}`);
  if (!role) throw new UserError(`请写明角色。${GRANTABLE}。${HOW_TO_GRANT}`);
  if (second) throw new UserError(`一次只能写一个角色，请分开发。${HOW_TO_GRANT}`);
  if (other)
    throw new UserError(
      `没有看懂“${others.join(' ')}”：不是角色，也不是通讯录里的单位或人员。请@本人，或写上单位和姓名，${HOW_TO_GRANT}`,
    );
  return { role, whole: words.some((word) => WHOLE.test(word)) };
}

function unknownRole(words: readonly string[]): string {
  const name = words.find((word) => ROLE_LIKE.test(word)) ?? words.join(' ');
  return /督学/.test(name)
    ? `还没有“${name}”这个角色，没有授予：督导员管得比督学多，不能代替。督学列入督导安排的组长或成员，就能登记和复查那次发现的问题。`
    : `没有“${name}”这个角色。`;
}
