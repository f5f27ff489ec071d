import type { WaitingMessage, WaitingReads } from '../../ports/live-cards.ts';
import type { Context, Outcome } from '../command.ts';

type Asking = Pick<Context<never>, 'now'> & { readonly read: WaitingReads };
type Withdrawal = Required<Pick<Outcome, 'changes' | 'audit'>> & {
  /** How many, for whoever caused it; empty when nothing waited. */
  readonly sentence: string;
};

/**
 * Takes back messages that have not left and would show a subject where it may not be seen any more: in every group, and in the direct chats
 * of all but its readers. What has left stays.
 */
export async function withdrawSubject(
  asking: Asking,
  subject: string,
  { name, readers }: { readonly name: string; readonly readers: readonly string[] },
): Promise<Withdrawal> {
  const waiting = await asking.read.waitingMessages({ subject });
  return withdraw(
    asking,
    name,
    waiting.filter(({ openId }) => openId === undefined || !readers.includes(openId)),
  );
}

/** Takes back all that has not left to a group, which was made for the unit that it was bound to, or to a person who is it no more. */
export const withdrawFrom = async (asking: Asking, chatId: string): Promise<Withdrawal> =>
  withdraw(asking, chatId, await asking.read.waitingMessages({ chatId }));

function withdraw({ now }: Asking, subject: string, messages: readonly WaitingMessage[]): Withdrawal {
  if (messages.length === 0) return { changes: [], audit: [], sentence: '' };
  const others = [...new Set(messages.flatMap(({ subjects }) => subjects))].flatMap((each) => nameOf(each) ?? []);
  const lost = others.filter((name) => name !== subject);
  const groups = [...new Set(messages.flatMap(({ group }) => group ?? []))];
  const where = groups.length > 0 ? `（${groups.join('、')}）` : '';
  return {
    changes: [
      {
        kind: 'message.withdrawn',
        keys: messages.map(({ key }) => key),
        at: now,
        reason: '等待期间不再允许查看，已撤下',
      },
    ],
    audit: [{ action: 'message.withdrawn', subject, after: `${messages.length} 条${where}` }],
    sentence: `还没有发出的 ${messages.length} 条消息已撤下，不再发送。${lost.length > 0 ? `其中也写有 ${lost.join('、')}，请另行告知。` : ''}`,
  };
}

/** What officials type for it: a message may say several things at once. */
function nameOf(subject: string): string | undefined {
  const [, kind, number] = /^(finding|task):(\d+)$/.exec(subject) ?? [];
  return kind && `${kind === 'task' ? 'T' : 'W'}${number}`;
}
