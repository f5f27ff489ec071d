import { plainDoc } from '../src/cards/plain.ts';
import { isAdministratorOfAll, type Person, type Role } from '../src/domain/people/person.ts';
import { may as isAllowed, mayAnywhere, reachOf } from '../src/domain/people/rights.ts';
import { isGovernment, type UnitRef } from '../src/domain/people/unit.ts';
import {
  GRANT,
  HOW_TO_GRANT,
  REVOKE,
  ROLE_LIKE,
  readHolder,
  roleSaid,
  type SaidHolder,
  type SaidRole,
} from '../src/features/people/role-phrase.ts';
import { accountText, ROLE_WORD, rolesDoc, roleText } from '../src/features/people/roles-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead, mustRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { resolveUnit } from '../src/language/who/resolve.ts';
import { itemOf, listable, reachable, requireRight } from '../src/language/who/rights.ts';
import { heard } from '../src/language/words/heard.ts';
import type { UnitMention } from '../src/language/words/slots.ts';
import type { Change } from '../src/ports/changes.ts';
import type { GivenRole } from '../src/ports/roles.ts';

interface Said {
  readonly who: SaidHolder;
  readonly role: SaidRole;
  readonly unit: UnitMention | undefined;
}

/** Who is meant: an account, and the address book's people behind it. */
interface Target {
  readonly openId: string;
  readonly called: string;
  readonly people: readonly Person[];
}

const ADMINISTRATORS = /管理员(?:是谁|有谁|有哪些|名单)$|(?:谁是|有哪些|哪些人是)管理员$/;
/** What the questions of its sentences are made of. */
const ASKED = /管理员|角色|权限|谁是|是谁|有谁|哪些人是|有哪些|哪些|什么|名单|列表|清单|全部|所有|我|有/g;
const isChange = (line: string): boolean => GRANT.test(line) || REVOKE.test(line);

const who = mustRead(readHolder, { asks: `请@要授予或撤销的人，或写上单位和姓名，${HOW_TO_GRANT}。` });

export default defineCommand({
  name: '角色',
  aliases: ['role', 'roles', 'js', '权限', '授权'],
  says: [
    /^(?:请|把|将)?(?:设|任命|指定|取消|撤销|免去|解除).*(?:管理员|督导员|督学|联络员|领导|观察员)/,
    /(?:设|任命|指定)(?:为|成|当)(?:管理员|督导员|督学|联络员|领导|观察员)/,
    /^(?:谁是|有哪些|哪些人是)管理员$|^管理员(?:是谁|有谁|有哪些|名单)$|^我(?:有)?(?:什么|哪些)(?:角色|权限)$/,
  ],
  summary: '看谁是管理员、督导员、督学、联络员、领导、观察员；管理员授予和撤销',
  usage: '角色 [授予|撤销 角色 @某人 [单位]]',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [],
      when: { test: (line) => !isChange(line) && !ROLE_LIKE.test(line.replace(ADMINISTRATORS, '')) },
      examples: ['角色'],
      parts: { asked: mayRead(heard(ASKED)) },
      run: list,
    }),
    deed({
      verbs: [],
      when: { test: (line) => GRANT.test(line) && !REVOKE.test(line) },
      examples: ['角色 授予 管理员 @张三'],
      parts: { who, role: mustRead(roleSaid(GRANT), { asks: '请写明角色。' }), unit: may('unit') },
      run: grant,
    }),
    deed({
      verbs: [],
      when: REVOKE,
      examples: ['角色 撤销 联络员 望海区教育局 冯癸'],
      parts: { who, role: mustRead(roleSaid(REVOKE), { asks: '请写明角色。' }), unit: may('unit') },
      run: revoke,
    }),
    question({ verbs: [], examples: [], parts: { said: may('text') }, run: whichDeed }),
  ),
});

/** Administrators see what they may change; everybody sees their own. */
async function list(context: Context): Promise<Outcome> {
  const { actor, zone, today } = context;
  const all = mayAnywhere(actor, 'role.change');
  return { reply: rolesDoc({ held: await visibleRoles(context), all, zone, today }) };
}

/** 角色 管理员 @张三 says neither. */
async function whichDeed(context: Context): Promise<never> {
  await refuseOthers(context);
  throw new UserError(`请写明“授予”还是“撤销”，${HOW_TO_GRANT}`);
}

/** Who may change no role at all is told so before anything else. */
async function refuseOthers(context: Context): Promise<void> {
  if (!mayAnywhere(context.actor, 'role.change')) await requireRight(context, 'role.change');
}

async function visibleRoles(context: Context) {
  const { actor, read } = context;
  if (!mayAnywhere(actor, 'role.change')) return read.givenRoles(actor.openId);
  const all = await read.givenRoles();
  const listed = new Set(await listable(context, 'role.change', all, ({ unitId }) => unitId));
  // In a group those for everything stand beside its own, for they are the ones to turn to.
  const isMeant = ({ openId, unitId }: GivenRole) =>
    context.chat.type === 'group'
      ? unitId === undefined && reachOf(actor, 'role.change') === 'everywhere'
      : openId === actor.openId;
  return all.filter((grant) => listed.has(grant) || isMeant(grant));
}

async function grant(context: Context<Said>): Promise<Outcome> {
  await refuseOthers(context);
  const { actor, now, read } = context;
  const { role, whole } = context.args.role;
  const { target, unit } = await meant(context);
  if (OF_ONE_UNIT.includes(role) && !unit) throw new UserError(`请写上${ROLE_WORD[role]}的单位，${HOW_TO_GRANT}`);
  if (unit && whole) throw new UserError(`又写了“${unit.name}”，又写了全部单位，请只写一个。`);
  // An administrator without a unit is one of everything, by the word; of the others nobody means the whole district without saying so.
  if (role !== 'administrator' && !unit && !whole) return { reply: await whichUnits(context, role, target) };
  await requireRight(context, 'role.change', reach(unit));
  const held = (await read.givenRoles(target.openId)).filter((grant) => grant.role === role);
  const what = roleText(role, unit);
  if (held.some((grant) => grant.unitId === unit?.id))
    return { reply: plainDoc('已经授予', `${target.called}已经是${what}。`, { tone: 'muted' }) };
  const narrowed = await narrowedBy(context, role, unit, held);
  const kept = held.filter((grant) => !narrowed.includes(grant));
  const rest = [
    ...(narrowed.length > 0 ? [`不再是：${narrowed.map(textOf).join('、')}。`] : []),
    ...(kept.length > 0 ? [`原有的仍然有效：${kept.map(textOf).join('、')}。不要的请撤销。`] : []),
  ];
  return {
    reply: plainDoc('已授予角色', `已授予${target.called}：${what}。`, {
      tone: 'done',
      lines: [...rest, ...(unit ? [] : ['管全部单位。改成只管一个单位的，在后面写上单位再授予一次。'])],
    }),
    changes: [
      { kind: 'role.granted', openId: target.openId, role, unitId: unit?.id, by: actor.openId, at: now },
      ...narrowed.map(({ openId, unitId }) => ({ kind: 'role.revoked', openId, role, unitId }) as const),
    ],
    audit: [
      { action: 'role.granted', subject: target.openId, after: { role, unit: unit?.name } },
      ...narrowed.map((grant) => ({
        action: 'role.revoked' as const,
        subject: target.openId,
        before: { role, unit: grant.unit?.name },
      })),
    ],
    notices: told(
      context,
      target,
      plainDoc('授予您角色', `${by(context)}授予您：${what}。`, {
        tone: 'done',
        lines: [...rest, '发送“帮助”看能用的命令。'],
      }),
    ),
  };
}

const textOf = ({ role, unit }: GivenRole): string => roleText(role, unit);

/** Liaisons and administrators may well be such of two units, one above the other; and nobody locks themselves out by a narrower word. */
const NARROWS: readonly Role[] = ['supervisor', 'inspector', 'leader', 'observer'];
/** They are nobody's for the whole district. */
const OF_ONE_UNIT: readonly Role[] = ['liaison', 'observer'];

/** The wider roles of this name that a narrower one takes the place of, if who grants it may take them away. */
async function narrowedBy(
  { actor, read }: Context,
  role: Role,
  unit: UnitRef | undefined,
  held: readonly GivenRole[],
): Promise<readonly GivenRole[]> {
  if (!unit || !NARROWS.includes(role)) return [];
  const above = await read.unitsAbove([unit.id]);
  const wider = held.filter(({ unitId, granted }) => granted && (unitId === undefined || above.includes(unitId)));
  const rights = wider.map(async (grant) => {
    const item = grant.unitId === undefined ? undefined : await itemOf(read, { unitIds: [grant.unitId] });
    return isAllowed(actor, 'role.change', item) ? [grant] : [];
  });
  return (await Promise.all(rights)).flat();
}

/** So many fit on a card that asks for one. */
const OFFERED = 8;

/** Asked back with the units at hand; who presses is asked for their own right. */
async function whichUnits(context: Context, role: Role, { openId, called, people }: Target) {
  const { read, actor } = context;
  const [own, roots] = await Promise.all([read.sights(people.map(({ unit }) => unit.id)), read.roots()]);
  const isOfAll = own.some((id) => roots.includes(id));
  const { units } = await read.directory();
  // Somebody of the city's office is for a county of it or for all; somebody of a county is for nothing wider.
  const fitting = units.filter(({ id, parentId, name, kind }) =>
    isOfAll ? roots.includes(parentId ?? '') && isGovernment({ name, kind }) : own.includes(id),
  );
  const offered = await reachable(context, 'role.change', fitting.slice(0, OFFERED), ({ id }) => id);
  const all = isOfAll && reachOf(actor, 'role.change') === 'everywhere' ? ['全部单位'] : [];
  return plainDoc('请选单位', `${called}的${ROLE_WORD[role]}管哪些单位？还没有授予。`, {
    tone: 'soon',
    buttons: [...offered.map(({ name }) => name), ...all].map((label) => ({
      label,
      press: { v: 1, op: 'run', query: `角色 授予 ${ROLE_WORD[role]} ${openId} ${label}`, page: 1 },
    })),
    note: `别的单位请写在后面再发，例如：角色 授予 ${ROLE_WORD[role]} @某人 望海区`,
  });
}

async function revoke(context: Context<Said>): Promise<Outcome> {
  await refuseOthers(context);
  const { read } = context;
  const { role } = context.args.role;
  const { target, unit, unitWritten } = await meant(context);
  const held = (await read.givenRoles(target.openId)).filter((grant) => grant.role === role);
  const fitting = held.filter(({ unitId }) => unitId === unit?.id);
  const only = fitting[0] ?? (held.length === 1 && !unitWritten ? held[0] : undefined);
  if (!only) throw new UserError(notHeld(target, role, held));
  await requireRight(context, 'role.change', reach(only.unit));
  if (role === 'administrator' && !only.unit && (await isLastAdministrator(context, target.openId)))
    throw new UserError(`${target.called}是最后一位管理员，不能撤销。请先授予别人管理员，再撤销。`);
  const what = roleText(role, only.unit);
  return {
    reply: plainDoc('已撤销角色', `已撤销${target.called}的角色：${what}。`, {
      tone: 'done',
      lines: only.granted ? [] : ['通讯录里仍列为联络员，再导入也不会恢复；要恢复请授予。'],
    }),
    changes: [only.granted ? { kind: 'role.revoked', openId: target.openId, role, unitId: only.unitId } : notBy(only)],
    audit: [{ action: 'role.revoked', subject: target.openId, before: { role, unit: only.unit?.name } }],
    notices: told(
      context,
      target,
      plainDoc('撤销您的角色', `${by(context)}撤销了您的角色：${what}。`, { tone: 'muted' }),
    ),
  };
}

/** The address book's word is taken back at the person, so that no later table says it again. */
function notBy({ people, unitId }: GivenRole): Change {
  const person = people.find(({ unit }) => unit.id === unitId);
  if (!person) throw new Error('the address book names a person');
  return { kind: 'liaison.withdrawn', personId: person.id, seen: person.version };
}

function notHeld(target: Target, role: Role, held: readonly { readonly unit?: UnitRef | undefined }[]): string {
  if (held.length > 0)
    return `请写明是哪个单位的${ROLE_WORD[role]}：${held.map(({ unit }) => unit?.name ?? '全部单位').join('、')}。`;
  const configured = role === 'administrator' ? '部署配置中指定的管理员不能在这里撤销。' : '';
  return `${target.called}没有“${ROLE_WORD[role]}”这个角色。${configured}`;
}

async function isLastAdministrator({ read }: Context, openId: string): Promise<boolean> {
  const held = await read.roleHolders(['administrator']);
  return held.every((one) => !isAdministratorOfAll(one) || one.openId === openId);
}

const reach = (unit: UnitRef | undefined) => unit && { unitIds: [unit.id] };

/** Whoever acts on themselves reads it in the answer. */
const told = ({ actor }: Context, { openId }: Target, doc: ReturnType<typeof plainDoc>) =>
  openId === actor.openId ? [] : [{ to: { openId }, doc }];

const by = ({ actor }: Context): string => {
  const [person] = actor.people;
  return person ? `管理员${person.unit.name} ${person.name}` : '管理员';
};

/**
 * With an account the unit written says for which unit the role holds. With a name, the unit before it says who is meant, if such a person is
 * there, and one after it for which unit; a liaison is the liaison of their own unit when no other is written.
 */
async function meant(context: Context<Said>) {
  const { who, unit: behind, role: said } = context.args;
  const { target, unit: before } = 'openId' in who ? await accountMeant(context, who) : await personMeant(context, who);
  const [written, more] = [before, behind].filter((unit) => unit !== undefined);
  if (more) throw new UserError(`一次只能写一个单位，请分开发。${HOW_TO_GRANT}`);
  const unit = written && (await resolveUnit([written], context));
  const own = said.role === 'liaison' && !said.whole && target.people.length === 1 ? target.people[0]?.unit : undefined;
  return { target, unit: unit ?? own, unitWritten: unit !== undefined || said.whole };
}

interface Meant {
  readonly target: Target;
  /** Stands before the name and is not the person's own. */
  readonly unit?: UnitMention | undefined;
}

async function accountMeant(
  { read }: Context,
  { openId, name }: Extract<SaidHolder, { readonly openId: string }>,
): Promise<Meant> {
  const people = await read.peopleByOpenId(openId);
  const called = people.length > 0 ? accountText(openId, people) : (name ?? accountText(openId, []));
  return { target: { openId, called, people } };
}

async function personMeant(
  context: Context,
  { person: name, unit: before }: Extract<SaidHolder, { readonly person: string }>,
): Promise<Meant> {
  const { read } = context;
  const unit = before && (await resolveUnit([before], context));
  const namesakes = await read.peopleByName(name);
  const there = namesakes.filter((person) => person.unit.id === unit?.id);
  const [person, second] = there.length > 0 ? there : namesakes;
  if (!person) throw new UserError(`通讯录里没有“${name}”。请核对姓名，或直接@本人。`);
  if (second) throw new UserError(`叫“${name}”的有 ${namesakes.length} 人，请在姓名前写上单位全称，或直接@本人。`);
  const called = `${person.unit.name} ${person.name}`;
  if (!person.openId) throw new UserError(`${called}还没有关联飞书账号，请直接@本人。`);
  const people = await read.peopleByOpenId(person.openId);
  return { target: { openId: person.openId, called, people }, ...(there.length === 0 && { unit: before }) };
}
