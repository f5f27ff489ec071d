import { plainDoc } from '../cards/plain.ts';
import { MAX_QUERY } from '../cards/press.ts';
import type { Button, Doc } from '../cards/views.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { Change, Seen, SentFile } from '../ports/changes.ts';
import { mergePerRecipient, mergeReplies } from './answer/merge-replies.ts';
import { type Addressed, address, withTold } from './answer/telling.ts';
import { withWhereLooked } from './answer/where-looked.ts';
import type { Context, Outcome, Situation } from './command.ts';
import { type Mend, Mendable, NothingHere, UserError } from './errors.ts';
import { type Understood, understandMessage } from './grammar.ts';
import { refusalOf, scopeOf, viewerOf } from './who/permission.ts';
import { normalise } from './words/normalise.ts';

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

const QUESTION = /(?:[?？]|[吗嗎])[\s。!！~～]*$/;

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
    ...(QUESTION.test(text) && { isQuestion: true as const }),
  };
  const lines = await understandMessage(text, {
    commands,
    today: asker.saidOn ?? today,
    calendar,
    lookup: (candidates) => read.names(candidates),
    mentions,
  });
  const outcomes: Outcome[] = [];
  const ran: string[] = [];
  for (const line of lines) {
    if (line.kind === 'command') ran.push(line.command.name);
    outcomes.push(await outcomeOf(line, context, text));
  }
  // Addressed together: one recipient gets one card, whichever line it comes of.
  const addressed = await address(
    outcomes.flatMap(({ notices }) => notices ?? []),
    context,
    outcomes.flatMap(({ changes }) => changes ?? []),
  );
  const saidBy = ({ notices = [] }: Outcome) => addressed.filter(({ notice }) => notices.includes(notice));
  const replies = outcomes.map((outcome) => withTold(outcome.reply, outcome.owed, saidBy(outcome), context));
  return {
    reply: mergeReplies(replies),
    changes: outcomes.flatMap(({ changes }) => changes ?? []),
    seen: outcomes.flatMap(({ seen }) => seen ?? []),
    audit: outcomes.flatMap(({ audit }) => audit ?? []),
    files: outcomes.flatMap(({ files }) => files ?? []),
    notices: mergePerRecipient(addressed),
    refresh: outcomes.flatMap(({ refresh }) => refresh ?? []),
    commands: ran,
  };
}

async function outcomeOf(line: Understood, context: Situation, text: string): Promise<Outcome> {
  switch (line.kind) {
    case 'command': {
      const refusal = refusalOf(line.command, context.chat, context.actor);
      if (refusal) return { reply: plainDoc('不能使用', refusal, { tone: 'muted' }) };
      try {
        const outcome = await line.command.run(line.slots, context);
        return outcome.nothing ? { ...outcome, reply: await withWhereLooked(outcome.reply, context) } : outcome;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const buttons = error instanceof Mendable ? mendButtons(text, error.mends, context) : [];
        const reply = plainDoc(line.command.name, error.message, { tone: 'muted', buttons });
        return { reply: error instanceof NothingHere ? await withWhereLooked(reply, context) : reply };
      }
    }
    case 'redirected':
      return { reply: plainDoc('请这样发', line.redirect.answer, { tone: 'muted' }) };
    case 'refused':
      return refused(line, context.actor.openId);
    case 'unknown':
      return {
        reply: plainDoc('没有看懂', unknownSentence(line.nearest), { tone: 'muted', note: '发送“帮助”看全部写法。' }),
      };
  }
}

/** The message again with other words. What came with it is not in a button, and of several lines only one would be mended. */
function mendButtons(text: string, mends: readonly Mend[], { mentions = [], brought }: Situation): readonly Button[] {
  const line = normalise(text);
  if (line.includes('\n') || mentions.length > 0 || brought?.attachments.length || brought?.answers) return [];
  return mends.flatMap(({ words, instead, label }) => {
    const [before = '', after, ...more] = line.split(words);
    const query = `${before}${instead}${after ?? ''}`;
    if (after === undefined || more.length > 0 || query.length > MAX_QUERY) return [];
    return [{ label, press: { v: 1, op: 'run', query, page: 1 } } as const];
  });
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
  const sentence = line.reason === 'privilege' ? '不能这样设置权限。' : '不能在群里删除数据。';
  return {
    reply: plainDoc('没有执行', `${sentence}如有需要，请联系管理员。`, { tone: 'late' }),
    audit: [{ action: `refused.${line.reason}`, subject: openId }],
  };
}

function unknownSentence(nearest: readonly string[]): string {
  return nearest.length > 0
    ? `没有看懂。您要找的是不是：${nearest.map((name) => `“${name}”`).join('、')}？`
    : '没有看懂这句话。';
}
