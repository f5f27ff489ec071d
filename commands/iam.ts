import { plainDoc } from '../src/cards/plain.ts';
import type { Doc } from '../src/cards/views.ts';
import type { Person } from '../src/domain/people/person.ts';
import { mayAnywhere } from '../src/domain/people/rights.ts';
import { identityDoc, settleButtons } from '../src/features/people/identity-card.ts';
import { askAnother, isOneself, otherAdministrators } from '../src/features/people/vouching.ts';
import { type Context, defineCommand, type Notice, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead, must, mustRead, type OwnReader } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { nobodyUnknown } from '../src/language/who/beside-names.ts';
import { resolveUnit } from '../src/language/who/resolve.ts';
import { requireRight } from '../src/language/who/rights.ts';
import type { UnitMention } from '../src/language/words/slots.ts';

type Who = Context<{
  readonly sure: true | undefined;
  readonly phone: string | undefined;
  readonly unit: UnitMention | undefined;
  readonly person: string | undefined;
}>;

/** What people say of themselves beside unit and name: their post (督导室的工作人员), which the address book has, and a greeting. */
const OFFICE = '(?:\\p{Script=Han}{1,6}(?:科|室|股|处|部|组|办))?';
const TASK = '(?:(?:负责|分管|主管)\\p{Script=Han}{1,8})?';
const TITLE =
  '(?:副?(?:主任|局长|科长|处长|校长|园长|所长|镇长|书记|组长)|督学|联络员|负责人|工作人员|科员|干事|专干|职员|教师)?';
const POST = new RegExp(
  `(?<![^\\s、,])${OFFICE}的?${TASK}的?${TITLE}(?![^\\s、,])|(?:大家|各位)好|请?多多?关照|前来报到|报到`,
  'gu',
);
const NOT_THERE = '请核对姓名和单位，或请管理员先更新通讯录。';
const AROUND = '我 来自 从 的 是 叫 在 老师 同志 本人';

/** A number proves nothing, and is not kept; whoever writes one is told so. */
const readPhone: OwnReader<string> = (text) => {
  const found = /(?:我的)?(?:手机|电话|联系)?(?:号码?|电话|方式)?[是为:\s]*(?<!\d)(1\d{10})(?!\d)/.exec(text);
  return found?.[1] === undefined ? undefined : { value: found[1], rest: text.replace(found[0], ' ') };
};

const SURE = /\s+(?:确认|确定)$/;
const readSure: OwnReader<true> = (text) =>
  SURE.test(text) ? { value: true, rest: text.replace(SURE, '') } : undefined;

const CODE = /(?<![0-9A-Za-z])[0-9A-Za-z]{4,12}(?![0-9A-Za-z%])/;
const ASKS_CODE = '请写上卡片里的8位代码，发送“状态”看待确认的人员。';
const code = must('word', { pattern: CODE, asks: ASKS_CODE });

/** Those of one card are confirmed together. */
const readCodes: OwnReader<readonly string[]> = (text) => {
  const all = new RegExp(CODE, 'g');
  const found = [...new Set(text.match(all)?.map((each) => each.toUpperCase()))];
  return found.length === 0 ? undefined : { value: found, rest: text.replace(all, ' ').replaceAll(/[、,和]/g, ' ') };
};
const codes = mustRead(readCodes, { asks: ASKS_CODE });

/** So many requests are looked through for an earlier one, and so many administrators are told. */
const WAITING = 200;
const TOLD = 5;

/** A name is not a person: the address book has namesakes, so an administrator confirms who an account is. */
export default defineCommand({
  name: '我是',
  aliases: ['iam', "i'm", '我叫', '本人是'],
  another: /^(?:我是|iam|i'm|我叫|本人是)(?:不是|谁|哪|否)/i,
  summary: '登记您在通讯录里是谁，由管理员确认',
  usage: '我是 [单位] 姓名',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(
    deed({
      verbs: [],
      examples: ['我是 冯癸', '我是 望海区教育局 冯癸'],
      parts: {
        sure: mayRead(readSure),
        phone: mayRead(readPhone),
        known: mayRead(nobodyUnknown({ words: POST, around: AROUND, how: NOT_THERE })),
        unit: may('unit'),
        person: may('person'),
      },
      run: request,
    }),
    deed({
      verbs: ['确认', '同意', '核实'],
      examples: ['我是 确认 K7QM3XPA'],
      parts: { codes },
      run: confirm,
    }),
    deed({
      verbs: ['拒绝', '不是'],
      examples: ['我是 拒绝 K7QM3XPA'],
      parts: { code },
      run: (context) => settle(context, context.args.code, false),
    }),
  ),
});

async function request(context: Who): Promise<Outcome> {
  const { args, actor, chat, now, ids, read } = context;
  if (actor.foreign)
    throw new UserError(
      '您的账号属于别的单位的飞书，不能登记为这里通讯录的人。请用本单位的飞书账号发送：我是 单位 姓名',
    );
  const name = args.person;
  if (!name) throw new UserError('请写上姓名，例如：我是 望海区教育局 冯癸');
  const person = await onePerson(context, name);
  if (person.openId === actor.openId) {
    return { reply: plainDoc('已经登记', `您已登记为：${person.unit.name} ${person.name}。`, { tone: 'done' }) };
  }
  const others = actor.people.map((each) => `${each.unit.name} ${each.name}`);
  if (others.length > 0 && !args.sure) return { reply: secondPersonDoc(context, person, others) };
  const seen = [{ table: 'person', id: person.id, version: person.version }] as const;
  const who = `${person.unit.name} ${person.name}`;
  if (await standsAlone(context, person)) {
    return {
      reply: plainDoc('登记成功', `您已登记为：${who}。`, {
        tone: 'done',
        lines: ['没有另一位管理员，所以没有再请人确认。'],
      }),
      changes: [
        { kind: 'person.linked', personId: person.id, openId: actor.openId, by: 'administrator', seen: person.version },
      ],
      audit: [{ action: 'person.linked', subject: person.id, before: person.openId, after: actor.openId }],
    };
  }
  const waiting = (await read.linkRequests(WAITING)).find((asked) => asked.openId === actor.openId);
  // Asked again it is the same request: a new code would leave the administrators' card without one.
  const again = waiting?.person.id === person.id ? waiting : undefined;
  const id = again?.id ?? ids.code();
  const reply = {
    reply: plainDoc('等待确认', `${again ? '之前已收到，还在等管理员确认' : '已收到'}：您是${who}。`, {
      // Nobody else sees a direct chat: who may press there cannot.
      ...(chat.type === 'group'
        ? { lines: [`请管理员核实后按“确认”，或发送：我是 确认 ${id}`], buttons: settleButtons(id) }
        : { lines: await waitingLines(context, person, id) }),
      ...noteOf(person, args.phone, others),
    }),
  };
  if (again) return reply;
  return {
    ...reply,
    changes: [{ kind: 'link.requested', id, openId: actor.openId, personId: person.id, chatId: chat.chatId, at: now }],
    seen,
    audit: [{ action: 'link.requested', subject: person.id, after: actor.openId }],
    notices: [
      ...askedOfDisplaced(person, actor.openId),
      ...(await toAdministrators(
        context,
        person,
        identityDoc({ id, openId: actor.openId, who, linkedBefore: person.openId !== undefined, others }),
      )),
    ],
  };
}

/** One account that is two people sees and answers for both: asked before, for most who write so have changed their post or mistaken the name. */
function secondPersonDoc({ chat }: Who, { unit, name }: Person, others: readonly string[]): Doc {
  const who = `${unit.name} ${name}`;
  const line = `我是 ${who} 确认`;
  return plainDoc('请核对', `还没有登记：您的账号已经是 ${others.join('、')}。要再登记为 ${who} 吗？`, {
    tone: 'soon',
    lines: [
      '再登记以后，两边的任务和日程都算您的；已登记的不会取消。',
      `换了岗位的，请管理员发送：离任 ${others[0]}；登记错了的：人员 解除 ${others[0]}`,
    ],
    // Whoever else of a group pressed it would ask for themselves.
    ...(chat.type === 'p2p' && {
      buttons: [{ label: '再登记', press: { v: 1, op: 'run', query: line, page: 1 } } as const],
    }),
    note: `确实兼任的，请发送：${line}`,
  });
}

function noteOf(person: Person, phone: string | undefined, others: readonly string[]): { readonly note?: string } {
  if (person.openId) return { note: '通讯录里的这个人已登记过另一个账号，请管理员注意核实。' };
  if (others.length > 0) return { note: `这个账号已经登记为 ${others.join('、')}，请管理员注意核实。` };
  return phone === undefined ? {} : { note: '手机号没有记下：身份由管理员按通讯录核实。' };
}

async function waitingLines(context: Context, person: Person, id: string): Promise<string[]> {
  return mayAnywhere(context.actor, 'people.change')
    ? [`管理员也不能确认自己。${await askAnother(context, [person.unit.id])}`, `对方请发送：我是 确认 ${id}`]
    : ['已请管理员核实，结果会告诉您。', `管理员也可以发送：我是 确认 ${id}`];
}

/**
 * The only administrator of everything, who is nobody yet and would for ever stay so: there is no other to confirm it. It gives no new
 * right: what such an administrator may do and see comes from the role, and restricted problems are seen by account. The row must be free and
 * never have been another account's. Whoever is known already, or administers some units only, asks like everybody else.
 */
async function standsAlone(context: Context, person: Person): Promise<boolean> {
  const { actor, read, today } = context;
  if (!actor.isAdministrator || actor.people.length > 0 || person.openId) return false;
  if ((await otherAdministrators(context, [person.unit.id])).length > 0) return false;
  const { people } = await read.addressBook({ within: [person.unit.id], name: person.name, today, limit: WAITING });
  return people.some(({ id, formerOpenId }) => id === person.id && formerOpenId === undefined);
}

/** A group sees the card itself. In a direct chat nobody else would: those who may settle it are asked. */
async function toAdministrators(context: Context, person: Person, doc: Doc): Promise<readonly Notice[]> {
  if (context.chat.type === 'group') return [];
  const holders = await otherAdministrators(context, [person.unit.id]);
  return holders.slice(0, TOLD).map(({ openId }) => ({ to: { openId }, doc }));
}

/** The one row of the address book that is meant; the chat's scope and the unit that was named narrow it, nothing is guessed. */
async function onePerson({ args, scope, read }: Who, name: string): Promise<Person> {
  const unit = await resolveUnit(args.unit ? [args.unit] : [], { read, scope });
  const namesakes = await read.peopleByName(name);
  const within = async (ancestorIds: readonly string[]) => {
    const kept: Person[] = [];
    for (const person of namesakes) if (await read.isWithin(person.unit.id, ancestorIds)) kept.push(person);
    return kept;
  };
  const exact = unit ? namesakes.filter((person) => person.unit.id === unit.id) : [];
  const own = exact.length > 0 ? exact : await within(unit ? [unit.id] : scope.unitIds);
  const candidates = own.length > 0 || unit ? own : namesakes;
  const [only] = candidates;
  if (!only) {
    throw new UserError(`通讯录里没有“${unit ? `${unit.name} ` : ''}${name}”。${NOT_THERE}`);
  }
  if (candidates.length > 1) {
    const units = candidates.slice(0, 4).map((person) => person.unit.name);
    throw new UserError(
      `叫“${name}”的有 ${candidates.length} 人（${units.join('、')}）。请加上单位，例如：我是 ${only.unit.name} ${name}`,
    );
  }
  return only;
}

/** Each by its own right; what cannot be confirmed is said, and keeps no other from it. */
async function confirm(context: Context<{ readonly codes: readonly string[] }>): Promise<Outcome> {
  const [first = '', ...others] = context.args.codes;
  if (others.length === 0) return settle(context, first, true);
  const done: Outcome[] = [];
  const left: string[] = [];
  for (const id of context.args.codes)
    try {
      const settled = await settle(context, id, true);
      const twice = settled.audit?.some(({ subject }) => done.some((one) => one.audit?.[0]?.subject === subject));
      if (twice) throw new UserError('这个人这次已经确认给另一个账号。');
      done.push(settled);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      left.push(`${id}：${error.message}`);
    }
  if (done.length === 0) throw new UserError(left.join('\n'));
  const names = done.map(({ reply }) => reply.summary.replace(/^已确认：|。$/g, ''));
  return {
    reply: plainDoc('确认成功', `已确认 ${done.length} 人：${names.join('、')}。`, {
      tone: left.length > 0 ? 'soon' : 'done',
      lines: ['以后的提醒会@本人。', ...left.map((why) => `没有确认　${why}`)],
    }),
    changes: done.flatMap(({ changes = [] }) => changes),
    audit: done.flatMap(({ audit = [] }) => audit),
    notices: done.flatMap(({ notices = [] }) => notices),
  };
}

async function settle(context: Context, code: string, isTrue: boolean): Promise<Outcome> {
  const id = code.toUpperCase();
  const { actor, read } = context;
  if (!mayAnywhere(actor, 'people.change')) throw new UserError('只有管理员可以确认身份。');
  const asked = await read.linkRequest(id);
  if (!asked)
    throw new UserError(
      `没有等待确认的“${id}”，可能已经处理过，或者对方又登记了别的姓名。发送“状态”查看待确认的人员。`,
    );
  const { person } = asked;
  await requireRight(context, 'people.change', { unitIds: [person.unit.id] });
  // Also when another account asks to be who the administrator is: it would be their own by their own word.
  if (isTrue && (asked.openId === actor.openId || isOneself(actor, person)))
    throw new UserError(
      `不能确认自己的身份。${await askAnother(context, [person.unit.id])}通讯录里有本人手机号的，会自动关联，不用确认。`,
    );
  const who = `${person.unit.name} ${person.name}`;
  // Who has not asked is told when it holds, and of nothing that does not.
  const told = (doc: ReturnType<typeof plainDoc>) =>
    asked.openId === actor.openId || (asked.byName && !isTrue) ? [] : [{ to: { openId: asked.openId }, doc }];
  if (!isTrue) {
    return {
      reply: plainDoc('没有确认', `没有确认：不是${person.unit.name} ${person.name}本人。`, { tone: 'muted' }),
      changes: [{ kind: 'link.settled', id, refused: true }],
      audit: [{ action: 'link.refused', subject: person.id, after: asked.openId }],
      notices: told(
        plainDoc('身份没有确认', `管理员没有确认您是${who}。`, {
          tone: 'muted',
          lines: ['如果写错了单位或姓名，请重新发送：我是 单位 姓名'],
        }),
      ),
    };
  }
  return {
    reply: plainDoc('确认成功', `已确认：${person.unit.name} ${person.name}。`, {
      tone: 'done',
      lines: ['以后的提醒会@本人。'],
    }),
    changes: [
      { kind: 'link.settled', id },
      { kind: 'person.linked', personId: person.id, openId: asked.openId, by: 'administrator', seen: person.version },
    ],
    audit: [{ action: 'person.linked', subject: person.id, before: person.openId, after: asked.openId }],
    notices: [
      ...displaced(person, asked.openId),
      ...told(plainDoc('身份已确认', `管理员已确认您是${who}。`, { tone: 'done', lines: ['发送“我的”看您的安排。'] })),
    ],
  };
}

/** Whoever would lose the row hears of it before it holds, and can say so. */
const askedOfDisplaced = ({ openId, unit, name }: Person, by: string): readonly Notice[] =>
  openId === undefined || openId === by
    ? []
    : [
        {
          to: { openId },
          doc: plainDoc('有人登记为您', `另一个账号登记为 ${unit.name} ${name}，正等管理员核实。`, {
            tone: 'soon',
            lines: ['确认以后您的账号不再登记为这个人。如果不是您换了账号，请马上告诉管理员。'],
          }),
          discreet: true,
        },
      ];

/** Whoever loses the row hears of it. */
const displaced = ({ openId, unit, name }: Person, by: string): readonly Notice[] =>
  openId === undefined || openId === by
    ? []
    : [
        {
          to: { openId },
          doc: plainDoc(
            '身份登记有变动',
            `管理员已确认 ${unit.name} ${name} 是另一个账号，您的账号不再登记为${name}。`,
            {
              tone: 'soon',
              lines: ['如果弄错了，请联系管理员，并重新发送：我是 单位 姓名'],
            },
          ),
        },
      ];
