import { rolesOnLeaving } from '../../domain/people/handover.ts';
import { isAdministratorOfAll } from '../../domain/people/person.ts';
import type { Context } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { called, onePerson } from '../../language/who/resolve-person.ts';
import { refuseElsewhere, requireRight } from '../../language/who/rights.ts';
import type { BookedPerson, Duties } from '../../ports/people.ts';
import type { GivenRole } from '../../ports/roles.ts';
import { type HandoverArgs, HOW } from './handover-parts.ts';
import { askAnother, isOneself } from './vouching.ts';

type HandoverContext = Context<HandoverArgs>;

/** What is to happen: decided from the same reads by the preview and by its confirmation. */
export interface Handover {
  readonly leaver: BookedPerson;
  readonly successor?: BookedPerson | undefined;
  readonly duties: Duties;
  readonly ended: readonly GivenRole[];
  readonly handed: readonly GivenRole[];
}

/** Decides who leaves, who follows and what moves; refuses what may not be. */
export async function handoverOf(context: HandoverContext): Promise<Handover> {
  const { read, today } = context;
  const { leaver, successor } = await whoIsMeant(context);
  const account = leaver.openId;
  const [held, rows, duties] = await Promise.all([
    account ? read.givenRoles(account) : [],
    account ? read.peopleByOpenId(account) : [],
    read.duties(leaver.id, today),
  ]);
  // Who follows on the same account keeps the roles.
  const { ended, handed: handable } = rolesOnLeaving(
    successor?.openId === account ? [] : held,
    { unitId: leaver.unit.id, servesElsewhere: rows.length > 1 },
    successor?.openId ? await read.roles(successor.openId) : [],
  );
  // Whoever follows in the same unit is the address book's liaison of it, with an account or without one yet.
  const handed = handable.filter(
    ({ granted, unitId }) => granted || successor?.unit.id === unitId || successor?.openId !== undefined,
  );
  for (const { unit } of ended) await requireRight(context, 'role.change', unit && { unitIds: [unit.id] });
  // Whatever is theirs, so that the refusal tells of no secret: an unannounced visit and a restricted problem would come along.
  if (successor && isOneself(context.actor, successor) && !isOneself(context.actor, leaver)) {
    const units = ended.some(({ unitId }) => unitId === undefined)
      ? undefined
      : [leaver.unit.id, ...ended.flatMap(({ unitId }) => unitId ?? [])];
    throw new UserError(`${called(leaver)}的工作不能由您交给自己。${await askAnother(context, units)}`);
  }
  if (
    ended.some(isAdministratorOfAll) &&
    (await read.roleHolders(['administrator'])).every((one) => !isAdministratorOfAll(one) || one.openId === account)
  )
    throw new UserError(`${called(leaver)}是最后一位管理员。请先授予别人管理员，再登记离任。`);
  if (successor && handed.some(({ granted }) => granted) && !successor.openId)
    throw new UserError(
      `${called(leaver)}的角色要交给${successor.name}，但${successor.name}还没有关联飞书账号。请${successor.name}先发送“我是 ${called(successor)}”并经确认，再登记接替。`,
    );
  // Nothing may be left that nobody can see; what it is, is not said.
  const alone = duties.restricted.some(({ viewers }) => viewers.every((openId) => openId === account));
  if (alone && !successor?.openId)
    throw new UserError(
      successor
        ? `${called(leaver)}名下有只有本人看得到的事项，${successor.name}还没有关联飞书账号，接不了。请${successor.name}先发送“我是 ${called(successor)}”并经确认。`
        : `${called(leaver)}名下有只有本人看得到的事项，要写上接替人，${HOW}`,
    );
  return { leaver, successor, duties, ended, handed: successor ? handed : [] };
}

async function whoIsMeant(context: HandoverContext) {
  const { leaver: who, successor: heir } = context.args;
  const leaver = await onePerson(context, who.name, { mention: who.unit });
  await refuseElsewhere(leaver.unit, '人员', context);
  await requireRight(context, 'people.change', { unitIds: [leaver.unit.id] });
  const successor = heir ? await onePerson(context, heir.name, { mention: heir.unit, near: leaver.unit }) : undefined;
  if (successor?.id === leaver.id) throw new UserError('接替的人不能是本人。');
  if (successor?.left) throw new UserError(`${called(successor)}已离任，不能接替。`);
  if (leaver.left && !successor)
    throw new UserError(`${called(leaver)}已经登记离任。要移交没办完的事，请写上接替人，${HOW}`);
  return { leaver, successor };
}
