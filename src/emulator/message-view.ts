import type { LarkApp } from './lark-app.ts';
import type { Message } from './messages.ts';
import type { People } from './people.ts';
import { messageText } from './transcript.ts';

/** A message as its readers see it. */
export interface MessageView {
  readonly messageId: string;
  readonly chatId: string;
  /** 'bot', or a person's open id. */
  readonly from: string;
  readonly fromName: string;
  readonly type: string;
  /** As sent, a JSON string. */
  readonly content: string;
  /** The card of an interactive message. */
  readonly card: Readonly<Record<string, unknown>> | undefined;
  readonly text: string;
  readonly createdAt: number;
  readonly updatedAt: number | undefined;
  readonly parentId: string | undefined;
  readonly recalled: boolean;
}

export function viewOf(message: Message, app: LarkApp, people: People): MessageView {
  const nameOf = (openId: string) => (openId === app.botOpenId ? app.botName : (people.get(openId)?.name ?? openId));
  const { messageId, chatId, from, type, content, createdAt, updatedAt, parentId, recalled } = message;
  return {
    messageId,
    chatId,
    from,
    type,
    content,
    createdAt,
    updatedAt,
    parentId,
    recalled,
    fromName: from === 'bot' ? app.botName : nameOf(from),
    card: type === 'interactive' ? JSON.parse(content) : undefined,
    text: messageText(message, nameOf),
  };
}
