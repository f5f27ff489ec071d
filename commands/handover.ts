import { dutiesText, handoverDoc } from '../src/cards/handover.ts';
import { plainDoc } from '../src/cards/plain.ts';
import { roleText } from '../src/cards/roles.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { confirmed, previewCode } from '../src/chat/preview-code.ts';
import { called, onePerson } from '../src/chat/resolve-person.ts';
import { requireRight } from '../src/chat/rights.ts';
import { slots } from '../src/chat/slots.ts';
import { rolesOnLeaving } from '../src/domain/work/handover.ts';
import type { BookedPerson, Duties } from '../src/ports/people.ts';
import type { Reads } from '../src/ports/store.ts';

const args = slots.pick({ units: true, people: true, rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;
type Held = Awaited<ReturnType<Reads['roleHolders']>>[number];

const HOW = '例如：离任 望海区教育局 冯癸 李子（李子接替冯癸）';
const FILLER = /确认 *[0-9A-F]{6}$|[由将把给,、]|接替|顶替|交给|移交|离任|调离|退休|了/gi;
const MOST_LINES = 30;

/** What is to happen: decided from the same reads by the preview and by its confirmation. */
interface Plan {
  readonly leaver: BookedPerson;
  readonly successor?: BookedPerson | undefined;
  readonly duties: Duties;
  readonly ended: readonly Held[];
  readonly handed: readonly Held[];
}

export default defineCommand({
  name: '离任',
  ...wordings.离任,
  summary: '登记人员离任，没办完的督导、任务和角色一次交给接替的人',
  usage: '离任 姓名 [接替人]',
  examples: ['离任 望海区教育局 冯癸', '离任 冯癸 李子', '接替 望海区教育局 冯癸 李子'],
  allow: 'people.change',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const plan = await planOf(context);
    const { leaver, successor, duties, ended, handed } = plan;
    const code = await previewCode([
      leaver.id,
      leaver.version,
      successor?.id,
      successor?.version,
      duties,
      ended,
      handed,
    ]);
    const asked = confirmed(context.args.rest);
    return asked === code ? done(context, plan) : { reply: preview(context, plan, code, asked !== undefined) };
  },
});

async function planOf(context: Ask): Promise<Plan> {
  const { read, today } = context;
  const { leaver, successor } = await whoIsMeant(context);
  const account = leaver.openId;
  const [held, rows, duties] = await Promise.all([
    account ? read.roleHolders(account) : [],
    account ? read.peopleByOpenId(account) : [],
    read.duties(leaver.id, today),
  ]);
  // Who follows on the same account keeps the roles.
  const { ended, handed } = rolesOnLeaving(
    successor?.openId === account ? [] : held,
    { unitId: leaver.unit.id, servesElsewhere: rows.length > 1 },
    successor?.openId ? await read.roles(successor.openId) : [],
  );
  for (const { unit } of ended) await requireRight(context, 'role.change', unit && { unitIds: [unit.id] });
  if (
    ended.some(isAdministrator) &&
    (await read.roleHolders()).every((one) => !isAdministrator(one) || one.openId === account)
  )
    throw new UserError(`${called(leaver)}是最后一位管理员。请先授予别人管理员，再登记离任。`);
  if (successor && handed.length > 0 && !successor.openId)
    throw new UserError(
      `${called(leaver)}的角色（${rolesText(handed)}）要交给${successor.name}，但${successor.name}还没有关联飞书账号。请${successor.name}先发送“我是 ${called(successor)}”并经确认，再登记接替。`,
    );
  return { leaver, successor, duties, ended, handed: successor ? handed : [] };
}

const isAdministrator = ({ role, unitId }: Held): boolean => role === 'administrator' && unitId === undefined;
const rolesText = (roles: readonly Held[]): string => roles.map(({ role, unit }) => roleText(role, unit)).join('、');

async function whoIsMeant(context: Ask) {
  const { args } = context;
  const [name, ...others] = args.people;
  const unknown = args.rest.replace(FILLER, '').trim();
  if (unknown !== '') throw new UserError(`通讯录里没有“${unknown}”。请核对姓名，${HOW}`);
  if (!name) throw new UserError(`请写上离任人员的单位和姓名，${HOW}`);
  if (others.length > 1 || args.units.length > 2) throw new UserError(`一次只能登记一个人离任，${HOW}`);
  const leaver = await onePerson(context, name, { mention: args.units[0] });
  await requireRight(context, 'people.change', { unitIds: [leaver.unit.id] });
  // Namesakes of two units: the name is understood once.
  const heir = others[0] ?? (args.units.length === 2 ? name : undefined);
  const successor = heir ? await onePerson(context, heir, { mention: args.units[1], near: leaver.unit }) : undefined;
  if (successor?.id === leaver.id) throw new UserError('接替的人不能是本人。');
  if (successor?.left) throw new UserError(`${called(successor)}已离任，不能接替。`);
  if (leaver.left && !successor)
    throw new UserError(`${called(leaver)}已经登记离任。要移交没办完的事，请写上接替人，${HOW}`);
  return { leaver, successor };
}

const dutiesOf = ({ duties, handed, ended, successor }: Plan, now: number) => ({
  visits: duties.visits.map((visit) => ({ ...visit, withheld: visit.unannounced && now < visit.beginsAt })),
  contacts: duties.contacts.length,
  tasks: duties.tasks,
  roles: (successor ? handed : ended).map(({ role, unit }) => roleText(role, unit)),
});

function preview({ now, today }: Ask, plan: Plan, code: string, changed: boolean) {
  const { leaver, successor, ended, handed } = plan;
  const line = ['离任', called(leaver), ...(successor ? [called(successor)] : [])].join(' ');
  const duties = dutiesOf(plan, now);
  const open = dutiesText(duties);
  const lost = ended.filter((grant) => !handed.includes(grant));
  return handoverDoc({
    title: successor ? '离任和接替' : '登记离任',
    sentence: changed
      ? '情况有变化，请重新核对后再确认。'
      : successor
        ? `${called(leaver)}离任，由${called(successor)}接替：${open}。`
        : `${called(leaver)}离任，没有写接替人：${open}。`,
    lines: [
      ...(changed ? [`${called(leaver)}${successor ? ` → ${called(successor)}` : ''}：${open}`] : []),
      ...(successor || open === '没有未办完的事'
        ? []
        : [{ text: `这些事会没有人办，建议写上接替人：离任 ${called(leaver)} 接替人姓名`, tone: 'late' } as const]),
      ...(lost.length > 0 ? [`随之结束的角色：${rolesText(lost)}`] : []),
      '已办完的事仍记在原名下；离任后不再@，也不再当作本单位人员。',
    ],
    duties,
    today,
    confirm: { label: successor ? '确认接替' : '确认离任', query: `${line} 确认 ${code}` },
    query: line,
  });
}

function done({ actor, now, today }: Ask, plan: Plan): Outcome {
  const { leaver, successor, duties, ended, handed } = plan;
  const all = dutiesOf(plan, now);
  const moved = dutiesText(all);
  const visitIds = duties.visits.map(({ id }) => id);
  const taskIds = duties.tasks.map(({ id }) => id);
  const sentence = `${called(leaver)}已登记离任${successor ? `，由${called(successor)}接替：${moved}` : ''}。`;
  const told = (openId: string | undefined, doc: ReturnType<typeof plainDoc>) =>
    openId && openId !== actor.openId ? [{ to: { openId }, doc }] : [];
  return {
    reply: plainDoc('已登记离任', sentence, { tone: 'done' }),
    changes: [
      ...(successor
        ? [
            {
              ...({ kind: 'duties.handed', fromId: leaver.id, toId: successor.id, seen: successor.version } as const),
              ...{ today, visitIds, contactIds: duties.contacts, taskIds },
            },
          ]
        : []),
      ...handed.map(
        ({ role, unitId }) =>
          ({ kind: 'role.granted', openId: successor?.openId ?? '', role, unitId, by: actor.openId, at: now }) as const,
      ),
      ...ended.map(({ openId, role, unitId }) => ({ kind: 'role.revoked', openId, role, unitId }) as const),
      { kind: 'person.left', personId: leaver.id, successorId: successor?.id, at: now, seen: leaver.version },
    ],
    audit: [
      { action: 'person.left', subject: leaver.id, after: successor && { name: called(successor), visitIds, taskIds } },
      ...ended.map(({ openId, role, unit }) => ({
        action: 'role.revoked',
        subject: openId,
        before: { role, unit: unit?.name },
      })),
      ...handed.map(({ role, unit }) => ({
        action: 'role.granted',
        subject: successor?.openId ?? '',
        after: { role, unit: unit?.name },
      })),
    ],
    notices: [
      ...told(
        successor?.openId,
        handoverDoc({
          title: '您接替的工作',
          sentence: `您接替${called(leaver)}：${moved}。`,
          duties: { ...all, visits: all.visits.slice(0, MOST_LINES), tasks: all.tasks.slice(0, MOST_LINES) },
          today,
          note: '发送“我的”随时查看。',
        }),
      ),
      ...told(
        leaver.openId,
        plainDoc(
          '已登记离任',
          `管理员已登记您从${leaver.unit.name}离任${successor ? `，由${successor.name}接替` : ''}。`,
          {
            tone: 'muted',
          },
        ),
      ),
    ],
  };
}
