import { plainDoc } from '../cards/plain.ts';
import type { Instant } from '../domain/calendar/local-date.ts';
import { PASTED } from '../excel/pasted.ts';
import { refuse } from '../excel/refusal.ts';
import { notImportedDoc, receivedDoc, receivedTableDoc } from '../features/imports/import-card.ts';
import { MAX_PASTED_BYTES, pastedTable } from '../features/imports/pasted-table.ts';
import type { Actor } from '../language/command.ts';
import type { Decision } from '../language/dispatch.ts';
import { normalise } from '../language/words/normalise.ts';
import type { Inbound } from '../ports/inbound.ts';
import type { MessageFile } from '../ports/messenger.ts';
import type { Core } from './core.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/**
 * A workbook that is sent, or pointed at by answering it with 导入, or a table pasted as text: kept to be read, with a word that it came. Nothing is asked of Lark here,
 * whose events are answered within three seconds. Undefined for every other message.
 */
export function fileDecision(core: Core, message: Message, { actor, now }: Asking): Decision | undefined {
  const names = namesOfImport(core);
  const pasted = message.file || !message.readable ? undefined : pastedTable(message.text, names);
  const file = pasted === undefined ? fileMeant(message, names) : { name: PASTED, messageId: message.messageId };
  if (!file) return undefined;
  const none = { changes: [], seen: [], audit: [], files: [], notices: [], refresh: [], commands: names.slice(0, 1) };
  if (!actor.isAdministrator)
    return { ...none, reply: plainDoc('没有导入', '只有管理员可以导入表格，请联系管理员。', { tone: 'muted' }) };
  const bytes = pasted === undefined ? undefined : new TextEncoder().encode(pasted);
  if (bytes && bytes.length > MAX_PASTED_BYTES)
    return { ...none, reply: notImportedDoc(refuse('pasteTooLong', PASTED).message) };
  const request = {
    id: core.ids.code(),
    messageId: file.messageId,
    ...('key' in file && { fileKey: file.key }),
    fileName: file.name ?? '',
    ...(message.chatType === 'group' && { replyTo: message.messageId }),
    chatId: message.chatId,
    sender: message.sender.openId,
    requestedAt: now,
  };
  return {
    ...none,
    reply: bytes ? receivedTableDoc() : receivedDoc(request.fileName),
    changes: [{ kind: 'import.requested', request, ...(bytes && { bytes }) }],
    audit: [{ action: 'import.requested', subject: request.fileName || request.messageId }],
  };
}

interface Asking {
  readonly actor: Actor;
  readonly now: Instant;
}

/** What people call the command that imports. */
function namesOfImport({ commands }: Core): readonly string[] {
  const importing = commands.find(({ serves }) => serves === 'imports');
  return importing ? [importing.name, ...importing.aliases] : [];
}

function fileMeant(
  message: Message,
  names: readonly string[],
): (Partial<MessageFile> & { readonly messageId: string }) | undefined {
  if (message.file) return { ...message.file, messageId: message.messageId };
  const asks = message.parentId !== undefined && names.includes(normalise(message.text).trim().toLowerCase());
  return asks && message.parentId ? { messageId: message.parentId } : undefined;
}
