import { DAY_MS } from '../../domain/calendar/local-date.ts';
import type { CardReads, ShownCard, WaitingMessage } from '../../ports/live-cards.ts';
import type { Context, Outcome } from '../command.ts';

type WithdrawalContext = Pick<Context, 'now' | 'ids'> & {
  readonly read: Pick<CardReads, 'waitingMessages' | 'shownCards'>;
};
type Withdrawal = Required<Pick<Outcome, 'changes' | 'audit'>> & {
  /** How many, for whoever caused it; empty when nothing waited and nothing was sent. */
  readonly sentence: string;
};

/** Lark updates no older ones. */
const UPDATED_MS = 14 * DAY_MS;

/**
 * Takes back what shows a subject where it may not be seen any more, in every group and in the direct chats of all but its readers: messages
 * that have not left do not leave, and cards that have say no more of it.
 */
export async function withdrawSubject(
  context: WithdrawalContext,
  subject: string,
  { name, readers }: { readonly name: string; readonly readers: readonly string[] },
): Promise<Withdrawal> {
  const isOthers = ({ openId }: Pick<WaitingMessage, 'openId'>) => openId === undefined || !readers.includes(openId);
  const [waiting, shown] = await everywhere(context, { subject });
  return withdraw(context, name, waiting.filter(isOthers), shown.filter(isOthers));
}

/** The same for all that went to a group, which was made for the unit that it was bound to, or to a person who is it no more. */
export const withdrawFrom = async (context: WithdrawalContext, chatId: string): Promise<Withdrawal> =>
  withdraw(context, chatId, ...(await everywhere(context, { chatId })));

const everywhere = ({ read, now }: WithdrawalContext, of: Parameters<CardReads['waitingMessages']>[0]) =>
  Promise.all([read.waitingMessages(of), read.shownCards(of, now - UPDATED_MS)]);

function withdraw(
  { now, ids }: WithdrawalContext,
  subject: string,
  messages: readonly WaitingMessage[],
  shown: readonly ShownCard[],
): Withdrawal {
  const others = [...new Set(messages.flatMap(({ subjects }) => subjects))].flatMap((each) => nameOf(each) ?? []);
  const lost = others.filter((name) => name !== subject);
  const groups = [...new Set(messages.flatMap(({ group }) => group ?? []))];
  const where = groups.length > 0 ? `（${groups.join('、')}）` : '';
  const keys = messages.map(({ key }) => key);
  const sent = shown.map(({ key }) => key).filter((key) => !keys.includes(key));
  return {
    changes: [
      ...(keys.length > 0
        ? [{ kind: 'message.withdrawn', keys, at: now, reason: '等待期间不再允许查看，已撤下' } as const]
        : []),
      ...(sent.length > 0 ? [{ kind: 'cards.closed', keys: sent, revision: ids.next('v'), at: now } as const] : []),
    ],
    audit: [
      ...(keys.length > 0
        ? [{ action: 'message.withdrawn', subject, after: `${keys.length} 条${where}` } as const]
        : []),
      ...(sent.length > 0 ? [{ action: 'message.closed', subject, after: `${sent.length} 张` } as const] : []),
    ],
    sentence: [
      keys.length > 0
        ? `还没有发出的 ${keys.length} 条消息已撤下，不再发送。${lost.length > 0 ? `其中也写有 ${lost.join('、')}，请另行告知。` : ''}`
        : '',
      sent.length > 0 ? `已发出的 ${sent.length} 张卡片收回不该再看的内容。` : '',
    ].join(''),
  };
}

/** What officials type for it: a message may say several things at once. */
function nameOf(subject: string): string | undefined {
  const [, kind, number] = /^(finding|task):(\d+)$/.exec(subject) ?? [];
  return kind && `${kind === 'task' ? 'T' : 'W'}${number}`;
}
