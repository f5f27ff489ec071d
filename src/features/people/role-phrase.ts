import type { Role } from '../../domain/people/person.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';
import { refuseUnread, setsIn } from '../../language/forms/unread.ts';
import { CUT, cut } from '../../language/words/cut.ts';
import { MARKS_ONLY } from '../../language/words/filler.ts';
import { namesIn } from '../../language/words/names.ts';
import { normalise } from '../../language/words/normalise.ts';
import { readSlots } from '../../language/words/read-slots.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { mentionsOf } from '../../language/words/unit-mentions.ts';
import type { Mentioned } from '../../ports/inbound.ts';

/** The words for roles that can be granted. Nothing else is read as one: a word that is not quite one of them may mean less. */
const ROLE_OF: Readonly<Record<string, Role>> = {
  管理员: 'administrator',
  督导员: 'supervisor',
  督学: 'inspector',
  责任督学: 'inspector',
  专职督学: 'inspector',
  兼职督学: 'inspector',
  联络员: 'liaison',
  领导: 'leader',
  分管领导: 'leader',
  观察员: 'observer',
};
export const ROLE_LIKE = new RegExp(Object.keys(ROLE_OF).join('|'));

/** A line may hold them anywhere: 把@张三设为管理员. */
export const REVOKE = /(?:撤销|取消|收回|移除|删除|解除|免去)(?:授权|授予)?/;
export const GRANT = /授予|授权|任命|指定|设|添加|新增|增加/;
/** An account that nobody is linked to is written as the list shows it. */
const OPEN_ID = /ou_[\w-]{4,60}/;
const WHOLE = /^(?:管|管理)?(?:全部|所有|全体)的?(?:单位)?$/;
const AT_THE_EDGES = /^(?:角色|权限|为|成|当|的|把|将|给|让|由|是|做|作|请)+|(?:的|了|角色|权限|职务|身份)+$/g;

export const HOW_TO_GRANT = '例如：角色 授予 联络员 @张三 望海区';
const GRANTABLE =
  '可以授予的角色：管理员、督导员（安排督导、下达和销号问题、下达任务）、督学（登记和复查所管学校的问题，不销号）、联络员（报本单位的事）、领导（只看）、观察员（只看一个单位）';

/** Who is meant: an account, or somebody of the address book with the unit that stands right before the name. */
export type SaidHolder =
  | { readonly openId: string; readonly name?: string | undefined }
  | { readonly person: string; readonly unit?: UnitMention | undefined };

export interface SaidRole {
  readonly role: Role;
  /** 全部单位. */
  readonly whole: boolean;
}

/** Takes who is meant out of a line. */
export const readHolder: OwnReader<SaidHolder> = (text, { mentions = [], directory }) => {
  const accounts = takeAccounts(text, mentions);
  const spans = namesIn(accounts.rest, directory);
  const units = mentionsOf(
    accounts.rest,
    spans.filter((span) => span.units.length > 0),
  );
  const people = spans.filter((span) => span.people.length > 0 && span.units.length === 0);
  const names = [...accounts.found.map(({ name, openId }) => name ?? openId), ...people.map(({ written }) => written)];
  if (names.length > 1) throw new UserError(`一次只能写一个人（写了${names.join('、')}），${HOW_TO_GRANT}`);
  const [account] = accounts.found;
  if (account) return { value: account, rest: accounts.rest };
  const [person] = people;
  if (!person) return undefined;
  const before = units.filter(({ end }) => end <= person.start);
  if (before.length > 1)
    throw new UserError(
      `姓名前只能写一个单位（写了${before.map(({ written }) => written).join('、')}），${HOW_TO_GRANT}`,
    );
  const [unit] = before;
  const near = unit && /^[\s的]*$/.test(accounts.rest.slice(unit.end, person.start)) ? unit : undefined;
  const rest = cut(accounts.rest, near?.start ?? person.start, person.end);
  return {
    value: {
      person: person.written,
      ...(near && { unit: { written: near.written, candidates: near.candidates } }),
    },
    rest,
  };
};

const UNKNOWN_MENTION = new RegExp(`@[^\\s@,、${CUT}]+`);

/** Who is mentioned, or written by an id. A mention that the message does not know of is a name that nobody chose. */
function takeAccounts(text: string, mentions: readonly Mentioned[]) {
  let rest = text;
  const found: { readonly openId: string; readonly name?: string }[] = [];
  for (const { openId, name } of mentions.toSorted((a, b) => b.name.length - a.name.length)) {
    const written = `@${normalise(name)}`;
    const isAgain = found.some((one) => one.name === name);
    if (written === '@' || !(isAgain || rest.includes(written))) continue;
    rest = rest.replaceAll(written, CUT);
    if (found.every((one) => one.openId !== openId)) found.push({ openId, name });
  }
  const [unknown] = UNKNOWN_MENTION.exec(rest) ?? [];
  if (unknown !== undefined)
    throw new UserError(`“${unknown.slice(0, 40)}”不是从@列表里选的人。请用@选人，或写上单位和姓名，${HOW_TO_GRANT}`);
  const [openId] = OPEN_ID.exec(rest) ?? [];
  return { found: openId === undefined ? found : [...found, { openId }], rest: rest.replace(OPEN_ID, CUT) };
}

/**
 * The one role of a line, by what is left when the person is taken out; units stay in it. `deed`: the words that chose the form.
 */
export const roleSaid =
  (deed: RegExp): OwnReader<SaidRole> =>
  (text, context) => {
    const { units, rest, ...others } = readSlots({ parts: { names: true }, filler: MARKS_ONLY }, text, context);
    refuseUnread(setsIn(others), HOW_TO_GRANT.replace('例如：', ''));
    return { value: readRole(rest.replace(deed, ' ')), rest: units.map(({ written }) => written).join(' ') };
  };

/** Every other word is asked back: what is left over might say that less is meant (督导员助理, or a unit that is not known). */
function readRole(rest: string): SaidRole {
  const words = rest
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

const unknownRole = (words: readonly string[]): string =>
  `没有“${words.find((word) => ROLE_LIKE.test(word)) ?? words.join(' ')}”这个角色。`;
