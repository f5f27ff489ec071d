import { run } from '../cards/kit.ts';
import { plainDoc } from '../cards/plain.ts';
import { type Button, type Doc, LONGEST_QUERY } from '../cards/views.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { Change, Seen, SentFile } from '../ports/changes.ts';
import { forReaders } from './answer/for-readers.ts';
import { mergePerRecipient, mergeReplies } from './answer/merge-replies.ts';
import { type Addressed, address, withTold } from './answer/telling.ts';
import { withWhereLooked } from './answer/where-looked.ts';
import type { Context, Outcome, RegisteredCommand, Situation } from './command.ts';
import { Asked, NothingHere, type Rewording, UserError } from './errors.ts';
import { type GrammarContext, MAX_LINES, type Understood, understand, understandMessage } from './grammar.ts';
import { refusalOf, scopeOf, viewerOf } from './who/permission.ts';
import { MAX_TEXT, normalise } from './words/normalise.ts';

/** A decided message: one document for all of its lines, and everything that becomes true with it. */
export interface Decision {
  readonly reply: Doc;
  readonly changes: readonly Change[];
  readonly seen: readonly Seen[];
  readonly audit: readonly Pick<AuditEntry, 'action' | 'subject' | 'before' | 'after'>[];
  readonly files: readonly SentFile[];
  readonly notices: readonly Addressed[];
  readonly refresh: readonly string[];
  /** For the log and the counters: the commands that ran. */
  readonly commands: readonly string[];
}

export type Asker = Omit<Context<never>, 'args' | 'scope' | 'viewer' | 'commands'>;

/** Understands a message and lets its commands decide. Expected refusals become answers; a bug is thrown to the caller. */
export async function dispatch(
  text: string,
  asker: Asker,
  commands: Parameters<typeof understandMessage>[1]['commands'],
): Promise<Decision> {
  const { chat, actor, today, calendar, read, mentions } = asker;
  const scope = await scopeOf(chat, actor, read);
  const context = {
    ...asker,
    scope,
    viewer: viewerOf(chat, actor),
    commands,
  };
  const grammar: GrammarContext = {
    commands,
    today: asker.saidOn ?? today,
    calendar,
    lookup: (candidates) => read.names(candidates),
    mentions,
  };
  const lines = await understandMessage(text, grammar);
  const outcomes: Outcome[] = [];
  const ran: string[] = [];
  for (const line of lines) {
    if (line.kind === 'command') ran.push(line.command.name);
    outcomes.push(await outcomeOf(line, context, { grammar, text }));
  }
  // Addressed together: one recipient gets one card, whichever line it comes of.
  const all = await address(
    outcomes.flatMap(({ notices }) => notices ?? []),
    context,
    outcomes.flatMap(({ changes }) => changes ?? []),
  );
  const { administrators } = asker;
  const addressed = await Promise.all(
    all.map(async (one) => ({ ...one, doc: await forReaders(one.doc, one.to, { read, administrators }) })),
  );
  const saidBy = ({ notices }: Outcome) => {
    const own = new Set(notices);
    return addressed.filter(({ notice }) => own.has(notice));
  };
  const replies = outcomes.map((outcome) => withTold(outcome.reply, outcome.owed, saidBy(outcome), context));
  const keeping = commands.filter(({ name, files }) => files === 'used' && ran.includes(name));
  return {
    reply: await forReaders(
      withFilesNotKept(mergeReplies(replies), outcomes, asker, { text, keeping: keeping.length > 0 }),
      chat.type === 'group' ? { chatId: chat.chatId } : { openId: actor.openId },
      asker,
    ),
    changes: outcomes.flatMap(({ changes }) => changes ?? []),
    seen: outcomes.flatMap(({ seen }) => seen ?? []),
    audit: outcomes.flatMap(({ audit }) => audit ?? []),
    files: outcomes.flatMap(({ files }) => files ?? []),
    notices: mergePerRecipient(addressed),
    refresh: outcomes.flatMap(({ refresh }) => refresh ?? []),
    commands: ran,
  };
}

/** The message that a line is of, and how it is understood. */
interface Said {
  readonly grammar: GrammarContext;
  readonly text: string;
}

async function outcomeOf(line: Understood, context: Situation, said: Said): Promise<Outcome> {
  switch (line.kind) {
    case 'command': {
      const refusal = refusalOf(line.command, context.chat, context.actor);
      if (refusal) return { reply: plainDoc('不能使用', refusal, { tone: 'muted' }) };
      try {
        const said = { ...context, command: line.command.name, ...(line.asks && { isQuestion: line.asks }) };
        const asked = await line.command.run(line.slots, said);
        const outcome = withFilesUnused(asked, line.command, context);
        return outcome.nothing ? { ...outcome, reply: await withWhereLooked(outcome.reply, context) } : outcome;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        if (error instanceof Asked && error.show !== undefined)
          return shown(error, await outcomeOf(await understand(error.show, said.grammar), context, said));
        const buttons = mendsOf(error, said.text, context);
        const reply = plainDoc(line.command.name, error.message, { tone: 'muted', buttons });
        return { reply: error instanceof NothingHere ? await withWhereLooked(reply, context) : reply };
      }
    }
    case 'redirected':
      return { reply: plainDoc(line.redirect.heading ?? '请这样发', line.redirect.answer, { tone: 'muted' }) };
    case 'unread':
      return {
        reply: plainDoc('没有看完', `后面 ${line.lines} 行没有看：一条消息最多 ${MAX_LINES} 行命令，请分开再发。`, {
          tone: 'soon',
        }),
      };
    case 'refused':
      return refused(line, context.actor.openId);
    case 'unknown':
      return {
        reply: plainDoc('没有看懂', unknownSentence(line.nearest), { tone: 'muted', note: '发送“帮助”看全部写法。' }),
      };
  }
}

/**
 * Nothing was written down, and so nothing of what came with the message was kept: said, for whoever sends a photo takes it for received. That the
 * message answers another one matters only to what could have kept that as evidence.
 */
function withFilesNotKept(
  reply: Doc,
  outcomes: readonly Outcome[],
  { brought }: Pick<Asker, 'brought'>,
  { text, keeping }: { readonly text: string; readonly keeping: boolean },
): Doc {
  const { attachments = [], answers } = brought ?? {};
  const isWritten = outcomes.some(({ changes = [], notices = [] }) => changes.length + notices.length > 0);
  if (isWritten || (attachments.length === 0 && !(keeping && answers !== undefined))) return reply;
  const [code = 'W12'] = /(?<![A-Za-z\d])[TW]-?\d{1,6}(?!\d)/i.exec(text) ?? [];
  const line = `${/^t/i.test(code) ? '进展' : '整改'} ${code.toUpperCase()} 佐证`;
  const kinds = new Set(attachments.map(({ kind }) => (kind === 'image' ? '照片' : '文件')));
  const [what, how] =
    kinds.size > 0
      ? [`${[...kinds].join('和')}没有收下。`, `要留作佐证，请和照片、文件一起发送：${line}`]
      : ['您回复的那条消息没有收作佐证。', `要收下，请再回复它发送：${line}`];
  return { ...reply, blocks: [{ kind: 'text', text: [{ strong: what }, how] }, ...reply.blocks] };
}

/** Something was written down or told, and what came with the line is not among it. */
function withFilesUnused(outcome: Outcome, { files }: RegisteredCommand, { brought }: Situation): Outcome {
  const { attachments = [], answers } = brought ?? {};
  const leaves = (outcome.changes?.length ?? 0) > 0 || (outcome.notices?.length ?? 0) > 0;
  const isUnused = files !== 'used' && (attachments.length > 0 || (files === 'text' && answers !== undefined));
  if (!leaves || !isUnused) return outcome;
  const what = attachments.length > 0 ? `${attachments.length} 个文件或图片` : '所回复的消息';
  const note = {
    kind: 'text',
    text: [{ strong: `${what}没有一起发出。` }, '只发了文字，文件请另行转发到群里。'],
  } as const;
  return { ...outcome, reply: { ...outcome.reply, blocks: [note, ...outcome.reply.blocks] } };
}

/** What was asked about, under the word that nothing was done. */
const shown = ({ message }: Asked, { reply, ...outcome }: Outcome): Outcome => ({
  ...outcome,
  reply: { ...reply, blocks: [{ kind: 'text', text: [message] }, ...reply.blocks] },
});

/** A button's line is mended where its card stands: what is offered would take the card's place. A file comes with no button. */
const mendsOf = (
  { mends }: UserError,
  text: string,
  { pressed, mentions = [], brought }: Situation,
): readonly Button[] =>
  pressed || mentions.length > 0 || brought?.attachments.length
    ? []
    : mends
        .map((mend) => ({ label: mend.label, line: 'line' in mend ? mend.line : reworded(text, mend) }))
        .filter(({ line }) => line !== undefined && line.length <= LONGEST_QUERY)
        .map(({ label, line = '' }) => ({ label, press: run(line) }));

/** The message again with other words; of several lines only one would be mended, and of words that stand twice nobody knows which. */
function reworded(text: string, { words, instead }: Rewording): string | undefined {
  const line = normalise(text);
  const [before = '', after, ...more] = line.split(words);
  return after === undefined || more.length > 0 || line.includes('\n') ? undefined : `${before}${instead}${after}`;
}

/** Attempts on rights and data are answered, refused and written down (S0.12). */
function refused(line: Extract<Understood, { kind: 'refused' }>, openId: string): Outcome {
  if (line.reason === 'twoCommands') {
    return {
      reply: plainDoc('请分开写', `一行里像有两件事（${line.commands.join('、')}），请分成两行再发。`, {
        tone: 'muted',
      }),
    };
  }
  if (line.reason === 'negated') return { reply: plainDoc('没有看懂', NEGATED, { tone: 'muted' }) };
  if (line.reason === 'mixedLines')
    return {
      reply: plainDoc('请分开发', '没有执行：这几行里有的像第一行的内容，有的像别的命令。请把它们分成两条消息发。', {
        tone: 'muted',
      }),
    };
  if (line.reason === 'tooLong')
    return {
      reply: plainDoc('写得太长了', `没有执行：一条消息最多 ${MAX_TEXT} 字，请分成几条发。`, { tone: 'muted' }),
    };
  const sentence = line.reason === 'privilege' ? '不能这样设置权限。' : '不能在聊天里删除数据。';
  return {
    reply: plainDoc('没有执行', `${sentence}如有需要，请联系管理员。`, { tone: 'late' }),
    audit: [{ action: `refused.${line.reason}`, subject: openId }],
  };
}

const NEGATED =
  '“没有……的”“除……以外的”这样问，我还不会查，没有回答，免得答反。请直接写要看的单位、人或日期，例如：日程 本月 望海区；截止 逾期。';

function unknownSentence(nearest: readonly string[]): string {
  return nearest.length > 0
    ? `没有看懂。您要找的是不是：${nearest.map((name) => `“${name}”`).join('、')}？`
    : '没有看懂这句话。';
}
