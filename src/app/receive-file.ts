import { receivedDoc } from '../cards/import.ts';
import { plainDoc } from '../cards/plain.ts';
import type { Actor } from '../chat/command.ts';
import type { Decision } from '../chat/dispatch.ts';
import { normalise } from '../chat/normalise.ts';
import { wordings } from '../chat/phrases.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import type { Inbound } from '../ports/inbound.ts';
import type { MessageFile } from '../ports/messenger.ts';
import type { Core } from './core.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/**
 * A workbook that is sent, or pointed at by answering it with 导入: kept to be read, with a word that it came. Nothing is asked of Lark here,
 * whose events are answered within three seconds. Undefined for every other message.
 */
export function fileDecision(core: Core, message: Message, { actor, now }: Asking): Decision | undefined {
  const file = fileMeant(message);
  if (!file) return undefined;
  const none = { changes: [], seen: [], audit: [], files: [], notices: [], refresh: [], commands: ['导入'] };
  if (!actor.isAdministrator)
    return { ...none, reply: plainDoc('没有导入', '只有管理员可以导入表格，请联系管理员。', { tone: 'muted' }) };
  const request = {
    ...{ id: core.ids.code(), messageId: file.messageId, fileKey: file.key, fileName: file.name ?? '' },
    ...(message.chatType === 'group' && { replyTo: message.messageId }),
    ...{ chatId: message.chatId, sender: message.sender.openId, requestedAt: now },
  };
  return {
    ...none,
    reply: receivedDoc(request.fileName),
    changes: [{ kind: 'import.requested', request }],
    audit: [{ action: 'import.requested', subject: request.fileName || request.messageId }],
  };
}

interface Asking {
  readonly actor: Actor;
  readonly now: Instant;
}

const WORDS: readonly string[] = ['导入', ...wordings.导入.aliases];

function fileMeant(message: Message): (Partial<MessageFile> & { readonly messageId: string }) | undefined {
  if (message.file) return { ...message.file, messageId: message.messageId };
  const asks = message.parentId !== undefined && WORDS.includes(normalise(message.text).trim().toLowerCase());
  return asks && message.parentId ? { messageId: message.parentId } : undefined;
}
