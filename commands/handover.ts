import { plainDoc } from '../src/cards/plain.ts';
import { isWithheld } from '../src/domain/visits/inspection.ts';
import { type Handover, handoverOf } from '../src/features/people/handover.ts';
import { dutiesText, handoverDoc } from '../src/features/people/handover-card.ts';
import { HANDOVER_PARTS, type HandoverArgs } from '../src/features/people/handover-parts.ts';
import { moveSight } from '../src/features/people/move-sight.ts';
import { roleText } from '../src/features/people/roles-card.ts';
import { toldDuties } from '../src/features/people/told-duties.ts';
import { officeOf } from '../src/features/recipients/office.ts';
import { whoHears } from '../src/features/recipients/who-hears.ts';
import { type Context, defineCommand, type Notice, type Outcome } from '../src/language/command.ts';
import { deed } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { called } from '../src/language/who/resolve-person.ts';
import { previewCode } from '../src/language/words/preview-code.ts';
import type { Duties } from '../src/ports/people.ts';

type HandoverContext = Context<HandoverArgs>;

const MOST_LINES = 30;

export default defineCommand({
  name: '离任',
  aliases: ['handover', 'lr', '接替', '人员 离任', '人员 接替', '人员离任', '人员接替', '登记离任', '工作交接'],
  says: [/(?:离任|调离|调走|退休)了?$/],
  summary: '登记人员离任，没办完的督导、任务和角色一次交给接替的人',
  usage: '离任 姓名 [接替人]',
  allow: 'people.change',
  where: ['group', 'p2p'],
  ...inForms(
    deed({
      verbs: [],
      examples: ['离任 望海区教育局 冯癸 望海区人民政府 钱壬', '离任 望海区教育局 冯癸 确认 3F9A2C'],
      parts: HANDOVER_PARTS,
      run: handover,
    }),
  ),
  examples: ['离任 望海区教育局 冯癸', '离任 冯癸 李子', '接替 望海区教育局 冯癸 李子'],
});

async function handover(context: HandoverContext): Promise<Outcome> {
  const plan = await handoverOf(context);
  const { leaver, successor, duties, ended, handed } = plan;
  const shown = [leaver.id, leaver.version, successor?.id, successor?.version, duties, ended, handed];
  const code = await previewCode(shown);
  const asked = context.args.code;
  return asked === code
    ? await done(context, plan)
    : { reply: await preview(context, plan, code, asked !== undefined) };
}

const rolesText = (roles: Handover['ended']): string => roles.map(({ role, unit }) => roleText(role, unit)).join('、');

const dutiesOf = ({ handed, ended, successor }: Handover, duties: Duties, now: number) => ({
  visits: duties.visits
    .filter(({ state }) => state === 'planned')
    .map((visit) => ({ ...visit, withheld: isWithheld(visit, now) })),
  contacts: duties.contacts.length,
  tasks: duties.tasks,
  findings: duties.findings,
  roles: (successor ? handed : ended).map(({ role, unit }) => roleText(role, unit)),
});

async function preview(context: HandoverContext, plan: Handover, code: string, changed: boolean) {
  const { now, today } = context;
  const { leaver, successor, ended, handed } = plan;
  const line = ['离任', called(leaver), ...(successor ? [called(successor)] : [])].join(' ');
  const duties = dutiesOf(plan, await toldDuties(context, leaver, plan.duties), now);
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

async function done(context: HandoverContext, plan: Handover): Promise<Outcome> {
  const { actor, now, today, read } = context;
  const { leaver, successor, duties, ended, handed } = plan;
  // Whoever follows is on the teams from now on, but no visited unit learns of its visit.
  const contacts = duties.contacts.filter((visit) => !isWithheld(visit, now));
  const taken = dutiesOf(plan, { ...duties, contacts }, now);
  const moved = dutiesText(dutiesOf(plan, await toldDuties(context, leaver, duties), now));
  const visitIds = duties.visits.map(({ id }) => id);
  const taskIds = duties.tasks.map(({ id }) => id);
  const findingIds = duties.findings.map(({ id }) => id);
  const sentence = `${called(leaver)}已登记离任${successor ? `，由${called(successor)}接替：${moved}` : ''}。`;
  const sight = await moveSight(context, duties.restricted, { leaver, successor, what: '已登记离任' });
  const told = (openId: string | undefined, doc: ReturnType<typeof plainDoc>) =>
    openId && openId !== actor.openId ? [{ to: { openId }, doc }] : [];
  const { to, ...heard } = await whoHears(
    context,
    [leaver.unit],
    successor ? [{ name: successor.name, openId: successor.openId, personId: successor.id }] : [],
  );
  // What a group may hear: that somebody left and who follows. The successor reads of the work itself below.
  const groups = to.filter((one) => 'chatId' in one);
  const news = `${called(leaver)}已离任${successor ? `，工作由${called(successor)}接替` : '，还没有写接替人'}。`;
  return {
    reply: plainDoc('已登记离任', sentence, { tone: 'done' }),
    owed: { ...heard, standing: sentence },
    changes: [
      ...(successor
        ? [
            {
              ...({ kind: 'duties.handed', fromId: leaver.id, toId: successor.id, seen: successor.version } as const),
              today,
              visitIds,
              contactIds: duties.contacts.map(({ id }) => id),
              taskIds,
              findingIds,
              sightIds: sight.sightIds,
            },
          ]
        : []),
      ...handed
        .filter(({ granted, unitId }) => granted || unitId !== successor?.unit.id)
        .map(
          ({ role, unitId }) =>
            ({
              kind: 'role.granted',
              openId: successor?.openId ?? '',
              role,
              unitId,
              by: actor.openId,
              at: now,
            }) as const,
        ),
      ...ended
        .filter(({ granted }) => granted)
        .map(({ openId, role, unitId }) => ({ kind: 'role.revoked', openId, role, unitId }) as const),
      ...sight.changes,
      { kind: 'person.left', personId: leaver.id, successorId: successor?.id, at: now, seen: leaver.version },
    ],
    audit: [
      {
        action: 'person.left',
        subject: leaver.id,
        after: successor && { name: called(successor), visitIds, taskIds, findingIds },
      },
      ...ended.map(({ openId, role, unit }) => ({
        action: 'role.revoked' as const,
        subject: openId,
        before: { role, unit: unit?.name },
      })),
      ...handed.map(({ role, unit }) => ({
        action: 'role.granted' as const,
        subject: successor?.openId ?? '',
        after: { role, unit: unit?.name },
      })),
    ],
    notices: [
      ...sight.notices,
      ...(await confidentialNotices(read, plan, actor.openId)).map((notice) => ({ ...notice, discreet: true })),
      ...groups.map((one) => ({ to: one, doc: plainDoc('人员变动', news, { tone: 'normal' }) })),
      ...told(
        successor?.openId,
        handoverDoc({
          title: '您接替的工作',
          sentence: `您接替${called(leaver)}：${dutiesText(taken)}。`,
          duties: { ...taken, visits: taken.visits.slice(0, MOST_LINES), tasks: taken.tasks.slice(0, MOST_LINES) },
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

/** The office that runs a confidential task hears that nobody answers for it any more. */
async function confidentialNotices(read: HandoverContext['read'], { leaver, duties }: Handover, actor: string) {
  const told = duties.confidential.map(async ({ number, unitId }) =>
    notHandedOn(
      leaver,
      await officeOf(read, [unitId]),
      actor,
      `保密任务 T${number}`,
      `请另行指定：任务 转交 T${number} 姓名 原因 离任`,
    ),
  );
  return (await Promise.all(told)).flat();
}

const notHandedOn = (
  leaver: Handover['leaver'],
  openIds: readonly string[],
  actor: string,
  what: string,
  next: string,
): readonly Notice[] =>
  openIds
    .filter((openId) => openId !== leaver.openId && openId !== actor)
    .map((openId) => ({
      to: { openId },
      doc: plainDoc('责任人已离任', `${what} 的责任人${called(leaver)}已登记离任，没有自动移交，${next}`, {
        tone: 'soon',
      }),
    }));
