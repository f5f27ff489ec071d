import { reachOf } from '../src/domain/people/rights.ts';
import { groupsDoc, type KeptView, keptDoc } from '../src/features/groups/groups-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { reachable } from '../src/language/who/rights.ts';
import { heard } from '../src/language/words/heard.ts';
import type { KeptMessage } from '../src/ports/delivery.ts';

const AGAIN = /重发|补发|再发/;
/** What people want of a group and cannot have by this command. */
const WISH = /解绑|解除|^绑定|静音|暂停|停用|退出|退群|删除|改名|移除/;
const NO_WISH =
  '“工作群”只能看和重发。换绑单位：在那个群里发送“绑定 单位名称”；停发一个群的提醒：提醒 停用 编号；不再使用：把督导助手移出那个群。';
const CODE = /(?<![0-9A-Za-z])[0-9a-f]{6}(?![0-9A-Za-z%])/i;
/** What the questions of its sentences are made of. */
const ASKED =
  /列表|清单|全部|所有|哪[些几]个?|多少|几个|没有?|未|还|绑定|机器人|督导助手|情况|状态|群|在|里|你|有|的|了/g;
const SHOWN = 50;
/** Lark honours a uuid for an hour: within it the same one cannot arrive twice, after it it would be refused or forgotten. */
const UUID_MS = 60 * 60_000;

export default defineCommand({
  name: '工作群',
  aliases: ['groups', 'gzq', '群列表', '工作群列表', '所有群'],
  says: [
    /^(?:重发|补发)(?:消息|失败的?消息|未送达的?消息)?[0-9a-f]{0,6}$/i,
    /^(?:你|机器人|督导助手)?在哪(?:些|几个)群里?$/,
    /^(?:还有)?(?:哪些|哪几个|有哪些)群(?:还)?(?:没有?|未)绑定|^(?:没有?|未)绑定的群/,
  ],
  summary: '看督导助手在哪些群、绑定、最近送达和没有送达的消息',
  usage: '工作群 [重发 [编号]]',
  allow: 'group.read',
  where: ['group', 'p2p'],
  ...inForms(
    question({ verbs: [], when: WISH, examples: [], parts: { said: may('text') }, run: refuseWish }),
    question({
      verbs: [],
      when: { test: (line) => !AGAIN.test(line) },
      examples: ['工作群'],
      parts: { asked: mayRead(heard(ASKED)) },
      run: list,
    }),
    deed({
      when: AGAIN,
      verbs: [/(?:重发|补发|再发)(?:消息|失败的?消息|未送达的?消息)?/],
      examples: ['工作群 重发', '工作群 重发 3F9A2C'],
      parts: { code: may('word', { pattern: CODE }) },
      run: again,
    }),
  ),
});

async function refuseWish(): Promise<never> {
  throw new UserError(NO_WISH);
}

async function list(context: Context): Promise<Outcome> {
  const { read, zone, today } = context;
  const [all, pause] = await Promise.all([read.activeGroups(), read.pause()]);
  const groups = await reachable(context, 'group.read', all, ({ group }) => group.unit?.id);
  return { reply: groupsDoc(groups, { zone, today, pausedAt: pause?.at }) };
}

async function keptFor(context: Context): Promise<readonly KeptMessage[]> {
  const { read } = context;
  const kept = await read.keptMessages(SHOWN);
  if (reachOf(context.actor, 'group.read') === 'everywhere') return kept;
  const groups = await reachable(context, 'group.read', await read.activeGroups(), ({ group }) => group.unit?.id);
  const own = new Set(groups.map(({ group }) => group.chatId));
  return kept.filter(({ chatId }) => own.has(chatId));
}

/** Without a code it shows what may be sent again. */
async function again(context: Context<{ readonly code: string | undefined }>): Promise<Outcome> {
  const { args, now, zone, today, ids, read } = context;
  const kept = await keptFor(context);
  const code = args.code?.toUpperCase();
  if (code === undefined) return { reply: keptDoc(kept.map(viewOf), { zone, today }) };
  const message = kept.find(({ uuid }) => codeOf(uuid) === code);
  if (!message) throw new UserError(`没有编号为“${code}”的未送达消息，可能已经重发。发送“工作群 重发”再看一看。`);
  const group = await read.group(message.chatId);
  if (group && group.state !== 'active')
    throw new UserError(`督导助手已经不在“${group.name}”群里，不能重发。请先把它拉回群里。`);
  const { key, uuid: seen, firstSentAt } = message;
  const honoured = firstSentAt === undefined || now - firstSentAt < UUID_MS;
  const uuid = honoured ? seen : ids.next('again');
  const rest = kept.filter((other) => other !== message).map(viewOf);
  return {
    reply: keptDoc(rest, { zone, today }, `正在重发 ${code}（${whereOf(message)}）。`),
    changes: [{ kind: 'message.again', key, seen, uuid, at: now }],
    audit: [{ action: 'message.again', subject: message.chatId, before: { key, reason: message.reason } }],
  };
}

/** The end of the uuid: a code that stays the message's own until it is sent again. */
const codeOf = (uuid: string): string => uuid.slice(-6).toUpperCase();

const whereOf = ({ group, person }: KeptMessage): string => group ?? (person ? `${person}的单聊` : '单聊');

const viewOf = (message: KeptMessage): KeptView => ({
  code: codeOf(message.uuid),
  where: whereOf(message),
  lane: message.lane,
  reason: message.reason,
  unknown: message.state === 'held' && message.firstSentAt !== undefined,
  at: message.at,
});
