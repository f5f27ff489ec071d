import type { World } from '../world.ts';

/** What somebody sees that was not there before: a message, a card that has changed, or the words that only the one who pressed is shown. */
export interface Arrival {
  readonly how: 'new' | 'changed' | 'recalled' | 'toast';
  readonly chatId: string;
  readonly at: number;
  readonly text: string;
  /** Of a card that has changed: what it said. */
  readonly before?: string | undefined;
}

export interface Arrivals {
  /** Since the last call; each message once, as it is now. A card that says what it said is no arrival. */
  take(): readonly Arrival[];
  toast(chatId: string, text: string): void;
}

export function arrivalsIn({ lark: { control }, time }: World): Arrivals {
  /** What each message says, as it was when last taken. */
  const known = new Map<string, string>();
  for (const { chatId } of control.chats())
    for (const { messageId, text } of control.messages(chatId)) known.set(messageId, text);
  let seen = new Map<string, Arrival>();
  control.onMessage(({ messageId, from, chatId, text, createdAt, updatedAt }, change) => {
    if (from !== 'bot') return;
    const before = known.get(messageId);
    const how = change === 'recalled' ? 'recalled' : before === undefined ? 'new' : 'changed';
    seen.set(messageId, { how, chatId, text, at: updatedAt ?? createdAt, before });
  });
  return {
    take() {
      const taken = [...seen];
      seen = new Map();
      for (const [messageId, { text }] of taken) known.set(messageId, text);
      return taken.flatMap(([, arrival]) =>
        arrival.how === 'changed' && arrival.text === arrival.before ? [] : arrival,
      );
    },
    toast(chatId, text) {
      seen.set(`toast ${seen.size}`, { how: 'toast', chatId, text, at: time.now() });
    },
  };
}
