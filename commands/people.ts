import { plainDoc } from '../src/cards/plain.ts';
import { describeSpan } from '../src/domain/calendar/describe.ts';
import type { LocalDate } from '../src/domain/calendar/local-date.ts';
import { rolesOnLeaving } from '../src/domain/people/handover.ts';
import { isAdministratorOfAll, type Person } from '../src/domain/people/person.ts';
import { mayAnywhere, reachOf } from '../src/domain/people/rights.ts';
import { dutiesText } from '../src/features/people/handover-card.ts';
import { moveSight } from '../src/features/people/move-sight.ts';
import { mergeChoiceDoc, peopleDoc } from '../src/features/people/people-card.ts';
import { roleText } from '../src/features/people/roles-card.ts';
import { toldDuties } from '../src/features/people/told-duties.ts';
import { askAnother, isOneself, requestsOfOthers } from '../src/features/people/vouching.ts';
import { withdrawFrom } from '../src/language/answer/withdrawal.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead, type OwnReader, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { nobodyUnknown } from '../src/language/who/beside-names.ts';
import { refuseUnseen, resolveUnit } from '../src/language/who/resolve.ts';
import { called, namesakes, onePerson } from '../src/language/who/resolve-person.ts';
import { listable, refuseElsewhere, requireRight, scopeWithin } from '../src/language/who/rights.ts';
import { confirmed, previewCode } from '../src/language/words/preview-code.ts';
import type { UnitMention } from '../src/language/words/slots.ts';
import type { BookedPerson, Duties } from '../src/ports/people.ts';

/** So many are listed; of a whole city nobody reads more on a phone. */
const LISTED = 300;
const REQUESTS = 50;
const UNLINK = '解除(?:关联|绑定|登记)?|取消(?:关联|登记)';
/** Of who is unlinked the roles end, unless it is said that they do not. */
const KEEP = '(?:但|并)?保留(?:其|他的|她的|原有)?(?:角色|权限)';
const RETURN = '返岗|复职|恢复';
const MERGE = '合并(?:人员)?';
const REMOVE = /^(?:删除|删掉|移除|新增|添加|增加)|(?:删除|删掉|移除)$/;
const UNLINKED = '人员 解除 望海区教育局 冯癸';
const RETURNED = '人员 返岗 望海区教育局 冯癸';
const MERGED = '人员 合并 冯癸 1 2';
const DEED = new RegExp([UNLINK, RETURN, MERGE].join('|'));
const LIST_WORDS = /关联|登记|情况|名单|列表|查|看|未|没有?|的|谁|还|有|哪些人?/g;
/** The number of a row; no day, hour or percentage. */
const ROW = /(?<![\d.:])\d{1,2}(?![\d%:.月日号点])/g;

const unit = may('unit');
const person = may('person');
const known = (words: RegExp, example: string) =>
  mayRead(nobodyUnknown({ words, how: `请核对姓名，例如：${example}` }));
/** A deed's own words stand where they please. */
const heard = (words: string, example: string) => known(new RegExp(`${words}|[的和与]`, 'g'), example);

const readKeep: OwnReader<true> = (text) =>
  new RegExp(KEEP).test(text) ? { value: true, rest: text.replace(new RegExp(KEEP), ' ') } : undefined;

const readRows: OwnReader<readonly [number, number]> = (text) => {
  const [first, second, ...more] = (text.match(ROW) ?? []).map(Number);
  if (first === undefined || second === undefined) return undefined;
  if (more.length > 0)
    throw new UserError(`一次只能合并两行，写了 ${[first, second, ...more].join('、')}，例如：人员 合并 冯癸 1 2`);
  return { value: [first, second], rest: text.replaceAll(ROW, ' ') };
};

const readConfirmed: OwnReader<string> = (text) => {
  const code = confirmed(text);
  return code === undefined ? undefined : { value: code, rest: text.replace(/确认.*$/, ' ') };
};

export default defineCommand({
  name: '人员',
  aliases: ['people', 'ry', '通讯录', '人员关联', '人员列表', '联络员名单'],
  says: [/^(?:还有)?谁(?:还)?(?:没有?|未)(?:关联|登记)/],
  summary: '看谁关联了飞书账号、怎么关联的；确认身份、解除关联、合并重复的人',
  usage: '人员 [单位|姓名] | 人员 解除|合并|返岗 姓名',
  allow: 'people.read',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [],
      when: { test: (line) => !DEED.test(line) && !REMOVE.test(line) },
      examples: ['人员', '人员 望海区'],
      parts: { known: known(LIST_WORDS, '人员 望海区'), unit, person },
      run: list,
    }),
    deed({
      verbs: [],
      when: new RegExp(UNLINK),
      examples: [UNLINKED],
      parts: { keep: mayRead(readKeep), known: heard(`${UNLINK}|飞书|账号|关联|登记|绑定`, UNLINKED), unit, person },
      run: unlink,
    }),
    deed({
      verbs: [],
      when: new RegExp(MERGE),
      examples: [MERGED],
      parts: {
        code: mayRead(readConfirmed),
        rows: mayRead(readRows),
        known: heard(MERGE, MERGED),
        units: may('units'),
        people: may('people'),
      },
      run: merge,
    }),
    deed({
      verbs: [],
      when: new RegExp(RETURN),
      examples: [RETURNED],
      parts: { known: heard(`${RETURN}|在岗|上岗`, RETURNED), unit, person },
      run: giveBack,
    }),
    question({ verbs: [], when: REMOVE, examples: [], parts: { said: may('text') }, run: refuseRemoval }),
  ),
});

interface Said {
  readonly unit: UnitMention | undefined;
  readonly person: string | undefined;
}

async function refuseRemoval(): Promise<never> {
  throw new UserError('人员不能删除。调走、退休请登记离任：离任 单位 姓名 接替人姓名');
}

async function list(context: Context<Said>): Promise<Outcome> {
  const { args, actor, chat, read, zone, today } = context;
  const name = args.person;
  const unit = await resolveUnit(args.unit ? [args.unit] : [], context);
  if (unit) await requireRight(context, 'people.read', { unitIds: [unit.id] });
  if (unit && chat.type === 'group') await refuseUnseen(unit, context);
  const reach = reachOf(actor, 'people.read');
  // What is asked in a group is read by the group.
  const here = chat.type === 'group' ? await scopeWithin(context, 'people.read', context.scope) : undefined;
  const within = unit ? [unit.id] : here ? here.unitIds : reach === 'everywhere' ? undefined : reach;
  const isOffice = chat.type === 'p2p' && reach === 'everywhere';
  const book = await read.addressBook({ within, name, today, limit: LISTED, ...(isOffice && { unannounced: true }) });
  const mayChange = mayAnywhere(actor, 'people.change');
  return {
    reply: peopleDoc(
      {
        ...book,
        about: [unit?.name, name].filter(Boolean).join(' '),
        requests:
          mayChange && !name && !unit
            ? await listable(
                context,
                'people.change',
                await requestsOfOthers(context, REQUESTS),
                ({ person }) => person.unit.id,
              )
            : [],
        changes: mayChange,
        query: ['人员', unit?.name, name].filter(Boolean).join(' '),
      },
      { zone, today },
    ),
  };
}

async function personMeant(context: Context<Said>): Promise<BookedPerson> {
  const { person: name, unit } = context.args;
  if (!name) throw new UserError('请写上一个人的单位和姓名，例如：人员 解除 望海区教育局 冯癸');
  const person = await onePerson(context, name, { mention: unit });
  await refuseElsewhere(person.unit, '人员', context);
  await requireRight(context, 'people.change', { unitIds: [person.unit.id] });
  return person;
}

async function unlink(context: Context<Said & { readonly keep: true | undefined }>): Promise<Outcome> {
  const person = await personMeant(context);
  const { id, openId, version } = person;
  if (!openId) throw new UserError(`${called(person)}没有关联飞书账号，不用解除。`);
  const roles = await rolesOfAccount(context, person, openId);
  // What the address book gives goes with the link by itself.
  const ended = context.args.keep ? [] : roles.filter(({ granted }) => granted);
  const sight = await sightOfAccount(context, person, openId);
  // What was addressed to the person must not reach whoever holds the account.
  const withdrawn = await withdrawFrom(context, openId);
  return {
    reply: plainDoc('已解除关联', `已解除${called(person)}的飞书账号关联。`, {
      tone: 'done',
      lines: [
        '以后不再自动关联同一个账号；本人可以再发送“我是 姓名”，由管理员确认。',
        ...rolesLines(person, roles, context.args.keep === true),
        ...(withdrawn.sentence ? [withdrawn.sentence] : []),
      ],
    }),
    changes: [
      ...ended.map(({ role, unitId }) => ({ kind: 'role.revoked', openId, role, unitId }) as const),
      ...sight.changes,
      { kind: 'person.unlinked', personId: id, seen: version },
      ...withdrawn.changes,
    ],
    audit: [
      { action: 'person.unlinked', subject: id, before: openId },
      ...ended.map(({ role, unit }) => ({
        action: 'role.revoked' as const,
        subject: openId,
        before: { role, unit: unit?.name },
      })),
      ...withdrawn.audit,
    ],
    notices: [
      ...sight.notices,
      ...(openId === context.actor.openId
        ? []
        : [
            {
              to: { openId },
              doc: plainDoc('解除关联', `管理员解除了您与“${called(person)}”的关联。`, { tone: 'muted' }),
            },
          ]),
    ],
  };
}

/** The roles that end with the link: whoever is somebody else too keeps those that are not of this unit. Refuses what may not be ended. */
async function rolesOfAccount(
  context: Context<Said & { readonly keep: true | undefined }>,
  person: Person,
  openId: string,
) {
  const { read } = context;
  const [held, rows] = await Promise.all([read.givenRoles(openId), read.peopleByOpenId(openId)]);
  const { ended } = rolesOnLeaving(held, { unitId: person.unit.id, servesElsewhere: rows.length > 1 });
  if (context.args.keep) return ended;
  for (const { unit } of ended) await requireRight(context, 'role.change', unit && { unitIds: [unit.id] });
  const isLast =
    ended.some(isAdministratorOfAll) &&
    (await read.roleHolders(['administrator'])).every((one) => !isAdministratorOfAll(one) || one.openId === openId);
  if (isLast) throw new UserError(`${called(person)}是最后一位管理员。请先授予别人管理员，再解除关联。`);
  return ended;
}

/** What only the account sees must not stay with whoever holds it; the office and the others who see it hear of it. */
async function sightOfAccount(context: Context, person: Person, openId: string) {
  const { restricted } = await context.read.duties(person.id, context.today);
  return moveSight(
    context,
    restricted.filter(({ viewers }) => viewers.includes(openId)),
    { leaver: person, what: '的飞书账号已解除关联' },
  );
}

function rolesLines(
  person: Person,
  roles: Awaited<ReturnType<typeof rolesOfAccount>>,
  keeps: boolean,
): readonly string[] {
  const told = keeps ? roles.filter(({ granted }) => granted) : roles;
  if (told.length === 0) return [];
  const names = told.map(({ role, unit }) => roleText(role, unit)).join('、');
  return !keeps
    ? [`这个账号的角色一并结束：${names}。本人换账号后请重新授予。`]
    : [
        `这个账号的角色保留：${names}。要结束请撤销，例如：角色 撤销 ${roleText(told[0]?.role ?? 'liaison')} ${called(person)}`,
      ];
}

async function giveBack(context: Context<Said>): Promise<Outcome> {
  const person = await personMeant(context);
  if (!person.left) throw new UserError(`${called(person)}没有离任，不用恢复。`);
  return {
    reply: plainDoc('已恢复', `${called(person)}已恢复在岗。`, {
      tone: 'done',
      lines: ['飞书账号会重新按手机号查找，或由本人发送“我是 姓名”登记；角色和已移交的工作不会自动还回来。'],
    }),
    changes: [{ kind: 'person.returned', personId: person.id, seen: person.version }],
    audit: [{ action: 'person.returned', subject: person.id }],
  };
}

interface ToMerge {
  readonly code: string | undefined;
  readonly rows: readonly [number, number] | undefined;
  readonly units: readonly UnitMention[] | undefined;
  readonly people: readonly string[] | undefined;
}

async function merge(context: Context<ToMerge>): Promise<Outcome> {
  const { args, read, today, zone, now } = context;
  const { units = [], people = [] } = args;
  if (people.length > 2) throw new UserError('一次只能合并两个人，例如：人员 合并 冯癸 冯葵');
  const rows = await rowsToMerge(context, units, people);
  const line = ['人员 合并', ...units.map(({ written }) => written), ...people].join(' ');
  const [first, second] = args.rows ?? [];
  if (first === undefined || second === undefined) return { reply: mergeChoiceDoc(rows, line, { zone, today }) };
  const [kept, dropped] = [rows[first - 1], rows[second - 1]];
  if (!kept || !dropped || kept === dropped)
    throw new UserError(`请写两个不同的行号（1 到 ${rows.length}），例如：${line} 1 2`);
  for (const { unit } of [kept, dropped]) {
    await refuseElsewhere(unit, '人员', context);
    await requireRight(context, 'people.change', { unitIds: [unit.id] });
  }
  if (isOneself(context.actor, kept) !== isOneself(context.actor, dropped))
    throw new UserError(
      `不能由您把别人的一行和自己合并。${await askAnother(context, [kept.unit.id, dropped.unit.id])}`,
    );
  if (kept.openId && dropped.openId && kept.openId !== dropped.openId)
    throw new UserError(`两行关联了不同的飞书账号，不能合并。请先解除不对的一个：人员 解除 ${called(dropped)}`);
  // Another name may well be another person, with an account, secrets and visits of their own.
  if (kept.name !== dropped.name) await requireRight(context, 'people.change');
  const duties = await read.duties(dropped.id, today);
  const counts = dutiesText({ ...(await toldDuties(context, dropped, duties)), contacts: 0, roles: [] });
  const code = await previewCode([kept.id, kept.version, dropped.id, dropped.version, duties]);
  const confirm = `${line} ${first} ${second} 确认 ${code}`;
  const asked = args.code;
  if (asked !== code)
    return {
      reply: plainDoc(
        '合并人员',
        asked ? '情况有变化，请重新核对后再确认。' : `${called(dropped)}将并入${called(kept)}。`,
        {
          tone: 'soon',
          lines: [
            `未办完的事（${counts}），以及以往的督导和任务，都转到${called(kept)}名下。`,
            ...movedLines(kept, dropped, await toldDuties(context, dropped, duties), today),
            `以后导入的表格里写“${dropped.name}”（${dropped.unit.name}），也认作${called(kept)}。合并后不能拆开。`,
          ],
          buttons: [{ label: '确认合并', style: 'primary', press: { v: 1, op: 'run', query: confirm, page: 1 } }],
          note: `也可以发送：${confirm}`,
        },
      ),
    };
  const seen = { kept: kept.version, dropped: dropped.version };
  const { openId = dropped.openId } = kept;
  const done = plainDoc('已合并', `${called(dropped)}已并入${called(kept)}：${counts}。`, { tone: 'done' });
  return {
    reply: done,
    changes: [{ kind: 'people.merged', keptId: kept.id, droppedId: dropped.id, seen, at: now }],
    audit: [
      { action: 'people.merged', subject: kept.id, before: { name: called(dropped) }, after: { name: called(kept) } },
    ],
    notices: openId && openId !== context.actor.openId ? [{ to: { openId }, doc: done }] : [],
  };
}

/** Everything that the kept row takes over, one by one; an unannounced visit is as little told as elsewhere. */
function movedLines(kept: BookedPerson, dropped: BookedPerson, duties: Duties, today: LocalDate): readonly string[] {
  const account = dropped.openId !== undefined && kept.openId === undefined;
  return [
    ...(account ? [`“${called(dropped)}”的飞书账号从此是${called(kept)}的账号，角色也跟着账号。`] : []),
    ...(dropped.hasMobile && !kept.hasMobile ? [`手机号转给${called(kept)}。`] : []),
    ...duties.visits.map(({ from, to, unit, kind }) => `督导：${describeSpan({ from, to }, today)} ${unit} ${kind}`),
    ...duties.tasks.map(({ title, dueText }) => `任务：${[title, dueText].filter(Boolean).join('，')}`),
    ...duties.findings.map(({ number, unit, description }) => `问题：W${number} ${unit} ${description}`),
    '限知、保密和没有公布的督导不在这里列出。',
  ];
}

/** Rows that serve, of one name or of two, in an order that stays from one message to the next. */
async function rowsToMerge(
  context: Context,
  units: readonly UnitMention[],
  people: readonly string[],
): Promise<readonly BookedPerson[]> {
  const [first, second] = people;
  if (!first) throw new UserError('请写上姓名，例如：人员 合并 冯癸，或：人员 合并 冯癸 冯葵');
  const found = new Map<string, BookedPerson>();
  for (const mention of units.length > 0 ? units : [undefined])
    for (const name of new Set([first, second ?? first]))
      for (const person of await namesakes(context, name, mention)) if (!person.left) found.set(person.id, person);
  const rows = [...found.values()].toSorted(
    (a, b) => a.unit.name.localeCompare(b.unit.name, 'zh') || (a.id < b.id ? -1 : 1),
  );
  if (rows.length < 2) throw new UserError(`通讯录里叫“${people.join('”“')}”的不到两行，不用合并。`);
  return rows;
}
