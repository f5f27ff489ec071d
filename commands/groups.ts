import { atOnceButtons, groupsDoc, keptDoc } from '../src/features/groups/groups-card.ts';
import {
  codeOf,
  groupsHere,
  keptFor,
  uuidAgain,
  viewOf,
  waitingForWord,
  whereOf,
} from '../src/features/groups/kept-messages.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead, must, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { heard } from '../src/language/words/heard.ts';
import type { KeptMessage } from '../src/ports/delivery.ts';

const AGAIN = /重发|补发|(?<!不)再发/;
const NOT_AGAIN = /^(?:不再?发|放弃)/;
const ALL = /全部|所有/;
/** What people want of a group and cannot have by this command. */
const WISH = /解绑|解除|^绑定|静音|暂停|停用|退出|退群|删除|改名|移除/;
const NO_WISH =
  '“工作群”只能看和重发。换绑单位：在那个群里发送“绑定 单位名称”；停发一个群的提醒：提醒 停用 编号；不再使用：把督导助手移出那个群。';
const CODE = /(?<![0-9A-Za-z])[0-9a-f]{6}(?![0-9A-Za-z%])/i;
/** What the questions of its sentences are made of. */
const ASKED =
  /列表|清单|全部|所有|哪[些几]个?|多少|几个|没有?|未|还|绑定|机器人|督导助手|情况|状态|群|在|里|你|有|的|了/g;

export default defineCommand({
  name: '工作群',
  aliases: ['groups', 'gzq', '群列表', '工作群列表', '所有群'],
  says: [
    /^(?:重发|补发)(?:消息|失败的?消息|未送达的?消息)?[0-9a-f]{0,6}$/i,
    /^(?:你|机器人|督导助手)?在哪(?:些|几个)群里?$/,
    /^(?:还有)?(?:哪些|哪几个|有哪些)群(?:还)?(?:没有?|未)绑定|^(?:没有?|未)绑定的群/,
  ],
  summary: '看督导助手在哪些群、绑定、最近送达和没有送达的消息',
  usage: '工作群 [重发 [编号 | 全部] | 不发 全部]',
  allow: 'group.read',
  where: ['group', 'p2p'],
  ...inForms(
    question({ verbs: [], when: WISH, examples: [], parts: { said: may('text') }, run: refuseWish }),
    question({
      verbs: [],
      when: { test: (line) => !AGAIN.test(line) && !NOT_AGAIN.test(line) },
      examples: ['工作群'],
      parts: { asked: mayRead(heard(ASKED)) },
      run: list,
    }),
    deed({
      when: AGAIN,
      verbs: [/(?:重发|补发|再发)(?:消息|失败的?消息|未送达的?消息)?/],
      examples: ['工作群 重发', '工作群 重发 3F9A2C', '工作群 重发 全部'],
      parts: { all: may('word', { pattern: ALL }), code: may('word', { pattern: CODE }) },
      run: again,
    }),
    deed({
      when: NOT_AGAIN,
      verbs: [/(?:不再?发送?|放弃)(?:消息|未送达的?消息)?/],
      examples: ['工作群 不发 全部'],
      parts: {
        all: must('word', {
          pattern: ALL,
          asks: '请写“全部”，例如：工作群 不发 全部；要一条一条看，请发送：工作群 重发',
        }),
        code: may('word', { pattern: CODE }),
      },
      run: drop,
    }),
  ),
});

async function refuseWish(): Promise<never> {
  throw new UserError(NO_WISH);
}

async function list(context: Context): Promise<Outcome> {
  const { read, zone, today } = context;
  const [all, pause] = await Promise.all([read.activeGroups(), read.pause()]);
  const groups = await groupsHere(context, all);
  return { reply: groupsDoc(groups, { zone, today, pausedAt: pause?.at }) };
}

/** Without a code it shows what may be sent again; 全部 is what waits for somebody's word. */
async function again(
  context: Context<{ readonly code?: string | undefined; readonly all?: string | undefined }>,
): Promise<Outcome> {
  const { args, now, zone, today, ids, read } = context;
  const kept = await keptFor(context);
  const code = args.code?.toUpperCase();
  if (args.all !== undefined) return sendAll(context, heldUntil(kept, code), kept);
  if (code === undefined) return { reply: keptDoc(kept.map(viewOf), { zone, today }, undefined, buttonsFor(kept)) };
  const message = kept.find((one) => codeOf(one) === code);
  if (!message) throw new UserError(`没有编号为“${code}”的未送达消息，可能已经重发。发送“工作群 重发”再看一看。`);
  const group = await read.group(message.chatId);
  if (group && group.state !== 'active')
    throw new UserError(`督导助手已经不在“${group.name}”群里，不能重发。请先把它拉回群里。`);
  const { key, uuid: seen } = message;
  const rest = kept.filter((other) => other !== message);
  return {
    reply: keptDoc(rest.map(viewOf), { zone, today }, `正在重发 ${code}（${whereOf(message)}）。`, buttonsFor(rest)),
    changes: [{ kind: 'message.again', key, seen, uuid: uuidAgain(message, now, ids), at: now }],
    audit: [{ action: 'message.again', subject: message.chatId, before: { key, reason: message.reason } }],
  };
}

function buttonsFor(kept: readonly KeptMessage[]): ReturnType<typeof atOnceButtons> {
  const held = waitingForWord(kept);
  return held[0] ? atOnceButtons(held.length, codeOf(held[0])) : [];
}

/** A card's button means what its reader saw: what was held up to this one, and nothing that came later. */
function heldUntil(kept: readonly KeptMessage[], code: string | undefined): readonly KeptMessage[] {
  const held = waitingForWord(kept);
  const from = code === undefined ? 0 : held.findIndex((one) => codeOf(one) === code);
  if (held.length === 0) throw new UserError('没有等您决定是否补发的消息，可能已经处理。');
  if (from < 0) throw new UserError('这些消息有的已经处理过。发送“工作群 重发”再看一看。');
  return held.slice(from);
}

async function sendAll(context: Context, held: readonly KeptMessage[], kept: readonly KeptMessage[]): Promise<Outcome> {
  const { now, zone, today, ids } = context;
  const rest = kept.filter((one) => !held.includes(one));
  return {
    reply: keptDoc(rest.map(viewOf), { zone, today }, `正在补发 ${held.length} 条。`, buttonsFor(rest)),
    changes: [
      {
        kind: 'messages.again',
        messages: held.map((one) => ({ key: one.key, seen: one.uuid, uuid: uuidAgain(one, now, ids) })),
        at: now,
      },
    ],
    audit: [{ action: 'messages.again', subject: 'outbox', after: `${held.length} 条` }],
  };
}

async function drop(context: Context<{ readonly all: string; readonly code?: string | undefined }>): Promise<Outcome> {
  const { args, now, zone, today } = context;
  const kept = await keptFor(context);
  const held = heldUntil(kept, args.code?.toUpperCase());
  const rest = kept.filter((one) => !held.includes(one));
  return {
    reply: keptDoc(rest.map(viewOf), { zone, today }, `${held.length} 条不再发送。`, buttonsFor(rest)),
    changes: [
      {
        kind: 'messages.dropped',
        messages: held.map(({ key, uuid }) => ({ key, seen: uuid })),
        reason: '管理员决定不再发送',
        at: now,
      },
    ],
    audit: [{ action: 'messages.dropped', subject: 'outbox', after: `${held.length} 条` }],
  };
}
