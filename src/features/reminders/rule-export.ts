import type { ExportKind } from '../exports/export-kind.ts';

export const RULES_EXPORT: ExportKind<'rules'> = {
  kind: 'rules',
  name: '提醒规则',
  words: /提醒|推送规则/,
  narrows: [],
  right: 'reminder.change',
  request: ({ chat }) => ({ kind: 'rules', ...(chat.type === 'group' && { chatId: chat.chatId }) }),
};
